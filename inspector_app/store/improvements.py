"""Rounds of the corrected loop on disk, a folder each."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.improving import FrozenSet, Improvement
from inspector_app.domain.training import DataSource
from inspector_app.store.places import data_folder
from inspector_app.store.whole_files import write_whole

_FILE = "improvement.json"


def folder(improvement_id: str = "") -> Path:
    """Where all rounds lie, or one of them."""
    return data_folder() / "improvements" / improvement_id


def write(improvement: Improvement) -> None:
    """Stores a round, whole or not at all.

    Raises:
        StoreError: It cannot be written.
    """
    text = json.dumps(asdict(improvement), ensure_ascii=False, indent=1)
    write_whole(folder(improvement.id) / _FILE, text)


def read(improvement_id: str) -> Improvement:
    """Reads a round.

    Raises:
        BadInputError: There is none of this id, or its file is broken.
    """
    path = folder(improvement_id) / _FILE
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        data["sources"] = tuple(DataSource(**each) for each in data["sources"])
        data["frozen"] = FrozenSet(**data["frozen"]) if data["frozen"] else None
        return Improvement(**data)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInputError(f"The round {improvement_id} cannot be read: {error}.") from error


def improvements() -> list[Improvement]:
    """Returns all rounds, the newest first; a broken one is left out."""
    found: list[Improvement] = []
    for place in folder().iterdir() if folder().is_dir() else ():
        try:
            found.append(read(place.name))
        except BadInputError:
            continue
    return sorted(found, key=lambda each: each.created, reverse=True)


def remove(improvement: Improvement) -> None:
    """Deletes a round with its run; the adapter stays in the model manager."""
    shutil.rmtree(folder(improvement.id), ignore_errors=True)
