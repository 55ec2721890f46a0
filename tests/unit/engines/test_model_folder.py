"""A folder is refused with the name of what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.model_folder import check_folder, is_complete, shard_names, weight_files

SHARD = "model-00002-of-00002.safetensors"


@pytest.fixture
def folder(tmp_path: Path, make_model: Callable[..., Path]) -> Path:
    return make_model(tmp_path / "model", shards=2)


def change(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


@pytest.mark.parametrize(
    ("model_type", "dialect"),
    [("qwen2_vl", "qwen2-vl"), ("qwen2_5_vl", "qwen2.5-vl"), ("qwen3_vl", "qwen3-vl")],
)
@pytest.mark.parametrize("shards", [1, 3])
def test_the_dialect_comes_from_the_model_type(
    tmp_path: Path, make_model: Callable[..., Path], model_type: str, dialect: str, shards: int
):
    folder = make_model(tmp_path / "m", model_type, shards)
    assert check_folder(folder) == dialect
    assert is_complete(folder)
    assert len(weight_files(folder)) == shards


def test_vocabulary_and_merges_do_for_a_tokenizer(folder: Path):
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.json").touch()
    assert not is_complete(folder)
    (folder / "merges.txt").touch()
    assert check_folder(folder) == "qwen2-vl"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda f: (f / "config.json").unlink(), "has no config.json"),
        (lambda f: (f / "config.json").write_text("{"), "cannot be read"),
        (lambda f: (f / "config.json").write_text("[]"), "not a JSON object"),
        (lambda f: change(f, model_type="llama"), "'llama', which this version cannot run"),
        (lambda f: change(f, quantization_config={"quant_method": "awq"}), "quantised already"),
        (lambda f: (f / SHARD).unlink(), f"lacks {SHARD}, named by"),
        (lambda f: (f / SHARD).write_bytes(b"version https://git-lfs"), "not a whole safetensors"),
        (lambda f: (f / SHARD).write_bytes((f / SHARD).read_bytes()[:-1]), "its header says"),
        (lambda f: (f / "tokenizer.json").unlink(), "has no tokenizer"),
    ],
)
def test_what_is_missing_is_named(folder: Path, spoil: Callable[[Path], object], says: str):
    spoil(folder)
    with pytest.raises(BadInputError, match=says) as told:
        check_folder(folder)
    assert told.value.mend
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (["pytorch_model.bin"], "safetensors only"),
        (["weights.pth"], "safetensors only"),
        ([], "has no weights"),
    ],
)
def test_pickles_are_refused(
    tmp_path: Path, make_model: Callable[..., Path], files: list[str], says: str
):
    folder = make_model(tmp_path / "m")
    (folder / "model.safetensors").unlink()
    for name in files:
        (folder / name).write_bytes(b"\x80\x04.")
    with pytest.raises(BadInputError, match=says):
        check_folder(folder)
    assert not is_complete(folder)


def test_an_adapter_is_told_apart(tmp_path: Path, make_adapter: Callable[..., Path]):
    with pytest.raises(BadInputError, match=r"holds an adapter.*add-adapter"):
        check_folder(make_adapter(tmp_path / "a"))
    with pytest.raises(BadInputError, match="There is no folder"):
        check_folder(tmp_path / "none")


@pytest.mark.parametrize(
    "index",
    [
        {},
        {"weight_map": []},
        {"weight_map": {"a": "../up.safetensors"}},
        {"weight_map": {"a": "/etc/up.safetensors"}},
        {"weight_map": {"a": "weights.bin"}},
    ],
)
def test_an_index_leads_nowhere_else(tmp_path: Path, index: dict[str, object]):
    path = tmp_path / "model.safetensors.index.json"
    path.write_text(json.dumps(index), "utf-8")
    with pytest.raises(BadInputError, match="Fetch or copy it again"):
        shard_names(path)
