"""How well a page was read, against lines that people wrote down with their places.

Readers and people cut lines differently ("TOTAL RM 9.00" is one line or two), so texts are compared
over groups of lines that cover one another, and spaces do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box
from inspector_app.imaging.document_order import rows

_SHARED = 0.35  # of the smaller one: lines that share more belong together


@dataclass(frozen=True, slots=True)
class TextScore:
    """Counts of one page or of many; scores of pages are added up.

    Attributes:
        letters: That people wrote down, without spaces.
        edits: Letters to put in, take out or change.
        plain_letters: Letters and digits alone, without case.
        plain_edits: Likewise.
        lines: That people wrote down.
        found: Of them, those that lie on any line that was read.
        extra: Lines that were read where people wrote nothing down; not counted as edits, since
            people leave out what is not part of the document.
    """

    letters: int = 0
    edits: int = 0
    plain_letters: int = 0
    plain_edits: int = 0
    lines: int = 0
    found: int = 0
    extra: int = 0

    def __add__(self, other: TextScore) -> TextScore:
        return TextScore(
            self.letters + other.letters,
            self.edits + other.edits,
            self.plain_letters + other.plain_letters,
            self.plain_edits + other.plain_edits,
            self.lines + other.lines,
            self.found + other.found,
            self.extra + other.extra,
        )

    @property
    def cer(self) -> float:
        """Share of letters that are wrong; lines that were not found count in full."""
        return self.edits / max(1, self.letters)

    @property
    def plain_cer(self) -> float:
        """The same over letters and digits without case."""
        return self.plain_edits / max(1, self.plain_letters)

    @property
    def recall(self) -> float:
        """Share of lines that were found."""
        return self.found / max(1, self.lines)


def text_score(wanted: Sequence[tuple[str, Box]], read: Sequence[TextLine]) -> TextScore:
    """Compares what was read with what is there.

    Args:
        wanted: Text and place of every line; without text where nobody wrote it down, and then
            nothing that is read there counts.
        read: Lines of the same page.
    """
    boxes = [box for _, box in wanted] + [line.box for line in read]
    texts = [text for text, _ in wanted] + [line.text for line in read]
    total = TextScore()
    for group in _groups(boxes, len(wanted)):
        theirs = [n for n in group if n < len(wanted)]
        ours = [n for n in group if n >= len(wanted)]
        if any(not texts[n].strip() for n in theirs):
            continue
        if not theirs:
            total += TextScore(extra=len(ours))
            continue
        one, two = (_joined(part, texts, boxes) for part in (theirs, ours))
        total += TextScore(
            len(one),
            Levenshtein.distance(one, two),
            len(_plain(one)),
            Levenshtein.distance(_plain(one), _plain(two)),
            len(theirs),
            len(theirs) if ours else 0,
        )
    return total


def holds(text: str, wanted: str) -> bool:
    """Whether letters and digits of a text stand in another one, without case."""
    return _plain(wanted) in _plain(text)


def _groups(boxes: Sequence[Box], count: int) -> list[list[int]]:
    """Puts wanted lines (the first `count`) and read ones that cover one another together."""
    parent = list(range(len(boxes)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for n in range(count):
        for other in range(count, len(boxes)):
            smaller = min(boxes[n].area, boxes[other].area)
            if smaller > 0 and boxes[n].intersection(boxes[other]) > _SHARED * smaller:
                parent[root(n)] = root(other)
    groups: dict[int, list[int]] = {}
    for n in range(len(boxes)):
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())


def _joined(group: Sequence[int], texts: Sequence[str], boxes: Sequence[Box]) -> str:
    extents = [(boxes[n].x1, boxes[n].y1, boxes[n].x2, boxes[n].y2) for n in group]
    ordered = [group[n] for row in rows(extents) for n in row]
    return "".join("".join(texts[n].split()) for n in ordered)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
