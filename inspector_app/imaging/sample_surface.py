"""Surfaces for rendered samples: noise, slopes, light and the camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Field = npt.NDArray[np.float32]
SUPER = 2  # every pixel is the mean of SUPER x SUPER samples: edges come out smooth
DESIGN = 480.0  # geometry is written for an image whose shorter side has this many pixels


@dataclass(frozen=True, slots=True)
class Grid:
    """Sample positions of a picture, in design units from its centre.

    Attributes:
        x: Columns, `[H, W]` float32, to the right; H and W are supersampled.
        y: Rows likewise, downwards.
        step: Distance of two samples in design units.
    """

    x: Field
    y: Field
    step: float

    @classmethod
    def of(cls, width: int, height: int) -> Grid:
        """Builds the grid of a picture of `width x height` pixels."""
        step = DESIGN / min(width, height) / SUPER
        columns = (np.arange(width * SUPER, dtype=np.float32) + 0.5) * step
        rows = (np.arange(height * SUPER, dtype=np.float32) + 0.5) * step
        columns -= width * SUPER * step / 2
        rows -= height * SUPER * step / 2
        x, y = np.meshgrid(columns, rows)
        return cls(x.astype(np.float32), y.astype(np.float32), step)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of samples."""
        return self.x.shape[0], self.x.shape[1]


def float32(values: Any) -> Field:
    """Returns the values as a float32 array."""
    return np.asarray(values, dtype=np.float32)


def smooth(edge0: float, edge1: float, values: Field) -> Field:
    """Returns a soft step: 0 below `edge0`, 1 above `edge1`, smooth between."""
    t = np.clip((values - edge0) / (edge1 - edge0), 0.0, 1.0)
    return float32(t * t * (3.0 - 2.0 * t))


def mix(a: Any, b: Any, amount: Field) -> Field:
    """Returns `a` where `amount` is 0 and `b` where it is 1; adds a colour axis where needed."""
    weight = amount
    if np.ndim(a) == 3 or np.ndim(b) in {1, 3}:
        weight = amount[..., None]
    return float32(a + (b - a) * weight)


def blurred(values: Field, sigma: float) -> Field:
    """Returns the field blurred by a Gaussian of `sigma` samples, edges mirrored."""
    if sigma <= 0.05:
        return values
    pad = int(3 * sigma) + 1
    padded = np.pad(values, pad, mode="symmetric")
    fy = np.fft.fftfreq(padded.shape[0])[:, None]
    fx = np.fft.rfftfreq(padded.shape[1])[None, :]
    kernel = float32(np.exp(-2.0 * (np.pi * sigma) ** 2 * (fx**2 + fy**2)))
    done = np.fft.irfft2(np.fft.rfft2(padded) * kernel, padded.shape)
    return float32(done[pad:-pad, pad:-pad])


def patches(
    rng: np.random.Generator, grid: Grid, size: float, stretch: tuple[float, float] = (1.0, 1.0)
) -> Field:
    """Returns soft random patches, mean 0, spread about 1.

    Args:
        rng: Source of chance.
        grid: Where.
        size: Typical size of a patch in design units.
        stretch: Factors of the size along x and y.
    """
    rows, columns = grid.shape
    cells = (
        max(2, round(rows * grid.step / size / stretch[1]) + 2),
        max(2, round(columns * grid.step / size / stretch[0]) + 2),
    )
    seedlings = Image.fromarray(float32(rng.standard_normal(cells)))
    return float32(seedlings.resize((columns, rows), Image.Resampling.BICUBIC)) * np.float32(1.35)


def fractal(rng: np.random.Generator, grid: Grid, size: float, layers: int = 4) -> Field:
    """Returns noise with ever finer layers of half the strength, spread about 1."""
    total = np.zeros(grid.shape, np.float32)
    for layer in range(layers):
        total += patches(rng, grid, size / 2**layer) * np.float32(0.5**layer)
    return total * np.float32(0.85)


def profile(rng: np.random.Generator, at: Field, size: float, low: float, high: float) -> Field:
    """Returns noise along one coordinate: the same value wherever `at` is the same.

    Args:
        rng: Source of chance.
        at: The coordinate.
        size: Distance of two random values.
        low: Smallest coordinate.
        high: Largest coordinate.
    """
    count = max(4, int((high - low) / size) + 2)
    values = float32(rng.standard_normal(count))
    return float32(np.interp(at, np.linspace(low, high, count, dtype=np.float32), values))


def box_distance(x: Field, y: Field, half: tuple[float, float], radius: float) -> Field:
    """Returns the signed distance to a rounded rectangle around 0, 0; negative inside."""
    dx = np.abs(x) - (half[0] - radius)
    dy = np.abs(y) - (half[1] - radius)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return float32(outside + np.minimum(np.maximum(dx, dy), 0) - radius)


def hexagon_distance(x: Field, y: Field, inradius: float, radius: float) -> Field:
    """Returns the signed distance to a hexagon with rounded corners and flat top and bottom."""
    kx, ky = np.float32(-np.sqrt(3.0) / 2), np.float32(0.5)
    r = inradius - radius
    px, py = np.abs(x), np.abs(y)
    fold = 2 * np.minimum(kx * px + ky * py, 0)  # mirrors into one sixth
    px, py = px - fold * kx, py - fold * ky
    px = px - np.clip(px, -r / np.sqrt(3.0), r / np.sqrt(3.0))
    py = py - r
    return float32(np.hypot(px, py) * np.sign(py) - radius)


