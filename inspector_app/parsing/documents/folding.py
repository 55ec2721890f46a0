"""Text made comparable: without case, accents and spaces, and forgiving of misread letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS_FOR_DIGITS = str.maketrans("01589", "olsbg")
_MIXED = re.compile(r"(?=\w*[a-z])\w*[01589]\w*")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Returns lower case without accents; length may differ from the text's."""
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.replace("đ", "d").replace("Đ", "d").casefold()


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Returns the folded letters and digits alone."""
    return "".join(char for char in fold(text) if char.isalnum())


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Returns the squeezed text of a label, digits inside words read as the letters they look like.

    "SUBT0TAL" becomes "subtotal"; "T1" keeps its digit, for a word needs two letters.
    """

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        letters = sum(char.isalpha() for char in word)
        return word.translate(_LETTERS_FOR_DIGITS) if letters >= 3 else word

    return squeeze(_MIXED.sub(mend, fold(text)))


def find_near(phrase: str, text: str, most: int) -> int | None:
    """Looks for a phrase anywhere in a text, with errors (Sellers 1980).

    Args:
        phrase: What is looked for.
        text: Where.
        most: Insertions, deletions and replacements that are allowed.

    Returns:
        The smallest number of errors, None when it is over `most`.
    """
    if phrase in text:
        return 0
    if most <= 0 or len(text) < len(phrase) - most:
        return None
    before = [0] * (len(text) + 1)
    for row, char in enumerate(phrase, 1):
        current = [row]
        for column, other in enumerate(text, 1):
            current.append(
                min(
                    before[column - 1] + (char != other),
                    before[column] + 1,
                    current[column - 1] + 1,
                )
            )
        if min(current) > most:
            return None
        before = current
    best = min(before)
    return best if best <= most else None


def similarity(first: str, second: str) -> float:
    """Returns 1 minus the edit distance over the longer length, of squeezed texts, 0..1."""
    a, b = squeeze(first), squeeze(second)
    if not a or not b:
        return 0.0
    before = list(range(len(b) + 1))
    for row, char in enumerate(a, 1):
        current = [row]
        for column, other in enumerate(b, 1):
            current.append(
                min(
                    before[column - 1] + (char != other),
                    before[column] + 1,
                    current[column - 1] + 1,
                )
            )
        before = current
    return 1.0 - before[-1] / max(len(a), len(b))
