"""Puts the letters of a PDF page together to lines, as a reader of pictures would find them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box

Extent = tuple[float, float, float, float]

_COLUMN_GAP = 1.2  # heights of a letter: a wider gap separates columns
_SAME_LINE = 0.4
_MOST_BROKEN = 0.05
_LEAST_LETTERS = 3
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; without a place when it is a space or the end of a line."""

    text: str
    extent: Extent | None


def lines_of(letters: Sequence[Letter], shape: float) -> list[TextLine] | None:
    """Builds lines in the order of the file.

    Args:
        letters: Of one page, places in fractions of it.
        shape: Width of the page over its height.

    Returns:
        Lines without a score; None when the letters are too few or too many of them are broken.
    """
    placed = [letter for letter in letters if letter.extent]
    broken = sum(_is_broken(letter.text) for letter in placed)
    readable = sum(letter.text.isalnum() for letter in placed)
    if readable < _LEAST_LETTERS or broken > _MOST_BROKEN * len(placed):
        return None
    found: list[TextLine] = []
    piece: list[Letter] = []
    for letter in letters:
        if letter.text in "\r\n" or (piece and letter.extent and _parts(piece, letter, shape)):
            found += _closed(piece)
            piece = []
        if letter.extent or (piece and letter.text not in "\r\n"):
            piece.append(letter)
    return found + _closed(piece)


def _parts(piece: Sequence[Letter], letter: Letter, shape: float) -> bool:
    """Whether a letter begins another line or column than the piece before it."""
    before = next(other.extent for other in reversed(piece) if other.extent)
    here = letter.extent
    assert here is not None
    height = max(before[3] - before[1], here[3] - here[1])
    shared = min(before[3], here[3]) - max(before[1], here[1])
    if shared < _SAME_LINE * min(before[3] - before[1], here[3] - here[1]):
        return True
    gap = (here[0] - before[2]) * shape
    return gap > _COLUMN_GAP * height or gap < -2 * height


def _closed(piece: Sequence[Letter]) -> list[TextLine]:
    text = "".join(_LIGATURES.get(letter.text, letter.text) for letter in piece)
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    extents = [letter.extent for letter in piece if letter.extent]
    if not text or not extents:
        return []
    x1, y1, x2, y2 = zip(*extents, strict=True)
    if max(x2) <= 0 or min(x1) >= 1 or max(y2) <= 0 or min(y1) >= 1:
        return []  # beside the page
    return [TextLine(text, Box(min(x1), min(y1), max(x2), max(y2)))]


def _is_broken(letter: str) -> bool:
    """Whether a letter is a mark for one that the file does not name."""
    return unicodedata.category(letter) in ("Co", "Cn", "Cc", "Cs") or letter == "\ufffd"
