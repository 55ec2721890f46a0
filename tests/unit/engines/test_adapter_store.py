"""Adapters are copied in, listed with what is wrong with them, and refused by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.engines import adapter_store

BASE = "qwen2-vl-2b"


@pytest.fixture
def source(tmp_path: Path, make_adapter: Callable[..., Path]) -> Path:
    return make_adapter(tmp_path / "Scratch Adapter")


def test_what_is_added_is_a_copy_with_a_card(source: Path, home: Path):
    adapter = adapter_store.add(source, BASE, "Scratches")
    weights = (source / "adapter_model.safetensors").read_bytes()
    assert adapter.id == "scratches"
    assert adapter.path == str(home / "data" / "adapters" / "scratches")
    assert (adapter.name, adapter.base, adapter.rank) == ("Scratches", BASE, 16)
    assert adapter.base_model == "Qwen/Qwen2-VL-2B-Instruct"
    assert adapter.sha256 == hashlib.sha256(weights).hexdigest()
    assert adapter.versions == (("peft", "0.18.0"),)
    assert adapter.trouble == ""
    assert adapter_store.find(BASE, "scratches") == adapter
    assert adapter_store.adapters() == adapter_store.adapters(BASE) == [adapter]
    assert adapter_store.adapters("qwen2-vl-7b") == []
    assert adapter_store.verify(adapter) == ""
    assert not list((home / "data" / "adapters").glob(".*"))


def test_what_a_card_beside_the_weights_tells_is_kept(source: Path, home: Path):
    (source / "card.toml").write_text(
        'data = "1,204 nuts"\nlicence = "MIT"\n[metrics]\nexact_match = 0.9\n'
        '[versions]\npeft = "0.21"\n'
    )
    adapter = adapter_store.add(source, BASE)
    assert (adapter.data, adapter.licence) == ("1,204 nuts", "MIT")
    assert adapter.metrics == (("exact_match", 0.9),)
    assert adapter.versions == (("peft", "0.21"),)
    assert adapter.base == BASE
    assert adapter_store.find(BASE, adapter.id) == adapter


def test_a_broken_card_beside_the_weights_is_left_out(source: Path, home: Path):
    (source / "card.toml").write_text("metrics = 3")
    assert adapter_store.add(source, BASE).metrics == ()


def test_names_do_not_clash(source: Path):
    assert [adapter_store.add(source, BASE).id for _ in range(3)] == [
        "scratch-adapter", "scratch-adapter-2", "scratch-adapter-3",
    ]  # fmt: skip


def spoil(folder: Path, **changes: object) -> None:
    path = folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def as_pickle(folder: Path) -> None:
    (folder / "adapter_model.safetensors").rename(folder / "adapter_model.bin")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: (f / "adapter_config.json").unlink(), "has no adapter_config.json"),
        (lambda f: (f / "adapter_config.json").write_text("{"), "cannot be read"),
        (lambda f: (f / "adapter_config.json").write_text("[]"), "not a JSON object"),
        (lambda f: (f / "adapter_model.safetensors").unlink(), "has no adapter_model.safetensors"),
        (lambda f: (f / "adapter_model.safetensors").write_bytes(b"junk"), "not a whole"),
        (as_pickle, "is a pickle"),
        (lambda f: spoil(f, peft_type="LOHA"), "of the type LOHA"),
        (
            lambda f: spoil(f, base_model_name_or_path="Qwen/Qwen2-VL-7B-Instruct"),
            "which is qwen2-vl-7b, not qwen2-vl-2b",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(
    source: Path, home: Path, change: Callable[[Path], object], says: str
):
    change(source)
    with pytest.raises(BadInputError, match=says) as told:
        adapter_store.add(source, BASE)
    assert told.value.mend
    assert adapter_store.adapters() == []


def test_weights_without_lora(source: Path, make_header: Callable[..., None]):
    make_header(source / "adapter_model.safetensors", {"model.up_proj.weight": [2, 2]})
    with pytest.raises(BadInputError, match="no LoRA weights"):
        adapter_store.add(source, BASE)


def test_a_model_that_takes_none(source: Path, tmp_path: Path):
    with pytest.raises(BadInputError, match="takes no adapters"):
        adapter_store.add(source, "anomaly")
    with pytest.raises(BadInputError, match="no engine named"):
        adapter_store.add(source, "nothing")
    with pytest.raises(BadInputError, match="There is no folder"):
        adapter_store.add(tmp_path / "none", BASE)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: (f / "card.toml").write_text("name ="), "card.toml cannot be read"),
        (lambda f: (f / "card.toml").write_text("name = 3"), "card.toml is broken: name"),
        (lambda f: (f / "card.toml").write_text('rank = "x"'), "card.toml is broken"),
        (lambda f: (f / "adapter_config.json").unlink(), "has no adapter_config.json"),
        (lambda f: (f / "adapter_model.safetensors").write_bytes(b""), "not a whole"),
    ],
)
def test_one_that_broke_is_listed_with_its_trouble(
    source: Path, change: Callable[[Path], object], says: str
):
    adapter = adapter_store.add(source, BASE, "one")
    change(Path(adapter.path))
    (broken,) = adapter_store.adapters()
    assert broken.id == "one"
    assert says in broken.trouble
    assert says in adapter_store.verify(broken)
    with pytest.raises(BadInputError):
        adapter_store.find(BASE, "one")


def test_a_broken_one_whose_model_is_known_names_its_trouble(source: Path):
    adapter = adapter_store.add(source, BASE, "one")
    (Path(adapter.path) / "adapter_model.safetensors").unlink()
    with pytest.raises(BadInputError, match=r"cannot be used: .*has no adapter_model"):
        adapter_store.find(BASE, "one")


def test_changed_weights_are_noticed(source: Path, make_header: Callable[..., None]):
    adapter = adapter_store.add(source, BASE)
    make_header(Path(adapter.path) / "adapter_model.safetensors", {"q.lora_A.weight": [4, 4]})
    assert "another hash" in adapter_store.verify(adapter)


def test_choices_are_named(source: Path):
    with pytest.raises(BadInputError, match="Add one first"):
        adapter_store.find(BASE, "none")
    adapter_store.add(source, BASE, "one")
    adapter_store.add(source, BASE, "two")
    with pytest.raises(BadInputError, match="Choose one of: one, two"):
        adapter_store.find(BASE, "none")


def test_removing(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    adapter = adapter_store.add(source, BASE, "one")
    with pytest.raises(BadInputError, match="Those you added: one"):
        adapter_store.remove("two")
    for name in ("..", "", "../adapters", "."):
        with pytest.raises(BadInputError):
            adapter_store.remove(name)
    adapter_store.remove("one")
    assert not Path(adapter.path).exists()
    assert source.is_dir()


def test_those_that_ship_come_first_and_stay(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    adapter = adapter_store.add(source, BASE, "one")
    shipped = tmp_path / "models" / "adapters"
    shipped.mkdir(parents=True)
    Path(adapter.path).rename(shipped / "one")
    monkeypatch.setattr(adapter_store, "MODELS", tmp_path / "models")
    assert adapter_store.find(BASE, "one").path == str(shipped / "one")
    with pytest.raises(BadInputError, match="came with the program"):
        adapter_store.remove("one")
    assert adapter_store.add(source, BASE, "one").id == "one-2"


def test_a_card_keeps_all_it_knows(source: Path):
    adapter = replace(
        adapter_store.add(source, BASE),
        data="30 scratched nuts", metrics=(("f1", 0.5), ("iou", 1.0)), licence="Apache-2.0",
        layout="4.52", revision="abc",
    )  # fmt: skip
    adapter_store.write_card(adapter)
    assert adapter_store.find(BASE, adapter.id) == adapter


def test_a_folder_that_cannot_be_written(source: Path, home: Path):
    (home / "data").mkdir()
    (home / "data" / "adapters").touch()
    with pytest.raises(StoreError, match="Cannot copy the adapter"):
        adapter_store.add(source, BASE)
