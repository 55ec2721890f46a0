"""The filter box of the gallery: words typed by a person, turned into a test of one image.

Anything that is not understood is searched for in the file name, so no input is ever an error.
"""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from inspector_app.domain.results import ImageSummary
from inspector_app.domain.verdicts import Verdict

Predicate = Callable[[ImageSummary], bool]

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": lambda score, wanted: abs(score - wanted) < _HALF_OF_WHAT_IS_SHOWN,
}
# Scores are shown with two decimals; "score=0.83" must find what the gallery shows as 0.83.
_HALF_OF_WHAT_IS_SHOWN = 0.005

_SCORE = re.compile(r"(?:score|diem)\s*(>=|<=|=>|=<|>|<|=|≥|≤)\s*([0-9]*[.,]?[0-9]+)")
# "score > 0.4" and "label: scratch" with the blanks people type around the sign.
_GLUE = re.compile(r"(?i)(?<!\S)(-?(?:score|điểm|diem))\s*(>=|<=|=>|=<|[><=≥≤])\s*")
_GLUE_KEY = re.compile(r"(?i)(?<!\S)(-?(?:label|nhãn|nhan))\s*[:=]\s*")
_TOKEN = re.compile(r'(-?)([^\s":]*:)?"([^"]*)"?|(\S+)')
_MARKS = re.compile("[\u0300-\u036f]+")  # combining accents
_SIGNS = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<="}


def fold(text: str) -> str:
    """Returns the text without case and accents, so that "xước" is found by "xuoc".

    Vietnamese đ is a letter of its own that Unicode does not take apart; it folds to d.
    """
    return text.lower() if text.isascii() else _fold(text)


# A filter is tested on every key press, on the same names each time.
@lru_cache(maxsize=65_536)
def _fold(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")


def _has_verdict(verdict: Verdict | None) -> Predicate:
    return lambda row: not row.trouble and row.verdict is verdict


def _is_unreadable(row: ImageSummary) -> bool:
    return bool(row.trouble)


def _is_edited(row: ImageSummary) -> bool:
    return row.edited


def _is_overruled(row: ImageSummary) -> bool:
    return row.overruled


def _has_conflict(row: ImageSummary) -> bool:
    return row.conflicts > 0


def _differs(row: ImageSummary) -> bool:
    return row.differs > 0


def _is_anything(row: ImageSummary) -> bool:
    return True


_WORDS: dict[str, Predicate] = {
    "accept": _has_verdict(Verdict.ACCEPT),
    "review": _has_verdict(Verdict.REVIEW),
    "reject": _has_verdict(Verdict.REJECT),
    "none": _has_verdict(None),
    "unreadable": _is_unreadable,
    "edited": _is_edited,
    "overruled": _is_overruled,
    "conflict": _has_conflict,
    "differs": _differs,
    "dat": _has_verdict(Verdict.ACCEPT),
    "xem lai": _has_verdict(Verdict.REVIEW),
    "xemlai": _has_verdict(Verdict.REVIEW),
    "loai": _has_verdict(Verdict.REJECT),
    "chua xet": _has_verdict(None),
    "khong doc duoc": _is_unreadable,
    "da sua": _is_edited,
    "sua doi": _is_edited,
    "mau thuan": _has_conflict,
    "khac nhau": _differs,
}
# Words of several syllables, longest first, that need no quotes when typed on their own.
_PHRASES = sorted((w for w in _WORDS if " " in w), key=len, reverse=True)


def file_name(path: str) -> str:
    """Returns the last part of a path of any system."""
    return path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]


def _named(fragment: str) -> Predicate:
    wanted = fold(fragment)
    return lambda row: wanted in fold(file_name(row.path))


def _labelled(fragment: str) -> Predicate:
    wanted = fold(fragment)
    if not wanted:
        return lambda row: bool(row.label)
    return lambda row: wanted in fold(row.label)


def _scored(sign: str, number: str) -> Predicate:
    compare = _COMPARE[_SIGNS.get(sign, sign)]
    wanted = float(number.replace(",", "."))

    def test(row: ImageSummary) -> bool:
        # An image without a score is on neither side of a limit.
        return row.score is not None and math.isfinite(row.score) and compare(row.score, wanted)

    return test


def _not(test: Predicate) -> Predicate:
    return lambda row: not test(row)


def _term(text: str) -> Predicate:
    """Builds the test of one unquoted word."""
    folded = fold(text)
    if folded in _WORDS:
        return _WORDS[folded]
    if match := _SCORE.fullmatch(folded):
        return _scored(match[1], match[2])
    key, colon, value = text.partition(":")
    if colon and value and fold(key) in ("label", "nhan"):
        return _labelled(value)
    return _named(text)


def _starts_phrase(text: str, at: int) -> tuple[str, int] | None:
    """Returns a Vietnamese phrase that stands at this place, and where it ends."""
    words = text[at:].split()
    for phrase in _PHRASES:
        count = phrase.count(" ") + 1
        if fold(" ".join(words[:count])) == phrase:
            end = at
            for word in words[:count]:
                end = text.index(word, end) + len(word)
            return phrase, end
    return None


def _tests(text: str) -> list[Predicate]:
    # Composed letters first: a Mac types "đạt" differently from a Windows keyboard.
    text = unicodedata.normalize("NFC", text)
    text = _GLUE_KEY.sub(r"\1:", _GLUE.sub(r"\1\2", text))
    tests: list[Predicate] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        if phrase := _starts_phrase(text, at + negated):
            test, at = _WORDS[phrase[0]], phrase[1]
        else:
            match = _TOKEN.match(text, at)
            if match is None:  # pragma: no cover - the pattern takes any non-blank
                break
            at = match.end()
            if match[4] is None:
                key, quoted = match[2] or "", match[3]
                if fold(key) in ("label:", "nhan:"):
                    test = _labelled(quoted)
                elif key:
                    test = _named(key + quoted)
                elif quoted:
                    test = _named(quoted)
                else:
                    continue
            else:
                test = _term(match[4][1:] if negated else match[4])
        tests.append(_not(test) if negated else test)
    return tests


def parse(text: str) -> Predicate:
    """Builds the test for a filter text; every word must hold.

    Understood are the verdicts (`accept`, `review`, `reject`, `none`; in Vietnamese `đạt`,
    `xem lại`, `loại`), `unreadable`, `edited`, `overruled`, `conflict`, `differs`, `score>0.4` with
    any comparison, `label:scratch`, and parts of the file name, where case and accents do not
    matter. Quotes keep blanks together (and make a plain name of a special word), `-` in front
    turns a word round.
    """
    tests: Sequence[Predicate] = _tests(text)
    if not tests:
        return _is_anything
    if len(tests) == 1:
        return tests[0]
    return lambda row: all(test(row) for test in tests)
