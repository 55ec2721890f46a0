"""What a document says once people have corrected it: the reading and the corrections together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from inspector_app.domain.documents import (
    Conflict,
    Correction,
    Extraction,
    Field,
    SecondReading,
    Value,
)

LOW_SCORE = 0.8  # below it a field is worth a look
AMOUNTS = frozenset(
    ("amount", "unit_price", "subtotal", "discount", "tax", "service", "rounding", "total", "paid")
) | {"change"}
QUANTITIES = frozenset(("quantity",))
_NUMBERS = ("number", "integer")  # kinds of the schema
_NUMBER = re.compile(r"[-−]?\d[\d.,' \u00a0\u202f]*")
ITEMS = "items"  # stands for the table itself
_ITEM = f"{ITEMS}."
_ADDED = "items.+"  # in the store: rows by hand keep their number, however many are read next time
_ANSWERS = {"yes": True, "true": True, "có": True, "no": False, "false": False, "không": False}


def item_path(row: int, name: str) -> str:
    """Returns how a cell of the table of items is called: "items.2.amount", rows from 0."""
    return f"{_ITEM}{row}.{name}"


def last_name(path: str) -> str:
    """Returns the field's own name: "amount" for "items.2.amount"."""
    return path.rsplit(".", 1)[-1]


def item_row(path: str) -> int | None:
    """Returns the row of a cell of the table of items; None for a field of the document."""
    parts = path.split(".")
    is_item = len(parts) == 3 and parts[0] == "items" and parts[1].isdecimal()
    return int(parts[1]) if is_item else None


def row_path(row: int) -> str:
    """Returns how a whole row of the table of items is called: "items.2"."""
    return f"{_ITEM}{row}"


def row_of(path: str) -> int | None:
    """Returns the row of a cell or of a whole row; None for a field of the document."""
    parts = path.split(".")
    is_row = len(parts) in (2, 3) and parts[0] == "items" and parts[1].isdecimal()
    return int(parts[1]) if is_row else None


def row_text(item: Iterable[Field]) -> str:
    """Returns a row as it was read, in one line."""
    return " ".join(field.text for field in item if field.text)


def stored_path(path: str, extraction: Extraction) -> str:
    """Returns what the field of a correction is called in the store.

    Rows behind those that were read are added by hand: "items.3.amount" behind three read ones is
    "items.+1.amount".
    """
    row, read = row_of(path), len(extraction.items)
    if row is None or row < read:
        return path
    return f"{_ADDED}{row - read + 1}{path.removeprefix(row_path(row))}"


def _shown_path(stored: str, extraction: Extraction) -> str | None:
    """The other way round; None for a row that is not there any more."""
    if stored.startswith(_ADDED):
        number, dot, name = stored.removeprefix(_ADDED).partition(".")
        if not number.isdecimal() or int(number) < 1:
            return None
        return f"{row_path(len(extraction.items) + int(number) - 1)}{dot}{name}"
    row = row_of(stored)
    return stored if row is None or row < len(extraction.items) else None


def all_fields(extraction: Extraction) -> dict[str, Field]:
    """Returns every field by its path, those of the items included, in the order they stand."""
    found = {field.name: field for field in extraction.fields}
    for row, item in enumerate(extraction.items):
        found |= {item_path(row, field.name): field for field in item}
    return found


def counting(extraction: Extraction, corrections: Iterable[Correction]) -> dict[str, Correction]:
    """Returns the newest correction of each field, by path.

    A whole row ("items.2") that is not in the document has one without text. Those of an item are
    left out where the item was read differently since: rows may have moved, and a price must not
    land on another article.

    Args:
        extraction: What was read.
        corrections: Oldest first.
    """
    read = {path: field.text for path, field in all_fields(extraction).items()}
    read |= {row_path(row): row_text(item) for row, item in enumerate(extraction.items)}
    found: dict[str, Correction] = {}
    for each in corrections:
        path = _shown_path(each.field, extraction)
        if path is None:
            continue
        row = row_of(path)
        if row is not None and row >= len(extraction.items):  # added by hand
            if path == row_path(row):
                found = {other: kept for other, kept in found.items() if row_of(other) != row}
            else:
                found[path] = each
        elif path in read:
            last = found[path].text if path in found else read[path]
            if row is None or each.read in (read[path], last):
                found[path] = each
    return found


