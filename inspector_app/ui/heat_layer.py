"""The heat map over the picture: inferno colours, see-through where the score is low."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform, qRgba
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from inspector_app.domain.heat import HeatMap
from inspector_app.domain.paths import RESOURCES
from inspector_app.ui.overlay_contour import contour

_TABLE = RESOURCES / "colormaps" / "inferno.csv"
_SIDE = 1024  # values are interpolated up to this size before they get colours
_PIECE = 24  # points of the limit line that are drawn together
_Piece = tuple[QPolygonF, QRectF]  # the points and the rectangle around them, in cells
_AT_LIMIT = 0.6  # opaqueness where the map reaches the limit
_WHITE, _DARK = QColor(255, 255, 255), QColor(0, 0, 0, 190)


@cache
def inferno() -> tuple[tuple[int, int, int], ...]:
    """Returns the 256 colours of the map, dark to bright.

    Raises:
        ValueError: The table is damaged.
    """
    lines = _TABLE.read_text("ascii").splitlines()
    rows = [line.split(",") for line in lines if line[:1].isdigit()]  # the first names the columns
    colors = tuple((int(r), int(g), int(b)) for r, g, b in rows)
    if len(colors) != 256:
        raise ValueError(f"{_TABLE.name} has {len(colors)} colours, not 256")
    return colors


def limit_cell(heat: HeatMap, limit: float | None) -> float | None:
    """Returns the limit in units of the cells (0..255); None when there is no such line."""
    if limit is None or heat.high <= heat.low:
        return None
    return (limit - heat.low) / (heat.high - heat.low) * 255.0


def alpha_table(heat: HeatMap, limit: float | None) -> list[int]:
    """Returns the alpha 0..255 of each cell value: none at the bottom, growing with the value.

    With a limit, what lies below it stays fainter than what lies above, whatever the map's range.
    """
    pivot = limit_cell(heat, limit)
    result: list[int] = []
    for value in range(256):
        if pivot is None or pivot <= 0:
            share = (value / 255.0) ** 1.5
        elif value <= pivot:
            share = _AT_LIMIT * (value / pivot) ** 2
        else:
            share = _AT_LIMIT + (1.0 - _AT_LIMIT) * (value - pivot) / max(1.0, 255.0 - pivot)
        result.append(round(255 * min(1.0, share)))
    return result


def heat_image(heat: HeatMap, limit: float | None) -> QImage:
    """Returns the map as an indexed image with alpha, its values smoothly interpolated."""
    factor = max(1, min(8, _SIDE // max(heat.width, heat.height)))
    values = QImage(
        heat.cells, heat.width, heat.height, heat.width, QImage.Format.Format_Grayscale8
    ).scaled(
        heat.width * factor,
        heat.height * factor,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    values = values.convertToFormat(QImage.Format.Format_Grayscale8)
    # The bytes become indices: interpolating values and colouring them afterwards keeps the map's
    # order, where interpolated colours would invent new ones.
    image = QImage(
        values.constBits(),
        values.width(),
        values.height(),
        values.bytesPerLine(),
        QImage.Format.Format_Indexed8,
    ).copy()
    alphas = alpha_table(heat, limit)
    image.setColorTable([qRgba(r, g, b, a) for (r, g, b), a in zip(inferno(), alphas, strict=True)])
    return image


class HeatItem(QGraphicsItem):
    """The map and its limit line over the scene rectangle `0, 0, width, height`."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._rect = QRectF()
        self._heat: HeatMap | None = None
        self._limit: float | None = None
        self._share = 0.6
        self._until = 1.0
        self._image: QImage | None = None
        self._line: list[_Piece] | None = None

    def set_size(self, width: int, height: int) -> None:
        """Tells the size of the picture in pixels."""
        self.prepareGeometryChange()
        self._rect = QRectF(0, 0, width, height)

    def set_heat(self, heat: HeatMap | None, limit: float | None) -> None:
        """Shows a map; its image and line are made when they are first painted."""
        if heat is not self._heat or limit != self._limit:
            self._heat, self._limit = heat, limit
            self._image = self._line = None
            self.update()

    @property
    def heat(self) -> HeatMap | None:
        """The map on show."""
        return self._heat

    def set_share(self, share: float) -> None:
        """Sets the opacity of the whole map, 0..1; the limit line stays."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def set_until(self, fraction: float) -> None:
        """Colours only what is left of this fraction of the width; the line stays everywhere."""
        if fraction != self._until:
            self._until = fraction
            self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        heat = self._heat
        if heat is None or self._rect.isEmpty():
            return
        if self._image is None:
            # Premultiplied once: the painter would convert the indexed image every time.
            self._image = heat_image(heat, self._limit).convertToFormat(
                QImage.Format.Format_ARGB32_Premultiplied
            )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(painter.opacity() * self._share)
        if self._until < 1.0:
            part = QRectF(self._rect)
            part.setWidth(part.width() * self._until)
            painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        if self._share > 0:
            painter.drawImage(self._rect, self._image, QRectF(self._image.rect()))
        painter.restore()
        if self._line is None:
            self._line = _pieces(heat, self._limit)
        if self._line:
            self._draw_line(painter, heat, self._line, option.exposedRect)  # pyright: ignore[reportAttributeAccessIssue]

    def _draw_line(
        self, painter: QPainter, heat: HeatMap, line: list[_Piece], exposed: QRectF
    ) -> None:
        across, down = self._rect.width() / heat.width, self._rect.height() / heat.height
        to_view = QTransform.fromScale(across, down) * painter.worldTransform()
        margin = 4 / painter.worldTransform().m11()
        seen = exposed.adjusted(-margin, -margin, margin, margin)
        seen = QRectF(
            seen.x() / across, seen.y() / down, seen.width() / across, seen.height() / down
        )
        shown = [to_view.map(points) for points, around in line if around.intersects(seen)]
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, width in ((_DARK, 3.5), (_WHITE, 1.6)):
            painter.setPen(QPen(color, width, j=Qt.PenJoinStyle.BevelJoin))
            for points in shown:
                painter.drawPolyline(points)
        painter.restore()


def _pieces(heat: HeatMap, limit: float | None) -> list[_Piece]:
    """Returns the limit line in short pieces, so that a strip needs only its own."""
    level = limit_cell(heat, limit)
    if level is None or not 0.0 <= level < 255.0:
        return []
    pieces: list[_Piece] = []
    for line in contour(heat.cells, heat.width, heat.height, level):
        for start in range(0, len(line) - 1, _PIECE):
            points = QPolygonF([QPointF(x, y) for x, y in line[start : start + _PIECE + 1]])
            pieces.append((points, points.boundingRect().adjusted(-0.01, -0.01, 0.01, 0.01)))
    return pieces
