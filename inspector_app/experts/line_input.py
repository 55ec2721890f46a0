"""Crops of lines as the recogniser takes them: one height, background 0, ink about 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HEIGHT = 32
STRIDE = 4  # widths are padded to a multiple
MIN_WIDTH = 16
MAX_WIDTH = 2048
_LEAST = 24.0  # grey levels between paper and ink that are stretched at most

Grid = NDArray[np.float32]


def grey(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A crop in grey; grey ones are returned as they are."""
    if crop.ndim == 2:
        return crop
    weights = np.array([0.299, 0.587, 0.114], np.float32)
    return (crop[..., :3].astype(np.float32) @ weights + 0.5).astype(np.uint8)


def prepare(crop: NDArray[np.uint8]) -> Grid:
    """Scales a crop to the height of the recogniser and stretches its contrast.

    Args:
        crop: uint8 [h, w] or [h, w, 3], upright.

    Returns:
        float32 [HEIGHT, w']: 0 is the paper, 1 the ink, also for light letters on dark.
    """
    plain = grey(crop)
    if plain.size == 0:
        return np.zeros((HEIGHT, MIN_WIDTH), np.float32)
    height, width = plain.shape
    goal = int(np.clip(round(width * HEIGHT / height), MIN_WIDTH, MAX_WIDTH))
    if (goal, HEIGHT) != (width, height):
        plain = np.asarray(Image.fromarray(plain).resize((goal, HEIGHT), Image.Resampling.BILINEAR))
    values = plain.astype(np.float32)
    dark, paper, light = np.percentile(values[:, ::2], (2, 50, 98))
    if light - paper > 1.5 * (paper - dark):
        values, dark, paper = -values, -light, -paper
    return np.clip((paper - values) / max(float(paper - dark), _LEAST), -0.5, 1.5).astype(
        np.float32
    )


def batch(lines: Sequence[Grid]) -> Grid:
    """Lines below one another, padded at the right: float32 [n, 1, HEIGHT, w]."""
    width = max(line.shape[1] for line in lines)
    width += -width % STRIDE
    made = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for at, line in enumerate(lines):
        made[at, 0, :, : line.shape[1]] = line
    return made
