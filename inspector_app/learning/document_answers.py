"""Fields of a data set as the JSON that a model should answer with, and the schema it is asked by.

Receipts are put under the names of our own schema, restricted to what the data set tells: to learn
"null" for what nobody wrote down would be to learn to overlook it. Numbers and dates are put as the
schema wants them; a value that cannot be read so is left out. Other documents keep their names.
"""

from __future__ import annotations

import json
from typing import Any

from inspector_app.domain.corrected import QUANTITIES, number_of
from inspector_app.domain.samples import Sample
from inspector_app.learning.field_scores import SCHEMA_NAMES
from inspector_app.learning.importers.nested import nest
from inspector_app.parsing.documents.amounts import decide_notation, find_amounts
from inspector_app.parsing.documents.dates import find_dates, find_time
from inspector_app.parsing.documents.schemas import SchemaField, load_schema

_RECEIPT = "receipt"
_KEY = "total"  # what every receipt set tells
_UNREAD = object()


def document_answer(sample: Sample) -> tuple[str, str]:
    """Returns a JSON schema and the answer that follows it, both as text.

    Args:
        sample: With fields.
    """
    tree = nest(sample.fields)
    if _is_receipt(tree):
        schema, answer = _receipt(tree)
        if answer:
            return _text(schema), _text(answer)
    return _text(_schema_of(tree)), _text(tree)


def _is_receipt(tree: dict[str, Any]) -> bool:
    known = {field.name for field in load_schema(_RECEIPT).fields}
    names = {SCHEMA_NAMES.get(name, name) for name in tree}
    return _KEY in names and bool(names & (known - {_KEY}))


def _receipt(tree: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    schema = load_schema(_RECEIPT)
    given = {SCHEMA_NAMES.get(name, name): value for name, value in tree.items()}
    answer: dict[str, Any] = {}
    for name in schema.source["properties"]:
        if name not in given:
            continue
        if name == schema.table:
            rows = given[name] if isinstance(given[name], list) else []
            answer[name] = [_row(row, schema.columns) for row in rows if isinstance(row, dict)]
        else:
            kind = next(field.kind for field in schema.fields if field.name == name)
            value = _value(given[name], kind, name)
            if value is not _UNREAD:
                answer[name] = value
    properties = {name: schema.source["properties"][name] for name in answer}
    return schema.source | {"properties": properties}, answer


def _row(row: dict[str, Any], columns: tuple[SchemaField, ...]) -> dict[str, Any]:
    values = {
        column.name: _value(row.get(column.name), column.kind, column.name) for column in columns
    }
    return {name: None if value is _UNREAD else value for name, value in values.items()}


def _value(given: Any, kind: str, name: str) -> Any:
    """Returns a value as the schema wants it; `_UNREAD` when it cannot be read so."""
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        return _UNREAD
    text = given.split(" | ")[0].strip()  # alternatives, as WildReceipt has them
    if kind == "date":
        dates = [hit.read() for hit in find_dates(text)]
        return dates[0].isoformat() if dates and dates[0] else _UNREAD
    if kind == "time":
        time = find_time(text, loose=True)
        return time[0] if time else _UNREAD
    if kind in ("number", "integer"):
        if name in QUANTITIES:
            number = number_of(text, decimals=True)
            return _UNREAD if number is None else number
        amounts = find_amounts(text)
        value = decide_notation(amounts).read(amounts[0]) if len(amounts) == 1 else None
        value = number_of(text) if value is None else value
        return _UNREAD if value is None else value
    return text


def _schema_of(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {
            "type": "object",
            "properties": {key: _schema_of(each) for key, each in value.items()},
        }
    if isinstance(value, list):
        return {"type": "array", "items": _schema_of(value[0]) if value else {}}
    return {"type": ["string", "null"]}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
