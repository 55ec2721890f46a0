"""A linear patch classifier learnt from synthetic defects on golden images.

Good images are spoilt with small blobs, polygons and scratches (filled from elsewhere in the
image, darker, brighter, shifted or inverted).  A ridge regression in the whitened feature space
separates spoilt from clean patches.  It finds fine structure that the distance to a memory bank
misses when every good part differs (printed boards, random textures).  In the spirit of CutPaste
(Li et al., CVPR 2021) and DRAEM (Zavrtanik et al., ICCV 2021); the closed form is ours, and it
needs only moments of the two classes, so that leaving a fold out costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .patches import Moments, Whitening, grid_operator

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]

_DEFECT_SHARE = 0.12  # share of a cell that must be spoilt to count as defect
_RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Discriminant:
    """Linear score on raw features: ``x @ weights + bias``; -1 is clean, +1 is spoilt.

    Attributes:
        weights: ``[C]``.
        bias: ``[1]``.
    """

    weights: FloatArray
    bias: FloatArray

    def response(self, levels: Sequence[FloatArray]) -> FloatArray:
        """Score map ``[h, w]`` on the grid of the first level.

        Args:
            levels: ``[C, h, w]`` arrays, finest first; their channels sum to the weights' length.
        """
        height, width = levels[0].shape[1:]
        total = np.full((height, width), self.bias[0], np.float32)
        start = 0
        for level in levels:
            part = self.weights[start : start + level.shape[0]]
            start += level.shape[0]
            plane = np.tensordot(part, level, axes=1)
            rows = grid_operator(level.shape[1], int(height))
            total += rows @ plane @ grid_operator(level.shape[2], int(width)).T
        return total


class ClassMoments:
    """Moments of clean and of spoilt patches; folds add up."""

    __slots__ = ("clean", "spoilt")

    def __init__(self, width: int) -> None:
        """Empty moments of ``width`` features."""
        self.clean = Moments(width)
        self.spoilt = Moments(width)

    def add(self, values: FloatArray, labels: NDArray[np.int8]) -> None:
        """Take patches ``[N, C]`` in; labels are 1 spoilt, 0 clean, -1 neither."""
        self.clean.add(values[labels == 0])
        self.spoilt.add(values[labels == 1])

    def merged(self, others: Sequence[ClassMoments]) -> ClassMoments:
        """Sum of these and ``others``; neither is changed."""
        result = ClassMoments(len(self.clean.total))
        result.clean = self.clean.merged([other.clean for other in others])
        result.spoilt = self.spoilt.merged([other.spoilt for other in others])
        return result


def make_discriminant(moments: ClassMoments, whitening: Whitening) -> Discriminant:
    """Ridge regression on labels -1/+1, both classes weighted alike, in the whitened space.

    Without spoilt or clean patches the discriminant is zero everywhere.
    """
    width = len(whitening.mean)
    if moments.clean.count == 0 or moments.spoilt.count == 0:
        return Discriminant(np.zeros(width, np.float32), np.zeros(1, np.float32))
    matrix = whitening.matrix.astype(np.float64)
    mean = whitening.mean.astype(np.float64)
    keep = matrix.shape[1]
    gram = np.zeros((keep + 1, keep + 1))
    target = np.zeros(keep + 1)
    for part, label in ((moments.clean, -1.0), (moments.spoilt, 1.0)):
        average = part.total / part.count
        second = part.products / part.count
        moved = average - mean
        # E[(x - m)(x - m)^T] from E[x x^T] and E[x]
        centred = second - np.outer(average, mean) - np.outer(mean, average) + np.outer(mean, mean)
        first = moved @ matrix
        gram[:keep, :keep] += 0.5 * (matrix.T @ centred @ matrix)
        gram[:keep, keep] += 0.5 * first
        gram[keep, :keep] += 0.5 * first
        gram[keep, keep] += 0.5
        target[:keep] += 0.5 * label * first
        target[keep] += 0.5 * label
    gram += np.eye(keep + 1) * (_RIDGE * np.trace(gram) / (keep + 1))
    solution = np.linalg.solve(gram, target)
    weights = matrix @ solution[:keep]
    bias = solution[keep] - mean @ weights
    return Discriminant(weights.astype(np.float32), np.array([bias], np.float32))


def label_cells(
    mask: NDArray[np.uint8],
    shape: tuple[int, int],
    rng: np.random.Generator,
    clean_cells: int = 60,
) -> NDArray[np.int8]:
    """Labels of the cells of a grid from a mask of spoilt pixels.

    Args:
        mask: ``[H, W]``, 1 where spoilt.
        shape: ``(h, w)`` of the grid.
        rng: Chooses the clean cells.
        clean_cells: Clean cells kept at most.

    Returns:
        ``[h * w]`` int8: 1 spoilt, 0 clean (and away from spoilt cells), -1 neither.
    """
    import cv2

    share = cv2.resize(mask.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    near = cv2.dilate((share > 0).astype(np.uint8), np.ones((3, 3), np.uint8))
    labels = np.full(share.size, -1, np.int8)
    clean = np.flatnonzero(np.asarray(near).ravel() == 0)
    if len(clean) > clean_cells:
        clean = rng.choice(clean, clean_cells, replace=False)
    labels[clean] = 0
    labels[np.asarray(share).ravel() > _DEFECT_SHARE] = 1
    return labels


def spoil(
    image: ImageArray, rng: np.random.Generator, defects: int = 6
) -> tuple[ImageArray, NDArray[np.uint8]]:
    """Draw synthetic defects on a golden image.

    Args:
        image: RGB ``[H, W, 3]`` uint8.
        rng: Source of everything random.
        defects: Defects to draw.

    Returns:
        Spoilt image and mask ``[H, W]`` uint8 (1 = spoilt).
    """
    import cv2

    out = image.astype(np.float32)
    height, width = image.shape[:2]
    covered = np.zeros((height, width), np.uint8)
    low, high = (float(value) for value in np.percentile(image, (2, 98)))
    span = max(high - low, 8.0)
    for _ in range(defects):
        mask = _shape(rng, height, width) & (1 - covered)
        if not mask.any():
            continue
        covered |= mask
        alpha = mask.astype(np.float32)
        if rng.random() < 0.5:
            alpha = np.asarray(cv2.GaussianBlur(alpha, (0, 0), rng.uniform(0.5, 1.5)))
        kind = int(rng.integers(5))
        if kind == 0:
            offset = (int(rng.integers(height)), int(rng.integers(width)))
            fill = np.roll(out, offset, (0, 1))
        elif kind == 1:
            fill = np.full_like(out, rng.uniform(low, low + 0.3 * span))
        elif kind == 2:
            fill = np.full_like(out, rng.uniform(high - 0.3 * span, high))
        elif kind == 3:
            fill = out + rng.choice([-1, 1]) * rng.uniform(0.15, 0.5) * span
        else:
            fill = (low + high) - out
        out = out * (1 - alpha[..., None]) + fill * alpha[..., None]
    return np.clip(out, 0, 255).astype(np.uint8), covered


def _shape(rng: np.random.Generator, height: int, width: int) -> NDArray[np.uint8]:
    """Mask of one random ellipse, polygon or scratch."""
    import cv2

    mask = np.zeros((height, width), np.uint8)
    side = min(height, width)
    radius = side * float(np.exp(rng.uniform(np.log(0.008), np.log(0.07))))
    x, y = float(rng.uniform(0, width)), float(rng.uniform(0, height))
    kind = int(rng.integers(4))
    if kind == 0:
        axes = (max(2.0, 2 * radius), max(2.0, 2 * radius * float(rng.uniform(0.3, 1))))
        cv2.ellipse(mask, ((x, y), axes, float(rng.uniform(0, 180))), 1, -1)
    elif kind == 1:
        corners = int(rng.integers(5, 10))
        angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
        reach = radius * rng.uniform(0.4, 1.3, corners)
        points = np.stack([x + reach * np.cos(angles), y + reach * np.sin(angles)], axis=1)
        cv2.fillPoly(mask, [points.round().astype(np.int32)], 1)
        mask[min(int(y), height - 1), min(int(x), width - 1)] = 1
    else:
        heading = float(rng.uniform(0, 2 * np.pi))
        path = [(x, y)]
        for _ in range(int(rng.integers(2, 5))):
            heading += float(rng.normal(0, 0.5))
            step = radius * float(rng.uniform(1, 4))
            path.append(
                (path[-1][0] + step * np.cos(heading), path[-1][1] + step * np.sin(heading))
            )
        thickness = int(rng.integers(1, max(2, round(side * 0.012)) + 1))
        cv2.polylines(mask, [np.array(path).round().astype(np.int32)], False, 1, thickness)
    return mask
