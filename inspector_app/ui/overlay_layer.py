"""All findings of the picture: which are shown, selected, under the mouse, and where chips go."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from inspector_app.domain.findings import AuthorKind, Finding, FindingState
from inspector_app.ui import colors
from inspector_app.ui.overlay import FindingItem
from inspector_app.ui.overlay_chips import (
    HEIGHT,
    LONGEST,
    Chip,
    ChipsItem,
    ChipWish,
    chip_width,
    place_chips,
)
from inspector_app.ui.overlay_edit import to_rect

_FINDINGS_Z, _CHIPS_Z = 30.0, 40.0
_ELIDE = Qt.TextElideMode.ElideRight
_GRIP = 3.0  # how near the line counts as on the box, view pixels


class _Group(QGraphicsItem):
    """Holds the items of the findings, so that they stack among themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    def boundingRect(self) -> QRectF:
        return QRectF()


class FindingsLayer:
    """Keeps one item for each finding that has a box.

    Args:
        scene: Where the items go; its coordinates are pixels of the picture.
        font: Font of the chips.
    """

    def __init__(self, scene: QGraphicsScene, font: QFont) -> None:
        self._scene = scene
        self._items: dict[str, FindingItem] = {}
        self._size = (0, 0)
        self._scale = 1.0
        self._group = _Group()
        self._group.setZValue(_FINDINGS_Z)
        self._chips = ChipsItem(font)
        self._chips.setZValue(_CHIPS_Z)
        scene.addItem(self._group)
        scene.addItem(self._chips)
        self._dotted: frozenset[str] = frozenset()
        self.selected: str | None = None
        self.hovered: str | None = None

    # -- what there is -------------------------------------------------------------------

    def set_size(self, width: int, height: int) -> None:
        """Tells the size of the picture in pixels."""
        if (width, height) != self._size:
            self._size = (width, height)
            self._reset_rects()

    def set_scale(self, scale: float) -> None:
        """Tells the view pixels for each pixel of the picture."""
        if scale != self._scale:
            self._scale = scale
            for item in self._items.values():
                item.set_scale(scale)
            self.place_chips()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these findings; the selection follows a finding to its edited version."""
        shown = {f.id: f for f in findings if f.box and f.state is not FindingState.EDITED}
        if self.selected is not None and self.selected not in shown:
            heirs = [f.id for f in shown.values() if f.supersedes == self.selected]
            self.selected = heirs[0] if heirs else None
        if self.hovered not in shown:
            self.hovered = None
        for gone in self._items.keys() - shown.keys():
            self._scene.removeItem(self._items.pop(gone))
        items: dict[str, FindingItem] = {}
        for id_, finding in shown.items():
            item = self._items.get(id_)
            if item is None:
                item = FindingItem(finding, self._rect(finding), self._scale)
                item.setParentItem(self._group)
            else:
                item.set_finding(finding)
                item.set_rect(self._rect(finding))
            item.set_dotted(finding.result_id in self._dotted)
            items[id_] = item
        self._items = items
        self.mark()
        self.place_chips()

    def set_dotted(self, results: frozenset[str]) -> None:
        """Draws the boxes of these results with a dotted line."""
        self._dotted = results
        for item in self._items.values():
            item.set_dotted(item.finding.result_id in results)

    def ids(self) -> list[str]:
        """Returns the shown findings in the order they were given."""
        return list(self._items)

    def item(self, id_: str) -> FindingItem | None:
        """Returns the item of a finding."""
        return self._items.get(id_)

    def is_visible(self) -> bool:
        """Returns whether boxes are shown at all."""
        return self._group.isVisible()

    def set_visible(self, visible: bool) -> None:
        """Shows or hides all boxes and chips."""
        self._group.setVisible(visible)
        self._chips.setVisible(visible)

    # -- marks ---------------------------------------------------------------------------

    def select(self, id_: str | None) -> bool:
        """Selects a shown finding or none; returns whether that changed anything."""
        id_ = id_ if id_ in self._items else None
        if id_ == self.selected:
            return False
        self.selected = id_
        self.mark()
        return True

    def hover(self, id_: str | None) -> bool:
        """Marks the finding under the mouse; returns whether that changed anything."""
        id_ = id_ if id_ in self._items else None
        if id_ == self.hovered:
            return False
        self.hovered = id_
        self.mark()
        return True

    def mark(self) -> None:
        """Brings the looks of all items in line with selection and mouse."""
        for id_, item in self._items.items():
            item.set_marks(id_ == self.selected, id_ == self.hovered)
        self._chips.set_strong(frozenset(i for i in (self.selected, self.hovered) if i))

    # -- places --------------------------------------------------------------------------

    def at(self, spot: QPointF) -> str | None:
        """Returns the smallest finding at a point of the picture."""
        if not self.is_visible():
            return None
        grip = _GRIP / self._scale
        best, least = None, float("inf")
        for id_, item in self._items.items():
            rect = item.rect
            if not rect.adjusted(-grip, -grip, grip, grip).contains(spot):
                continue
            area = rect.width() * rect.height()
            if area < least:
                best, least = id_, area
        if best is not None:
            return best
        return self._chip_at(spot)

    def _chip_at(self, spot: QPointF) -> str | None:
        at = QPointF(spot.x() * self._scale, spot.y() * self._scale)
        for id_, place in self._chips.places().items():
            if place.contains(at):
                return id_
        return None

    def chip_places(self) -> dict[str, QRectF]:
        """Returns where the chips lie, in view pixels from the picture's top left corner."""
        return self._chips.places()

    def place_chips(self) -> None:
        """Lays the chips out anew."""
        metrics = QFontMetricsF(self._chips.font)
        chips: list[Chip] = []
        wishes: list[ChipWish] = []
        for id_, item in self._items.items():
            text = metrics.elidedText(chip_text(item.finding), _ELIDE, LONGEST)
            faded = item.finding.state is FindingState.REJECTED
            chips.append(Chip(id_, text, item.color, faded))
            rect, scale = item.rect, self._scale
            box = (
                float(round(rect.left() * scale)),
                float(round(rect.top() * scale)),
                float(round(rect.right() * scale)),
                float(round(rect.bottom() * scale)),
            )
            wishes.append(ChipWish(box, chip_width(text, metrics), HEIGHT))
        width, height = self._size
        # A picture shown very small still has room for chips around it.
        spare = max(2.0, (160.0 - width * self._scale) / 2)
        bounds = (-spare, -spare, width * self._scale + spare, height * self._scale + spare)
        places = place_chips(wishes, bounds)
        self._chips.set_chips(
            [
                (chip, QRectF(p[0], p[1], p[2] - p[0], p[3] - p[1]))
                for chip, p in zip(chips, places, strict=True)
                if p is not None
            ],
            self._scale,
        )

    def hide_chip(self, id_: str) -> None:
        """Takes one chip away and leaves the others where they are; while its box is dragged."""
        self._chips.drop(id_)

    def reset_rect(self, id_: str) -> None:
        """Puts a dragged item back to its finding's box."""
        item = self._items.get(id_)
        if item is not None:
            item.set_rect(self._rect(item.finding))

    def tooltip(self, id_: str) -> str:
        """Returns what the tooltip of a finding says: label, score, author, size."""
        item = self._items.get(id_)
        return describe(item.finding, *self._size, rich=True) if item is not None else ""

    def _rect(self, finding: Finding) -> QRectF:
        assert finding.box is not None
        return to_rect(finding.box, *self._size)

    def _reset_rects(self) -> None:
        for item in self._items.values():
            item.set_rect(self._rect(item.finding))
        self.place_chips()


