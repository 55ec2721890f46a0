"""The rendered cover plate: moulded plastic with four screws, vents and a printed label."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.paths import RESOURCES
from inspector_app.imaging import sample_damage as damages
from inspector_app.imaging.sample_damage import Damage
from inspector_app.imaging.sample_surface import (
    Field,
    Grid,
    Look,
    blurred,
    box_distance,
    direction,
    float32,
    fractal,
    gloss,
    lambert,
    mix,
    normals,
    placed,
    smooth,
)

DEFECTS = ("scratch", "stain", "chip", "hole", "missing", "crack")
HALF = (244.0, 182.0)  # half the width and height of the plate, design units
SCREWS = ((-208.0, -146.0), (208.0, -146.0), (208.0, 146.0), (-208.0, 146.0))
HEAD = 17.0  # radius of a screw head
LABEL = (-52.0, 0.0, 118.0, 74.0)  # centre and half size of the printed label
VENTS = tuple((142.0, y) for y in (-60.0, -36.0, -12.0, 12.0, 36.0, 60.0))
_PLASTIC = np.array([0.50, 0.51, 0.485], np.float32)


def damage(rng: np.random.Generator, grid: Grid, xy: tuple[Field, Field], kind: str) -> Damage:
    """Draws one defect of a kind of `DEFECTS`."""
    if kind == "missing":
        at = SCREWS[int(rng.integers(4))]
        found = Damage.none(grid)
        r = np.hypot(xy[0] - at[0], xy[1] - at[1])
        found.bare = float32(r < HEAD + 2.0)
        found.place = float32(r < HEAD + 1.0)
        return found
    # Above or below the label, or across it.
    x0 = float(rng.uniform(-150, 90))
    y0 = float(rng.choice([-1, 1])) * float(rng.uniform(92, 128))
    if kind == "scratch":
        turn, half = float(rng.uniform(-0.5, 0.5)), float(rng.uniform(36, 80))
        dx, dy = half * float(np.cos(turn)), half * float(np.sin(turn))
        y0 *= float(rng.uniform(0.3, 1.0))
        strength = float(rng.uniform(0.6, 1.2))
        found = damages.scratch(rng, grid, xy, ((x0 - dx, y0 - dy), (x0 + dx, y0 + dy)), strength)
    elif kind == "stain":
        colour = ((0.34, 0.28, 0.20), (0.62, 0.48, 0.30), (0.28, 0.30, 0.34))[rng.integers(3)]
        y0 *= float(rng.uniform(0.2, 1.0))
        size, strength = float(rng.uniform(17, 36)), float(rng.uniform(0.55, 1.0))
        found = damages.stain(rng, grid, xy, (x0, y0), size, colour, strength)
    elif kind == "hole":
        found = damages.pit(rng, grid, xy, (x0, y0), float(rng.uniform(5.5, 10)))
    elif kind == "crack":
        i = int(rng.integers(4))  # cracks start at a screw tightened too much
        sx, sy = SCREWS[i]
        a = float(np.arctan2(-sy, -sx)) + float(rng.uniform(-0.45, 0.45))
        reach = float(rng.uniform(64, 110))
        start = (sx + (HEAD + 7) * float(np.cos(a)), sy + (HEAD + 7) * float(np.sin(a)))
        end = (sx + reach * float(np.cos(a)), sy + reach * float(np.sin(a)))
        found = damages.crack(rng, grid, xy, (start, end), float(rng.uniform(1.2, 2.0)))
    else:
        side = int(rng.integers(2))
        at = (
            (float(rng.uniform(-170, 170)), HALF[1] * float(rng.choice([-1, 1])))
            if side
            else (HALF[0] * float(rng.choice([-1, 1])), float(rng.uniform(-110, 110)))
        )
        found = damages.broken_off(rng, grid, xy, at, float(rng.uniform(16, 30)), True)
    found.place = float32(found.place * (box_distance(xy[0], xy[1], HALF, 20.0) < 0))
    return found


def paint(rng: np.random.Generator, grid: Grid, look: Look, harm: Damage) -> Field:
    """Returns the light of the scene, linear RGB `[H, W, 3]`."""
    x, y = placed(grid, look)
    main, fill = direction(look.azimuth, 50.0), direction(look.azimuth - 160.0, 35.0)
    edge = box_distance(x, y, HALF, 20.0)
    rim = box_distance(x, y, (HALF[0] - 15, HALF[1] - 15), 10.0)

    height = -7.0 * smooth(-6.0, 0.5, edge) - 2.4 * smooth(2.0, -3.0, rim)
    height += 0.16 * fractal(rng, grid, 3.4, 2)  # the fine grain of the mould
    slots = np.zeros(grid.shape, np.float32)
    for vx, vy in VENTS:
        slot = box_distance(x - vx, y - vy, (46.0, 5.6), 5.6)
        slots = np.maximum(slots, smooth(1.2, -1.2, slot))
        height -= 1.6 * smooth(3.0, -1.0, slot)
    seats = np.zeros(grid.shape, np.float32)
    for sx, sy in SCREWS:
        r = float32(np.hypot(x - sx, y - sy))
        height += 2.2 * smooth(31.0, 27.0, r)  # a boss round each screw
        seats = np.maximum(seats, smooth(HEAD + 3.0, HEAD + 1.5, r))
    height = float32(blurred(float32(height), 0.8 / grid.step) + harm.height)

    normal = normals(height, grid.step)
    shade = 0.30 + 0.66 * lambert(normal, main) + 0.12 * lambert(normal, fill)
    sheen = 0.10 * gloss(normal, main, 14.0) * (1 - 0.8 * harm.raw)
    colour = _PLASTIC * (1 + 0.012 * fractal(rng, grid, 120.0, 3))[..., None]
    print_rgb, paper = _print_on(rng, x, y)
    colour = mix(colour, print_rgb, paper)
    sheen = sheen * (1 - 0.5 * paper) + 0.02 * paper
    light = colour * shade[..., None] + (sheen + 1.1 * harm.bright)[..., None]
    light = light * harm.tint
    label_edge = box_distance(x - LABEL[0], y - LABEL[1], LABEL[2:], 5.0)
    light *= (1 - 0.16 * np.exp(-(((label_edge - 0.9) / 1.2) ** 2)) * (label_edge > 0))[..., None]
    light = mix(light, np.float32(0.010) * np.ones(3, np.float32), slots)
    light *= (1 - 0.5 * seats)[..., None]
    for i, (sx, sy) in enumerate(SCREWS):
        light = _screw(rng, grid, look, (x - sx, y - sy), float(i), harm, light)

    solid = float32(np.clip(0.5 - edge / (2 * grid.step), 0, 1) * (1 - harm.cut))
    return mix(_table(rng, grid, look, solid), float32(np.maximum(light, 0.003)), solid)


def _table(rng: np.random.Generator, grid: Grid, look: Look, solid: Field) -> Field:
    grain = 0.07 * fractal(rng, grid, 2.6, 2) + 0.05 * fractal(rng, grid, 100.0, 3)
    base = np.array([0.045, 0.052, 0.060], np.float32) * (1 + grain)[..., None]
    away = np.deg2rad(look.azimuth + 180.0)
    cast = np.zeros_like(solid)
    for part, reach in ((0.5, 4.0), (0.5, 10.0)):
        shift = (
            round(reach * float(np.sin(away)) / grid.step),
            round(reach * float(np.cos(away)) / grid.step),
        )
        cast += part * blurred(np.roll(solid, shift, (0, 1)), (2.0 + reach * 0.5) / grid.step)
    return float32(base * (1 - 0.75 * cast)[..., None])


def _screw(
    rng: np.random.Generator,
    grid: Grid,
    look: Look,
    xy: tuple[Field, Field],
    turn: float,
    harm: Damage,
    under: Field,
) -> Field:
    """Returns the light with one pan-head screw on top, or its empty hole."""
    reach = HEAD + 6.0
    rows = np.flatnonzero((np.abs(xy[1]) < reach).any(1))
    columns = np.flatnonzero((np.abs(xy[0]) < reach).any(0))
    window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    x, y = xy[0][window], xy[1][window]
    r = float32(np.hypot(x, y))
    # Screws stop where they stop: their crosses differ, though not by much in a jig.
    a = 0.5 + 0.35 * turn + float(rng.normal(0, 0.05))
    u, v = np.abs(x * np.cos(a) + y * np.sin(a)), np.abs(-x * np.sin(a) + y * np.cos(a))
    arms = np.minimum(np.maximum(u - 9.5, v - 1.9), np.maximum(v - 9.5, u - 1.9))
    dome = np.sqrt(np.maximum(1 - (r / (HEAD * 1.45)) ** 2, 0.0)) * HEAD * 0.75
    drive = smooth(1.0, -0.8, float32(arms))
    height = float32(dome - 3.2 * drive * smooth(11.5, 6.0, r) - 3.0 * smooth(HEAD - 2, HEAD, r))
    normal = normals(height, grid.step)
    main, fill = direction(look.azimuth, 52.0), direction(look.azimuth - 160.0, 35.0)
    turned = 0.03 * np.sin(r * 2.4) + 0.02 * rng.standard_normal(r.shape)
    shine = 0.06 + 0.26 * lambert(normal, main) ** 1.5 + 0.85 * gloss(normal, main, 22.0)
    shine = (shine + 0.25 * gloss(normal, fill, 12.0)) * (1 + turned) * (1 - 0.72 * drive)
    head = smooth(HEAD + 0.5, HEAD - 0.5, r)
    metal = float32(np.maximum(shine, 0.01)[..., None] * np.array([1.0, 0.98, 0.94], np.float32))

    lit = 0.5 - 0.5 * (x * np.cos(np.deg2rad(look.azimuth)) + y * np.sin(np.deg2rad(look.azimuth)))
    wall = np.clip(0.02 + 0.010 * lit, 0.004, 0.2) * smooth(7.0, 9.0, r)
    seat = smooth(8.0, 9.5, r)
    empty = float32(wall[..., None] * (1 - seat[..., None]) + 0.22 * _PLASTIC * seat[..., None])
    gone = harm.bare[window]
    local = under[window]
    with_screw = mix(local, metal, head)
    without = mix(local, empty, smooth(HEAD + 1.0, HEAD - 0.5, r))
    under[window] = mix(with_screw, without, gone)
    return under


def _print_on(rng: np.random.Generator, x: Field, y: Field) -> tuple[Field, Field]:
    """Returns the colours of the printed label and where it is, 0..1."""
    art = _artwork()
    scale = 4.0
    left, top = LABEL[0] - LABEL[2], LABEL[1] - LABEL[3]
    sx, sy = float(rng.normal(0, 0.5)), float(rng.normal(0, 0.5))  # stuck on by a machine
    px = np.clip((x - left - sx) * scale, 0, art.shape[1] - 1.001)
    py = np.clip((y - top - sy) * scale, 0, art.shape[0] - 1.001)
    ix, iy = px.astype(int), py.astype(int)
    fx, fy = float32(px - ix)[..., None], float32(py - iy)[..., None]
    upper = art[iy, ix] * (1 - fx) + art[iy, ix + 1] * fx
    lower = art[iy + 1, ix] * (1 - fx) + art[iy + 1, ix + 1] * fx
    edge = box_distance(x - LABEL[0] - sx, y - LABEL[1] - sy, LABEL[2:], 5.0)
    return float32(upper * (1 - fy) + lower * fy), smooth(0.4, -0.4, edge)


@lru_cache(maxsize=1)
def _artwork() -> Field:
    """Draws the label once, at four times its size; linear RGB `[h, w, 3]`."""
    scale = 4
    width, height = int(LABEL[2] * 2 * scale), int(LABEL[3] * 2 * scale)
    image = Image.new("RGB", (width, height), (236, 237, 232))
    draw = ImageDraw.Draw(image)

    def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
        name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
        return ImageFont.truetype(
            str(RESOURCES / "fonts" / name), size * scale, layout_engine=ImageFont.Layout.BASIC
        )

    ink, blue = (32, 34, 38), (0, 84, 140)
    draw.rectangle((0, 0, width, 36 * scale), fill=blue)
    draw.text((12 * scale, 6 * scale), "CONTROL UNIT", font=font(17, True), fill=(245, 246, 248))
    draw.text((width - 62 * scale, 7 * scale), "CU-24", font=font(15), fill=(245, 246, 248))
    draw.text((12 * scale, 42 * scale), "24 V DC   1.5 A   IP 54", font=font(14), fill=ink)
    draw.text((12 * scale, 63 * scale), "Part 0471-220-B", font=font(14, True), fill=ink)
    bars = np.random.default_rng(24).integers(1, 4, 62)
    at = 12 * scale
    for i, bar in enumerate(bars):
        if i % 2 == 0:
            box = (at, 94 * scale, at + int(bar) * 5 - 1, 126 * scale)
            draw.rectangle(box, fill=ink)
        at += int(bar) * 5
    draw.text((12 * scale, 127 * scale), "4006 0471 2209", font=font(10), fill=ink)
    for i, shade in enumerate((ink, blue)):
        cx = width - (30 + 0 * i) * scale
        cy = (76 + 36 * i) * scale
        box = (cx - 14 * scale, cy - 14 * scale, cx + 14 * scale, cy + 14 * scale)
        draw.ellipse(box, outline=shade, width=2 * scale)
    draw.text((width - 34 * scale, 65 * scale), "2", font=font(15, True), fill=ink)
    draw.line(
        [
            (width - 37 * scale, 112 * scale),
            (width - 31 * scale, 119 * scale),
            (width - 22 * scale, 105 * scale),
        ],
        fill=blue,
        width=3 * scale,
    )
    coded = float32(np.asarray(image)) / 255
    return float32(((coded + 0.055) / 1.055) ** 2.4 * 0.86)
