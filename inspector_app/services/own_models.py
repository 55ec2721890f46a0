"""Models of the user's own: a folder for a card that ships, or a card for a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import BadInputError
from inspector_app.engines import registry
from inspector_app.engines.card_files import is_id, make_id, read_card, write_card
from inspector_app.engines.files import choose_folder
from inspector_app.engines.load_plan import measure, memory_of, wish_of
from inspector_app.engines.model_folder import check_folder, read_config, size_on_disk

_LICENCE = "not stated: the one of the model it was trained from"


def use_folder(card_id: str, folder: str | Path) -> Path:
    """Makes a language model read its files from a folder the user has; returns the folder.

    Raises:
        BadInputError: The folder does not hold this model; the message names what is missing.
    """
    card = registry.card(card_id)
    if card.kind not in registry.LANGUAGE_KINDS:
        raise BadInputError(
            f"{card.name} is no language model.", "Only language models can be read from a folder."
        )
    folder = Path(folder).expanduser().resolve()
    dialect = check_folder(folder)
    if dialect != card.dialect:
        raise BadInputError(
            f"The model in {folder} is a {dialect} model, {card.name} is {card.dialect}.",
            f"Choose another folder, or add this one with: inspector models add {folder}",
        )
    choose_folder(card_id, folder)
    return folder


def forget_folder(card_id: str) -> None:
    """Forgets the folder chosen for a model; the folder itself is not touched."""
    choose_folder(registry.card(card_id).id, None)


def add_folder(folder: str | Path, name: str = "", card_id: str = "") -> Card:
    """Adds a checkpoint of the user's own (a fine-tuned model) as a card; its files stay there.

    Args:
        folder: Where config.json, safetensors weights and the tokenizer lie.
        name: Name shown to people; the folder's name if empty.
        card_id: Id of the card; made from the name if empty.

    Raises:
        BadInputError: The folder holds no usable model, or the id is taken or not usable.
    """
    folder = Path(folder).expanduser().resolve()
    dialect = check_folder(folder)
    known = registry.cards()
    name = name.strip() or folder.name or "own model"
    card_id = card_id or make_id(name, set(known))
    if not is_id(card_id):
        raise BadInputError(
            f"{card_id!r} cannot be an id.",
            "Use small letters, digits, dots, hyphens and underscores.",
        )
    if card_id in known:
        raise BadInputError(f"There is a card {card_id!r} already.", "Choose another id.")
    like = next(card for card in known.values() if card.dialect == dialect and not card.own)
    size = measure(folder)
    card = replace(
        like,
        id=card_id,
        name=name,
        own=True,
        summary="A model that was added from a folder.",
        licence=_LICENCE,
        notice="",
        files=(),
        base=str(read_config(folder).get("_name_or_path", "")),
        memory_mb=memory_of(size, wish_of(like, size)) // 1_000_000,
        disk_mb=size_on_disk(folder) // 1_000_000,
    )
    write_card(card, registry.own_cards_folder() / f"{card_id}.toml")
    choose_folder(card_id, folder)
    return card


def remove_card(card: Card) -> None:
    """Deletes the file of a card that the user added."""
    for path in registry.own_cards_folder().glob("*.toml"):
        try:
            own = read_card(path, own=True)
        except BadInputError:
            continue
        if own.id == card.id:
            path.unlink()
