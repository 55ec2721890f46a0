"""The text of one message: plain, as high as its content, phrases in the colour of their boxes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.phrases import Phrase, find_phrases
from inspector_app.ui import colors
from inspector_app.ui.plain_text import utf16_length, visible_text

__all__ = ["MessageText", "Phrase", "find_phrases"]


class MessageText(QTextEdit):
    """Read-only text that grows with its content and never scrolls by itself."""

    box_pointed = Signal(int)  # index of a box, -1 for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: Sequence[FoundBox] = ()
        self._phrases: list[tuple[int, int, int]] = []  # begin, end (UTF-16 units), box
        self._lit = -1
        self._pointed = -1
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def set_text(self, text: str) -> None:
        """Shows the text as it is, tags and all."""
        self.setPlainText(visible_text(text))
        self._mark()

    def append_text(self, text: str) -> None:
        """Adds to the end; what is selected stays selected."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(visible_text(text))

    def set_boxes(self, boxes: Sequence[FoundBox]) -> None:
        """Marks the phrases that name these boxes."""
        self._boxes = boxes
        self._mark()

    def light(self, box: int) -> None:
        """Lights the phrase of a box; -1 lights none."""
        if box != self._lit:
            self._lit = box
            self._paint_phrases()

    def phrases(self) -> list[tuple[int, int, int]]:
        """Returns the marked phrases: begin, end, index of the box."""
        return list(self._phrases)

    def sizeHint(self) -> QSize:
        """Returns the size of the text."""
        return QSize(200, max(self.fontMetrics().lineSpacing(), self.height()))

    def minimumSizeHint(self) -> QSize:
        """Returns a line's height; the width may go to 0."""
        return QSize(0, self.fontMetrics().lineSpacing())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the list of messages."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells which phrase is pointed at."""
        super().mouseMoveEvent(event)
        self._point(self._box_at(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Points at nothing any more."""
        super().leaveEvent(event)
        self._point(-1)

    def changeEvent(self, event: QEvent) -> None:
        """Takes new colours when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_phrases()

    def _box_at(self, event: QMouseEvent) -> int:
        layout = self.document().documentLayout()
        place = layout.hitTest(event.position(), Qt.HitTestAccuracy.ExactHit)
        for begin, end, box in self._phrases:
            if begin <= place < end:
                return box
        return -1

    def _point(self, box: int) -> None:
        if box != self._pointed:
            self._pointed = box
            shape = Qt.CursorShape.IBeamCursor if box < 0 else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.light(box)
            self.box_pointed.emit(box)

    def _mark(self) -> None:
        text = self.toPlainText()
        self._phrases = []
        for phrase in find_phrases(text, self._boxes):
            begin = utf16_length(text[: phrase.begin])
            length = utf16_length(text[phrase.begin : phrase.begin + phrase.length])
            self._phrases.append((begin, begin + length, phrase.box))
        self._paint_phrases()

    def _paint_phrases(self) -> None:
        selections: list[QTextEdit.ExtraSelection] = []
        for begin, end, box in self._phrases:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = self._format(box)  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    def _format(self, box: int) -> QTextCharFormat:
        """Colours the ground, not the letters: yellow letters on white could not be read."""
        color = colors.label_color(self._boxes[box].label)
        result = QTextCharFormat()
        if box == self._lit:
            result.setBackground(color)
            result.setForeground(colors.text_on(color))
        else:
            ground = QColor(color)
            ground.setAlpha(64)
            result.setBackground(ground)
            result.setForeground(self.palette().color(QPalette.ColorRole.Text))
        result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        result.setUnderlineColor(color)
        return result

    def _fit(self) -> None:
        height = round(self.document().documentLayout().documentSize().height() + 0.5)
        height = max(height, self.fontMetrics().lineSpacing())
        if height != self.height():
            self.setFixedHeight(height)
