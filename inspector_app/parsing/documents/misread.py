"""Which other number a reader may have seen: digits it confuses, marks and digits it loses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from inspector_app.parsing.documents.amounts import Notation, find_amounts

_CONFUSED = {
    "0": "869", "1": "74", "2": "73", "3": "8952", "4": "19", "5": "638", "6": "5080",
    "7": "12", "8": "3069", "9": "4307",
}  # fmt: skip
_MOST_DIGITS = 12


def mend(text: str, value: float, wanted: float, slack: float) -> tuple[float, str] | None:
    """Looks for a text that means another number and that a reader could take for this one.

    Args:
        text: As it was read.
        value: What it was taken for.
        wanted: What the other numbers give.
        slack: By how much it may miss that.

    Returns:
        The cost (1 a confused digit, 1.5 a lost or extra mark or digit) and the text; the
        cheapest one; None when there is none with a cost of at most 2.
    """
    notation = _notation(text, value)
    if notation is None:
        return None
    sign = -1.0 if value < 0 else 1.0
    for cost, other in _variants(text):
        number = _read(other, notation)
        if number is not None and abs(sign * abs(number) - wanted) <= slack:
            return cost, other
    return None


def _notation(text: str, value: float) -> Notation | None:
    for decimal in (".", ",", ""):
        notation = Notation(decimal)
        number = _read(text, notation)
        if number is not None and abs(abs(number) - abs(value)) < 0.0001:
            return notation
    return None


def _read(text: str, notation: Notation) -> float | None:
    found = find_amounts(text)
    if not found:
        return None
    best = max(found, key=lambda amount: len(amount.digits))
    if len(best.digits) < sum(char in "0123456789.,OoQIl|SB" for char in text.strip(".")):
        return None
    number = notation.read(best)
    return None if number is None else float(number)


def _variants(text: str) -> Iterator[tuple[float, str]]:
    """Other texts, the likeliest first."""
    digits = [index for index, char in enumerate(text) if char in _CONFUSED]
    if not digits or len(digits) > _MOST_DIGITS:
        return
    for index in digits:
        for other in _CONFUSED[text[index]]:
            yield 1.0, text[:index] + other + text[index + 1 :]
    first, last = digits[0], digits[-1]
    for index in range(first, last + 2):  # a digit or mark was lost
        for lost in "0123456789" if index in (first, last + 1) else ".,0123456789":
            yield 1.5, text[:index] + lost + text[index:]
    for index in range(first, last + 1):  # or one was seen that is not there
        if text[index] in "0123456789.,":
            yield 1.5, text[:index] + text[index + 1 :]
    for a, b in combinations(digits, 2):
        for x, y in product(_CONFUSED[text[a]], _CONFUSED[text[b]]):
            yield 2.0, text[:a] + x + text[a + 1 : b] + y + text[b + 1 :]
