"""Nested values as fields with paths ("items.0.name"), and back."""

from __future__ import annotations

from typing import Any

from inspector_app.learning.importers.rows import RowError

Fields = tuple[tuple[str, str | None], ...]
_DEPTH = 8


def flatten(value: Any) -> Fields:
    """Returns the single values of nested objects and lists, in order, by path.

    Args:
        value: What JSON gives; an object at the top.

    Raises:
        RowError: It is no object, or nested too deeply.
    """
    if not isinstance(value, dict):
        raise RowError("The fields of a document are no JSON object.")
    found: list[tuple[str, str | None]] = []
    _gather(value, "", found, 0)
    return tuple(found)


def nest(fields: Fields) -> dict[str, Any]:
    """Returns fields with paths as nested objects and lists; what `flatten` made, undone."""
    root: dict[str, Any] = {}
    for path, value in fields:
        parts = path.split(".")
        node = root
        for part in parts[:-1]:
            below = node.get(part)
            if not isinstance(below, dict):
                below = node[part] = {}
            node = below
        node[parts[-1]] = value
    return {key: _with_lists(value) for key, value in root.items()}


def _gather(value: Any, path: str, found: list[tuple[str, str | None]], depth: int) -> None:
    if depth > _DEPTH:
        raise RowError("The fields of a document are nested too deeply.")
    if isinstance(value, dict):
        entries = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list):
        entries = [(str(number), each) for number, each in enumerate(value)]
    else:
        text = (
            None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        )
        found.append((path, text))
        return
    for key, each in entries:
        _gather(each, f"{path}.{key}" if path else key, found, depth + 1)


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(each) for key, each in value.items()}
    if inner and all(key == str(number) for number, key in enumerate(inner)):
        return list(inner.values())
    return inner
