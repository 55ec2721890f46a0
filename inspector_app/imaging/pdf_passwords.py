"""Passwords of PDFs that a person gave, while this process lives; never written anywhere."""

from __future__ import annotations

import os
from pathlib import Path

_known: dict[str, str] = {}


def remember(path: str | Path, password: str) -> None:
    """Keeps the password of a file; an empty one forgets it."""
    if password:
        _known[_key(path)] = password
    else:
        _known.pop(_key(path), None)


def password_of(path: str | Path) -> str | None:
    """Returns the password of a file; None when none was given."""
    return _known.get(_key(path))


def all_known() -> dict[str, str]:
    """Returns all passwords by path, for another process of this program."""
    return dict(_known)


def replace_all(known: dict[str, str]) -> None:
    """Takes over what another process of this program knows."""
    _known.clear()
    _known.update(known)


def _key(path: str | Path) -> str:
    return os.path.abspath(path)
