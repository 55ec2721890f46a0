"""Tolerant difference of two registered images and the search for differing regions in it.

Two small effects must not count as a difference: an edge that lies a little off (print spread,
threshold, blur) and a part of the image that lies a little off as a whole (lens, paper, play).
The first is met by comparing each pixel with the range of the other image in a small
neighbourhood, in both directions; the second by trying small shifts of the golden image and
keeping, for each place, the shift whose difference is least over a window. The first idea is
grey-scale morphology (Serra, 1982), the second plain block matching.

OpenCV is imported inside the functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
FloatImage = NDArray[np.float32]
Mask = NDArray[np.bool_]

BRIGHTNESS_MODES: Final = ("none", "global", "local")


@dataclass(frozen=True, slots=True)
class Region:
    """One differing region.

    Attributes:
        box: x1, y1, x2, y2 of the differing pixels, in pixels, x2 and y2 outside.
        score: sum of the heat over the region, in pixels of full contrast.
        area: differing pixels.
    """

    box: tuple[float, float, float, float]
    score: float
    area: float


def match_brightness(image: Bytes, golden: Bytes, valid: Mask, mode: str) -> Bytes:
    """Give the golden image the brightness of the part image.

    "global" fits gain and offset per channel by least squares, twice, the second time without
    the worst tenth of the pixels (so that a defect does not pull the fit). "local" also takes
    out the slow rest of the difference (Gaussian of one sixteenth of the longest side).

    Args:
        image: uint8 [H, W, C].
        golden: uint8 [H, W, C], registered to the image.
        valid: bool [H, W], the pixels that count.
        mode: "none", "global" or "local".

    Returns:
        uint8 [H, W, C], the matched golden image.
    """
    if mode == "none" or int(valid.sum()) < 16:
        return golden
    import cv2

    result = np.empty_like(golden)
    step = max(1, int(np.sqrt(valid.size / 250_000)))
    rows = valid[::step, ::step]
    for channel in range(golden.shape[2]):
        known = golden[::step, ::step, channel][rows].astype(np.float64)
        seen = image[::step, ::step, channel][rows].astype(np.float64)
        gain, offset = _gain_offset(known, seen)
        rest = np.abs(known * gain + offset - seen)
        kept = rest <= np.quantile(rest, 0.9)
        gain, offset = _gain_offset(known[kept], seen[kept])
        table = np.clip(np.arange(256) * gain + offset, 0, 255).round().astype(np.uint8)
        result[:, :, channel] = table[golden[:, :, channel]]
    if mode == "local":
        sigma = max(4.0, max(valid.shape) / 16.0)
        weight = cv2.GaussianBlur(valid.astype(np.float32), (0, 0), sigma) + 1e-3
        difference = np.clip(image.astype(np.float32) - result, -24.0, 24.0)
        difference *= valid[:, :, None]
        slow = cv2.GaussianBlur(difference, (0, 0), sigma).reshape(result.shape)
        matched = np.clip(result + slow / weight[:, :, None], 0, 255)
        result = matched.round().astype(np.uint8)
    return result


def _gain_offset(known: NDArray[np.float64], seen: NDArray[np.float64]) -> tuple[float, float]:
    """Fit seen = gain * known + offset, the gain kept between one third and three."""
    if known.size < 8:
        return 1.0, 0.0
    spread = float(known.var())
    gain = 1.0
    if spread > 4.0:
        gain = float(np.mean((known - known.mean()) * (seen - seen.mean()))) / spread
        gain = min(3.0, max(1.0 / 3.0, gain))
    return gain, float(seen.mean() - gain * known.mean())


def _disc(radius: float) -> Bytes:
    """Return a disc-shaped structuring element, uint8 [2 r + 1, 2 r + 1]."""
    reach = int(np.floor(radius))
    axis = np.arange(-reach, reach + 1)
    inside = axis[:, None] ** 2 + axis[None, :] ** 2 <= radius * radius + 1e-6
    return inside.astype(np.uint8)


def _shifts(radius: float) -> list[tuple[int, int]]:
    """Return the whole-pixel shifts within a radius, the shortest first."""
    reach = int(np.floor(radius))
    axis = range(-reach, reach + 1)
    pairs = [(x, y) for y in axis for x in axis if x * x + y * y <= radius * radius + 1e-6]
    return sorted(pairs, key=lambda pair: (pair[0] ** 2 + pair[1] ** 2, pair))


def _one_channel(excess: Bytes) -> Bytes:
    """Return the largest value over the channels, uint8 [H, W]."""
    if excess.ndim == 2:
        return excess
    return np.asarray(excess.max(axis=2), np.uint8)


def _cut(array: Bytes, shift: tuple[int, int], border: int) -> Bytes:
    """Return the window of a padded array that a shift (x, y) selects."""
    x, y = shift
    height, width = array.shape[0] - 2 * border, array.shape[1] - 2 * border
    return array[border - y : border - y + height, border - x : border - x + width]


def tolerant_difference(
    image: Bytes,
    golden: Bytes,
    tolerance: float,
    search: float,
    window: float,
) -> Bytes:
    """Measure by how many grey levels two registered images differ beyond the tolerances.

    Args:
        image: uint8 [H, W] or [H, W, C].
        golden: uint8, the same shape.
        tolerance: radius, in pixels, within which an edge may lie off.
        search: radius, in pixels, within which a place as a whole may lie off.
        window: side, in pixels, of the window that one shift must explain.

    Returns:
        uint8 [H, W], the largest difference over the channels.
    """
    import cv2

    kernel = _disc(tolerance)
    border = int(np.floor(search))
    image_low, image_high = cv2.erode(image, kernel), cv2.dilate(image, kernel)
    padded = np.asarray(
        cv2.copyMakeBorder(golden, border, border, border, border, cv2.BORDER_REPLICATE), np.uint8
    )
    padded_low = np.asarray(cv2.erode(padded, kernel), np.uint8)
    padded_high = np.asarray(cv2.dilate(padded, kernel), np.uint8)
    side = max(1, round(window)) | 1
    best: Bytes | None = None
    best_cost: FloatImage | None = None
    for shift in _shifts(search):
        low, high = _cut(padded_low, shift, border), _cut(padded_high, shift, border)
        moved = _cut(padded, shift, border)
        excess = cv2.max(cv2.subtract(image, high), cv2.subtract(low, image))
        excess = cv2.max(excess, cv2.subtract(moved, image_high))
        most = cv2.max(excess, cv2.subtract(image_low, moved))
        flat = _one_channel(np.asarray(most, np.uint8))
        if border == 0:
            return flat
        pooled = cv2.boxFilter(flat, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REPLICATE)
        cost = np.asarray(pooled, np.float32)
        if best is None or best_cost is None:
            best, best_cost = flat, cost
            continue
        better = cost < best_cost - 1e-3
        best = np.where(better, flat, best)
        best_cost = np.where(better, cost, best_cost)
    if best is None:
        raise ValueError("search radius must not be negative")
    return best


def noise_level(image: Bytes, golden: Bytes, valid: Mask) -> float:
    """Return the robust standard deviation of image minus golden image, in grey levels.

    The figure is 1.4826 times the median absolute deviation, the largest over the channels.
    """
    if int(valid.sum()) < 16:
        return 0.0
    step = max(1, int(np.sqrt(valid.size / 250_000)))
    rows = valid[::step, ::step]
    rest = image[::step, ::step][rows].astype(np.float32)
    rest -= golden[::step, ::step][rows]
    middle = np.median(rest, axis=0)
    return float(1.4826 * np.max(np.median(np.abs(rest - middle), axis=0)))


def find_regions(
    heat: FloatImage,
    low: float,
    high: float,
    min_area: float,
    merge: float,
) -> tuple[Region, ...]:
    """Threshold a heat map with hysteresis and gather the pixels to regions.

    Args:
        heat: float32 [H, W], 0 to 1.
        low: heat from which a pixel belongs to a region.
        high: heat that at least one pixel of each blob must reach.
        min_area: smallest blob kept, in pixels.
        merge: gap, in pixels, up to which blobs become one region.

    Returns:
        The regions, the highest score first.
    """
    import cv2

    weak = (heat >= low).astype(np.uint8)
    if not weak.any():
        return ()
    count, found_labels, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)
    labels = np.asarray(found_labels, np.int64)
    strong = np.zeros(count, np.bool_)
    strong[np.unique(labels[heat >= high])] = True
    strong &= stats[:, cv2.CC_STAT_AREA] >= min_area
    strong[0] = False
    kept = strong[labels]
    if not kept.any():
        return ()
    joined = kept.astype(np.uint8)
    if merge >= 1.0:
        joined = cv2.dilate(joined, _disc(merge / 2.0 + 0.5))
    groups, group_labels = cv2.connectedComponents(joined, connectivity=8)
    group_of = np.asarray(group_labels, np.int64)
    rows, columns = np.nonzero(kept)
    member = group_of[rows, columns]
    scores = np.bincount(member, heat[rows, columns], groups)
    areas = np.bincount(member, minlength=groups)
    x1, y1 = np.full(groups, np.inf), np.full(groups, np.inf)
    x2, y2 = np.zeros(groups), np.zeros(groups)
    np.minimum.at(x1, member, columns)
    np.minimum.at(y1, member, rows)
    np.maximum.at(x2, member, columns + 1)
    np.maximum.at(y2, member, rows + 1)
    found = [
        Region(
            (float(x1[i]), float(y1[i]), float(x2[i]), float(y2[i])),
            float(scores[i]),
            float(areas[i]),
        )
        for i in range(1, groups)
        if areas[i] > 0
    ]
    return tuple(sorted(found, key=lambda region: (-region.score, region.box)))
