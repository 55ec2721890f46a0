"""LoRA adapters on a loaded model: put on, switched, combined, merged for export.

The pairs live in peft's layers; the decoder reads them from there (`engines.projections`), the
vision tower runs through them. The base weights are never changed by a switch, but for the small
layers that an adapter brings whole (`engines.whole_layers`).
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.engines.adapter_keys import read_key, remap
from inspector_app.engines.language_model import LanguageModel
from inspector_app.engines.whole_layers import WholeLayers

_WEIGHTS = "adapter_model.safetensors"


class AdapterSet:
    """The adapters of one model.

    Args:
        model: The model; its layers are wrapped where an adapter acts.
        own: Adapters that are part of the model and always on.

    Raises:
        BadInputError: One of the model's own does not fit it.
    """

    def __init__(self, model: LanguageModel, own: Sequence[AdapterCard] = ()) -> None:
        self._model = model
        self._own = tuple(own)
        self._there: dict[str, str] = {}  # id -> hash of the weights
        self._whole = WholeLayers(model)
        self.active: tuple[str, ...] = ()
        if own:
            self.use(())

    def use(self, cards: Sequence[AdapterCard]) -> None:
        """Answers with these adapters from now on, added up; none for the base model.

        Raises:
            BadInputError: One of them does not fit the model.
        """
        cards = (*self._own, *cards)
        wanted = tuple(card.id for card in cards)
        new = [card for card in cards if self._there.get(card.id) != card.sha256]
        if wanted == self.active and not new:
            return
        for card in new:
            self._put_on(card)
        self._activate(wanted)

    def _put_on(self, card: AdapterCard) -> None:
        from safetensors.torch import load_file

        folder = Path(card.path)
        tensors = load_file(folder / _WEIGHTS)
        whole = {key: tensors.pop(key) for key in list(tensors) if read_key(key).whole}
        keys = {key: read_key(key) for key in tensors}
        layers = dict(self._model.model.named_modules())
        known = {name.replace(".base_layer", "") for name in layers}
        names = remap({key.module for key in keys.values()}, known)
        pairs: dict[str, dict[str, Any]] = {}
        for key, tensor in tensors.items():
            pairs.setdefault(names[keys[key].module], {})[keys[key].side] = tensor
        _check_pairs(pairs, layers)
        config = _lora_config(folder, names, pairs)
        if card.id in self._there:
            self._activate(())
            self._take_off(card.id)
        self._whole.add(card.id, {read_key(key): tensor for key, tensor in whole.items()})
        _inject(self._model.model, _peft_name(card.id), config, pairs)
        self._there[card.id] = card.sha256
        self._activate((card.id,))
        if not self._makes_a_difference():
            self._activate(())
            self._take_off(card.id)
            raise BadInputError(
                f"The adapter {card.id} changes nothing: answers are the same with and without it.",
                "It was saved untrained, or for another model; add the right file.",
            )

    def _take_off(self, adapter_id: str) -> None:
        name = _peft_name(adapter_id)
        for layer in _lora_layers(self._model.model).values():
            if name in layer.lora_A:
                layer.set_adapter([], inference_mode=True)  # else peft chooses another, and warns
                layer.delete_adapter(name)
        getattr(self._model.model, "peft_config", {}).pop(name, None)
        self._whole.drop(adapter_id)
        self._there.pop(adapter_id, None)

    def _activate(self, ids: tuple[str, ...]) -> None:
        names = [_peft_name(adapter_id) for adapter_id in ids]
        for layer in _lora_layers(self._model.model).values():
            layer.enable_adapters(bool(names))
            layer.set_adapter(names, inference_mode=True)
        self._whole.use(ids)
        self.active = ids
        self._model.decoder.use_adapters()

    def _makes_a_difference(self) -> bool:
        """Whether a short text or a small image comes out otherwise than without adapters."""
        import torch

        active = self.active
        with torch.inference_mode():
            on = self._probe()
            self._activate(())
            off = self._probe()
            self._activate(active)
        return any(not torch.equal(a, b) for a, b in zip(on, off, strict=True))

    def _probe(self) -> tuple[Any, ...]:
        return self._model.probe([self._there[adapter_id] for adapter_id in self.active])

    def merge(self) -> None:
        """Adds the active adapters to the weights for good; then there are none any more."""
        import torch

        model = self._model.model
        chosen = [_peft_name(adapter_id) for adapter_id in self.active]
        with torch.no_grad():
            for name, layer in _lora_layers(model).items():
                layer.merge(adapter_names=[name for name in chosen if name in layer.lora_A])
                owner, _, last = name.rpartition(".")
                setattr(model.get_submodule(owner), last, layer.get_base_layer())
        if hasattr(model, "peft_config"):
            del model.peft_config
        model._hf_peft_config_loaded = False
        for parameter in model.parameters():  # laid out for our products, which is no file form
            parameter.data = parameter.data.contiguous()


def _check_pairs(pairs: dict[str, dict[str, Any]], layers: dict[str, Any]) -> None:
    for name, pair in pairs.items():
        layer = layers[name]
        base = getattr(layer, "base_layer", layer)
        if not hasattr(base, "in_features"):
            raise BadInputError(
                f"The adapter's layer {name} is no linear layer, and only those can be adapted.",
                "Train it on linear layers only, or merge it into its base and use that.",
            )
        if set(pair) != {"A", "B"}:
            raise BadInputError(
                f"The adapter's layer {name} is not whole.", "Save the adapter again."
            )
        shape = (pair["B"].shape[0], pair["A"].shape[1])
        if shape != (base.out_features, base.in_features) or pair["A"].dim() != 2:
            raise BadInputError(
                f"The adapter's layer {name} is for {shape[1]} -> {shape[0]} values, the model's "
                f"has {base.in_features} -> {base.out_features}.",
                "Use it with the model it was trained on (2B and 7B differ).",
            )


def _lora_config(folder: Path, names: dict[str, str], pairs: dict[str, dict[str, Any]]) -> Any:
    """The settings it was trained with, its layers named exactly as they are here."""
    from peft import LoraConfig

    saved = json.loads((folder / "adapter_config.json").read_text("utf-8"))
    ranks = {name: int(pair["A"].shape[0]) for name, pair in pairs.items()}
    rank = int(saved.get("r") or max(ranks.values()))
    # Patterns are keyed by ends of names; those that name a whole path follow its renaming.
    alphas = {
        names.get(key, key): value for key, value in (saved.get("alpha_pattern") or {}).items()
    }
    if saved.get("use_dora"):
        raise BadInputError(
            "The adapter is a DoRA, which is not supported.", "Merge it into its base and use that."
        )
    return LoraConfig(
        r=rank,
        lora_alpha=saved.get("lora_alpha") or rank,
        target_modules=sorted(pairs),
        rank_pattern={name: r for name, r in ranks.items() if r != rank},
        alpha_pattern=alphas,
        use_rslora=bool(saved.get("use_rslora")),
        lora_dropout=0.0,
        bias="none",
        inference_mode=True,
    )


def _inject(model: Any, name: str, config: Any, pairs: dict[str, dict[str, Any]]) -> None:
    import torch
    from peft import inject_adapter_in_model

    with warnings.catch_warnings():
        # peft warns that there may be several adapters, transformers about what peft calls.
        warnings.simplefilter("ignore")
        inject_adapter_in_model(config, model, adapter_name=name)
    layers = _lora_layers(model)
    placed = {layer for layer in layers if name in layers[layer].lora_A}
    if placed != set(pairs):
        raise EngineError(
            f"The adapter {name} was put on {len(placed)} layers instead of {len(pairs)}.",
            "Report this with the adapter's configuration.",
        )
    with torch.no_grad():
        for layer, pair in pairs.items():
            layers[layer].lora_A[name].weight.copy_(pair["A"])
            layers[layer].lora_B[name].weight.copy_(pair["B"])
    model.requires_grad_(False)


def _peft_name(adapter_id: str) -> str:
    """Name of an adapter inside peft: a module's, with no dot, and no method's such as "half"."""
    return "id:" + adapter_id.replace(".", ":")


def _lora_layers(model: Any) -> dict[str, Any]:
    from peft.tuners.lora import LoraLayer

    return {name: layer for name, layer in model.named_modules() if isinstance(layer, LoraLayer)}
