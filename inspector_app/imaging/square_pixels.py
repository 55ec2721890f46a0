"""What the vision tower of MiniGPT-v2 is fed: a square of one size, whatever the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app.domain.errors import ImageError
from inspector_app.domain.loading import SeenImage
from inspector_app.imaging.image_rule import Grid
from inspector_app.imaging.model_pixels import CLIP_MEAN, CLIP_STD


@dataclass(frozen=True, slots=True, kw_only=True)
class SquareRule:
    """How a model's pictures are made.

    Attributes:
        side: Of the square, in pixels.
        patch: Side of a patch, in pixels.
        merge: Patches that become one token.
        squash: The picture fills the square, its proportions are lost (as published); without,
            it lies in the upper left corner and the rest is even.
        mean: Of red, green and blue in the training images, 0..1.
        std: Standard deviation likewise.
    """

    side: int = 448
    patch: int = 14
    merge: int = 4
    squash: bool = True
    mean: tuple[float, float, float] = CLIP_MEAN
    std: tuple[float, float, float] = CLIP_STD

    @property
    def most_tokens(self) -> int:
        """Tokens of every picture."""
        return (self.side // self.patch) ** 2 // self.merge

    def smaller(self) -> None:
        """There is one size only."""

    def seen(self, width: int, height: int) -> SeenImage:
        """Returns what the model sees of a picture of this size in pixels.

        Raises:
            ImageError: It is empty.
        """
        if min(width, height) < 1:
            raise ImageError("The picture has no pixels.", "Choose a larger region.")
        if self.squash:
            return SeenImage(self.side, self.side, self.most_tokens)
        scale = self.side / max(width, height)
        to_width, to_height = (max(1, round(length * scale)) for length in (width, height))
        return SeenImage(to_width, to_height, self.most_tokens, self.side)

    def shrunk(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Returns the square that the model sees.

        Args:
            pixels: `[h, w, 3]`, RGB.

        Returns:
            `[side, side, 3]`.

        Raises:
            ImageError: It is empty.
        """
        height, width = pixels.shape[:2]
        seen = self.seen(width, height)
        image = Image.fromarray(np.ascontiguousarray(pixels))
        resized = image.resize((seen.width, seen.height), Image.Resampling.BICUBIC)
        if self.squash:
            return np.asarray(resized)
        red, green, blue = (round(255 * value) for value in self.mean)
        square = Image.new("RGB", (self.side, self.side), (red, green, blue))
        square.paste(resized)
        return np.asarray(square)

    def patches(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], Grid]:
        """Returns what the vision tower takes.

        Args:
            pixels: `[h, w, 3]`, RGB, of any size.

        Returns:
            The normalised square `[3, side, side]`; and the grid: 1, patches down, patches across.

        Raises:
            ImageError: It is empty.
        """
        mean, std = np.array(self.mean, np.float32), np.array(self.std, np.float32)
        values = (self.shrunk(pixels).astype(np.float32) / np.float32(255) - mean) / std
        grid = (1, self.side // self.patch, self.side // self.patch)
        return np.ascontiguousarray(values.transpose(2, 0, 1)), grid
