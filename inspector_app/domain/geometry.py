"""Boxes. Inside the program a box has one form: floats 0..1 of the upright original image."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel box, corners as fractions of image width and height.

    `x1 <= x2` and `y1 <= y2` always hold: the constructor orders swapped corners and clamps
    everything to 0..1.

    Raises:
        ValueError: A coordinate is not a finite number.
    """

    x1: float
    y1: float
    x2: float
    y2: float

    def __post_init__(self) -> None:
        values = (self.x1, self.y1, self.x2, self.y2)
        if any(v != v or v in (float("inf"), float("-inf")) for v in values):
            raise ValueError(f"box coordinates must be finite numbers, got {values}")
        x1, x2 = sorted((self.x1, self.x2))
        y1, y2 = sorted((self.y1, self.y2))
        for name, value in zip(("x1", "y1", "x2", "y2"), (x1, y1, x2, y2), strict=True):
            object.__setattr__(self, name, min(1.0, max(0.0, float(value))))

    @classmethod
    def from_pixels(cls, xyxy: Iterable[float], width: int, height: int) -> Box:
        """Builds a box from pixel corners `x1, y1, x2, y2` (x2, y2 exclusive)."""
        x1, y1, x2, y2 = xyxy
        return cls(x1 / width, y1 / height, x2 / width, y2 / height)

    def to_pixels(self, width: int, height: int) -> PixelBox:
        """Returns pixel corners `x1, y1, x2, y2`, rounded, of an image of this size."""
        return (
            round(self.x1 * width),
            round(self.y1 * height),
            round(self.x2 * width),
            round(self.y2 * height),
        )

    @property
    def width(self) -> float:
        """Width as a fraction of the image."""
        return self.x2 - self.x1

    @property
    def height(self) -> float:
        """Height as a fraction of the image."""
        return self.y2 - self.y1

    @property
    def area(self) -> float:
        """Area as a fraction of the image."""
        return self.width * self.height

    def intersection(self, other: Box) -> float:
        """Returns the shared area as a fraction of the image."""
        w = min(self.x2, other.x2) - max(self.x1, other.x1)
        h = min(self.y2, other.y2) - max(self.y1, other.y1)
        return w * h if w > 0 and h > 0 else 0.0

    def iou(self, other: Box) -> float:
        """Returns intersection over union, 0..1; 0 for two empty boxes."""
        shared = self.intersection(other)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0

    def moved(self, dx: float, dy: float) -> Box:
        """Returns the box shifted, kept whole inside the image."""
        dx = min(max(dx, -self.x1), 1.0 - self.x2)
        dy = min(max(dy, -self.y1), 1.0 - self.y2)
        return Box(self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy)
