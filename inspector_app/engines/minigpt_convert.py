"""Writes MiniGPT-v2 as a folder of safetensors, from its published files."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.jobs import Progress
from inspector_app.engines.minigpt_model import VISION_FILE
from inspector_app.engines.minigpt_originals import (
    PUBLISHED_HEADS,
    PUBLISHED_WIDTH,
    Llama,
    Tower,
    Trained,
    check_projection,
    read_checkpoint,
    read_llama,
    read_tower,
)
from inspector_app.engines.model_folder import CONFIG, write_index
from inspector_app.imaging.model_pixels import CLIP_MEAN, CLIP_STD

MODEL_TYPE = "minigpt_v2"
ADAPTER = "adapter"  # sub-folder: transformers would load pairs beside the weights by itself
KNOWN_CHECKPOINTS = {
    "0d91a25269fb6648d9d6a23dbecbd33c9866610016e10fc1d707f97625d399b4": "the published demo",
}
_CHUNK = 1 << 22
_TOKENIZER = ("tokenizer.model", "tokenizer.json", "tokenizer_config.json")
_SMALL_HEAD = 16  # values of a head in a tower that is not the published one, unless told


@dataclass(frozen=True, slots=True)
class Originals:
    """The published files, checked.

    Attributes:
        trained: LoRA pairs and projection.
        tower: The vision tower.
        llama: The language model.
        notes: What is to be said of them.
    """

    trained: Trained
    tower: Tower
    llama: Llama
    notes: tuple[str, ...]

    @property
    def published(self) -> bool:
        """Whether the sizes are those of the released model."""
        return (self.tower.width, self.llama.hidden, self.llama.layers) == (1408, 4096, 32)


def read_originals(request: ConvertRequest) -> Originals:
    """Reads and checks the files of a request.

    Raises:
        BadInputError: One of them does not fit; the message names what.
    """
    checkpoint, vit = Path(request.checkpoint).expanduser(), Path(request.vit).expanduser()
    llama = read_llama(Path(request.llama).expanduser())
    trained = read_checkpoint(checkpoint, llama)
    width = int(trained.weight.shape[1]) // 4
    heads, notes = _heads(request.vit_heads, width, vit)
    tower = read_tower(vit, heads)
    check_projection(checkpoint, trained, tower, llama)
    return Originals(trained, tower, llama, tuple(notes))


def write_model(
    request: ConvertRequest, originals: Originals, folder: Path, stop: StopFlag
) -> Iterator[Progress]:
    """Writes the model; half a folder is left behind when it is stopped.

    Args:
        request: What was asked for.
        originals: Read from it.
        folder: An empty folder.
        stop: Asked between pieces.

    Yields:
        Bytes done and to do.
    """
    llama, trained, tower = originals.llama, originals.trained, originals.tower
    sources = [Path(request.checkpoint).expanduser(), Path(request.vit).expanduser(), *llama.files]
    total = sum(path.stat().st_size for path in (*sources, *sources[2:]))
    work = _Work(total, stop)
    told: dict[str, dict[str, Any]] = {}
    for path in sources:
        digest = yield from work.hash(path)
        told[path.name] = {"sha256": digest, "bytes": path.stat().st_size}
    if stop.is_set():
        return
    merged = _Merge(trained) if request.lora == "merged" else None
    for path in llama.files:
        if merged is None and request.dtype == "keep":
            yield from work.copy(path, folder / path.name)
        else:
            _rewrite(path, folder / path.name, request.dtype, merged)
            yield work.told(path.stat().st_size, path.name)
        if stop.is_set():
            return
    vision = tower.tensors | {"projection.weight": trained.weight, "projection.bias": trained.bias}
    _save(vision, folder / VISION_FILE)
    write_index(folder)
    _write_tokenizer(llama.folder, folder)
    _write_preprocessor(folder, tower)
    files = ["tokenizer.model"]
    if merged is None:
        (folder / ADAPTER).mkdir()
        files += _write_adapter(folder / ADAPTER, trained)
    _write(
        folder / CONFIG,
        {
            "model_type": MODEL_TYPE,
            "text_config": llama.config,
            "vision_config": tower.config,
            "lora": request.lora,
            "files": files,
            "sources": told,
        },
    )
    yield Progress(total, total)


class _Work:
    """Reads and copies in pieces, counting bytes."""

    def __init__(self, total: int, stop: StopFlag) -> None:
        self._done, self._total, self._stop = 0, total, stop

    def told(self, count: int, text: str) -> Progress:
        self._done += count
        return Progress(self._done, self._total, text)

    def hash(self, path: Path) -> Iterator[Progress]:
        """Returns the SHA-256 of a file, in hex."""
        digest = hashlib.sha256()
        yield from self._pieces(path, digest.update)
        return digest.hexdigest()

    def copy(self, path: Path, to: Path) -> Iterator[Progress]:
        with to.open("wb") as out:
            yield from self._pieces(path, out.write)

    def _pieces(self, path: Path, use: Callable[[bytes], object]) -> Iterator[Progress]:
        with path.open("rb") as stream:
            while (piece := stream.read(_CHUNK)) and not self._stop.is_set():
                use(piece)
                yield self.told(len(piece), path.name)


class _Merge:
    """Adds the LoRA pairs to the weights: W + alpha / r * (B A)."""

    def __init__(self, trained: Trained) -> None:
        self._pairs = trained.pairs
        self._scale = trained.alpha / trained.rank

    def __call__(self, name: str, weight: Any) -> Any:
        pair = self._pairs.get(name.removesuffix(".weight"))
        if pair is None:
            return weight
        return weight.float() + self._scale * (pair["B"].float() @ pair["A"].float())


def _rewrite(path: Path, to: Path, dtype: str, merge: _Merge | None) -> None:
    import torch
    from safetensors import safe_open

    tensors: dict[str, Any] = {}
    with safe_open(path, framework="pt") as stream:
        for name in stream.keys():  # noqa: SIM118 - no mapping
            old = stream.get_tensor(name)
            new = merge(name, old) if merge is not None else old
            wanted = old.dtype if dtype == "keep" else getattr(torch, dtype)
            tensors[name] = new.to(wanted if old.is_floating_point() else old.dtype)
    _save(tensors, to)


def _heads(wanted: int, width: int, vit: Path) -> tuple[int, list[str]]:
    """Heads of the tower, which its weights do not tell."""
    if wanted:
        return wanted, []
    if width == PUBLISHED_WIDTH:
        return PUBLISHED_HEADS, []
    try:
        told = json.loads((vit.parent / CONFIG).read_text("utf-8"))["vit"]["num_heads"]
        return int(told), []
    except (OSError, ValueError, KeyError, TypeError):
        heads = max(1, width // _SMALL_HEAD)
        note = (
            f"The heads of a vision tower {width} wide cannot be told from its weights; {heads} "
            "were taken. If that is wrong, convert again with --vit-heads."
        )
        return heads, [note]


def _write_adapter(folder: Path, trained: Trained) -> list[str]:
    """Writes the LoRA pairs as peft does; returns the names of the files."""
    tensors = {
        f"base_model.model.{layer}.lora_{side}.weight": tensor
        for layer, pair in trained.pairs.items()
        for side, tensor in pair.items()
    }
    weights, config = "adapter_model.safetensors", "adapter_config.json"
    _save(tensors, folder / weights)
    _write(
        folder / config,
        {
            "peft_type": "LORA",
            "task_type": "CAUSAL_LM",
            "r": trained.rank,
            "lora_alpha": trained.alpha,
            "lora_dropout": 0.05,
            "bias": "none",
            "target_modules": ["q_proj", "v_proj"],
            "inference_mode": True,
        },
    )
    return [f"{folder.name}/{name}" for name in (config, weights)]


def _write_tokenizer(source: Path, folder: Path) -> None:
    for name in _TOKENIZER:
        if (source / name).is_file():
            shutil.copyfile(source / name, folder / name)
    if (folder / "tokenizer.json").is_file():
        return
    import transformers

    try:
        # For grammars only; prompts are written with tokenizer.model.
        made = transformers.LlamaTokenizer.from_pretrained(source, local_files_only=True)
        made.backend_tokenizer.save(str(folder / "tokenizer.json"))
    except Exception as error:
        raise BadInputError(
            f"The tokenizer in {source} cannot be read: {error}.", "Copy tokenizer.json there."
        ) from error


def _write_preprocessor(folder: Path, tower: Tower) -> None:
    _write(
        folder / "preprocessor_config.json",
        {
            "size": tower.config["image_size"],
            "patch_size": tower.config["patch_size"],
            "resample": "bicubic",
            "image_mean": list(CLIP_MEAN),
            "image_std": list(CLIP_STD),
        },
    )


def _save(tensors: dict[str, Any], path: Path) -> None:
    from safetensors.torch import save_file

    whole = {name: tensor.contiguous().clone() for name, tensor in tensors.items()}
    save_file(whole, path, metadata={"format": "pt"})


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
