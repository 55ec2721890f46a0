"""The letters that the recogniser of Vietnamese lines can write, and their bases and marks."""

from __future__ import annotations

import unicodedata
from functools import cache

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_ASCII = "".join(map(chr, range(32, 127)))
_SIGNS = "₫€–“”’…°•"

LOWER = "".join(unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES) + "đ"
ACCENTED = "".join(c for c in LOWER + LOWER.upper() if c not in _ASCII)
CHARSET = _ASCII + ACCENTED + _SIGNS  # class of a letter: its place here plus one; class 0 is blank


@cache
def base_of(letter: str) -> str:
    """The letter without its marks: "a" for "ậ", "D" for "Đ"; other characters as they are."""
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    return unicodedata.normalize("NFD", letter)[:1] or letter


def strip_marks(text: str) -> str:
    """The text with every letter replaced by its base, letter for letter."""
    return "".join(map(base_of, text))


def is_accented(letter: str) -> bool:
    """Whether it is a letter with Vietnamese marks."""
    return letter in ACCENTED
