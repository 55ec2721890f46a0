"""The language half of a vision-language model, run by our own short forward pass.

`transformers` checks and rebuilds a good deal at every token: masks, positions, cache objects,
hooks. Here the same arithmetic of the Llama family (RMSNorm, rotary positions, grouped-query
attention, SwiGLU; Qwen3's norm of queries and keys) is a handful of tensor operations a layer
on a static cache. The weights stay those of the loaded model. Parity with the original forward
is tested for every architecture that a card may name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inspector_app.engines.decoder_layer import DecoderLayer
from inspector_app.engines.kv_cache import KVCache
from inspector_app.engines.projections import Projection, laid_out


@dataclass(frozen=True, slots=True)
class Rotary:
    """Cosines and sines of positions, the sines' first half negated.

    Attributes:
        cos, sin: `[batch or 1, n, 1, head_dim]`, for queries and keys of `Decoder.run`.
        step_cos, step_sin: `[batch or 1, n, heads, head_dim]` for `Decoder.step`, with a row for
            every query, key and value head; values are turned by nothing. None where not wanted.
    """

    cos: Any
    sin: Any
    step_cos: Any = None
    step_sin: Any = None

    def at(self, places: Sequence[int]) -> Rotary:
        """Those of some of the positions, for `Decoder.run`."""
        index = list(places)
        first, last = index[0], index[-1]
        if index == list(range(first, last + 1)):  # a view, as a rule
            return Rotary(self.cos[:, first : last + 1], self.sin[:, first : last + 1])
        return Rotary(self.cos[:, index], self.sin[:, index])


class Decoder:
    """Runs the decoder layers of a text model.

    Args:
        model: A text model of transformers: `embed_tokens`, `layers`, `norm`, `rotary_emb`.
        head: Its output layer, `[hidden] -> [vocabulary]`.
        multimodal: Whether its positions have three axes (M-RoPE); else those of time are all.
    """

    def __init__(self, model: Any, head: Any, *, multimodal: bool = True) -> None:
        from torch.nn import functional

        self._rms_norm, self._linear = functional.rms_norm, functional.linear
        self._model = model
        self._multimodal = multimodal
        self._layers = [DecoderLayer(layer, model.config) for layer in model.layers]
        self._norm = model.norm.weight.detach()
        self._eps: float = model.config.rms_norm_eps
        self._head = head
        # A copy only where it is small; else the head is called as it is.
        self._head_weight = laid_out(head.weight.detach())
        if self._head_weight.is_contiguous():
            self._head_weight = None
        self.embeddings = model.embed_tokens
        self._first = self._layers[0]

    @property
    def device(self) -> Any:
        """Device of the weights."""
        return self._norm.device

    @property
    def projections(self) -> list[Projection]:
        """All joined layers."""
        return [part for layer in self._layers for part in layer.projections]

    def use_adapters(self) -> None:
        """Takes over which adapters are active; the base is not touched."""
        for projection in self.projections:
            projection.use_adapters()

    def quantise(self) -> None:
        """Keeps the weights of the layers in 8 bits; see `Projection.quantise`."""
        for projection in self.projections:
            projection.quantise()

    def new_cache(self, length: int, batch: int = 1) -> KVCache:
        """Makes an empty cache."""
        first = self._first
        count = len(self._layers)
        return KVCache(count, batch, first.kv_heads, length, first.head_dim, self._norm)

    def rotary(self, positions: Any) -> Rotary:
        """Cosines and sines for `run`.

        Args:
            positions: `[3, batch, n]` (M-RoPE: time, row, column) as the model numbers them.
        """
        import torch

        placed = positions if self._multimodal else positions[0]
        cos, sin = self._model.rotary_emb(self._norm, placed)
        half = sin.shape[-1] // 2
        signed = torch.cat((-sin[..., :half], sin[..., half:]), -1)
        return Rotary(cos.unsqueeze(2), signed.unsqueeze(2))

    def step_rotary(self, positions: Any) -> Rotary:
        """Cosines and sines for `step`, of positions as in `rotary`."""
        import torch

        flat = self.rotary(positions)
        turned, still = self._first.heads + self._first.kv_heads, self._first.kv_heads
        batch, n, _, width = flat.cos.shape
        ones, zeros = (
            make(batch, n, still, width).to(flat.cos) for make in (torch.ones, torch.zeros)
        )
        return Rotary(
            flat.cos,
            flat.sin,
            torch.cat((flat.cos.expand(-1, -1, turned, -1), ones), 2),
            torch.cat((flat.sin.expand(-1, -1, turned, -1), zeros), 2),
        )

    def run(
        self,
        x: Any,
        rotary: Rotary,
        cache: KVCache,
        start: int,
        mask: Any = None,
        deep: Sequence[Any] = (),
    ) -> Any:
        """Runs all layers over several new positions and writes the cache.

        Args:
            x: Embeddings `[batch, n, hidden]` of the new positions.
            rotary: Of the new positions.
            cache: Holds `start` positions already, and room for n more.
            start: Where the new positions begin.
            mask: True where a new position may look, broadcastable to `[batch, 1, n, start + n]`;
                None for causal.
            deep: Features added after the first layers (DeepStack), `[batch, n, hidden]` each.

        Returns:
            Hidden states `[batch, n, hidden]` after the final norm.
        """
        if mask is None and start > 0:
            mask = causal_mask(x.shape[1], start, x.device)
        shape = x.shape
        x = x.reshape(-1, shape[-1])
        for index, layer in enumerate(self._layers):
            x = layer.run(x, rotary.cos, rotary.sin, cache, index, start, mask)
            if index < len(deep):
                x = x + deep[index].reshape(x.shape)
        return self._rms_norm(x, shape[-1:], self._norm, self._eps).view(shape)

    def step(self, x: Any, cos: Any, sin: Any, cache: KVCache, place: Any, mask: Any = None) -> Any:
        """Runs all layers over one new position of each sequence.

        Args:
            x: Embeddings `[batch, hidden]`.
            cos: `[batch or 1, heads, head_dim]` out of `step_rotary`.
            sin: The same of the sines.
            cache: Written at `place`.
            place: The position: an int, or a tensor `[1]` with a mask over the whole cache, so
                that the step can be recorded as a graph.
            mask: True where to look, `[batch, 1, 1, positions]`; None for all up to `place`.

        Returns:
            Hidden states `[batch, hidden]` after the final norm.
        """
        for index, layer in enumerate(self._layers):
            x = layer.step(x, cos, sin, cache, index, place, mask)
        return self._rms_norm(x, x.shape[-1:], self._norm, self._eps)

    def logits(self, hidden: Any) -> Any:
        """Maps hidden states `[..., hidden]` to logits `[..., vocabulary]`."""
        if self._head_weight is not None:
            return self._linear(hidden, self._head_weight)
        return self._head(hidden)


def causal_mask(n: int, start: int, device: Any) -> Any:
    """Where n new positions after `start` old ones may look, `[n, start + n]`."""
    import torch

    return torch.ones(n, start + n, dtype=torch.bool, device=device).tril(start)
