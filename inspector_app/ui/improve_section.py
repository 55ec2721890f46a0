"""A step of the Improve page: number, title, state in sign and word, and what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.ui import theme
from inspector_app.ui.improve_state import Mark
from inspector_app.ui.plain_text import visible_text

_SIGNS = {Mark.DONE: "✓", Mark.NOW: "●", Mark.LATER: "○"}


class Section(QFrame):
    """Head and body; the body of a step that comes later is not shown.

    Args:
        number: Counted from 1.
        title: Of the step.
        body: What is in it.
    """

    def __init__(self, number: int, title: str, body: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title_text = f"{number}  {title}"
        self.body = body
        self.sign, self.title, self.word = QLabel(), QLabel(self._title_text), QLabel()
        self.summary = wrapped_label()
        self.mark = Mark.LATER
        bold = self.title.font()
        bold.setBold(True)
        if bold.pointSizeF() > 0:
            bold.setPointSizeF(bold.pointSizeF() * 1.15)
        self.title.setFont(bold)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.sign)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.word)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_mark(Mark.LATER)

    def set_mark(self, mark: Mark, summary: str = "") -> None:
        """Shows the state of the step, with a sentence that says what came of it."""
        self.mark = mark
        words = {
            Mark.DONE: self.tr("done"),
            Mark.NOW: self.tr("now"),
            Mark.LATER: self.tr("later"),
        }
        self.sign.setText(_SIGNS[mark])
        self.word.setText(words[mark])
        self.summary.setText(visible_text(summary))
        self.summary.setVisible(bool(summary))
        self.body.setVisible(mark is not Mark.LATER)
        self.setAccessibleName(f"{self._title_text}, {words[mark]}")
        self._style()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "mark"):
            self._style()

    def _style(self) -> None:
        faded = QPalette()
        faded.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.word.setPalette(faded)
        for label in (self.sign, self.title):
            label.setPalette(faded if self.mark is Mark.LATER else QPalette())


def wrapped_label(text: str = "") -> QLabel:
    """Returns a label of plain text that wraps and never widens its panel."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
