"""Ways of asking in the window: the button, its options, what is kept and shown of an answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from inspector_app.domain.asking import Ask, Form, Made, ScoredOption
from inspector_app.domain.chat import Message
from inspector_app.domain.engine import Capabilities, Example
from inspector_app.domain.events import Event, Finished, Provenance, Started, TextDelta
from inspector_app.domain.findings import FindingState, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.services import ways
from inspector_app.services.settings import Settings
from inspector_app.ui.chat_details import AnswerDetails
from inspector_app.ui.chat_panel import ChatPanel
from inspector_app.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the")
Until = Callable[..., Coroutine[Any, Any, None]]
ALL = Capabilities(frozenset(Task), several_images=True, boxes=True, scoring=True)


@pytest.fixture
def panel(qtbot: Any) -> ChatPanel:
    QLocale.setDefault(QLocale("en_GB"))
    panel = ChatPanel()
    qtbot.addWidget(panel)
    panel.ask.set_ways(ways.ways().values())
    panel.set_capabilities(ALL, "Qwen2-VL-2B", "", language=True)
    panel.resize(320, 700)
    panel.show()
    return panel


class Scripted:
    """Stands in for the engine process: says these texts one after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.requests: list[Any] = []
        self.texts: list[str] = []
        monkeypatch.setattr(ProcessEngine, "stream", self.stream)
        monkeypatch.setattr(ProcessEngine, "score", lambda *_: (-1.0, -2.0))

    def stream(self, request: Any, stop: Any) -> Iterator[Event]:
        self.requests.append(request)
        text = self.texts.pop(0)
        yield Started(request.id, Provenance("speaker", seed=request.sampling.seed), 192, 192)
        yield TextDelta(request.id, text)
        yield Finished(request.id, text, text)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    return Scripted(monkeypatch)


def use(panel: ChatPanel, way: str) -> None:
    actions = panel.ask.ways.way_menu.actions()
    next(action for action in actions if action.data() == way).trigger()


async def opened(w: MainWindow, lot: Path, until: Until, engine: str) -> None:
    await w.flows.start(w.flows.open_folder(str(lot)))
    await until(w.page.is_seen)
    w.session.choice.use(engine)


async def sent(w: MainWindow, until: Until, text: str = "What is it?") -> Message:
    """Presses Send and waits for the answer."""
    image, project = w.session.image, w.session.project
    assert image is not None
    assert project is not None
    before = len(project.messages(image.id))
    w.chat.ask.edit.setPlainText(text)
    assert w.chat.ask.send_button.isEnabled()
    w.chat.ask.send_button.click()
    await until(lambda: len(project.messages(image.id)) == before + 2)
    await until(lambda: not w.flows.running)
    return project.messages(image.id)[-1]


# -- the button and its options ------------------------------------------------------------


def test_the_plain_way_adds_nothing_and_shows_nothing(panel: ChatPanel) -> None:
    box = panel.ask
    assert box.ways.way_button.text().strip() == "Ask directly"
    assert not box.strip.isVisibleTo(panel)
    assert box.ask_for("q", Task.VQA, False) is None
    box.ways.options_button.click()
    assert box.strip.isVisibleTo(panel)
    box.strip.format_combo.setCurrentIndex(box.strip.format_combo.findData(Form.WORD))
    asked = box.ask_for("q", Task.CAPTION, False)
    assert asked is not None
    assert (asked.way, asked.task, asked.format.form) == ("zero-shot", Task.CAPTION, Form.WORD)
    panel.set_capabilities(ALL, "Expert", "")
    assert not box.ways.isVisibleTo(panel)
    assert not box.strip.isVisibleTo(panel)
    assert box.ask_for("q", Task.VQA, False) is None


