"""Ways to ask: drawn answers, free words, a region drawn for the question."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector_app.domain.chat import Message
from inspector_app.domain.engine import Capabilities, Sampling
from inspector_app.domain.errors import EngineError
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.services.settings import Settings
from inspector_app.ui import colors, theme
from inspector_app.ui.chat_panel import ChatPanel
from inspector_app.ui.chat_tasks import free_words, task_words
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.viewer import Tool

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the")
Until = Callable[..., Coroutine[Any, Any, None]]
ALL = Capabilities(frozenset(Task), boxes=True)
DRAW = "Draw a box around what you mean, then send."


@pytest.fixture
def panel(qtbot: Any) -> ChatPanel:
    QLocale.setDefault(QLocale("en_GB"))
    panel = ChatPanel()
    qtbot.addWidget(panel)
    panel.set_capabilities(ALL, "Qwen2-VL-2B", "", language=True)
    panel.resize(330, 500)
    panel.show()
    return panel


async def opened(w: MainWindow, lot: Path, until: Until, engine: str = "") -> None:
    await w.flows.start(w.flows.open_folder(str(lot)))
    await until(w.page.is_seen)
    if engine:
        w.session.choice.use(engine)


async def sent(w: MainWindow, until: Until) -> Any:
    """Presses Send and waits for the answer."""
    image, project = w.session.image, w.session.project
    assert image is not None
    assert project is not None
    before = len(project.messages(image.id))
    w.chat.ask.send_button.click()
    await until(lambda: len(project.messages(image.id)) == before + 2)
    await until(lambda: not w.flows.running)
    return project.messages(image.id)[-1]


def drag(w: MainWindow, start: Box) -> None:
    """Draws in the picture with the left button."""
    port = w.viewer.viewport()
    width, height = w.viewer.image_size()
    points = [
        w.viewer.mapFromScene(x * width, y * height)
        for x, y in ((start.x1, start.y1), (start.x2, start.y2))
    ]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(port, points[1] - QPoint(2, 2))
    QTest.mouseMove(port, points[1])
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=points[1])


# -- temperature -------------------------------------------------------------------------


def test_temperature_is_for_language_engines(panel: ChatPanel) -> None:
    button = panel.ask.temperature
    assert button.isVisibleTo(panel)
    assert button.text() == "T 0.0"
    assert button.accessibleName() == "Temperature 0.0"
    panel.set_capabilities(ALL, "Expert", "")
    assert not button.isVisibleTo(panel)


def test_the_slider_says_what_it_does_and_is_moved_by_keys(panel: ChatPanel, qtbot: Any) -> None:
    button = panel.ask.temperature
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = button.popup
    assert popup.isVisible()
    assert "right for inspection" in popup.meaning_label.text()
    told: list[float] = []
    panel.temperature_changed.connect(told.append)
    for _ in range(7):
        qtbot.keyClick(popup.slider, Qt.Key.Key_Right)
    assert told == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    assert button.text() == "T 0.7"
    assert button.font().bold()
    assert popup.value_label.text() == "0.7"
    assert "another one" in popup.meaning_label.text()
    qtbot.keyClick(popup.slider, Qt.Key.Key_End)
    assert button.value() == 1.5
    qtbot.keyClick(popup.slider, Qt.Key.Key_Return)
    assert not popup.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_popup_can_be_read(panel: ChatPanel, mode: Any) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, mode)
    try:
        QApplication.processEvents()
        label = panel.ask.temperature.popup.meaning_label
        role = QPalette.ColorRole
        ground = panel.ask.temperature.popup.palette().color(role.Window)
        assert colors.contrast(label.palette().color(role.WindowText), ground) >= 4.5
    finally:
        theme.apply(app, "system")


def test_asking_again_draws_another_answer(
    story: Any, wait_until: Until, lot: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        w.chat.fill("What is this?")
        await sent(w, wait_until)
        assert spy.requests[0].sampling == Sampling(max_tokens=512)
        w.chat.ask.temperature.popup.slider.setValue(6)
        assert Settings().get("temperature") == 0.6
        w.chat.fill("What is this?")
        answer = await sent(w, wait_until)
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        shown.again_button.click()
        await wait_until(lambda: len(spy.requests) == 3 and not w.flows.running)
        first, again = spy.requests[1:]
        assert first.sampling.temperature == again.sampling.temperature == 0.6
        assert first.question == again.question
        assert first.sampling.seed != again.sampling.seed
        project = w.session.project
        assert project is not None
        assert project.result(answer.result_id).provenance.seed == first.sampling.seed
        w.chat.list.messages()[-1].versions.back_button.click()
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        assert str(first.sampling.seed) in shown.foot_label.toolTip()

    story(work)


# -- free words ----------------------------------------------------------------------------


def test_free_words_stand_before_the_tasks_and_only_for_language_engines(
    panel: ChatPanel, qtbot: Any
) -> None:
    free, edit = panel.ask.buttons.free, panel.ask.edit
    first = min(
        (b for b in (free, *panel.ask.task_buttons.values()) if b.isVisibleTo(panel)),
        key=lambda b: (b.y(), b.x()),
    )
    assert first is free
    panel.ask.task_buttons[Task.REFER].click()
    free.click()
    assert edit.toPlainText() == ""  # a prompt gives way, what was typed does not
    assert panel.ask.hint_label.text() == free_words().hint
    checked = [b for b in (free, *panel.ask.task_buttons.values()) if b.isChecked()]
    assert checked == [free]
    assert not panel.ask.send_button.isEnabled()
    qtbot.keyClicks(edit, "[refer] the bolt")
    panel.set_capabilities(ALL, "Qwen2-VL-2B", "", language=True)
    assert free.isChecked()
    with qtbot.waitSignal(panel.question_asked) as asked:
        panel.ask.send_button.click()
    assert asked.args == ["[refer] the bolt", Task.VQA, True]
    assert panel.ask.task_buttons[Task.VQA].isChecked()
    free.click()
    panel.set_capabilities(ALL, "Expert", "")
    assert not free.isVisibleTo(panel)
    assert not panel.ask.verbatim


def test_free_words_are_asked_again_and_edited_as_they_were(
    story: Any, wait_until: Until, lot: Path, speaker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        w.chat.ask.buttons.free.click()
        w.chat.ask.edit.setPlainText("[vqa] a or b?")
        answer = await sent(w, wait_until)
        w.chat.fill("Where is the dent?", Task.REFER)
        await sent(w, wait_until)
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        shown.again_button.click()
        await wait_until(lambda: len(spy.requests) == 3 and not w.flows.running)
        ways = [(r.question, r.task, r.verbatim) for r in spy.requests]
        assert ways[0] == ways[2] == ("[vqa] a or b?", Task.VQA, True)
        assert ways[1] == ("Where is the dent?", Task.REFER, False)
        w.chat.list.messages()[-1].versions.back_button.click()
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        shown.edit_button.click()
        assert w.chat.ask.verbatim
        assert w.chat.ask.edit.toPlainText() == "[vqa] a or b?"

    story(work)


def test_a_failed_question_is_asked_again_with_its_task(
    story: Any, wait_until: Until, lot: Path, speaker: str, spy: Any
) -> None:
    def fail(_request: Any) -> Any:
        raise EngineError("It did not work.")

    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, speaker)
        spy.steps = [fail]
        w.chat.fill("Where is it?", Task.REFER)
        answer = await sent(w, wait_until)
        assert answer.status == "failed"
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        shown.retry_button.click()
        await wait_until(lambda: len(spy.requests) == 2 and not w.flows.running)
        assert [r.task for r in spy.requests] == [Task.REFER, Task.REFER]

    story(work)


# -- a region drawn for the question ----------------------------------------------------------


def test_identify_waits_for_a_region_to_be_drawn(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.activateWindow()
        w.chat.ask.task_buttons[Task.IDENTIFY].click()
        assert w.viewer.tool() is Tool.REGION
        assert w.actions_["region_tool"].isChecked()
        assert w.chat.ask.hint_label.text() == DRAW
        drag(w, Box(0.2, 0.2, 0.6, 0.5))
        assert w.viewer.tool() is Tool.SELECT
        assert w.actions_["select_tool"].isChecked()
        (finding,) = w.session.findings()
        assert w.findings.selected_id() == finding.id
        assert w.chat.ask.region_label.text().startswith("about region 1")
        assert w.chat.ask.hint_label.text() == task_words(Task.IDENTIFY).hint
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            assert w.focusWidget() is w.chat.ask.edit
        await sent(w, wait_until)
        assert spy.requests[0].task is Task.IDENTIFY
        assert spy.requests[0].boxes == (finding.box,)
        w.actions_["undo"].trigger()
        assert w.session.findings() == []

    story(work)


def test_leaving_identify_gives_the_tool_back(
    story: Any, wait_until: Until, lot: Path, talker: str
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        buttons = w.chat.ask.task_buttons
        buttons[Task.IDENTIFY].click()
        buttons[Task.VQA].click()
        assert w.viewer.tool() is Tool.SELECT
        buttons[Task.IDENTIFY].click()
        w.actions_["pan_tool"].trigger()  # chosen by hand: nothing waits any more
        assert w.chat.ask.hint_label.text() == task_words(Task.IDENTIFY).hint
        buttons[Task.VQA].click()
        assert w.viewer.tool() is Tool.PAN

    story(work)


def test_a_selected_region_is_asked_about_without_drawing(
    story: Any, wait_until: Until, lot: Path, talker: str, spy: Any
) -> None:
    async def work(w: MainWindow) -> None:
        await opened(w, lot, wait_until, talker)
        w.page.select_finding(w.session.add_region(Box(0.1, 0.1, 0.4, 0.4), "dent"))
        w.chat.ask.task_buttons[Task.IDENTIFY].click()
        assert w.viewer.tool() is Tool.SELECT
        answer = await sent(w, wait_until)
        w.page.select_finding(None)
        shown = w.chat.list.message(answer.id)
        assert shown is not None
        shown.edit_button.click()  # the region comes back with the question
        assert w.chat.ask.region_label.text().startswith("about region 1")
        assert w.viewer.tool() is Tool.SELECT

    story(work)


# -- examples --------------------------------------------------------------------------------


def test_examples_fit_the_engine_and_fill_the_input(panel: ChatPanel, qtbot: Any) -> None:
    buttons = panel.list.examples.buttons
    assert [b.text() for b in buttons] == [
        "grounding: Describe this part in detail",
        "detect: Find all defects",
        "refer: Where is the largest scratch?",
        "identify: What is this?",
        "vqa: Is any piece missing?",
        "free: What could have caused this damage?",
    ]
    with qtbot.assertNotEmitted(panel.question_asked):
        buttons[2].click()
    assert panel.current_task() is Task.REFER
    assert panel.ask.edit.toPlainText() == "Where is the largest scratch?"
    buttons[-1].click()
    assert panel.ask.verbatim
    with qtbot.waitSignal(panel.question_asked) as asked:
        panel.ask.send_button.click()
    assert asked.args == ["What could have caused this damage?", Task.VQA, True]
    panel.set_capabilities(Capabilities(frozenset({Task.DETECTION})), "Expert", "")
    assert [b.example.task for b in panel.list.examples.buttons] == [Task.DETECTION]
    panel.set_capabilities(Capabilities(frozenset()), "", "")
    assert panel.list.examples.buttons == []


def test_examples_give_way_to_the_conversation(panel: ChatPanel) -> None:
    first = panel.list.examples.buttons[0]
    assert first.isVisibleTo(panel)
    panel.resize(160, 600)
    QApplication.processEvents()
    assert first.width() <= 160  # shortened, whole in its tooltip
    assert "Describe this part in detail" in first.toolTip()
    panel.add_message(Message("i", "user", "hello"))
    assert not first.isVisibleTo(panel)
    panel.set_messages([])
    assert first.isVisibleTo(panel)
