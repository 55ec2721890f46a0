"""The second reader from the window: a loaded language engine reads what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from inspector_app.domain.cards import Card
from inspector_app.domain.documents import Extraction, SecondReading
from inspector_app.domain.tasks import Task
from inspector_app.services import engines, models
from inspector_app.services.engine_summary import EngineSummary
from inspector_app.services.projects import Project
from inspector_app.ui import icons
from inspector_app.ui.plain_text import plain_tip

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


_Wish = tuple[Extraction, bool, bool]  # fields, long, formal


class InspectSecond(QObject):
    """Glue between the actions on second readings, the flows and the models."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._last: set[str] = set()  # images that the engine was the last to read
        self._summaries: dict[str, tuple[_Wish, EngineSummary]] = {}  # by image
        window.actions_["write_summary"].setIcon(icons.icon("read-second"))
        window.document.summary.engine_button.setDefaultAction(window.actions_["write_summary"])

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        a = self.w.actions_
        a["second_with_text"].setChecked(self.w.settings.get("second_with_text"))
        a["read_second"].triggered.connect(self.read)
        a["read_all_second"].triggered.connect(self._read_all)
        a["second_with_text"].triggered.connect(self._keep_choice)
        a["use_second"].triggered.connect(self._use)
        a["forget_second"].triggered.connect(self._forget)
        a["read_this"].triggered.connect(self._read_first)
        self.w.models.changed.connect(self.w.page.enable)
        self.session.choice.changed.connect(self.w.page.enable)
        self.session.project_changed.connect(self._forget_last)
        self.w.flows.reading_ended.connect(self._look_again)
        a["write_summary"].triggered.connect(self._write)
        self.w.flows.summary_came.connect(self._take_summary)

    def enable(self) -> None:
        """Enables what can be done now, and says in the tooltip why something cannot."""
        a, state = self.w.actions_, self.w.documents.state
        why_not = self._why_not()
        a["read_second"].setEnabled(not why_not)
        can_store = bool(self.session.images()) and not self.session.read_only
        free = can_store and not self.w.flows.running
        a["read_all_second"].setEnabled(free and self.reader() is not None)
        card = self.reader()
        hint = why_not
        if card is not None and not why_not:
            hint = self.tr("{engine} fills in the same fields, beside what was read").format(
                engine=self.session.choice.who(card.id)
            )
            keys = a["read_second"].shortcut().toString()
            hint = f"{hint} ({keys})" if keys else hint
        a["read_second"].setToolTip(plain_tip(hint))
        reason = "" if card is not None else self._no_engine()
        a["write_summary"].setEnabled(state is not None and state.has_fields and card is not None)
        a["write_summary"].setToolTip(
            plain_tip(reason or self.tr("Let the language engine write the summary"))
        )
        has_second = state is not None and state.second is not None
        for name in ("use_second", "forget_second"):
            a[name].setEnabled(has_second and not self.session.read_only)

    def reader(self) -> Card | None:
        """Returns the engine that would read: the chosen one, else another that is loaded."""
        chosen = self.session.engine_id()
        cards = sorted(engines.cards(hidden=True), key=lambda card: card.id != chosen)
        return next(
            (
                card
                for card in cards
                if models.is_language(card)
                and Task.EXTRACT in card.tasks
                and self.w.models.report(card.id) is not None
            ),
            None,
        )

    def name(self, engine: str) -> str:
        """Returns the engine of a second reading in words: "Qwen2-VL 2B + nut-lora"."""
        card_id, _, adapter = engine.partition("+")
        return self.session.choice.who(card_id, adapter)

    def was_last(self, image_id: str) -> bool:
        """Whether the language engine was the last to be sent to an image."""
        return image_id in self._last

    @Slot()
    def read(self) -> None:
        """Lets the engine read the current image."""
        image, card, state = self.session.image, self.reader(), self.w.documents.state
        if image is None or card is None or state is None or self._why_not():
            return
        self.w.document_dock.show()
        self.w.document_dock.raise_()
        self._last.add(image.id)
        how = self.w.reading.request(state.stored.schema)
        adapter = self.session.choice.adapter(card.id)
        who = self.session.choice.who(card.id)
        self.w.flows.start(self.w.flows.read_second(image, how, card.id, adapter, who))

    @Slot()
    def _read_all(self) -> None:
        card = self.reader()
        if card is None:
            return
        how = self.w.reading.request()
        adapter, who = self.session.choice.adapter(card.id), self.session.choice.who(card.id)
        self.w.flows.start(self.w.flows.read_all_second(how, card.id, adapter, who))

    def _why_not(self) -> str:
        image, state = self.session.image, self.w.documents.state
        if image is None or state is None:
            return self.tr("Read the document first; then a language engine can read it too.")
        if self.session.read_only:
            return self.tr("This project is read-only, so no reading can be stored.")
        if not state.has_fields:
            return self.tr("Only its text was read. Choose a kind of document and read it again.")
        if self.reader() is None:
            return self._no_engine()
        if self.w.reading.is_running(image.id):
            return self.tr("This document is being read.")
        return ""

    def _no_engine(self) -> str:
        return self.tr(
            "No language engine that fills in fields is loaded. Load one on the Models page."
        )

    # -- summary -----------------------------------------------------------------------------

    def show_summary(self) -> None:
        """Shows the engine's paragraph where it is of these very fields, in this style."""
        image, state = self.session.image, self.w.documents.state
        kept = self._summaries.get(image.id) if image is not None else None
        if state is None or kept is None or kept[0] != self._wished(state.extraction):
            return
        summary = kept[1]
        note = self.tr("Written by {engine}.").format(engine=self.name(summary.engine))
        if summary.strange:
            strange = self.tr("Figures that stand in no field: {figures}. Check them.")
            note += " " + strange.format(figures=", ".join(summary.strange))
        self.w.document.summary.show_summary(summary.text, note)

    def _wished(self, extraction: Extraction) -> _Wish:
        style = self.w.reading.request()
        return extraction, style.long, style.formal

    @Slot()
    def _write(self) -> None:
        image, card, state = self.session.image, self.reader(), self.w.documents.state
        if image is None or card is None or state is None:
            return
        self.w.flows.start(
            self.w.flows.write_summary(
                image,
                state.extraction,
                self.w.reading.request(state.stored.schema),
                card.id,
                self.session.choice.adapter(card.id),
            )
        )

    @Slot(str, object, object)
    def _take_summary(self, image_id: str, wish: _Wish, summary: EngineSummary) -> None:
        self._summaries[image_id] = wish, summary
        self.session.document_changed.emit(image_id)

    @Slot()
    def _read_first(self) -> None:
        if self.session.image is not None:
            self._last.discard(self.session.image.id)

    @Slot()
    def _forget_last(self) -> None:
        self._last.clear()
        self._summaries.clear()

    @Slot()
    def _keep_choice(self) -> None:
        wanted = self.w.actions_["second_with_text"].isChecked()
        self.w.settings.set("second_with_text", wanted)

    @Slot()
    def _use(self) -> None:
        path = self.w.document.path()
        if path is not None:
            self.w.documents.use_second(path)

    @Slot()
    def _forget(self) -> None:
        project, image, state = self.session.project, self.session.image, self.w.documents.state
        if project is None or image is None or state is None or state.second is None:
            return
        step = _Forgotten(project, image.id, state.stored.schema, state.second)
        words = self.tr("Forget what {engine} read").format(engine=state.second_name)
        self.session.push(words, image.id, step.do, step.undo, self.w.documents.tell)

    @Slot(str, str)
    def _look_again(self, image_id: str, trouble: str) -> None:
        if trouble and image_id in self._last:
            # The engine may be gone by now: its process ended, or made room for another one.
            self.w.models.start(self.w.models.refresh_loaded())


class _Forgotten:
    """A second reading that is taken out and can be put back."""

    def __init__(self, project: Project, image_id: str, schema: str, second: SecondReading) -> None:
        self._project = project
        self._image_id = image_id
        self._schema = schema
        self._second = second
        self._first = project.reading(image_id, schema)

    def do(self) -> None:
        """Takes it out."""
        self._project.remove_second(self._image_id, self._schema, self._second.engine)

    def undo(self) -> None:
        """Puts it back; not over a newer one, and not beside other fields than it was read for."""
        now, first = self._project.reading(self._image_id, self._schema), self._first
        if (
            now is None
            or first is None
            or self._project.second(self._image_id, self._schema, self._second.engine)
        ):
            return
        if (now.sha256, now.reading.extraction) == (first.sha256, first.reading.extraction):
            self._project.set_second(self._image_id, self._schema, self._second)
