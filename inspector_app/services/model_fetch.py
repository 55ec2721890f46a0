"""Fetching the files of a card: progress, resume, cancel, and a hash check."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.jobs import Progress
from inspector_app.engines import registry
from inspector_app.engines.files import find_file, folder_of
from inspector_app.engines.model_folder import INDEX, is_complete, shard_names
from inspector_app.services import web
from inspector_app.store.whole_files import write_whole

HASHES = "hashes.json"  # beside the fetched files: name -> sha256 as the server stated it
SPARE = 200_000_000  # bytes that must stay free on the disk
TRIES = 3  # in a row without a byte gained
PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to fetch.

    Attributes:
        file: What the card says.
        remote: What the server says.
        here: Bytes that an earlier pull left.
    """

    file: CardFile
    remote: web.Remote
    here: int

    @property
    def size(self) -> int:
        """Bytes, 0 if not known."""
        return self.file.size or self.remote.size

    @property
    def sha256(self) -> str:
        """The hash to check, empty if nobody states one."""
        return self.file.sha256 or self.remote.sha256


def fetch(card: Card, stop: StopFlag) -> Iterator[Progress]:
    """Fetches the files of a card that are not here; yields bytes done of all files together.

    What arrived stays when it is stopped or fails, and the next fetch goes on from there.

    Raises:
        EngineError: It cannot be fetched; the message says why.
        BadInputError: The index that the server has names something else than weights.
    """
    folder = folder_of(card)
    folder.mkdir(parents=True, exist_ok=True)
    yield from _fetch_all(card, [file for file in card.files if file.url], stop)
    language = card.kind in registry.LANGUAGE_KINDS
    if not stop.is_set() and language and not is_complete(folder):
        raise EngineError(
            f"{card.name} is not complete although all files of its card are here.",
            f"Look at {folder} and at the card.",
        )


def read_hashes(folder: Path) -> dict[str, str]:
    """Returns the hashes of the files that were fetched into a folder, by name."""
    try:
        data = json.loads((folder / HASHES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    items = cast("dict[str, Any]", data).items()
    return {name: digest for name, digest in items if isinstance(digest, str)}


def sha256_of(path: Path) -> str:
    """Returns the SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fetch_all(card: Card, files: list[CardFile], stop: StopFlag) -> Iterator[Progress]:
    yield Progress(0, 0, card.name)
    # The index names the shards, so it comes before the sum over all files can be known.
    index = [file for file in files if file.name == INDEX]
    for wanted in _ask(card, index, stop):
        for _ in _fetch_one(card, wanted, stop):
            pass
    if index and not stop.is_set():
        files = files + _shards(card, index[0])
    wanted = _ask(card, files, stop)
    if stop.is_set():
        return
    _check_space(card, wanted)
    total = sum(one.size for one in wanted)
    before = 0
    for one in wanted:
        done = one.here
        for done in _fetch_one(card, one, stop):
            yield Progress(before + done, max(total, before + done), one.file.name)
        if stop.is_set():
            return
        before += one.size or done


def _shards(card: Card, index: CardFile) -> list[CardFile]:
    path = find_file(card, index)
    if path is None:
        return []
    try:
        names = shard_names(path)
    except BadInputError:
        path.unlink()  # else every later pull would stumble over it
        raise
    address = index.url.rpartition("/")[0]
    return [CardFile(name, url=f"{address}/{name}") for name in names]


def _ask(card: Card, files: list[CardFile], stop: StopFlag) -> list[_Wanted]:
    """Asks the server about the files that are not here; leaves out optional ones it lacks."""
    found: list[_Wanted] = []
    for file in files:
        if stop.is_set():
            break
        if find_file(card, file) is not None:
            continue
        with _telling(card, file):
            remote = web.ask(file.url)
        if remote is None and file.optional:
            continue
        if remote is None:
            raise EngineError(
                f"{file.name} of {card.name} is not at {file.url} any more.",
                "Update the program, or fetch the model elsewhere.",
            )
        part = _part(card, file)
        found.append(_Wanted(file, remote, part.stat().st_size if part.exists() else 0))
    return found


def _check_space(card: Card, wanted: list[_Wanted]) -> None:
    missing = sum(max(0, one.size - one.here) for one in wanted)
    folder = folder_of(card)
    free = shutil.disk_usage(folder).free
    if missing and missing + SPARE > free:
        raise EngineError(
            f"{card.name} needs {missing / 1e9:.1f} GB more on the disk of {folder}, where "
            f"{free / 1e9:.1f} GB are free.",
            "Free some space, or set INSPECTOR_HOME to a folder on a larger disk.",
        )


def _fetch_one(card: Card, wanted: _Wanted, stop: StopFlag) -> Iterator[int]:
    """Fetches one file; yields the bytes of it that are here."""
    part = _part(card, wanted.file)
    part.parent.mkdir(parents=True, exist_ok=True)
    if wanted.size and wanted.here > wanted.size:  # left by another version of the file
        part.unlink()
        wanted = replace(wanted, here=0)
    tries = 0
    done = wanted.here
    while not wanted.size or done < wanted.size or not part.exists():
        before = done
        try:
            with _telling(card, wanted.file):
                for done in web.fetch(wanted.file.url, part, stop):
                    yield done
        except EngineError:
            # A cut connection is worth another try, one that never stood is not.
            tries = 0 if done > before else tries + 1
            if done == wanted.here or tries >= TRIES:
                raise
            _wait(stop)
        else:
            break
        if stop.is_set():
            return
    if stop.is_set():
        return
    _finish(card, wanted, part)
    yield done


def _finish(card: Card, wanted: _Wanted, part: Path) -> None:
    digest = sha256_of(part) if wanted.sha256 else ""
    if digest != wanted.sha256 or (wanted.size and part.stat().st_size != wanted.size):
        part.unlink()
        source = "the card" if wanted.file.sha256 or wanted.file.size else "the server"
        raise EngineError(
            f"{wanted.file.name} of {card.name} arrived damaged: its hash or size is not what "
            f"{source} says.",
            "Fetch it again.",
        )
    folder = folder_of(card)
    if digest:
        hashes = read_hashes(folder) | {wanted.file.name: digest}
        write_whole(folder / HASHES, json.dumps(hashes, indent=2, sort_keys=True))
    part.replace(folder / wanted.file.name)


def _part(card: Card, file: CardFile) -> Path:
    return folder_of(card) / f"{file.name}.part"


def _wait(stop: StopFlag) -> None:
    end = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < end and not stop.is_set():
        time.sleep(0.05)


class _telling:  # noqa: N801 - reads as a statement
    """Turns trouble with the network or the disk into one line about this file."""

    def __init__(self, card: Card, file: CardFile) -> None:
        self._card = card
        self._file = file

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError | web.WebError):
            return
        folder = folder_of(self._card)
        what = (
            f"Cannot fetch {self._file.name} of {self._card.name} from {web.host(self._file.url)}: "
            f"{web.reason(error)}."
        )
        if web.is_full(error):
            raise EngineError(what, f"Free some space on the disk of {folder}.") from error
        raise EngineError(
            what,
            "Try again later; what arrived is kept. If this machine has no network, fetch it "
            f"elsewhere and put it into {folder}.",
        ) from error
