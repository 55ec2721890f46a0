"""What a rendered picture of the starter model shows: pixels and the whole truth about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]  # of float32; what numpy and OpenCV make of it says so too seldom
Mask = NDArray[np.bool_]

DEFECTS = ("scratch", "crack", "hole", "stain", "dent", "chip", "missing", "swapped")
SHAPES = ("circle", "square", "triangle", "star", "ring", "cross")
COLOURS: dict[str, tuple[float, float, float]] = {
    "red": (0.80, 0.13, 0.12),
    "green": (0.15, 0.58, 0.20),
    "blue": (0.13, 0.28, 0.78),
    "yellow": (0.92, 0.82, 0.15),
    "orange": (0.93, 0.50, 0.10),
    "purple": (0.52, 0.18, 0.62),
    "black": (0.07, 0.07, 0.08),
    "white": (0.93, 0.93, 0.92),
    "grey": (0.50, 0.51, 0.53),
    "brown": (0.45, 0.28, 0.15),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a picture whose place is known.

    Attributes:
        label: One of `DEFECTS` or `SHAPES`.
        mask: bool `[h, w]`, where it is to be seen.
        colour: One of `COLOURS`, for shapes.
    """

    label: str
    mask: Mask
    colour: str = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x1, y1, x2, y2 in pixels, x2 and y2 exclusive."""
        rows, columns = np.flatnonzero(self.mask.any(1)), np.flatnonzero(self.mask.any(0))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1

    @property
    def area(self) -> int:
        """Pixels."""
        return int(self.mask.sum())


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed letter and the middle of its place, in pixels."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and the truth about it.

    Attributes:
        pixels: uint8 `[h, w, 3]`, RGB.
        kind: "part", "shapes" or "label".
        name: What part it is (a key of the wordings); empty for other kinds.
        colour: Its colour, one of `COLOURS`, where that is certain.
        things: Defects or shapes.
        lines: Printed lines, top to bottom.
        fields: What a label says, by field.
        letters: Each printed letter.
    """

    pixels: NDArray[np.uint8]
    kind: str
    name: str = ""
    colour: str = ""
    things: tuple[Thing, ...] = ()
    lines: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
