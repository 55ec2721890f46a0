"""Turning published weights into a folder that an engine loads."""

from __future__ import annotations

from dataclasses import dataclass

LORA_FORMS = ("adapter", "merged")
DTYPES = ("keep", "float32", "float16", "bfloat16")


@dataclass(frozen=True, slots=True)
class ConvertRequest:
    """What to convert; paths as the user gave them.

    Attributes:
        checkpoint: Pickle with the trained weights (LoRA pairs and the projection).
        vit: Pickle with the vision tower.
        llama: Folder of the language model.
        out: Folder to write; empty for the program's own.
        card_id: Id of the card; empty for the usual one of these sizes.
        name: Name shown to people; empty for the usual one.
        lora: "adapter" keeps the LoRA pairs beside the base, "merged" adds them to it.
        dtype: Of the language model's weights as written; "keep" for that of the files.
        vit_heads: Heads of the tower; 0 when they are those of the published one, or told by a
            config.json beside its file.
    """

    checkpoint: str
    vit: str
    llama: str
    out: str = ""
    card_id: str = ""
    name: str = ""
    lora: str = "adapter"
    dtype: str = "keep"
    vit_heads: int = 0


@dataclass(frozen=True, slots=True)
class Converted:
    """A model was written and can be used.

    Attributes:
        card_id: Its card.
        folder: Where it lies.
        bytes: Size of its files.
        notes: What is to be said of it, one sentence each.
    """

    card_id: str
    folder: str
    bytes: int
    notes: tuple[str, ...] = ()
