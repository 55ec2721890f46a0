"""Where the question is typed: Enter sends, Shift+Enter breaks the line, Esc stops."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from inspector_app.ui import theme

_LEAST, _MOST = 2, 8  # lines


class QuestionEdit(QPlainTextEdit):
    """Text of some lines that grows with what is typed."""

    sent = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sends, stops, or types."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
        ):
            if not event.isAutoRepeat():
                self.sent.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
            event.ignore()  # whoever else waits for Esc shall have it
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window where the text has nothing to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document, key = self.document(), QKeySequence.StandardKey
            if (event.matches(key.Undo) and not document.isUndoAvailable()) or (
                event.matches(key.Redo) and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        # QPlainTextEdit measures its document in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        lines = max(_LEAST, min(_MOST, lines))
        margins = 2 * self.frameWidth() + 2 * round(self.document().documentMargin())
        height = lines * self.fontMetrics().lineSpacing() + margins + theme.TINY
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
