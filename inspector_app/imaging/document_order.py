"""Order in which pieces of text are read: rows from top to bottom, pieces from left to right."""

from __future__ import annotations

import math
from collections.abc import Sequence

_SHARED_HEIGHT = 0.5
_SHARED_WIDTH = 0.3
_REACH = 60.0  # heights of a piece at which distance outweighs standing level

Extent = tuple[float, float, float, float]


def rows(extents: Sequence[Extent]) -> list[list[int]]:
    """Puts pieces of one visual row together.

    A piece belongs to a row when it shares half of its height with the piece of that row that lies
    nearest to it, so rows may bend with the paper.

    Args:
        extents: `x1, y1, x2, y2` of every piece on an upright page.

    Returns:
        Rows from top to bottom; in each the places in `extents` from left to right.
    """
    found: list[list[int]] = []
    for n in sorted(range(len(extents)), key=lambda n: extents[n][1] + extents[n][3]):
        best, best_fit = None, -math.inf
        for row in found:
            if any(_above(extents[n], extents[other]) for other in row):
                continue
            nearest = min(row, key=lambda other: _gap(extents[n], extents[other]))
            shared = _shared_height(extents[n], extents[nearest])
            height = max(1e-9, extents[n][3] - extents[n][1])
            fit = shared - max(0.0, _gap(extents[n], extents[nearest])) / (_REACH * height)
            if shared >= _SHARED_HEIGHT and fit > best_fit:
                best, best_fit = row, fit
        if best is None:
            found.append([n])
        else:
            best.append(n)
    for row in found:
        row.sort(key=lambda n: extents[n][0])
    found.sort(key=lambda row: sum(extents[n][1] + extents[n][3] for n in row) / len(row))
    return found


def _gap(one: Extent, other: Extent) -> float:
    return max(one[0], other[0]) - min(one[2], other[2])


def _above(one: Extent, other: Extent) -> bool:
    """Whether two pieces lie over one another rather than side by side."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared > _SHARED_WIDTH * min(one[2] - one[0], other[2] - other[0])


def _shared_height(one: Extent, other: Extent) -> float:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared / max(1e-9, min(one[3] - one[1], other[3] - other[1]))
