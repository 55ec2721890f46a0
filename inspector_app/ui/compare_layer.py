"""The golden image over the picture: blinking, or right of a divider that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from inspector_app.ui.viewer_picture import PictureItem, Pyramid

_GOLDEN_Z, _DIVIDER_Z, _BLINK_Z, _TAG_Z = 10.0, 50.0, 70.0, 80.0
_REACH = 6.0  # how near the mouse must be to take the divider, view pixels
_GRIP = 14.0
_DARK, _LIGHT = QColor(0, 0, 0, 190), QColor(255, 255, 255)


class CompareLayer:
    """Owns the golden image's items.

    Args:
        scene: Its coordinates are pixels of the picture.
        font: Font of the tags that say which image is which.
    """

    def __init__(self, scene: QGraphicsScene, font: QFont) -> None:
        self._scene = scene
        self._size = (0, 0)
        self._image: QImage | None = None
        self._item: PictureItem | None = None
        self._divider = _DividerItem(font)
        self._divider.hide()
        scene.addItem(self._divider)
        self._blink = False
        self._split: float | None = None

    @property
    def blinking(self) -> bool:
        """Whether the golden image covers the picture now."""
        return self._blink and self._item is not None

    @property
    def split(self) -> float | None:
        """Where the divider is (fraction of the width); None when it is not shown."""
        return self._split if self._item is not None else None

    def set_size(self, width: int, height: int) -> None:
        """Tells the size of the picture; a golden image of another size is stretched to it."""
        if (width, height) != self._size:
            self._size = (width, height)
            self.set_image(self._image)

    def set_image(self, image: QImage | None) -> None:
        """Sets the golden image; None for none."""
        self._image = image
        if self._item is not None:
            self._scene.removeItem(self._item)
            self._item = None
        if image is not None and not image.isNull() and self._size[0] > 0:
            self._item = PictureItem(Pyramid(image, *self._size))
            self._scene.addItem(self._item)
        self._show()

    def set_blink(self, on: bool) -> None:
        """Shows the golden image instead of everything, or takes it away."""
        self._blink = on
        self._show()

    def set_split(self, fraction: float | None) -> None:
        """Shows the golden image right of a divider at a fraction of the width."""
        self._split = None if fraction is None else min(1.0, max(0.0, fraction))
        self._show()

    def set_sight(self, sight: QRectF) -> None:
        """Tells which part of the picture is in view, so that tags and grip stay in it."""
        if self._divider.isVisible():
            self._divider.set_sight(sight)

    def takes(self, spot: QPointF, scale: float) -> bool:
        """Returns whether a press at a point of the picture takes the divider."""
        if self.split is None or self.blinking:
            return False
        width, height = self._size
        near = abs(spot.x() - self.split * width) * scale <= _REACH
        return near and 0 <= spot.y() <= height

    def _show(self) -> None:
        item = self._item
        blinking, split = self.blinking, self.split
        if item is not None:
            item.setVisible(blinking or split is not None)
            item.setZValue(_BLINK_Z if blinking else _GOLDEN_Z)
            item.set_from(0.0 if blinking or split is None else split)
        self._divider.set_place(self._size, split, blinking)


class _DividerItem(QGraphicsItem):
    """The divider with its grip, and tags saying which side is which."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._font = font
        self._size = (0, 0)
        self._split: float | None = None
        self._blink = False
        self._sight = QRectF()

    def set_sight(self, sight: QRectF) -> None:
        self._sight = sight
        self.update()

    def set_place(self, size: tuple[int, int], split: float | None, blink: bool) -> None:
        self.prepareGeometryChange()
        self._size, self._split, self._blink = size, split, blink
        self.setZValue(_TAG_Z if blink else _DIVIDER_Z)
        self.setVisible(blink or split is not None)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, *self._size)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        to_view = painter.worldTransform()
        whole = to_view.mapRect(self.boundingRect())
        shown = whole.intersected(to_view.mapRect(self._sight)) if self._sight else whole
        golden = QCoreApplication.translate("CompareLayer", "Golden image")
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._blink or self._split is None:
            self._tag(painter, shown.topLeft() + QPointF(8, 8), golden, right=False)
            painter.restore()
            return
        x = float(round(whole.left() + whole.width() * self._split))
        painter.fillRect(QRectF(x - 2, shown.top(), 4, shown.height()), _DARK)
        painter.fillRect(QRectF(x - 1, shown.top(), 2, shown.height()), _LIGHT)
        part = QCoreApplication.translate("CompareLayer", "Part")
        self._tag(painter, QPointF(x - 10, shown.top() + 8), part, right=True)
        self._tag(painter, QPointF(x + 10, shown.top() + 8), golden, right=False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(x, shown.center().y())
        painter.setPen(QPen(_DARK, 1))
        painter.setBrush(_LIGHT)
        painter.drawEllipse(middle, _GRIP, _GRIP)
        painter.setPen(QPen(QColor(0, 0, 0), 1.75, c=Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 8, 0)
            painter.drawLine(tip, tip + QPointF(-side * 3.5, -3.5))
            painter.drawLine(tip, tip + QPointF(-side * 3.5, 3.5))
        painter.restore()

    def _tag(self, painter: QPainter, at: QPointF, text: str, right: bool) -> None:
        """Writes a tag whose top left corner is at a point, or its top right one."""
        rect = QRectF(at.x(), at.y(), QFontMetricsF(self._font).horizontalAdvance(text) + 12, 20)
        if right:
            rect.moveRight(at.x())
        painter.fillRect(rect, _DARK)
        painter.setFont(self._font)
        painter.setPen(_LIGHT)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
