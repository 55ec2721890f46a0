"""Boxes from an anomaly map: connected components over a limit, near ones merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """One place that stands out.

    Attributes:
        box: ``(x1, y1, x2, y2)`` in pixels of the image, x2 and y2 exclusive.
        score: Largest map value inside the region's components.
        area: Pixels over the limit.
    """

    box: Box
    score: float
    area: int


def regions(
    heat: FloatArray,
    limit: float,
    min_area: int = 9,
    merge_gap: int = 8,
    max_regions: int = 100,
) -> list[Region]:
    """Turn a map into boxes.

    Args:
        heat: ``[H, W]`` map; NaN counts as not over the limit.
        limit: Pixels strictly over it belong to a region (8-connected).
        min_area: Regions with fewer pixels over the limit, after merging, are dropped.
        merge_gap: Boxes whose gap is at most this many pixels in x and in y become one.
        max_regions: Strongest regions kept.

    Returns:
        Regions, highest score first.

    Raises:
        ValueError: ``heat`` is not two-dimensional.
    """
    if heat.ndim != 2:
        raise ValueError(f"a map has two dimensions, not {heat.ndim}")
    if heat.size == 0:
        return []
    import cv2

    over = (np.nan_to_num(heat, nan=-np.inf) > limit).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(over, connectivity=8)
    if count <= 1:
        return []
    labels = np.asarray(labels, np.int64)
    peaks = np.full(count, -np.inf, np.float32)
    inside = labels > 0
    np.maximum.at(peaks, labels[inside], heat[inside])
    found: list[Region] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        found.append(Region((x, y, x + width, y + height), float(peaks[index]), area))
    if len(found) > 4 * max_regions:  # a speckled map: merging is quadratic
        found = sorted(found, key=lambda region: -region.area)[: 4 * max_regions]
    merged = [region for region in _merge(found, merge_gap) if region.area >= min_area]
    merged.sort(key=lambda region: (-region.score, region.box))
    return merged[:max_regions]


def display_limit(heat: FloatArray, limit: float, share: float = 0.5) -> float:
    """Limit for drawing boxes on an image that the image score has flagged.

    The calibrated map limit is strict (it bounds the highest value of a whole good image), so a
    flagged image may have no pixel over it.  This gives the calibrated limit, or ``share`` of the
    way from the map's median to its highest value where that is lower.  It promises nothing: use
    it to show where to look, never to decide.
    """
    if heat.size == 0:
        return limit
    middle, highest = float(np.nanmedian(heat)), float(np.nanmax(heat))
    return min(limit, middle + share * (highest - middle))


def _merge(found: list[Region], gap: int) -> list[Region]:
    """Merge near boxes until none is near another."""
    pending = list(found)
    done: list[Region] = []
    while pending:
        current = pending.pop()
        for group in (pending, done):
            near = [other for other in group if _near(current.box, other.box, gap)]
            if near:
                for other in near:
                    group.remove(other)
                pending.append(_joined([current, *near]))
                break
        else:
            done.append(current)
    return done


def _near(a: Box, b: Box, gap: int) -> bool:
    """Whether the gap between two boxes is at most ``gap`` in x and in y."""
    return max(a[0], b[0]) - min(a[2], b[2]) <= gap and max(a[1], b[1]) - min(a[3], b[3]) <= gap


def _joined(group: list[Region]) -> Region:
    """One region around several."""
    boxes = np.array([region.box for region in group])
    x1, y1 = (int(value) for value in boxes[:, :2].min(axis=0))
    x2, y2 = (int(value) for value in boxes[:, 2:].max(axis=0))
    return Region(
        (x1, y1, x2, y2),
        max(region.score for region in group),
        sum(region.area for region in group),
    )
