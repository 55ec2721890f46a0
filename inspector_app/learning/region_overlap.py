"""Per-region overlap: how well every defect is covered, small ones as much as large ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

_CONNECTED = np.ones((3, 3), int)  # 8 neighbours


@dataclass(frozen=True, slots=True)
class RegionHistograms:
    """Scores of one image over common bins.

    Attributes:
        negative: `[bins]`, pixels outside of every defect.
        regions: One `[bins]` for every connected region of the mask.
    """

    negative: np.ndarray
    regions: tuple[np.ndarray, ...]


def region_histograms(
    heat: np.ndarray, mask: np.ndarray, low: float, high: float, bins: int = 4096
) -> RegionHistograms:
    """Counts the scores of one image.

    Args:
        heat: `[h, w]` floats, larger means more defective.
        mask: `[h, w]` booleans, true where defective.
        low: Of the scores of all images.
        high: Likewise.
        bins: Of the histograms; scores within one count as equal.
    """
    from scipy import ndimage

    cells = np.clip((heat - low) * (bins / max(high - low, 1e-12)), 0, bins - 1).astype(np.int64)
    labels, count = cast("tuple[np.ndarray, int]", ndimage.label(mask, structure=_CONNECTED))
    found = tuple(
        np.bincount(cells[labels == number], minlength=bins) for number in range(1, count + 1)
    )
    return RegionHistograms(np.bincount(cells[~mask], minlength=bins), found)


def au_pro(images: Sequence[RegionHistograms], most_false: float = 0.3) -> float:
    """Area under the per-region overlap curve, normalised (Bergmann et al. 2021, MVTec AD).

    Args:
        images: Good ones too: their pixels are negative.
        most_false: Largest share of false pixels up to which the curve is integrated.

    Returns:
        0..1; NaN without a defect or without a good pixel.
    """
    regions = [region for image in images for region in image.regions]
    negative = np.sum([image.negative for image in images], axis=0) if images else np.zeros(1)
    if not regions or not negative.sum():
        return float("nan")
    overlap = np.mean([_share_above(region) for region in regions], axis=0)
    false = _share_above(negative)
    inside = false <= most_false
    x, y = false[inside], overlap[inside]
    if x[-1] < most_false:  # up to the limit itself
        x = np.append(x, most_false)
        y = np.append(y, np.interp(most_false, false, overlap))
    return float(np.trapezoid(y, x) / most_false)


def _share_above(histogram: np.ndarray) -> np.ndarray:
    """Share of pixels at or above each bin's lower edge, highest edge first, from 0 to 1."""
    return np.concatenate([[0.0], np.cumsum(histogram[::-1]) / histogram.sum()])
