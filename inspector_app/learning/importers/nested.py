"""Nested values as fields with paths ("items.0.name"), and back.

In names of an object "~" is written "~0" and "." is written "~1", as JSON Pointer (RFC 6901) does
with its own separator. A name of digits alone gets a "~" behind it, so that it is no place in a
list. What is empty has one field without a value, called "~[]" or "~{}".
"""

from __future__ import annotations

from typing import Any

from inspector_app.learning.importers.rows import RowError

Fields = tuple[tuple[str, str | None], ...]
_DEPTH = 8
_NO_LIST, _NO_OBJECT = "~[]", "~{}"


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
    for key, each in value.items():
        _gather(each, _part(str(key)), found, 1)
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
    return {_name(part): _built(value) for part, value in root.items()}


def _gather(value: Any, path: str, found: list[tuple[str, str | None]], depth: int) -> None:
    if depth > _DEPTH:
        raise RowError("The fields of a document are nested too deeply.")
    if isinstance(value, dict):
        entries = [(_part(str(key)), each) for key, each in value.items()]
        entries = entries or [(_NO_OBJECT, None)]
    elif isinstance(value, list):
        entries = [(str(number), each) for number, each in enumerate(value)]
        entries = entries or [(_NO_LIST, None)]
    else:
        text = (
            None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        )
        found.append((path, text))
        return
    for part, each in entries:
        _gather(each, f"{path}.{part}", found, depth + 1)


def _part(name: str) -> str:
    """Returns a name in an object as a part of a path."""
    part = name.replace("~", "~0").replace(".", "~1")
    return f"{part}~" if part.isdecimal() else part


def _name(part: str) -> str:
    return part.removesuffix("~").replace("~1", ".").replace("~0", "~")


def _built(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _NO_LIST in value:
        return []
    if _NO_OBJECT in value:
        return {}
    if all(part == str(number) for number, part in enumerate(value)):
        return [_built(each) for each in value.values()]
    return {_name(part): _built(each) for part, each in value.items()}
