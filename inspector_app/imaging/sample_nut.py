"""The rendered hexagon nut: turned steel on a dark mat, seen from above."""

from __future__ import annotations

import numpy as np

from inspector_app.imaging import sample_damage as damages
from inspector_app.imaging.sample_damage import Damage
from inspector_app.imaging.sample_surface import (
    Field,
    Grid,
    Look,
    blurred,
    direction,
    float32,
    fractal,
    gloss,
    hexagon_distance,
    lambert,
    mix,
    normals,
    patches,
    placed,
    profile,
    smooth,
)

DEFECTS = ("scratch", "stain", "dent", "chip", "hole", "missing", "crack")
FLATS = 166.0  # half the width across flats, design units
BORE = 84.0  # radius of the thread's crests
SINK = 108.0  # outer radius of the countersink
FACE = 157.0  # radius where the chamfer begins
_STEEL = np.array([0.93, 0.96, 1.0], np.float32)


def _ring(rng: np.random.Generator, low: float, high: float) -> tuple[float, float]:
    """A random point of the face between two radii."""
    r, a = float(rng.uniform(low, high)), float(rng.uniform(0, 2 * np.pi))
    return r * float(np.cos(a)), r * float(np.sin(a))


def damage(rng: np.random.Generator, grid: Grid, xy: tuple[Field, Field], kind: str) -> Damage:
    """Draws one defect of a kind of `DEFECTS`, somewhere it could happen."""
    if kind == "scratch":
        x, y = _ring(rng, 122, 138)
        turn = float(np.arctan2(y, x)) + float(rng.uniform(0.9, 1.9))
        half = float(rng.uniform(32, 60))
        dx, dy = half * float(np.cos(turn)), half * float(np.sin(turn))
        strength = float(rng.uniform(0.7, 1.5))
        found = damages.scratch(rng, grid, xy, ((x - dx, y - dy), (x + dx, y + dy)), strength)
    elif kind == "stain":
        colour = ((0.36, 0.24, 0.15), (0.50, 0.40, 0.26), (0.30, 0.27, 0.24))[rng.integers(3)]
        size = float(rng.uniform(17, 30))
        strength = float(rng.uniform(0.75, 1.05))
        found = damages.stain(rng, grid, xy, _ring(rng, 124, 138), size, colour, strength)
    elif kind == "dent":
        size = float(rng.uniform(13, 20))
        strength = float(rng.uniform(0.9, 1.5))
        found = damages.dent(rng, grid, xy, _ring(rng, 122, 142), size, strength)
    elif kind == "hole":
        found = damages.pit(rng, grid, xy, _ring(rng, 122, 140), float(rng.uniform(5, 8.5)))
    elif kind == "crack":
        a = float(rng.uniform(0, 2 * np.pi))
        b = a + float(rng.uniform(-0.16, 0.16))
        inner = (BORE * 1.16 * float(np.cos(a)), BORE * 1.16 * float(np.sin(a)))
        outer = (160 * float(np.cos(b)), 160 * float(np.sin(b)))
        found = damages.crack(rng, grid, xy, (inner, outer), float(rng.uniform(1.4, 2.2)))
    else:
        corner = np.pi / 3 * float(rng.integers(6))
        reach = FLATS * 2 / float(np.sqrt(3))
        if kind == "chip":
            corner += float(rng.choice([-1, 1])) * float(rng.uniform(0.22, 0.42))
            reach = float(hexagon_edge(corner)) + 1.0
            size = float(rng.uniform(17, 26))
        else:
            size = float(rng.uniform(34, 46))
        centre = (reach * float(np.cos(corner)), reach * float(np.sin(corner)))
        found = damages.broken_off(rng, grid, xy, centre, size, kind == "missing")
    found.place = float32(found.place * (outline(xy) < 0))
    return found


def hexagon_edge(angle: float) -> float:
    """Returns the distance from the centre to the edge in a direction."""
    step = np.pi / 3
    # Flats face up and down, so one flat is at 90 degrees.
    aside = (angle - np.pi / 2 + step / 2) % step - step / 2
    return float(FLATS / np.cos(aside))


def outline(xy: tuple[Field, Field]) -> Field:
    """Returns the signed distance to the outline, negative on the part."""
    return hexagon_distance(xy[0], xy[1], FLATS, 5.0)


def paint(rng: np.random.Generator, grid: Grid, look: Look, harm: Damage) -> Field:
    """Returns the light of the scene, linear RGB `[H, W, 3]`."""
    u, v = placed(grid, look)
    distance = outline((u, v))
    r = float32(np.hypot(u, v))
    angle = np.arctan2(v, u)
    main = direction(look.azimuth, 52.0)
    fill = direction(look.azimuth - 165.0, 38.0)

    solid = float32(np.clip(0.5 - distance / (2 * grid.step), 0.0, 1.0)) * (1 - harm.cut)
    open_bore = smooth(BORE - 15.0, BORE - 17.0, r)
    metal = float32(solid * (1 - open_bore))
    floor = _mat(rng, grid, look, solid, open_bore, r)
    steel = _steel(rng, grid, look, (u, v), (r, float32(angle)), distance, harm, (main, fill))
    return mix(floor, steel, metal)


