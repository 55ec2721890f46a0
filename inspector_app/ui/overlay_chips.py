"""Label chips: where they go, so that none covers another, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from inspector_app.ui import colors

Rect = tuple[float, float, float, float]  # left, top, right, bottom

PADDING = 5
HEIGHT = 18
GAP = 2  # between a chip and the line of its box
LONGEST = 180
_CAREFUL_UP_TO = 80  # boxes; beyond, chips do not look out for other boxes any more
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
        for place in _candidates(wish):
            if not _within(place, bounds) or any(_overlap(place, other) for other in placed):
                continue
            cost = 0
            if careful:
                cost = sum(
                    _overlap(place, other.box)
                    for number, other in enumerate(wishes)
                    if number != index
                )
            if cost < least:
                best, least = place, cost
                if cost == 0:
                    break
        if best is not None:
            placed.append(best)
        result.append(best)
    return result


def _candidates(wish: ChipWish) -> list[Rect]:
    left, top, right, bottom = wish.box
    w, h = wish.width, wish.height
    above, below = top - h - GAP, bottom + GAP
    corners = [
        (left, above),
        (left, below),
        (right - w, above),
        (right - w, below),
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


def draw_chip(painter: QPainter, rect: QRectF, chip: Chip, strong: bool, font: QFont) -> None:
    """Draws one chip in view coordinates.

    Args:
        painter: Painter without a transform.
        rect: Where.
        chip: What.
        strong: Whether its finding is selected or under the mouse.
        font: Font of the text.
    """
    fill = QColor(chip.color)
    text = colors.text_on(fill)
    if chip.faded and not strong:
        fill.setAlpha(120)
        text = QColor(255, 255, 255)
        painter.fillRect(rect, QColor(0, 0, 0, 150))
    edge = QColor(255, 255, 255) if strong else _EDGE
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if chip.faded:
        font = QFont(font)
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip.text)


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
        origin = painter.worldTransform().map(QPointF(0, 0))
        origin = QPointF(round(origin.x()), round(origin.y()))
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for chip, place in self._chips:
            draw_chip(painter, place.translated(origin), chip, chip.id in self._strong, self.font)
        painter.restore()
