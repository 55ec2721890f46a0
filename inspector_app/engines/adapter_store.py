"""Adapters on disk: shipped in `models/adapters`, the user's in the data folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import tomli_w

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import BadInputError, InspectorError, StoreError
from inspector_app.domain.paths import MODELS
from inspector_app.engines import registry
from inspector_app.engines.adapter_keys import layout_of, read_key
from inspector_app.engines.card_files import is_id, make_id
from inspector_app.engines.safetensors_header import read_header
from inspector_app.store.places import data_folder
from inspector_app.store.whole_files import write_whole

CARD = "card.toml"
CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"


def adapters(card_id: str = "") -> list[AdapterCard]:
    """Returns the adapters of a model, sorted by id; a broken one says so in `trouble`.

    Args:
        card_id: Card of the model; empty for the adapters of all models.
    """
    found = {folder.name: _look_at(folder) for folder in _folders()}
    return [found[name] for name in sorted(found) if card_id in ("", found[name].base)]


def find(card_id: str, adapter_id: str) -> AdapterCard:
    """Returns an adapter that can be used with a model.

    Raises:
        BadInputError: There is no such adapter, or it is broken.
    """
    known = {adapter.id: adapter for adapter in adapters(card_id)}
    if adapter_id not in known:
        choices = f"Choose one of: {', '.join(known)}." if known else "Add one first."
        raise BadInputError(f"{card_id} has no adapter named {adapter_id!r}.", choices)
    adapter = known[adapter_id]
    if adapter.trouble:
        raise BadInputError(
            f"The adapter {adapter_id} cannot be used: {adapter.trouble}.", "Add it again."
        )
    return adapter


def add(folder: Path, card_id: str, name: str = "") -> AdapterCard:
    """Copies an adapter into the user's folder and writes its card.

    Args:
        folder: Where the training library saved it.
        card_id: Card of the model it was trained on.
        name: Name shown to people; the folder's name if empty.

    Raises:
        BadInputError: It is no LoRA adapter in safetensors, or one of another model.
        StoreError: It cannot be copied.
    """
    card = registry.card(card_id)
    if "adapters" not in card.abilities:
        raise BadInputError(f"{card.name} takes no adapters.", "Choose a language model.")
    folder = folder.expanduser().resolve()
    config = _check(folder)
    _check_base(str(config.get("base_model_name_or_path") or ""), card_id)
    name = name.strip() or folder.name
    adapter_id = make_id(name, {place.name for place in _folders()})
    home = _own_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        # A copy that is cut off must not look like an adapter: it gets its name at the end.
        with tempfile.TemporaryDirectory(dir=home, prefix=".adding-") as work:
            copy = Path(work) / adapter_id
            copy.mkdir()
            for file in (CONFIG, WEIGHTS):
                shutil.copyfile(folder / file, copy / file)
            write_card(_card_of(config, copy, card_id, name, _told_by(folder)))
            copy.replace(home / adapter_id)
    except OSError as error:
        raise StoreError(
            f"Cannot copy the adapter to {home}: {error.strerror or error}.",
            "Free some space, or make the folder writable.",
        ) from error
    return _look_at(home / adapter_id)


def remove(adapter_id: str) -> None:
    """Deletes an adapter of the user's.

    Raises:
        BadInputError: There is none, or it came with the program.
    """
    own = _own_folder() / adapter_id
    if not is_id(adapter_id) or not own.is_dir():
        if adapter_id in {folder.name for folder in _folders()}:
            raise BadInputError(
                f"The adapter {adapter_id} came with the program and stays.", "Just do not use it."
            )
        names = ", ".join(sorted(path.name for path in _list(_own_folder()))) or "none"
        raise BadInputError(
            f"There is no adapter named {adapter_id!r}.", f"Those you added: {names}."
        )
    shutil.rmtree(own)


def write_card(adapter: AdapterCard) -> None:
    """Writes the card beside the weights, in the folder `adapter.path`.

    Raises:
        StoreError: The file cannot be written.
    """
    data = {
        "name": adapter.name,
        "base": adapter.base,
        "base_model": adapter.base_model,
        "revision": adapter.revision,
        "layout": adapter.layout,
        "rank": adapter.rank,
        "versions": dict(adapter.versions),
        "data": adapter.data,
        "metrics": dict(adapter.metrics),
        "licence": adapter.licence,
        "sha256": adapter.sha256,
    }
    write_whole(Path(adapter.path) / CARD, tomli_w.dumps(data))


def verify(adapter: AdapterCard) -> str:
    """Compares the weights with the hash on the card; returns what is wrong, empty if nothing."""
    if adapter.trouble:
        return adapter.trouble
    if adapter.sha256 and _sha256(Path(adapter.path) / WEIGHTS) != adapter.sha256:
        return f"{WEIGHTS} has another hash than its card says"
    return ""


def weights_hash(folder: Path) -> str:
    """Hash of the weights in a folder."""
    return _sha256(folder / WEIGHTS)


def _own_folder() -> Path:
    return data_folder() / "adapters"


def _folders() -> Iterator[Path]:
    shipped = _list(MODELS / "adapters")
    yield from shipped
    taken = {folder.name for folder in shipped}
    yield from (folder for folder in _list(_own_folder()) if folder.name not in taken)


def _list(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and is_id(path.name)]


def _look_at(folder: Path) -> AdapterCard:
    """Reads one adapter; never raises for a broken one."""
    data: dict[str, Any] = {}
    trouble = ""
    try:
        data = tomllib.loads((folder / CARD).read_text("utf-8"))
        _check(folder)
    except InspectorError as error:
        trouble = error.what.rstrip(".")
    except (OSError, ValueError) as error:
        trouble = f"{CARD} cannot be read: {error}"
    try:
        return _from_data(data, folder, trouble)
    except (TypeError, ValueError, AttributeError) as error:
        return AdapterCard(
            folder.name, folder.name, "", path=str(folder), trouble=f"{CARD} is broken: {error}"
        )


def _from_data(data: dict[str, Any], folder: Path, trouble: str) -> AdapterCard:
    adapter = AdapterCard(
        id=folder.name,
        name=data.get("name", folder.name),
        base=data.get("base", ""),
        base_model=data.get("base_model", ""),
        revision=data.get("revision", ""),
        layout=data.get("layout", ""),
        rank=int(data.get("rank", 0)),
        versions=tuple((key, str(text)) for key, text in data.get("versions", {}).items()),
        data=data.get("data", ""),
        metrics=tuple((key, float(number)) for key, number in data.get("metrics", {}).items()),
        licence=data.get("licence", ""),
        sha256=data.get("sha256", ""),
        path=str(folder),
        trouble=trouble,
    )
    for field in fields(adapter):
        if field.type == "str" and not isinstance(getattr(adapter, field.name), str):
            raise TypeError(f"{field.name} is not a text")
    return adapter


def _told_by(folder: Path) -> AdapterCard:
    """What a card beside the weights tells of data, figures, licence and libraries, if any does."""
    try:
        return _from_data(tomllib.loads((folder / CARD).read_text("utf-8")), folder, "")
    except (OSError, TypeError, ValueError, AttributeError):
        return AdapterCard(folder.name, folder.name, "")


def _card_of(
    config: dict[str, Any], folder: Path, card_id: str, name: str, told: AdapterCard
) -> AdapterCard:
    ranks = [config.get("r") or 0, *(config.get("rank_pattern") or {}).values()]
    version = config.get("peft_version")
    return AdapterCard(
        id=folder.name,
        name=name,
        base=card_id,
        base_model=str(config.get("base_model_name_or_path") or ""),
        revision=str(config.get("revision") or ""),
        layout=layout_of(read_key(entry.name).module for entry in read_header(folder / WEIGHTS)),
        rank=max(int(rank) for rank in ranks),
        versions=told.versions or ((("peft", str(version)),) if version else ()),
        data=told.data,
        metrics=told.metrics,
        licence=told.licence,
        sha256=_sha256(folder / WEIGHTS),
        path=str(folder),
    )


def _check(folder: Path) -> dict[str, Any]:
    """Returns the config of a LoRA adapter whose files are whole.

    Raises:
        BadInputError: It is none; the message names what is missing.
    """
    if not folder.is_dir():
        raise BadInputError(f"There is no folder {folder}.", "Check the path.")
    config = _read_config(folder)
    kind = config.get("peft_type")
    if kind != "LORA":
        raise BadInputError(f"The adapter in {folder} is of the type {kind}.", "Use a LoRA.")
    if not (folder / WEIGHTS).is_file():
        if (folder / "adapter_model.bin").is_file():
            raise BadInputError(
                f"The adapter in {folder} is a pickle (adapter_model.bin), which may run code when "
                "opened: safetensors only.",
                "Save it as safetensors.",
            )
        raise BadInputError(f"The folder {folder} has no {WEIGHTS}.", "Copy it there.")
    if not any("lora_" in entry.name for entry in read_header(folder / WEIGHTS)):
        raise BadInputError(f"{folder / WEIGHTS} holds no LoRA weights.", "Save the adapter again.")
    return config


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    if not path.is_file():
        raise BadInputError(
            f"The folder {folder} has no {CONFIG}.",
            "Choose the folder that the training library saved the adapter to.",
        )
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(f"{path} cannot be read: {error}.", "Copy it again.") from error
    if not isinstance(config, dict):
        raise BadInputError(f"{path} is not a JSON object.", "Copy it again.")
    return config


def _check_base(base_model: str, card_id: str) -> None:
    """Refuses an adapter that says it belongs to another model we know."""
    known = {card.base: card.id for card in registry.cards().values() if card.base}
    other = known.get(base_model)
    if other is not None and base_model != registry.card(card_id).base:
        raise BadInputError(
            f"The adapter was trained on {base_model}, which is {other}, not {card_id}.",
            f"Add it to {other}.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
