"""The Ask panel: streaming, stopping, phrases and boxes, plain text, keys, scrolling."""

import time

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel

from inspector_app.domain.chat import Message
from inspector_app.domain.engine import Capabilities
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.ui.chat_message import AnswerDetails
from inspector_app.ui.chat_panel import ChatPanel
from inspector_app.ui.chat_tasks import task_words
from inspector_app.ui.chat_text import Phrase, find_phrases
from inspector_app.ui.plain_text import plain_tip, utf16_length, visible_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ALL = Capabilities(frozenset(Task), boxes=True)
BOXES = (
    FoundBox("scratch", Box(0, 0, 0.1, 0.1), 0.83),
    FoundBox("stain", Box(0.5, 0.5, 0.6, 0.6)),
    FoundBox("scratch", Box(0.2, 0.2, 0.3, 0.3)),
)


@pytest.fixture
def panel(qtbot) -> ChatPanel:
    QLocale.setDefault(QLocale("en_GB"))
    panel = ChatPanel()
    qtbot.addWidget(panel)
    panel.set_capabilities(ALL, "Qwen2-VL-2B + nut-lora", "Starter model.")
    panel.resize(330, 500)
    panel.show()
    return panel


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


# -- pure parts ---------------------------------------------------------------------


def test_phrases_belong_to_boxes_in_order() -> None:
    text = "A Scratch, a stain, a scratch and a scratch; scratches are not meant."
    found = find_phrases(text, BOXES)
    assert [(text[p.begin : p.begin + p.length], p.box) for p in found] == [
        ("Scratch", 0),
        ("stain", 1),
        ("scratch", 2),
        ("scratch", 2),
    ]


def test_longer_labels_go_first_and_signs_are_taken_literally() -> None:
    boxes = [FoundBox("scratch", Box(0, 0, 1, 1)), FoundBox("deep scratch", Box(0, 0, 1, 1))]
    assert find_phrases("a deep scratch", boxes) == [Phrase(2, 12, 1)]
    assert find_phrases("abc", [FoundBox("a.c", Box(0, 0, 1, 1))]) == []
    assert find_phrases("abc", [FoundBox("  ", Box(0, 0, 1, 1))]) == []
    assert find_phrases("", BOXES) == []
    assert find_phrases("vết xước", [FoundBox("vết xước", Box(0, 0, 1, 1))]) == [Phrase(0, 8, 0)]


def test_plain_text() -> None:
    assert visible_text("a\r\nb\x00\u202ec\ud800") == "a\nb\ufffd\ufffdc\ufffd"
    assert plain_tip("") == ""
    assert "&lt;b&gt;" in plain_tip("<b>")
    assert utf16_length("a😀") == 3


# -- asking ---------------------------------------------------------------------------


def test_enter_sends_and_shift_enter_breaks_the_line(panel: ChatPanel, qtbot) -> None:
    edit = panel.ask.edit
    qtbot.keyClicks(edit, "what")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "is it")
    with qtbot.waitSignal(panel.question_asked) as asked:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert asked.args == ["what\nis it", Task.VQA, False]
    assert asked.args[1] is Task.VQA
    assert edit.toPlainText() == ""
    with qtbot.assertNotEmitted(panel.question_asked):
        qtbot.keyClick(edit, Qt.Key.Key_Return)  # nothing to ask


def test_task_buttons_fill_the_input_and_keep_what_was_typed(panel: ChatPanel, qtbot) -> None:
    buttons, edit = panel.ask.task_buttons, panel.ask.edit
    buttons[Task.REFER].click()
    assert edit.toPlainText() == task_words(Task.REFER).prompt
    assert panel.ask.hint_label.text() == task_words(Task.REFER).hint
    assert buttons[Task.REFER].toolTip() == task_words(Task.REFER).hint
    buttons[Task.DETECTION].click()
    assert edit.toPlainText() == task_words(Task.DETECTION).prompt
    edit.setPlainText("find every dent")
    buttons[Task.GROUNDING].click()
    assert edit.toPlainText() == "find every dent"
    assert panel.current_task() is Task.GROUNDING
    with qtbot.waitSignal(panel.question_asked) as asked:
        panel.ask.send_button.click()
    assert asked.args == ["find every dent", Task.GROUNDING, False]
    assert panel.current_task() is Task.VQA


def test_some_tasks_need_no_words(panel: ChatPanel, qtbot) -> None:
    panel.ask.task_buttons[Task.CAPTION].click()
    panel.ask.edit.clear()
    with qtbot.waitSignal(panel.question_asked) as asked:
        panel.ask.send_button.click()
    assert asked.args == ["", Task.CAPTION, False]


