"""Card files: TOML on disk, a `Card` in the program."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any

import tomli_w

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.engine import Capabilities
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.tasks import Task
from inspector_app.store.whole_files import write_whole

CARD = "card.toml"  # in the folder of a model that was made here: its files and their hashes
# An id names a folder that `models remove` deletes, so it must be one plain name.
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def is_id(text: str) -> bool:
    """Whether a text may be the id of a card or an adapter: a plain, lower-case folder name."""
    return _ID.fullmatch(text) is not None and ".." not in text


def make_id(name: str, taken: set[str]) -> str:
    """Makes an id from a name, different from those taken.

    Args:
        name: Any text; what may not stand in an id becomes a hyphen.
        taken: Ids that are in use.
    """
    bare = unicodedata.normalize("NFKD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    plain = re.sub(r"[^a-z0-9._-]+", "-", bare)
    plain = re.sub(r"\.{2,}", ".", plain).strip("._-") or "mine"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def read_card(path: Path, own: bool = False) -> Card:
    """Reads one card file.

    Args:
        path: The TOML file.
        own: Whether it is the user's.

    Raises:
        BadInputError: It is not TOML, lacks something, or says something impossible.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return _from_data(data, own)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInputError(
            f"The card {path.name} cannot be used: {type(error).__name__}: {error}.",
            f"Mend the file or take it out of {path.parent}.",
        ) from error


def write_card(card: Card, path: Path) -> None:
    """Writes a card that the program made.

    Raises:
        StoreError: The file cannot be written.
    """
    data = {
        "id": card.id,
        "name": card.name,
        "kind": card.kind,
        "summary": card.summary,
        "licence": card.licence,
        "tasks": sorted(card.tasks),
        "abilities": sorted(card.abilities),
        "base": card.base,
        "dialect": card.dialect,
        "memory_mb": card.memory_mb,
        "disk_mb": card.disk_mb,
        "notice": card.notice,
        "options": dict(card.options),
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in card.files
        ],
    }
    write_whole(path, tomli_w.dumps(data))


def _from_data(data: dict[str, Any], own: bool) -> Card:
    if not is_id(data["id"]):
        raise ValueError(
            f"the id {data['id']!r} is not a plain name (a-z, 0-9, dot, hyphen, underscore)"
        )
    card = Card(
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        summary=data["summary"],
        licence=data["licence"],
        tasks=frozenset(Task(task) for task in data["tasks"]),
        base=data.get("base", ""),
        dialect=data.get("dialect", ""),
        memory_mb=data.get("memory_mb", 0),
        disk_mb=data.get("disk_mb", 0),
        files=tuple(_file(entry) for entry in data.get("files", ())),
        options=tuple(sorted(data.get("options", {}).items())),
        abilities=frozenset(data.get("abilities", ())),
        notice=data.get("notice", ""),
        own=own,
    )
    for key in ("name", "kind", "summary", "licence", "base", "dialect", "notice"):
        if not isinstance(getattr(card, key), str):
            raise TypeError(f"{key} is not a text")
    for key in ("memory_mb", "disk_mb"):
        if type(getattr(card, key)) is not int or getattr(card, key) < 0:
            raise TypeError(f"{key} is not a number of megabytes")
    unknown = card.abilities - set(Capabilities.__slots__) | card.abilities & {"tasks"}
    if unknown:
        raise ValueError(f"unknown abilities: {', '.join(sorted(unknown))}")
    return card


def _file(entry: dict[str, Any]) -> CardFile:
    file = CardFile(**entry)
    name = PurePosixPath(file.name)
    if not file.name or name.is_absolute() or ".." in name.parts or "\\" in file.name:
        raise ValueError(f"the file name {file.name!r} leads out of the model's folder")
    if file.url and not file.url.startswith(("https://", "http://")):
        raise ValueError(f"{file.url!r} is not a web address")
    return file