def score_text(score: float) -> str:
    """Returns a score with two decimals, or fewer when it is large, as the language writes it."""
    return QLocale().toString(score, "f", 2 if abs(score) < 100 else 0)


def chip_text(finding: Finding) -> str:
    """Returns what a chip says: the sign of the state, the label, the score."""
    parts = [colors.state_sign(finding.state), finding.label.strip()]
    if finding.score is not None:
        parts.append(score_text(finding.score))
    return " ".join(part for part in parts if part)


def describe(finding: Finding, width: int, height: int, rich: bool = False) -> str:
    """Returns a finding in words: label, score, author, state, size in pixels.

    Args:
        finding: Which.
        width: Width of the picture.
        height: Height of the picture.
        rich: Lines of rich text for a tooltip (the label escaped), else one plain sentence.
    """
    tr = QCoreApplication.translate
    lines = [finding.label]
    if finding.score is not None:
        lines.append(tr("FindingsLayer", "Score {score}").format(score=score_text(finding.score)))
    if finding.author.kind is AuthorKind.PERSON:
        author = tr("FindingsLayer", "Drawn by {name}")
    else:
        author = tr("FindingsLayer", "Found by {name}")
    lines.append(author.format(name=finding.author.name))
    states = {
        FindingState.ACCEPTED: tr("FindingsLayer", "✓ Accepted"),
        FindingState.REJECTED: tr("FindingsLayer", "✕ Rejected"),
        FindingState.UNSURE: tr("FindingsLayer", "? Unsure"),
    }
    if finding.state in states:
        lines.append(states[finding.state])
    if finding.box is not None:
        x1, y1, x2, y2 = finding.box.to_pixels(width, height)
        locale = QLocale()
        lines.append(
            tr("FindingsLayer", "{width} × {height} px").format(
                width=locale.toString(x2 - x1), height=locale.toString(y2 - y1)
            )
        )
    if finding.note:
        lines.append(finding.note)
    if not rich:
        return ", ".join(line for line in lines if line)
    head, *rest = (escape(line) for line in lines)
    return "<br>".join([f"<b>{head}</b>", *rest])
