"""What a person says of an answer: good, bad, and what would be right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from inspector_app.domain.chat import BAD, GOOD
from inspector_app.ui import icons, theme


class MarkButtons(QWidget):
    """Thumb up and thumb down; pressed again they take it back."""

    marked = Signal(str)  # GOOD, BAD or ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.good_button = self._button("thumb-up", self.tr("Good answer"))
        self.bad_button = self._button("thumb-down", self.tr("Bad answer"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.good_button, self.bad_button):
            row.addWidget(button)
            button.clicked.connect(self._tell)

    def set_mark(self, mark: str) -> None:
        """Shows a mark."""
        self.good_button.setChecked(mark == GOOD)
        self.bad_button.setChecked(mark == BAD)

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setAutoRaise(True)
        button.setCheckable(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    @Slot(bool)
    def _tell(self, on: bool) -> None:
        mark = GOOD if self.sender() is self.good_button else BAD
        self.marked.emit(mark if on else "")


class RightAnswer(QWidget):
    """A field for what would be right; told when it is left or Enter is pressed."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.label = QLabel(self.tr("What would be right? It goes into lines to learn from."))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(1)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(self.tr("Right answer"))
        self.edit.setPlaceholderText(self.tr("Right answer"))
        self.edit.editingFinished.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.label)
        column.addWidget(self.edit)
        self._style()

    def set_text(self, text: str) -> None:
        """Shows what would be right."""
        self._kept = text
        self.edit.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            muted.setColor(role, theme.muted())
        self.label.setPalette(muted)
        self.label.setFont(theme.small())

    @Slot()
    def _tell(self) -> None:
        text = self.edit.text().strip()
        if text != self._kept:
            self._kept = text
            self.changed.emit(text)