def test_only_what_the_engine_can_do(panel: ChatPanel) -> None:
    panel.set_capabilities(Capabilities(frozenset({Task.DETECTION})), "anomaly", "")
    shown = [task for task, b in panel.ask.task_buttons.items() if b.isVisibleTo(panel)]
    assert shown == [Task.DETECTION]
    assert panel.current_task() is Task.DETECTION
    assert panel.who_label.text() == "anomaly"
    assert not panel.notice_label.isVisibleTo(panel)
    panel.set_capabilities(Capabilities(frozenset()), "", "")
    assert not panel.ask.edit.isEnabled()
    assert panel.who_label.text() == "No engine"


def test_a_chosen_task_survives_telling_the_same_engine_again(panel: ChatPanel) -> None:
    panel.ask.task_buttons[Task.REFER].click()
    panel.set_capabilities(ALL, "Qwen2-VL-2B", "")
    assert panel.current_task() is Task.REFER
    assert panel.ask.edit.toPlainText() == task_words(Task.REFER).prompt


def test_busy_turns_send_into_stop(panel: ChatPanel, qtbot) -> None:
    panel.ask.edit.setPlainText("next question")
    panel.set_busy(True)
    with qtbot.assertNotEmitted(panel.question_asked):
        qtbot.keyClick(panel.ask.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.stop_requested):
        panel.ask.send_button.click()
    with qtbot.waitSignal(panel.stop_requested):
        qtbot.keyClick(panel.ask.edit, Qt.Key.Key_Escape)
    panel.set_busy(False)
    with qtbot.assertNotEmitted(panel.stop_requested):
        qtbot.keyClick(panel.ask.edit, Qt.Key.Key_Escape)
    assert panel.ask.edit.toPlainText() == "next question"


def test_region_chip(panel: ChatPanel, qtbot) -> None:
    panel.set_region("about region 2: <b>scratch</b>")
    assert panel.ask.region_label.isVisibleTo(panel)
    assert panel.ask.region_label.text() == "about region 2: <b>scratch</b>"
    with qtbot.waitSignal(panel.region_cleared):
        panel.ask.region_button.click()
    assert not panel.ask.region_label.isVisibleTo(panel)


def test_input_grows_with_its_text_up_to_a_limit(panel: ChatPanel) -> None:
    edit = panel.ask.edit
    low = edit.height()
    edit.setPlainText("\n".join("abcde"))
    settle()
    middle = edit.height()
    edit.setPlainText("\n" * 100)
    settle()
    assert low < middle < edit.height() < 16 * edit.fontMetrics().lineSpacing()


# -- answers ------------------------------------------------------------------------


def test_an_answer_streams_and_finishes(panel: ChatPanel) -> None:
    panel.add_message(Message("i", "user", "what is wrong?"))
    panel.start_answer("a", "Qwen2-VL-2B", Task.GROUNDING)
    answer = panel.list.message("a")
    assert answer.foot_label.text() == "answering…"
    panel.append_delta("a", "a scr")
    panel.append_delta("a", "atch 😀")
    panel.append_delta("stale", "nobody sees this")
    assert answer.body.toPlainText() == "a scratch 😀"
    panel.finish_answer("a", 1.84, 42, BOXES[:1], raw="<ref>scratch</ref>")
    assert answer.foot_label.text().startswith("1.8 s · 42 token")
    assert answer.body.phrases() == [(2, 9, 0)]
    assert [chip.text() for chip in answer.chips] == ["scratch 0.83"]
    assert answer.who_label.text() == "Qwen2-VL-2B"
    assert answer.notice_label.text() == "Starter model."
    assert answer.raw_button.text() == "Show raw text"
    answer.raw_button.click()
    assert answer.body.toPlainText() == "<ref>scratch</ref>"
    answer.raw_button.click()
    assert answer.body.toPlainText() == "a scratch 😀"
    assert answer.body.phrases() == [(2, 9, 0)]


def test_no_box_where_one_was_asked_for(panel: ChatPanel) -> None:
    panel.start_answer("a", "x", Task.DETECTION)
    panel.finish_answer("a", 0.1, 3, (), answer="nothing", raw="<det></det>")
    answer = panel.list.message("a")
    assert answer.raw_button.text() == "Why no box?"
    assert answer.body.toPlainText() == "nothing"


def test_stopped_answers_keep_their_text(panel: ChatPanel) -> None:
    panel.start_answer("a", "x")
    panel.append_delta("a", "there is a")
    panel.cancel_answer("a")
    answer = panel.list.message("a")
    assert answer.body.toPlainText() == "there is a"
    assert "stopped" in answer.foot_label.text()
    settle()
    assert answer.again_button.isVisibleTo(panel)


