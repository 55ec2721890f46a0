"""How large a language model is, known from config.json and the headers of its weights alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.model_folder import read_config, size_on_disk, weight_files
from inspector_app.engines.safetensors_header import TensorEntry, read_header

_NF4_BYTES = 0.5625  # 4 bits, and a 32-bit scale for every 64 values
_INT8_BYTES = 1.0


@dataclass(frozen=True, slots=True)
class ModelSize:
    """Sizes that decide how much memory a model needs. Counts are of values, not bytes.

    Attributes:
        vision: Values of the vision tower and the merger, which are never quantised.
        language: Values of the matrices of the language layers, which may be quantised.
        embeddings: Values of the token embeddings and, unless it shares them, of the head.
        other: Values of everything else (norms, biases).
        layers: Number of language layers.
        kv_heads: Key/value heads of a layer.
        head_dim: Width of a head.
        hidden: Width of the language model.
        intermediate: Width inside its MLP.
        vision_hidden: Width of the vision tower.
        vision_intermediate: Width inside its MLP.
        patch: Side of a patch in pixels.
        merge: Patches along a side that become one token.
        disk: Bytes of the files.
    """

    vision: int
    language: int
    embeddings: int
    other: int
    layers: int
    kv_heads: int
    head_dim: int
    hidden: int
    intermediate: int
    vision_hidden: int
    vision_intermediate: int
    patch: int = 14
    merge: int = 2
    disk: int = 0

    @property
    def token_pixels(self) -> int:
        """Pixels of an image that become one token."""
        return (self.patch * self.merge) ** 2

    def weights(self, width: int, quantisation: str = "") -> int:
        """Returns the bytes of the weights in memory.

        Args:
            width: Bytes of a value that is not quantised.
            quantisation: "", "nf4" or "int8"; of the matrices of the language layers only.
        """
        per_value = {"nf4": _NF4_BYTES, "int8": _INT8_BYTES}.get(quantisation, width)
        return int(self.language * per_value) + width * (self.vision + self.embeddings + self.other)

    def cache_per_token(self, width: int) -> int:
        """Returns the bytes of keys and values that a token leaves in memory."""
        return 2 * self.layers * self.kv_heads * self.head_dim * width

    def vision_per_patch(self, width: int) -> int:
        """Returns the bytes that a patch takes while it passes a block of the tower, an estimate.

        Counted are the residual, the normed input, queries, keys, values and the attention's
        output, both sides of the MLP, and rotated queries and keys, which are 32-bit. Attention
        itself takes no square matrix (SDPA).
        """
        return (7 * self.vision_hidden + 2 * self.vision_intermediate) * width + (
            6 * self.vision_hidden * 4
        )

    def prefill_per_token(self, width: int) -> int:
        """Returns the bytes that a token takes while it passes a language layer, an estimate."""
        return (6 * self.hidden + 3 * self.intermediate) * width


def measure(folder: Path) -> ModelSize:
    """Measures a model without loading it.

    Args:
        folder: Its folder, as `model_folder.check_folder` accepts it.

    Raises:
        BadInputError: A file is missing or damaged.
    """
    config = read_config(folder)
    entries = [entry for path in weight_files(folder) for entry in read_header(path)]
    try:
        return _size(config, entries, size_on_disk(folder))
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise BadInputError(
            f"{folder / 'config.json'} does not describe the model: {type(error).__name__}: "
            f"{error}.",
            "Fetch or copy it again.",
        ) from error


def _size(config: dict[str, Any], entries: list[TensorEntry], disk: int) -> ModelSize:
    # Older files have the keys of the language model on top, newer ones in a part of their own.
    text: dict[str, Any] = config.get("text_config") or config
    vision: dict[str, Any] = config["vision_config"]
    tied = config.get("tie_word_embeddings", text.get("tie_word_embeddings", False))
    counts = Counter[str]()
    for entry in entries:
        part = _part(entry)
        if part == "head":
            if tied:  # a copy of the embeddings that some tools write
                continue
            part = "embeddings"
        counts[part] += entry.count
    heads = int(text["num_attention_heads"])
    # Qwen2-VL calls the tower's width embed_dim; its hidden_size is the language model's.
    width = int(vision.get("embed_dim") or vision["hidden_size"])
    inner = int(vision.get("intermediate_size") or width * vision.get("mlp_ratio", 4))
    return ModelSize(
        vision=counts["vision"],
        language=counts["language"],
        embeddings=counts["embeddings"],
        other=counts["other"],
        layers=int(text["num_hidden_layers"]),
        kv_heads=int(text.get("num_key_value_heads") or heads),
        head_dim=int(text.get("head_dim") or text["hidden_size"] // heads),
        hidden=int(text["hidden_size"]),
        intermediate=int(text["intermediate_size"]),
        vision_hidden=width,
        vision_intermediate=inner,
        patch=int(vision.get("patch_size") or vision.get("spatial_patch_size") or 14),
        merge=int(vision.get("spatial_merge_size", 2)),
        disk=disk,
    )


def _part(entry: TensorEntry) -> str:
    names = entry.name.split(".")
    if names[0] in ("vision_model", "projection") or "visual" in names:
        return "vision"
    if "lm_head" in names:
        return "head"
    if "embed_tokens" in names:
        return "embeddings"
    return "language" if "layers" in names and len(entry.shape) == 2 else "other"
