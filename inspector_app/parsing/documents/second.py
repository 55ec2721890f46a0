"""A language engine's fields beside those that were read: where they stand, and what differs.

What a language engine writes may be made up. A number counts as seen only when the text holds its
digits; everything else is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, cast

from inspector_app.domain.corrected import ITEMS, all_fields, count_rows, item_row
from inspector_app.domain.documents import (
    Document,
    Extraction,
    Field,
    Place,
    SecondReading,
    Value,
)
from inspector_app.domain.errors import EngineError
from inspector_app.parsing.documents.folding import squeeze
from inspector_app.parsing.documents.schemas import Schema, SchemaField

_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d[\d.,:/-]*\d|\d")
_NEAR = 0.005
_LEAST = 3  # letters of a text that is sought in the lines
_LARGEST = 1e15
Row = tuple[Field, ...]
Rows = tuple[Row, ...]


def compare(
    engine: str, answer: str, document: Document, first: Extraction, schema: Schema
) -> SecondReading:
    """Reads an engine's answer and compares it.

    Args:
        engine: Its name.
        answer: A JSON object under the schema.
        document: The text that was read.
        first: The fields that were read of it.
        schema: Of both.

    Raises:
        EngineError: The answer is no JSON object.
    """
    try:
        data = json.loads(answer)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise EngineError(
            f"The engine {engine} did not answer with fields.", "Ask again, or choose another one."
        )
    values = cast("dict[str, Any]", data)
    fields = tuple(
        _field(each, values.get(each.name), document, schema.missing) for each in schema.fields
    )
    columns = [each.name for each in schema.columns]
    items = [
        tuple(_field(each, row.get(each.name), document, None) for each in schema.columns)
        for row in _rows(values.get(schema.table) if schema.table else None)
    ]
    aligned = _aligned(first.items, items, columns)
    extraction = Extraction(schema.name, fields, aligned)
    named, before = all_fields(extraction), all_fields(first)
    unseen = tuple(path for path, field in named.items() if _is_unseen(field))
    lacking = {row for row, item in enumerate(aligned) if all(f.value is None for f in item)}
    differing = [
        path
        for path, field in named.items()
        if (item_row(path) is None or (path in before and item_row(path) not in lacking))
        and not same_value(field.value, before.get(path, Field(path)).value)
    ]
    if count_rows(extraction) != count_rows(first):
        differing.append(ITEMS)
    return SecondReading(engine, extraction, unseen, tuple(differing), answer)


def _aligned(first: Rows, second: Sequence[Row], columns: Sequence[str]) -> Rows:
    """Rows of the second reader in the order of the first's; empty ones where it has none."""
    keys = [[_row_key(row) for row in rows] for rows in (first, second)]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    found: list[Row | None] = [None] * len(first)
    extra: list[Row] = []
    for _, a, b, c, d in matcher.get_opcodes():
        found[a:b] = [*second[c:d], *[None] * (b - a)][: b - a]
        extra += second[c + b - a : d]
    # One too few here and one too many there are one row read twice, differently.
    filled = [row if row is not None or not extra else extra.pop(0) for row in found]
    empty = tuple(Field(name) for name in columns)
    return (*(empty if row is None else row for row in filled), *extra)


def _row_key(row: Row) -> tuple[str, ...]:
    return tuple(
        f"{field.value:.2f}" if isinstance(field.value, int | float) else squeeze(field.value or "")
        for field in row
        if field.name in ("name", "amount")
    ) or tuple(squeeze(str(field.value or "")) for field in row)


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two readers mean the same: numbers by value, texts by letters and digits."""
    if one is None or other is None:
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < _NEAR
    return squeeze(str(one)) == squeeze(str(other))


def strange_figures(text: str, extraction: Extraction) -> tuple[str, ...]:
    """Returns the figures of a text that stand in no field; the number of items is known too."""
    known = {str(len(extraction.items))}
    for field in all_fields(extraction).values():
        if field.value is None:
            continue
        known |= _ways(field.value)
        if isinstance(field.value, float):
            known.add(_plain(repr(field.value)))
        known |= {_plain(run) for run in _NUMBER.findall(f"{field.text} {field.value}")}
        known |= {_plain(run) for run in re.findall(r"\d+", str(field.value))}
    runs = dict.fromkeys(_NUMBER.findall(text))
    return tuple(run for run in runs if _plain(run) not in known)


def _field(wanted: SchemaField, value: Any, document: Document, missing: str | None) -> Field:
    name = wanted.name
    if isinstance(value, bool) and wanted.kind == "boolean":
        return Field(name, value, str(value).lower())
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Field(name)
    if isinstance(value, str) and (not value.strip() or value.strip() == missing):
        return Field(name)
    if isinstance(value, int | float) and not abs(value) < _LARGEST:
        return Field(name)
    places = tuple(_places(value, document))
    return Field(name, value, str(value), None, places)


def _places(value: Value, document: Document) -> Iterable[Place]:
    """Lines that say a value; the first page's first, at most one a page for numbers."""
    digits = _ways(value)
    letters = squeeze(str(value))
    for page in document.pages:
        for line in page.lines:
            if digits:
                found = any(_plain(run) in digits for run in _NUMBER.findall(line.text))
            else:
                found = len(letters) >= _LEAST and letters in squeeze(line.text)
            if found:
                yield Place(page.number, line.box)


def _ways(value: Value) -> set[str]:
    """Digits by which a value may stand in a text; empty for one without digits."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        whole = {_plain(f"{abs(value):.2f}")}
        if float(value).is_integer():
            whole.add(_plain(str(int(abs(value)))))
        return whole
    date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    if date:
        year, month, day = date.groups()
        orders = ((day, month, year), (month, day, year), (year, month, day))
        short = ((day, month, year[2:]), (month, day, year[2:]), (year[2:], month, day))
        return {_plain("".join(order)) for order in (*orders, *short)}
    runs = _NUMBER.findall(value)
    return {_plain(run) for run in runs} if runs and not re.search(r"[^\W\d_]{3}", value) else set()


def _plain(run: str) -> str:
    return re.sub(r"\D", "", run).lstrip("0") or "0"


def _is_unseen(field: Field) -> bool:
    """Whether a field is a number, date or code whose digits stand nowhere."""
    return field.value is not None and bool(_ways(field.value)) and not field.places


def _rows(table: Any) -> list[dict[str, Any]]:
    if not isinstance(table, list):
        return []
    rows = cast("list[Any]", table)
    return [cast("dict[str, Any]", row) for row in rows if isinstance(row, dict)]
