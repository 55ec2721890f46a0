"""Rendered images for the rows. They are not photographs; nothing here measures accuracy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app.imaging.sample_parts import render

Pixels = NDArray[np.uint8]
TWELVE = (4000, 3000)


def parts(count: int, first: int = 0, side: int = 256) -> list[Pixels]:
    """Renders good nuts, `[side, side, 3]` each."""
    return [render("nut", None, seed, (side, side)).pixels for seed in range(first, first + count)]


def variants(bases: list[Pixels], count: int, seed: int = 0) -> list[Pixels]:
    """Makes more images of a few: other brightness, place and noise (rendering takes longer)."""
    rng = np.random.default_rng(seed)
    made: list[Pixels] = []
    for number in range(count):
        base = bases[number % len(bases)].astype(np.float32)
        moved = np.roll(base, tuple(rng.integers(-6, 7, 2)), axis=(0, 1))
        noisy = moved * rng.uniform(0.95, 1.05) + rng.normal(0, 2, moved.shape)
        made.append(np.clip(noisy, 0, 255).astype(np.uint8))
    return made


def large(path: Path, seed: int) -> Path:
    """Writes a 12-megapixel JPEG with structure down to the pixel, as a camera's has."""
    rng = np.random.default_rng(seed)
    width, height = TWELVE
    part = Image.fromarray(parts(1, seed, 320)[0]).resize(TWELVE, Image.Resampling.BICUBIC)
    noise = rng.normal(0, 4, (height, width, 1)).astype(np.float32)
    pixels = np.clip(np.asarray(part, np.float32) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=90)
    return path
