"""Dialects that write boxes as JSON, such as Qwen2.5-VL's and Qwen3-VL's."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum

from inspector_app.parsing.scanner import NUMBER, Corners, Scanner

# An object with a label of some lines of text, some of its letters written as \uXXXX.
_LIMIT = 1000

# Models write Python's quotes, too, and then leave apostrophes as they are: a single quote after a
# letter closes a string only where a value may end. A string never goes over the end of a line.
_DOUBLE = r'"(?:[^"\\\n]|\\.)*+'
_SINGLE = r"'(?:[^'\\\n]|\\.|(?<=\w)'(?!\s{0,9}[,:}\]]))*+"
_STRING = rf"""(?:{_DOUBLE}"|{_SINGLE}')"""
_STRING_BEGUN = rf"(?:{_DOUBLE}|{_SINGLE})\\?"
_MEMBERS = rf"""(?=["'])(?:[^{{}}"']|{_STRING})*+"""
_OBJECT = rf"\{{\s*+{_MEMBERS}\}}"
_OBJECT_BEGUN = rf"\{{\s*+(?:\Z|{_MEMBERS}(?:{_STRING_BEGUN})?\Z)"
_OPEN = r"(?:```(?i:json)?\s*+)?(?:\[\s*+)?"
_COMMA = r"\s*+(?:,\s*+)?"

_START = re.compile(r"[`\[{]")
_FIRST = re.compile(_OPEN + _OBJECT)
_FIRST_BEGUN = re.compile(rf"`{{1,2}}\Z|```(?i:j|js|jso)\Z|{_OPEN}(?:\Z|{_OBJECT_BEGUN})")
_NEXT = re.compile(_COMMA + _OBJECT)
_NEXT_BEGUN = re.compile(rf"{_COMMA}(?:\Z|{_OBJECT_BEGUN})|\s*+`{{0,2}}\Z")
_CLOSE = re.compile(_COMMA + r"\]")
_FENCE = re.compile(r"\s*+```")
_FENCE_BEGUN = re.compile(r"\s*+`{0,2}\Z")
_QUOTED_KEY = re.compile(r"""\{\s*["']""")

_IS_BOX = re.compile(r"""["']bbox_2d["']\s*:""")
_CORNERS = re.compile(
    r"""["']bbox_2d["']\s*:\s*\[\s*""" + r"\s*,\s*".join([f"({NUMBER})"] * 4) + r"\s*\]"
)
_LABEL = re.compile(rf"""["']label["']\s*:\s*({_STRING}|{_STRING_BEGUN})""")


@dataclass(frozen=True, slots=True)
class JsonDialect:
    """How such a model writes.

    Attributes:
        scale: Units that the width and the height of the image are divided into; None if the
            units are pixels of the image as the model sees it.
        truncates: Coordinates for a prompt are cut to whole units, not rounded.
    """

    scale: int | None
    truncates: bool = False

    def scanner(self) -> Scanner:
        """Returns a reader for one answer."""
        return _JsonScanner()

    def write(self, corners: tuple[int, int, int, int], label: str) -> str:
        """Returns a box for a prompt; its corners are in the dialect's units."""
        entry: dict[str, object] = {"bbox_2d": corners}
        if label:
            entry["label"] = label
        return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


class _Place(Enum):
    OUTSIDE = 1
    LIST = 2  # after a box object
    CLOSED = 3  # after the list, before the ticks that close the fence


class _JsonScanner(Scanner):
    def __init__(self) -> None:
        super().__init__(_LIMIT)
        self._place = _Place.OUTSIDE
        self._fenced = False
        self._labelled = False

    def _step(self, text: str, at: int) -> int | None:
        match self._place:
            case _Place.OUTSIDE:
                return self._outside(text, at)
            case _Place.LIST:
                return self._in_list(text, at)
            case _Place.CLOSED:
                return self._closed(text, at)

    def _outside(self, text: str, at: int) -> int | None:
        start = _START.search(text, at)
        if start is None or start.start() > at:
            end = start.start() if start else len(text)
            self.visible.put(text[at:end])
            return end
        token = self._token(_FIRST, text, at)
        if _IS_BOX.search(token):
            self._place = _Place.LIST
            self._fenced = token.startswith("`")
            self._labelled = False
            self._take(token)
            return at + len(token)
        if not token and self._may_become(_FIRST_BEGUN, text, at):
            return None
        self.visible.put(text[at])
        return at + 1

    def _in_list(self, text: str, at: int) -> int | None:
        token = self._token(_NEXT, text, at)
        if _IS_BOX.search(token):
            self._take(token)
            return at + len(token)
        closing = self._token(_CLOSE, text, at)
        if closing:
            self._place = _Place.CLOSED if self._fenced else _Place.OUTSIDE
            return at + len(closing)
        if not token and self._may_become(_NEXT_BEGUN, text, at):
            return None
        return self._closed(text, at)

    def _closed(self, text: str, at: int) -> int | None:
        if self._fenced and self._may_become(_FENCE_BEGUN, text, at):
            return None
        self._place = _Place.OUTSIDE
        return at + len(self._token(_FENCE, text, at)) if self._fenced else at

    def _closer_of(self, held: str) -> str:
        return "}" if _QUOTED_KEY.search(held) else ""

    def _finish(self, held: str) -> None:
        if _IS_BOX.search(held):
            self._take(held)
        elif self._place is _Place.OUTSIDE:
            self.visible.put(held)

    def _take(self, token: str) -> None:
        found = _LABEL.search(token)
        label = _unquoted(found[1]) if found else ""
        corners = _CORNERS.search(token)
        if corners:
            x1, y1, x2, y2 = (float(n) for n in corners.groups())
            self.boxes.append((label, _ordered(x1, y1, x2, y2)))
        self.visible.hole(" ")
        if label:
            self.visible.put(f", {label}" if self._labelled else label)
            self.visible.hole(" ")
            self._labelled = True


def _ordered(x1: float, y1: float, x2: float, y2: float) -> Corners:
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _unquoted(text: str) -> str:
    """Returns the words of a string as it stands in the text, closed or not, on one line."""
    quote = text[0]
    body = text[1:-1] if len(text) > 1 and text.endswith(quote) else text[1:]
    if quote == "'":
        body = body.replace("\\'", "'").replace('"', '\\"')
    try:
        words: str = json.loads(f'"{body}"', strict=False)
    except ValueError:
        words = body
    # Half of a pair written as \ud83d is no character and could not be stored.
    words = words.encode("utf-8", "replace").decode("utf-8")
    return " ".join(words.split())
