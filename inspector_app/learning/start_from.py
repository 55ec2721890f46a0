"""What an adapter was made with, so that a run that goes on from it is set up alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.training import PARTS, LoraSettings
from inspector_app.engines.adapter_keys import read_key
from inspector_app.engines.adapter_store import CONFIG, WEIGHTS
from inspector_app.engines.model_folder import weight_files
from inspector_app.engines.safetensors_header import read_header
from inspector_app.learning.train_fields import TARGETS

Layers = dict[str, tuple[int, ...]]  # name -> shape; outputs and inputs of a linear layer


def settings_of(adapter: AdapterCard, kind: str, base: Path) -> LoraSettings:
    """Reads what a run must say under `lora` to go on from an adapter; no weights are loaded.

    Args:
        adapter: Goes on.
        kind: Of the base's card.
        base: Folder of the base's files.

    Returns:
        Rank, alpha, parts and targets; dropout may be any.

    Raises:
        BadInputError: No run learns what this adapter holds.
    """
    folder = Path(adapter.path)
    saved = json.loads((folder / CONFIG).read_text("utf-8"))
    for key in ("use_rslora", "use_dora", "alpha_pattern"):
        if saved.get(key):
            raise _refused(adapter, f"it was made with {key}")
    ranks: set[int] = set()
    sides: dict[str, dict[str, tuple[int, ...]]] = {}
    for entry in read_header(folder / WEIGHTS):
        key = read_key(entry.name)
        sides.setdefault(key.module, {})[key.side] = entry.shape
        if key.side == "A":
            ranks.add(entry.shape[0])
    if len(ranks) != 1:
        raise _refused(adapter, "its layers have different ranks")
    found: Layers = {}
    for name, sizes in sides.items():
        whole = set(sizes) == {"weight", "bias"}
        if not whole and set(sizes) != {"A", "B"}:
            raise _refused(adapter, f"its layer {name} is not whole")
        found[name] = () if whole else (sizes["B"][0], sizes["A"][1])
    rank = ranks.pop()
    parts = {_part(name, kind) for name in found}
    targets = {name.rpartition(".")[2] for name in found if _part(name, kind) == "language"}
    settings = LoraSettings(
        rank,
        float(saved.get("lora_alpha") or rank),
        parts=tuple(part for part in PARTS if part in parts),
        targets=tuple(name for name in TARGETS if name in targets),
    )
    wanted = layers_of(settings, kind, base)
    if odd := sorted(found.items() ^ wanted.items()):
        raise _refused(adapter, f"a run would learn other layers, for instance {odd[0][0]}")
    return replace(settings, targets=()) if targets == set(TARGETS) else settings


def layers_of(settings: LoraSettings, kind: str, base: Path) -> Layers:
    """Returns the layers that a run learns, as `Student.layers` names them.

    Args:
        settings: Of the run.
        kind: Of the base's card.
        base: Folder of the base's files.

    Returns:
        Shapes by name; without one for a layer that is learned whole.
    """
    found: Layers = {}
    wanted = settings.targets or TARGETS
    for path in weight_files(base):
        for entry in read_header(path):
            name = _now(entry.name.removesuffix(".weight"), kind)
            part = _part(name, kind)
            if len(entry.shape) != 2 or part not in settings.parts or name == entry.name:
                continue
            if part != "language" or name.rpartition(".")[2] in wanted:
                found[name] = entry.shape
    if kind == "minigpt-v2" and "projector" in settings.parts:
        found["llama_proj"] = ()
    return found


def _now(name: str, kind: str) -> str:
    """A layer's name in the library of now; released files have older ones."""
    if kind == "minigpt-v2":
        return name
    if name.startswith("visual."):
        return f"model.{name}"
    if name.startswith("model.layers."):
        return f"model.language_model.{name.removeprefix('model.')}"
    return name


def _part(name: str, kind: str) -> str:
    """The part of the model that a layer belongs to, of `PARTS`; empty for none."""
    language = "model.layers." if kind == "minigpt-v2" else "model.language_model.layers."
    if name.startswith(language):
        return "language"
    if name == "llama_proj" or ".merger." in name or "_merger_list." in name:
        return "projector"
    return "vision" if name.startswith("model.visual.blocks.") else ""


def _refused(adapter: AdapterCard, why: str) -> BadInputError:
    return BadInputError(
        f"{adapter.id} cannot be gone on from: {why}.", "Merge it into its base, or start anew."
    )
