"""The picture in the scene: halved copies for small zooms, and only the exposed part is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

NEAREST_ABOVE = 2.0
# Above this the picture keeps the format it came in: a 32-bit copy would cost too much memory.
_CONVERT_UP_TO = 64_000_000
# Painting from images beyond 32,767 pixels a side overflows Qt's fixed-point coordinates.
_SIDE_LIMIT = 32_000
_COARSE_SIDE = 2048
_SMALLEST = 256


class Pyramid:
    """A picture and its halves, each made when it is first needed.

    Args:
        image: The pixels, maybe fewer than the full size.
        width: Width of the full picture.
        height: Height of the full picture.
        coarse: A smaller version that is at hand, kept so that a huge picture needs fewer halves.
    """

    def __init__(self, image: QImage, width: int, height: int, coarse: QImage | None = None):
        small = (
            image.width() * image.height() <= _CONVERT_UP_TO
            and max(image.width(), image.height()) <= _SIDE_LIMIT
        )
        if small and image.format() != QImage.Format.Format_RGB32:
            image = image.convertToFormat(QImage.Format.Format_RGB32)
        self.width = width
        self.height = height
        self._levels = [image]
        self._huge = not small
        self._coarse = Pyramid(coarse, width, height) if coarse is not None and not small else None

    @property
    def image(self) -> QImage:
        """The picture as it was given."""
        return self._levels[0]

    @property
    def is_whole(self) -> bool:
        """Whether the pixels are those of the full picture, not of a preview."""
        return self.image.width() == self.width and self.image.height() == self.height

    def level(self, zoom: float) -> QImage:
        """Returns the smallest version with at least `zoom` pixels for each of the full picture."""
        if self._huge:
            return self._huge_level(zoom)
        index = 0
        while self._levels[index].width() >= 2 * zoom * self.width:
            if index + 1 == len(self._levels):
                last = self._levels[index]
                if min(last.width(), last.height()) < _SMALLEST:
                    break
                self._levels.append(_half(last))
            index += 1
        return self._levels[index]

    def _huge_level(self, zoom: float) -> QImage:
        # Halving hundreds of megapixels would hold the window for seconds. A small version serves
        # up to twice its own size; above that the exposed part is sampled from the full pixels.
        if self._coarse is None:
            self._coarse = Pyramid(_reduced(self.image), self.width, self.height)
        if 2 * self._coarse.image.width() >= zoom * self.width:
            return self._coarse.level(zoom)
        return self.image


def _reduced(image: QImage) -> QImage:
    """Returns a small version of a huge picture, quickly: picked pixels, then one mean of four."""
    part = min(1.0, 2 * _COARSE_SIDE / max(image.width(), image.height()))
    return _half(
        image.scaled(
            max(1, round(image.width() * part)),
            max(1, round(image.height() * part)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.FastTransformation,
        )
    )


def _half(image: QImage) -> QImage:
    result = QImage(
        max(1, image.width() // 2), max(1, image.height() // 2), QImage.Format.Format_RGB32
    )
    painter = QPainter(result)
    # At exactly one half, bilinear sampling is the mean of four pixels, and the fastest way to it.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(result.rect()), image, QRectF(image.rect()))
    painter.end()
    return result


class PictureItem(QGraphicsItem):
    """Draws a pyramid over the scene rectangle `0, 0, width, height`."""

    def __init__(self, pyramid: Pyramid) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._pyramid = pyramid
        self._from = 0.0

    @property
    def pyramid(self) -> Pyramid:
        """What is drawn."""
        return self._pyramid

    def set_pyramid(self, pyramid: Pyramid) -> None:
        """Draws something else from now on."""
        self.prepareGeometryChange()
        self._pyramid = pyramid
        self.update()

    def set_from(self, fraction: float) -> None:
        """Draws only what is right of this fraction of the width."""
        self._from = fraction
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._pyramid.width, self._pyramid.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        whole = self.boundingRect()
        left = whole.width() * self._from
        rect = option.exposedRect.intersected(whole.adjusted(left, 0, 0, 0))  # pyright: ignore[reportAttributeAccessIssue]
        if rect.isEmpty():
            return
        zoom = painter.worldTransform().m11() * painter.device().devicePixelRatio()
        image = self._pyramid.level(zoom)
        across, down = image.width() / whole.width(), image.height() / whole.height()
        # Whole pixels and two more, so that smoothing sees its neighbours: strips that come into
        # view by scrolling must not show seams.
        source = (
            QRectF(rect.x() * across, rect.y() * down, rect.width() * across, rect.height() * down)
            .toAlignedRect()
            .adjusted(-2, -2, 2, 2)
            .intersected(image.rect())
        )
        target = QRectF(
            source.x() / across, source.y() / down, source.width() / across, source.height() / down
        )
        if max(image.width(), image.height()) > _SIDE_LIMIT:
            image = image.copy(source)
            source = QRect(0, 0, source.width(), source.height())
        painter.save()
        if self._from > 0:
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, zoom <= NEAREST_ABOVE + 1e-9
        )
        painter.drawImage(target, image, QRectF(source))
        painter.restore()