def normals(height: Field, step: float) -> tuple[Field, Field, Field]:
    """Returns the unit normals of a height field in design units."""
    gy, gx = np.gradient(height, step)
    length = np.sqrt(gx * gx + gy * gy + 1.0)
    return float32(-gx / length), float32(-gy / length), float32(1.0 / length)


def direction(azimuth: float, elevation: float) -> tuple[float, float, float]:
    """Returns the unit vector towards a light; angles in degrees, azimuth clockwise from right."""
    a, e = np.deg2rad(azimuth), np.deg2rad(elevation)
    return float(np.cos(e) * np.cos(a)), float(np.cos(e) * np.sin(a)), float(np.sin(e))


def lambert(normal: tuple[Field, Field, Field], light: tuple[float, float, float]) -> Field:
    """Returns how much of a light a matt surface receives, 0..1."""
    return float32(np.maximum(sum(n * part for n, part in zip(normal, light, strict=True)), 0.0))


def gloss(
    normal: tuple[Field, Field, Field], light: tuple[float, float, float], sharpness: float
) -> Field:
    """Returns the mirror-like part of a light seen from straight above, 0..1."""
    hx, hy, hz = light[0], light[1], light[2] + 1.0
    length = float(np.sqrt(hx * hx + hy * hy + hz * hz))
    facing = (normal[0] * hx + normal[1] * hy + normal[2] * hz) / length
    return float32(np.maximum(facing, 0.0) ** sharpness)


@dataclass(frozen=True, slots=True)
class Look:
    """What differs from picture to picture of good parts.

    Attributes:
        dx: Shift of the part to the right, design units.
        dy: Shift downwards.
        turn: Rotation in degrees.
        azimuth: Where the main light comes from, degrees.
        exposure: Factor on all light.
        warmth: Shift from blue to red, about -1..1.
        noise: Factor on the noise of the camera.
        gradient: How much brighter one side of the field is, as a vector.
        focus: Blur of the lens in output pixels.
    """

    dx: float
    dy: float
    turn: float
    azimuth: float
    exposure: float
    warmth: float
    noise: float
    gradient: tuple[float, float]
    focus: float

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Look:
        """Draws one, as a fixture with a little play under a lamp would give."""
        shift = np.clip(rng.normal(0.0, 0.9, 2), -2.0, 2.0)
        slope = rng.normal(0.0, 0.012, 2)
        return cls(
            float(shift[0]),
            float(shift[1]),
            float(np.clip(rng.normal(0.0, 0.35), -0.8, 0.8)),
            float(232.0 + rng.normal(0.0, 2.0)),
            float(np.clip(rng.normal(1.0, 0.025), 0.94, 1.06)),
            float(np.clip(rng.normal(0.0, 0.4), -1.0, 1.0)),
            float(rng.uniform(0.85, 1.2)),
            (float(slope[0]), float(slope[1])),
            float(rng.uniform(0.45, 0.62)),
        )


def placed(grid: Grid, look: Look) -> tuple[Field, Field]:
    """Returns the coordinates of the part: the grid shifted and turned as the part lies."""
    a = np.deg2rad(look.turn)
    x, y = grid.x - look.dx, grid.y - look.dy
    return float32(x * np.cos(a) + y * np.sin(a)), float32(-x * np.sin(a) + y * np.cos(a))


def expose(light: Field, grid: Grid, look: Look, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Takes the picture: lens, sensor, noise and the curve of the camera.

    Args:
        light: Linear RGB, `[H, W, 3]`, 1.0 is white.
        grid: Its positions.
        look: Exposure, colour and noise.
        rng: Source of chance.

    Returns:
        `uint8 [h, w, 3]`, h and w without supersampling.
    """
    reach = float(np.hypot(grid.x[0, 0], grid.y[0, 0]))
    radius2 = (grid.x**2 + grid.y**2) / reach**2
    field = 1.0 - 0.16 * radius2 - 0.05 * radius2**2  # lenses are darker towards the corners
    field = field * (1.0 + (grid.x * look.gradient[0] + grid.y * look.gradient[1]) / 240.0)
    scene = light * (field * look.exposure)[..., None]
    tint = np.array([1 + 0.012 * look.warmth, 1.0, 1 - 0.015 * look.warmth], np.float32)
    small = shrunk(float32(scene * tint))
    small = np.stack([blurred(small[..., c], look.focus) for c in range(3)], axis=-1)
    # A little sharpening, as cameras do on their own.
    soft = np.stack([blurred(small[..., c], 1.2) for c in range(3)], axis=-1)
    small = np.maximum(small + 0.35 * (small - soft), 0.0)
    shot = rng.standard_normal(small.shape) * np.sqrt(small * 7e-5 + 2.2e-6) * look.noise
    small = np.clip(small + shot, 0.0, None)
    small = small / (1.0 + np.maximum(small - 0.75, 0.0) * 0.9)  # highlights roll off
    coded = np.where(small <= 0.0031308, small * 12.92, 1.055 * small ** (1 / 2.4) - 0.055)
    return np.clip(coded * 255.0 + 0.5, 0, 255).astype(np.uint8)


def shrunk(values: Field) -> Field:
    """Returns the means of SUPER x SUPER samples."""
    rows, columns = values.shape[0] // SUPER, values.shape[1] // SUPER
    tiles = values.reshape(rows, SUPER, columns, SUPER, *values.shape[2:])
    return float32(tiles.mean(axis=(1, 3)))
