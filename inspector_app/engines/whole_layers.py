"""Layers that an adapter brings whole instead of as a low-rank pair.

MiniGPT-v2's projection is trained as a whole, as published. Where several adapters bring one, their
differences from the model's own are added up, as the products of low-rank pairs are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.adapter_keys import AdapterKey
from inspector_app.engines.language_model import LanguageModel


class WholeLayers:
    """The whole layers of all adapters of a model.

    Args:
        model: Its `replaceable` layers are written to; what they held first is kept.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._own: dict[AdapterKey, Any] = {}
        self._brought: dict[str, dict[AdapterKey, Any]] = {}

    def add(self, adapter_id: str, tensors: Mapping[AdapterKey, Any]) -> None:
        """Takes in the layers of an adapter; nothing is changed yet.

        Raises:
            BadInputError: The model has no such layer, or one of another size.
        """
        for key, tensor in tensors.items():
            own = self._tensor(key)
            if own is None or own.shape != tensor.shape:
                what = (
                    "is not in the model" if own is None else f"has the size {[*own.shape]} there"
                )
                raise BadInputError(
                    f"The adapter brings {key.module}.{key.side} of the size {[*tensor.shape]}, "
                    f"which {what}.",
                    "Use it with the model it was trained on.",
                )
            self._own.setdefault(key, own.detach().clone())
        self._brought[adapter_id] = dict(tensors)

    def drop(self, adapter_id: str) -> None:
        """Forgets the layers of an adapter that is not active."""
        self._brought.pop(adapter_id, None)

    def use(self, ids: Sequence[str]) -> None:
        """Writes the layers of the active adapters, or the model's own where there are none."""
        import torch

        with torch.no_grad():
            for key, own in self._own.items():
                brought = [self._brought.get(name, {}) for name in ids]
                new = [tensors[key] for tensors in brought if key in tensors]
                target = self._tensor(key)
                if len(new) < 2:
                    target.copy_(new[0] if new else own)
                    continue
                base = own.float()
                total = sum((tensor.to(base) - base for tensor in new), start=base)
                target.copy_(total)

    def _tensor(self, key: AdapterKey) -> Any:
        layer = self._model.replaceable.get(key.module)
        return None if layer is None else getattr(layer, key.side)