def test_failed_answers_say_what_happened(panel: ChatPanel, qtbot) -> None:
    panel.start_answer("a", "x")
    panel.append_delta("a", "partial")
    panel.fail_answer("a", "The engine ended.", "Ask once more.", "Traceback <b>")
    answer = panel.list.message("a")
    settle()
    assert answer.retry_button.isVisibleTo(panel)
    assert answer.trouble_label.text() == "The engine ended. Ask once more."
    assert answer.body.toPlainText() == "partial"
    assert not answer.again_button.isVisibleTo(panel)
    answer.details_button.click()
    assert answer.technical.toPlainText() == "Traceback <b>"
    with qtbot.waitSignal(panel.retry_requested) as told:
        answer.retry_button.click()
    assert told.args == ["a"]


def test_a_failed_message_from_the_store_says_its_text_once(panel: ChatPanel) -> None:
    panel.set_messages([Message("i", "assistant", "No memory left.", status="failed", id="a")])
    answer = panel.list.message("a")
    assert answer.trouble_label.text() == "No memory left."
    assert not answer.body.isVisibleTo(panel)


def test_actions(panel: ChatPanel, qtbot) -> None:
    panel.set_messages(
        [
            Message("i", "user", "first", id="q1"),
            Message("i", "assistant", "one", id="a1"),
            Message("i", "user", "second", id="q2"),
            Message("i", "assistant", "two <b>", id="a2"),
        ],
        {"a1": AnswerDetails(task=Task.REFER)},
    )
    answer = panel.list.message("a2")
    answer.copy_button.click()
    assert QGuiApplication.clipboard().text() == "two <b>"
    with qtbot.waitSignal(panel.retry_requested) as told:
        answer.again_button.click()
    assert told.args == ["a2"]
    with qtbot.waitSignal(panel.edit_requested) as told:
        panel.list.message("a1").edit_button.click()
    assert told.args == ["a1"]
    assert panel.ask.edit.toPlainText() == "first"
    assert panel.current_task() is Task.REFER


def test_what_was_told_of_an_answer_is_kept_when_the_conversation_is_shown_again(
    panel: ChatPanel,
) -> None:
    panel.start_answer("a", "Qwen2-VL-2B")
    panel.finish_answer("a", 1.0, 5, BOXES)
    panel.set_messages([])
    panel.set_messages([Message("i", "assistant", "a stain", id="a")])
    answer = panel.list.message("a")
    assert answer.who_label.text() == "Qwen2-VL-2B"
    assert [box for _, _, box in answer.body.phrases()] == [1]
    settle()


def test_model_text_is_never_html(panel: ChatPanel) -> None:
    evil = "<h1>big</h1><img src='file:///etc/passwd'> <a href='x'>y</a> &amp;\u202e"
    panel.start_answer("a", "<b>who</b>")
    panel.append_delta("a", evil)
    panel.finish_answer("a", 0.1, 1, [FoundBox("<b>&x</b>", Box(0, 0, 1, 1))], raw=evil)
    answer = panel.list.message("a")
    assert answer.body.toPlainText() == evil.replace("\u202e", "\ufffd")
    assert answer.chips[0].text() == "<b>&&x</b>"
    assert "&lt;b&gt;" in answer.chips[0].toolTip()
    for label in answer.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    # Pasted HTML becomes text too.
    panel.ask.edit.setPlainText("<b>x</b>")
    assert panel.ask.edit.toPlainText() == "<b>x</b>"


# -- boxes ------------------------------------------------------------------------------


