"""Adapters for the window and the command line: list, choose, add, remove."""

from __future__ import annotations

from pathlib import Path

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.adapter_store import adapters, find, remove, verify, write_card
from inspector_app.engines.files import model_folder
from inspector_app.services.settings import Settings

__all__ = [
    "AdapterCard",
    "adapters",
    "add",
    "choose",
    "chosen",
    "find",
    "merge",
    "remove",
    "verify",
    "write_card",
]


def add(folder: str | Path, card_id: str, name: str = "") -> AdapterCard:
    """Copies an adapter into the user's folder; see `adapter_store.add`."""
    return adapter_store.add(Path(folder), card_id, name)


def merge(card_id: str, names: str, out: str | Path, dtype: str) -> Path:
    """Writes a model with adapters merged in; see `engines.merging.merge_and_export`.

    Args:
        card_id: Card of the model.
        names: Adapters, several joined by "+".
        out: A new folder.
        dtype: "bfloat16", "float16" or "float32".

    Raises:
        InspectorError: The model is not here, an adapter is not, or it does not fit.
    """
    from inspector_app.engines.language_engine import LanguageEngine
    from inspector_app.engines.merging import merge_and_export

    card = registry.card(card_id)
    engine = registry.create(card.id)
    if not isinstance(engine, LanguageEngine):
        raise BadInputError(f"{card.name} takes no adapters.", "Name a language model.")
    folder = model_folder(card)
    if folder is None:
        raise EngineError(
            f"{card.name} is not on this computer.", f"Fetch it: inspector models pull {card.id}"
        )
    cards = [find(card.id, name) for name in dict.fromkeys(names.split("+")) if name]
    if not cards:
        raise BadInputError("No adapter was named.", "Name one, or several joined by +.")
    return merge_and_export(engine, folder, cards, Path(out).expanduser().resolve(), dtype)


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
