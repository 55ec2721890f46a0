"""The switch between versions of a question or an answer: ‹ 2 / 3 ›."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from inspector_app.ui import icons, theme


class VersionSwitch(QWidget):
    """Which of several versions is on show, with a way to the one before and the next.

    Args:
        of_question: The versions are of a question; else of an answer.
    """

    stepped = Signal(int)  # -1 or 1

    def __init__(self, of_question: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of_question = of_question
        self.back_button = self._button("previous")
        self.forward_button = self._button("next")
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.back_button.clicked.connect(self._step_back)
        self.forward_button.clicked.connect(self._step_forward)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.back_button, self.label, self.forward_button):
            row.addWidget(widget)
        self.setFocusProxy(self.back_button)
        self.set_place(1, 1)

    def set_place(self, place: int, count: int) -> None:
        """Says which version is on show, counted from 1; nothing is shown where there is one."""
        self.label.setText(f"{place} / {count}")
        if self._of_question:
            back, forward = (
                self.tr("Previous version of the question"),
                self.tr("Next version of the question"),
            )
            words = self.tr("Version {place} of {count} of the question")
        else:
            back, forward = (
                self.tr("Previous answer to this question"),
                self.tr("Next answer to this question"),
            )
            words = self.tr("Answer {place} of {count} to this question")
        words = words.format(place=place, count=count)
        self.label.setAccessibleName(words)
        self.label.setToolTip(words)
        for button, text in ((self.back_button, back), (self.forward_button, forward)):
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.setAccessibleDescription(words)
        self.back_button.setEnabled(place > 1)
        self.forward_button.setEnabled(place < count)
        self.setVisible(count > 1)

    def take_focus(self, step: int) -> None:
        """Puts the focus where the same step can go on, or where it came from at the end."""
        ahead, behind = self.back_button, self.forward_button
        if step > 0:
            ahead, behind = behind, ahead
        (ahead if ahead.isEnabled() else behind).setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Follows font and theme."""
        self.label.setFont(theme.tabular(theme.small()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right go to the version before and after; buttons would keep these keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: self.back_button, Qt.Key.Key_Right: self.forward_button}
            button = steps.get(Qt.Key(event.key()))
            if button is not None:
                button.click()
                return True
        return super().eventFilter(watched, event)

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.installEventFilter(self)
        return button

    @Slot()
    def _step_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _step_forward(self) -> None:
        self.stepped.emit(1)
