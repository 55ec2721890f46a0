"""One line of plain text that gives way: shortened to its room, whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector_app.ui.plain_text import plain_tip, visible_text


class ElidedLabel(QWidget):
    """Label that never widens its panel."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.elide = Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """Returns the whole text."""
        return self._text

    def setText(self, text: str) -> None:  # noqa: N802 - as QLabel
        """Shows the text in one line."""
        self._text = " ".join(visible_text(text).split())
        self.setToolTip(plain_tip(self._text))
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Returns the room the whole text would take."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text[:500]), metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Returns the height of a line; the width may go to 0."""
        return QSize(0, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self._text[:2000], self.elide, self.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(flags | Qt.TextFlag.TextSingleLine), shown)
        painter.end()
