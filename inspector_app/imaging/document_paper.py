"""Finds the sheet of paper on a photograph, only where its four edges are clear."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]

_LOOK_SIDE = 512
_LEAST_AREA = 0.15
_MOST_AREA = 0.97
_FILLS = 0.95  # share of the four-cornered outline that the sheet fills
_LEAST_STEP = 25.0  # grey levels between the sheet and what lies around it
_SLANT = 2.5  # degrees by which opposite edges must run apart to be worth unfolding
_WITHIN = 0.02


def find_paper(pixels: NDArray[np.uint8]) -> Points | None:
    """Finds a light sheet on a darker ground.

    Args:
        pixels: RGB `[h, w, 3]`.

    Returns:
        `[4, 2]` corners in pixels, clockwise from the upper left one; None when nothing is clear.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _LOOK_SIDE / max(width, height))
    small = cv2.resize(
        pixels,
        (max(8, round(width * scale)), max(8, round(height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    closed = cv2.medianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel), 5)  # print vanishes
    _, mask = cv2.threshold(closed, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    share = cv2.contourArea(hull) / grey.size
    if not _LEAST_AREA < share < _MOST_AREA:
        return None
    corners = _four_corners(hull)
    if corners is None or not _is_sheet(contour, corners, closed):
        return None
    found = _clockwise(corners + 0.5)
    return (found * (width / small.shape[1], height / small.shape[0])).astype(np.float32)


def is_slanted(corners: Points) -> bool:
    """Whether a sheet is seen so much from the side that opposite edges run apart."""
    angles = [
        math.degrees(math.atan2(*(corners[(n + 1) % 4] - corners[n])[::-1])) for n in range(4)
    ]
    apart = [abs((angles[n] - angles[n + 2] + 360) % 360 - 180) for n in (0, 1)]
    return max(apart) > _SLANT


def holds(corners: Points, points: Points, size: tuple[int, int]) -> bool:
    """Whether all points lie on the sheet or next to it.

    Args:
        corners: `[4, 2]` of the sheet.
        points: `[n, 2]`.
        size: Width and height of the page.
    """
    import cv2

    near = _WITHIN * max(size)
    outline = corners.astype(np.float32).reshape(-1, 1, 2)
    return all(cv2.pointPolygonTest(outline, (float(x), float(y)), True) > -near for x, y in points)


def _four_corners(hull: Any) -> Points | None:
    import cv2

    around = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.02, 0.03, 0.04):
        found = cv2.approxPolyDP(hull, tolerance * around, True).reshape(-1, 2)
        if len(found) == 4:
            return found.astype(np.float32)
        if len(found) < 4:
            return None
    return None


def _is_sheet(contour: Any, corners: Points, grey: Any) -> bool:
    import cv2

    area = cv2.contourArea(corners)
    if area <= 0 or not _FILLS < cv2.contourArea(contour) / area < 2 - _FILLS:
        return False
    for n in range(4):
        one, two = corners[n - 1] - corners[n], corners[(n + 1) % 4] - corners[n]
        cos = float(one @ two / max(1e-6, float(np.hypot(*one) * np.hypot(*two))))
        if abs(cos) > 0.6:  # sharper than 53 degrees: no sheet that could be read
            return False
    mask = np.zeros(grey.shape, np.uint8)
    cv2.fillPoly(mask, [corners.astype(np.int32)], (1,))
    kernel = np.ones((13, 13), np.uint8)
    rim = cv2.dilate(mask, kernel) - mask
    inner = mask - cv2.erode(mask, kernel)
    if rim.sum() < 0.02 * mask.sum():
        return False
    step = np.median(grey[inner > 0]) - np.median(grey[rim > 0])
    return float(step) > _LEAST_STEP


def _clockwise(corners: Points) -> Points:
    """Orders corners clockwise from the one nearest to the upper left of the page."""
    centre = corners.mean(0)
    order = np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))
    ordered = corners[order]
    return np.roll(ordered, -int(ordered.sum(1).argmin()), axis=0)
