"""One layer of the decoder: attention and feed-forward, for many positions or for one."""

from __future__ import annotations

from typing import Any

from inspector_app.engines.kv_cache import KVCache
from inspector_app.engines.projections import Projection


class DecoderLayer:
    """A decoder layer of the Llama family over the weights of a loaded model.

    Args:
        layer: The layer of transformers (`self_attn`, `mlp` and two norms).
        config: Configuration of the text model.
    """

    def __init__(self, layer: Any, config: Any) -> None:
        import torch
        from torch.nn import functional

        attention, mlp = layer.self_attn, layer.mlp
        self._rms_norm, self._silu = functional.rms_norm, functional.silu
        self._mix = functional.scaled_dot_product_attention
        self._addcmul, self._cat = torch.addcmul, torch.cat
        self._qkv = Projection(attention, ("q_proj", "k_proj", "v_proj"))
        self._out = Projection(attention, ("o_proj",))
        self._gate_up = Projection(mlp, ("gate_proj", "up_proj"))
        self._down = Projection(mlp, ("down_proj",))
        self.projections = (self._qkv, self._out, self._gate_up, self._down)
        eps: float = config.rms_norm_eps
        self._before = _Norm(layer.input_layernorm, eps)
        self._after = _Norm(layer.post_attention_layernorm, eps)
        self._head_norms = None
        if hasattr(attention, "q_norm"):
            self._head_norms = (_Norm(attention.q_norm, eps), _Norm(attention.k_norm, eps))
        self.head_dim: int = attention.head_dim
        self.kv_heads: int = config.num_key_value_heads
        self.heads: int = config.num_attention_heads
        self._groups = self.heads // self.kv_heads
        self._half = self.head_dim // 2
        self._total = self.heads + 2 * self.kv_heads
        self._scale: float = attention.scaling

    def run(
        self, x: Any, cos: Any, sin: Any, cache: KVCache, index: int, start: int, mask: Any
    ) -> Any:
        """Many positions, `[batch * n, hidden]`; see `Decoder.run`."""
        batch = cache.both[index].shape[0]
        n = x.shape[0] // batch
        end, turned = start + n, self.heads + self.kv_heads
        heads = self._qkv(self._before(x)).view(batch, n, self._total, self.head_dim)
        both = self._normed(heads[:, :, :turned])
        both = self._addcmul(both * cos, both.roll(self._half, -1), sin)
        keys, values = cache.keys[index][:, :, :end], cache.values[index][:, :, :end]
        keys[:, :, start:] = both[:, :, self.heads :].transpose(1, 2)
        values[:, :, start:] = heads[:, :, turned:].transpose(1, 2)
        mixed = self._mix(
            both[:, :, : self.heads].transpose(1, 2),
            keys,
            values,
            attn_mask=mask,
            is_causal=mask is None,
            scale=self._scale,
            enable_gqa=self._groups > 1,
        )
        x = self._out.added(mixed.transpose(1, 2).reshape(batch * n, -1), x)
        gate, up = self._gate_up(self._after(x)).chunk(2, -1)
        return self._down.added(self._silu(gate) * up, x)

    def step(
        self, x: Any, cos: Any, sin: Any, cache: KVCache, index: int, place: Any, mask: Any
    ) -> Any:
        """One position, `[batch, hidden]`; see `Decoder.step`."""
        batch = x.shape[0]
        heads = self._qkv(self._before(x)).view(batch, self._total, self.head_dim)
        if self._head_norms is not None:
            turned = self.heads + self.kv_heads
            normed = self._normed(heads[None, :, :turned])[0]
            heads = self._cat((normed, heads[:, turned:]), 1)
        heads = self._addcmul(heads * cos, heads.roll(self._half, -1), sin)
        both, keys, values = cache.both[index], cache.keys[index], cache.values[index]
        if isinstance(place, int):
            both.select(2, place).copy_(heads[:, self.heads :])
            keys, values = keys.narrow(2, 0, place + 1), values.narrow(2, 0, place + 1)
        else:
            both.index_copy_(2, place, heads[:, self.heads :].unsqueeze(2))
        # The query heads of one key head take the place of positions: nothing is repeated.
        query = heads[:, : self.heads].view(batch, self.kv_heads, self._groups, self.head_dim)
        mixed = self._mix(query, keys, values, attn_mask=mask, scale=self._scale)
        x = self._out.added(mixed.view(batch, -1), x)
        gate, up = self._gate_up(self._after(x)).chunk(2, -1)
        return self._down.added(self._silu(gate) * up, x)

    def _normed(self, both: Any) -> Any:
        """Qwen3's norm of query and key heads, `[batch, n, heads, head_dim]`."""
        if self._head_norms is None:
            return both
        query_norm, key_norm = self._head_norms
        query, key = query_norm(both[:, :, : self.heads]), key_norm(both[:, :, self.heads :])
        return self._cat((query, key), 2)


class _Norm:
    """RMSNorm (Zhang and Sennrich 2019) over the last axis."""

    def __init__(self, module: Any, eps: float) -> None:
        import torch
        from torch.nn import functional

        self._weight = module.weight.detach()
        self._width = (self._weight.shape[0],)
        self._eps = eps
        self._fused = functional.rms_norm
        # torch has no fused kernel for it on the processor; x w / hypot(|x| / sqrt n, sqrt eps)
        # is the same number in fewer operations.
        self._short = self._weight.device.type == "cpu" and self._weight.dtype == torch.float32
        self._scaled = self._weight * self._width[0] ** 0.5
        self._floor = torch.tensor((eps * self._width[0]) ** 0.5)
        self._length, self._hypot = torch.linalg.vector_norm, torch.hypot

    def __call__(self, x: Any) -> Any:
        if not self._short:
            return self._fused(x, self._width, self._weight, self._eps)
        length = self._hypot(self._length(x, dim=-1, keepdim=True), self._floor)
        return x * self._scaled / length