def _mat(
    rng: np.random.Generator, grid: Grid, look: Look, solid: Field, bore: Field, r: Field
) -> Field:
    grain = 0.11 * fractal(rng, grid, 2.6, 2) + 0.05 * fractal(rng, grid, 90.0, 3)
    base = np.array([0.060, 0.068, 0.078], np.float32) * (1.0 + grain)[..., None]
    away = np.deg2rad(look.azimuth + 180.0)
    body = float32(solid * (1 - bore))
    cast = np.zeros_like(solid)
    for part, reach in ((0.5, 6.0), (0.3, 13.0), (0.2, 21.0)):  # a broad lamp: layered penumbra
        shift = (
            round(reach * float(np.sin(away)) / grid.step),
            round(reach * float(np.cos(away)) / grid.step),
        )
        cast += part * blurred(np.roll(body, shift, (0, 1)), (2.0 + reach * 0.45) / grid.step)
    contact = blurred(body, 5.0 / grid.step)
    shade = (1 - 0.62 * cast) * (1 - 0.45 * contact)
    # The lamp reaches the mat through the bore only on the far side.
    lit = 0.16 + 0.30 * smooth(
        -60.0,
        70.0,
        float32(
            -(grid.x * np.cos(np.deg2rad(look.azimuth)) + grid.y * np.sin(np.deg2rad(look.azimuth)))
        ),
    ) * smooth(BORE - 10, BORE - 45, r)
    shade = np.where(bore > 0, mix(shade, lit, bore), shade)
    return float32(base * shade[..., None])


def _steel(
    rng: np.random.Generator,
    grid: Grid,
    look: Look,
    uv: tuple[Field, Field],
    polar: tuple[Field, Field],
    distance: Field,
    harm: Damage,
    lights: tuple[tuple[float, float, float], tuple[float, float, float]],
) -> Field:
    r, angle = polar
    main, fill = lights
    # Turning marks: the same all round, a hair off centre, finer and coarser ones.
    eccentric = float32(np.hypot(uv[0] - rng.normal(0, 0.6), uv[1] - rng.normal(0, 0.6)))
    marks = 0.6 * profile(rng, eccentric, 1.0, 60, 210) + 0.5 * profile(
        rng, eccentric, 3.1, 60, 210
    )
    feed = np.sin(eccentric * np.float32(2 * np.pi / 3.4))
    broken = patches(rng, grid, 2.0)  # grains along the marks
    grooves = float32(0.75 * marks + 0.30 * feed + 0.22 * broken)

    height = -np.maximum(r - FACE, 0.0) * np.float32(0.55)
    height -= 3.2 * smooth(-4.0, 1.0, distance)
    height -= np.clip(SINK - r, 0.0, SINK - BORE - 8) * np.float32(0.8)
    height = blurred(float32(height), 1.1 / grid.step)
    height = float32(height + harm.height)
    normal = normals(height, grid.step)

    face = smooth(SINK - 1, SINK + 1.5, r) * (1 - smooth(FACE - 1.5, FACE + 1.5, r))
    finish = 1 - harm.raw
    # A turned face mirrors a lamp as a bow tie: bright where the marks lie across its light.
    az = np.deg2rad(look.azimuth)
    bow = np.exp(-((np.sin(angle - az) / 0.42) ** 2)) * (0.72 + 0.16 * np.cos(angle - az))
    bow += 0.42 * np.exp(-((np.sin(angle - az - 1.25) / 0.30) ** 2))
    bow += 0.10 * np.exp(-((np.sin(angle - az - 0.55) / 0.10) ** 2))
    turned = face * finish * (0.075 + 0.58 * bow * (1 + 0.15 * grooves) + 0.020 * grooves)

    body = 0.02 + 0.24 * lambert(normal, main) ** 2.2 + 0.05 * lambert(normal, fill)
    body += 0.62 * gloss(normal, main, 26.0) * (1 - face) + 0.16 * gloss(normal, fill, 18.0)
    slope = np.clip(1 - normal[2], 0, 1)
    level = float(main[2])  # what an even face receives
    body += harm.raw * (0.10 + 0.75 * (lambert(normal, main) - level))
    body += harm.raw * slope * 0.8 * gloss(normal, main, 9.0)
    body *= 1 + 0.05 * grooves * (1 - face) + 0.10 * harm.raw * broken
    rough = 0.07 * harm.raw * (1 + 0.35 * fractal(rng, grid, 5.0, 2))
    light = turned + np.maximum(body, 0.015 + rough) * (1 - 0.35 * face * finish) + harm.bright
    light = light * _thread(rng, uv, r, angle, look)
    light *= 1 + 0.02 * fractal(rng, grid, 60.0, 3)  # an uneven coat of zinc
    return float32(np.maximum(light, 0.004)[..., None] * _STEEL * harm.tint)


def _thread(
    rng: np.random.Generator, uv: tuple[Field, Field], r: Field, angle: Field, look: Look
) -> Field:
    """The factor of the light down in the bore: crests of a helix, darker with depth."""
    depth = np.clip((BORE + 9.0 - r) / 26.0, 0.0, 1.0)  # 0 at the mouth, 1 far down
    start = float(rng.normal(2.2, 0.05))  # where the first turn begins; set by the machine
    turns = depth * 4.6 + (angle + start) / (2 * np.pi)
    crest = np.abs(((turns % 1.0) - 0.5) * 2.0)
    shine = 0.25 + 0.95 * smooth(0.35, 0.9, float32(crest))
    toward = np.cos(angle - np.deg2rad(look.azimuth))
    side = 0.62 - 0.42 * toward  # the wall across from the lamp is lit, the near one is not
    inner = shine * side * (1 - 0.72 * depth)
    mouth = smooth(BORE + 6.0, BORE + 9.5, r)
    return float32(inner * (1 - mouth) + mouth)
