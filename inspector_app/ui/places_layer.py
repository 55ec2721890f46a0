"""Places of what was read from a document: thin frames over the picture, no findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from inspector_app.domain.geometry import Box
from inspector_app.ui.overlay_edit import to_rect

_PLACES_Z = 25.0  # under the findings
_GRIP = 2.0  # how near counts as on a line, view pixels
_GAP = 2.0  # between letters and frame, view pixels
_REACH = 6.0
_LIGHT = QColor(255, 255, 255, 200)


class PlaceKind(Enum):
    """Why a frame looks as it does."""

    PLAIN = "#0072B2"
    CONFLICT = "#D55E00"
    CORRECTED = "#009E73"


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Where a field stands."""

    path: str
    box: Box
    kind: PlaceKind = PlaceKind.PLAIN


class PlacesLayer:
    """Frames of a reading: which are shown, which are lit, which lies under the mouse.

    Args:
        scene: Where the frames go; its coordinates are pixels of the picture.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self._item = _FramesItem()
        self._item.setZValue(_PLACES_Z)
        scene.addItem(self._item)
        self._marks: tuple[PlaceMark, ...] = ()
        self._size = (0, 0)

    def set_size(self, width: int, height: int) -> None:
        """Tells the size of the picture in pixels."""
        if (width, height) != self._size:
            self._size = (width, height)
            self._place()

    def set_scale(self, scale: float) -> None:
        """Tells the view pixels for each pixel of the picture."""
        self._item.set_scale(scale)

    def set_marks(self, marks: Sequence[PlaceMark]) -> None:
        """Shows these places and lights none."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._place()
        self.light(())

    def marks(self) -> tuple[PlaceMark, ...]:
        """Returns the places on show."""
        return self._marks

    def light(self, paths: Sequence[str]) -> None:
        """Lights the places of these fields up, and no others."""
        self._item.set_lit(frozenset(paths))

    def lit(self) -> frozenset[str]:
        """Returns the fields whose places are lit."""
        return self._item.lit

    def set_visible(self, visible: bool) -> None:
        """Shows or hides all places."""
        self._item.setVisible(visible)

    def is_visible(self) -> bool:
        """Returns whether places are shown at all."""
        return self._item.isVisible()

    def at(self, spot: QPointF) -> str | None:
        """Returns the field whose smallest place lies at a point of the picture."""
        if not self.is_visible():
            return None
        grip = _GRIP / self._item.scale_
        best, least = None, float("inf")
        for mark, rect in self._item.frames:
            area = rect.width() * rect.height()
            if rect.adjusted(-grip, -grip, grip, grip).contains(spot) and area < least:
                best, least = mark.path, area
        return best

    def _place(self) -> None:
        self._item.set_frames([(mark, to_rect(mark.box, *self._size)) for mark in self._marks])


class _FramesItem(QGraphicsItem):
    """All frames as one item: a receipt has a hundred, and none is dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.frames: list[tuple[PlaceMark, QRectF]] = []
        self.lit: frozenset[str] = frozenset()
        self.scale_ = 1.0
        self._around = QRectF()

    def set_frames(self, frames: list[tuple[PlaceMark, QRectF]]) -> None:
        self.prepareGeometryChange()
        self.frames = frames
        self._around = QRectF()
        for _, rect in frames:
            self._around |= rect

    def set_scale(self, scale: float) -> None:
        if scale != self.scale_:
            self.prepareGeometryChange()
            self.scale_ = scale

    def set_lit(self, paths: frozenset[str]) -> None:
        if paths != self.lit:
            self.lit = paths
            self.update()

    def boundingRect(self) -> QRectF:
        if self._around.isNull():
            return QRectF()
        margin = _REACH / self.scale_
        return self._around.adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        to_view = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # What is lit goes last, so that no neighbour is drawn over it.
        for mark, rect in sorted(self.frames, key=lambda frame: frame[0].path in self.lit):
            shown = to_view.mapRect(rect).adjusted(-_GAP, -_GAP, _GAP, _GAP).toAlignedRect()
            color = QColor(mark.kind.value)
            lit = mark.path in self.lit
            if lit:
                tint = QColor(color)
                tint.setAlpha(48)
                painter.fillRect(shown, tint)
                painter.setPen(_pen(_LIGHT, 4, mark.kind))
                painter.drawRect(shown)
            elif mark.kind is PlaceKind.PLAIN:
                color.setAlpha(150)  # many and quiet; what needs a look stands out among them
            painter.setPen(
                _pen(color, 2 if lit or mark.kind is not PlaceKind.PLAIN else 1, mark.kind)
            )
            painter.drawRect(shown)
        painter.restore()


def _pen(color: QColor, width: int, kind: PlaceKind) -> QPen:
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if kind is PlaceKind.CORRECTED:  # dashed like all that a person says
        pen.setDashPattern([4, 3])
    return pen
