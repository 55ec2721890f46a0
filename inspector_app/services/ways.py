"""The ways of putting a question: those that come with the program, and the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from inspector_app.domain.asking import Way
from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.domain.paths import RESOURCES
from inspector_app.parsing.way_files import read_way
from inspector_app.store.places import config_folder


@dataclass(frozen=True, slots=True)
class _Own:
    ways: tuple[Way, ...]
    troubles: tuple[str, ...]


def ways() -> dict[str, Way]:
    """Returns all ways by id, in the order of the menu.

    One of the user's takes the place of the program's with the same id; a broken one is left out,
    see `troubles`. Files that come, change or go are seen at the next call.
    """
    found = {way.id: way for way in (*_shipped(), *_own().ways)}
    return {way.id: way for way in sorted(found.values(), key=lambda way: (way.order, way.id))}


def way(way_id: str) -> Way:
    """Returns one way.

    Raises:
        BadInputError: There is none of this id.
    """
    known = ways()
    if way_id not in known:
        raise BadInputError(
            f"There is no way of asking named {way_id!r}.", f"Choose one of: {', '.join(known)}."
        )
    return known[way_id]


def troubles() -> tuple[str, ...]:
    """Returns one line for each file of the user's that cannot be used."""
    return _own().troubles


def own_ways_folder() -> Path:
    """Where the user's ways lie.

    Raises:
        StoreError: The user's folder cannot be made.
    """
    return config_folder() / "prompts" / "ways"


@cache
def _shipped() -> tuple[Way, ...]:
    return tuple(read_way(path) for path in (RESOURCES / "prompts" / "ways").glob("*.toml"))


def _own() -> _Own:
    try:
        paths = sorted(own_ways_folder().glob("*.toml"))
        key = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    except (StoreError, OSError):  # no usable home: that is told where the home is looked at
        return _Own((), ())
    return _read_own(key)


@lru_cache(maxsize=1)
def _read_own(key: tuple[tuple[Path, int, int], ...]) -> _Own:
    found: list[Way] = []
    told: list[str] = []
    for path, _, _ in key:
        try:
            found.append(read_way(path, own=True))
        except BadInputError as error:
            told.append(str(error))
    return _Own(tuple(found), tuple(told))
