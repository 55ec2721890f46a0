"""The line where a map crosses a limit: marching squares over eight-bit cells, no array library."""

from __future__ import annotations

import itertools
import re

Point = tuple[float, float]
_Edge = tuple[int, int, int]  # 0 horizontal or 1 vertical, column, row of its first cell

_MIXED = re.compile(rb"[\x01-\x0e]")
# Corner bits: 1 top left, 2 top right, 4 bottom right, 8 bottom left. Sides: top, right, bottom,
# left. The two saddles (5, 10) are kept apart: touching corners count as two regions.
_TOP, _RIGHT, _BOTTOM, _LEFT = range(4)
_SEGMENTS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_LEFT, _TOP),),
    2: ((_TOP, _RIGHT),),
    3: ((_LEFT, _RIGHT),),
    4: ((_RIGHT, _BOTTOM),),
    5: ((_LEFT, _TOP), (_RIGHT, _BOTTOM)),
    6: ((_TOP, _BOTTOM),),
    7: ((_LEFT, _BOTTOM),),
    8: ((_BOTTOM, _LEFT),),
    9: ((_BOTTOM, _TOP),),
    10: ((_TOP, _RIGHT), (_BOTTOM, _LEFT)),
    11: ((_BOTTOM, _RIGHT),),
    12: ((_RIGHT, _LEFT),),
    13: ((_RIGHT, _TOP),),
    14: ((_TOP, _LEFT),),
}


def contour(cells: bytes, width: int, height: int, level: float) -> list[list[Point]]:
    """Returns the lines where the cells cross a level.

    A cell's value sits in its middle. Lines that reach the border of the map end on it.

    Args:
        cells: `width * height` values 0..255, row by row.
        width: Columns.
        height: Rows.
        level: The level in units of the cells; a cell is inside when its value is above it.

    Returns:
        Polylines of points in cell units, `0..width` and `0..height`; a closed line repeats its
        first point at its end.
    """
    if width < 1 or height < 1:
        return []
    grid = _Grid(cells, width, height, level)
    return [[grid.point(edge) for edge in line] for line in _joined(grid.segments())]


class _Grid:
    """The cells with each border cell repeated once outwards."""

    def __init__(self, cells: bytes, width: int, height: int, level: float) -> None:
        self._width, self._height, self._level = width, height, level
        rows = [cells[y * width : (y + 1) * width] for y in range(height)]
        padded = [row[:1] + row + row[-1:] for row in rows]
        self._rows = [padded[0], *padded, padded[-1]]

    def segments(self) -> list[tuple[_Edge, _Edge]]:
        inside = bytes(1 if value > self._level else 0 for value in range(256))
        # One byte a cell: whole rows are combined as single big integers.
        masks = [int.from_bytes(row.translate(inside), "little") for row in self._rows]
        found: list[tuple[_Edge, _Edge]] = []
        count = self._width + 1
        keep = (1 << 8 * count) - 1
        for y, (top, bottom) in enumerate(itertools.pairwise(masks)):
            codes = (top & keep) | (top >> 8) << 1 | (bottom >> 8) << 2 | (bottom & keep) << 3
            if not codes:
                continue
            line = codes.to_bytes(count + 1, "little")
            for match in _MIXED.finditer(line, 0, count):
                x = match.start()
                sides = ((0, x, y), (1, x + 1, y), (0, x, y + 1), (1, x, y))
                for a, b in _SEGMENTS[line[x]]:
                    found.append((sides[a], sides[b]))
        return found

    def point(self, edge: _Edge) -> Point:
        kind, x, y = edge
        first = self._rows[y][x]
        second = self._rows[y + kind][x + 1 - kind]
        # The two ends lie on different sides of the level, so they differ.
        part = (self._level - first) / (second - first)
        # Padding moved everything by one, and a value sits in the middle of its cell.
        px, py = x - 0.5 + part * (1 - kind), y - 0.5 + part * kind
        return min(max(px, 0.0), float(self._width)), min(max(py, 0.0), float(self._height))


def _joined(segments: list[tuple[_Edge, _Edge]]) -> list[list[_Edge]]:
    # Every segment runs with the inside on the same hand, so an edge begins at most one segment
    # and ends at most one.
    after = dict(segments)
    ends = set(after.values())
    starts = [a for a in after if a not in ends]
    lines: list[list[_Edge]] = []
    for first in [*starts, *after]:
        if first not in after:
            continue
        line = [first]
        while line[-1] in after:
            line.append(after.pop(line[-1]))
        lines.append(line)
    return lines
