"""The second reader from the window: a loaded language engine reads what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from inspector_app.domain.cards import Card
from inspector_app.domain.documents import SecondReading
from inspector_app.domain.tasks import Task
from inspector_app.services import engines, models
from inspector_app.services.projects import Project
from inspector_app.ui.plain_text import plain_tip

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectSecond(QObject):
    """Glue between the actions on second readings, the flows and the models."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._last: set[str] = set()  # images that the engine was the last to read

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        a = self.w.actions_
        a["second_with_text"].setChecked(self.w.settings.get("second_with_text"))
        a["read_second"].triggered.connect(self.read)
        a["second_with_text"].triggered.connect(self._keep_choice)
        a["use_second"].triggered.connect(self._use)
        a["forget_second"].triggered.connect(self._forget)
        a["read_this"].triggered.connect(self._read_first)
        self.w.models.changed.connect(self.w.page.enable)
        self.session.choice.changed.connect(self.w.page.enable)
        self.session.project_changed.connect(self._forget_last)
        self.w.flows.reading_ended.connect(self._look_again)

    def enable(self) -> None:
        """Enables what can be done now, and says in the tooltip why something cannot."""
        a, state = self.w.actions_, self.w.documents.state
        why_not = self._why_not()
        a["read_second"].setEnabled(not why_not)
        card = self.reader()
        hint = why_not
        if card is not None and not why_not:
            hint = self.tr("{engine} fills in the same fields, beside what was read").format(
                engine=self.session.choice.who(card.id)
            )
            keys = a["read_second"].shortcut().toString()
            hint = f"{hint} ({keys})" if keys else hint
        a["read_second"].setToolTip(plain_tip(hint))
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

    def _why_not(self) -> str:
        image, state = self.session.image, self.w.documents.state
        if image is None or state is None:
            return self.tr("Read the document first; then a language engine can read it too.")
        if self.session.read_only:
            return self.tr("This project is read-only, so no reading can be stored.")
        if not state.has_fields:
            return self.tr("Only its text was read. Choose a kind of document and read it again.")
        if self.reader() is None:
            return self.tr(
                "No language engine that fills in fields is loaded. Load one on the Models page."
            )
        if self.w.reading.is_running(image.id):
            return self.tr("This document is being read.")
        return ""

    @Slot()
    def _read_first(self) -> None:
        if self.session.image is not None:
            self._last.discard(self.session.image.id)

    @Slot()
    def _forget_last(self) -> None:
        self._last.clear()

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

    def do(self) -> None:
        """Takes it out."""
        self._project.remove_second(self._image_id, self._schema, self._second.engine)

    def undo(self) -> None:
        """Puts it back."""
        self._project.set_second(self._image_id, self._schema, self._second)
