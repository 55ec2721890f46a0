"""How questions are put: from the options in the Ask panel to settings, project and presets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView

from inspector_app.domain.asking import PLAIN, Ask, Part
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.prompting import Example, PromptCost
from inspector_app.services import (
    asking,
    engines,
    expert_context,
    models,
    presets,
    sampling,
    ways,
)
from inspector_app.services.presets import Preset
from inspector_app.services.prompt_cost import COST_JOB
from inspector_app.services.sampling import own_values, sampling_of, usual_sampling

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

_COST_MS = 500  # after the last change


class InspectWays(QObject):
    """Glue between the way of asking and everything that it draws on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self.box = window.chat.ask
        self._cost = QTimer(self)
        self._cost.setInterval(_COST_MS)
        self._cost.setSingleShot(True)
        self._cost.timeout.connect(self._ask_cost)

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        bar, strip, session = self.box.ways, self.box.strip, self.session
        self.w.chat.temperature_changed.connect(self._keep_temperature)
        popup = self.box.temperature.popup
        popup.own_changed.connect(self._keep_own)
        popup.system_changed.connect(self._keep_system)
        bar.way_chosen.connect(self._chosen)
        bar.way_menu.aboutToShow.connect(self._offer)
        bar.preset_menu.aboutToShow.connect(self._show_presets)
        bar.preset_wanted.connect(self._save_preset)
        bar.preset_chosen.connect(self._use_preset)
        bar.preset_removed.connect(self._remove_preset)
        strip.context_wanted.connect(self.fill_context)
        strip.golden_wanted.connect(self._add_golden)
        strip.examples.offer_wanted.connect(self._offer_examples)
        strip.examples.files_wanted.connect(self._add_files)
        strip.changed.connect(self._expect_cost)
        self.box.edit.textChanged.connect(self._expect_cost)
        session.image_changed.connect(self._image_changed)
        session.findings_changed.connect(self._fill_if_empty)
        session.choice.changed.connect(self._show_sampling)
        # Images are dragged from there into the examples.
        self.w.gallery.view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._offer()
        self.box.temperature.set_value(self.w.settings.get("temperature"))
        self._show_sampling()

    # -- what goes with the question ---------------------------------------------------

    @Slot()
    def fill_context(self) -> None:
        """Writes what other engines found on the image into the options."""
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            self.box.strip.set_context("", ())
            return
        found = expert_context.expert_context(project, image.id, self.session.language)
        self.box.strip.set_context(found.text, found.regions)

    @Slot()
    def _offer(self) -> None:
        self.box.set_ways(ways.ways().values(), ways.troubles())

    @Slot()
    def _chosen(self) -> None:
        self._fill_if_empty()
        self._expect_cost()

    @Slot()
    def _image_changed(self) -> None:
        # What was found on another image must not be told of this one.
        if self._takes_context():
            self.fill_context()
        else:
            self.box.strip.set_context("", ())

    @Slot()
    def _fill_if_empty(self) -> None:
        if self._takes_context() and not self.box.strip.chosen().context:
            self.fill_context()

    def _takes_context(self) -> bool:
        way = self.box.ways.way
        return way is not None and Part.CONTEXT in way.takes

    @Slot()
    def _add_golden(self) -> None:
        recipe = self.session.recipe
        paths = list(recipe.golden[:1]) if recipe is not None else []
        title = self.tr("Choose images of good parts")
        self.box.strip.set_golden(paths or self.w.dialogs.image_files(title))

    @Slot()
    def _add_files(self) -> None:
        paths = self.w.dialogs.image_files(self.tr("Choose images to show as examples"))
        self.box.strip.examples.add([Example("", "", path) for path in paths])

    @Slot()
    def _offer_examples(self) -> None:
        self.w.flows.start(self._find_examples())

    async def _find_examples(self) -> None:
        image = self.session.image
        found = await self.w.flows.accepted_examples(image.id if image is not None else "")
        self.box.strip.examples.offer(found)

    # -- how the answer is drawn ---------------------------------------------------------

    @Slot(float)
    def _keep_temperature(self, temperature: float) -> None:
        self.w.settings.set("temperature", temperature)
        self._show_sampling()

    @Slot(object)
    def _keep_own(self, own: dict[str, float]) -> None:
        self.w.settings.set("sampling", own)

    @Slot(str)
    def _keep_system(self, system: str) -> None:
        self.w.settings.set("system", system)
        self._expect_cost()

    @Slot()
    def _show_sampling(self) -> None:
        settings = self.w.settings
        card = engines.card(self.session.engine_id())
        usual = usual_sampling(card, settings.get("temperature"))
        self.box.temperature.show_own(own_values(settings), settings.get("system"), usual)
        self._expect_cost()

    # -- presets -------------------------------------------------------------------------

    @Slot()
    def _show_presets(self) -> None:
        self.box.ways.set_presets(presets.presets(self.session.recipe))

    @Slot()
    def _save_preset(self) -> None:
        name = self.w.dialogs.preset_name(self.box.ways.way_button.text().strip())
        if name:
            settings = self.w.settings
            kept = Preset(self._ask(), settings.get("temperature"), own_values(settings))
            self._told(lambda: presets.save(self.session.recipe, name, kept))

    @Slot(str)
    def _use_preset(self, name: str) -> None:
        preset = presets.presets(self.session.recipe).get(name)
        if preset is None:
            return
        ask, settings = preset.ask, self.w.settings
        self.box.temperature.popup.slider.setValue(round(preset.temperature / sampling.STEP))
        settings.set("sampling", preset.sampling)
        settings.set("system", ask.system)
        self._show_sampling()
        self.box.use(ask)
        self.w.chat.fill(ask.question, ask.task, ask.verbatim)
        if self._takes_context():
            self.fill_context()  # the one that was kept is of another image

    @Slot(str)
    def _remove_preset(self, name: str) -> None:
        self._told(lambda: presets.remove(self.session.recipe, name))

    def _told(self, action: object) -> None:
        try:
            action()  # type: ignore[operator]
        except InspectorError as error:
            self.session.trouble_found.emit(error)

    # -- what it costs -------------------------------------------------------------------

    def _ask(self) -> Ask:
        text = self.box.edit.toPlainText().strip()
        found = self.box.ask_for(text, self.box.task, self.box.verbatim)
        found = found or Ask(text, PLAIN, self.box.task, self.box.verbatim)
        card = engines.card(self.session.engine_id())
        settings = self.w.settings
        return replace(found, system=settings.get("system"), sampling=sampling_of(settings, card))

    @Slot()
    def _expect_cost(self) -> None:
        """Counts soon, where there are demonstrations: they are what makes a prompt long."""
        self.box.strip.show_cost("")
        card = engines.card(self.session.engine_id())
        shown = self.box.strip.isVisibleTo(self.w.chat) and self.session.image is not None
        if shown and self.box.strip.chosen().examples and models.is_language(card):
            self._cost.start()
        else:
            self._cost.stop()

    @Slot()
    def _ask_cost(self) -> None:
        self.w.flows.start(self._count())

    async def _count(self) -> None:
        image, ask = self.session.image, self._ask()
        card = engines.card(self.session.engine_id())
        if image is None or self.box.strip.missing():
            return
        try:
            asking.check(ask, card.capabilities)
        except InspectorError:
            return  # sending it says so
        report = self.w.models.report(card.id)
        limit = report.max_pixels if report is not None else 0
        request = InspectRequest(
            (image.path,),
            asking.task_of(ask),
            language=self.session.language,
            page=image.page,
            dpi=image.dpi,
        )
        process, args = self.w.worker.process, (card.id, ask, request, limit)
        try:
            async for cost in self.w.worker.stream(
                lambda stop: process.run(COST_JOB, *args, stop=stop, silence=engines.SLOW_SILENCE),
                priority=self.w.worker.BACKGROUND,
            ):
                if ask.examples == self.box.strip.chosen().examples:
                    self.box.strip.show_cost(self.cost_words(cost))
        except InspectorError as error:
            self.box.strip.show_cost(f"{error.what} {error.mend}".strip())

    def cost_words(self, cost: PromptCost) -> str:
        """Returns what a prompt takes, in words."""
        locale = QLocale()
        each = " + ".join(map(locale.toString, cost.examples))
        total, images = (locale.toString(count) for count in (cost.total, cost.images))
        words = self.tr("Examples: {each} tokens. The whole prompt: {total}, {images} of images.")
        return words.format(each=each, total=total, images=images)