def removed_rows(counted: Mapping[str, Correction]) -> frozenset[int]:
    """Returns the rows that were read, but are not in the document as a person says."""
    return frozenset(
        row
        for path, correction in counted.items()
        if (row := row_of(path)) is not None and path == row_path(row) and not correction.text
    )


def is_confirmed(correction: Correction | None) -> bool:
    """Whether a person says that it is so, as it was read or as it was corrected before."""
    return correction is not None and correction.text == correction.read


def number_of(text: str, decimals: bool = False) -> int | float | None:
    """Reads a number as people write it: 41.20, 41,20, 1,234.50, 114.000, 1.250.000đ.

    One mark with three digits behind it groups thousands, except behind a lone 0.

    Args:
        text: What stands there; None is returned when that is no number, or more than one.
        decimals: Of a quantity, where 1.250 is one and a quarter.
    """
    found = _NUMBER.findall(text)
    if len(found) != 1 or any(char.isalpha() and char not in "đĐvndVNDrmRM" for char in text):
        return None
    digits = re.sub(r"[' \u00a0\u202f]", "", found[0]).replace("−", "-").rstrip(".,")
    marks = [char for char in digits if char in ".,"]
    if marks:
        last = digits.rfind(marks[-1])
        behind = len(digits) - last - 1
        several = len(marks) > 1 and len(set(marks)) == 1
        lone_zero = digits[:last].lstrip("-") == "0"
        grouping = behind == 3 and len(set(marks)) == 1 and not decimals and not lone_zero
        whole = re.sub(r"[.,]", "", digits if several or grouping else digits[:last])
        if several or grouping:
            return int(whole)
        return float(f"{whole}.{digits[last + 1 :]}")
    return int(digits)


def kind_of(path: str, kinds: Mapping[str, str]) -> str:
    """Returns the kind of a field; kinds of columns are under "items.NAME". "" where unknown."""
    return kinds.get(path if item_row(path) is None else f"{_ITEM}{last_name(path)}", "")


def is_number(field: Field, kind: str) -> bool:
    """Whether a number is wanted: by the schema, or by what was read and the name."""
    name = last_name(field.name)
    by_name = not kind and (name in AMOUNTS or name in QUANTITIES)
    return by_name or kind in _NUMBERS or isinstance(field.value, int | float)


def value_of(field: Field, text: str, kind: str = "") -> Value | None:
    """Returns the value of a field whose text a person wrote: a number where one is wanted.

    Args:
        field: As it was read.
        text: What the person wrote.
        kind: Of the field, as its schema says; "" where that is unknown.
    """
    if not text:
        return None
    if isinstance(field.value, bool) or kind == "boolean":
        return _ANSWERS.get(text.strip().casefold(), text)
    name = last_name(field.name)
    if is_number(field, kind):
        # A weight of 2.126 is no 2126; sums of money have no three decimals.
        broken = name not in AMOUNTS and (kind == "number" or isinstance(field.value, float))
        number = number_of(text, decimals=name in QUANTITIES or broken)
        return text if number is None else number
    return text


def corrected_field(field: Field, correction: Correction | None, kind: str = "") -> Field:
    """Returns a field as it counts; a corrected one has no score and no conflict."""
    if correction is None:
        return field
    if correction.text == correction.read == field.text:  # a person says that it was read right
        return replace(field, score=None, conflict="")
    value = value_of(field, correction.text, kind)
    return replace(field, value=value, text=correction.text, score=None, conflict="")


