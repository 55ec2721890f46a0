"""What the vision tower of a Qwen model is fed.

Sizes and order of the patches are those of the Qwen2-VL image processor (`smart_resize` and
`patchify`); Qwen2.5-VL and Qwen3-VL differ only in the numbers of their configuration.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app.domain.errors import EngineError, ImageError
from inspector_app.domain.loading import SeenImage
from inspector_app.imaging.image_rule import Grid

# Of CLIP's training images, as fractions of full brightness.
CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
MAX_ASPECT = 200


def smart_resize(
    height: int, width: int, factor: int, min_pixels: int, max_pixels: int
) -> tuple[int, int]:
    """Returns the height and width that a model sees a picture in.

    Both are multiples of `factor` and at least `factor`. A side that rounds to nothing makes the
    picture count as too small, so a strip of 13 x 1000 pixels becomes 28 x 504: the model was
    trained with this rule, hence it is kept.

    Args:
        height: Of the picture, in pixels.
        width: Likewise.
        factor: Patch side times merged patches a side, in pixels.
        min_pixels: Pixels that the result should have at least.
        max_pixels: Pixels that it may have at most.

    Raises:
        ImageError: The picture is empty, or one side is over 200 times the other.
    """
    if min(height, width) < 1:
        raise ImageError("The picture has no pixels.", "Choose a larger region.")
    if max(height, width) > MAX_ASPECT * min(height, width):
        raise ImageError(
            f"The picture is too thin for the model: {width} x {height} pixels, "
            f"and one side may be at most {MAX_ASPECT} times the other.",
            "Crop it or cut it into tiles.",
        )
    to_height = round(height / factor) * factor
    to_width = round(width / factor) * factor
    if to_height * to_width > max_pixels:
        shrink = math.sqrt(height * width / max_pixels)
        to_height = max(factor, math.floor(height / shrink / factor) * factor)
        to_width = max(factor, math.floor(width / shrink / factor) * factor)
    elif to_height * to_width < min_pixels:
        grow = math.sqrt(min_pixels / (height * width))
        to_height = math.ceil(height * grow / factor) * factor
        to_width = math.ceil(width * grow / factor) * factor
    return to_height, to_width


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelRule:
    """How a model's pictures are made.

    Attributes:
        min_pixels: Pixels of a picture at least; smaller ones are enlarged.
        max_pixels: Pixels at most; larger ones are shrunk.
        patch: Side of a patch, in pixels.
        merge: Patches a side that become one token.
        temporal: Frames that a patch spans; a still picture is repeated.
        mean: Of red, green and blue in the training images, 0..1.
        std: Standard deviation likewise.
    """

    min_pixels: int
    max_pixels: int
    patch: int = 14
    merge: int = 2
    temporal: int = 2
    mean: tuple[float, float, float] = CLIP_MEAN
    std: tuple[float, float, float] = CLIP_STD

    def __post_init__(self) -> None:
        # With no lower bound a thin picture could become one of no pixels.
        if not 0 < self.min_pixels <= self.max_pixels:
            raise ValueError(f"pixels must be 0 < {self.min_pixels} <= {self.max_pixels}")

    @classmethod
    def from_config(
        cls, config: Mapping[str, object], min_pixels: int, max_pixels: int
    ) -> PixelRule:
        """Builds the rule of a model.

        Args:
            config: Its `preprocessor_config.json`.
            min_pixels: As above. Not taken from the file: the largest size that released models
                name there overflows the memory of most machines.
            max_pixels: As above.

        Raises:
            EngineError: The file lacks something or says something impossible.
        """
        return cls(
            min_pixels=min_pixels,
            max_pixels=max_pixels,
            patch=_count(config, "patch_size"),
            merge=_count(config, "merge_size"),
            temporal=_count(config, "temporal_patch_size"),
            mean=_rgb(config, "image_mean", least=0.0),
            std=_rgb(config, "image_std", least=1e-6),
        )

    @property
    def most_tokens(self) -> int:
        """Tokens that a picture has at most."""
        return self.max_pixels // (self.patch * self.merge) ** 2

    def smaller(self) -> PixelRule:
        """Half the pixels; the smallest size gives way with them."""
        most = max(4 * (self.patch * self.merge) ** 2, self.max_pixels // 2)
        return replace(self, max_pixels=most, min_pixels=min(self.min_pixels, most))

    def seen(self, width: int, height: int) -> SeenImage:
        """Returns what the model sees of a picture of this size in pixels.

        Raises:
            ImageError: It is empty or too thin.
        """
        factor = self.patch * self.merge
        to_height, to_width = smart_resize(height, width, factor, self.min_pixels, self.max_pixels)
        return SeenImage(to_width, to_height, to_height * to_width // factor**2)

    def shrunk(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Returns the picture in the size that the model sees (small ones are enlarged).

        Args:
            pixels: `[h, w, 3]`, RGB.

        Returns:
            `[h', w', 3]`; `pixels` itself if it has that size.

        Raises:
            ImageError: It is empty or too thin.
        """
        height, width = pixels.shape[:2]
        seen = self.seen(width, height)
        if (seen.width, seen.height) == (width, height):
            return pixels
        image = Image.fromarray(np.ascontiguousarray(pixels))
        return np.asarray(image.resize((seen.width, seen.height), Image.Resampling.BICUBIC))

    def patches(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], Grid]:
        """Returns what the vision tower takes.

        Args:
            pixels: `[h, w, 3]`, RGB, of any size.

        Returns:
            Patches `[n, 3 * temporal * patch * patch]`, normalised, those of one token next to
            each other; and the grid: 1, patches down, patches across.

        Raises:
            ImageError: It is empty or too thin.
        """
        pixels = self.shrunk(pixels)
        patch, merge = self.patch, self.merge
        rows, columns = pixels.shape[0] // patch, pixels.shape[1] // patch
        blocks = pixels.reshape(
            rows // merge, merge, patch, columns // merge, merge, patch, 3
        ).transpose(0, 3, 1, 4, 6, 2, 5)
        # Put in order as bytes, a quarter of the memory of numbers, and in long rows, which numpy
        # multiplies fastest; the frames are repeated only when the result is written.
        flat = blocks.reshape(rows * columns, 3 * patch * patch)
        mean, std = np.array(self.mean), np.array(self.std)
        values = flat * np.repeat(1 / (255 * std), patch * patch).astype(np.float32)
        values -= np.repeat(mean / std, patch * patch).astype(np.float32)
        out = np.empty((rows * columns, 3, self.temporal, patch * patch), np.float32)
        out[:] = values.reshape(rows * columns, 3, 1, patch * patch)
        return out.reshape(rows * columns, -1), (1, rows, columns)


def _count(config: Mapping[str, object], key: str) -> int:
    value = config.get(key)
    if not isinstance(value, int) or value < 1:
        raise _damaged(key, value)
    return value


def _rgb(config: Mapping[str, object], key: str, least: float) -> tuple[float, float, float]:
    value = config.get(key)
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 3 or not all(isinstance(v, int | float) and v >= least for v in numbers):
        raise _damaged(key, value)
    red, green, blue = (float(v) for v in numbers)
    return red, green, blue


def _damaged(key: str, value: object) -> EngineError:
    return EngineError(
        f"The preprocessor_config.json of the model says {key} = {value!r}.",
        "Fetch the model again.",
    )
