"""The rendered fabric: a plain weave of two yarns, lit from the side."""

from __future__ import annotations

import numpy as np

from inspector_app.imaging import sample_damage as damages
from inspector_app.imaging.sample_damage import Damage
from inspector_app.imaging.sample_surface import (
    Field,
    Grid,
    Look,
    direction,
    float32,
    fractal,
    lambert,
    mix,
    normals,
    patches,
    placed,
    smooth,
)

DEFECTS = ("scratch", "stain", "hole", "missing")
PITCH = 9.0  # distance of two yarns, design units
_WARP = np.array([0.085, 0.135, 0.235], np.float32)
_WEFT = np.array([0.130, 0.190, 0.300], np.float32)


def damage(rng: np.random.Generator, grid: Grid, xy: tuple[Field, Field], kind: str) -> Damage:
    """Draws one defect of a kind of `DEFECTS`."""
    x0, y0 = float(rng.uniform(-190, 190)), float(rng.uniform(-150, 150))
    if kind == "stain":
        colour = ((0.33, 0.27, 0.20), (0.45, 0.42, 0.40), (0.55, 0.40, 0.28))[rng.integers(3)]
        size = float(rng.uniform(22, 46))
        strength = float(rng.uniform(0.6, 1.0))
        return damages.stain(rng, grid, xy, (x0, y0), size, colour, strength)
    if kind == "hole":
        return _torn(rng, grid, xy, (x0, y0), float(rng.uniform(11, 20)))
    if kind == "missing":
        return _missing_yarn(rng, grid, xy, y0)
    turn = float(rng.uniform(0, np.pi))
    half = float(rng.uniform(40, 80))
    dx, dy = half * float(np.cos(turn)), half * float(np.sin(turn))
    found = damages.scratch(rng, grid, xy, ((x0 - dx, y0 - dy), (x0 + dx, y0 + dy)))
    # Rubbed fibres stand up as pale fluff, wider than the scratch of a hard surface.
    width = float(rng.uniform(2.6, 4.0))
    line = damages.wander(rng, (x0 - dx, y0 - dy), (x0 + dx, y0 + dy), 24, 0.04, 0.5)
    distance, along = damages.path_distance(xy[0], xy[1], line)
    ends = smooth(0.0, 0.1, along) * (1 - smooth(0.85, 1.0, along))
    fluff = np.exp(-((distance / width) ** 2)) * ends
    fluff = fluff * np.clip(0.75 + 0.45 * fractal(rng, grid, 5.0, 3), 0.1, 1.6)
    found.height[:] = 0
    found.bright = float32(0.17 * fluff)
    found.raw = float32(np.clip(fluff, 0, 0.8))
    found.place = float32((distance < width * 1.15) * (ends > 0.15))
    return found


def _torn(
    rng: np.random.Generator,
    grid: Grid,
    xy: tuple[Field, Field],
    centre: tuple[float, float],
    size: float,
) -> Damage:
    found = Damage.none(grid)
    x, y = xy[0] - centre[0], xy[1] - centre[1]
    r = np.hypot(x, y * float(rng.uniform(0.75, 1.3))) / size
    # Yarns end one by one, so the rim follows the weave.
    r = r + 0.10 * np.sin(xy[0] * 2 * np.pi / PITCH) * np.sin(xy[1] * 2 * np.pi / PITCH)
    r = float32(r + 0.13 * fractal(rng, grid, size * 0.6, 3))
    found.cut = 1 - smooth(0.93, 1.0, r)
    hanging = np.zeros(grid.shape, np.float32)
    for _ in range(int(rng.integers(5, 9))):  # loose ends across the hole
        a = float(rng.uniform(0, 2 * np.pi))
        start = (size * 1.05 * float(np.cos(a)), size * 1.05 * float(np.sin(a)))
        b, reach = a + float(rng.normal(0, 0.5)), float(rng.uniform(0.25, 0.75)) * size
        end = (start[0] - reach * float(np.cos(b)), start[1] - reach * float(np.sin(b)))
        line = damages.wander(rng, start, end, 10, float(rng.uniform(-0.25, 0.25)), 0.3)
        distance, _ = damages.path_distance(x, y, line)
        hanging = np.maximum(hanging, 1 - smooth(0.7, 1.5, distance))
    found.cut = float32(found.cut * (1 - hanging))
    rim = np.exp(-(((r - 1.08) / 0.10) ** 2))
    found.bright = float32(0.05 * rim + 0.06 * hanging * (r < 1))
    found.height = float32(1.2 * rim)
    found.place = float32(r < 1.10)
    return found


