"""Rendered part images: a first project to try the program on, and exact truth for its tests.

They are rendered, not photographed, and say so; figures measured on them say nothing about real
parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inspector_app.domain.geometry import PixelBox
from inspector_app.imaging import sample_fabric, sample_nut, sample_plate
from inspector_app.imaging.sample_damage import Damage
from inspector_app.imaging.sample_surface import Field, Grid, Look, expose, placed, shrunk

_Draw = Callable[[np.random.Generator, Grid, tuple[Field, Field], str], Damage]
_Paint = Callable[[np.random.Generator, Grid, Look, Damage], Field]
_PARTS: dict[str, tuple[_Draw, _Paint]] = {
    "nut": (sample_nut.damage, sample_nut.paint),
    "plate": (sample_plate.damage, sample_plate.paint),
    "fabric": (sample_fabric.damage, sample_fabric.paint),
}

PART_TYPES: tuple[str, ...] = tuple(_PARTS)
DEFECTS: dict[str, tuple[str, ...]] = {
    "nut": sample_nut.DEFECTS,
    "plate": sample_plate.DEFECTS,
    "fabric": sample_fabric.DEFECTS,
}
SIZE = (640, 480)
SMALLEST = 9  # pixels; smaller pieces of a mask get no box

# A pixel of which this share is damaged belongs to the mask: thin lines must not vanish.
_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """One rendered picture and the truth about it.

    Attributes:
        pixels: uint8 `[h, w, 3]`, RGB.
        mask: bool `[h, w]`, true where damaged.
        part_type: One of `PART_TYPES`.
        defect: One of `DEFECTS[part_type]`, or None for a good part.
        boxes: Boxes `x1, y1, x2, y2` of the mask's pieces, x2 and y2 exclusive.
    """

    pixels: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.bool_]
    part_type: str
    defect: str | None
    boxes: tuple[PixelBox, ...]


def render(
    part_type: str, defect: str | None, seed: int, size: tuple[int, int] = SIZE
) -> RenderedPart:
    """Renders one part.

    The same arguments give the same picture. With the same seed, a good and a defective part
    share pose, light, texture and noise, and differ by the damage alone.

    Args:
        part_type: One of `PART_TYPES`.
        defect: One of `DEFECTS[part_type]`, or None for a good part.
        seed: Which picture, not negative.
        size: Width and height in pixels.

    Raises:
        ValueError: An unknown part type or defect.
    """
    if part_type not in _PARTS:
        raise ValueError(f"unknown part type {part_type!r}, choose from {', '.join(PART_TYPES)}")
    if defect is not None and defect not in DEFECTS[part_type]:
        known = ", ".join(DEFECTS[part_type])
        raise ValueError(f"a {part_type} has no defect {defect!r}, choose from {known}")
    draw, paint = _PARTS[part_type]
    pose, texture, harm, noise = (np.random.default_rng([seed, stream]) for stream in range(4))
    grid = Grid.of(*size)
    look = Look.draw(pose)
    damage = Damage.none(grid)
    if defect is not None:
        damage = draw(harm, grid, placed(grid, look), defect)
    pixels = expose(paint(texture, grid, look, damage), grid, look, noise)
    mask = shrunk(damage.place) >= _SHARE
    return RenderedPart(pixels, mask, part_type, defect, boxes_of(mask))


def boxes_of(mask: npt.NDArray[np.bool_], smallest: int = SMALLEST) -> tuple[PixelBox, ...]:
    """Returns the boxes of the 8-connected pieces of a mask, top to bottom.

    Args:
        mask: bool `[h, w]`.
        smallest: Pieces of fewer pixels are left out.
    """
    todo = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    boxes: list[PixelBox] = []
    while todo:
        piece = [todo.pop()]
        for y, x in piece:  # grows while it is walked
            around = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & todo
            todo -= around
            piece.extend(around)
        if len(piece) >= smallest:
            ys, xs = [y for y, _ in piece], [x for _, x in piece]
            boxes.append((min(xs), min(ys), max(xs) + 1, max(ys) + 1))
    return tuple(sorted(boxes, key=lambda box: (box[1], box[0])))
