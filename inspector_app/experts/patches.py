"""From an image to patch embeddings: size, levels on one grid, neighbourhood average, whitening.

Source: PatchCore (Roth et al., CVPR 2022), section 3.1, locally aware patch features.  Whitening
of the concatenated levels is ours: measured, it gains a little on average (docs/notes.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]

_MULTIPLE = 32


@dataclass(frozen=True, slots=True)
class Patches:
    """Patch embeddings of one image.

    Attributes:
        values: ``[h * w, C]`` float32, row by row.
        shape: ``(h, w)`` cells.
        levels: The feature levels they were made from, ``[C, h, w]`` each, finest first.
    """

    values: FloatArray
    shape: tuple[int, int]
    levels: tuple[FloatArray, ...]


def as_rgb(image: ImageArray) -> ImageArray:
    """Accept grey ``[H, W]``, ``[H, W, 1]``, RGB and RGBA; give RGB ``[H, W, 3]``.

    Raises:
        ValueError: Not an image, empty, or not 8-bit.
    """
    array = np.asarray(image)
    if array.dtype != np.uint8:
        raise ValueError(f"an 8-bit image is needed, not {array.dtype}")
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3 or array.shape[2] not in (1, 3, 4) or array.size == 0:
        raise ValueError(f"not an image: shape {np.asarray(image).shape}")
    if array.shape[2] == 1:
        array = np.repeat(array, 3, axis=2)
    return np.ascontiguousarray(array[:, :, :3])


def target_shape(height: int, width: int, input_size: int, keep_aspect: bool) -> tuple[int, int]:
    """Height and width in pixels to work at: about ``input_size`` squared in area.

    Sides are multiples of 32; the aspect ratio is limited to 8:1.
    """
    if not keep_aspect:
        side = max(_MULTIPLE, round(input_size / _MULTIPLE) * _MULTIPLE)
        return side, side
    ratio = float(np.clip((height / width) ** 0.5, 8**-0.5, 8**0.5))
    rows = max(1, round(input_size * ratio / _MULTIPLE))
    columns = max(1, round(input_size / ratio / _MULTIPLE))
    return rows * _MULTIPLE, columns * _MULTIPLE


def resize(image: ImageArray, shape: tuple[int, int]) -> ImageArray:
    """Resize RGB ``[H, W, 3]`` to ``shape`` (height, width); area averaging when it shrinks."""
    import cv2

    height, width = shape
    if image.shape[:2] == (height, width):
        return image
    shrinks = image.shape[0] * image.shape[1] > height * width
    mode = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (width, height), interpolation=mode), np.uint8)


def even_brightness(image: ImageArray, target: float = 115.0) -> ImageArray:
    """Scale RGB ``[H, W, 3]`` so that the median grey value is ``target`` (0..255)."""
    middle = max(float(np.median(image.mean(axis=2))), 8.0)
    return np.clip(image.astype(np.float32) * (target / middle), 0, 255).astype(np.uint8)


@lru_cache(maxsize=256)
def grid_operator(cells_in: int, cells_out: int) -> FloatArray:
    """Matrix ``[out, in]``: average over three neighbours, then linear resampling.

    At the border the average takes the cells that exist.  Applied from both sides to a level
    ``[C, h, w]`` it gives the 3x3 neighbourhood average on the common grid.
    """
    average = np.zeros((cells_in, cells_in), np.float64)
    for cell in range(cells_in):
        low, high = max(0, cell - 1), min(cells_in, cell + 2)
        average[cell, low:high] = 1.0 / (high - low)
    resample = np.zeros((cells_out, cells_in), np.float64)
    for cell in range(cells_out):
        place = float(np.clip((cell + 0.5) * cells_in / cells_out - 0.5, 0, cells_in - 1))
        low = int(place)
        resample[cell, low] += 1.0 - (place - low)
        if place > low:
            resample[cell, low + 1] += place - low
    operator = np.asarray(resample @ average, np.float32)
    operator.setflags(write=False)
    return operator


def assemble(levels: Sequence[FloatArray], grid: int) -> Patches:
    """Bring the levels of one image onto the grid of ``levels[grid]`` and concatenate them.

    Args:
        levels: ``[C, h, w]`` arrays, finest first.
        grid: Which of them gives the grid.

    Returns:
        Embeddings with the sum of the channels.
    """
    height, width = levels[grid].shape[1:]
    parts = []
    for level in levels:
        rows = grid_operator(level.shape[1], height)
        columns = grid_operator(level.shape[2], width)
        parts.append((rows @ level @ columns.T).reshape(level.shape[0], height * width))
    values = np.ascontiguousarray(np.concatenate(parts).T, np.float32)
    return Patches(values, (int(height), int(width)), tuple(levels))


class Moments:
    """Running count, sum and product sum of patches, in float64; they add and subtract."""

    __slots__ = ("count", "products", "total")

    def __init__(self, width: int) -> None:
        """Empty moments of vectors with ``width`` values."""
        self.count = 0
        self.total = np.zeros(width, np.float64)
        self.products = np.zeros((width, width), np.float64)

    def add(self, values: FloatArray) -> None:
        """Take ``[N, C]`` in."""
        self.count += len(values)
        self.total += values.sum(axis=0, dtype=np.float64)
        self.products += values.T @ values

    def merged(self, others: Sequence[Moments]) -> Moments:
        """Sum of these and ``others``; neither is changed."""
        result = Moments(len(self.total))
        for part in (self, *others):
            result.count += part.count
            result.total += part.total
            result.products += part.products
        return result


@dataclass(frozen=True, slots=True)
class Whitening:
    """Affine map to decorrelated features of about unit variance.

    Attributes:
        mean: ``[C]``.
        matrix: ``[C, K]``.
    """

    mean: FloatArray
    matrix: FloatArray

    def __call__(self, values: FloatArray) -> FloatArray:
        """Map ``[N, C]`` to ``[N, K]``."""
        return np.asarray((values - self.mean) @ self.matrix, np.float32)


def make_whitening(moments: Moments, epsilon: float, components: int, enabled: bool) -> Whitening:
    """Whitening from moments.

    Args:
        moments: Of good patches.
        epsilon: Added to each variance, as a share of the mean variance.
        components: Strongest directions kept; 0 keeps all.
        enabled: False gives plain centring.

    Raises:
        ValueError: No patches.
    """
    if moments.count == 0:
        raise ValueError("no patches to learn from")
    mean = moments.total / moments.count
    width = len(mean)
    if not enabled:
        return Whitening(mean.astype(np.float32), np.eye(width, dtype=np.float32))
    covariance = moments.products / moments.count - np.outer(mean, mean)
    variances, directions = np.linalg.eigh((covariance + covariance.T) / 2)
    variances, directions = np.maximum(variances[::-1], 0.0), directions[:, ::-1]
    floor = max(epsilon * float(variances.mean()), 1e-12)
    keep = width if components <= 0 else min(components, width)
    matrix = directions[:, :keep] / np.sqrt(variances[:keep] + floor)
    return Whitening(mean.astype(np.float32), np.ascontiguousarray(matrix, np.float32))
