"""Models on disk: what is there, what is broken, what it takes, and where it lies."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError, InspectorError
from inspector_app.domain.jobs import Progress
from inspector_app.domain.loading import Need
from inspector_app.engines import load_plan, model_folder, registry
from inspector_app.engines.card_files import CARD, read_card
from inspector_app.engines.files import choose_folder, chosen_folder, find_file, folder_of
from inspector_app.engines.files import model_folder as find_model
from inspector_app.services.convert import convertible
from inspector_app.services.own_models import add_folder, forget_folder, remove_card, use_folder

__all__ = [
    "ModelState",
    "Need",
    "add_folder",
    "check",
    "convertible",
    "folder",
    "forget_folder",
    "is_language",
    "need",
    "pull",
    "remove",
    "state",
    "troubles",
    "use_folder",
]


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether an engine's files are here.

    Attributes:
        ready: It can be loaded now.
        text: One line saying so, or what is missing and what would help.
        disk: Bytes on disk.
        folder: The folder the user chose for it; empty if none.
        can_pull: Whether `pull` can bring what is missing.
    """

    ready: bool
    text: str
    disk: int = 0
    folder: str = ""
    can_pull: bool = False


def is_language(card: Card) -> bool:
    """Whether a card's engine is a language model."""
    return card.kind in registry.LANGUAGE_KINDS


def troubles() -> tuple[str, ...]:
    """Returns one line for each card of the user's that cannot be used."""
    return registry.card_troubles()


def folder(card: Card) -> Path | None:
    """Returns the folder with all files of a language model, None if there is none."""
    return find_model(card)


def state(card: Card) -> ModelState:
    """Looks at the disk; computes no hash and opens no weights."""
    return _language_state(card) if is_language(card) else _expert_state(card)


def need(card: Card) -> Need:
    """Returns what a model takes on disk and in memory: of the real files, else the estimates."""
    found = find_model(card) if is_language(card) else None
    if found is None:
        disk = state(card).disk or card.disk_mb * 1_000_000
        return Need(disk, card.memory_mb * 1_000_000)
    disk = model_folder.size_on_disk(found)
    try:
        size = load_plan.measure(found)
        memory = load_plan.memory_of(size, load_plan.wish_of(card, size))
    except InspectorError:  # damaged weights: `check` says so
        memory = card.memory_mb * 1_000_000
    return Need(disk, memory)


def check(card: Card) -> list[str]:
    """Compares the files on disk with the card's hashes; returns one line for each trouble.

    A file that is not here is no trouble: `state` says so.
    """
    from inspector_app.services.model_fetch import read_hashes, sha256_of

    found = _language_troubles(card) if is_language(card) else []
    fetched = read_hashes(folder_of(card))
    try:
        described = list(_described(card))
    except BadInputError as error:
        found.append(str(error))
        described = []
    for file, path in described:
        if file.size and path.stat().st_size != file.size:
            found.append(
                f"{path} has {path.stat().st_size} bytes, the card says {file.size}: "
                "fetch it again."
            )
        elif file.sha256 and sha256_of(path) != file.sha256:
            found.append(f"{path} has another hash than the card says: fetch it again.")
    for name, digest in fetched.items():
        path = folder_of(card) / name
        if path.is_file() and sha256_of(path) != digest:
            found.append(f"{path} is not what was fetched: delete it and fetch it again.")
    return found


def pull(card: Card, stop: StopFlag) -> Iterator[Progress]:
    """Fetches what a card needs, if it is not here; see `model_fetch.fetch`.

    Raises:
        EngineError: It cannot be fetched; the message says why.
    """
    from inspector_app.services.model_fetch import fetch  # a window opens without web modules

    current = state(card)
    if current.ready:
        return
    if not current.can_pull:
        raise EngineError(f"{card.name}: {current.text}.")
    yield from fetch(card, stop)


def remove(card: Card) -> int:
    """Deletes what was fetched or made for a card; returns the bytes freed.

    A folder that the user chose is only forgotten, never touched. The card goes too if the user
    added it.
    """
    place = folder_of(card)
    freed = 0
    if place.is_dir():
        freed = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        shutil.rmtree(place)
    if chosen_folder(card.id):
        choose_folder(card.id, None)
    if card.own:
        remove_card(card)
    return freed


def _expert_state(card: Card) -> ModelState:
    disk = 0
    for file in card.files:
        path = find_file(card, file)
        if path is not None:
            disk += path.stat().st_size
        elif file.package:
            module = file.package.replace("-", "_")
            if importlib.util.find_spec(module) is None:
                return ModelState(
                    False, f"the package {file.package} is not installed; run: python3 run.py"
                )
        elif file.url:
            return ModelState(
                False,
                f"{file.name} is not here; fetch it with: inspector models pull {card.id}",
                can_pull=True,
            )
        else:
            return ModelState(False, f"{file.name} is not here and cannot be fetched")
    made = card.files and not disk
    return ModelState(True, "ready (made at first use)" if made else "ready", disk)


def _language_state(card: Card) -> ModelState:
    chosen = chosen_folder(card.id)
    found = find_model(card)
    where = str(chosen or "")
    if found is not None:
        disk = model_folder.size_on_disk(found)
        return ModelState(True, f"ready, from {chosen}" if chosen else "ready", disk, where)
    use = f"inspector models use {card.id} FOLDER"
    if chosen is not None:
        return ModelState(
            False,
            f"the folder chosen for it cannot be used: {_why_not(chosen)}; "
            f"choose again with: {use}",
            folder=where,
        )
    place = folder_of(card)
    disk = model_folder.size_on_disk(place) if place.is_dir() else 0
    if convertible(card):
        return ModelState(False, _to_convert(card, disk, use), disk)
    if not any(file.url for file in card.files):
        text = f"its files are not here and cannot be fetched; choose their folder with: {use}"
        return ModelState(False, text, disk)
    about = f"about {card.disk_mb / 1000:.1f} GB"
    here = (
        f"only {disk / 1e9:.1f} of {about} are here"
        if disk
        else f"its files ({about}) are not here"
    )
    return ModelState(
        False,
        f"{here}; fetch them with: inspector models pull {card.id}, or choose a folder that has "
        f"them with: {use}",
        disk,
        can_pull=True,
    )


def _to_convert(card: Card, disk: int, use: str) -> str:
    convert = f"inspector models convert {card.id} ..."
    if disk:
        return (
            f"only {disk / 1e9:.1f} GB of it are here, which cannot be loaded; remove them with: "
            f"inspector models remove {card.id}, then convert it again with: {convert}"
        )
    return (
        f"its published files must be converted once, with: {convert}; or choose a folder that "
        f"holds it converted, with: {use}"
    )


def _described(card: Card) -> Iterator[tuple[CardFile, Path]]:
    """The files that are here and that a card tells of: its own, or one in the model's folder."""
    home = find_model(card) if is_language(card) else None
    if home is not None and (home / CARD).is_file():
        places = [(file, home / file.name) for file in read_card(home / CARD).files]
        yield from (place for place in places if place[1].is_file())
        return
    for file in card.files:
        path = find_file(card, file)
        if path is not None:
            yield file, path


def _why_not(place: Path) -> str:
    try:
        model_folder.check_folder(place)
    except BadInputError as error:
        return error.what.rstrip(".")
    return f"{place} is not complete"


def _language_troubles(card: Card) -> list[str]:
    found = find_model(card)
    if found is None:
        return []
    try:
        model_folder.check_folder(found)
    except BadInputError as error:
        return [str(error)]
    return []
