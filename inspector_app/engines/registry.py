"""The registry: cards are data, a kind of engine is a module, and nothing else knows models."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Engine
from inspector_app.domain.errors import BadInputError, EngineError, StoreError
from inspector_app.domain.paths import MODELS
from inspector_app.engines.card_files import read_card
from inspector_app.store.places import data_folder

# A new architecture adds one line here; a new model adds one card and nothing here.
KINDS: dict[str, str] = {
    "anomaly": "inspector_app.engines.anomaly",
    "fake": "inspector_app.engines.fake",
    "minigpt-v2": "inspector_app.engines.minigpt_v2",
    "ocr": "inspector_app.engines.ocr",
    "qwen-vl": "inspector_app.engines.qwen_vl",
}
LANGUAGE_KINDS = frozenset({"minigpt-v2", "qwen-vl"})  # kinds that hold a language model in memory


@dataclass(frozen=True, slots=True)
class _Own:
    """The user's cards, and one line for each that is broken."""

    cards: tuple[Card, ...]
    troubles: tuple[str, ...]


def cards() -> dict[str, Card]:
    """Returns all cards by id, sorted by id: those that ship and the user's own.

    A card that the user adds is seen at the next call, in every process. A broken card of the
    user's is left out; see `card_troubles`.

    Raises:
        BadInputError: A card that ships is broken; the message names it.
    """
    found = [*_shipped(), *_own().cards]
    return {card.id: card for card in sorted(found, key=lambda card: card.id)}


def card_troubles() -> tuple[str, ...]:
    """Returns one line for each card of the user's that cannot be used."""
    return _own().troubles


def own_cards_folder() -> Path:
    """Where the user's cards lie.

    Raises:
        StoreError: The user's folder cannot be made.
    """
    return data_folder() / "cards"


@cache
def _shipped() -> tuple[Card, ...]:
    return tuple(read_card(path) for path in sorted(MODELS.glob("*.toml")))


def _own() -> _Own:
    try:
        paths = sorted(own_cards_folder().glob("*.toml"))
        # The key tells when a file came, went or changed, so that no process must be told.
        key = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    except (StoreError, OSError):  # no usable home: that is told where the home is looked at
        return _Own((), ())
    return _read_own(key)


@lru_cache(maxsize=1)
def _read_own(key: tuple[tuple[Path, int, int], ...]) -> _Own:
    found: list[Card] = []
    troubles: list[str] = []
    taken = {card.id for card in _shipped()}
    for path, _, _ in key:
        try:
            card = read_card(path, own=True)
        except BadInputError as error:
            troubles.append(str(error))
            continue
        if card.id in taken:
            troubles.append(
                f"The card {path.name} is left out: there is another with the id {card.id!r}. "
                "Give it another id."
            )
            continue
        taken.add(card.id)
        found.append(card)
    return _Own(tuple(found), tuple(troubles))


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
