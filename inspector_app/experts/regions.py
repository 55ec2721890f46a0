"""Boxes from an anomaly map: connected components over a limit, near ones merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Box = tuple[int, int, int, int]

_ECHO = 0.7  # share of the map's height under which a component beside a higher one is dropped


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
    sharpness: float = 0.0,
) -> list[Region]:
    """Turn a map into boxes.

    A strong defect spreads over its neighbours' cells, and the component over the limit is then
    many times its size.  ``sharpness`` cuts each component at a share of its own height.

    Args:
        heat: ``[H, W]`` map; NaN counts as not over the limit.
        limit: Pixels strictly over it belong to a region (8-connected).
        min_area: Regions with fewer pixels over the limit, after merging, are dropped.
        merge_gap: Boxes whose gap is at most this many pixels in x and in y become one.
        max_regions: Strongest regions kept.
        sharpness: Each component keeps only its pixels over this share of the way from the map's
            median to the component's peak, 0..1; 0 keeps them all.  Components whose peak does
            not reach 70 % of the way to the map's peak are then dropped: beside a strong defect
            they are its echo or noise.

    Returns:
        Regions, highest score first.

    Raises:
        ValueError: ``heat`` is not two-dimensional.
    """
    if heat.ndim != 2:
        raise ValueError(f"a map has two dimensions, not {heat.ndim}")
    if heat.size == 0:
        return []
    values = np.nan_to_num(heat, nan=-np.inf)
    over = (values > limit).astype(np.uint8)
    count, labels, stats, peaks = _components(values, over)
    if count <= 1:
        return []
    if sharpness > 0:
        middle = float(np.nanmedian(heat))
        cuts = np.maximum(limit, middle + sharpness * (peaks - middle))
        cuts[peaks - middle < _ECHO * (float(values.max()) - middle)] = np.inf
        cuts[0] = np.inf
        # ">=" here, so that a peak is never lost to rounding; all lie over the limit already.
        over = ((over > 0) & (values >= cuts[labels])).astype(np.uint8)
        count, labels, stats, peaks = _components(values, over)
    found: list[Region] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        found.append(Region((x, y, x + width, y + height), float(peaks[index]), area))
    if len(found) > 4 * max_regions:  # a speckled map: merging is quadratic
        found = sorted(found, key=lambda region: -region.area)[: 4 * max_regions]
    merged = [region for region in _merge(found, merge_gap) if region.area >= min_area]
    merged.sort(key=lambda region: (-region.score, region.box))
    return merged[:max_regions]


def _components(
    heat: FloatArray, over: NDArray[np.uint8]
) -> tuple[int, NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """8-connected components: count, labels ``[H, W]``, OpenCV's stats, peak of each; 0 is none."""
    import cv2

    count, found, stats, _ = cv2.connectedComponentsWithStats(over, connectivity=8)
    labels = np.asarray(found, np.int64)
    peaks = np.full(count, -np.inf)
    inside = labels > 0
    np.maximum.at(peaks, labels[inside], heat[inside])
    return count, labels, np.asarray(stats, np.int64), peaks


def display_limit(heat: FloatArray, limit: float, share: float = 0.7) -> float:
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
