"""Which way the lines of a page run, told by the shapes of the lines that were found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ELONGATED = 2.0
_BIN = 3.0
_NEAR = 6.0


def line_direction(corners: NDArray[np.float32]) -> float:
    """Returns where most lines run to, up to half a turn.

    Args:
        corners: `[n, 4, 2]` of the lines, clockwise, in pixels.

    Returns:
        Degrees in -90..90, 0 to the right, y pointing down; 0 when no line is long enough to tell.
    """
    if not len(corners):
        return 0.0
    first = corners[:, 1] - corners[:, 0]
    second = corners[:, 2] - corners[:, 1]
    lengths = np.stack([np.hypot(*first.T), np.hypot(*second.T)])
    along = np.where((lengths[0] >= lengths[1])[:, np.newaxis], first, second)
    long, short = lengths.max(0), np.maximum(1, lengths.min(0))
    weights = np.where(long >= _ELONGATED * short, long, 0)
    if weights.sum() == 0:
        return 0.0
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 180
    # Peak of a circular histogram, smoothed over its neighbours, then the median around it.
    bins = round(180 / _BIN)
    counts = np.bincount((angles / _BIN).astype(int) % bins, weights, bins)
    counts = counts + np.roll(counts, 1) + np.roll(counts, -1)
    peak = (int(counts.argmax()) + 0.5) * _BIN
    apart = (angles - peak + 90) % 180 - 90
    near = (np.abs(apart) <= _NEAR) & (weights > 0)
    order = np.argsort(apart[near])
    summed = np.cumsum(weights[near][order])
    middle = int(np.searchsorted(summed, summed[-1] / 2))
    found = peak + float(apart[near][order][middle])
    return (found + 90) % 180 - 90
