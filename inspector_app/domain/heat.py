"""The heat map in the form that travels and is stored."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SIDE = 512


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A map of anomaly scores over the image, eight bits a cell.

    It covers the whole image whatever its own size; `value = low + cell / 255 * (high - low)` is
    in the unit of the expert's score. Small on purpose (longest side at most `MAX_SIDE`): it
    crosses a pipe and is stored with every result.

    Attributes:
        width: Columns of the map.
        height: Rows of the map.
        cells: `width * height` bytes, row by row from the top.
        low: Score of cell value 0.
        high: Score of cell value 255.
    """

    width: int
    height: int
    cells: bytes
    low: float
    high: float

    def __post_init__(self) -> None:
        if len(self.cells) != self.width * self.height:
            raise ValueError(f"{len(self.cells)} cells do not fill {self.width} x {self.height}")

    def value_at(self, x: float, y: float) -> float:
        """Returns the score at image fractions `x, y` (0..1)."""
        column = min(self.width - 1, max(0, int(x * self.width)))
        row = min(self.height - 1, max(0, int(y * self.height)))
        cell = self.cells[row * self.width + column]
        return self.low + cell / 255.0 * (self.high - self.low)
