"""Values as people write them: amounts with currency, dates in words, conflicts in sentences."""

from __future__ import annotations

import datetime

from inspector_app.domain.corrected import AMOUNTS, all_fields, item_row, last_name
from inspector_app.domain.documents import Conflict, Extraction, Field, Value
from inspector_app.parsing.texts import texts

_WHOLE = ("VND", "IDR", "JPY")
_BEFORE = {"MYR": "RM ", "USD": "$", "SGD": "S$", "GBP": "£", "EUR": "€", "INR": "Rs "}
_DATES = frozenset(("date", "date_of_birth", "expiry"))


def say_amount(value: float, currency: str, language: str) -> str:
    """Writes an amount: `1.250.000 đ` in Vietnamese, `RM 33.90` in English."""
    decimals = 0 if currency in _WHOLE or (not currency and isinstance(value, int)) else 2
    number = f"{abs(value):,.{decimals}f}"
    if texts("document_summary", language)["decimal"] == ",":
        number = number.translate(str.maketrans(",.", ".,"))
    sign = "-" if value < 0 else ""
    if currency == "VND":
        return f"{sign}{number} đ" if language == "vi" else f"{sign}{number} VND"
    if currency in _BEFORE:
        return f"{sign}{_BEFORE[currency]}{number}"
    return f"{sign}{number} {currency}".rstrip()


def say_date(value: str, language: str) -> str:
    """Writes an ISO date: `12/01/2019` in Vietnamese, `12 January 2019` in English."""
    try:
        date = datetime.date.fromisoformat(value)
    except ValueError:
        return value
    months = texts("document_summary", language)["months"].split()
    if len(months) == 12:
        return f"{date.day} {months[date.month - 1]} {date.year}"
    return f"{date.day:02d}/{date.month:02d}/{date.year}"


def say(field: Field, extraction: Extraction, language: str) -> str:
    """Writes the value of a field; empty when it has none."""
    value: Value | None = field.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return texts("document", language)["yes" if value else "no"]
    currency = extraction.field("currency").value
    if field.name in AMOUNTS and isinstance(value, int | float):
        return say_amount(value, currency if isinstance(currency, str) else "", language)
    if field.name in _DATES and isinstance(value, str):
        return say_date(value, language)
    if isinstance(value, float):
        number = f"{value:g}"
        decimal = texts("document_summary", language)["decimal"]
        return number.replace(".", decimal)
    return str(value)


def say_conflict(conflict: Conflict, extraction: Extraction, language: str) -> str:
    """One or two sentences: what does not agree, and which misreading would explain it."""
    sentence = say_clash(conflict, extraction, language)
    if conflict.proposal is None:
        return sentence
    name, text = conflict.proposal
    before = field_named(extraction, name).text
    words = texts("document_conflicts", language)
    return f"{sentence} {words['proposal'].format(text=text, before=before)}"


def say_clash(conflict: Conflict, extraction: Extraction, language: str) -> str:
    """One sentence: what does not agree."""
    words = texts("document_conflicts", language)
    currency = extraction.field("currency").value
    code = currency if isinstance(currency, str) else ""
    whole = not any(
        isinstance(field.value, float) and last_name(path) in AMOUNTS
        for path, field in all_fields(extraction).items()
    )
    found, expected = (
        say_amount(int(value) if whole and float(value).is_integer() else value, code, language)
        for value in (conflict.found, conflict.expected)
    )
    row = item_row(conflict.fields[-1]) if conflict.fields else None
    pattern = words.get(conflict.key, words["other"])
    return pattern.format(found=found, expected=expected, row=(row or 0) + 1)


def field_named(extraction: Extraction, name: str) -> Field:
    """Returns a field by the name it has in conflicts: "total", "items.2.amount"."""
    parts = name.split(".")
    if len(parts) == 3 and parts[1].isdigit() and int(parts[1]) < len(extraction.items):
        row = extraction.items[int(parts[1])]
        return next((field for field in row if field.name == parts[2]), Field(parts[2]))
    return extraction.field(name)
