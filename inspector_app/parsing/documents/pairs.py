"""Keys and values: `key: value` in one line, side by side, or one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.parsing.documents.layout import Cell, Row

_MOST_KEY = 40
_VALUE = re.compile(r"\w|[☑☒✓✔√■☐□]|\[\s*\]|\(\s*\)")  # a word, or a box that is ticked or empty


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and the value that belongs to it, as they stand."""

    key: str
    value: str
    key_cells: tuple[Cell, ...]
    value_cells: tuple[Cell, ...]


def find_pairs(rows: Sequence[Row]) -> list[Pair]:
    """Finds all keys and values, the surest first: with a colon, side by side, below."""
    colon: list[Pair] = []
    beside: list[Pair] = []
    below: list[Pair] = []
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            right = row.cells[index + 1] if index + 1 < len(row.cells) else None
            key, mark, value = split_key(cell.text)
            if mark and value:
                colon.append(Pair(key, value, (cell,), (cell,)))
            elif mark and right is not None:
                _, _, other = split_key(right.text)
                text = right.text.lstrip(" :=")
                if not other or len(split_key(right.text)[0]) > _MOST_KEY:
                    colon.append(Pair(key, text, (cell,), (right,)))
            elif _is_key(cell.text):
                if right is not None and _VALUE.search(right.text):
                    text = right.text.lstrip(" :=")
                    beside.append(Pair(cell.text, text, (cell,), (right,)))
                following = _below(rows, number, cell)
                if following is not None:
                    below.append(Pair(cell.text, following.text, (cell,), (following,)))
            if mark and not value and right is None:
                following = _below(rows, number, cell)
                if following is not None:
                    below.append(Pair(key, following.text, (cell,), (following,)))
    return [pair for pair in (*colon, *beside, *below) if _VALUE.search(pair.value)]


def split_key(text: str) -> tuple[str, str, str]:
    """Parts a line at its first colon; a time and an address of a page have none.

    Returns:
        Key, colon and value; the whole text and nothing where there is no key.
    """
    match = re.match(
        r"(?P<key>[^:=]{1,40}?)\s*(?P<mark>[:=：])(?!//)\s*(?P<value>.*)$", text.strip()
    )
    if match is None or not re.search(r"[^\W\d]", match["key"]):
        return text, "", ""
    return match["key"].strip(" -*."), match["mark"], match["value"].strip()


def _is_key(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= 2 and len(text) <= _MOST_KEY and letters >= 0.6 * len(text.replace(" ", ""))


def _below(rows: Sequence[Row], number: int, cell: Cell) -> Cell | None:
    """The cell right below, aligned at the left edge or the middle."""
    if number + 1 >= len(rows) or rows[number + 1].page != rows[number].page:
        return None
    following = rows[number + 1]
    if following.top - cell.y2 > 2.0 * cell.height:
        return None
    middle = (cell.x1 + cell.x2) / 2.0
    for other in following.cells:
        aligned = abs(other.x1 - cell.x1) < 1.5 * cell.height
        centred = abs((other.x1 + other.x2) / 2.0 - middle) < cell.height
        if aligned or centred:
            return other
    return None
