"""What is said about a page as a whole, and only when it is so."""

from __future__ import annotations

import tomllib

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box
from inspector_app.domain.paths import RESOURCES
from inspector_app.parsing import page_remarks as remarks
from inspector_app.parsing.page_remarks import page_remarks, side_by_side

WORDS = ("Market", "Harbour Street", "Invoice", "Orange juice", "Brown bread", "Total", "Thanks")


def block(left: float, top: float, width: float = 0.3, step: float = 0.06) -> list[TextLine]:
    return [
        TextLine(word, Box(left, top + n * step, left + width, top + n * step + 0.03), 0.99)
        for n, word in enumerate(WORDS)
    ]


def test_an_ordinary_page_needs_no_words():
    assert page_remarks(block(0.1, 0.1)) == ()


def test_an_empty_page():
    assert page_remarks([]) == (remarks.NO_TEXT,)
    assert page_remarks([], 180, 5) == (remarks.NO_TEXT,)


def test_a_turned_page():
    assert page_remarks(block(0.1, 0.1), 90) == (remarks.TURNED,)


def test_two_receipts_side_by_side():
    left, right = block(0.05, 0.1), block(0.6, 0.13)
    mixed = sorted(left + right, key=lambda line: line.box.y1)
    assert remarks.TWO_RECEIPTS in page_remarks(mixed)
    assert side_by_side(mixed) == (left, right)
    assert side_by_side(mixed, 180) == (right, left)
    assert side_by_side(mixed, 90) is None


def test_names_and_prices_are_one_receipt():
    names = block(0.05, 0.1)
    prices = [
        TextLine("12.50", Box(0.7, line.box.y1 + 0.01, 0.9, line.box.y2 + 0.01), 1)
        for line in names
    ]
    assert side_by_side(names + prices) is None
    level = [TextLine("Some word", Box(0.6, n.box.y1, 0.9, n.box.y2), 1) for n in names]
    assert side_by_side(names + level) is None  # a form: words beside words, row by row


def test_a_line_across_makes_it_one():
    lines = [*block(0.05, 0.1), *block(0.6, 0.13)]
    assert side_by_side([*lines, TextLine("Welcome", Box(0.1, 0.01, 0.9, 0.05), 1)]) is None


def test_other_scripts_are_named():
    lines = [
        TextLine("汉字文本收据", Box(0.1, 0.1, 0.5, 0.2), 0.95),
        TextLine("AB", Box(0, 0, 1, 0.1)),
    ]
    assert remarks.OTHER_SCRIPT in page_remarks(lines)
    vietnamese = [TextLine("Cộng hòa xã hội chủ nghĩa Việt Nam", Box(0.1, 0.1, 0.9, 0.2), 0.9)]
    assert page_remarks(vietnamese) == ()
    assert page_remarks([TextLine("12.50 : 7", Box(0, 0, 1, 1), 0.9)]) == ()


def test_unclear_writing():
    unclear = [TextLine("somthng", Box(0.1, 0.1, 0.5, 0.2), 0.6)]
    assert page_remarks(unclear) == (remarks.LOW_CONFIDENCE,)
    assert page_remarks(block(0.1, 0.1), unread=20) == (remarks.LOW_CONFIDENCE,)
    assert page_remarks([TextLine("without score", Box(0, 0, 1, 1))]) == ()


def test_every_key_has_words_in_both_languages():
    words = tomllib.loads((RESOURCES / "prompts" / "document.toml").read_text("utf-8"))
    keys = {
        remarks.NO_TEXT,
        remarks.TURNED,
        remarks.PAGES_CUT,
        remarks.OTHER_SCRIPT,
        remarks.TWO_RECEIPTS,
        remarks.LOW_CONFIDENCE,
    }
    assert keys <= set(words["en"])
    assert set(words["en"]) == set(words["vi"])
