"""Dialects that write boxes in tags or brackets, such as those of Qwen2-VL and MiniGPT-v2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from inspector_app.parsing.scanner import NUMBER, NUMBER_BEGUN, Scanner

# The longest box is a quad of generous numbers between its tags.
_LIMIT = 240
_NUMBERS = re.compile(NUMBER)
_SPACE_BEFORE = frozenset("(),#<}")
_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class TagDialect:
    """How such a model writes.

    Attributes:
        scale: Units that the width and the height of the image are divided into.
        phrase: Tags around the words that the next boxes belong to.
        tags: All other tags that the model may write; people do not see them.
        boxes: Shapes of a box; `#` stands for a number, x and y by turns, and two or more
            points are bounded. A `?` says that the character before it may be missing. Space is
            allowed around numbers and brackets.
        written: The shape for a prompt; must be one that `boxes` reads.
        sure: What tokens of certain meaning begin with: half of one at the end of an answer is
            not shown.
        closer: What such a token ends in.
        noise: What may stand in a box wherever space may.
        spellings: Other ways to write a character of a tag or box: the character, the way.
        joint: What stands between a phrase and its box in a prompt.
        truncates: Coordinates for a prompt are cut to whole units, not rounded.
    """

    scale: int | None
    phrase: tuple[str, str]
    tags: tuple[str, ...]
    boxes: tuple[str, ...]
    written: str
    sure: tuple[str, ...]
    closer: str = ">"
    noise: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    joint: str = ""
    truncates: bool = False

    def scanner(self) -> Scanner:
        """Returns a reader for one answer."""
        return _TagScanner(self)

    def write(self, corners: tuple[int, int, int, int], label: str) -> str:
        """Returns a box for a prompt; its corners are in the dialect's units."""
        text = self.written
        for number in corners:
            text = text.replace("#", str(number), 1)
        return f"{self.phrase[0]}{label}{self.phrase[1]}{self.joint}{text}" if label else text

    def usual(self, text: str) -> str:
        """Returns tags and boxes in their usual spelling."""
        for char, spelling in self.spellings:
            text = text.replace(spelling, char)
        return text

    def ways(self, char: str) -> list[str]:
        """Returns all spellings of a character."""
        return [char, *(spelling for usual, spelling in self.spellings if usual == char)]


# Of the whole token, and of the beginning of one.
_Expressions = tuple[re.Pattern[str], re.Pattern[str]]


class _Atom(NamedTuple):
    """A part of a shape: as it must be, as it may be where the text ends, may it be missing."""

    strict: str
    loose: str
    optional: bool


class _TagScanner(Scanner):
    def __init__(self, dialect: TagDialect) -> None:
        super().__init__(_LIMIT)
        self._dialect = dialect
        self._start, self._patterns = _compiled(dialect)
        self._phrase: list[str] | None = None
        self._label = ""

    def _step(self, text: str, at: int) -> int | None:
        start = self._start.search(text, at)
        if start is None or start.start() > at:
            end = start.start() if start else len(text)
            self._say(text[at:end])
            return end
        for whole, begun in self._patterns:
            # A box may lack its last bracket: it is taken when the bracket can no longer come.
            if self._may_become(begun, text, at):
                return None
            token = self._token(whole, text, at)
            if token:
                self._take(token)
                return at + len(token)
        self._say(text[at])
        return at + 1

    def _closer_of(self, held: str) -> str:
        # After a closer, what comes next may show that the token was whole without more.
        dialect = self._dialect
        unclosed = held.startswith(dialect.sure) and not held.rstrip().endswith(dialect.closer)
        return dialect.closer if unclosed else ""

    def _finish(self, held: str) -> None:
        bare = self._dialect.usual(held)
        for noise in self._dialect.noise:
            bare = bare.replace(noise, "")
        if not "".join(bare.split()).startswith(self._dialect.sure):
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
        token = self._dialect.usual(token)
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
        self.visible.hole(" " if numbers else "", joined=bool(numbers))

    def _end_phrase(self) -> None:
        if self._phrase is not None:
            self._label = " ".join("".join(self._phrase).split())
            self._phrase = None


@cache
def _compiled(dialect: TagDialect) -> tuple[re.Pattern[str], tuple[_Expressions, _Expressions]]:
    """Returns what finds the first character of a token, and the expressions of boxes and tags."""
    tags = dialect.phrase + dialect.tags
    starts = {way[0] for shape in dialect.boxes + tags for way in dialect.ways(shape[0])}
    # Boxes first: the tag that opens one is a tag by itself only if no box comes of it.
    expressions = (_expressions(dialect, dialect.boxes), _expressions(dialect, tags))
    return re.compile("[" + re.escape("".join(sorted(starts))) + "]"), expressions


def _expressions(dialect: TagDialect, shapes: tuple[str, ...]) -> _Expressions:
    """Returns the expression of the whole shapes and that of what may become one or grow."""
    atoms = [_atoms(dialect, shape) for shape in shapes]
    return re.compile("|".join(map(_whole, atoms))), re.compile("|".join(map(_begun, atoms)))


def _atoms(dialect: TagDialect, shape: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    before = ""
    for part in re.findall(r".\??", shape):
        char = part[0]
        ways = dialect.ways(char)
        strict, loose = _either(ways), ways
        gap = ""
        if before and (char in _SPACE_BEFORE or before == "#"):
            gap = rf"(?:\s|{_either(dialect.noise)}){{0,9}}+" if dialect.noise else r"\s{0,9}+"
            loose = [*ways, *dialect.noise]
        halves = _either(sorted({word[:n] for word in loose for n in range(len(word))}))
        if char == "#":
            strict, halves = NUMBER, f"(?:{NUMBER_BEGUN}|{halves})"
        atoms.append(_Atom(gap + strict, gap + halves, len(part) > 1))
        before = char
    return atoms


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _whole(atoms: Iterable[_Atom]) -> str:
    return "".join(f"(?:{atom.strict})?" if atom.optional else atom.strict for atom in atoms)


def _begun(atoms: list[_Atom]) -> str:
    pattern = _NEVER
    for atom in reversed(atoms):
        without = f"|{pattern}" if atom.optional else ""
        pattern = rf"(?:{atom.strict}{pattern}|{atom.loose}\Z{without})"
    return pattern