def hover(body, position: int) -> None:
    cursor = QTextCursor(body.document())
    cursor.setPosition(position)
    at = body.cursorRect(cursor).center() + QPoint(3, 0)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(body.viewport().mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(body.viewport(), event)


def test_hovering_a_phrase_tells_its_box(panel: ChatPanel) -> None:
    told: list[tuple[str, int]] = []
    pointed: list[object] = []
    panel.start_answer("a", "x")
    panel.append_delta("a", "😀 a stain here")
    panel.finish_answer("a", 0.1, 1, BOXES)
    settle()
    panel.box_hovered.connect(lambda label, index: told.append((label, index)))
    panel.box_pointed.connect(pointed.append)
    body = panel.list.message("a").body
    hover(body, 6)
    hover(body, 7)
    hover(body, 12)
    assert told == [("stain", 1), ("", -1)]
    assert pointed == [BOXES[1], None]


def test_hovering_a_chip_and_lighting_from_outside(panel: ChatPanel) -> None:
    told: list[tuple[str, int]] = []
    panel.box_hovered.connect(lambda label, index: told.append((label, index)))
    panel.start_answer("a", "x")
    panel.append_delta("a", "a stain, a scratch")
    panel.finish_answer("a", 0.1, 1, BOXES)
    answer = panel.list.message("a")
    answer.chips[2].pointed.emit(2)
    assert told == [("scratch", 2)]
    panel.highlight(1)
    assert [chip.isDown() for chip in answer.chips] == [False, True, False]
    assert answer.body._lit == 1
    panel.highlight_box(BOXES[0].box)
    assert answer.body._lit == 0
    panel.highlight_box(None)
    panel.highlight(7)
    assert not any(chip.isDown() for chip in answer.chips)


def test_many_boxes_do_not_flood_the_panel(panel: ChatPanel) -> None:
    panel.start_answer("a", "x")
    panel.finish_answer("a", 0.1, 1, [FoundBox(f"l{i}", Box(0, 0, 1, 1)) for i in range(50)])
    answer = panel.list.message("a")
    assert len(answer.chips) == 12
    assert "38" in answer.foot_label.text()


# -- scrolling ------------------------------------------------------------------------


def test_scrolling_up_stops_following(panel: ChatPanel, qtbot) -> None:
    panel.start_answer("a", "x")
    bar = panel.list.verticalScrollBar()
    panel.append_delta("a", "line\n" * 100)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    assert not panel.list.end_button.isVisible()
    bar.setValue(10)
    assert panel.list.end_button.isVisible()
    panel.append_delta("a", "line\n" * 100)
    settle()
    assert bar.value() == 10
    panel.list.end_button.click()
    assert bar.value() == bar.maximum()
    assert not panel.list.end_button.isVisible()
    before = bar.maximum()
    panel.append_delta("a", "line\n" * 100)
    qtbot.waitUntil(lambda: bar.maximum() > before and bar.value() == bar.maximum())


def test_text_fits_its_widget_at_every_width(panel: ChatPanel) -> None:
    panel.start_answer("a", "x")
    panel.append_delta("a", "word " * 60 + "w" * 300)
    body = panel.list.message("a").body
    heights = []
    for width in (600, 330, 180):
        panel.resize(width, 500)
        settle()
        document = body.document().documentLayout().documentSize()
        assert abs(body.height() - document.height()) <= 1
        assert document.width() <= body.viewport().width() + 1
        heights.append(body.height())
    assert heights == sorted(heights)


def test_a_long_answer_streams_quickly(panel: ChatPanel) -> None:
    panel.start_answer("a", "x")
    begun = time.perf_counter()
    for _ in range(100):
        panel.append_delta("a", "some words of an answer, thirty times a second. ")
        QApplication.processEvents()
    assert time.perf_counter() - begun < 3.0  # 0.3 s on a quiet machine


def test_empty_state(panel: ChatPanel) -> None:
    assert "Ask what you see" in panel.list._empty.text()
    assert panel.list._empty.isVisibleTo(panel)
    panel.add_message(Message("i", "user", "hello"))
    assert not panel.list._empty.isVisibleTo(panel)


def test_tab_goes_from_messages_to_the_question(panel: ChatPanel) -> None:
    panel.add_message(Message("i", "user", "q", id="q"))
    panel.start_answer("a", "x")
    panel.append_delta("a", "a stain")
    panel.finish_answer("a", 0.1, 1, BOXES[:2])
    settle()
    order = []
    widget = panel.list.nextInFocusChain()
    while widget is not panel.list:
        order.append(widget)
        widget = widget.nextInFocusChain()
    answer, question = panel.list.message("a"), panel.list.message("q")
    wanted = [question.body, answer.body, *answer.chips, answer.copy_button, panel.ask.edit]
    places = [order.index(each) for each in wanted]
    assert places == sorted(places)


def test_remarks_on_an_answer_are_shown_with_it(panel: ChatPanel):
    panel.start_answer("a", "Qwen")
    panel.finish_answer("a", 0.5, 12, answer="yes yes", remarks=("It only repeated itself.",))
    message = panel.list.message("a")
    assert message is not None
    assert message.remarks_label.text() == "It only repeated itself."
    assert message.remarks_label.isVisibleTo(message)
    panel.start_answer("b", "Qwen")
    panel.finish_answer("b", 0.5, 12, answer="no")
    plain = panel.list.message("b")
    assert plain is not None
    assert not plain.remarks_label.isVisibleTo(plain)


def test_a_new_engine_starts_with_its_usual_task_unless_one_was_picked(panel: ChatPanel):
    expert = Capabilities(frozenset({Task.DETECTION, Task.IDENTIFY}))
    panel.set_capabilities(expert, "Expert", "")
    panel.set_capabilities(Capabilities(frozenset(Task)), "Qwen", "")
    assert panel.current_task() is Task.VQA
    panel.ask.task_buttons[Task.REFER].click()
    panel.set_capabilities(Capabilities(frozenset(Task)), "Qwen 7B", "")
    assert panel.current_task() is Task.REFER
