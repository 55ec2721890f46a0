"""Fields, values and conflicts of a document in the user's words."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale

from inspector_app.domain.corrected import AMOUNTS, QUANTITIES, is_number, last_name, number_of
from inspector_app.domain.documents import Conflict, Field
from inspector_app.services.reading import remark_sentence

_DATES = frozenset(
    (
        *("date", "date_of_birth", "birth_date", "date_of_expiry", "expiry_date", "expiry"),
        *("date_of_issue", "issue_date"),
    )
)
_ISO = "yyyy-MM-dd"
_CENTS = 2


def value_text(field: Field) -> str:
    """Returns a field's value as the user's language writes it; "" for a missing one."""
    value = field.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return remark_sentence("yes" if value else "no", language())
    if isinstance(value, str):
        date = QDate.fromString(value, _ISO) if last_name(field.name) in _DATES else QDate()
        if date.isValid():
            return QLocale().toString(date, _date_form())
        return value
    return number_text(value, money=last_name(field.name) in AMOUNTS)


def number_text(value: float, money: bool = True) -> str:
    """Returns a number as the user's language writes it.

    Args:
        value: Whole numbers as `int`: 114000 of a currency without cents.
        money: Two decimals for broken numbers; otherwise as many as there are, at most three.
    """
    locale = QLocale()
    if isinstance(value, int):
        return locale.toString(value)
    if money:
        return locale.toString(value, "f", _CENTS)
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return locale.toString(value, "f", len(text.partition(".")[2]))


def says_the_same(shown: str, text: str) -> bool:
    """Whether two texts differ in marks, case and leading zeros at most: 41,20 and 41.20."""
    one, other = (
        [part.lstrip("0") for part in re.findall(r"\d+|[^\W\d_]+", each.casefold())]
        for each in (shown, text)
    )
    return one == other


def typed_text(path: str, text: str, kind: str = "") -> str:
    """Returns what a person typed as it is stored: dates as ISO 8601, blanks tidied.

    Numbers of a schema's own are stored with a point and no other marks: only the window knows
    whether 2.126 are thousands in the user's language.
    """
    text = " ".join(text.split())
    name = last_name(path)
    if kind == "number" and name not in AMOUNTS and name not in QUANTITIES:
        number, is_one = QLocale().toDouble(text)
        return f"{number:.6f}".rstrip("0").rstrip(".") if is_one else text
    if kind == "date" or name in _DATES:
        date = _date_of(text)
        return date.toString(_ISO) if date.isValid() else text
    return text


def is_understood(field: Field, text: str, kind: str = "") -> bool:
    """Whether what was typed is a value of its kind: a number where one is wanted."""
    if not text or isinstance(field.value, bool) or not is_number(field, kind):
        return True
    number = number_of(text)
    return number is not None and (kind != "integer" or float(number).is_integer())


def proposal_text(path: str, text: str) -> str:
    """Returns a proposed text as the user's language writes it."""
    name = last_name(path)
    number = number_of(text, decimals=name == "quantity")
    return text if number is None else value_text(Field(name, number))


def _date_form() -> str:
    # The short form of some languages has two digits for the year; a receipt may be of 1999.
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")


def _date_of(text: str) -> QDate:
    locale = QLocale()
    for date in (locale.toDate(text, _date_form()), QDate.fromString(text, _ISO)):
        if date.isValid() and date.year() >= 1000:
            return date
    date = locale.toDate(text, _date_form().replace("yyyy", "yy"))
    if date.isValid() and date.year() < 2000 and not re.search(r"\d{4}", text):
        return date.addYears(100)  # two digits mean this century
    return date


def language() -> str:
    """Language of the window: "vi" or "en"."""
    return "vi" if QLocale().name()[:2] == "vi" else "en"


def figures(conflict: Conflict) -> tuple[str, str]:
    """Returns what the document says and what the other numbers give, written alike."""
    pair = conflict.found, conflict.expected
    whole = all(float(value).is_integer() for value in pair)
    large = max(abs(value) for value in pair) >= 1000
    if whole and large:
        found, expected = (number_text(round(value)) for value in pair)
    else:
        found, expected = (number_text(float(value)) for value in pair)
    return found, expected


def remark_text(key: str) -> str:
    """Returns what is said about a page or a document; an unknown remark as it is called."""
    return remark_sentence(key, language())
