"""Surfaces, outlines, light and camera of the starter model's pictures.

Drawn straight at the size that the model sees, so that one core renders faster than it trains.
"""

from __future__ import annotations

import math

import numpy as np

from inspector_app.learning.starter.scene import COLOURS, Pixels

Rng = np.random.Generator
TEXTURES = ("smooth", "brushed", "grain", "speckle", "hammered", "turned")
HELD_TEXTURES = ("crosshatch",)


def normals(rng: Rng, shape: tuple[int, int]) -> Pixels:
    """White noise, mean 0, spread 1."""
    return rng.standard_normal(shape, np.float32)


def soft_noise(rng: Rng, shape: tuple[int, int], size: float, stretch: float = 1.0) -> Pixels:
    """Soft random patches, mean 0, spread about 1.

    Args:
        rng: Source of chance.
        shape: Rows and columns.
        size: Of a patch, in pixels.
        stretch: How much longer they are across than down.
    """
    import cv2

    rows = max(2, round(shape[0] / size) + 2)
    columns = max(2, round(shape[1] / size / stretch) + 2)
    seeds = normals(rng, (rows, columns))
    return cv2.resize(seeds, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC) * np.float32(1.3)


def texture(rng: Rng, shape: tuple[int, int], kind: str) -> Pixels:
    """A factor on the surface's brightness, mean about 1."""
    import cv2

    deep = np.float32(rng.uniform(0.03, 0.12))
    if kind == "brushed":
        fine = cv2.blur(normals(rng, shape), (int(rng.integers(15, 45)), 1))
        return 1 + deep * 3 * turned(fine, float(rng.uniform(0, 180)))
    if kind == "grain":
        return 1 + deep * soft_noise(rng, shape, float(rng.uniform(1.5, 3)))
    if kind == "speckle":
        spots = soft_noise(rng, shape, float(rng.uniform(2.5, 5)))
        return 1 - deep * 3 * (spots > 1.2).astype(np.float32)
    if kind == "hammered":
        return 1 + deep * 1.4 * soft_noise(rng, shape, float(rng.uniform(6, 12)))
    if kind == "turned":
        y, x = grid(shape)
        radius = np.hypot(x - shape[1] / 2, y - shape[0] / 2)
        rings = np.interp(radius, np.arange(0, 400, 1.5), rng.standard_normal(267)).astype(
            np.float32
        )
        return 1 + deep * rings
    if kind == "crosshatch":
        y, x = grid(shape)
        step = float(rng.uniform(5, 9))
        waves = np.sin((x + y) * 2 * np.pi / step) + np.sin((x - y) * 2 * np.pi / step)
        return 1 + deep * 0.7 * waves.astype(np.float32)
    return 1 + np.float32(0.25) * deep * soft_noise(rng, shape, 30)


def weave(rng: Rng, shape: tuple[int, int]) -> Pixels:
    """A plain weave seen from above."""
    y, x = grid(shape)
    pitch = float(rng.uniform(3.2, 7))
    u, v = rotated(x, y, float(rng.uniform(-12, 12)))
    over = np.sin(u * np.pi / pitch) * np.sin(v * np.pi / pitch)
    yarns = np.abs(np.sin(u * np.pi / pitch)) + np.abs(np.sin(v * np.pi / pitch))
    deep = float(rng.uniform(0.08, 0.25))
    return (1 + deep * (0.6 * np.sign(over) * np.abs(over) + 0.6 * (yarns - 1.27))).astype(
        np.float32
    )


def wood(rng: Rng, shape: tuple[int, int]) -> Pixels:
    """Year rings cut along."""
    y, x = grid(shape)
    bend = soft_noise(rng, shape, 40, 2.0) * 5
    rings = np.sin((y + bend + 0.02 * x) * float(rng.uniform(0.3, 0.7)))
    fine = soft_noise(rng, shape, 1.5, 14)
    return (1 + 0.09 * rings + 0.05 * fine).astype(np.float32)


def tiles(rng: Rng, shape: tuple[int, int]) -> Pixels:
    """Square tiles with joints."""
    y, x = grid(shape)
    side = float(rng.uniform(34, 80))
    dx, dy = rng.uniform(0, side, 2)
    joint = np.minimum((x + dx) % side, (y + dy) % side) < rng.uniform(1.2, 2.5)
    return (1 - 0.25 * joint).astype(np.float32) * texture(rng, shape, "grain")


def mesh(rng: Rng, shape: tuple[int, int]) -> Pixels:
    """A wire mesh."""
    y, x = grid(shape)
    pitch = float(rng.uniform(9, 15))
    u, v = rotated(x, y, float(rng.uniform(30, 60)))
    wires = np.minimum(np.abs(u % pitch - pitch / 2), np.abs(v % pitch - pitch / 2))
    return (0.55 + 0.5 * np.clip(2.6 - wires, 0, 1)).astype(np.float32)