def _missing_yarn(
    rng: np.random.Generator, grid: Grid, xy: tuple[Field, Field], at: float
) -> Damage:
    """A weft yarn that is not there over part of the width: a slit in which the warp lies bare."""
    found = Damage.none(grid)
    row = round(at / PITCH) * PITCH
    left = float(rng.uniform(-330, 60))
    right = left + float(rng.uniform(150, 320))
    bent = xy[1] - row - 0.5 * patches(rng, grid, 120.0)
    span = smooth(left - 8, left + 8, xy[0]) * (1 - smooth(right - 8, right + 8, xy[0]))
    found.raw = float32((1 - smooth(3.4, 5.0, float32(np.abs(bent)))) * span)
    found.bare = found.raw
    found.place = float32(found.raw > 0.4)
    found.tint = float32(1.0 - 0.55 * found.raw[..., None])
    found.height = float32(-1.6 * found.raw)
    return found


def paint(rng: np.random.Generator, grid: Grid, look: Look, harm: Damage) -> Field:
    """Returns the light of the scene, linear RGB `[H, W, 3]`."""
    x, y = placed(grid, look)
    main = direction(look.azimuth, 40.0)
    # Cloth is never quite square: yarns drift a little.
    u = (x + 1.1 * patches(rng, grid, 130.0)) / PITCH
    v = (y + 1.1 * patches(rng, grid, 150.0)) / PITCH
    column, row = np.floor(u), np.floor(v)
    fu, fv = u - column - 0.5, v - row - 0.5
    over = ((column + row) % 2 == 0).astype(np.float32)  # 1 where the warp lies on top

    thick_u = _each(rng, column, 0.05)
    thick_v = _each(rng, row, 0.05)
    warp = np.sqrt(np.maximum(1 - (fu / (0.47 * thick_u)) ** 2, 0.0))
    weft = np.sqrt(np.maximum(1 - (fv / (0.47 * thick_v)) ** 2, 0.0))
    swing_warp = np.cos(np.pi * fv) * (over * 2 - 1)
    swing_weft = np.cos(np.pi * fu) * (1 - over * 2)
    h_warp = 1.5 * warp + 1.3 * swing_warp - 3.0 * (warp <= 0)
    h_weft = 1.5 * weft + 1.3 * swing_weft - 3.0 * (weft <= 0)
    h_weft = h_weft - 6.0 * harm.bare
    on_top = smooth(-0.25, 0.25, float32(h_warp - h_weft))
    height = float32(np.maximum(h_warp, h_weft))
    depth = np.clip((height + 0.4) / 2.6, 0.0, 1.0)

    # Twisted fibres run aslant along each yarn.
    twist_warp = np.sin(2 * np.pi * (fu * 2.6 + v * 1.7) + _each(rng, column, 2.0))
    twist_weft = np.sin(2 * np.pi * (fv * 2.6 - u * 1.7) + _each(rng, row, 2.0))
    fuzz = fractal(rng, grid, 2.4, 2)
    height = float32(height + 0.10 * mix(twist_weft, twist_warp, on_top) + 0.09 * fuzz)
    normal = normals(float32(height * 1.15 + harm.height), grid.step)

    shade_warp = _each(rng, column, 0.045) * (1 + 0.05 * patches(rng, grid, 26.0, (0.3, 3.0)))
    shade_weft = _each(rng, row, 0.045) * (1 + 0.05 * patches(rng, grid, 26.0, (3.0, 0.3)))
    colour = mix(_WEFT * shade_weft[..., None], _WARP * shade_warp[..., None], on_top)
    light = 0.28 + 0.95 * lambert(normal, main)
    light = light * (0.25 + 0.75 * depth) * (1 + 0.07 * fuzz)
    light = light * (1 + 0.03 * fractal(rng, grid, 140.0, 3))
    cloth = float32(colour * light[..., None] * harm.tint + _fluff(harm))
    table = np.float32(0.012) * (1 + 0.2 * fractal(rng, grid, 6.0, 2))
    return mix(cloth, float32(np.repeat(table[..., None], 3, axis=-1)), harm.cut)


def _fluff(harm: Damage) -> Field:
    return float32(harm.bright[..., None] * np.array([0.85, 0.93, 1.0], np.float32))


def _each(rng: np.random.Generator, index: Field, spread: float) -> Field:
    """Returns a factor near 1 that is the same for the whole of a yarn."""
    low = int(index.min())
    values = 1 + spread * rng.standard_normal(int(index.max()) - low + 1)
    return float32(values[(index - low).astype(int)])