def corrected(
    extraction: Extraction,
    counted: Mapping[str, Correction],
    columns: Iterable[str] = (),
    kinds: Mapping[str, str] | None = None,
) -> Extraction:
    """Returns an extraction with corrections put in; its conflicts are those of before.

    Rows keep their numbers: one that was removed has no values any more, those that were added by
    hand follow behind.

    Args:
        extraction: What was read.
        counted: From `counting`.
        columns: Of the table, where it has more than the rows that were read.
        kinds: Of fields, as `kind_of` takes them.
    """

    def put_in(path: str, field: Field) -> Field:
        return corrected_field(field, counted.get(path), kind_of(path, kinds or {}))

    removed = removed_rows(counted)
    items = [
        tuple(
            Field(field.name) if row in removed else put_in(item_path(row, field.name), field)
            for field in item
        )
        for row, item in enumerate(extraction.items)
    ]
    added = {
        row: None
        for path, correction in counted.items()
        if (row := item_row(path)) is not None and correction.text
    }
    names = dict.fromkeys((*columns, *(field.name for item in items for field in item)))
    for row in range(len(items), max(added, default=-1) + 1):
        cells = {last_name(path) for path in counted if row_of(path) == row}
        items.append(
            tuple(
                put_in(item_path(row, name), Field(name))
                for name in (*names, *sorted(cells - names.keys()))
            )
        )
    return replace(
        extraction,
        fields=tuple(put_in(field.name, field) for field in extraction.fields),
        items=tuple(items),
    )


def settled(conflicts: Iterable[Conflict], counted: Mapping[str, Correction]) -> list[Conflict]:
    """Returns the conflicts of which a person says that the document does say so."""
    return [each for each in conflicts if is_confirmed(counted.get(told_field(each)))]


def told_field(conflict: Conflict) -> str:
    """Returns the field that says what the conflict found; "" for a conflict without fields."""
    return conflict.fields[-1] if conflict.fields else ""


def doubtful(now: Extraction, counted: Mapping[str, Correction]) -> list[str]:
    """Returns what a person should look at, in the order it stands: conflicts, unsure letters.

    Args:
        now: As it counts.
        counted: From `counting`.
    """
    clashing = {name for conflict in now.conflicts for name in conflict.fields}
    return [
        path
        for path, field in all_fields(now).items()
        if (path in clashing and not is_confirmed(counted.get(path)))
        or (path not in counted and field.score is not None and field.score < LOW_SCORE)
    ]


def is_nothing(item: Iterable[Field]) -> bool:
    """Whether a row has no values: it was removed, or cleared cell by cell."""
    return all(field.value is None for field in item)


def written(value: Value | None) -> str:
    """Returns a value as `value_of` reads it again; "" for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    # Three digits behind the mark would be taken for thousands.
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def count_rows(extraction: Extraction) -> int:
    """Returns how many items have anything in them."""
    return sum(not is_nothing(item) for item in extraction.items)


def open_differences(
    second: SecondReading, extraction: Extraction, counted: Mapping[str, Correction]
) -> list[str]:
    """Returns where a second reader differs or wrote a number unseen, and nobody has decided.

    Args:
        second: What it gave.
        extraction: What the first reader gave.
        counted: Corrections by path; a corrected field is decided.

    Returns:
        Paths in the order they stand; `ITEMS` last, where one of both has more rows.
    """
    fields = all_fields(extraction)
    doubted = {*second.differing, *second.unseen}
    removed = removed_rows(counted)
    found = [
        path
        for path in fields
        if path in doubted and path not in counted and item_row(path) not in removed
    ]
    rows = count_rows(corrected(extraction, counted))
    if ITEMS in second.differing and rows != count_rows(second.extraction):
        found.append(ITEMS)
    return found


def is_empty(extraction: Extraction) -> bool:
    """Whether nothing at all was found."""
    return not extraction.items and is_nothing(extraction.fields)
