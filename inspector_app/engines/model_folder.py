"""A folder that holds a language model: config.json, safetensors weights and a tokenizer."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.safetensors_header import read_header

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
# What config.json calls an architecture -> the dialect on the card.
DIALECTS: dict[str, str] = {
    "qwen2_vl": "qwen2-vl",
    "qwen2_5_vl": "qwen2.5-vl",
    "qwen3_vl": "qwen3-vl",
    "minigpt_v2": "minigpt-v2",
}
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")


def check_folder(folder: Path) -> str:
    """Looks whether a folder holds a model that can be loaded; reads headers, no weights.

    Args:
        folder: Where the files lie.

    Returns:
        The dialect of the model, one of `DIALECTS`.

    Raises:
        BadInputError: It does not; the message names what is missing.
    """
    config = read_config(folder)
    model_type = config.get("model_type", "")
    if model_type not in DIALECTS:
        raise BadInputError(
            f"The model in {folder} is of the type {model_type!r}, which this version cannot run.",
            f"Choose one of the types {', '.join(DIALECTS)}.",
        )
    if config.get("quantization_config"):
        raise BadInputError(
            f"The weights in {folder} are quantised already.",
            "Use the unquantised model: the program makes it smaller by itself where it must.",
        )
    for path in weight_files(folder):
        read_header(path)
    if not _has_tokenizer(folder):
        raise BadInputError(
            f"The folder {folder} has no tokenizer: neither tokenizer.json nor vocab.json and "
            "merges.txt.",
            "Copy it from the model it was trained from.",
        )
    if not (folder / "preprocessor_config.json").is_file():
        raise BadInputError(
            f"The folder {folder} has no preprocessor_config.json.",
            "Copy it from the model it was trained from.",
        )
    missing = _missing(folder, config)
    if missing:
        raise BadInputError(
            f"The folder {folder} lacks {', '.join(missing)}, named by {CONFIG}.",
            "Copy what is missing, or convert the model again.",
        )
    return DIALECTS[model_type]


def read_config(folder: Path) -> dict[str, Any]:
    """Reads config.json.

    Raises:
        BadInputError: There is no such folder or file, or it is not JSON.
    """
    if not folder.is_dir():
        raise BadInputError(f"There is no folder {folder}.", "Check the path.")
    path = folder / CONFIG
    if not path.is_file():
        if (folder / "adapter_config.json").is_file():
            raise BadInputError(
                f"The folder {folder} holds an adapter, not a model.",
                "Add it with: inspector models add-adapter",
            )
        raise BadInputError(
            f"The folder {folder} has no {CONFIG}.",
            "Choose the folder that holds config.json and the weights.",
        )
    return _read_json(path)


def weight_files(folder: Path) -> list[Path]:
    """Returns the safetensors files of a model, all of which are there.

    Raises:
        BadInputError: One is missing, or the weights are pickles.
    """
    index = folder / INDEX
    if index.is_file():
        paths = [folder / name for name in shard_names(index)]
        missing = [path.name for path in paths if not path.is_file()]
        if missing:
            raise BadInputError(
                f"The folder {folder} lacks {', '.join(missing)}, named by {INDEX}.",
                "Fetch or copy what is missing.",
            )
        return paths
    if (folder / SINGLE).is_file():
        return [folder / SINGLE]
    pickles = sorted(path.name for pattern in _PICKLES for path in folder.glob(pattern))
    if pickles:
        raise BadInputError(
            f"The weights in {folder} are pickles ({pickles[0]}), which may run code when opened: "
            "safetensors only.",
            "Save the model as safetensors.",
        )
    raise BadInputError(
        f"The folder {folder} has no weights: neither {SINGLE} nor {INDEX}.",
        "Choose the folder that holds config.json and the weights.",
    )


def shard_names(index: Path) -> list[str]:
    """Returns the names of the weights files that an index names, sorted.

    Raises:
        BadInputError: The index cannot be read, or a name leads out of the folder.
    """
    weights = _read_json(index).get("weight_map")
    if not isinstance(weights, dict) or not weights:
        raise BadInputError(f"{index} names no weights.", "Fetch or copy it again.")
    names = sorted({str(name) for name in weights.values()})
    for name in names:
        if PurePosixPath(name).name != name or not name.endswith(".safetensors"):
            raise BadInputError(
                f"{index} names {name!r}, which is not a safetensors file beside it.",
                "Fetch or copy it again.",
            )
    return names


def write_index(folder: Path) -> None:
    """Writes the index of all safetensors files of a folder."""
    names = {
        entry.name: path.name
        for path in sorted(folder.glob("*.safetensors"))
        for entry in read_header(path)
    }
    index = {"metadata": {}, "weight_map": dict(sorted(names.items()))}
    (folder / INDEX).write_text(json.dumps(index, indent=1), "utf-8")


def is_complete(folder: Path) -> bool:
    """Whether config.json, all weights and a tokenizer are there; opens no weights."""
    try:
        missing = _missing(folder, read_config(folder))
        return not missing and bool(weight_files(folder)) and _has_tokenizer(folder)
    except BadInputError:
        return False


def size_on_disk(folder: Path) -> int:
    """Returns the bytes of the files of a model's folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _missing(folder: Path, config: dict[str, Any]) -> list[str]:
    """Files that a converted model's config.json names besides weights and that are not there."""
    return [str(name) for name in config.get("files", ()) if not (folder / str(name)).is_file()]


def _has_tokenizer(folder: Path) -> bool:
    pair = (folder / "vocab.json", folder / "merges.txt")
    return (folder / "tokenizer.json").is_file() or all(path.is_file() for path in pair)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(
            f"{path} cannot be read: {error}.", "Fetch or copy it again."
        ) from error
    if not isinstance(data, dict):
        raise BadInputError(f"{path} is not a JSON object.", "Fetch or copy it again.")
    return data
