"""Memory-bank anomaly detector: the public face.

Fit a bank on good images with :func:`fit`, keep it with :meth:`MemoryBank.save`, and score images
with :class:`AnomalyExpert`.  Source: PatchCore, Roth et al., CVPR 2022, with whitened features,
a whole-image part of the score and cross-fitted held-back scores added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .backbones import FeatureExtractor
from .bank import PARTS, BankError, MemoryBank
from .coreset import StoppedError
from .fitting import FitError, FitResult, crop_box, embed, fit
from .patches import as_rgb
from .settings import AnomalySettings, SettingsError

__all__ = [
    "PARTS",
    "AnomalyExpert",
    "AnomalyResult",
    "AnomalySettings",
    "BankError",
    "FitError",
    "FitResult",
    "MemoryBank",
    "SettingsError",
    "StoppedError",
    "fit",
    "score_region",
]

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class AnomalyResult:
    """Result for one image.

    Attributes:
        score: Weighted mean of the standardised parts; 0 is the typical held-back good image, 1 is
            one standard deviation of those worse.
        heat: ``[H, W]`` float32 at the image's resolution, in the score's unit: a heat of 3 says
            that this place alone is 3 standard deviations over the worst places of the typical
            held-back good image.  Outside ``frame`` it is the lowest value inside.
        parts: Standardised value of each of :data:`PARTS`.
        distances: ``[h, w]`` raw distance of each patch to the nearest golden entry.
        entries: ``[h, w]`` index of that entry in the bank.
        sources: ``[h, w]`` number of the golden image it came from.
        frame: Part of the image looked at, ``(x1, y1, x2, y2)`` in pixels; the grids lie over it.
    """

    score: float
    heat: FloatArray
    parts: dict[str, float]
    distances: FloatArray
    entries: NDArray[np.int64]
    sources: NDArray[np.int64]
    frame: tuple[int, int, int, int]

    def nearest_distance(self, box: Box) -> float:
        """Largest raw distance to the nearest golden entry among the patches that touch ``box``."""
        left, top, right, bottom = self.frame
        inside = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
        return float(_cells(self.distances, (bottom - top, right - left), inside).max())


class AnomalyExpert:
    """Scores images with a bank.  Calls do not change it; one call at a time per thread."""

    def __init__(self, bank: MemoryBank, extractor: FeatureExtractor) -> None:
        """Join a bank and the backbone it was fitted with.

        Raises:
            BankError: The backbone's file is not the one of the fit.
        """
        if extractor.digest != bank.digest:
            raise BankError(
                f"The memory bank was fitted with another backbone: {bank.settings.backbone} "
                f"{bank.digest}, not {extractor.backbone} {extractor.digest}."
            )
        self.bank = bank
        self.extractor = extractor

    def score(self, image: ImageArray) -> AnomalyResult:
        """Score one image.

        Args:
            image: RGB ``[H, W, 3]`` uint8 of any size (grey and RGBA are taken too).

        Raises:
            ValueError: Not an 8-bit image.
        """
        import cv2

        rgb = as_rgb(image)
        bank = self.bank
        raw = bank.score(embed(rgb, bank.settings, self.extractor))
        frame = crop_box(rgb.shape[0], rgb.shape[1], bank.settings)
        left, top, right, bottom = frame
        size = (right - left, bottom - top)
        inner = np.asarray(cv2.resize(bank.heat(raw), size, interpolation=cv2.INTER_LINEAR))
        heat = np.full(rgb.shape[:2], inner.min(), np.float32)
        heat[top:bottom, left:right] = inner.reshape(bottom - top, right - left)
        standardised = (np.array(raw.parts) - bank.part_centre) / bank.part_scale
        return AnomalyResult(
            bank.combine(raw.parts),
            heat,
            {name: float(value) for name, value in zip(PARTS, standardised, strict=True)},
            raw.distances,
            raw.indices,
            bank.model.sources[raw.indices],
            frame,
        )


def score_region(result: AnomalyResult, box: Box) -> float:
    """Highest map value inside a box.

    Args:
        result: Result of the image.
        box: ``(x1, y1, x2, y2)`` in pixels, x2 and y2 exclusive; clipped to the image, and at
            least one pixel is looked at.
    """
    return float(_cells(result.heat, result.heat.shape, box).max())


def _cells(grid: FloatArray, shape: tuple[int, ...], box: Box) -> FloatArray:
    """Cells of ``grid`` that a pixel box of an image of ``shape`` touches; never empty."""
    rows = _span(box[1], box[3], shape[0], grid.shape[0])
    columns = _span(box[0], box[2], shape[1], grid.shape[1])
    return grid[rows, columns]


def _span(low: float, high: float, pixels: int, cells: int) -> slice:
    """Slice of cells for a span of pixels."""
    if not np.isfinite(low) or not np.isfinite(high):
        raise ValueError("a box needs finite corners")
    first = int(np.clip(np.floor(low * cells / pixels), 0, cells - 1))
    last = int(np.clip(np.ceil(high * cells / pixels), first + 1, cells))
    return slice(first, last)
