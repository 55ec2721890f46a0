"""Damage for rendered samples: each kind changes the surface and knows exactly where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from inspector_app.imaging.sample_surface import Field, Grid, float32, fractal, patches, smooth

Point = tuple[float, float]


@dataclass(slots=True)
class Damage:
    """What happened to a surface; all fields are `[H, W]` on the sample grid, 0 where nothing did.

    Attributes:
        place: How much of each sample is damaged, 0..1: the truth for the mask.
        height: Change of the surface's height, design units.
        raw: Where the finish (brushing, gloss) is gone, 0..1.
        bright: Light added, in linear units (bare metal of a scratch catches the lamp).
        tint: Colour that the surface is multiplied with, `[H, W, 3]`.
        cut: Where material is gone right through, 0..1.
        bare: Where one layer of the part is missing (a yarn, a screw), 0..1.
    """

    place: Field
    height: Field
    raw: Field
    bright: Field
    tint: Field
    cut: Field = field(init=False)
    bare: Field = field(init=False)

    def __post_init__(self) -> None:
        self.cut = np.zeros_like(self.place)
        self.bare = np.zeros_like(self.place)

    @classmethod
    def none(cls, grid: Grid) -> Damage:
        """Returns no damage at all."""
        zero = np.zeros(grid.shape, np.float32)
        return cls(
            zero, zero.copy(), zero.copy(), zero.copy(), np.ones((*grid.shape, 3), np.float32)
        )


def path_distance(x: Field, y: Field, points: Sequence[Point]) -> tuple[Field, Field]:
    """Returns distance to a line of points and the position along it (0..1); far away is 1e3."""
    distance = np.full(x.shape, 1e3, np.float32)
    along = np.zeros(x.shape, np.float32)
    count = len(points) - 1
    margin = 14.0
    for i, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        near = (
            (x > min(ax, bx) - margin)
            & (x < max(ax, bx) + margin)
            & (y > min(ay, by) - margin)
            & (y < max(ay, by) + margin)
        )
        rows, columns = np.flatnonzero(near.any(1)), np.flatnonzero(near.any(0))
        if not rows.size or not columns.size:
            continue
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        px, py = x[window] - ax, y[window] - ay
        dx, dy = bx - ax, by - ay
        t = np.clip((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
        d = np.hypot(px - t * dx, py - t * dy)
        closer = d < distance[window]
        distance[window] = np.where(closer, d, distance[window])
        along[window] = np.where(closer, (i + t) / count, along[window])
    return distance, along


def wander(
    rng: np.random.Generator, start: Point, end: Point, steps: int, bend: float, jitter: float
) -> list[Point]:
    """Returns a line from start to end: one gentle bend and small random steps aside."""
    (ax, ay), (bx, by) = start, end
    length = float(np.hypot(bx - ax, by - ay))
    nx, ny = -(by - ay) / length, (bx - ax) / length
    aside = np.cumsum(rng.normal(0.0, jitter, steps + 1))
    t = np.linspace(0.0, 1.0, steps + 1)
    aside = aside - np.interp(t, [0, 1], [aside[0], aside[-1]])
    aside = aside + bend * length * np.sin(np.pi * t)
    return [
        (float(ax + (bx - ax) * s + nx * a), float(ay + (by - ay) * s + ny * a))
        for s, a in zip(t, aside, strict=True)
    ]


def scratch(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    ends: tuple[Point, Point],
    strength: float = 1.0,
) -> Damage:
    """A tool or another part slid over the surface: a thin groove that catches the light."""
    damage = Damage.none(grid)
    x, y = xy
    lines = [wander(rng, ends[0], ends[1], 24, float(rng.uniform(-0.08, 0.08)), 0.25)]
    if rng.random() < 0.6:  # often a finer one runs beside it
        (ax, ay), (bx, by) = ends
        ox, oy = rng.uniform(-7, 7, 2)
        part = float(rng.uniform(0.35, 0.7))
        lines.append(
            wander(
                rng,
                (ax + ox, ay + oy),
                (ax + (bx - ax) * part + ox, ay + (by - ay) * part + oy),
                16,
                float(rng.uniform(-0.06, 0.06)),
                0.2,
            )
        )
    grain = 0.75 + 0.25 * patches(rng, grid, 3.0)
    for i, line in enumerate(lines):
        distance, along = path_distance(x, y, line)
        width = (1.5 if i == 0 else 0.9) * (0.75 + 0.25 * strength)
        taper = smooth(0.0, 0.12, along) * (1 - smooth(0.75, 1.0, along) * 0.8)
        core = np.exp(-((distance / width) ** 2)) * taper
        damage.height -= float32(1.1 * strength * core)
        damage.bright += float32(0.30 * strength * core * np.clip(grain, 0.2, 1.4))
        damage.raw = float32(np.maximum(damage.raw, 0.6 * core))
        damage.place = float32(np.maximum(damage.place, (distance < width * 1.35) * (taper > 0.1)))
    return damage


def stain(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    centre: Point,
    size: float,
    colour: tuple[float, float, float],
    strength: float = 1.0,
) -> Damage:
    """Dried oil, water or rust: an uneven patch with a darker rim."""
    damage = Damage.none(grid)
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    squeeze = float(rng.uniform(0.65, 0.95))
    a = float(rng.uniform(0, np.pi))
    u, v = x * np.cos(a) + y * np.sin(a), (-x * np.sin(a) + y * np.cos(a)) / squeeze
    shape = np.hypot(u, v) / size + 0.16 * fractal(rng, grid, size * 0.9, 4)
    for _ in range(int(rng.integers(1, 4))):  # droplets beside it
        turn = float(rng.uniform(0, 2 * np.pi))
        out = size * float(rng.uniform(1.15, 1.5))
        drop = np.hypot(x - out * np.cos(turn), y - out * np.sin(turn))
        shape = np.minimum(shape, drop / (size * float(rng.uniform(0.1, 0.2))))
    inside = 1 - smooth(0.9, 1.05, float32(shape))
    rim = np.exp(-(((shape - 0.9) / 0.11) ** 2)) * inside
    depth = inside * (0.62 + 0.14 * fractal(rng, grid, 14.0, 3)) + 0.35 * rim
    depth = np.clip(depth * strength, 0.0, 1.0)
    damage.tint = float32(1.0 + (np.array(colour, np.float32) - 1.0) * depth[..., None])
    damage.raw = float32(0.35 * inside)
    damage.place = inside
    return damage


def dent(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    centre: Point,
    size: float,
    strength: float = 1.0,
) -> Damage:
    """A blow: a smooth hollow with a slightly raised rim."""
    damage = Damage.none(grid)
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    a, squeeze = float(rng.uniform(0, np.pi)), float(rng.uniform(0.6, 0.9))
    u, v = x * np.cos(a) + y * np.sin(a), (-x * np.sin(a) + y * np.cos(a)) / squeeze
    r = np.hypot(u, v) / size + 0.06 * patches(rng, grid, size * 0.8)
    hollow = np.exp(-((r / 0.62) ** 2) * 1.2)
    ridge = np.exp(-(((r - 1.0) / 0.2) ** 2))
    damage.height = float32((-0.34 * hollow + 0.045 * ridge) * size * strength)
    damage.raw = float32(np.clip(0.85 * hollow, 0, 1))
    damage.place = float32(r < 1.12)
    return damage


def pit(
    rng: np.random.Generator, grid: Grid, xy: tuple[Field, Field], centre: Point, size: float
) -> Damage:
    """A hole where there should be none (a blow-hole of casting), dark, with a thin bright lip."""
    damage = Damage.none(grid)
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    r = np.hypot(x, y * float(rng.uniform(0.85, 1.1))) / size
    r = r + 0.07 * fractal(rng, grid, size * 0.7, 3)
    damage.height = float32(-1.1 * size * (1 - smooth(0.55, 1.05, float32(r))))
    inside = 1 - smooth(0.7, 1.0, float32(r))
    damage.tint = float32(1.0 - 0.93 * inside[..., None])
    damage.raw = inside
    damage.bright = float32(0.10 * np.exp(-(((r - 1.06) / 0.09) ** 2)))
    damage.place = float32(r < 1.08)
    return damage


def crack(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    ends: tuple[Point, Point],
    width: float = 1.5,
) -> Damage:
    """A break: a jagged dark line that thins out, with side branches."""
    damage = Damage.none(grid)
    x, y = xy
    trunk = wander(rng, ends[0], ends[1], 26, float(rng.uniform(-0.05, 0.05)), 1.6)
    lines = [(trunk, width)]
    length = float(np.hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]))
    heading = float(np.arctan2(ends[1][1] - ends[0][1], ends[1][0] - ends[0][0]))
    for _ in range(int(rng.integers(1, 3))):
        at = trunk[int(rng.integers(8, 20))]
        turn = heading + float(rng.choice([-1, 1])) * float(rng.uniform(0.5, 0.9))
        reach = length * float(rng.uniform(0.18, 0.35))
        end = (at[0] + reach * float(np.cos(turn)), at[1] + reach * float(np.sin(turn)))
        lines.append((wander(rng, at, end, 12, 0.0, 1.0), width * 0.65))
    grain = np.clip(1 + 0.3 * patches(rng, grid, 4.0), 0.5, 1.6)
    dark = np.zeros(grid.shape, np.float32)
    for line, broad in lines:
        distance, along = path_distance(x, y, line)
        local = broad * grain * (1 - 0.7 * smooth(0.3, 1.0, along))
        core = 1 - smooth(0.6, 1.25, float32(distance / np.maximum(local, 0.2)))
        dark = np.maximum(dark, core)
        damage.place = float32(np.maximum(damage.place, distance < np.maximum(local * 1.2, 0.8)))
    damage.tint = float32(1.0 - 0.9 * dark[..., None])
    damage.height = float32(-1.2 * dark)
    damage.raw = dark
    return damage


def broken_off(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    centre: Point,
    size: float,
    through: bool,
) -> Damage:
    """Material gone from an edge: a rough fracture, or nothing left where it goes through.

    `place` is the whole hollow; the part's own drawing limits it to where there was material.
    """
    damage = Damage.none(grid)
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    r = np.hypot(x, y) / size + 0.13 * fractal(rng, grid, size * 0.7, 4)
    inside = 1 - smooth(0.96, 1.02, float32(r))
    facets = fractal(rng, grid, 15.0, 3)
    if through:
        damage.cut = 1 - smooth(0.74, 0.78, float32(r))
    slope = np.clip(1.0 - r, 0.0, 1.0)
    damage.height = float32(-(slope * size * 0.42 + 1.5 * facets * inside) * inside)
    damage.raw = inside
    damage.place = float32(inside > 0.5)
    return damage
