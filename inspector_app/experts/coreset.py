"""Greedy k-centre coreset with a random projection, as PatchCore thins its memory bank.

Source: Roth et al. (PatchCore), CVPR 2022, algorithm 1: minimax facility location, solved
greedily, distances measured after a Johnson-Lindenstrauss projection.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IndexArray = NDArray[np.int64]


class StoppedError(Exception):
    """The caller's ``stop`` asked for an end."""


def greedy_coreset(
    points: FloatArray,
    size: int,
    seed: int = 0,
    projection: int = 64,
    stop: Callable[[], bool] | None = None,
) -> IndexArray:
    """Choose ``size`` points such that every point has a chosen one close by.

    Args:
        points: ``[N, C]``.
        size: Points wanted; all N come back when ``size >= N``.
        seed: Seed of the projection and of the first point.
        projection: Dimensions to measure in; 0, or C and more, means no projection.
        stop: Asked every 256 points; true ends the search.

    Returns:
        ``[min(size, N)]`` indices, in the order chosen (so a prefix is a coarser coreset).

    Raises:
        ValueError: ``size`` is under 1 or ``points`` is empty.
        StoppedError: ``stop`` returned true.
    """
    if size < 1 or points.ndim != 2 or len(points) == 0:
        raise ValueError("a coreset needs points and a size of at least 1")
    if size >= len(points):
        return np.arange(len(points), dtype=np.int64)
    rng = np.random.default_rng(seed)
    values = np.ascontiguousarray(points, np.float32)
    if 0 < projection < values.shape[1]:
        matrix = rng.standard_normal((values.shape[1], projection)).astype(np.float32)
        values = values @ (matrix / np.float32(np.sqrt(projection)))
    half_norms = np.einsum("nc,nc->n", values, values) * np.float32(0.5)
    chosen = np.empty(size, np.int64)
    current = int(rng.integers(len(values)))
    # Half the squared distance to the nearest chosen point; enough for comparing.
    gaps = np.full(len(values), np.inf, np.float32)
    for position in range(size):
        if stop is not None and position % 256 == 0 and stop():
            raise StoppedError
        chosen[position] = current
        distance = half_norms + half_norms[current] - values @ values[current]
        np.minimum(gaps, distance, out=gaps)
        gaps[current] = -np.inf  # never twice, whatever the rounding
        current = int(gaps.argmax())
    return chosen
