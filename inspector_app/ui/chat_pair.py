"""Two answers to one question side by side, and which is better."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inspector_app.services.preferences import FIRST, SECOND, TIE
from inspector_app.ui import theme
from inspector_app.ui.chat_message import ChatMessage
from inspector_app.ui.flow_layout import FlowLayout

_WIDE = 520  # pixels from which the answers stand side by side


class PairView(QWidget):
    """Holds both answers; beside one another where there is room, else one below the other.

    Args:
        first: The answer that was asked for first.
        second: The other one.
        goes_on: Id of the one that the conversation goes on from.
    """

    preferred = Signal(str)  # FIRST, SECOND or TIE

    def __init__(self, first: ChatMessage, second: ChatMessage, goes_on: str) -> None:
        super().__init__()
        self.answers = (first, second)
        lines = (self.tr("First · boxes: solid line"), self.tr("Second · boxes: dotted line"))
        for answer, words in zip(self.answers, lines, strict=True):
            if answer.message.id == goes_on:
                words = " · ".join((words, self.tr("goes on from here")))
            answer.line_label.setText(words)
            answer.line_label.show()
        self.question_label = QLabel(self.tr("Which is better?"))
        self.standing_label = QLabel()
        self.buttons = {
            FIRST: self._button(self.tr("First"), self.tr("The first answer is better")),
            SECOND: self._button(self.tr("Second"), self.tr("The second answer is better")),
            TIE: self._button(self.tr("Even"), self.tr("Both are equally good or bad")),
        }
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(theme.SMALL)
        for answer in self.answers:
            self._sides.addWidget(answer, 1, Qt.AlignmentFlag.AlignTop)
        self.vote_row = QWidget()
        flow = FlowLayout(self.vote_row)
        for widget in (self.question_label, *self.buttons.values()):
            flow.addWidget(widget)
        self.standing_label.setTextFormat(Qt.TextFormat.PlainText)
        self.standing_label.setWordWrap(True)
        self.standing_label.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addLayout(self._sides)
        column.addWidget(self.vote_row)
        column.addWidget(self.standing_label)
        self.show_vote("", (0, 0, 0))
        self._style()

    def show_vote(self, winner: str, standing: tuple[int, int, int]) -> None:
        """Shows the person's vote, and how often each of the two was preferred so far."""
        for side, button in self.buttons.items():
            button.setChecked(side == winner)
            # A sign too: how a pressed button looks differs little in the dark theme.
            words = button.text().removeprefix("✓ ")
            button.setText(f"✓ {words}" if side == winner else words)
        first, second, even = standing
        self.standing_label.setText(
            self.tr("So far: first {first}, second {second}, even {even}").format(
                first=first, second=second, even=even
            )
        )
        self.standing_label.setVisible(any(standing))

    def ids(self) -> tuple[str, str]:
        """Returns the ids of both answers."""
        first, second = self.answers
        return first.message.id, second.message.id

    def is_beside(self) -> bool:
        """Whether the answers stand side by side."""
        return self._sides.direction() is QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the answers beside one another where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            muted.setColor(role, theme.muted())
        for label in (self.question_label, self.standing_label):
            label.setFont(theme.tabular(theme.small()))
            label.setPalette(muted)

    def _button(self, text: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self._tell)
        return button

    @Slot()
    def _tell(self) -> None:
        for side, button in self.buttons.items():
            if button is self.sender():
                self.preferred.emit(side)
