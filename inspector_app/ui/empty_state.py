"""What a page says while there is nothing on it: what this is, and what to do first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_app.ui import theme
from inspector_app.ui.plain_text import visible_text

Action = tuple[str, Callable[[], object]]


class EmptyState(QWidget):
    """Title, a sentence or two, and up to three big buttons, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._callbacks: list[Callable[[], object]] = []
        self.title = QLabel()
        self.sentence = QLabel()
        for label in (self.title, self.sentence):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(theme.MEDIUM)
        for slot in (self._press_first, self._press_second, self._press_third):
            button = QPushButton()
            button.setAutoDefault(True)
            button.clicked.connect(slot)
            self.buttons.append(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.addStretch(2)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._middle, 1000)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(3)
        self._style()
        self.show_state("", "", [])

    def show_state(self, title: str, sentence: str, actions: Sequence[Action]) -> None:
        """Shows a title, a sentence and up to three actions (words, callback)."""
        self.title.setText(title)
        self.sentence.setText(visible_text(sentence))
        self._callbacks = [callback for _, callback in actions[:3]]
        for index, button in enumerate(self.buttons):
            button.setVisible(index < len(self._callbacks))
            button.setDefault(index == 0)
            if index < len(self._callbacks):
                button.setText(actions[index][0])
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing, so that the panel may shrink."""
        return QSize(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        self.title.setFont(font)
        letter = self.fontMetrics().averageCharWidth()
        self._middle.setMaximumWidth(letter * 80)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.sentence.setPalette(palette)
        for button in self.buttons:
            button.setMinimumWidth(letter * 32)
            button.setMinimumHeight(self.fontMetrics().lineSpacing() + theme.MEDIUM)

    def _press(self, index: int) -> None:
        self._callbacks[index]()

    def _press_first(self) -> None:
        self._press(0)

    def _press_second(self) -> None:
        self._press(1)

    def _press_third(self) -> None:
        self._press(2)
