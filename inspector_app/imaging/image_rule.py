"""How a model's pictures are made: what every rule can tell and do."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.loading import SeenImage

Grid = tuple[int, int, int]


class ImageRule(Protocol):
    """A rule; equal rules make equal pictures, so that a rule may be part of a key."""

    @property
    def most_tokens(self) -> int:
        """Tokens that a picture has at most."""
        ...

    def seen(self, width: int, height: int) -> SeenImage:
        """Returns what the model sees of a picture of this size in pixels.

        Raises:
            ImageError: It is empty or too thin.
        """
        ...

    def shrunk(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Returns the picture `[h, w, 3]` in the size that the model sees."""
        ...

    def patches(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], Grid]:
        """Returns what the vision tower takes, and the grid: 1, patches down, patches across."""
        ...

    def smaller(self) -> ImageRule | None:
        """A rule with half the pixels, for when memory runs out; None where there is none."""
        ...
