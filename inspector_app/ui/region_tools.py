"""The tools of the picture, and the rectangle that is being drawn."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

_DARK, _LIGHT = QColor(0, 0, 0, 190), QColor(255, 255, 255)
_NOTE_WIDTH, _NOTE_HEIGHT = 120.0, 20.0
_SMALLEST = 3.0  # view pixels; less is a click with an unsteady hand


class Tool(Enum):
    """What the left mouse button does in the picture."""

    SELECT = "select"
    REGION = "region"
    PAN = "pan"


def drawn_rect(start: QPointF, end: QPointF, width: int, height: int) -> QRectF:
    """Returns the whole pixels between two points, inside the picture.

    Args:
        start: Where the button was pressed, in pixels of the picture; maybe outside of it.
        end: Where the mouse is now.
        width: Width of the picture.
        height: Height of the picture.
    """
    xs = sorted(min(max(round(p.x()), 0), width) for p in (start, end))
    ys = sorted(min(max(round(p.y()), 0), height) for p in (start, end))
    return QRectF(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])


def is_region(rect: QRectF, scale: float) -> bool:
    """Returns whether a drawn rectangle is meant, not a slip of the mouse.

    Args:
        rect: The rectangle in pixels of the picture.
        scale: View pixels for each of them.
    """
    wide, high = rect.width() * scale, rect.height() * scale
    return rect.width() >= 1 and rect.height() >= 1 and max(wide, high) >= _SMALLEST


class RubberItem(QGraphicsItem):
    """The rectangle while it is drawn, with its size in pixels beside it."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self.setZValue(60)
        self.font = font
        self._rect = QRectF()
        self._scale = 1.0
        self._framed = True
        self.hide()

    def show_rect(self, rect: QRectF, scale: float, framed: bool = True) -> None:
        """Shows a rectangle; without frame only its size, for a box that draws itself."""
        self.prepareGeometryChange()
        self._rect, self._scale, self._framed = QRectF(rect), scale, framed
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        x, y = _NOTE_WIDTH / self._scale, (_NOTE_HEIGHT + 10) / self._scale
        return self._rect.adjusted(-x, -y, x, y)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        frame = painter.worldTransform().mapRect(self._rect).toAlignedRect()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._framed:
            painter.fillRect(frame, QColor(255, 255, 255, 30))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_DARK, 3, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(frame)
            painter.setPen(QPen(_LIGHT, 1, Qt.PenStyle.DashLine))
            painter.drawRect(frame)
        text = f"{round(self._rect.width())} × {round(self._rect.height())}"
        metrics = QFontMetricsF(self.font)
        note = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, _NOTE_HEIGHT - 2)
        note.moveTopRight(QPointF(frame.right() + 1, frame.bottom() + 9))
        painter.fillRect(note, _DARK)
        painter.setFont(self.font)
        painter.setPen(_LIGHT)
        painter.drawText(note, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