def test_a_way_says_what_is_missing_before_it_can_be_sent(panel: ChatPanel) -> None:
    box = panel.ask
    box.edit.setPlainText("Which one?")
    use(panel, "choices")
    assert not box.send_button.isEnabled()
    assert box.hint_label.text() == "Give two options or more, each in a line of its own."
    box.strip.options_edit.setPlainText("a scratch\n\n a dent ")
    assert box.send_button.isEnabled()
    asked = box.ask_for("Which one?", Task.VQA, False)
    assert asked is not None
    assert asked.options == ("a scratch", "a dent")
    box.strip.options_edit.setPlainText("a\na")
    assert not box.send_button.isEnabled()
    use(panel, "fields")
    assert "Name the fields" in box.hint_label.text()
    box.strip.fields_edit.setPlainText("shop, total")
    box.edit.clear()
    assert box.edit.placeholderText() == "Read this document."
    assert box.send_button.isEnabled()  # the way has a question of its own
    use(panel, "zero-shot")
    assert not box.send_button.isEnabled()


def test_a_way_with_a_task_of_its_own_shows_it(panel: ChatPanel) -> None:
    box = panel.ask
    use(panel, "count")
    assert panel.ask.task_buttons[Task.GROUNDING].isChecked()
    assert not panel.ask.task_buttons[Task.VQA].isChecked()
    assert not box.ways.options_button.isVisibleTo(panel)  # it takes nothing
    panel.set_capabilities(Capabilities(frozenset({Task.VQA})), "X", "", language=True)
    assert not box.send_button.isEnabled()
    use(panel, "zero-shot")
    assert panel.ask.task_buttons[Task.VQA].isChecked()


def test_controls_are_those_of_the_way(panel: ChatPanel) -> None:
    box = panel.ask
    use(panel, "caption")
    combos = box.strip._controls
    assert list(combos) == ["language", "length", "tone", "truth"]
    combos["tone"].setCurrentIndex(combos["tone"].findData("negative"))
    asked = box.ask_for("", Task.VQA, False)
    assert asked is not None
    assert dict(asked.controls)["tone"] == "negative"
    box.set_ways(ways.ways().values())  # as whenever the menu is opened
    assert box.ask_for("", Task.VQA, False) == asked
    use(panel, "locate")
    assert list(box.strip._controls) == ["size"]
    use(panel, "caption")
    box.use(asked)
    again = box.ask_for("", Task.VQA, False)
    assert again == asked


def test_examples_are_typed_dropped_and_taken_out(panel: ChatPanel, parts: Path) -> None:
    strip = panel.ask.strip
    use(panel, "few-shot")
    assert strip.missing() == "Add a question with its answer."
    strip.examples.add_button.click()
    assert strip.missing() == "An example has no answer yet."
    row = strip.examples.rows[0]
    row.answer.setText("yes")
    assert strip.missing() == "An example has no question yet."
    row.question.setText("Is it round?")
    assert strip.chosen().examples == (Example("Is it round?", "yes"),)
    use(panel, "few-shot-images")
    assert strip.missing() == "Add images with the right answers."
    image = str(parts / "lot" / "part_1.png")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(image), QUrl.fromLocalFile(image + ".txt")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    strip.examples.dropEvent(event)
    strip.examples.dropEvent(event)  # there already
    strip.examples.rows[-1].answer.setText("a dent")
    assert strip.chosen().examples == (Example("", "a dent", image),)
    strip.examples.rows[-1].remove_button.click()
    assert strip.chosen().examples == ()
    use(panel, "few-shot")  # what was typed is still there
    assert strip.chosen().examples == (Example("Is it round?", "yes"),)


@pytest.mark.parametrize("way_id", list(ways.ways()))
@pytest.mark.parametrize("width", [320, 420])
def test_every_way_fits_a_narrow_panel(panel: ChatPanel, way_id: str, width: int) -> None:
    panel.resize(width, 800)
    use(panel, way_id)
    QApplication.processEvents()
    box = panel.ask
    bar = box.ways
    for button in (bar.way_button, bar.options_button, bar.preset_button, bar.temperature):
        assert button.geometry().right() <= bar.width()
        assert button.geometry().bottom() <= bar.height()
    assert bar.way_button.width() >= bar.way_button.minimumSizeHint().width()
    if box.strip.isVisibleTo(panel):
        page = box.strip.widget()
        assert page is not None
        assert page.width() <= box.strip.viewport().width() + 1
        assert box.strip.height() <= 260


