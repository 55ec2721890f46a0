"""Puts the letters of a PDF page together to lines, as a reader of pictures would find them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box
from inspector_app.imaging.document_order import Extent, rows

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


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a page carries as text.

    Attributes:
        lines: In reading order, without scores, places on the page as it is shown.
        turned: Degrees clockwise that the page must be turned by to be read: 0, 90, 180, 270.
    """

    lines: tuple[TextLine, ...]
    turned: int = 0


def text_of(letters: Sequence[Letter], shape: float) -> PdfText | None:
    """Builds lines from letters.

    Args:
        letters: Of one page in the order of the file, places in fractions of it.
        shape: Width of the page over its height.

    Returns:
        None when the letters are too few or too many of them are broken.
    """
    placed = [letter for letter in letters if letter.extent]
    broken = sum(_is_broken(letter.text) for letter in placed)
    readable = sum(letter.text.isalnum() for letter in placed)
    if readable < _LEAST_LETTERS or broken > _MOST_BROKEN * len(placed):
        return None
    turn = _turn(letters, shape)
    if turn in (90, 270):
        shape = 1 / shape
    pieces = _pieces([_turned(letter, turn) for letter in letters], shape)
    extents = [(e[0] * shape, e[1], e[2] * shape, e[3]) for _, e in pieces]
    ordered = [pieces[n] for row in rows(extents) for n in row]
    return PdfText(tuple(_line(text, extent, turn) for text, extent in ordered), turn)


def _turn(letters: Sequence[Letter], shape: float) -> int:
    """Returns by how much a page must be turned clockwise so that its text runs to the right."""
    ahead = {0: 0.0, 90: 0.0, 180: 0.0, 270: 0.0}
    for one, two in pairwise(letters):
        if one.extent is None or two.extent is None:
            continue
        across = (two.extent[0] + two.extent[2] - one.extent[0] - one.extent[2]) * shape
        down = two.extent[1] + two.extent[3] - one.extent[1] - one.extent[3]
        if abs(across) > abs(down):
            right_to_left = unicodedata.bidirectional(two.text) in ("R", "AL")
            ahead[0 if across > 0 or right_to_left else 180] += 1
        else:
            ahead[270 if down > 0 else 90] += 1
    return max(ahead, key=lambda turn: ahead[turn])


def _turned(letter: Letter, turn: int) -> Letter:
    return letter if letter.extent is None else Letter(letter.text, _on(letter.extent, turn))


def _on(extent: Extent, turn: int) -> Extent:
    """Returns where a place comes to lie when the page is turned clockwise."""
    x1, y1, x2, y2 = extent
    match turn:
        case 90:
            return 1 - y2, x1, 1 - y1, x2
        case 180:
            return 1 - x2, 1 - y2, 1 - x1, 1 - y1
        case 270:
            return y1, 1 - x2, y2, 1 - x1
        case _:
            return extent


def _line(text: str, extent: Extent, turn: int) -> TextLine:
    x1, y1, x2, y2 = _on(extent, (360 - turn) % 360)
    corners = ((x1, y1), (x2, y1), (x2, y2), (x1, y2))
    first = {90: 3, 180: 2, 270: 1}.get(turn)
    if first is None:
        return TextLine(text, Box(x1, y1, x2, y2))
    told = (*corners[first:], *corners[:first])
    return TextLine(text, Box(x1, y1, x2, y2), None, (told[0], told[1], told[2], told[3]))


def _pieces(letters: Sequence[Letter], shape: float) -> list[tuple[str, Extent]]:
    """Cuts letters that run to the right into pieces of lines."""
    found: list[tuple[str, Extent]] = []
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


def _closed(piece: Sequence[Letter]) -> list[tuple[str, Extent]]:
    text = "".join(_LIGATURES.get(letter.text, letter.text) for letter in piece)
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    extents = [letter.extent for letter in piece if letter.extent]
    if not text or not extents:
        return []
    x1, y1, x2, y2 = zip(*extents, strict=True)
    if max(x2) <= 0 or min(x1) >= 1 or max(y2) <= 0 or min(y1) >= 1:
        return []  # beside the page
    return [(text, (min(x1), min(y1), max(x2), max(y2)))]


def _is_broken(letter: str) -> bool:
    """Whether a letter is a mark for one that the file does not name."""
    return unicodedata.category(letter) in ("Co", "Cn", "Cc", "Cs") or letter == "\ufffd"
