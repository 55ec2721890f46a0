"""Faded print: brings the darkest and the lightest of every neighbourhood apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FAINT_RANGE = 90  # grey levels between the darkest and the lightest hundredth of a page
_LOOK_SIDE = 512
_CLIP = 3.0
_CELLS = 8


def is_faint(pixels: NDArray[np.uint8]) -> bool:
    """Whether a page has so few grey levels that print and paper hardly differ.

    Args:
        pixels: RGB `[h, w, 3]`.
    """
    step = max(1, max(pixels.shape[:2]) // _LOOK_SIDE)
    grey = pixels[::step, ::step].mean(axis=2)
    low, high = np.percentile(grey, (1, 99))
    return 4 < high - low < _FAINT_RANGE


def evened(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns a page of the same size in grey with contrast evened out over neighbourhoods.

    Args:
        pixels: RGB `[h, w, 3]`.
    """
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    low, high = np.percentile(grey, (0.5, 99.5))
    table = np.clip((np.arange(256) - low) * (255 / max(1.0, high - low)), 0, 255)
    stretched = cv2.LUT(grey, table.astype(np.uint8))
    even = cv2.createCLAHE(_CLIP, (_CELLS, _CELLS)).apply(stretched)
    return np.asarray(cv2.cvtColor(even, cv2.COLOR_GRAY2RGB), np.uint8)