def test_own_ways_and_broken_ones_are_on_the_menu(panel: ChatPanel) -> None:
    folder = ways.own_ways_folder()
    folder.mkdir(parents=True)
    text = 'stages = ["answer"]\n[en]\nname = "My & way"\nabout = "m"\nanswer = "{question}"\n'
    (folder / "mine.toml").write_text(text, "utf-8")
    (folder / "broken.toml").write_text("stages = 3", "utf-8")
    panel.ask.set_ways(ways.ways().values(), ways.troubles())
    actions = panel.ask.ways.way_menu.actions()
    assert any(action.text() == "My && way" for action in actions)
    told = actions[-1]
    assert "broken.toml" in told.text()
    assert not told.isEnabled()


# -- how the answer is drawn -------------------------------------------------------------


def test_values_are_kept_refused_and_restored(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        popup = w.chat.ask.temperature.popup
        assert not popup.fields["top_p"].isEnabled()  # nothing is drawn at 0
        popup.slider.setValue(7)
        assert popup.fields["top_p"].placeholderText() == "0.9"
        popup.fields["top_p"].setText("0.5")
        popup.fields["max_tokens"].setText("64")
        popup.fields["seed"].setText("7")
        popup.fields["top_k"].setText("1.5")
        assert "Top-k takes 0 to 1000000; 1.5 is left out." in popup.trouble_label.text()
        popup.system_edit.setPlainText("You inspect nuts.")
        kept = Settings()
        assert kept.get("sampling") == {"top_p": 0.5, "max_tokens": 64, "seed": 7}
        assert kept.get("system") == "You inspect nuts."
        assert w.chat.ask.temperature.text() == "T 0.7 +"
        scripted.texts = ["a dent", "a dent"]
        await sent(w, wait_until)
        (asked,) = scripted.requests
        assert asked.system == "You inspect nuts."
        drawn = asked.sampling
        assert (drawn.temperature, drawn.top_p, drawn.top_k) == (0.7, 0.5, 50)
        assert (drawn.seed, drawn.max_tokens) == (7, 64)
        popup.restore_button.click()
        assert Settings().get("sampling") == {}
        assert Settings().get("system") == ""
        assert w.chat.ask.temperature.text() == "T 0.0"

    story(work)


# -- answers -------------------------------------------------------------------------------


def test_reasoning_is_shown_apart_and_kept(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        use(w.chat, "two-stage")
        scripted.texts = ["A dark line.", "a scratch"]
        answer = await sent(w, wait_until)
        assert answer.text == "a scratch"
        assert answer.made is not None
        assert answer.made.rationale == "A dark line."
        w.conversation.show()  # read again from the project
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        view = shown.made_view
        assert view.way_label.text() == "Reason, then answer"
        assert view.reasoning.text.isHidden()
        view.reasoning.button.click()
        assert view.reasoning.text.toPlainText() == "A dark line."
        assert not view.reasoning.text.isHidden()
        assert shown.body.toPlainText() == "a scratch"
        scripted.texts = ["Another line.", "a dent"]
        use(w.chat, "zero-shot")
        shown.again_button.click()  # in the way it was asked, whatever is chosen now
        await wait_until(lambda: len(scripted.requests) == 4 and not w.flows.running)
        shown = w.chat.list.messages()[-1]
        assert shown.body.toPlainText() == "a dent"
        assert shown.made_view.reasoning.text.toPlainText() == "Another line."
        shown.edit_button.click()
        assert w.chat.ask.ways.way is not None
        assert w.chat.ask.ways.way.id == "two-stage"

    story(work)


def test_options_are_a_table(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        use(w.chat, "choices")
        w.chat.ask.strip.options_edit.setPlainText("a dent\nnothing")
        answer = await sent(w, wait_until)
        assert answer.text == "a dent"
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        assert shown.made_view.options.cells == [
            ("a dent", "73.1 %", "53.0 %"),
            ("nothing", "26.9 %", "47.0 %"),
        ]

    story(work)


def test_context_is_filled_edited_and_cited(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        use(w.chat, "context")
        strip = w.chat.ask.strip
        assert "No other engine found anything" in w.chat.ask.hint_label.text()
        box = Box(0.1, 0.1, 0.4, 0.4)
        finding = w.session.add_region(box, "dent")
        await wait_until(lambda: strip.context_edit.toPlainText().startswith("[1] dent"))
        strip.context_edit.appendPlainText("[2] my note")
        scripted.texts = ["A dent [1], see [2]; also [5]."]
        answer = await sent(w, wait_until)
        assert "[2] my note" in scripted.requests[0].question
        assert answer.made is not None
        assert (answer.made.cited, answer.made.unknown) == ((1, 2), (5,))
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        assert "cites [5]" in shown.remarks_label.text()
        assert [chip.found for chip in shown.chips] == [FoundBox("[1]", box)]
        shown.chips[0].pointed.emit(0)
        item = w.viewer.findings_layer.item(finding)
        assert item is not None
        assert item._hovered
        assert len(w.session.findings()) == 1  # nothing was found anew
        w.actions_["next"].trigger()
        await wait_until(w.page.is_seen)
        assert strip.context_edit.toPlainText() == ""  # what was found elsewhere is not told here

    story(work)


def test_a_place_that_is_no_finding_is_shown_while_pointed_at(
    story: Any, wait_until: Until, lot: Path, speaker: str
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        before = len(w.viewer.findings_layer.ids())
        w.chat.box_pointed.emit(FoundBox("[1]", Box(0.2, 0.2, 0.4, 0.3)))
        assert len(w.viewer.findings_layer.ids()) == before + 1
        w.chat.box_pointed.emit(None)
        assert len(w.viewer.findings_layer.ids()) == before

    story(work)


def test_a_line_written_anew_is_not_of_its_old_box(panel: ChatPanel) -> None:
    use(panel, "context")
    strip = panel.ask.strip
    first = FoundBox("dent", Box(0.1, 0.1, 0.2, 0.2))
    second = FoundBox("oil", Box(0.5, 0.5, 0.9, 0.9))
    strip.set_context("[1] dent: left\n[2] oil: right", (first, second))
    assert strip.chosen().regions == (first, second)
    strip.context_edit.setPlainText("[1] The operator saw oil.\n  [2] oil: right\nmy note")
    asked = strip.chosen()
    assert asked.regions[1] == second
    assert Made(asked, cited=(1, 2)).cited_regions == (replace(second, label="[2]"),)
    strip.take(asked)  # the question is edited
    assert strip.chosen().regions == asked.regions
    strip.context_edit.setPlainText("[1] dent: left\n[2] oil: right\n[2] or not")
    assert Made(strip.chosen(), cited=(1, 2)).cited_regions == ()


def test_what_was_chosen_before_leaves_with_another_question(panel: ChatPanel) -> None:
    use(panel, "few-shot")
    box = panel.ask
    box.use(Ask(way="few-shot", examples=(Example("old q", "old a"),)))
    assert box.strip.chosen().examples
    box.use(Ask(way="few-shot"))
    assert box.strip.chosen().examples == ()


def test_a_plain_question_is_edited_as_it_was_asked(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        scripted.texts = ["a part"]
        answer = await sent(w, wait_until)
        use(w.chat, "step-by-step")
        w.chat._edit_question(answer.id)
        assert w.chat.ask.edit.toPlainText() == "What is it?"
        assert w.chat.ask.ask_for("q", Task.VQA, False) is None

    story(work)


def test_demonstrations_come_from_accepted_findings(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        finding = w.session.add_region(Box(0.1, 0.1, 0.4, 0.4), "dent")
        w.session.set_state(finding, FindingState.ACCEPTED)
        shown = w.session.image
        assert shown is not None
        w.actions_["next"].trigger()
        await wait_until(lambda: w.session.image != shown and w.page.is_seen())
        use(w.chat, "few-shot-images")
        examples = w.chat.ask.strip.examples
        examples.pick_button.click()
        await wait_until(lambda: bool(examples.menu.actions()))
        examples.menu.actions()[0].trigger()
        examples.menu.close()
        scripted.texts = ["a dent"]
        await sent(w, wait_until)
        assert scripted.requests[0].examples == (Example("What is it?", "dent", shown.path),)

    story(work)


def test_rows_of_the_gallery_are_dragged_as_files(
    story: Any, wait_until: Until, lot: Path, speaker: str
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        use(w.chat, "few-shot-images")
        view, model = w.gallery.view, w.gallery.view.model()
        assert view.dragEnabled()
        index = model.index(2, 0)
        assert model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled
        mime = model.mimeData([index])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        w.chat.ask.strip.examples.dropEvent(event)
        assert [row.image for row in w.chat.ask.strip.examples.rows] == [str(lot / "part_2.png")]

    story(work)


def test_what_examples_cost_is_told_before_sending(
    story: Any, wait_until: Until, lot: Path, tiny: str
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, tiny)
        use(w.chat, "few-shot-images")
        w.chat.ask.edit.setPlainText("What is it?")
        w.chat.ask.strip.examples.set_examples([Example("", "a dent", str(lot / "part_3.png"))])
        label = w.chat.ask.strip.cost_label
        await wait_until(lambda: bool(label.text()), 60)
        assert label.text().startswith("Examples: ")
        assert "The whole prompt: " in label.text()
        w.chat.ask.strip.examples.set_examples([])
        assert label.text() == ""

    story(work)


def test_a_golden_image_goes_with_the_question(
    story: Any, wait_until: Until, lot: Path, speaker: str, scripted: Scripted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        good = str(lot / "part_0.png")
        monkeypatch.setattr(w.dialogs, "image_files", lambda _title: [good])
        w.chat.ask.ways.options_button.click()
        w.chat.ask.strip.golden_button.click()
        assert w.chat.ask.strip.golden_label.text() == "part_0.png"
        scripted.texts = ["no difference"]
        answer = await sent(w, wait_until)
        assert scripted.requests[0].images[1:] == (good,)
        assert answer.text == "no difference"
        assert answer.made is not None
        assert answer.made.ask.golden == (good,)
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        assert shown.made_view.golden.text.toPlainText() == "part_0.png"
        w.chat.ask.strip.golden_button.click()
        assert w.chat.ask.ask_for("q", Task.VQA, False) is None

    story(work)


def test_presets_bring_everything_back(
    story: Any, wait_until: Until, lot: Path, speaker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        box = w.chat.ask
        monkeypatch.setattr(w.dialogs, "preset_name", lambda _suggested: "Kinds")
        use(w.chat, "choices")
        box.strip.options_edit.setPlainText("a\nb")
        box.edit.setPlainText("Which?")
        box.temperature.popup.slider.setValue(4)
        box.temperature.popup.fields["top_p"].setText("0.6")
        box.ways.preset_wanted.emit()
        box.temperature.popup.restore_button.click()
        use(w.chat, "zero-shot")
        box.strip.options_edit.clear()
        box.edit.clear()
        box.ways.preset_menu.aboutToShow.emit()
        first = box.ways.preset_menu.actions()[0]
        assert first.text() == "Kinds"
        first.trigger()
        assert box.ways.way is not None
        assert box.ways.way.id == "choices"
        assert box.strip.options_edit.toPlainText() == "a\nb"
        assert box.edit.toPlainText() == "Which?"
        assert box.temperature.value() == 0.4
        assert Settings().get("sampling") == {"top_p": 0.6}
        box.ways.preset_removed.emit("Kinds")
        box.ways.preset_menu.aboutToShow.emit()
        assert box.ways.preset_menu.actions()[0].text() == "No preset yet"

    story(work)


def test_what_was_made_is_plain_text(panel: ChatPanel) -> None:
    made = Made(
        Ask("q", "gone-since", context="<b>[1]</b>", examples=(Example("q", "<i>a</i>"),)),
        "<script>x</script>",
        (ScoredOption("<b>x</b>", -1.0, 1.0, 1.0),),
    )
    answer = Message("i", "assistant", "a", made=made)
    panel.add_message(answer, AnswerDetails(made=made))
    shown = panel.list.message(answer.id)
    assert shown is not None
    view = shown.made_view
    assert view.way_label.text() == "gone-since"
    assert view.reasoning.text.toPlainText() == "<script>x</script>"
    assert view.options.cells[0][0] == "<b>x</b>"
