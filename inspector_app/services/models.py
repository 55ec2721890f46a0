"""Models on disk: what is there, what can be fetched, what is broken."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.cards import Card, CardFile
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import EngineError
from inspector_app.domain.jobs import Progress
from inspector_app.engines.files import find_file, folder_of

TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether an engine's files are here.

    Attributes:
        ready: It can be loaded now.
        text: One line saying so, or what is missing and what would help.
        disk: Bytes on disk.
    """

    ready: bool
    text: str
    disk: int = 0


def state(card: Card) -> ModelState:
    """Looks at the disk; computes no hash."""
    disk = 0
    for file in card.files:
        path = find_file(card, file)
        if path is not None:
            disk += path.stat().st_size
        elif file.package:
            module = file.package.replace("-", "_")
            if importlib.util.find_spec(module) is None:
                return ModelState(
                    False, f"the package {file.package} is not installed; run: python3 run.py"
                )
        elif file.url:
            return ModelState(
                False, f"{file.name} is not here; fetch it with: inspector models pull {card.id}"
            )
        else:
            return ModelState(False, f"{file.name} is not here and cannot be fetched")
    return ModelState(True, "ready" if disk else "ready (made at first use)", disk)


def check(card: Card) -> list[str]:
    """Compares the files on disk with the card's hashes; returns one line for each trouble.

    A file that is not here is no trouble: `state` says so.
    """
    troubles: list[str] = []
    for file in card.files:
        path = find_file(card, file)
        if path is None:
            continue
        if file.size and path.stat().st_size != file.size:
            troubles.append(
                f"{path} has {path.stat().st_size} bytes, the card says {file.size}: "
                "fetch it again."
            )
        elif file.sha256 and _sha256(path) != file.sha256:
            troubles.append(f"{path} has another hash than the card says: fetch it again.")
    return troubles


def pull(card: Card, stop: StopFlag) -> Iterator[Progress]:
    """Fetches what a card needs, with resume and hash check.

    Raises:
        EngineError: It cannot be fetched; the message says why.
    """
    wanted = [file for file in card.files if file.url and find_file(card, file) is None]
    if not wanted:
        current = state(card)
        if not current.ready:
            raise EngineError(f"{card.name}: {current.text}.")
        return
    for file in wanted:
        yield from _fetch(card, file, stop)


def remove(card: Card) -> int:
    """Deletes what was fetched or made for a card; returns the bytes freed."""
    folder = folder_of(card)
    if not folder.is_dir():
        return 0
    freed = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    shutil.rmtree(folder)
    return freed


def _fetch(card: Card, file: CardFile, stop: StopFlag) -> Iterator[Progress]:
    import http.client
    import urllib.error
    import urllib.request

    target = folder_of(card) / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    done = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(file.url)  # noqa: S310 - the address is the card's own
    if done:
        request.add_header("Range", f"bytes={done}-")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as reply:  # noqa: S310
            if done and reply.status != http.client.PARTIAL_CONTENT:
                done = 0
            total = done + int(reply.headers.get("Content-Length") or 0)
            with part.open("ab" if done else "wb") as out:
                while block := reply.read(1 << 20):
                    if stop.is_set():
                        return
                    out.write(block)
                    done += len(block)
                    yield Progress(done, total, file.name)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        raise EngineError(
            f"Cannot fetch {file.name} of {card.name} from {request.host}: {reason}.",
            "This machine may have no network: fetch it elsewhere and put it into "
            f"{target.parent}.",
        ) from error
    if file.sha256 and _sha256(part) != file.sha256:
        part.unlink()
        raise EngineError(
            f"{file.name} arrived damaged: its hash is not the card's.", "Fetch it again."
        )
    part.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
