"""Dialects that write boxes in tags or brackets of their own, such as Qwen2-VL's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from inspector_app.parsing.scanner import NUMBER, NUMBER_BEGUN, Scanner

# The longest box is a quad of generous numbers between its tags.
_LIMIT = 240
_NUMBERS = re.compile(NUMBER)
_SPACE_BEFORE = frozenset("(),#<}")


@dataclass(frozen=True, slots=True)
class TagDialect:
    """How such a model writes.

    Attributes:
        scale: Units that the width and the height of the image are divided into.
        phrase: Tags around the words that the next boxes belong to.
        tags: All other tags that the model may write; people do not see them.
        boxes: Shapes of a box; `#` stands for a number, x and y by turns, and two or more
            points are bounded. Space is allowed around numbers and brackets.
        written: The shape for a prompt; must be one of `boxes`.
        sure: What a token of certain meaning begins with and what it ends in: half of one at
            the end of an answer is not shown.
    """

    scale: int | None
    phrase: tuple[str, str]
    tags: tuple[str, ...]
    boxes: tuple[str, ...]
    written: str
    sure: tuple[str, str]

    def scanner(self) -> Scanner:
        """Returns a reader for one answer."""
        return _TagScanner(self)

    def write(self, corners: tuple[int, int, int, int], label: str) -> str:
        """Returns a box for a prompt; its corners are in the dialect's units."""
        text = self.written
        for number in corners:
            text = text.replace("#", str(number), 1)
        return f"{self.phrase[0]}{label}{self.phrase[1]}{text}" if label else text


class _TagScanner(Scanner):
    def __init__(self, dialect: TagDialect) -> None:
        super().__init__(_LIMIT)
        self._dialect = dialect
        tags = dialect.phrase + dialect.tags
        starts = {shape[0] for shape in dialect.boxes + tags}
        self._start = re.compile("[" + re.escape("".join(sorted(starts))) + "]")
        # Boxes first: the tag that opens one is a tag by itself only if no box comes of it.
        self._patterns = (_compiled(dialect.boxes), _compiled(tags))
        self._phrase: list[str] | None = None
        self._label = ""

    def _step(self, text: str, at: int) -> int | None:
        start = self._start.search(text, at)
        if start is None or start.start() > at:
            end = start.start() if start else len(text)
            self._say(text[at:end])
            return end
        for whole, begun in self._patterns:
            token = self._token(whole, text, at)
            if token:
                self._take(token)
                return at + len(token)
            if self._may_become(begun, text, at):
                return None
        self._say(text[at])
        return at + 1

    def _closer_of(self, held: str) -> str:
        opener, closer = self._dialect.sure
        return closer if held.startswith(opener) else ""

    def _finish(self, held: str) -> None:
        if not held.startswith(self._dialect.sure[0]):
            self._say(held)
            return
        for token in self._patterns[0][0].finditer(held):
            self._take(token[0])
        self.visible.hole()

    def _say(self, text: str) -> None:
        self.visible.put(text)
        if self._phrase is not None:
            self._phrase.append(text)

    def _take(self, token: str) -> None:
        opening, closing = self._dialect.phrase
        if token == opening:
            # A phrase straight after a box begins the next item of a list.
            self.visible.hole(", " if self.visible.glue else "")
            self._phrase = []
            return
        if token == closing:
            self._end_phrase()
        numbers = [float(n) for n in _NUMBERS.findall(token)]
        if numbers:
            self._end_phrase()
            x, y = numbers[0::2], numbers[1::2]
            self.boxes.append((self._label, (min(x), min(y), max(x), max(y))))
        self.visible.hole(" " if numbers else "")

    def _end_phrase(self) -> None:
        if self._phrase is not None:
            self._label = " ".join("".join(self._phrase).split())
            self._phrase = None


@cache
def _compiled(shapes: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns the expression of the whole shapes and that of what may become one."""
    whole = "|".join("".join(strict for strict, _ in _atoms(shape)) for shape in shapes)
    return re.compile(whole), re.compile("|".join(_begun(_atoms(shape)) for shape in shapes))


def _atoms(shape: str) -> list[tuple[str, str]]:
    # Each part of a shape: as it must be, and as it may be where the text ends.
    atoms: list[tuple[str, str]] = []
    for n, char in enumerate(shape):
        space = r"\s{0,2}" if n and char in _SPACE_BEFORE else ""
        strict, loose = (NUMBER, NUMBER_BEGUN) if char == "#" else (re.escape(char), "")
        atoms.append((space + strict, space + loose))
    return atoms


def _begun(atoms: Iterable[tuple[str, str]]) -> str:
    pattern = r"\Z"
    for strict, loose in reversed(list(atoms)):
        pattern = rf"(?:{strict}{pattern}|{loose}\Z)"
    return pattern
