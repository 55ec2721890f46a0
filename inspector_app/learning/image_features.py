"""Features of a tower that does not learn: computed once, then read from disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector_app.learning.vision_cache import VisionCache, hash_weights


class ImageFeatures:
    """Features by image.

    Args:
        tower: Its weights name the cache.
        rule: How pictures are made for it.
        look: Computes the features of an image file, name -> tensor.
    """

    def __init__(self, tower: Any, rule: object, look: Callable[[str], dict[str, Any]]) -> None:
        self.cache = VisionCache(hash_weights(tower, rule))
        self.cache.trim()
        self._look = look

    def get(self, image: str) -> dict[str, Any]:
        """Returns the features of an image, on the processor."""
        import torch

        def make() -> dict[str, Any]:
            with torch.no_grad():
                return {name: tensor.cpu() for name, tensor in self._look(image).items()}

        return self.cache.get(image, make)
