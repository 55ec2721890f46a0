"""Prompts that hold images: where their tokens stand, and embeddings of a stretch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app.engines.decoder import Decoder
from inspector_app.engines.model_images import ModelImage


@dataclass(frozen=True, slots=True)
class Features:
    """What the vision tower makes of an image.

    Attributes:
        tokens: `[n, hidden]`, one row a token.
        deep: DeepStack features of the first layers, `[n, hidden]` each (Qwen3-VL).
    """

    tokens: Any
    deep: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where the tokens of an image stand in a prompt."""

    start: int
    image: ModelImage

    @property
    def end(self) -> int:
        """First token after it."""
        return self.start + self.image.seen.tokens


def embed_stretch(
    decoder: Decoder,
    ids: Sequence[int],
    spans: Sequence[Span],
    look: Callable[[ModelImage], Features],
    start: int,
    end: int,
) -> tuple[Any, list[Any]]:
    """Embeddings `[1, n, hidden]` of a stretch, with DeepStack features for the first layers.

    Args:
        decoder: Has the embeddings of words.
        ids: Of the whole prompt.
        spans: Images in it.
        look: Looks at an image; called only for images that the stretch holds.
        start: First token of the stretch.
        end: First token after it.
    """
    import torch

    # The type is named because a stretch may be empty: one that is all padding in a batch.
    stretch = torch.tensor([list(ids[start:end])], dtype=torch.long, device=decoder.device)
    x = decoder.embeddings(stretch)
    deep: list[Any] = []
    for span in spans:
        first, last = max(start, span.start), min(end, span.end)
        if first >= last:
            continue
        found = look(span.image)
        rows = slice(first - span.start, last - span.start)
        x[0, first - start : last - start] = found.tokens[rows]
        while len(deep) < len(found.deep):
            deep.append(torch.zeros_like(x))
        for level, features in enumerate(found.deep):
            deep[level][0, first - start : last - start] = features[rows]
    return x, deep
