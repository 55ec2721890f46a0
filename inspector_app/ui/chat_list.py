"""The scrolling list of messages: follows the newest text until somebody scrolls up."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.branches import Tree, together
from inspector_app.domain.chat import COMPARE, Message
from inspector_app.ui import theme
from inspector_app.ui.chat_examples import Examples
from inspector_app.ui.chat_message import AnswerDetails, ChatMessage
from inspector_app.ui.chat_pair import PairView

_NEAR = 8  # pixels from the end that still count as the end


class MessageList(QScrollArea):
    """Messages from top to bottom, and a way back to the end."""

    box_pointed = Signal(str, int)
    retry_requested = Signal(str)
    edit_requested = Signal(str)
    remove_requested = Signal(str)
    version_stepped = Signal(str, int)
    judged = Signal(str, str, str)
    member_chosen = Signal(str, int)
    pair_judged = Signal(str, str)  # id of an answer of the pair, which is better

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[ChatMessage] = []
        self._tops: list[QWidget] = []  # messages, and pairs of them, from top to bottom
        self._last: QWidget = self  # last widget in the order of the Tab key
        self._follows = True
        self._removable = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(self.tr("Conversation"))
        page = QWidget()
        page.setAutoFillBackground(False)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        self._column.setSpacing(theme.SMALL)
        self._empty = QLabel()
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumWidth(1)
        self.examples = Examples()
        self._nothing = QWidget()  # what stands here while there is no message
        nothing = QVBoxLayout(self._nothing)
        nothing.setContentsMargins(0, 0, 0, 0)
        nothing.setSpacing(theme.MEDIUM)
        nothing.addStretch()
        nothing.addWidget(self._empty)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.examples, 1000)  # all the room it may take
        row.addStretch()
        nothing.addLayout(row)
        self.back_button = QPushButton(self.tr("Back to the earlier conversation"))
        self.back_button.setAutoDefault(False)
        self.back_button.hide()
        nothing.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignHCenter)
        nothing.addStretch()
        self._column.addWidget(self._nothing, 1)
        self._column.addStretch()
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.end_button = QPushButton(self.tr("To the end"), self)
        self.end_button.setAutoDefault(False)
        self.end_button.clicked.connect(self.to_end)
        self.end_button.hide()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._ranged)
        self.viewport().installEventFilter(self)
        self._retell()

    def messages(self) -> list[ChatMessage]:
        """Returns the messages, oldest first."""
        return list(self._messages)

    def message(self, message_id: str) -> ChatMessage | None:
        """Returns a message by its id."""
        for message in reversed(self._messages):
            if message.message.id == message_id:
                return message
        return None

    def question_before(self, message_id: str) -> Message | None:
        """Returns the user's question that an answer belongs to."""
        question: Message | None = None
        for each in self._messages:
            if each.message.role == "user":
                question = each.message
            if each.message.id == message_id:
                return question
        return None

    def add(self, message: ChatMessage) -> None:
        """Puts a message at the end."""
        self._put(message)
        self._take(message)

    def add_branch(
        self, message: Message, details: Mapping[str, AnswerDetails], tree: Tree | None
    ) -> None:
        """Puts a message of a branch at the end, with what hangs beside it.

        Args:
            message: The message.
            details: What is known of answers, by message id.
            tree: All that was said; None to show the message alone.
        """
        answers = together(tree, message, COMPARE) if tree is not None else []
        if len(answers) == 2:
            first, second = (
                ChatMessage(each, details.get(each.id, AnswerDetails())) for each in answers
            )
            shown = [first, second]
            self.add_pair(PairView(first, second, goes_on=message.id))
        else:
            shown = [ChatMessage(message, details.get(message.id, AnswerDetails()))]
            self.add(shown[0])
        if tree is None or message.id not in tree:
            return
        versions = [each.id for each in tree.siblings(message.id)]
        for widget in shown:
            widget.set_removes_branch(tree.is_fork(message.id))
            if len(versions) > len(shown):
                widget.set_versions(versions.index(widget.message.id) + 1, len(versions))

    def add_pair(self, pair: PairView) -> None:
        """Puts two answers side by side at the end."""
        pair.preferred.connect(self._tell_pair)
        self._put(pair)
        for message in pair.answers:
            self._take(message)
        for button in pair.buttons.values():
            QWidget.setTabOrder(self._last, button)
            self._last = button

    def pair_of(self, message_id: str) -> PairView | None:
        """Returns the pair that an answer stands in."""
        for pair in self._tops:
            if isinstance(pair, PairView) and message_id in pair.ids():
                return pair
        return None

    @Slot(str)
    def _tell_pair(self, winner: str) -> None:
        pair = self.sender()
        if isinstance(pair, PairView):
            self.pair_judged.emit(pair.answers[0].message.id, winner)

    def _put(self, widget: QWidget) -> None:
        self._tops.append(widget)
        self._column.insertWidget(self._column.count() - 1, widget)
        self._retell()

    def _take(self, message: ChatMessage) -> None:
        message.box_pointed.connect(self.box_pointed)
        message.retry_requested.connect(self.retry_requested)
        message.edit_requested.connect(self.edit_requested)
        message.remove_requested.connect(self.remove_requested)
        message.version_stepped.connect(self.version_stepped)
        message.judged.connect(self.judged)
        message.member_chosen.connect(self.member_chosen)
        message.set_removable(self._removable)
        self._messages.append(message)
        self._last = message.follow_in_tab_order(self._last)

    def clear(self) -> None:
        """Takes all messages away."""
        for widget in self._tops:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._tops.clear()
        self._messages.clear()
        self._last = self
        self._follows = True
        self._retell()

    def set_removable(self, removable: bool) -> None:
        """Whether questions and answers can be taken out now."""
        self._removable = removable
        for message in self._messages:
            message.set_removable(removable)

    def set_empty_text(self, text: str) -> None:
        """Sets what is said while there is no message."""
        self._empty.setText(text)

    def follow(self) -> None:
        """Keeps the end in sight, unless somebody scrolled up."""
        if self._follows:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def keep_in_sight(self, message: ChatMessage) -> None:
        """Scrolls to a message and stays there."""
        self._follows = False
        page = self.widget()
        if page is not None:
            page.adjustSize()  # it was filled a moment ago
        self.ensureWidgetVisible(message)

    @Slot()
    def to_end(self) -> None:
        """Goes to the newest text and follows it again."""
        self._follows = True
        self.follow()
        self._retell()

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the button in its corner."""
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            self._place_button()
        return super().eventFilter(watched, event)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum() - _NEAR
        self._retell()

    @Slot(int, int)
    def _ranged(self, _least: int, _most: int) -> None:
        self.follow()
        self._retell()

    def _retell(self) -> None:
        self._nothing.setVisible(not self._tops)
        shown = not self._follows and bool(self._tops)
        if shown != self.end_button.isVisibleTo(self):
            self.end_button.setVisible(shown)
        if shown:
            self._place_button()

    def _place_button(self) -> None:
        self.end_button.adjustSize()
        area = self.viewport().geometry()
        size = self.end_button.size()
        self.end_button.move(
            area.right() - size.width() - theme.SMALL, area.bottom() - size.height() - theme.SMALL
        )
        self.end_button.raise_()
