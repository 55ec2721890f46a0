"""Where the files of a card lie: shipped with the program, or fetched or made on this machine."""

from __future__ import annotations

from pathlib import Path

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.paths import MODELS
from inspector_app.store.places import cache_folder


def folder_of(card: Card) -> Path:
    """Where fetched or made files of a card lie."""
    return cache_folder() / "models" / card.id


def find_file(card: Card, file: CardFile) -> Path | None:
    """Returns the path of a card's file, None if it is not here."""
    for folder in (MODELS / card.id, folder_of(card)):
        path = folder / file.name
        if path.is_file():
            return path
    return None
