"""Messages in the window, and what a page says while it is empty."""

import pytest
from PySide6.QtCore import Qt

from inspector_app.ui.empty_state import EmptyState
from inspector_app.ui.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def bar(qtbot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def visible(bar: MessageBar) -> list[str]:
    return [row.text for row in bar._messages if row.isVisibleTo(bar)]


def test_empty_takes_no_room(bar: MessageBar) -> None:
    assert bar.isHidden()
    number = bar.show_info("done")
    assert not bar.isHidden()
    bar.dismiss(number)
    bar.dismiss(number)
    assert bar.isHidden()


def test_three_are_shown_and_failures_stay_in_sight(bar: MessageBar) -> None:
    bar.show_error("first failure")
    for name in "abc":
        bar.show_info(name)
    assert visible(bar) == ["c", "b", "first failure"]
    assert bar.texts() == ["c", "b", "a", "first failure"]
    bar._messages[0].close_button.click()
    assert visible(bar) == ["b", "a", "first failure"]
    bar.clear()
    assert bar.count() == 0


def test_actions_run_once_and_close(bar: MessageBar) -> None:
    ran: list[str] = []
    bar.show_warning(
        "choose",
        actions=[(name, lambda name=name: ran.append(name)) for name in ("one", "two", "three")],
    )
    row = bar._messages[0]
    assert [button.text() for button in row.buttons] == ["one", "two"]
    row.buttons[1].click()
    assert ran == ["two"]
    assert bar.count() == 0


def test_details_are_plain_and_hidden_at_first(bar: MessageBar) -> None:
    bar.show_error("It <b>failed</b>.", details="<i>trace</i>\x00")
    row = bar._messages[0]
    assert row.details.isHidden()
    row.details_button.click()
    assert not row.details.isHidden()
    assert row.details.toPlainText() == "<i>trace</i>\ufffd"
    assert row._label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>failed</b>" in row._label.text()


def test_the_same_failure_counts_up(bar: MessageBar) -> None:
    first = bar.show_error("The engine ended.")
    assert bar.show_error("The engine ended.", details="again") == first
    assert bar.count() == 1
    assert "2" in bar._messages[0]._label.text()
    assert bar.show_warning("The engine ended.") != first


def test_info_goes_by_itself_only_when_told(bar: MessageBar, qtbot) -> None:
    bar.show_info("stays")
    bar.show_info("goes", hide_after_ms=1)
    bar.show_info("is read", hide_after_ms=1, details="long")
    bar._messages[0].details_button.click()
    qtbot.waitUntil(lambda: bar.texts() == ["is read", "stays"])
    qtbot.wait(5)
    assert bar.texts() == ["is read", "stays"]


def test_long_text_wraps_instead_of_widening(bar: MessageBar) -> None:
    bar.show_error("word " * 2000)
    assert bar.minimumSizeHint().width() < 400
    assert bar._messages[0]._label.text().endswith("…")


def test_empty_state(qtbot) -> None:
    pressed: list[str] = []
    state = EmptyState()
    qtbot.addWidget(state)
    state.show_state("Title", "A <b>sentence</b>.", [("Go", lambda: pressed.append("go"))])
    assert [button.isVisibleTo(state) for button in state.buttons] == [True, False, False]
    state.buttons[0].click()
    assert pressed == ["go"]
    assert state.sentence.text() == "A <b>sentence</b>."
    assert state.accessibleName() == "Title"
