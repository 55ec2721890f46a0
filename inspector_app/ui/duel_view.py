"""One duel: image, question, what is right (when asked for), and two answers side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.judging import Duel
from inspector_app.ui import theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.item_picture import ItemPicture
from inspector_app.ui.plain_text import visible_text


class DuelView(QSplitter):
    """Shows a duel with the headings it is given; knows nothing of whose the answers are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.picture = ItemPicture()
        self.question = QLabel()
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        font = self.question.font()
        font.setBold(True)
        self.question.setFont(font)
        self.question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_wanted = QPushButton(self.tr("Show what people say is right"))
        self.show_wanted.setCheckable(True)
        self.show_wanted.setAutoDefault(False)
        self.show_wanted.toggled.connect(self._show_wanted)
        self.wanted = QPlainTextEdit()
        self.wanted.setAccessibleName(self.tr("What people say is right"))
        self.heads = (ElidedLabel(), ElidedLabel())
        self.answers = (QPlainTextEdit(), QPlainTextEdit())
        for text in (self.wanted, *self.answers):
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SMALL, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.question)
        column.addWidget(self.show_wanted, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.wanted)
        grid = QGridLayout()
        grid.setSpacing(theme.SMALL)
        for place, (head, answer) in enumerate(zip(self.heads, self.answers, strict=True)):
            grid.addWidget(head, 0, place)
            grid.addWidget(answer, 1, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid, 1)
        self.addWidget(self.picture)
        self.addWidget(side)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes([400, 600])
        self.setChildrenCollapsible(False)
        self._style()

    def show_duel(self, duel: Duel, heads: tuple[str, str], answers: tuple[str, str]) -> None:
        """Shows a duel; what is right is hidden again.

        Args:
            duel: Its image, question and what is right.
            heads: Over the answers.
            answers: Left and right.
        """
        self.picture.show_image(duel.image)
        self.question.setText(visible_text(duel.question))
        self.question.setVisible(bool(duel.question))
        self.wanted.setPlainText(visible_text(duel.wanted))
        self.show_wanted.setVisible(bool(duel.wanted))
        self.show_wanted.setChecked(False)
        self._show_wanted()
        for head, view, name, answer in zip(self.heads, self.answers, heads, answers, strict=True):
            head.setText(name)
            view.setPlainText(visible_text(answer))
            view.setPlaceholderText(self.tr("(an empty answer)"))
            view.setAccessibleName(name)

    @Slot()
    def _show_wanted(self) -> None:
        self.wanted.setVisible(self.show_wanted.isChecked() and bool(self.wanted.toPlainText()))

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._style()

    def _style(self) -> None:
        self.wanted.setFixedHeight(4 * self.fontMetrics().lineSpacing() + theme.SMALL)
        for head in self.heads:
            font = head.font()
            font.setBold(True)
            head.setFont(font)
            head.setForegroundRole(QPalette.ColorRole.WindowText)
