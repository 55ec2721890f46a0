"""Adapters for the window and the command line: list, choose, add, remove."""

from __future__ import annotations

from pathlib import Path

from inspector_app.domain.adapters import AdapterCard
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.adapter_store import adapters, find, remove, verify, write_card
from inspector_app.services.settings import Settings

__all__ = [
    "AdapterCard",
    "adapters",
    "add",
    "choose",
    "chosen",
    "find",
    "remove",
    "verify",
    "write_card",
]


def add(folder: str | Path, card_id: str, name: str = "") -> AdapterCard:
    """Copies an adapter into the user's folder; see `adapter_store.add`."""
    return adapter_store.add(Path(folder), card_id, name)


def chosen(settings: Settings, card_id: str) -> str:
    """Returns the adapter a model is to answer with; empty for the base model.

    One that was removed since, or broke, is no choice any more.
    """
    wanted = settings.get("adapter").get(card_id, "")
    usable = {adapter.id for adapter in adapters(card_id) if not adapter.trouble}
    return wanted if wanted in usable else ""


def choose(settings: Settings, card_id: str, adapter_id: str) -> None:
    """Makes a model answer with an adapter from now on; empty for the base model.

    Raises:
        BadInputError: There is no such adapter, or it is broken.
    """
    if adapter_id:
        find(registry.card(card_id).id, adapter_id)
    others = {card: name for card, name in settings.get("adapter").items() if card != card_id}
    settings.set("adapter", others | ({card_id: adapter_id} if adapter_id else {}))
