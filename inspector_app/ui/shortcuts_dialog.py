"""F1: all keys of the window in one list, to look up and to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.filters import fold
from inspector_app.ui import theme
from inspector_app.ui.actions import default_keys, keys_to_text
from inspector_app.ui.command_palette import action_text

_FIXED = ("B", "Left", "Right", "Up", "Down", "Space", "Esc", "Tab", "Shift+Tab", "Ins")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ShortcutsDialog(QDialog):
    """Table of actions and their keys; changes are kept here until `overrides` is read.

    Args:
        actions: The window's actions; those without a name cannot be changed.
        parent: The window.
        more: Fixed rows (words, keys); those of the picture when None.
    """

    def __init__(
        self,
        actions: Iterable[QAction],
        parent: QWidget | None = None,
        more: Sequence[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        shown = [action for action in actions if action.objectName() or action.shortcuts()]
        self._texts = [action_text(action) for action in shown]
        self._names = [action.objectName() for action in shown]
        self._keys = [list(action.shortcuts()) for action in shown]
        self._more = list(self._fixed_rows() if more is None else more)
        self._words: list[str] = []
        self._row = -1  # row whose key is asked for
        self._wish_keys: list[QKeySequence] = []
        self._build()
        for row in range(self.table.rowCount()):
            self._words.append("")
            self._show_row(row)
        self.table.setCurrentCell(0, 0)
        self._stop()

    def _fixed_rows(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Picture: show the golden image while held"), "B"),
            (self.tr("Picture: move the view or the selected box"), self.tr("Arrows")),
            (self.tr("Picture: resize the selected box"), self.tr("Ctrl+Arrows")),
            (self.tr("Picture: move the comparison line"), self.tr("Alt+Arrows")),
            (self.tr("Picture: pan while held"), self.tr("Space")),
            (self.tr("Picture: cancel or unselect"), self.tr("Esc")),
            (self.tr("Picture: next or previous finding"), self.tr("Tab, Shift+Tab")),
            (self.tr("Picture: add a region in the middle"), self.tr("Ins")),
            (self.tr("Findings: edit the label"), "E"),
        ]

    def _build(self) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Search by action or key"))
        self.edit.setAccessibleName(self.tr("Search keys"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self._filter)
        self.edit.installEventFilter(self)
        self.table = QTableWidget(len(self._texts) + len(self._more), 3)
        self.table.setAccessibleName(self.tr("Keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("Note")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.installEventFilter(self)
        self.table.cellDoubleClicked.connect(self.change)
        self.table.currentCellChanged.connect(self._stop)
        self.line = QLabel()
        self.line.setWordWrap(True)
        self.recorder = _Recorder()
        self.recorder.setAccessibleName(self.tr("New key"))
        self.recorder.editingFinished.connect(self._recorded)
        self.recorder.given_up.connect(self._give_up)
        self.change_button = self._button(self.tr("Change"), self.change)
        self.none_button = self._button(self.tr("No key"), self._clear)
        self.reset_button = self._button(self.tr("Reset"), self._reset)
        self.take_button = self._button(self.tr("Take the key"), self._take)
        self.keep_button = self._button(self.tr("Leave it"), self._give_up)
        self.all_button = self._button(self.tr("Reset all"), self._reset_all)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self.change_button, self.none_button, self.reset_button):
            buttons.addWidget(button)
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.keep_button)
        buttons.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.all_button)
        bottom.addWidget(close, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.edit)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.line)
        layout.addWidget(self.recorder)
        layout.addLayout(buttons)
        layout.addLayout(bottom)

    def _button(self, text: str, slot) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter in the search line must not press it
        button.clicked.connect(slot)
        return button

    def sizeHint(self) -> QSize:
        """Returns room for about twenty rows, within the screen."""
        metrics = self.fontMetrics()
        wanted = QSize(metrics.averageCharWidth() * 84, metrics.lineSpacing() * 34)
        return wanted.boundedTo(self.screen().availableSize() * 0.9)

    def overrides(self) -> dict[str, str]:
        """Returns the keys that differ from the default, portable, by action name."""
        return {
            name: keys_to_text(keys)
            for name, keys in zip(self._names, self._keys, strict=True)
            if name and keys != default_keys(name)
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the table changes a key; Down or Enter in the line goes to the table."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.table and event.key() in _ENTER:
                self.change()
                return True
            if watched is self.edit and event.key() in (*_ENTER, Qt.Key.Key_Down):
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def change(self) -> None:
        """Asks for a new key of the current action."""
        row = self._current()
        if row < 0:
            return
        self._stop()
        self._row = row
        self.line.setText(
            self.tr("Press the new key for {action}; Esc leaves it.").format(
                action=self._texts[row]
            )
        )
        self.recorder.clear()
        self.recorder.show()
        self.recorder.setFocus()

    def _current(self) -> int:
        row = self.table.currentRow()
        usable = 0 <= row < len(self._names) and self._names[row] and not self._hidden(row)
        return row if usable else -1

    def _hidden(self, row: int) -> bool:
        return self.table.isRowHidden(row)

    @Slot()
    def _recorded(self) -> None:
        key = self.recorder.keySequence()
        if self._row >= 0 and not key.isEmpty() and not self.recorder.isHidden():
            self._ask(self._row, [key])

    def _ask(self, row: int, keys: list[QKeySequence]) -> None:
        """Gives an action its keys, or says whose they are."""
        own = default_keys(self._names[row])
        if any(key.toString() in _FIXED and key not in own for key in keys):
            self._stop()
            self.line.setText(self.tr("The picture needs this key; choose another one."))
            self.table.setFocus()
            return
        others = [at for at in self._owners(keys) if at != row]
        if not others:
            self._set(row, keys)
            return
        self._stop()
        self._row, self._wish_keys = row, keys
        fixed = [at for at in others if not self._names[at]]
        names = ", ".join(self._texts[at] for at in others)
        line = self.tr("{key} belongs to {action}. Take it away there?")
        if fixed:
            line = self.tr("{key} belongs to {action} and stays there.")
        native = QKeySequence.SequenceFormat.NativeText
        text = QKeySequence.listToString(keys, native)
        self.line.setText(line.format(key=text, action=names))
        self.take_button.setAccessibleDescription(self.line.text())
        self.take_button.setVisible(not fixed)
        self.keep_button.show()
        self.keep_button.setFocus()

    def _owners(self, keys: list[QKeySequence]) -> list[int]:
        return [at for at, has in enumerate(self._keys) if any(key in has for key in keys)]

    @Slot()
    def _take(self) -> None:
        row, keys = self._row, self._wish_keys
        for at in self._owners(keys):
            self._keys[at] = [key for key in self._keys[at] if key not in keys]
            self._show_row(at)
        self._set(row, keys)

    def _set(self, row: int, keys: list[QKeySequence]) -> None:
        self._keys[row] = keys
        self._show_row(row)
        self._stop()
        self.table.setFocus()

    @Slot()
    def _clear(self) -> None:
        if self._current() >= 0:
            self._set(self._current(), [])

    @Slot()
    def _reset(self) -> None:
        row = self._current()
        if row >= 0:
            self._ask(row, default_keys(self._names[row]))

    @Slot()
    def _reset_all(self) -> None:
        for row, name in enumerate(self._names):
            if name:
                self._keys[row] = default_keys(name)
                self._show_row(row)
        self._stop()

    @Slot()
    def _give_up(self) -> None:
        self._stop()
        self.table.setFocus()

    @Slot()
    def _stop(self) -> None:
        self._row, self._wish_keys = -1, []
        self.line.clear()
        for part in (self.recorder, self.take_button, self.keep_button):
            part.hide()
        for button in (self.change_button, self.none_button, self.reset_button):
            button.setEnabled(self._current() >= 0)

    def _show_row(self, row: int) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        if row < len(self._texts):
            name, keys = self._names[row], self._keys[row]
            note = "" if name else self.tr("Fixed")
            if name and keys != default_keys(name):
                note = self.tr("Changed")
            texts = (self._texts[row], ", ".join(key.toString(native) for key in keys), note)
        else:
            texts = (*self._more[row - len(self._texts)], self.tr("Fixed"))
        for column, text in enumerate(texts):
            self.table.setItem(row, column, QTableWidgetItem(text))
        self._words[row] = fold(" ".join(texts))

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = fold(text.strip())
        for row in range(self.table.rowCount()):
            self.table.setRowHidden(row, wanted not in self._words[row])
        current = self.table.currentRow()
        if current < 0 or self._hidden(current):
            rows = [r for r in range(self.table.rowCount()) if not self._hidden(r)]
            self.table.setCurrentCell(rows[0] if rows else -1, 0)
        self._stop()


class _Recorder(QKeySequenceEdit):
    """Takes one key; Esc gives up."""

    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)
