"""Engines for the window and the command line: cards, and engines here or in the engine process."""

from __future__ import annotations

from collections.abc import Callable

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Capabilities, Engine
from inspector_app.domain.errors import EngineError
from inspector_app.engines import registry
from inspector_app.engines.load_notes import note_texts
from inspector_app.engines.process import EngineProcess, Patience
from inspector_app.engines.proxy import SLOW_SILENCE, ProcessEngine, failed_from
from inspector_app.services import models

__all__ = [
    "SLOW_SILENCE",
    "Capabilities",
    "Card",
    "Engine",
    "EngineProcess",
    "Patience",
    "card",
    "cards",
    "failed_from",
    "in_process",
    "local",
    "note_texts",
]

HIDDEN = frozenset({"fake"})  # only by name


def cards(hidden: bool = False) -> list[Card]:
    """Returns the cards, without those for tests unless asked."""
    return [card for card in registry.cards().values() if hidden or card.id not in HIDDEN]


def card(card_id: str) -> Card:
    """Returns one card; see `registry.card`."""
    return registry.card(card_id)


def local(card_id: str, tell: Callable[[str], None] | None = None, language: str = "en") -> Engine:
    """Makes and loads an engine in this process (command line).

    Args:
        card_id: Its card.
        tell: Given a sentence for each thing that was changed to make it fit.
        language: Of these sentences.

    Raises:
        EngineError: It is not here, or it does not fit.
    """
    found = registry.card(card_id)
    state = models.state(found)
    if models.is_language(found) and not state.ready:
        raise EngineError(f"{found.name} is not on this computer: {state.text}.")
    engine = registry.create(card_id)
    report = engine.load()
    if tell is not None:
        for note in note_texts(report, language):
            tell(note)
    return engine


def in_process(card_id: str, process: EngineProcess) -> ProcessEngine:
    """Makes an engine that lives in the engine process (window)."""
    return ProcessEngine(card_id, process)
