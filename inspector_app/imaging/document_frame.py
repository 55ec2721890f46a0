"""The way from a page as it is shown to the same page laid flat and upright, and back.

Text is sought on the flat page; every place is told on the page as it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One projective map.

    Attributes:
        matrix: float64 `[3, 3]`, from pixels of the page as shown to pixels of the flat page.
        width: Of the flat page.
        height: Likewise.
    """

    matrix: NDArray[np.float64]
    width: int
    height: int

    def to_flat(self, points: Points) -> Points:
        """Maps points `[..., 2]` of the page as shown."""
        return _mapped(points, self.matrix)

    def to_page(self, points: Points) -> Points:
        """Maps points `[..., 2]` of the flat page back."""
        return _mapped(points, np.asarray(np.linalg.inv(self.matrix), np.float64))

    def then(self, after: Frame) -> Frame:
        """Returns the frame that goes through this one and then through another."""
        return Frame(after.matrix @ self.matrix, after.width, after.height)

    def laid_flat(self, pixels: Pixels) -> Pixels:
        """Returns the pixels of the flat page; what lies outside continues the rim.

        Args:
            pixels: RGB `[h, w, 3]` of the page as shown.
        """
        import cv2

        if np.allclose(self.matrix, np.eye(3)):
            return pixels
        # Pixel centres lie at half pixels, in the input as in the output.
        half = np.array([(1, 0, 0.5), (0, 1, 0.5), (0, 0, 1)])
        matrix = np.linalg.inv(half) @ self.matrix @ half
        laid = cv2.warpPerspective(
            pixels,
            matrix,
            (self.width, self.height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(laid, np.uint8)


def whole(width: int, height: int) -> Frame:
    """Returns the frame of a page that lies flat as it is shown."""
    return Frame(np.eye(3), width, height)


def cut_out(x1: int, y1: int, x2: int, y2: int) -> Frame:
    """Returns the frame that makes a rectangle of the page the whole page."""
    return Frame(np.array([(1, 0, -x1), (0, 1, -y1), (0, 0, 1)], np.float64), x2 - x1, y2 - y1)


def straightened(width: int, height: int, degrees: float) -> Frame:
    """Returns the frame that lays lines horizontally.

    Args:
        width: Of the page.
        height: Likewise.
        degrees: Where the lines run to: 0 to the right, 90 downwards (y points down).
    """
    turn = math.radians(-degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    if abs(degrees / 90 - round(degrees / 90)) < 1e-9:
        cos, sin = float(round(cos)), float(round(sin))
    matrix = np.array([(cos, -sin, 0), (sin, cos, 0), (0, 0, 1)])
    rim = _mapped(np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32), matrix)
    low, high = rim.min(0), rim.max(0)
    shift = np.array([(1, 0, -low[0]), (0, 1, -low[1]), (0, 0, 1)], np.float64)
    size = np.maximum(1, np.rint(high - low)).astype(int)
    return Frame(shift @ matrix, int(size[0]), int(size[1]))


def unfolded(corners: Points) -> Frame:
    """Returns the frame that makes a quadrilateral the whole page.

    Args:
        corners: `[4, 2]` in pixels, clockwise from the one that becomes the upper left.
    """
    import cv2

    sides = [math.dist(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    width, height = round(max(1, sides[0], sides[2])), round(max(1, sides[1], sides[3]))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return Frame(np.asarray(matrix, np.float64), width, height)


def _mapped(points: Points, matrix: NDArray[np.float64]) -> Points:
    flat = np.asarray(points, np.float64).reshape(-1, 2)
    found = np.column_stack([flat, np.ones(len(flat))]) @ matrix.T
    return (found[:, :2] / found[:, 2:]).reshape(np.shape(points)).astype(np.float32)
