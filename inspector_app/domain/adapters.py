"""Adapters: LoRA weights on top of a base model, each with a card of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdapterCard:
    """What is known of an adapter, read from the `card.toml` beside its weights.

    Attributes:
        id: Name used on the command line; the name of its folder.
        name: Name shown to people.
        base: Card id of the model it was trained on.
        base_model: Name of the base as the training library wrote it ("Qwen/Qwen2-VL-2B-Instruct").
        revision: Revision of the base; empty if not known.
        layout: Layout of its module names, see `engines.adapter_keys`.
        rank: Rank of the low-rank matrices (the largest, if they differ).
        versions: Library versions it was trained with, name -> version.
        data: What it was trained on, in words.
        metrics: Figures measured on it, name -> value.
        licence: Licence of the weights.
        sha256: Hash of its weights file.
        path: Folder of its files.
        trouble: Why it cannot be used; empty when it can.
    """

    id: str
    name: str
    base: str
    base_model: str = ""
    revision: str = ""
    layout: str = ""
    rank: int = 0
    versions: tuple[tuple[str, str], ...] = ()
    data: str = ""
    metrics: tuple[tuple[str, float], ...] = ()
    licence: str = ""
    sha256: str = ""
    path: str = ""
    trouble: str = ""
