"""Damage on rendered parts: each kind changes the picture and knows which pixels it changed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from inspector_app.learning.starter.scene import Mask, Pixels
from inspector_app.learning.starter.surface import (
    Rng,
    blurred,
    filled,
    grid,
    normals,
    soft_noise,
    stroked,
)

_SEEN = 0.3  # a pixel changed by this share belongs to the mask


@dataclass(slots=True)
class Canvas:
    """A part while it is drawn.

    Attributes:
        image: `[h, w, 3]`, 0..1.
        height: `[h, w]`, pixels; what is higher than its surroundings has lit and dark sides.
        part: `[h, w]`, 0..1, where the part is.
        ground: `[h, w, 3]`, what lies behind it.
        strength: 0..1, how clearly damage shows.
    """

    image: Pixels
    height: Pixels
    part: Pixels
    ground: Pixels
    strength: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.part.shape[0], self.part.shape[1]


def damage(rng: Rng, canvas: Canvas, kind: str) -> Mask | None:
    """Draws one defect on the canvas; returns where, or None where there was no room for it."""
    draw = {
        "scratch": _scratch,
        "crack": _crack,
        "hole": _hole,
        "stain": _stain,
        "dent": _dent,
        "chip": _chip,
    }[kind]
    for _ in range(6):
        mask = draw(rng, canvas)
        if mask is not None and mask.sum() >= 12:
            return mask
    return None


def inside_point(rng: Rng, canvas: Canvas, margin: int) -> tuple[float, float] | None:
    """A random place of the part, x and y, so far from its edge."""
    import cv2

    solid = (canvas.part > 0.9).astype(np.uint8)
    solid[0], solid[-1], solid[:, 0], solid[:, -1] = 0, 0, 0, 0
    room = np.argwhere(cv2.distanceTransform(solid, cv2.DIST_L2, 3) > margin)
    if not len(room):
        return None
    y, x = room[int(rng.integers(len(room)))]
    return float(x), float(y)


def _path(
    rng: Rng, start: tuple[float, float], heading: float, length: float, bend: float, jitter: float
) -> Pixels:
    steps = max(4, int(length / 4))
    turns = np.cumsum(rng.normal(0, jitter, steps)) * 0.35 + np.linspace(0, bend, steps)
    turns += rng.normal(0, jitter, steps)
    step = length / steps
    x = start[0] + np.cumsum(np.cos(heading + turns)) * step
    y = start[1] + np.cumsum(np.sin(heading + turns)) * step
    return np.stack((np.r_[start[0], x], np.r_[start[1], y]), 1).astype(np.float32)


def _painted(canvas: Canvas, amount: Pixels, colour: Pixels) -> None:
    canvas.image += (colour - canvas.image) * amount[..., None]


def _scratch(rng: Rng, canvas: Canvas) -> Mask | None:
    start = inside_point(rng, canvas, 3)
    if start is None:
        return None
    length = float(rng.uniform(24, 100))
    line = _path(
        rng, start, float(rng.uniform(0, 2 * np.pi)), length, float(rng.normal(0, 0.25)), 0.05
    )
    width = float(rng.uniform(0.7, 1.9))
    drawn = stroked(canvas.shape, line, width)
    if rng.random() < 0.35:  # a finer one beside it
        drawn = np.maximum(
            drawn, 0.7 * stroked(canvas.shape, line + rng.uniform(-6, 6, 2).astype(np.float32), 0.7)
        )
    drawn = drawn * canvas.part
    amount = drawn * np.float32(0.35 + 0.55 * canvas.strength)
    bright = rng.random() < (0.8 if canvas.image[drawn > 0.3].mean() < 0.55 else 0.35)
    tone = rng.uniform(0.82, 1.0) if bright else rng.uniform(0.03, 0.2)
    _painted(canvas, amount, np.float32(tone) * np.ones(3, np.float32))
    canvas.height -= 0.5 * drawn
    return drawn > _SEEN


def _crack(rng: Rng, canvas: Canvas) -> Mask | None:
    start = inside_point(rng, canvas, 5)
    if start is None:
        return None
    heading = float(rng.uniform(0, 2 * np.pi))
    length = float(rng.uniform(28, 90))
    trunk = _path(rng, start, heading, length, float(rng.normal(0, 0.2)), 0.45)
    drawn = stroked(canvas.shape, trunk, float(rng.uniform(1.0, 2.2)))
    for _ in range(int(rng.integers(1, 4))):
        at = trunk[int(rng.integers(1, len(trunk)))]
        aside = heading + float(rng.choice([-1, 1]) * rng.uniform(0.5, 1.1))
        branch = _path(
            rng, (float(at[0]), float(at[1])), aside, length * float(rng.uniform(0.2, 0.45)), 0, 0.4
        )
        drawn = np.maximum(drawn, stroked(canvas.shape, branch, float(rng.uniform(0.7, 1.3))))
    drawn = drawn * canvas.part
    amount = drawn * np.float32(0.55 + 0.42 * canvas.strength)
    _painted(canvas, amount, np.float32(rng.uniform(0.0, 0.1)) * np.ones(3, np.float32))
    canvas.height -= 0.8 * drawn
    return drawn > _SEEN


def _blob(
    rng: Rng, canvas: Canvas, centre: tuple[float, float], size: float, rough: float
) -> Pixels:
    """Distance from the centre in sizes, uneven."""
    y, x = grid(canvas.shape)
    a, squeeze = float(rng.uniform(0, np.pi)), float(rng.uniform(0.65, 1.0))
    dx, dy = x - centre[0], y - centre[1]
    u = dx * math.cos(a) + dy * math.sin(a)
    v = (dy * math.cos(a) - dx * math.sin(a)) / squeeze
    uneven = soft_noise(rng, canvas.shape, max(3.0, size * 0.8))
    return (np.hypot(u, v) / size + rough * uneven).astype(np.float32)


def _hole(rng: Rng, canvas: Canvas) -> Mask | None:
    size = float(rng.uniform(3.2, 11))
    centre = inside_point(rng, canvas, int(size) + 2)
    if centre is None:
        return None
    far = _blob(rng, canvas, centre, size, 0.07)
    drawn = np.clip((1.08 - far) * size, 0, 1) * canvas.part
    through = rng.random() < 0.4
    colour = canvas.ground * 0.6 if through else np.full(3, rng.uniform(0.0, 0.08), np.float32)
    _painted(canvas, drawn * np.float32(0.75 + 0.25 * canvas.strength), colour)
    canvas.height -= np.float32(min(4.0, size * 0.6)) * drawn
    return drawn > _SEEN


def _stain(rng: Rng, canvas: Canvas) -> Mask | None:
    size = float(rng.uniform(7, 26))
    centre = inside_point(rng, canvas, 4)
    if centre is None:
        return None
    far = _blob(rng, canvas, centre, size, 0.22)
    drawn = np.clip((1.0 - far) * 5, 0, 1) * canvas.part
    rim = np.exp(-(((far - 0.85) / 0.13) ** 2)) * drawn
    tone = np.array(
        [(0.30, 0.18, 0.08), (0.12, 0.11, 0.10), (0.55, 0.38, 0.12), (0.16, 0.22, 0.12)][
            int(rng.integers(4))
        ],
        np.float32,
    )
    here = canvas.image[drawn > 0.5]
    if here.size and here.mean() < 0.22:  # on black parts stains are pale
        tone = 0.55 + 0.4 * tone
    amount = (drawn * 0.75 + 0.25 * rim) * np.float32(0.4 + 0.5 * canvas.strength)
    _painted(canvas, np.clip(amount, 0, 1), tone)
    return drawn > _SEEN


def _dent(rng: Rng, canvas: Canvas) -> Mask | None:
    size = float(rng.uniform(6, 16))
    centre = inside_point(rng, canvas, int(size * 0.8))
    if centre is None:
        return None
    far = _blob(rng, canvas, centre, size, 0.05)
    hollow = np.exp(-((far / 0.6) ** 2) * 1.2)
    ridge = np.exp(-(((far - 1.0) / 0.22) ** 2))
    canvas.height += (
        np.float32(size * (0.28 + 0.4 * canvas.strength)) * (-hollow + 0.14 * ridge) * canvas.part
    )
    canvas.image *= (1 - 0.22 * hollow * canvas.part)[..., None]
    return (far < 1.05) & (canvas.part > 0.5)


def _chip(rng: Rng, canvas: Canvas) -> Mask | None:
    import cv2

    solid = (canvas.part > 0.5).astype(np.uint8)
    if solid.mean() > 0.97:
        return None  # the part has no edge in the picture
    edge = cv2.morphologyEx(solid, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    edge[:3], edge[-3:], edge[:, :3], edge[:, -3:] = 0, 0, 0, 0
    # Only the outline: the rims of holes in the part are edges too.
    outside = cv2.dilate(_outside(solid), np.ones((5, 5), np.uint8))
    places = np.argwhere((edge > 0) & (outside > 0))
    if not len(places):
        return None
    y, x = places[int(rng.integers(len(places)))]
    size = float(rng.uniform(6, 15))
    far = _blob(rng, canvas, (float(x), float(y)), size, 0.16)
    gone = np.clip((1.0 - far) * size * 0.6, 0, 1) * canvas.part
    through = rng.random() < 0.55
    if through:
        _painted(canvas, gone, canvas.ground)
        canvas.height *= 1 - gone
        canvas.part *= 1 - gone
    else:
        facets = soft_noise(rng, canvas.shape, 4)
        rough = np.clip(0.35 + 0.25 * facets + 0.1 * normals(rng, canvas.shape), 0.02, 1)
        _painted(canvas, gone * np.float32(0.6 + 0.4 * canvas.strength), rough[..., None])
        canvas.height -= (2 + 1.5 * facets) * gone
    return gone > _SEEN


def _outside(solid: np.ndarray) -> np.ndarray:
    import cv2

    padded = np.pad(1 - solid, 1, constant_values=1).astype(np.uint8)
    flood = padded.copy()
    cv2.floodFill(flood, None, (0, 0), 2)  # type: ignore[call-overload]
    return (flood[1:-1, 1:-1] == 2).astype(np.uint8)


def shaded(canvas: Canvas, sigma: float) -> Pixels:
    """Height of the whole canvas with the part's bevelled rim."""
    return canvas.height + blurred(canvas.part, sigma) * np.float32(2.2)


def marked(canvas: Canvas, points: Pixels, colour: Pixels, lift: float) -> Pixels:
    """Puts a flat piece on the part; returns its place, 0..1."""
    place = filled(canvas.shape, points)
    _painted(canvas, place, colour)
    canvas.height += np.float32(lift) * blurred(place, 0.8)
    return place
