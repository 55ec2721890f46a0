"""Tables under a row of heads: which rows belong to one, and which cell to which column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from inspector_app.parsing.documents.layout import Cell, Row
from inspector_app.parsing.documents.pairs import split_key
from inspector_app.parsing.documents.receipt_words import find_anchor

_WIDE_GAP = 2.2  # of the usual distance of rows: what is farther down is no row of the table
_LIKE = 0.74

Cells = tuple[Cell, ...]


def find_table(
    rows: Sequence[Row], count: int, likeness: Callable[[int, str], float]
) -> list[tuple[Cells, ...]]:
    """Finds the rows of a table.

    The row of heads is the one that names most columns, at least two, or the only one.

    Args:
        rows: Of the document.
        count: Columns wanted.
        likeness: How like a head is to a column, 0..1, by its number.

    Returns:
        For every row the cells of each column wanted; empty without a row of heads.
    """
    best: tuple[float, int, dict[int, int]] | None = None
    for number, row in enumerate(rows):
        heads = _heads(row, count, likeness)
        points = float(len(heads))
        if len(heads) >= min(2, count) and (best is None or points > best[0]):
            best = points, number, heads
    if best is None:
        return []
    _, number, heads = best
    found: list[tuple[Cells, ...]] = []
    for row in _body(rows, number):
        parts: list[list[Cell]] = [[] for _ in range(count)]
        for cell in row.cells:
            wanted = heads.get(_column(cell, rows[number].cells))
            if wanted is not None:
                parts[wanted].append(cell)
        found.append(tuple(tuple(part) for part in parts))
    return found


def _heads(row: Row, count: int, likeness: Callable[[int, str], float]) -> dict[int, int]:
    """Which cell of a row is the head of which column, the likest first, each once."""
    pairs = sorted(
        (
            (likeness(column, cell.text.strip(" .:#")), -place, column)
            for place, cell in enumerate(row.cells)
            for column in range(count)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for points, place, column in pairs:
        if points >= _LIKE and -place not in found and column not in found.values():
            found[-place] = column
    return found


def _body(rows: Sequence[Row], head: int) -> list[Row]:
    """The rows below a row of heads, as far as they look like rows of one table."""
    body: list[Row] = []
    above = rows[head]
    for row in rows[head + 1 :]:
        steps = [b.top - a.top for a, b in pairwise([rows[head], *body])]
        usual = median(steps) if steps else 3.0 * rows[head].height
        if row.page != above.page or row.top - above.top > _WIDE_GAP * usual:
            break
        first, *more = row.cells
        if len(more) <= 1 and (_is_sum(first.text) or split_key(first.text)[1]):
            break
        body.append(row)
        above = row
    return body


def _is_sum(text: str) -> bool:
    anchor = find_anchor(text)
    return anchor is not None and anchor.kind != "none"


def _column(cell: Cell, heads: Sequence[Cell]) -> int:
    """The number of the head that a cell stands under: by overlap, else by the nearest edge."""

    def fit(head: Cell) -> float:
        shared = min(cell.x2, head.x2) - max(cell.x1, head.x1)
        if shared > 0:
            return shared
        middle = abs((cell.x1 + cell.x2) - (head.x1 + head.x2)) / 2.0
        return -min(abs(cell.x1 - head.x1), abs(cell.x2 - head.x2), middle)

    return max(range(len(heads)), key=lambda number: fit(heads[number]))
