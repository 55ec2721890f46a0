"""Label chips: where they go, so that none covers another, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from inspector_app.ui import colors

Rect = tuple[float, float, float, float]  # left, top, right, bottom

PADDING = 5
HEIGHT = 18
GAP = 2  # between a chip and the line of its box
LONGEST = 180
_CAREFUL_UP_TO = 80  # boxes; beyond, chips do not look out for other boxes any more
_KEPT = 400  # drawn chips
_EDGE = QColor(0, 0, 0, 170)


@dataclass(frozen=True, slots=True)
class ChipWish:
    """A chip that wants a place: its box and its own size, in pixels of the view."""

    box: Rect
    width: float
    height: float


def place_chips(wishes: Sequence[ChipWish], bounds: Rect) -> list[Rect | None]:
    """Finds places for chips, first come, first served.

    Args:
        wishes: The chips in order of importance.
        bounds: Where chips may lie; the whole picture as a rule.

    Returns:
        A place for each wish, inside the bounds and overlapping no other place; None when there is
        none left. Outside its box is preferred, then where fewest other boxes are covered.
    """
    careful = len(wishes) <= _CAREFUL_UP_TO
    placed: list[Rect] = []
    result: list[Rect | None] = []
    for index, wish in enumerate(wishes):
        best: Rect | None = None
        least = 1 << 30
        # Only what lies near enough counts: most boxes do not, and this runs with every zoom step.
        reach = _reach(wish)
        taken = [other for other in placed if _overlap(reach, other)]
        boxes = [
            other.box
            for number, other in enumerate(wishes)
            if careful and number != index and _overlap(reach, other.box)
        ]
        for place in _candidates(wish):
            if not _within(place, bounds) or any(_overlap(place, other) for other in taken):
                continue
            cost = sum(_overlap(place, box) for box in boxes)
            if cost < least:
                best, least = place, cost
                if cost == 0:
                    break
        if best is not None:
            placed.append(best)
        result.append(best)
    return result


def _reach(wish: ChipWish) -> Rect:
    left, top, right, bottom = wish.box
    w, h = wish.width + GAP, wish.height + GAP
    return min(left, right - w) - w, top - h, max(right, left + w) + w, bottom + h


def _candidates(wish: ChipWish) -> list[Rect]:
    left, top, right, bottom = wish.box
    w, h = wish.width, wish.height
    above, below = top - h - GAP, bottom + GAP
    # Flush with the outside of the line and its halo.
    start, end = left - GAP, right + GAP - w
    corners = [
        (start, above),
        (start, below),
        (end, above),
        (end, below),
        (right + GAP, top),
        (left - w - GAP, top),
        (right + GAP, bottom - h),
        (left - w - GAP, bottom - h),
    ]
    if right - left >= w + 2 * GAP and bottom - top >= h + 2 * GAP:
        corners += [
            (left + GAP, top + GAP),
            (left + GAP, bottom - h - GAP),
            (right - w - GAP, top + GAP),
            (right - w - GAP, bottom - h - GAP),
        ]
    return [(x, y, x + w, y + h) for x, y in corners]


def _within(rect: Rect, bounds: Rect) -> bool:
    return (
        rect[0] >= bounds[0]
        and rect[1] >= bounds[1]
        and rect[2] <= bounds[2]
        and rect[3] <= bounds[3]
    )


def _overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip to draw.

    Attributes:
        id: The finding it belongs to.
        text: What it says, already shortened.
        color: The label's colour.
        faded: Whether the finding was rejected: paler and struck through.
    """

    id: str
    text: str
    color: QColor
    faded: bool = False


def chip_width(text: str, metrics: QFontMetricsF) -> float:
    """Returns the width of a chip with this text, in whole pixels."""
    return float(round(metrics.horizontalAdvance(text) + 0.5) + 2 * PADDING)


def chip_pixmap(chip: Chip, width: float, strong: bool, font: QFont, ratio: float) -> QPixmap:
    """Returns one chip drawn.

    Args:
        chip: What.
        width: Its width in view pixels; the height is `HEIGHT`.
        strong: Whether its finding is selected or under the mouse.
        font: Font of the text.
        ratio: Device pixels for each view pixel.
    """
    result = QPixmap(round(width * ratio), round(HEIGHT * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    rect = QRectF(0, 0, width, HEIGHT)
    fill = QColor(chip.color)
    text = colors.text_on(fill)
    painter = QPainter(result)
    if chip.faded and not strong:
        fill.setAlpha(120)
        text = QColor(255, 255, 255)
        painter.fillRect(rect, QColor(0, 0, 0, 150))
    painter.setPen(QPen(QColor(255, 255, 255) if strong else _EDGE, 1))
    painter.setBrush(fill)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if chip.faded:
        font = QFont(font)
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip.text)
    painter.end()
    return result


class ChipsItem(QGraphicsItem):
    """All chips of a picture, drawn at a fixed size whatever the zoom.

    Places are in view pixels counted from the picture's top left corner, so panning needs no new
    layout.
    """

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self.font = font
        self._chips: list[tuple[Chip, QRectF]] = []
        self._strong: frozenset[str] = frozenset()
        self._rect = QRectF()
        self._pixmaps: dict[tuple[str, int, bool, bool, float], QPixmap] = {}
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def set_chips(self, chips: list[tuple[Chip, QRectF]], scale: float) -> None:
        """Shows these chips; `scale` is view pixels for each pixel of the picture."""
        self.prepareGeometryChange()
        self._chips = chips
        self._rect = QRectF()
        for _, place in chips:
            self._rect |= QRectF(
                place.x() / scale,
                place.y() / scale,
                place.width() / scale,
                place.height() / scale,
            )
        margin = 2 / scale
        self._rect.adjust(-margin, -margin, margin, margin)
        self.update()

    def places(self) -> dict[str, QRectF]:
        """Returns where each chip lies, by finding."""
        return {chip.id: QRectF(place) for chip, place in self._chips}

    def drop(self, id_: str) -> None:
        """Takes one chip away; the others stay where they are."""
        self._chips = [pair for pair in self._chips if pair[0].id != id_]
        self.update()

    def set_strong(self, ids: frozenset[str]) -> None:
        """Marks the chips of the selected finding and the one under the mouse."""
        if ids != self._strong:
            self._strong = ids
            self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        to_view = painter.worldTransform()
        origin = to_view.map(QPointF(0, 0))
        origin = QPointF(round(origin.x()), round(origin.y()))
        ratio = painter.device().devicePixelRatio()
        exposed = to_view.mapRect(option.exposedRect).translated(-origin)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.resetTransform()
        for chip, place in self._chips:
            if place.intersects(exposed):
                painter.drawPixmap(place.topLeft() + origin, self._drawn(chip, place, ratio))
        painter.restore()

    def _drawn(self, chip: Chip, place: QRectF, ratio: float) -> QPixmap:
        # Text is what takes the time; while the picture is panned, every chip is drawn once.
        strong = chip.id in self._strong
        key = (chip.text, chip.color.rgb(), chip.faded, strong, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.clear()
            found = chip_pixmap(chip, place.width(), strong, self.font, ratio)
            self._pixmaps[key] = found
        return found
