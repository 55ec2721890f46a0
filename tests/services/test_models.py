"""Models on disk: states, needs, chosen folders, cards of the user's own, removal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.engines import host, registry
from inspector_app.engines.files import chosen_folder, folder_of, model_folder
from inspector_app.services import adapters, models
from inspector_app.services.inspect import never
from inspector_app.services.settings import Settings

ID = "qwen2-vl-2b"


@pytest.fixture(autouse=True)
def own_home(models_home: Path) -> Path:
    return models_home


@pytest.fixture
def folder(tmp_path: Path, make_model: Callable[..., Path]) -> Path:
    return make_model(tmp_path / "checkpoint")


def test_a_model_that_is_not_here():
    state = models.state(registry.card(ID))
    assert not state.ready
    assert state.can_pull
    assert state.disk == 0
    assert "about 4.4 GB" in state.text
    assert f"inspector models pull {ID}" in state.text
    assert f"inspector models use {ID} FOLDER" in state.text


def test_one_that_cannot_be_fetched_says_so():
    state = models.state(replace(registry.card(ID), files=()))
    assert not state.ready
    assert not state.can_pull
    assert "cannot be fetched" in state.text
    assert "models use" in state.text


def test_one_that_is_here_in_part(make_model: Callable[..., Path]):
    card = registry.card(ID)
    place = make_model(folder_of(card))
    (place / "model.safetensors").rename(place / "model.safetensors.part")
    state = models.state(card)
    assert not state.ready
    assert state.disk > 0
    assert "only 0.0 of about 4.4 GB are here" in state.text


def test_a_fetched_model_is_ready(make_model: Callable[..., Path]):
    card = registry.card(ID)
    place = make_model(folder_of(card))
    state = models.state(card)
    assert state.ready
    assert state.text == "ready"
    assert state.disk == sum(path.stat().st_size for path in place.iterdir())
    assert models.folder(card) == model_folder(card) == place


def test_needs_are_estimates_until_the_files_are_here(folder: Path):
    card = registry.card(ID)
    assert models.need(card) == models.Need(card.disk_mb * 10**6, card.memory_mb * 10**6)
    models.use_folder(ID, folder)
    need = models.need(card)
    assert need.disk == sum(path.stat().st_size for path in folder.iterdir())
    assert need.memory < card.memory_mb * 10**6
    (folder / "config.json").write_text('{"model_type": "qwen2_vl"}', "utf-8")
    assert models.need(card).memory == card.memory_mb * 10**6


def test_a_chosen_folder_goes_before_a_fetched_one(folder: Path, make_model: Callable[..., Path]):
    card = registry.card(ID)
    fetched = make_model(folder_of(card))
    assert models.use_folder(ID, folder) == folder
    assert model_folder(card) == folder
    state = models.state(card)
    assert state.ready
    assert state.folder == str(folder)
    models.forget_folder(ID)
    assert model_folder(card) == fetched


def test_a_chosen_folder_that_is_gone_is_not_replaced_unnoticed(
    folder: Path, make_model: Callable[..., Path]
):
    card = registry.card(ID)
    make_model(folder_of(card))
    models.use_folder(ID, folder)
    (folder / "model.safetensors").unlink()
    assert model_folder(card) is None
    state = models.state(card)
    assert not state.ready
    assert "has no weights" in state.text
    assert f"models use {ID}" in state.text


def test_folders_that_do_not_fit(tmp_path: Path, make_model: Callable[..., Path]):
    other = make_model(tmp_path / "other", "qwen3_vl")
    with pytest.raises(BadInputError, match=r"is a qwen3-vl model.*models add"):
        models.use_folder(ID, other)
    with pytest.raises(BadInputError, match="There is no folder"):
        models.use_folder(ID, tmp_path / "none")
    with pytest.raises(BadInputError, match="is no language model"):
        models.use_folder("anomaly", other)
    with pytest.raises(BadInputError, match="no engine named"):
        models.use_folder("nothing", other)
    assert chosen_folder(ID) is None


@pytest.mark.parametrize("text", ["{", "[]", '{"qwen2-vl-2b": 3}'])
def test_a_broken_list_of_folders_is_left(own_home: Path, text: str, folder: Path):
    (own_home / "config").mkdir(parents=True)
    (own_home / "config" / "model_folders.json").write_text(text, "utf-8")
    assert chosen_folder(ID) is None
    models.use_folder(ID, folder)
    assert chosen_folder(ID) == folder


@pytest.mark.parametrize(
    ("model_type", "dialect"),
    [("qwen2_vl", "qwen2-vl"), ("qwen2_5_vl", "qwen2.5-vl"), ("qwen3_vl", "qwen3-vl")],
)
def test_an_own_checkpoint_becomes_a_card(
    tmp_path: Path, make_model: Callable[..., Path], model_type: str, dialect: str
):
    folder = make_model(tmp_path / "My Nuts", model_type)
    card = models.add_folder(folder)
    assert registry.card("my-nuts") == card
    assert card.own
    assert (card.name, card.dialect, card.kind) == ("My Nuts", dialect, "qwen-vl")
    assert card.capabilities.adapters
    assert models.state(card).ready
    assert model_folder(card) == folder
    assert models.add_folder(folder).id == "my-nuts-2"
    assert models.add_folder(folder, "Nuts, second try", "nuts.v2").id == "nuts.v2"


def test_ids_that_cannot_be(folder: Path):
    with pytest.raises(BadInputError, match="There is a card 'anomaly'"):
        models.add_folder(folder, card_id="anomaly")
    with pytest.raises(BadInputError, match="cannot be an id"):
        models.add_folder(folder, card_id="../x")
    assert not any(card.own for card in registry.cards().values())


def test_removing_never_touches_a_chosen_folder(folder: Path, make_model: Callable[..., Path]):
    card = registry.card(ID)
    place = make_model(folder_of(card))
    before = sorted(path.name for path in folder.iterdir())
    size = sum(path.stat().st_size for path in place.iterdir())
    models.use_folder(ID, folder)
    assert models.remove(card) == size
    assert not place.exists()
    assert chosen_folder(ID) is None
    assert sorted(path.name for path in folder.iterdir()) == before
    own = models.add_folder(folder)
    assert models.remove(own) == 0
    assert own.id not in registry.cards()
    assert chosen_folder(own.id) is None
    assert sorted(path.name for path in folder.iterdir()) == before


def test_check_names_damage(folder: Path, make_model: Callable[..., Path]):
    card = registry.card(ID)
    assert models.check(card) == []
    place = make_model(folder_of(card))
    (place / "hashes.json").write_text(json.dumps({"tokenizer.json": "0" * 64}), "utf-8")
    (trouble,) = models.check(card)
    assert "tokenizer.json is not what was fetched" in trouble
    models.use_folder(ID, folder)
    (folder / "model.safetensors").write_bytes(b"junk")
    assert "not a whole safetensors file" in models.check(card)[0]


def test_the_engine_process_sees_new_cards_and_folders(own_home: Path):
    cards = own_home / "data" / "cards"
    cards.mkdir(parents=True)
    text = registry.MODELS.joinpath("fake.toml").read_text("utf-8")
    path = cards / "second.toml"
    path.write_text(text.replace('"fake"', '"second"', 1), "utf-8")
    list(host.load("second", never()))
    first = host._loaded["second"]
    list(host.load("second", never()))
    assert host._loaded["second"] is first
    path.write_text(text.replace('"fake"', '"second"', 1) + "memory_mb = 1\n", "utf-8")
    list(host.load("second", never()))
    assert host._loaded["second"] is not first
    list(host.unload("second", never()))
    path.unlink()
    with pytest.raises(BadInputError, match="no engine named"):
        list(host.load("second", never()))


def test_the_chosen_adapter(tmp_path: Path, make_adapter: Callable[..., Path]):
    settings = Settings(tmp_path / "settings.json")
    source = make_adapter(tmp_path / "a")
    adapter = adapters.add(source, ID)
    assert adapters.chosen(settings, ID) == ""
    with pytest.raises(BadInputError, match="no adapter named"):
        adapters.choose(settings, ID, "none")
    with pytest.raises(BadInputError, match="no engine named"):
        adapters.choose(settings, "nothing", adapter.id)
    adapters.choose(settings, ID, adapter.id)
    assert adapters.chosen(Settings(tmp_path / "settings.json"), ID) == adapter.id
    assert settings.get("adapter") == {ID: adapter.id}
    adapters.remove(adapter.id)
    assert adapters.chosen(settings, ID) == ""
    adapters.choose(settings, ID, "")
    assert settings.get("adapter") == {}
