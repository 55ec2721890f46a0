"""Ctrl+K and F1: finding actions by a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from inspector_app.ui.command_palette import CommandPalette, action_text, match
from inspector_app.ui.shortcuts_dialog import ShortcutsDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def actions(qapp) -> list[QAction]:
    made = []
    for text, keys, enabled in (
        ("&Open images…", "Ctrl+O", True),
        ("Open &folder…", "Ctrl+Shift+O", True),
        ("Tô sáng vùng lỗi", "", True),
        ("Stop", "Esc", False),
        ("Save && close", "", True),
    ):
        action = QAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setEnabled(enabled)
        made.append(action)
    return made


def test_words_without_mnemonics(actions: list[QAction]) -> None:
    assert action_text(actions[0]) == "Open images"
    assert action_text(actions[4]) == "Save & close"


def test_match() -> None:
    assert match("", "anything") == 0
    assert match("xyz", "Open folder") is None
    assert match("of", "Open folder") is not None
    assert match("fo", "Open folder") > match("of", "Open folder")
    assert match("to sang", "Tô sáng vùng lỗi") is not None
    assert match("LOI", "Tô sáng vùng lỗi") is not None


def test_filter_and_run(actions: list[QAction], qtbot) -> None:
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    assert palette.shown()[-1] == "Stop"  # cannot be done now: last
    qtbot.keyClicks(palette.edit, "op")
    assert palette.shown() == ["Open images", "Open folder", "Stop"]
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(actions[1].triggered):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.result() == palette.DialogCode.Accepted


def test_what_cannot_be_done_is_not_run(actions: list[QAction], qtbot) -> None:
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    palette.edit.setText("stop")
    with qtbot.assertNotEmitted(actions[3].triggered):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    palette.edit.setText("no such thing")
    assert palette.shown() == []
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    assert not palette.grab().isNull()


def test_keys_dialog(actions: list[QAction], qtbot) -> None:
    dialog = ShortcutsDialog(actions, more=[("Zoom", "Wheel")])
    qtbot.addWidget(dialog)
    texts = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
    assert texts == ["Open images", "Open folder", "Stop", "Zoom"]
    dialog.edit.setText("shift")
    assert [dialog.table.isRowHidden(row) for row in range(4)] == [True, False, True, True]
