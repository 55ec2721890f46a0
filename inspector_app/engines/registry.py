"""The registry: cards are data, a kind of engine is a module, and nothing else knows models."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.engine import Engine
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.paths import MODELS
from inspector_app.domain.tasks import Task

# A new architecture adds one line here; a new model adds one card and nothing here.
KINDS: dict[str, str] = {
    "anomaly": "inspector_app.engines.anomaly",
    "fake": "inspector_app.engines.fake",
    "qwen-vl": "inspector_app.engines.qwen_vl",
}
LANGUAGE_KINDS = frozenset({"qwen-vl"})  # kinds that hold a language model in memory


@cache
def cards(folder: Path = MODELS) -> dict[str, Card]:
    """Returns all cards by id, sorted by id.

    Raises:
        BadInputError: A card file is broken; the message names it.
    """
    found = [read_card(path) for path in sorted(folder.glob("*.toml"))]
    return {card.id: card for card in sorted(found, key=lambda card: card.id)}


def card(card_id: str) -> Card:
    """Returns one card.

    Raises:
        BadInputError: There is no such card.
    """
    known = cards()
    if card_id not in known:
        raise BadInputError(
            f"There is no engine named {card_id!r}.", f"Choose one of: {', '.join(known)}."
        )
    return known[card_id]


def is_language(card_id: str) -> bool:
    """Whether a card's engine is a language model."""
    return card(card_id).kind in LANGUAGE_KINDS


def create(card_id: str) -> Engine:
    """Makes the engine of a card; nothing heavy is loaded yet."""
    module = _module(card(card_id))
    build = cast("Callable[[Card], Engine]", module.create)
    return build(card(card_id))


def _module(found: Card) -> Any:
    if found.kind not in KINDS:
        raise EngineError(
            f"The card {found.id!r} asks for the engine kind {found.kind!r}, "
            "which this version does not have.",
            "Update the program or remove the card.",
        )
    return importlib.import_module(KINDS[found.kind])


def read_card(path: Path) -> Card:
    """Reads one card file.

    Raises:
        BadInputError: It is not TOML or lacks something.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return Card(
            id=data["id"],
            name=data["name"],
            kind=data["kind"],
            summary=data["summary"],
            licence=data["licence"],
            tasks=frozenset(Task(task) for task in data["tasks"]),
            base=data.get("base", ""),
            dialect=data.get("dialect", ""),
            memory_mb=data.get("memory_mb", 0),
            files=tuple(CardFile(**entry) for entry in data.get("files", ())),
            options=tuple(sorted(data.get("options", {}).items())),
            abilities=frozenset(data.get("abilities", ())),
            notice=data.get("notice", ""),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            f"The card {path.name} cannot be used: {type(error).__name__}: {error}.",
            "Mend the file or take it out of the models folder.",
        ) from error
