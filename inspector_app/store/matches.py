"""Matches on disk: what is judged in one file, votes line by line in another.

A vote is one line that is on the disk before the next duel is shown; a line that a crash cut off is
left out when the file is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.domain.judging import Duel, Match, Vote
from inspector_app.store.clock import stamp
from inspector_app.store.places import data_folder
from inspector_app.store.whole_files import write_whole

_MATCH, _VOTES = "match.json", "votes.jsonl"


def folder() -> Path:
    """Where the matches of this user lie."""
    return data_folder() / "matches"


def matches() -> list[Match]:
    """Returns all matches, the newest first; a broken one is left out."""
    found: list[tuple[float, Match]] = []
    places = folder().iterdir() if folder().is_dir() else ()
    for place in places:
        try:
            found.append(((place / _MATCH).stat().st_mtime, read_match(place.name)))
        except (BadInputError, OSError):
            continue
    return [match for _, match in sorted(found, key=lambda each: -each[0])]


def write_match(match: Match) -> None:
    """Stores a match.

    Raises:
        StoreError: It cannot be written.
    """
    write_whole(folder() / match.id / _MATCH, json.dumps(asdict(match), ensure_ascii=False))


def read_match(match_id: str) -> Match:
    """Reads a match.

    Raises:
        BadInputError: There is none of this id, or its file is broken.
    """
    path = folder() / match_id / _MATCH
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        duels = tuple(Duel(**duel) for duel in data.pop("duels"))
        return Match(**data, duels=duels)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInputError(f"The match {match_id} cannot be read: {error}.") from error


def add_votes(match_id: str, votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Appends votes; returns them with their time.

    Raises:
        StoreError: They cannot be written.
    """
    stored = tuple(replace(vote, created=vote.created or stamp()) for vote in votes)
    path = folder() / match_id / _VOTES
    # A line that was cut off before must not swallow this one: hence the break in front.
    text = "".join(f"\n{json.dumps(asdict(vote), ensure_ascii=False)}" for vote in stored)
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}.", "Free some space, then vote again."
        ) from error
    return stored


def read_votes(match_id: str) -> tuple[Vote, ...]:
    """Returns the votes that hold: of each judge the last one about each duel."""
    path = folder() / match_id / _VOTES
    try:
        # Not `splitlines`: it breaks inside a reason too, at U+2028, U+2029 and U+0085.
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreError(f"Cannot read {path}: {error.strerror or error}.") from error
    last: dict[tuple[str, str, str], Vote] = {}
    for line in lines:
        try:
            data: dict[str, Any] = json.loads(line)
            scores = data.pop("scores")
            vote = Vote(**data, scores=(scores[0], scores[1]) if scores else None)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            continue  # cut off, or of a later version
        last[vote.duel, vote.kind, vote.judge] = vote
    return tuple(last.values())
