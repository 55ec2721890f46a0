"""Dates and times in the notations seen on receipts and cards, as ISO 8601."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspector_app.parsing.documents.folding import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march mac", "apr april", "may mei", "jun june",
            "jul july julai ju1", "aug august ogos", "sep sept september", "oct october okt",
            "nov november", "dec december dis",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR4 = r"(?:19[4-9]\d|20[0-7]\d)(?!:)"
_YEAR = rf"(?P<y>{_YEAR4}|['’`]?\d{{2}})"
_END = r"(?=\D|$|\d{1,2}:\d{2})"  # a time may follow without a space
_S = r"\s?[-/.,~:]\s?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "named",
        re.compile(
            rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]{{0,2}}(?P<name>{_NAME})"
            rf"(?![a-z]*[a-z]{{4}})[\s\-/.,]{{0,2}}{_YEAR}{_END}"
        ),
    ),
    (
        "named",
        re.compile(
            rf"(?<![a-z])(?P<name>{_NAME})[\s.\-/]{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"[\s.,\-/]{{0,2}}(?P<y>{_YEAR4}|['’`]\d{{2}}|(?<=[\s.,\-/])\d{{2}}(?!:)){_END}"
        ),
    ),
    (
        "words",
        re.compile(
            r"ngay\W{0,3}(?P<d>\d{1,2})\W{0,3}thang\W{0,3}(?P<m>\d{1,2})\W{0,3}nam\W{0,3}"
            rf"(?P<y>{_YEAR4})"
        ),
    ),
    (
        "ymd",
        re.compile(
            rf"(?<![\d.,])(?P<y>{_YEAR4})(?:{_S}|年)(?P<m>\d{{1,2}})(?:{_S}|月)(?P<d>\d{{1,2}}){_END}"
        ),
    ),
    (
        "numeric",
        re.compile(
            rf"(?<!\d)(?<!\d[.,])(?P<a>\d{{1,2}})(?P<s>{_S})(?P<b>\d{{1,2}})(?P<t>{_S})(?P<y>{_YEAR4}){_END}"
        ),
    ),
    (
        "numeric",
        re.compile(
            r"(?<![\d.,/\-])(?P<a>\d{1,2})(?P<s>\s?[-/.~]\s?)(?P<b>\d{1,2})(?P<t>\s?[-/.~]\s?)"
            r"(?P<y>'?\d{2})(?=[^\d./%\-]|[.,\-]?(?:\s|$)|\d{2}:\d{2})"
        ),
    ),
    ("compact", re.compile(rf"(?<!\d)(?P<d>\d{{2}})(?P<m>\d{{2}})(?P<y>{_YEAR4})(?!\d)")),
    ("compact", re.compile(rf"(?<!\d)(?P<y>{_YEAR4})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")),
)
_TIME = re.compile(
    r"(?<![\d:.,/])(?P<h>[01]?\d|2[0-4])\s?[:;]\s?(?P<m>[0-5]\d)(?:\s?[:;.]\s?(?P<s>[0-5]\d))?"
    r"(?!\d)\s?(?P<half>[ap](?:\.?m\b\.?|(?![a-z])))?",
    re.IGNORECASE,
)
_LOOSE_TIME = re.compile(
    r"(?<![\d:.,/])(?P<h>[01]?\d|2[0-3])\s?[.hg]\s?(?P<m>[0-5]\d)(?P<s>(?!))?(?![\d.,])\s?"
    r"(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date as it is written.

    Attributes:
        start: In the text it was found in.
        end: Exclusive.
        text: As written.
        year: Four digits.
        first: Day or month for "numeric", day otherwise.
        second: Month or day for "numeric", month otherwise.
        open_order: Whether day and month may be the other way round.
        kind: Which notation.
    """

    start: int
    end: int
    text: str
    year: int
    first: int
    second: int
    open_order: bool
    kind: str

    def read(self, month_first: bool = False) -> datetime.date | None:
        """Returns the date; the other order where this one is impossible; None where both are."""
        orders = [(self.first, self.second)]
        if self.open_order:
            orders.append((self.second, self.first))
            if month_first:
                orders.reverse()
        for day, month in orders:
            try:
                return datetime.date(self.year, month, day)
            except ValueError:
                continue
        return None


def find_dates(text: str) -> list[DateHit]:
    """Finds the dates of a line, left to right, none within another."""
    plain = fold(text)
    if len(plain) != len(text):  # combined letters: places would be off
        text = plain
    hits: list[DateHit] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            hit = _hit(kind, match, text)
            clash = any(hit and hit.start < old.end and old.start < hit.end for old in hits)
            if hit and not clash and hit.read() is not None:
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def month_comes_first(hits: Iterable[DateHit], *, usual: bool = False) -> bool:
    """Decides the order of day and month in a document.

    Args:
        hits: All dates of the document; one with a number above 12 settles it.
        usual: The order of the country, where no date settles it.
    """
    day_first = month_first = 0
    for hit in hits:
        if hit.open_order:
            day_first += hit.first > 12 >= hit.second
            month_first += hit.second > 12 >= hit.first
    return usual if day_first == month_first else month_first > day_first


def find_time(text: str, *, loose: bool = False) -> tuple[str, str] | None:
    """Finds a time of day.

    Args:
        text: Where.
        loose: Whether `13.11` and `11h05` count; only beside a date or a word for time.

    Returns:
        ISO 8601 (`21:13`, `15:17:00`) and the text as written; None when there is none.
    """
    for pattern in (_TIME, _LOOSE_TIME) if loose else (_TIME,):
        for match in pattern.finditer(text):
            hour = int(match["h"])
            half = (match["half"] or "").casefold()[:1]
            if half and not 1 <= hour <= 12 and not 13 <= hour <= 23:
                continue
            if half and hour <= 12:
                hour = hour % 12 + (12 if half == "p" else 0)
            if hour == 24:
                hour = 0
            seconds = f":{match['s']}" if match["s"] else ""
            return f"{hour:02d}:{match['m']}{seconds}", match[0].strip()
    return None


def _hit(kind: str, match: re.Match[str], text: str) -> DateHit | None:
    year = int(match["y"].strip("'’`"))
    if year < 100:
        year += 2000 if year < 80 else 1900
    written = text[match.start() : match.end()].strip()
    if kind == "numeric":
        marks = {match["s"].strip(), match["t"].strip()}
        if len(marks) > 1 and not marks & {",", "~", ":"}:
            return None  # two marks: no date, unless one is a misread mark
        first, second, open_order = int(match["a"]), int(match["b"]), True
    elif kind == "named":
        first, second, open_order = int(match["d"]), _MONTHS[match["name"]], False
    else:
        first, second, open_order = int(match["d"]), int(match["m"]), False
    start = match.start()
    return DateHit(start, start + len(written), written, year, first, second, open_order, kind)
