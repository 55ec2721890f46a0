"""Rows of a page: which lines stand beside one another, also where the paper is askew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from inspector_app.domain.documents import Document, Page, Place, TextLine

_SLOPES = tuple(step * 0.004 for step in range(-20, 21))


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of text in its row; pixels of the page with the text upright and level."""

    text: str
    line: TextLine
    page: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def height(self) -> float:
        """In pixels, at least one."""
        return max(self.y2 - self.y1, 1.0)

    @property
    def middle(self) -> float:
        """Of its height."""
        return (self.y1 + self.y2) / 2.0

    @property
    def place(self) -> Place:
        """Where it stands on the page as it is shown."""
        return Place(self.page, self.line.box)

    def at(self, position: float) -> float:
        """Returns x of a letter, by its share of the text."""
        return self.x1 + (self.x2 - self.x1) * position / max(len(self.text), 1)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside one another, left to right."""

    index: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The cells, a space between."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def height(self) -> float:
        """Median height of its cells."""
        return median(cell.height for cell in self.cells)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(cell.y1 for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(cell.y2 for cell in self.cells)

    @property
    def page(self) -> int:
        """Number of the page."""
        return self.cells[0].page


def find_rows(document: Document) -> list[Row]:
    """Returns the rows of all pages, top to bottom."""
    rows: list[Row] = []
    for page in document.pages:
        for cells in _page_rows(page):
            rows.append(Row(len(rows), cells))
    return rows


def score_of(cells: Sequence[Cell]) -> float | None:
    """Confidence of the reader in these cells: the lowest; None when one has none."""
    scores = [cell.line.score for cell in cells]
    known = [score for score in scores if score is not None]
    return min(known) if known and len(known) == len(scores) else None


def places_of(cells: Sequence[Cell]) -> tuple[Place, ...]:
    """Where these cells stand, each once."""
    return tuple(dict.fromkeys(cell.place for cell in cells))


def _page_rows(page: Page) -> list[tuple[Cell, ...]]:
    cells = [_cell(line, page) for line in page.lines if line.text.strip()]
    if not cells:
        return []
    slope = _slope(cells)
    if slope:
        cells = [
            Cell(c.text, c.line, c.page, c.x1, c.y1 - lift, c.x2, c.y2 - lift)
            for c in cells
            for lift in (slope * (c.x1 + c.x2) / 2.0,)
        ]
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.middle, cell.x1)):
        best = max(rows[-6:], key=lambda row: _fit(row, cell), default=None)
        if best is not None and _fit(best, cell) > 0.0:
            best.append(cell)
        else:
            rows.append([cell])
    ordered = sorted(rows, key=lambda row: median(cell.middle for cell in row))
    return [tuple(sorted(row, key=lambda cell: cell.x1)) for row in ordered]


def _fit(row: Sequence[Cell], cell: Cell) -> float:
    """How well a cell belongs into a row; 0 and less when it does not."""
    for other in row:
        shared = min(other.x2, cell.x2) - max(other.x1, cell.x1)
        if shared > 0.3 * min(other.x2 - other.x1, cell.x2 - cell.x1):
            return -1.0
    near = min(row, key=lambda other: max(other.x1 - cell.x2, cell.x1 - other.x2))
    overlap = min(near.y2, cell.y2) - max(near.y1, cell.y1)
    return overlap / min(near.height, cell.height) - 0.45


def _cell(line: TextLine, page: Page) -> Cell:
    box = line.box
    w, h = float(max(page.width, 1)), float(max(page.height, 1))
    x1, y1, x2, y2 = box.x1 * w, box.y1 * h, box.x2 * w, box.y2 * h
    turned = page.turned % 360
    if turned == 90:
        x1, y1, x2, y2 = h - y2, x1, h - y1, x2
    elif turned == 180:
        x1, y1, x2, y2 = w - x2, h - y2, w - x1, h - y1
    elif turned == 270:
        x1, y1, x2, y2 = y1, w - x2, y2, w - x1
    slant = _slant(line, page)
    if slant:  # the box of an askew line is taller than its letters
        extra = min(abs(slant) * (x2 - x1), 0.6 * (y2 - y1)) / 2.0
        y1, y2 = y1 + extra, y2 - extra
    return Cell(line.text.strip(), line, page.number, x1, y1, x2, y2)


def _slant(line: TextLine, page: Page) -> float:
    if line.corners is None or page.turned:
        return 0.0
    (ax, ay), (bx, by), *_ = line.corners
    run = (bx - ax) * page.width
    return (by - ay) * page.height / run if abs(run) > 1.0 else 0.0


def _slope(cells: Sequence[Cell]) -> float:
    """Estimates how far rows sink to the right, by the sharpest profile of row middles."""
    if len(cells) < 6:
        return 0.0
    unit = median(cell.height for cell in cells) / 3.0

    def sharpness(slope: float) -> float:
        counts: dict[int, int] = {}
        for cell in cells:
            level = (cell.middle - slope * (cell.x1 + cell.x2) / 2.0) / unit
            low = int(level // 1)
            counts[low] = counts.get(low, 0) + 1
            counts[low + 1] = counts.get(low + 1, 0) + 1
        return sum(count * count for count in counts.values())

    level = sharpness(0.0)
    best = max(_SLOPES, key=lambda slope: (sharpness(slope), -abs(slope)))
    return best if sharpness(best) > 1.08 * level else 0.0
