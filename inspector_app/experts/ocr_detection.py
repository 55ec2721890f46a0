"""Finds lines: a network tells for every pixel whether it is text, connected parts are lines.

Differentiable Binarization (Liao et al., AAAI 2020) with the settings of RapidOCR's configuration.
A page too large for one pass goes through in overlapping tiles; their maps are joined before lines
are sought, so a line on a seam is found once.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.ocr_models import open_session
from inspector_app.imaging.document_tiles import spans

FloatArray = NDArray[np.float32]

_STEP = 32  # sides of the network's input
_THRESHOLD = 0.3
_LEAST_SCORE = 0.5
_UNCLIP = 1.6
_LEAST_SIDE = 3.0
_ELONGATED = 2.0
_MOST_LINES = 2000
_TILE = 1280
_OVERLAP = 192
_SHORT_SIDE = 608
_LONG_SIDE = 1600
_MOST_SCALE = 2.0


class Detector:
    """Finds text on pixels."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = open_session(path, threads)
        self._input = self._session.get_inputs()[0].name

    def __call__(self, pixels: NDArray[np.uint8], short_side: int = _SHORT_SIDE) -> FloatArray:
        """Finds lines.

        Args:
            pixels: RGB `[h, w, 3]`.
            short_side: What the shorter side is brought to for the network, where the limits of
                the other side and of enlarging allow it.

        Returns:
            `[n, 4, 2]`: corners of rectangles in pixels, clockwise, the first side a long one.
        """
        import cv2

        height, width = pixels.shape[:2]
        scale = _scale(width, height, short_side)
        size = (_stepped(width * scale), _stepped(height * scale))
        shrinks = size[0] < width
        resized = cv2.resize(
            pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        )
        chart = self._chart(np.asarray(resized, np.uint8))
        found = _rectangles(chart)
        found[:, :, 0] *= width / size[0]
        found[:, :, 1] *= height / size[1]
        return found

    def _chart(self, pixels: NDArray[np.uint8]) -> FloatArray:
        """Returns how likely every pixel is text, `[h, w]`."""
        height, width = pixels.shape[:2]
        chart = np.zeros((height, width), np.float32)
        for rows in spans(height, _TILE, _OVERLAP):
            for columns in spans(width, _TILE, _OVERLAP):
                part = pixels[rows.start : rows.stop, columns.start : columns.stop]
                found = self._run(part)
                chart[rows.kept, columns.kept] = found[rows.inner, columns.inner]
        return chart

    def _run(self, pixels: NDArray[np.uint8]) -> FloatArray:
        values = pixels[:, :, ::-1].astype(np.float32) * np.float32(1 / 127.5) - np.float32(1)
        batch = np.ascontiguousarray(values.transpose(2, 0, 1)[np.newaxis])
        return np.asarray(self._session.run(None, {self._input: batch})[0][0, 0], np.float32)


def _scale(width: int, height: int, short_side: int) -> float:
    short, long = min(width, height), max(width, height)
    scale = min(_MOST_SCALE, short_side / short)
    if short > short_side:  # large pages keep what they have, up to a limit
        scale = min(1.0, max(_LONG_SIDE / long, short_side / short))
    return scale


def _stepped(length: float) -> int:
    return max(_STEP, round(length / _STEP) * _STEP)


def _rectangles(chart: FloatArray) -> FloatArray:
    """Returns the rectangles of the connected parts of a map, in its pixels."""
    import cv2

    mask = (chart > _THRESHOLD).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:_MOST_LINES]:
        (x, y), (w, h), angle = cv2.minAreaRect(contour)
        if max(w, h) < _ELONGATED * min(w, h):  # the angle of a single letter says nothing
            left, top, w, h = cv2.boundingRect(contour)
            x, y, angle = left + (w - 1) / 2, top + (h - 1) / 2, 0.0
        if min(w, h) < _LEAST_SIDE:
            continue
        if _score(chart, _corners(x, y, w, h, angle)) < _LEAST_SCORE:
            continue
        # The network marks the core of a line; this is the distance to its rim.
        rim = w * h * _UNCLIP / (2 * (w + h))
        w, h = w + 2 * rim, h + 2 * rim
        if min(w, h) < _LEAST_SIDE + 2:
            continue
        found.append(_corners(x, y, w, h, angle))
    return np.array(found, np.float32).reshape(-1, 4, 2)


def _corners(x: float, y: float, w: float, h: float, angle: float) -> FloatArray:
    """Returns the corners of a rectangle, clockwise, from the left end of an upper long side."""
    if h > w:
        w, h, angle = h, w, angle + 90
    turn = math.radians((angle + 90) % 180 - 90)  # the long side runs to the right
    along = np.array([math.cos(turn), math.sin(turn)]) * w / 2
    across = np.array([-math.sin(turn), math.cos(turn)]) * h / 2
    centre = np.array([x, y])
    return np.array(
        [
            centre - along - across,
            centre + along - across,
            centre + along + across,
            centre - along + across,
        ],
        np.float32,
    )


def _score(chart: FloatArray, corners: FloatArray) -> float:
    """Returns the mean of the map inside a rectangle."""
    import cv2

    height, width = chart.shape
    x1, y1 = np.clip(np.floor(corners.min(0)).astype(int), 0, (width - 1, height - 1))
    x2, y2 = np.clip(np.ceil(corners.max(0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((y2 - y1 + 1, x2 - x1 + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (x1, y1)).astype(np.int32)], (1,))
    mean: Any = cv2.mean(chart[y1 : y2 + 1, x1 : x2 + 1], mask)
    return float(mean[0])
