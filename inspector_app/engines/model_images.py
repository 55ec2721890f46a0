"""Images as the vision tower takes them, kept while people ask on about the same ones."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.loading import SeenImage
from inspector_app.imaging.decode import decode
from inspector_app.imaging.image_rule import Grid, ImageRule

_KEPT = 8  # an image of 1280 tokens takes 24 MB


@dataclass(frozen=True, slots=True)
class ModelImage:
    """An image as the vision tower takes it.

    Attributes:
        key: What it is told apart by.
        patches: As the model's rule makes them.
        grid: 1, patches down, patches across.
        seen: Its size for the model, and its tokens.
    """

    key: tuple[Any, ...]
    patches: NDArray[np.float32]
    grid: Grid
    seen: SeenImage


class ModelImages:
    """Decodes, resizes and patches image files; the last few are kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], tuple[ModelImage, tuple[int, int]]] = OrderedDict()

    def get(
        self, path: str, page: int, rule: ImageRule, dpi: int = 0
    ) -> tuple[ModelImage, tuple[int, int]]:
        """Returns an image and the width and height of its upright original.

        Args:
            path: The file.
            page: Page of it, from 0.
            rule: How large images are for the model.
            dpi: At which a page of a PDF is drawn; 0 for the usual one.

        Raises:
            ImageError: It cannot be read, or is too thin for the model.
        """
        key = (*_identity(path), page, dpi, rule)
        found = self._kept.pop(key, None)
        if found is None:
            picture = decode(path, page=page, dpi=dpi)
            patches, grid = rule.patches(picture.pixels)
            height, width = picture.pixels.shape[:2]
            image = ModelImage(key, patches, grid, rule.seen(width, height))
            found = image, (picture.width, picture.height)
        self._kept[key] = found
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forgets all."""
        self._kept.clear()


def _identity(path: str) -> tuple[str, int, int]:
    """What tells a file apart from another state of itself, without reading it."""
    try:
        state = Path(path).stat()
    except OSError:
        return path, 0, 0  # decoding says what is wrong
    return path, state.st_mtime_ns, state.st_size
