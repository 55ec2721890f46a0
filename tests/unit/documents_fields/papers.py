"""Documents for these tests: compact text becomes lines with places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.geometry import Box

LETTER, LINE = 10.0, 24.0  # pixels of a letter and a row


@dataclass
class Paper:
    """A document and what it says."""

    name: str
    text: str
    fields: dict[str, str] = field(default_factory=dict)
    items: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def document(self) -> Document:
        return paper(self.text)


def paper(text: str, score: float | None = 0.9) -> Document:
    """Turns text into a document: columns parted by two or more spaces are lines of their own."""
    rows = text.strip("\n").split("\n")
    width = int(max(len(row) for row in rows) * LETTER + 20)
    height = int(len(rows) * LINE + 20)
    lines: list[TextLine] = []
    for number, row in enumerate(rows):
        for match in re.finditer(r"\S+(?:\s\S+)*", row):
            xyxy = (
                10 + match.start() * LETTER,
                10 + number * LINE,
                10 + match.end() * LETTER,
                10 + number * LINE + 0.75 * LINE,
            )
            lines.append(TextLine(match[0], Box.from_pixels(xyxy, width, height), score))
    return Document("paper.png", (Page(0, width, height, tuple(lines)),))


def read_papers(name: str) -> list[Paper]:
    """Reads a file of papers beside this one."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    papers: list[Paper] = []
    for block in re.split(r"^==== ", text, flags=re.MULTILINE)[1:]:
        head, body = block.split("----\n", 1)
        title, *expected = head.strip().split("\n")
        result = Paper(title, body)
        for line in expected:
            key, value = line.split(": ", 1)
            if key == "item":
                result.items.append(tuple(part.strip() for part in value.split("|")))
            else:
                result.fields[key] = value
        papers.append(result)
    return papers
