"""Keys and values of all layers in one buffer of fixed size, written in place."""

from __future__ import annotations

from typing import Any


class KVCache:
    """Static cache; keys and values of a layer lie side by side, so a step writes them at once.

    Args:
        layers: Number of decoder layers.
        batch: Sequences side by side.
        heads: Key heads (as many value heads).
        length: Positions that fit.
        width: Width of a head.
        like: A tensor of the dtype and device wanted.

    Attributes:
        both: `[batch, 2 * heads, length, width]` for each layer.
        keys: View of its first half, for each layer.
        values: View of its second half, for each layer.
    """

    def __init__(
        self, layers: int, batch: int, heads: int, length: int, width: int, like: Any
    ) -> None:
        import torch

        shape = (layers, batch, 2 * heads, length, width)
        # Zeros: what is masked away must still be a number, or 0 times it would not be 0.
        self._data = torch.zeros(shape, dtype=like.dtype, device=like.device)
        self.both = list(self._data)
        self.keys = [layer[:, :heads] for layer in self.both]
        self.values = [layer[:, heads:] for layer in self.both]

    @property
    def length(self) -> int:
        """Positions that fit."""
        return self._data.shape[3]

    def grown(self, length: int, used: int) -> KVCache:
        """Returns a cache of at least this length with the first `used` positions kept."""
        if length <= self.length:
            return self
        layers, batch, heads, _, width = self._data.shape
        made = KVCache(layers, batch, heads // 2, length, width, self._data)
        made._data[:, :, :, :used] = self._data[:, :, :, :used]
        return made
