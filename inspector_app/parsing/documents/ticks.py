"""Yes and no as documents say it: in words, and as boxes that are ticked or left empty."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inspector_app.parsing.documents.folding import fold
from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.pairs import Pair

_TICKED = r"[\[(]\s?[xXvV✓✔√]\s?[\])]|[☑☒✓✔√■]"
_EMPTY = r"\[\s*\]|\(\s*\)|[☐□]"
_MARK = rf"(?:{_TICKED}|{_EMPTY})"
_YES = r"(?:yes|y|true|co|dung)(?![^\W_])"
_NO = r"(?:no|n|false|khong|sai)(?![^\W_])"
_WORD = rf"(?<![^\W_])(?:(?P<yes>{_YES})|(?P<no>{_NO}))"
_CHOICE = re.compile(_WORD)
_MARK_FIRST = re.compile(rf"(?P<mark>{_MARK})\s*{_WORD}")
_MARK_LAST = re.compile(rf"{_WORD}\s*(?P<mark>{_MARK})")


def find_ticks(cells: Iterable[Cell]) -> list[Pair]:
    """Finds boxes with what they stand for, as keys and values: `[x] Urgent`, `Urgent ☐`."""
    found: list[Pair] = []
    for cell in cells:
        match = re.fullmatch(
            rf"(?P<first>{_MARK})?\s*(?P<key>[^\[\]():☑☒✓✔√■☐□]+?)\s*:?\s*(?P<last>{_MARK})?",
            cell.text.strip(),
        )
        if match and bool(match["first"]) != bool(match["last"]):
            mark = match["first"] or match["last"]
            found.append(Pair(match["key"], mark, (cell,), (cell,)))
    return found


def read_tick(text: str) -> tuple[bool, str] | None:
    """Reads yes or no: "Có", "[x]", "[ ] yes [x] no"; None for anything else.

    Returns:
        The answer, and the text that gives it.
    """
    text = text.strip()
    if re.fullmatch(rf"{_TICKED}|[xX]", text):
        return True, text
    if re.fullmatch(_EMPTY, text):
        return False, text
    plain = fold(text)
    if len(plain) != len(text):
        return None
    if re.search(_MARK, plain):
        form = _MARK_FIRST if re.match(_MARK, plain) else _MARK_LAST
        ticked = [c for c in form.finditer(plain) if re.fullmatch(_TICKED, c["mark"])]
        return (
            (bool(ticked[0]["yes"]), text[slice(*ticked[0].span())]) if len(ticked) == 1 else None
        )
    first = _CHOICE.match(plain)
    if first is None or (len(first[0]) == 1 and len(plain) > 1):
        return None
    answers = {bool(choice["yes"]) for choice in _CHOICE.finditer(plain)}
    return (bool(first["yes"]), text[: first.end()]) if len(answers) == 1 else None
