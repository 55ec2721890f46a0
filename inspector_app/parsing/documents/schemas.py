"""Schemas: which fields a document has; ours are in resources/schemas, users bring their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.paths import RESOURCES

_FOLDER = RESOURCES / "schemas"
_TYPES = ("string", "number", "integer", "boolean")
_MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One field.

    Attributes:
        name: The key in the JSON.
        kind: "string", "number", "integer", "boolean", "date" or "time".
        titles: What people call it, by language; "en" always.
        choices: The only values it may have; empty for any.
    """

    name: str
    kind: str
    titles: dict[str, str]
    choices: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Returns the name for people, English where a language is unknown."""
        return self.titles.get(language) or self.titles["en"]


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a kind of document, in order.

    Attributes:
        name: "receipt", "id-card" or the name of the user's file.
        titles: By language.
        fields: Single fields.
        table: Name of the table, empty for none.
        columns: Fields of its rows.
        missing: What stands in the JSON for a field that the document lacks; None for null.
        source: The JSON Schema without our own keys, for constrained decoding.
    """

    name: str
    titles: dict[str, str]
    fields: tuple[SchemaField, ...]
    table: str
    columns: tuple[SchemaField, ...]
    missing: str | None
    source: dict[str, Any]

    def title(self, language: str) -> str:
        """Returns the name for people, English where a language is unknown."""
        return self.titles.get(language) or self.titles["en"]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the single fields."""
        return tuple(field.name for field in self.fields)


def schema_names() -> list[str]:
    """Names of the schemas that come with the program."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def load_schema(name: str) -> Schema:
    """Loads a schema of ours by name, or the user's own JSON Schema by path.

    Raises:
        BadInputError: There is none of this name, or the file is no schema that can be used.
    """
    if name in schema_names():
        return _own(name)
    path = Path(name)
    if not path.is_file():
        raise BadInputError(
            f"There is no schema {name}.",
            f"Use one of {', '.join(schema_names())}, or a JSON Schema file.",
        )
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"Cannot read the schema {name}: {error}.") from error
    return parse_schema(text, path.stem)


@cache
def _own(name: str) -> Schema:
    return parse_schema((_FOLDER / f"{name}.json").read_text("utf-8"), name)


def parse_schema(text: str, name: str) -> Schema:
    """Reads a JSON Schema: an object whose properties are fields, one of them a table perhaps.

    Raises:
        BadInputError: It is not JSON, or says something that cannot be read from a document; the
            property is named.
    """
    try:
        data: object = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInputError(f"The schema {name} is not JSON: {error}.", "Mend it.") from error
    if not isinstance(data, dict):
        raise BadInputError(f"The schema {name} is not a JSON object.", "Mend it.")
    root = cast("dict[str, Any]", data)
    properties = _properties(root, name)
    fields: list[SchemaField] = []
    table, columns = "", ()
    for key, value in properties.items():
        kind = _kind(value, key, name)
        if kind == "array":
            if table:
                raise BadInputError(
                    f"The schema {name} has two tables, {table} and {key}.", "Keep one of them."
                )
            table, columns = key, _columns(value, key, name)
        else:
            fields.append(_field(key, kind, value))
    if not fields and not table:
        raise BadInputError(f"The schema {name} has no properties.", "Add the fields you want.")
    titles = _titles(root, name)
    missing = root.get("x-missing")
    return Schema(
        str(root.get("x-name", name)),
        titles,
        tuple(fields),
        table,
        columns,
        missing if isinstance(missing, str) else None,
        _plain(root),
    )


def _properties(data: dict[str, Any], where: str) -> dict[str, dict[str, Any]]:
    properties = data.get("properties")
    if data.get("type", "object") != "object" or not isinstance(properties, dict):
        raise BadInputError(
            f"The schema {where} must be of type object with properties.", "Mend it."
        )
    entries = cast("dict[str, Any]", properties)
    if len(entries) > _MOST_FIELDS:
        raise BadInputError(f"The schema {where} has more than {_MOST_FIELDS} properties.")
    for key, value in entries.items():
        if not isinstance(value, dict):
            raise BadInputError(f"Property {key} of the schema {where} is not an object.")
    return entries


def _kind(value: dict[str, Any], key: str, name: str) -> str:
    given = value.get("type", "string")
    types = cast("list[Any]", given) if isinstance(given, list) else [given]
    wanted = [str(entry) for entry in types if entry != "null"] or ["string"]
    kind = wanted[0]
    if kind == "array":
        return kind
    if kind not in _TYPES or len(wanted) > 1:
        raise BadInputError(
            f"Property {key} of the schema {name} has the type {' or '.join(wanted)}.",
            "Use string, number, integer, boolean, or an array of objects for the table.",
        )
    if kind == "string" and value.get("format") in ("date", "time"):
        return str(value["format"])
    return kind


def _columns(value: dict[str, Any], key: str, name: str) -> tuple[SchemaField, ...]:
    rows = value.get("items")
    if not isinstance(rows, dict):
        raise BadInputError(
            f"The table {key} of the schema {name} has no items.", "Say what a row has."
        )
    entries = _properties(cast("dict[str, Any]", rows), f"{name}, table {key},")
    return tuple(
        _field(column, _kind(entry, f"{key}.{column}", name), entry)
        for column, entry in entries.items()
    )


def _field(key: str, kind: str, value: dict[str, Any]) -> SchemaField:
    given = value.get("enum")
    choices = cast("list[Any]", given) if isinstance(given, list) else []
    words = tuple(str(choice) for choice in choices if choice is not None)
    return SchemaField(key, kind, _titles(value, key), words)


def _titles(value: dict[str, Any], key: str) -> dict[str, str]:
    title = value.get("title")
    titles = {"en": title if isinstance(title, str) and title else key.replace("_", " ")}
    vietnamese = value.get("x-title-vi")
    if isinstance(vietnamese, str) and vietnamese:
        titles["vi"] = vietnamese
    return titles


def _plain(value: Any) -> Any:
    """The schema without keys that begin with `x-`."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {key: _plain(entry) for key, entry in entries.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [_plain(entry) for entry in cast("list[Any]", value)]
    return value