def grid(shape: tuple[int, int]) -> tuple[Pixels, Pixels]:
    """Row and column of each pixel."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    return y.astype(np.float32), x.astype(np.float32)


def rotated(x: Pixels, y: Pixels, degrees: float) -> tuple[Pixels, Pixels]:
    """Coordinates turned about the origin."""
    a = math.radians(degrees)
    c, s = np.float32(math.cos(a)), np.float32(math.sin(a))
    return x * c + y * s, y * c - x * s


def turned(field: Pixels, degrees: float) -> Pixels:
    """A field turned about its middle, edges mirrored."""
    import cv2

    rows, columns = field.shape[:2]
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.45)
    return cv2.warpAffine(field, matrix, (columns, rows), borderMode=cv2.BORDER_REFLECT)


def painted(colour: str, rng: Rng, spread: float = 0.05) -> Pixels:
    """A shade of a colour, RGB 0..1."""
    base = np.array(COLOURS[colour], np.float32)
    shade = base * np.float32(rng.uniform(0.85, 1.15)) + rng.normal(0, spread, 3)
    return np.clip(shade, 0.02, 0.98).astype(np.float32)


def filled(shape: tuple[int, int], points: Pixels) -> Pixels:
    """A polygon with soft edges, 0..1; points `[n, 2]` as x, y in pixels."""
    import cv2

    mask = np.zeros(shape, np.uint8)
    fixed = np.round(points * 16).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / 255


def stroked(shape: tuple[int, int], points: Pixels, width: float) -> Pixels:
    """A line with soft edges, 0..1; thinner than a pixel it is fainter."""
    import cv2

    scale = 3  # OpenCV draws whole widths only
    big = np.zeros((shape[0] * scale, shape[1] * scale), np.uint8)
    fixed = np.round(points * scale * 16).astype(np.int32)
    cv2.polylines(big, [fixed], False, 255, max(1, round(width * scale)), cv2.LINE_AA, 4)
    return cv2.resize(big, (shape[1], shape[0]), interpolation=cv2.INTER_AREA).astype(
        np.float32
    ) / np.float32(255)


def regular(
    centre: tuple[float, float], radius: float, corners: int, turn: float, inner: float = 1.0
) -> Pixels:
    """A regular polygon; `inner` below 1 makes a star."""
    count = corners if inner == 1.0 else 2 * corners
    angles = turn + np.arange(count) * 2 * np.pi / count
    radii = np.where(np.arange(count) % 2 == 0, radius, radius * inner)
    return np.stack(
        (centre[0] + radii * np.cos(angles), centre[1] + radii * np.sin(angles)), 1
    ).astype(np.float32)


def blurred(field: Pixels, sigma: float) -> Pixels:
    """A Gaussian blur."""
    import cv2

    return cv2.GaussianBlur(field, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)


def lit(rng: Rng, image: Pixels, height: Pixels) -> Pixels:
    """Adds light from one side, shading of a height field, and a darker rim of the picture.

    Args:
        rng: Source of chance.
        image: `[h, w, 3]`, linear enough.
        height: `[h, w]` in pixels.
    """
    angle = float(rng.uniform(0, 2 * np.pi))
    gy, gx = np.gradient(height)
    slope = np.tanh((gx * math.cos(angle) + gy * math.sin(angle)) * 1.2)
    y, x = grid(height.shape)
    rows, columns = height.shape
    u, v = x / columns - 0.5, y / rows - 0.5
    even = 1 + float(rng.uniform(0, 0.3)) * (u * math.cos(angle) + v * math.sin(angle))
    even -= float(rng.uniform(0, 0.35)) * (u * u + v * v)
    if rng.random() < 0.3:  # a lamp mirrored
        cx, cy = rng.uniform(0.2, 0.8, 2)
        spot = np.exp(-((u + 0.5 - cx) ** 2 + (v + 0.5 - cy) ** 2) / rng.uniform(0.02, 0.08))
        even += float(rng.uniform(0.05, 0.22)) * spot
    lighted = image * even[..., None] + (float(rng.uniform(0.12, 0.3)) * slope)[..., None]
    return lighted.astype(np.float32)


def exposed(rng: Rng, image: Pixels) -> np.ndarray:
    """Takes the picture: lens, exposure, tint, noise; uint8 `[h, w, 3]`."""
    if rng.random() < 0.6:
        image = blurred(image, float(rng.uniform(0.3, 0.75)))
    image = image * np.float32(rng.uniform(0.8, 1.15)) * rng.normal(1, 0.025, 3).astype(np.float32)
    noise = float(rng.uniform(0.003, 0.022))
    image = image + noise * normals(rng, image.shape)  # type: ignore[arg-type]
    return np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8)
