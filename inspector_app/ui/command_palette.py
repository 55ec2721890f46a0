"""Ctrl+K: every action of the window, found by a few letters."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.filters import fold
from inspector_app.ui import theme

_KEYS_ROLE = Qt.ItemDataRole.UserRole + 1
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def action_text(action: QAction) -> str:
    """Returns an action's words without mnemonic and dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")


def keys_text(action: QAction) -> str:
    """Returns all keys of an action in native text."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts() if not key.isEmpty())


def match(wanted: str, text: str) -> float | None:
    """Returns how well text fits the letters typed, None if it does not.

    The letters must occur in order; whole words, beginnings of words and letters in a row count
    more. Case and accents do not matter.
    """
    letters, within = fold(wanted).replace(" ", ""), fold(text)
    if not letters:
        return 0.0
    at = within.find(fold(wanted).strip())
    if at >= 0:
        begins = at == 0 or not within[at - 1].isalnum()
        return 100.0 + 20.0 * begins - at * 0.1 - len(within) * 0.01
    score, place, before = 0.0, -1, -2
    for letter in letters:
        place = within.find(letter, place + 1)
        if place < 0:
            return None
        score += 2.0 if place == before + 1 else 0.0
        score += 1.5 if place == 0 or not within[place - 1].isalnum() else 0.0
        before = place
    return score - len(within) * 0.01


class CommandPalette(QDialog):
    """A line to type in and the actions that fit, best first."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = [a for a in actions if not a.isSeparator() and a.text()]
        self.setWindowTitle(self.tr("Commands"))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Type a command"))
        self.edit.setAccessibleName(self.tr("Command"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self._fill)
        self.edit.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_CommandDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.itemClicked.connect(self._run)
        self.list.itemActivated.connect(self._run)
        self._nothing = QLabel(self.tr("No command matches."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.edit)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        self._fill("")

    def sizeHint(self) -> QSize:
        """Returns room for a dozen commands."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 60, metrics.lineSpacing() * 24)

    def shown(self) -> list[str]:
        """Returns the words of the actions that fit, best first."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the arrow keys move in the list while the cursor stays in the line."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() in _MOVES:
                self._move(event.key())
                return True
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> None:
        count = self.list.count()
        if not count:
            return
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8}.get(Qt.Key(key), 8)
        row = self.list.currentRow() + by
        row = row % count if abs(by) == 1 else max(0, min(count - 1, row))
        self.list.setCurrentRow(row)

    @Slot(str)
    def _fill(self, text: str) -> None:
        found: list[tuple[float, int, QAction]] = []
        for place, action in enumerate(self._actions):
            fits = match(text, action_text(action))
            if fits is not None and (action.isVisible() or not text):
                # What cannot be done now stands below what can.
                found.append((-fits + (1000 if not action.isEnabled() else 0), place, action))
        self.list.clear()
        for _, place, action in sorted(found, key=lambda each: each[:2]):
            item = QListWidgetItem(action_text(action))
            item.setData(_KEYS_ROLE, keys_text(action))
            item.setData(Qt.ItemDataRole.UserRole, place)
            spoken = f"{action_text(action)} {keys_text(action)}".strip()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            if not action.isEnabled():
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.list.setCurrentRow(0)

    @Slot()
    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        action = self._actions[item.data(Qt.ItemDataRole.UserRole)]
        if action.isEnabled():
            self.accept()
            action.trigger()


class _CommandDelegate(QStyledItemDelegate):
    """Words on the left, keys on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index) -> QSize:
        """Returns a line with air around it."""
        return QSize(0, option.fontMetrics.lineSpacing() + theme.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        """Draws a command."""
        painter.save()
        palette, role = option.palette, QPalette.ColorRole
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        if selected:
            painter.fillRect(option.rect, palette.brush(group, role.Highlight))
        color = palette.color(group, role.HighlightedText if selected else role.Text)
        rect = option.rect.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        keys = str(index.data(_KEYS_ROLE) or "")
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(keys)
        painter.setPen(color if selected or not enabled else theme.muted(palette))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | middle), keys)
        painter.setPen(color)
        room = QRect(rect.left(), rect.top(), rect.width() - width - theme.MEDIUM, rect.height())
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | middle), words)
        painter.restore()
