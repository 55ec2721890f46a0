"""Where the files of a card lie: shipped with the program, chosen, fetched or made here."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.paths import MODELS
from inspector_app.engines.model_folder import is_complete
from inspector_app.store.places import cache_folder, config_folder
from inspector_app.store.whole_files import write_whole

log = logging.getLogger(__name__)


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


def model_folder(card: Card) -> Path | None:
    """Returns the folder with all files of a language model, None if there is none.

    A folder that the user chose goes before one that was fetched. When the chosen one is gone or
    not complete, no other is taken instead: answers must not come from other weights unnoticed.
    """
    chosen = chosen_folder(card.id)
    places = (chosen,) if chosen else (MODELS / card.id, folder_of(card))
    return next((folder for folder in places if is_complete(folder)), None)


def chosen_folder(card_id: str) -> Path | None:
    """Returns the folder the user chose for a card, if any; it may be gone."""
    folder = _chosen().get(card_id)
    return Path(folder) if isinstance(folder, str) and folder else None


def choose_folder(card_id: str, folder: Path | None) -> None:
    """Remembers the folder of a card; None forgets it.

    Raises:
        StoreError: It cannot be written down.
    """
    chosen = _chosen()
    chosen.pop(card_id, None)
    if folder is not None:
        chosen[card_id] = str(folder)
    write_whole(_list_path(), json.dumps(chosen, indent=2, ensure_ascii=False, sort_keys=True))


def _list_path() -> Path:
    return config_folder() / "model_folders.json"


def _chosen() -> dict[str, Any]:
    try:
        data = json.loads(_list_path().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("chosen folders ignored: %s", error)
        return {}
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}
