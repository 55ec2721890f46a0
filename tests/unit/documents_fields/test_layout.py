"""Rows on straight, askew and turned paper."""

from __future__ import annotations

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.parsing.documents.layout import find_rows

from .papers import paper


def rows_of(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in find_rows(document)]


TEXT = """
SHOP
Item      Qty   Amount
Tea       2     4.00
Milk      1     2.50
Total           6.50
Cash            10.00
Change          3.50
"""
WANTED = [
    ["SHOP"],
    ["Item", "Qty", "Amount"],
    ["Tea", "2", "4.00"],
    ["Milk", "1", "2.50"],
    ["Total", "6.50"],
    ["Cash", "10.00"],
    ["Change", "3.50"],
]


def test_rows():
    assert rows_of(paper(TEXT)) == WANTED


def test_rows_of_askew_paper():
    page = paper(TEXT).pages[0]
    lines = tuple(
        TextLine(
            line.text,
            Box(line.box.x1, line.box.y1 + sink, line.box.x2, line.box.y2 + sink),
        )
        for line in page.lines
        # four degrees: a whole row of sink over the width
        for sink in (0.07 * (line.box.x1 + line.box.x2) / 2 * page.width / page.height,)
    )
    tall = Page(0, page.width, page.height + 40, lines)
    assert rows_of(Document("askew", (tall,))) == WANTED


def test_rows_of_turned_paper():
    page = paper(TEXT).pages[0]
    for turned in (90, 180, 270):
        lines = tuple(TextLine(line.text, turn(line.box, turned)) for line in page.lines)
        upright = turned == 180
        width, height = (page.width, page.height) if upright else (page.height, page.width)
        document = Document("turned", (Page(0, width, height, lines, turned),))
        assert rows_of(document) == WANTED


def turn(box: Box, turned: int) -> Box:
    """Where a box lies on a page that must be turned clockwise by so much to be read."""
    if turned == 180:
        return Box(1 - box.x2, 1 - box.y2, 1 - box.x1, 1 - box.y1)
    if turned == 90:
        return Box(box.y1, 1 - box.x2, box.y2, 1 - box.x1)
    return Box(1 - box.y2, box.x1, 1 - box.y1, box.x2)


def test_lines_one_above_the_other_are_no_row():
    assert rows_of(paper("A\nB\nC")) == [["A"], ["B"], ["C"]]


def test_nothing():
    assert find_rows(Document("empty", (Page(0, 10, 10, ()),))) == []
    assert find_rows(Document("blank", (Page(0, 0, 0, (TextLine("  ", Box(0, 0, 1, 1)),)),))) == []
