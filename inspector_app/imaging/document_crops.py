"""Cuts lines of text out of a page, upright and straight."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_MOST_HEIGHT = 96  # readers see lines of 32 to 48 pixels


def cut_line(pixels: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Returns the part of a page inside four corners as a rectangle.

    Args:
        pixels: RGB `[h, w, 3]`.
        corners: `[4, 2]`, x and y in pixels, clockwise from the upper left corner of the text.

    Returns:
        RGB `[h, w, 3]`, the first side of the corners on top; at most 96 pixels high.
    """
    import cv2

    width, height = _lengths(corners)
    shrink = min(1.0, _MOST_HEIGHT / height)
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    x1, y1 = np.floor(corners.min(0)).astype(int) - 2
    x2, y2 = np.ceil(corners.max(0)).astype(int) + 2
    x1, y1 = max(0, x1), max(0, y1)
    near = pixels[y1 : max(y1 + 1, y2), x1 : max(x1 + 1, x2)]
    if near.size == 0:
        return np.full((size[1], size[0], 3), 255, np.uint8)
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform((corners - (x1, y1)).astype(np.float32), target)
    shrinks = width > 2 * size[0]
    if shrinks:  # without averaging first, thin strokes would vanish between the samples
        near = cv2.blur(near, (2, 2))
    cut = cv2.warpPerspective(
        near, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, np.uint8)


def _lengths(corners: NDArray[np.float32]) -> tuple[float, float]:
    """Returns width and height of a quadrilateral, the longer of opposite sides."""
    sides = [math.dist(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    return max(1.0, sides[0], sides[2]), max(1.0, sides[1], sides[3])
