"""Converting published weights: a folder, a card with hashes, and the model is there."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.conversions import DTYPES, LORA_FORMS, Converted, ConvertRequest
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineLostError, StoreError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.engines import registry
from inspector_app.engines.card_files import CARD, is_id, make_id, write_card
from inspector_app.engines.files import choose_folder, chosen_folder, folder_of
from inspector_app.engines.model_folder import read_config, size_on_disk
from inspector_app.engines.process import EngineProcess, Patience
from inspector_app.engines.proxy import SLOW_SILENCE
from inspector_app.services.published_files import SPARE, free_at, needed

if TYPE_CHECKING:
    from inspector_app.engines.minigpt_convert import Originals

PUBLISHED, SMALL = "minigpt-v2", "minigpt-v2-test"  # cards of the released sizes and of others
_KINDS = frozenset({"minigpt-v2"})  # of which the published weights are converted
_CHUNK = 1 << 22
# Half a model must not look like one, and no folder of the user's is named like this.
_UNFINISHED = ".inspector-unfinished"

Job = Iterator[Progress | Converted | JobCancelled]


def convertible(card: Card) -> bool:
    """Whether a card's model is made on this computer from published weights."""
    return card.kind in _KINDS and not card.own


def target(request: ConvertRequest) -> Path:
    """Returns the folder that a model of the released sizes would be written to."""
    return _folder(request, _id(request) or PUBLISHED)


def run_convert(request: ConvertRequest, stop: StopFlag) -> Job:
    """Converts MiniGPT-v2; a run that is stopped or fails leaves nothing behind.

    Raises:
        InspectorError: A file does not fit, or the folder cannot be written; nothing was changed.
    """
    from inspector_app.engines.minigpt_convert import read_originals

    if request.lora not in LORA_FORMS or request.dtype not in DTYPES:
        raise BadInputError(
            f"A model cannot be written as {request.lora!r} in {request.dtype!r}.",
            f"Forms: {', '.join(LORA_FORMS)}; precisions: {', '.join(DTYPES)}.",
        )
    card_id = _id(request)
    if card_id:
        _check_id(card_id)
    yield Progress(0, 0, "")
    originals = read_originals(request)
    card_id = card_id or (PUBLISHED if originals.published else SMALL)
    _check_id(card_id)
    base = registry.card(PUBLISHED)
    card = base if card_id == PUBLISHED else replace(base, id=card_id, own=True, files=())
    name = request.name.strip() or f"MiniGPT-v2 ({card_id})"
    card = replace(card, name=name if card.own else card.name)
    folder = _folder(request, card_id)
    if not request.out and card_id not in registry.cards():
        shutil.rmtree(folder, ignore_errors=True)  # of a card that is gone
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(
            f"{folder} is there already and not empty.",
            "Name another folder."
            if request.out
            else f"Remove it first with: inspector models remove {card_id}",
        )
    _check_space(request, folder)
    part = _unfinished(folder)
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        files = yield from _write(request, originals, part, stop)
        if files is None:
            yield JobCancelled()
            return
        card = replace(
            card,
            files=files,
            disk_mb=size_on_disk(part) // 1_000_000,
            memory_mb=_memory(card, part) // 1_000_000,
        )
        write_card(card, part / CARD)
        notes = (*originals.notes, *_known(part))
        if folder.is_dir():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"Cannot write {folder}: {reason}.", "Free some space.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    try:
        _tell(card, folder if request.out else None)
    except StoreError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    yield Converted(card_id, str(folder), size_on_disk(folder), notes)


def convert_in_process(
    request: ConvertRequest, stop: StopFlag, patience: Patience | None = None
) -> Job:
    """Converts in a process of its own, which ends with it; see `run_convert`.

    The engine process stays free for questions meanwhile, and the memory that converting took is
    given back.

    Raises:
        InspectorError: As `run_convert`; or the process was lost. Nothing was changed.
    """
    process, done = EngineProcess(patience), False
    try:
        for event in process.run(
            "inspector_app.services.convert:run_convert", request, stop=stop, silence=SLOW_SILENCE
        ):
            done = done or isinstance(event, Converted)
            yield event
    except EngineLostError as error:
        if not stop.is_set():
            lost = EngineLostError(error.what, "Nothing was changed. Free memory and try again.")
            for note in getattr(error, "__notes__", ()):
                lost.add_note(note)
            raise lost from error
        yield JobCancelled()  # it was in the middle of a large file: the process was ended
    finally:
        process.close()
        if not done:
            _discard(request)


def _write(
    request: ConvertRequest, originals: Originals, folder: Path, stop: StopFlag
) -> Generator[Progress, None, tuple[CardFile, ...] | None]:
    """Writes all files and reads them again; returns them with hashes, None when stopped."""
    from inspector_app.engines.minigpt_convert import write_model

    done, rest = 0, needed(request)
    for step in write_model(request, originals, folder, stop):
        done = step.done
        yield replace(step, total=step.total + rest)
    if stop.is_set():
        return None
    files: list[CardFile] = []
    total = done + size_on_disk(folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                if stop.is_set():
                    return None
                digest.update(piece)
                done += len(piece)
                yield Progress(done, total, name)
        files.append(CardFile(name, path.stat().st_size, digest.hexdigest()))
    return None if stop.is_set() else tuple(files)


def _known(folder: Path) -> tuple[str, ...]:
    """Says which checkpoint a model was made from, if its hash is a known one."""
    from inspector_app.engines.minigpt_convert import KNOWN_CHECKPOINTS

    sources: dict[str, dict[str, Any]] = read_config(folder)["sources"]
    found = (KNOWN_CHECKPOINTS.get(told["sha256"]) for told in sources.values())
    return tuple(f"The checkpoint has the hash of {name}." for name in found if name)


def _tell(card: Card, folder: Path | None) -> None:
    """Makes a model known, and where it lies if not in the program's own folder."""
    if card.own:
        write_card(card, registry.own_cards_folder() / f"{card.id}.toml")
    if folder is not None or chosen_folder(card.id):
        choose_folder(card.id, folder)  # what was made now is what is wanted


def _id(request: ConvertRequest) -> str:
    """Id of the card; a model that is given a name becomes one of its own. Empty for neither."""
    name = request.name.strip()
    if request.card_id or not name:
        return request.card_id
    return make_id(name, set(registry.cards()))


def _folder(request: ConvertRequest, card_id: str) -> Path:
    if request.out:
        return Path(request.out).expanduser().resolve()
    return folder_of(replace(registry.card(PUBLISHED), id=card_id))


def _unfinished(folder: Path) -> Path:
    return folder.with_name(folder.name + _UNFINISHED)


def _discard(request: ConvertRequest) -> None:
    """Deletes what a process that was ended left behind."""
    wanted = _id(request)
    for card_id in (wanted,) if wanted else (PUBLISHED, SMALL):
        shutil.rmtree(_unfinished(_folder(request, card_id)), ignore_errors=True)


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
            f"Give this one another name, or remove that: inspector models remove {card_id}",
        )


def _check_space(request: ConvertRequest, folder: Path) -> None:
    need, free = needed(request), free_at(folder)
    if need + SPARE > free:
        raise StoreError(
            f"The model takes about {need / 1e9:.1f} GB on the disk of {folder}, where "
            f"{free / 1e9:.1f} GB are free.",
            "Free some space, or name a folder on another disk.",
        )


def _memory(card: Card, folder: Path) -> int:
    from inspector_app.engines.load_plan import measure, memory_of, wish_of

    size = measure(folder)
    return memory_of(size, wish_of(card, size))
