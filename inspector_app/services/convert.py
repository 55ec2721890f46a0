"""Converting published weights: a folder, a card with hashes, and the model is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from inspector_app.domain.cards import Card
from inspector_app.domain.conversions import DTYPES, LORA_FORMS, Converted, ConvertRequest
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.engines import registry
from inspector_app.engines.card_files import CARD, is_id, write_card
from inspector_app.engines.files import choose_folder, folder_of
from inspector_app.engines.model_folder import size_on_disk

PUBLISHED, SMALL = "minigpt-v2", "minigpt-v2-test"  # cards of the released sizes and of others

Job = Iterator[Progress | Converted | JobCancelled]


def run_convert(request: ConvertRequest, stop: StopFlag) -> Job:
    """Converts MiniGPT-v2; a run that is stopped or fails leaves nothing behind.

    Raises:
        InspectorError: A file does not fit, or the folder cannot be written; nothing was changed.
    """
    from inspector_app.engines.minigpt_convert import files_of, read_originals, write_model

    if request.lora not in LORA_FORMS or request.dtype not in DTYPES:
        raise BadInputError(
            f"A model cannot be written as {request.lora!r} in {request.dtype!r}.",
            f"Forms: {', '.join(LORA_FORMS)}; precisions: {', '.join(DTYPES)}.",
        )
    if request.card_id:
        _check_id(request.card_id)
    yield Progress(0, 0, "")
    originals = read_originals(request)
    card_id = request.card_id or (PUBLISHED if originals.published else SMALL)
    _check_id(card_id)
    base = registry.card(PUBLISHED)
    card = base if card_id == PUBLISHED else replace(base, id=card_id, own=True, files=())
    folder = Path(request.out).expanduser().resolve() if request.out else folder_of(card)
    if not request.out and card_id not in registry.cards():
        shutil.rmtree(folder, ignore_errors=True)  # of a card that is gone
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(
            f"{folder} is there already and not empty.",
            "Name another folder with --out."
            if request.out
            else f"Remove it first with: inspector models remove {card_id}",
        )
    part = folder.with_name(folder.name + ".part")  # half a model must not look like one
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield from write_model(request, originals, part, stop)
        if stop.is_set():
            yield JobCancelled()
            return
        card = replace(
            card,
            name=request.name.strip() or (f"MiniGPT-v2 ({card_id})" if card.own else card.name),
            files=files_of(part),
            disk_mb=size_on_disk(part) // 1_000_000,
            memory_mb=_memory(card, part) // 1_000_000,
        )
        write_card(card, part / CARD)
        if folder.is_dir():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"Cannot write {folder}: {reason}.", "Free some space.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    if card.own:
        write_card(card, registry.own_cards_folder() / f"{card.id}.toml")
    if request.out:
        choose_folder(card.id, folder)
    yield Converted(card_id, str(folder), size_on_disk(folder), originals.notes)


def _check_id(card_id: str) -> None:
    """Refuses an id that is taken; that of the released model is free until its files are here."""
    if not is_id(card_id):
        raise BadInputError(
            f"{card_id!r} cannot be an id.",
            "Use small letters, digits, dots, hyphens and underscores.",
        )
    known = registry.cards()
    if card_id in known and card_id != PUBLISHED:
        raise BadInputError(
            f"There is a model {card_id!r} already.",
            f"Choose another id with --id, or remove it: inspector models remove {card_id}",
        )


def _memory(card: Card, folder: Path) -> int:
    from inspector_app.engines.load_plan import measure, memory_of, wish_of

    size = measure(folder)
    return memory_of(size, wish_of(card, size))
