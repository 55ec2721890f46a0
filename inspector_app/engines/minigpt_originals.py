"""The published files of MiniGPT-v2, read and checked: checkpoint, vision tower, Llama folder.

Pickles are opened with `weights_only=True`: nothing in them can run. Every tensor must have a known
name and all must be there; the published program loads such files loosely, and a file that does not
fit then gives a model with random weights without a word.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.model_folder import read_config, weight_files
from inspector_app.engines.safetensors_header import read_header

IMAGE_SIDE = 448
PUBLISHED_WIDTH, PUBLISHED_BLOCKS, PUBLISHED_HEADS = 1408, 40, 16
PUBLISHED_ALPHA = 16
_PREFIX = "llama_model.base_model.model."
_LORA = re.compile(
    re.escape(_PREFIX) + r"(?P<layer>model\.layers\.\d+\.self_attn\.[qv]_proj)"
    r"\.lora_(?P<side>[AB])(\.default)?\.weight"
)
_BUFFER = re.compile(r".*rotary_emb\.inv_freq")
_BLOCK = re.compile(r"blocks\.(\d+)\.")
# What the tower of other programs has after its blocks; it is never built here.
_AFTER_BLOCKS = ("norm.", "fc_norm.", "head.")
_TOWER_NAMES = {
    "cls_token": "embeddings.class_embedding",
    "pos_embed": "embeddings.position_embedding",
    "patch_embed.proj.weight": "embeddings.patch_embedding.weight",
    "patch_embed.proj.bias": "embeddings.patch_embedding.bias",
}
_BLOCK_NAMES = {
    "norm1": "layer_norm1",
    "norm2": "layer_norm2",
    "attn.proj": "self_attn.projection",
    "mlp.fc1": "mlp.fc1",
    "mlp.fc2": "mlp.fc2",
}
_LLAMA_LAYER = (
    *(f"self_attn.{name}_proj" for name in "qkvo"),
    *(f"mlp.{name}_proj" for name in ("gate", "up", "down")),
    "input_layernorm",
    "post_attention_layernorm",
)


@dataclass(frozen=True, slots=True)
class Trained:
    """What MiniGPT-v2 itself trained.

    Attributes:
        pairs: Layer of the language model -> "A" `[r, in]` and "B" `[out, r]`.
        weight: Of the projection, `[hidden, 4 * width]`.
        bias: Of the projection, `[hidden]`.
        rank: Of the pairs.
        alpha: The pairs' product is scaled by alpha / rank.
    """

    pairs: dict[str, dict[str, Any]]
    weight: Any
    bias: Any
    rank: int
    alpha: float


@dataclass(frozen=True, slots=True)
class Tower:
    """The vision tower under the names of `Blip2VisionModel`, positions for 448 pixels.

    Attributes:
        tensors: Name -> tensor.
        config: What `Blip2VisionConfig` takes.
    """

    tensors: dict[str, Any]
    config: dict[str, Any]

    @property
    def width(self) -> int:
        """Of the residual stream."""
        return int(self.config["hidden_size"])


@dataclass(frozen=True, slots=True)
class Llama:
    """The language model's folder.

    Attributes:
        folder: Where it lies.
        config: Its config.json.
        files: Its weights.
    """

    folder: Path
    config: dict[str, Any]
    files: list[Path]

    @property
    def layers(self) -> int:
        """Number of layers."""
        return int(self.config["num_hidden_layers"])

    @property
    def hidden(self) -> int:
        """Width."""
        return int(self.config["hidden_size"])


def read_llama(folder: Path) -> Llama:
    """Looks at the language model; opens no weights.

    Raises:
        BadInputError: It is no Llama in safetensors with its SentencePiece tokenizer, or tensors
            are missing or unknown.
    """
    config = read_config(folder)
    if config.get("model_type") != "llama":
        raise BadInputError(
            f"The model in {folder} is of the type {config.get('model_type')!r}, not llama.",
            "Name the folder of Llama-2-7b-chat-hf.",
        )
    if config.get("quantization_config"):
        raise BadInputError(
            f"The weights in {folder} are quantised already.", "Use the unquantised model."
        )
    files = weight_files(folder)
    if not (folder / "tokenizer.model").is_file():
        raise BadInputError(
            f"The folder {folder} has no tokenizer.model.",
            "Copy it from the published model; tokenizer.json is not enough.",
        )
    llama = Llama(folder, config, files)
    names = {entry.name for path in files for entry in read_header(path)}
    expected = {"model.embed_tokens.weight", "model.norm.weight"}
    if not config.get("tie_word_embeddings"):
        expected.add("lm_head.weight")
    expected |= {
        f"model.layers.{layer}.{name}.weight"
        for layer in range(llama.layers)
        for name in _LLAMA_LAYER
    }
    _check_names(str(folder), names, expected, ignored=lambda name: bool(_BUFFER.fullmatch(name)))
    return llama


def read_checkpoint(path: Path, llama: Llama) -> Trained:
    """Reads the trained tensors of a checkpoint.

    Args:
        path: The pickle: keys model, optimizer, config, scaler, epoch.
        llama: The language model that they belong to.

    Raises:
        BadInputError: It is no such file, or tensors are missing, unknown or of other sizes.
    """
    data = _open(path)
    state = data.get("model", data)
    if not isinstance(state, dict):
        raise BadInputError(f"{path} holds no weights under 'model'.", "Choose a checkpoint file.")
    tensors = _tensors(path, cast("dict[Any, Any]", state))
    layers = [
        f"model.layers.{layer}.self_attn.{name}"
        for layer in range(llama.layers)
        for name in ("q_proj", "v_proj")
    ]
    pairs: dict[str, dict[str, Any]] = {}
    found: set[str] = set()
    for name, tensor in tensors.items():
        match = _LORA.fullmatch(name)
        if match:
            pairs.setdefault(match["layer"], {})[match["side"]] = tensor
            name = f"{_PREFIX}{match['layer']}.lora_{match['side']}.weight"
        found.add(name)
    expected = {f"{_PREFIX}{layer}.lora_{side}.weight" for layer in layers for side in "AB"}
    expected |= {"llama_proj.weight", "llama_proj.bias"}
    _check_names(str(path), found, expected, ignored=lambda name: bool(_BUFFER.fullmatch(name)))
    rank = int(pairs[layers[0]]["A"].shape[0])
    heads = int(llama.config["num_attention_heads"])
    values = llama.hidden // heads * int(llama.config.get("num_key_value_heads") or heads)
    for layer, pair in pairs.items():
        width = values if layer.endswith("v_proj") else llama.hidden
        _check_shape(path, f"{layer}.lora_A", pair["A"], (rank, llama.hidden))
        _check_shape(path, f"{layer}.lora_B", pair["B"], (width, rank))
    if not any(bool(pair["B"].any()) for pair in pairs.values()):
        raise BadInputError(
            f"The LoRA pairs in {path} are untrained: every B is zero.", "Choose another file."
        )
    return Trained(
        pairs, tensors["llama_proj.weight"], tensors["llama_proj.bias"], rank, _alpha(data)
    )


def check_projection(path: Path, trained: Trained, tower: Tower, llama: Llama) -> None:
    """Makes sure that the projection leads from this tower to this language model.

    Raises:
        BadInputError: It does not.
    """
    _check_shape(path, "llama_proj.weight", trained.weight, (llama.hidden, 4 * tower.width))
    _check_shape(path, "llama_proj.bias", trained.bias, (llama.hidden,))


def read_tower(path: Path, heads: int) -> Tower:
    """Reads the vision tower; the last block of the file is never built.

    Args:
        path: The pickle with the original names.
        heads: Of its attention.

    Raises:
        BadInputError: It is no such file, or tensors are missing, unknown or of other sizes.
    """
    import torch

    tensors = _tensors(path, _open(path))
    blocks = {int(match[1]) for name in tensors if (match := _BLOCK.match(name))}
    if "cls_token" not in tensors or len(blocks) < 2:
        raise BadInputError(
            f"{path} holds no vision tower.", "Choose the file eva_vit_g.pth of BLIP-2."
        )
    width = int(tensors["cls_token"].shape[-1])
    if width == PUBLISHED_WIDTH and len(blocks) != PUBLISHED_BLOCKS:
        raise BadInputError(
            f"{path} has {len(blocks)} blocks instead of {PUBLISHED_BLOCKS}.",
            "Fetch the file again.",
        )
    depth = len(blocks) - 1
    expected = set(_TOWER_NAMES) | {
        f"blocks.{block}.{name}"
        for block in range(depth)
        for name in (
            *(f"{part}.{kind}" for part in _BLOCK_NAMES for kind in ("weight", "bias")),
            "attn.qkv.weight", "attn.q_bias", "attn.v_bias",
        )
    }  # fmt: skip
    unbuilt = f"blocks.{depth}."
    _check_names(
        str(path), set(tensors), expected, ignored=lambda n: n.startswith((unbuilt, *_AFTER_BLOCKS))
    )
    if width % heads:
        raise BadInputError(
            f"A tower {width} wide cannot have {heads} heads.", "Name another number of heads."
        )
    patch = int(tensors["patch_embed.proj.weight"].shape[-1])
    made = {new: tensors[old] for old, new in _TOWER_NAMES.items()}
    name = "embeddings.position_embedding"
    made[name] = spread_positions(made[name], IMAGE_SIDE // patch)
    for block in range(depth):
        old, new = f"blocks.{block}.", f"encoder.layers.{block}."
        for part, renamed in _BLOCK_NAMES.items():
            for kind in ("weight", "bias"):
                made[f"{new}{renamed}.{kind}"] = tensors[f"{old}{part}.{kind}"]
        q, v = tensors[f"{old}attn.q_bias"], tensors[f"{old}attn.v_bias"]
        made[f"{new}self_attn.qkv.weight"] = tensors[f"{old}attn.qkv.weight"]
        made[f"{new}self_attn.qkv.bias"] = torch.cat((q, torch.zeros_like(v), v))  # keys have none
    config = {
        "hidden_size": width,
        "intermediate_size": int(tensors["blocks.0.mlp.fc1.weight"].shape[0]),
        "num_hidden_layers": depth,
        "num_attention_heads": heads,
        "image_size": IMAGE_SIDE,
        "patch_size": patch,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-6,
        "qkv_bias": True,
        "attention_dropout": 0.0,
    }
    return Tower({f"vision_model.{name}": tensor for name, tensor in made.items()}, config)


def spread_positions(positions: Any, side: int) -> Any:
    """Spreads position embeddings `[1, 1 + n, width]` to a grid of another side.

    Bicubic, corners not aligned, in float32; that of the class token stays.
    """
    from torch.nn import functional

    grid = positions[:, 1:].float()
    old = math.isqrt(grid.shape[1])
    if old * old != grid.shape[1]:
        raise BadInputError(
            f"The tower has {grid.shape[1]} positions, which is no square.", "Fetch it again."
        )
    if old == side:
        return positions
    square = grid.reshape(1, old, old, -1).permute(0, 3, 1, 2)
    spread = functional.interpolate(square, size=(side, side), mode="bicubic", align_corners=False)
    import torch

    flat = spread.permute(0, 2, 3, 1).reshape(1, side * side, -1)
    return torch.cat((positions[:, :1].float(), flat), 1)


def _open(path: Path) -> dict[str, Any]:
    import pickle

    import torch

    if not path.is_file():
        raise BadInputError(f"There is no file {path}.", "Check the path.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the age of a pickle
            data = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise BadInputError(
            f"{path} holds more than numbers and may run code when opened, so it is refused.",
            "Use the published file.",
        ) from error
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInputError(
            f"{path} cannot be read: {reason.rstrip('.')}.", "Fetch the file again."
        ) from error
    if not isinstance(data, dict):
        raise BadInputError(f"{path} is no table of weights.", "Choose another file.")
    return cast("dict[str, Any]", data)


def _tensors(path: Path, state: dict[Any, Any]) -> dict[str, Any]:
    import torch

    for name, tensor in state.items():
        if not isinstance(tensor, torch.Tensor):
            raise BadInputError(f"{path} holds {name}, which is no tensor.", "Choose another file.")
    return {str(name): tensor for name, tensor in state.items()}


def _alpha(data: dict[str, Any]) -> float:
    config = data.get("config")
    model = config.get("model") if isinstance(config, dict) else None
    alpha = model.get("lora_alpha") if isinstance(model, dict) else None
    return float(alpha) if isinstance(alpha, int | float) else PUBLISHED_ALPHA


def _check_names(place: str, found: set[str], expected: set[str], ignored: Any) -> None:
    unknown = sorted(name for name in found - expected if not ignored(name))
    missing = sorted(expected - found)
    if not unknown and not missing:
        return
    what = [
        f"{len(names)} tensors are {kind} ({_some(names)})"
        for kind, names in (("missing", missing), ("unknown", unknown))
        if names
    ]
    raise BadInputError(
        f"{place} does not fit: of {len(expected)} expected, {'; '.join(what)}.",
        "Choose the published files, all of one size.",
    )


def _some(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _check_shape(path: Path, name: str, tensor: Any, shape: tuple[int, ...]) -> None:
    if tuple(tensor.shape) != shape:
        raise BadInputError(
            f"In {path}, {name} is {list(tensor.shape)} instead of {list(shape)}.",
            "Choose files that belong together.",
        )
