"""What a document says once people have corrected it: the reading and the corrections together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from inspector_app.domain.documents import Conflict, Correction, Extraction, Field, Reading, Value

LOW_SCORE = 0.8  # below it a field is worth a look
AMOUNTS = frozenset(
    ("amount", "unit_price", "subtotal", "discount", "tax", "service", "rounding", "total", "paid")
) | {"change"}
QUANTITIES = frozenset(("quantity",))
_NUMBER = re.compile(r"[-−]?\d[\d.,' \u00a0\u202f]*")
_ITEM = "items."


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


def all_fields(extraction: Extraction) -> dict[str, Field]:
    """Returns every field by its path, those of the items included, in the order they stand."""
    found = {field.name: field for field in extraction.fields}
    for row, item in enumerate(extraction.items):
        found |= {item_path(row, field.name): field for field in item}
    return found


def counting(extraction: Extraction, corrections: Iterable[Correction]) -> dict[str, Correction]:
    """Returns the newest correction of each field, by path.

    Those of an item are left out where the item was read differently since: rows may have moved,
    and a price must not land on another article.

    Args:
        extraction: What was read.
        corrections: Oldest first.
    """
    fields = all_fields(extraction)
    found: dict[str, Correction] = {}
    for each in corrections:
        field = fields.get(each.field)
        if field is None or (item_row(each.field) is not None and field.text != each.read):
            continue
        found[each.field] = each
    return found


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


def value_of(field: Field, text: str) -> Value | None:
    """Returns the value of a field whose text a person wrote: a number where one is wanted."""
    if not text:
        return None
    name = last_name(field.name)
    if name in AMOUNTS or name in QUANTITIES or isinstance(field.value, int | float):
        number = number_of(text, decimals=name in QUANTITIES)
        return text if number is None else number
    return text


def corrected_field(field: Field, correction: Correction | None) -> Field:
    """Returns a field as it counts; a corrected one has no score and no conflict."""
    if correction is None:
        return field
    if correction.text == correction.read == field.text:  # a person says that it was read right
        return replace(field, score=None, conflict="")
    value = value_of(field, correction.text)
    return replace(field, value=value, text=correction.text, score=None, conflict="")


def corrected(extraction: Extraction, counted: Mapping[str, Correction]) -> Extraction:
    """Returns an extraction as it counts: corrections put in, settled conflicts left out."""
    items = tuple(
        tuple(corrected_field(field, counted.get(item_path(row, field.name))) for field in item)
        for row, item in enumerate(extraction.items)
    )
    return replace(
        extraction,
        fields=tuple(corrected_field(f, counted.get(f.name)) for f in extraction.fields),
        items=items,
        conflicts=open_conflicts(extraction, counted),
    )


def open_conflicts(
    extraction: Extraction, counted: Mapping[str, Correction]
) -> tuple[Conflict, ...]:
    """Returns the conflicts that nobody has settled by correcting one of their fields."""
    return tuple(
        conflict
        for conflict in extraction.conflicts
        if not any(name in counted for name in conflict.fields)
    )


def conflict_fields(extraction: Extraction, counted: Mapping[str, Correction]) -> frozenset[str]:
    """Returns the paths of the fields that take part in a conflict nobody has settled."""
    return frozenset(
        name for conflict in open_conflicts(extraction, counted) for name in conflict.fields
    )


def told_field(extraction: Extraction, conflict: Conflict) -> str:
    """Returns the field that says what the conflict found; "" for a conflict without fields."""
    fields = all_fields(extraction)
    for name in conflict.fields:
        if name in fields and fields[name].value == conflict.found:
            return name
    return conflict.fields[-1] if conflict.fields else ""


def doubtful(extraction: Extraction, counted: Mapping[str, Correction]) -> list[str]:
    """Returns what a person should look at, in the order it stands: conflicts, unsure letters."""
    clashing = conflict_fields(extraction, counted)
    return [
        path
        for path, field in all_fields(extraction).items()
        if path not in counted
        and (path in clashing or (field.score is not None and field.score < LOW_SCORE))
    ]


def is_empty(extraction: Extraction) -> bool:
    """Whether nothing at all was found."""
    return not extraction.items and all(field.value is None for field in extraction.fields)


def count_open(reading: Reading, corrections: Iterable[Correction]) -> int:
    """Returns how many conflicts of a reading wait for a person."""
    if reading.extraction is None:
        return 0
    return len(open_conflicts(reading.extraction, counting(reading.extraction, corrections)))
