"""Parts of the sample project for the starter model: rendered once, varied often."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector_app.imaging.sample_parts import DEFECTS, PART_TYPES, render
from inspector_app.learning.starter.scene import Scene, Thing
from inspector_app.learning.starter.surface import Rng

SIZE = (320, 240)
FIRST_SEED = 70_000_000  # far from every sample folder's
NAMES = {"nut": "nut", "plate": "plate", "fabric": "fabric"}


class SampleParts:
    """Rendered parts of the sample project's kinds.

    Args:
        path: Of the file that keeps them; made by `write`.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path) as kept:
            self._pixels: NDArray[np.uint8] = kept["pixels"]
            self._masks: NDArray[np.uint8] = kept["masks"]
            self._kinds: NDArray[np.int64] = kept["kinds"]
        self._all = _kinds()

    def draw(self, rng: Rng, size: tuple[int, int]) -> Scene:
        """One of them at a size, mirrored and lit anew."""
        import cv2

        which = int(rng.integers(len(self._pixels)))
        part_type, defect = self._all[int(self._kinds[which])]
        pixels, mask = self._pixels[which], self._masks[which]
        if rng.random() < 0.5:
            pixels, mask = pixels[:, ::-1], mask[:, ::-1]
        if rng.random() < 0.5:
            pixels, mask = pixels[::-1], mask[::-1]
        if size[1] > size[0]:
            pixels, mask = pixels.transpose(1, 0, 2), mask.T
        pixels = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
        small = cv2.resize(
            np.ascontiguousarray(mask, np.float32), size, interpolation=cv2.INTER_AREA
        )
        gain = rng.uniform(0.85, 1.15) * rng.normal(1, 0.015, 3)
        lit = pixels * gain + rng.normal(0, rng.uniform(0, 3), pixels.shape)
        things: tuple[Thing, ...] = ()
        if defect is not None:
            things = tuple(
                Thing(defect, piece) for piece in _pieces(small > 0.25) if piece.sum() >= 8
            )
        return Scene(np.clip(lit, 0, 255).astype(np.uint8), "part", NAMES[part_type], things=things)


def write(path: Path, count: int, workers: int = 1) -> None:
    """Renders parts into a file.

    Args:
        path: Of the file.
        count: How many.
        workers: Processes that render.
    """
    seeds = range(FIRST_SEED, FIRST_SEED + count)
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(_render, seeds, chunksize=8))
    np.savez(
        path,
        pixels=np.stack([pixels for pixels, _, _ in made]),
        masks=np.stack([mask for _, mask, _ in made]),
        kinds=np.array([kind for _, _, kind in made]),
    )


def _kinds() -> Sequence[tuple[str, str | None]]:
    """Every part with every defect, and as often without one."""
    return [
        (part, defect) for part in PART_TYPES for each in DEFECTS[part] for defect in (each, None)
    ]


def _render(seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
    kinds = _kinds()
    which = seed % len(kinds)
    part = render(*kinds[which], seed, SIZE)
    return part.pixels, part.mask.astype(np.uint8), which


def _pieces(mask: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    import cv2

    # Gaps of a broken line are no gaps between defects.
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    pieces = [mask & (labels == number) for number in range(1, count)]
    return [piece for piece in pieces if piece.any()]
