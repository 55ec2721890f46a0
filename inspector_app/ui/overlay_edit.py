"""Moving and resizing boxes: the arithmetic, in pixels of the picture, free of widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt

from inspector_app.domain.geometry import Box

HANDLE = 8  # side of a drawn handle, view pixels
REACH = 7  # how near the mouse must be
_ROOMY = 28  # a box smaller than this gets its handles outside, so that it can still be moved


class Handle(Enum):
    """A place to grab a box: which of its edges follow the mouse (left, top, right, bottom)."""

    NW = (1, 1, 0, 0)
    N = (0, 1, 0, 0)
    NE = (0, 1, 1, 0)
    E = (0, 0, 1, 0)
    SE = (0, 0, 1, 1)
    S = (0, 0, 0, 1)
    SW = (1, 0, 0, 1)
    W = (1, 0, 0, 0)
    BODY = (1, 1, 1, 1)


CURSORS = {
    Handle.NW: Qt.CursorShape.SizeFDiagCursor,
    Handle.SE: Qt.CursorShape.SizeFDiagCursor,
    Handle.NE: Qt.CursorShape.SizeBDiagCursor,
    Handle.SW: Qt.CursorShape.SizeBDiagCursor,
    Handle.N: Qt.CursorShape.SizeVerCursor,
    Handle.S: Qt.CursorShape.SizeVerCursor,
    Handle.W: Qt.CursorShape.SizeHorCursor,
    Handle.E: Qt.CursorShape.SizeHorCursor,
    Handle.BODY: Qt.CursorShape.SizeAllCursor,
}


def handle_points(rect: QRectF) -> dict[Handle, QPointF]:
    """Returns the middles of the eight handles of a box in view pixels."""
    x, y = rect.center().x(), rect.center().y()
    dx = max(rect.width() / 2, 0) + (HANDLE / 2 + 1 if rect.width() < _ROOMY else 0)
    dy = max(rect.height() / 2, 0) + (HANDLE / 2 + 1 if rect.height() < _ROOMY else 0)
    return {
        handle: QPointF(x + (right - left) * dx, y + (bottom - top) * dy)
        for handle in Handle
        if handle is not Handle.BODY
        for left, top, right, bottom in (handle.value,)
    }


def handle_at(rect: QRectF, at: QPointF) -> Handle | None:
    """Returns what a press would grab: the nearest handle in reach, else the body, else None."""
    near = [
        (max(abs(point.x() - at.x()), abs(point.y() - at.y())), handle)
        for handle, point in handle_points(rect).items()
    ]
    distance, handle = min(near, key=lambda pair: pair[0])
    if distance <= REACH:
        return handle
    return Handle.BODY if rect.contains(at) else None


def reshaped(rect: QRectF, handle: Handle, dx: float, dy: float, width: int, height: int) -> QRectF:
    """Returns a box moved or resized by whole pixels, at least one pixel large, in the picture.

    Args:
        rect: The box before, in pixels of the picture.
        handle: What is dragged.
        dx: How far to the right.
        dy: How far down.
        width: Width of the picture.
        height: Height of the picture.
    """
    x1, y1, x2, y2 = rect.left(), rect.top(), rect.right(), rect.bottom()
    if handle is Handle.BODY:
        # Whole pixels, but never so that a box with broken coordinates leaves the picture.
        mx = min(max(float(round(dx)), -x1), width - x2)
        my = min(max(float(round(dy)), -y1), height - y2)
        return rect.translated(mx, my)
    left, top, right, bottom = handle.value
    if left:
        x1 = min(max(0.0, float(round(x1 + dx))), x2 - 1)
    if right:
        x2 = max(min(float(width), float(round(x2 + dx))), x1 + 1)
    if top:
        y1 = min(max(0.0, float(round(y1 + dy))), y2 - 1)
    if bottom:
        y2 = max(min(float(height), float(round(y2 + dy))), y1 + 1)
    inside = QRectF(0, 0, width, height)
    return QRectF(QPointF(x1, y1), QPointF(x2, y2)).intersected(inside)


def to_rect(box: Box, width: int, height: int) -> QRectF:
    """Returns a box in pixels of the picture, unrounded."""
    return QRectF(
        QPointF(box.x1 * width, box.y1 * height), QPointF(box.x2 * width, box.y2 * height)
    )


def to_box(rect: QRectF, width: int, height: int) -> Box:
    """Returns a rectangle in pixels of the picture as a box."""
    return Box.from_pixels((rect.left(), rect.top(), rect.right(), rect.bottom()), width, height)


@dataclass(slots=True)
class Drag:
    """A box on its way: where it was, and where the mouse took hold of it."""

    id: str
    handle: Handle
    start: QPointF
    rect: QRectF
    before: Box
    moved: bool = False
