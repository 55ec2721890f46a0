"""Library versions, for the record of every result."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence


def versions(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Returns name and version of this program and of those packages that are installed."""
    found: list[tuple[str, str]] = []
    for name in ("inspector-app", *names):
        try:
            found.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            continue
    return tuple(found)
