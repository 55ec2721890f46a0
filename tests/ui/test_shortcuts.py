"""F1: keys are listed, changed, refused, reset; the settings file cannot break them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from inspector_app.ui.actions import ENTRIES, Actions, default_keys
from inspector_app.ui.shortcuts_dialog import ShortcutsDialog

NAMES = [entry.name for entry in ENTRIES]


@pytest.fixture
def actions(qtbot) -> Actions:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window, {})
    made.window = window  # type: ignore[attr-defined]
    return made


@pytest.fixture
def dialog(actions: Actions, qtbot) -> ShortcutsDialog:
    made = ShortcutsDialog(actions.all())
    qtbot.addWidget(made)
    made.show()
    return made


def press(dialog: ShortcutsDialog, qtbot, name: str, key, modifier) -> None:
    dialog.table.setCurrentCell(NAMES.index(name), 0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.recorder, key, modifier)


def test_defaults_are_no_conflict_and_keep_all_bindings(actions: Actions) -> None:
    keys = [key.toString() for action in actions.all() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for name in NAMES:
        assert actions[name].shortcuts() == default_keys(name)


def test_overrides_and_broken_ones(actions: Actions, caplog) -> None:
    actions.set_overrides(
        {"heat": "F7", "boxes": "", "no_such": "F8", "golden": "Ctrl+Foo", "undo": 3}
    )
    assert actions["heat"].shortcut() == QKeySequence("F7")
    assert "F7" in actions["heat"].toolTip()
    assert actions["boxes"].shortcuts() == []
    assert "(" not in actions["boxes"].toolTip()
    assert actions["golden"].shortcut() == QKeySequence("G")
    assert len(caplog.records) == 3
    actions.set_overrides({})
    assert actions["heat"].shortcut() == QKeySequence("H")


def test_change_and_reset(dialog: ShortcutsDialog, qtbot) -> None:
    assert dialog.overrides() == {}
    press(dialog, qtbot, "heat", Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier)
    assert dialog.overrides() == {"heat": "F7"}
    dialog.reset_button.click()
    assert dialog.overrides() == {}
    dialog.none_button.click()
    assert dialog.overrides() == {"heat": ""}
    dialog.all_button.click()
    assert dialog.overrides() == {}


def test_conflict(dialog: ShortcutsDialog, qtbot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    press(dialog, qtbot, "heat", Qt.Key.Key_E, control)
    assert "Export report" in dialog.line.text()
    dialog.keep_button.click()
    assert dialog.overrides() == {}
    press(dialog, qtbot, "heat", Qt.Key.Key_E, control)
    dialog.take_button.click()
    assert dialog.overrides() == {"heat": "Ctrl+E", "export": ""}


def test_keys_of_the_picture_stay(dialog: ShortcutsDialog, qtbot) -> None:
    none = Qt.KeyboardModifier.NoModifier
    press(dialog, qtbot, "heat", Qt.Key.Key_B, none)
    assert "picture" in dialog.line.text()
    press(dialog, qtbot, "heat", Qt.Key.Key_Escape, none)
    assert dialog.overrides() == {}
    assert dialog.isVisible()
