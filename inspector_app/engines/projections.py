"""Linear layers of the decoder: weights that read the same input joined, adapters beside them.

A query, a key and a value projection are one matrix product instead of three, gate and up
projection one instead of two. LoRA pairs (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large
Language Models") stay separate and low-rank: y = W x + B (A x) scaled, those of several adapters
side by side, so that a switch of adapters copies nothing of the base. Layers that are quantised,
or that peft adapts in another way than plain LoRA, are called as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_COLUMNS_FIRST = 8 << 20  # bytes of a weight up to which columns first pays


class Projection:
    """One or more linear layers on the same input, their outputs joined.

    Args:
        owner: The module that holds them; read again when adapters change, because peft puts a
            wrapper in a layer's place.
        names: Names of the layers in their owner. The weights of plain ones are moved into one
            tensor that the layers then share, so that nothing is kept twice.
    """

    def __init__(self, owner: Any, names: Sequence[str]) -> None:
        import torch
        from torch.nn import functional

        self._linear, self._cat, self._addmm = functional.linear, torch.cat, torch.addmm
        self._owner, self._names = owner, tuple(names)
        self._weight: Any = None
        self._turned: Any = None
        self._bias: Any = None
        self._pair: tuple[Any, Any] | None = None
        self._int8: tuple[Any, Any] | None = None
        self._called: list[Any] = []
        self._bare = False  # a matrix product and nothing else
        if all(_is_plain(_base(layer)) for layer in self._layers()):
            self._join([_base(layer) for layer in self._layers()])
        self.use_adapters()

    def __call__(self, x: Any) -> Any:
        """Maps `[..., in]` to `[..., out]`."""
        if self._called:
            parts = [layer(x) for layer in self._called]
            return parts[0] if len(parts) == 1 else self._cat(parts, -1)
        y = self._times(x) if self._int8 else self._linear(x, self._weight, self._bias)
        if self._pair is not None:
            y = y + self._linear(self._linear(x, self._pair[0]), self._pair[1])
        return y

    def added(self, x: Any, residual: Any) -> Any:
        """Maps x and adds the residual `[..., out]`."""
        if self._bare and x.dim() == 2:
            return self._addmm(residual, x, self._turned)
        return residual + self(x)

    @property
    def joined(self) -> bool:
        """Whether the joined weight is used; other layers are called one by one."""
        return not self._called

    @property
    def weight(self) -> Any:
        """The joined weight `[out, in]`, None if layers are called."""
        return self._weight

    def quantise(self) -> None:
        """Keeps the joined weight in 8 bits with a scale for each row, on the processor.

        Reading weights is what takes time there, and these are a quarter of float32. Layers that
        are called one by one stay as they are.
        """
        import torch

        if self._weight is None or self._called:
            return
        # Private in torch, which names no public one for the processor; the lock pins it (ADR).
        self._multiply = torch.ops.aten._weight_int8pack_mm.default
        weight = self._weight.float().contiguous()
        scale = (weight.abs().amax(1) / 127).clamp(min=1e-12)
        whole = (weight / scale[:, None]).round().to(torch.int8)
        self._int8 = (whole, scale.to(self._weight.dtype))
        self._weight = self._turned = torch.empty(0, dtype=self._weight.dtype)
        for layer in self._layers():
            _base(layer).weight.data = self._weight  # nothing else holds the large ones any more
        self.use_adapters()

    def use_adapters(self) -> None:
        """Takes over which adapters are active on the layers."""
        layers = self._layers()
        plain = self._weight is not None and all(_has_plain_adapters(layer) for layer in layers)
        self._called = [] if plain else layers
        self._pair = _joined_pair(layers) if plain else None
        simple = self._bias is None and self._pair is None and self._int8 is None
        self._bare = plain and simple

    def _times(self, x: Any) -> Any:
        assert self._int8 is not None
        y = self._multiply(x.reshape(-1, x.shape[-1]), *self._int8).view(*x.shape[:-1], -1)
        return y if self._bias is None else y + self._bias

    def _layers(self) -> list[Any]:
        return [getattr(self._owner, name) for name in self._names]

    def _join(self, bases: Sequence[Any]) -> None:
        import torch

        with torch.no_grad():
            weights = [base.weight.detach() for base in bases]
            biases = [base.bias.detach() for base in bases if base.bias is not None]
            joined = weights[0] if len(weights) == 1 else torch.cat(weights)
            self._weight = laid_out(joined)
            self._turned = self._weight.t()
            self._bias = torch.cat(biases) if biases else None
            row = 0
            for base in bases:
                end = row + base.weight.shape[0]
                base.weight.data = self._weight[row:end]
                if self._bias is not None:
                    base.bias.data = self._bias[row:end]
                row = end


def laid_out(weight: Any) -> Any:
    """Lays a weight `[out, in]` out as the processor multiplies it fastest with few rows.

    Measured: columns first is up to twice as fast for small matrices with at least as many
    outputs as inputs, and slower for others. On a GPU, and for other types, it stays as it is.
    """
    import torch

    rows, columns = weight.shape
    small = weight.numel() * weight.element_size() <= _COLUMNS_FIRST
    if small and rows >= columns and weight.device.type == "cpu" and weight.dtype == torch.float32:
        return weight.t().contiguous().t()
    return weight


def _base(layer: Any) -> Any:
    return getattr(layer, "base_layer", layer)


def _is_plain(layer: Any) -> bool:
    import torch

    # Subclasses are bitsandbytes' quantised layers.
    return type(layer) is torch.nn.Linear and layer.weight.is_floating_point()


def active_adapters(layer: Any) -> list[str]:
    """Names of the adapters that act on a layer now."""
    if not hasattr(layer, "lora_A") or layer.disable_adapters:
        return []
    return [name for name in layer.active_adapters if name in layer.lora_A]


def _has_plain_adapters(layer: Any) -> bool:
    for name in active_adapters(layer):
        if getattr(layer, "use_dora", {}).get(name) or layer.lora_B[name].bias is not None:
            return False
    return True


def _joined_pair(layers: Sequence[Any]) -> tuple[Any, Any] | None:
    """Low-rank pair `[R, in], [out, R]` of all layers and their active adapters."""
    import torch

    downs: list[Any] = []
    blocks: list[tuple[int, Any]] = []
    row = 0
    for layer in layers:
        for name in active_adapters(layer):
            downs.append(layer.lora_A[name].weight)
            blocks.append((row, layer.lora_B[name].weight * layer.scaling[name]))
        row += _base(layer).out_features
    if not downs:
        return None
    weight = _base(layers[0]).weight
    down = torch.cat([part.to(weight.device, weight.dtype) for part in downs]).detach()
    up = torch.zeros(row, down.shape[0], dtype=weight.dtype, device=weight.device)
    column = 0
    for start, block in blocks:
        end = column + block.shape[1]
        up[start : start + block.shape[0], column:end] = block.detach().to(weight)
        column = end
    return down, up
