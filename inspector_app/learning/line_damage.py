"""What happens to printed lines: rules, fading, broken dots, blur, paper, JPEG, few pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Random = np.random.Generator
Field = NDArray[np.float32]
Shape = tuple[int, ...]


def rule(ink: Field, top: float, bottom: float, rng: Random) -> None:
    """Draws an underline, a line above or the sides of a box, in place."""
    height, width = ink.shape
    tall = bottom - top
    thick = max(1, round(tall * float(rng.uniform(0.03, 0.08))))
    dark = float(rng.uniform(0.5, 1.0))
    kind = rng.random()
    if kind < 0.55:
        y = min(height - thick, int(bottom + tall * float(rng.uniform(0.04, 0.22))))
        ink[y : y + thick] = np.maximum(ink[y : y + thick], dark)
    elif kind < 0.8:
        y = max(0, int(top - tall * float(rng.uniform(0.08, 0.25))))
        ink[y : y + thick] = np.maximum(ink[y : y + thick], dark)
    else:
        columns = np.flatnonzero(ink.max(0) > 0.3)
        if len(columns):
            gap = int(tall * float(rng.uniform(0.15, 0.4)))
            for x in (columns[0] - gap - thick, columns[-1] + gap):
                if 0 <= x < width - thick:
                    ink[:, x : x + thick] = np.maximum(ink[:, x : x + thick], dark)


def fading(shape: Shape, rng: Random) -> Field:
    """Thermal print that lost ink along or across the line."""
    height, width = shape
    if rng.random() < 0.6:
        steps = rng.uniform(0.3, 1.0, int(rng.integers(2, 6)))
        along = np.interp(np.linspace(0, len(steps) - 1, width), np.arange(len(steps)), steps)
        return np.broadcast_to(along.astype(np.float32), shape)
    ends = rng.uniform(0.35, 1.0, 3)
    across = np.interp(np.linspace(0, 2, height), np.arange(3), ends).astype(np.float32)[:, None]
    if rng.random() < 0.3:
        y = int(rng.integers(height))
        across[y : y + 1] *= 0.3
    return np.broadcast_to(across, shape)


def dots(shape: Shape, rng: Random) -> Field:
    """Dots that did not print."""
    kept = rng.random(shape, np.float32) > float(rng.uniform(0.03, 0.16))
    return np.where(kept, np.float32(1), np.float32(rng.uniform(0, 0.5)))


def blurred(ink: Field, sigma: float, rng: Random) -> Field:
    """Out of focus, or moved along the line."""
    import cv2

    if sigma < 0.2:
        return ink
    if rng.random() < 0.2:
        return np.asarray(cv2.GaussianBlur(ink, (0, 0), sigmaX=sigma * 1.3, sigmaY=0.3), np.float32)
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.float32)


def texture(shape: Shape, rng: Random, strength: float) -> Field:
    """Shadows, folds and the print of the other side."""
    import cv2

    height, width = shape
    coarse = rng.random(
        (int(rng.integers(2, 5)), max(2, width // int(rng.integers(8, 48)))), np.float32
    )
    field = np.asarray(
        cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
    if rng.random() < 0.25:
        period = float(rng.uniform(3, 9))
        x = (
            np.arange(width, dtype=np.float32)[None, :]
            + np.arange(height, dtype=np.float32)[:, None]
        )
        field = 0.6 * field + 0.4 * (0.5 + 0.5 * np.sin(x * (2 * np.pi / period))).astype(
            np.float32
        )
    return field * strength


def jpeg(picture: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Through JPEG and back."""
    import cv2

    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def rescaled(picture: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """Made smaller, then as large as before."""
    import cv2

    height, width = picture.shape
    size = (max(4, round(width * share)), max(10, round(height * share)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
