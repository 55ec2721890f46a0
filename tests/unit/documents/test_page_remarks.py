"""What is said about a page as a whole, and only when it is so."""

from __future__ import annotations

import tomllib

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.domain.paths import RESOURCES
from inspector_app.parsing import page_remarks as remarks
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.receipt import LEFT_RECEIPT, TOTAL_DERIVED, UPPER_RECEIPT
from inspector_app.parsing.page_remarks import one_below, page_remarks, side_by_side

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


def column(rows: str, left: float, top: float = 0.1) -> list[TextLine]:
    """A receipt: names at its left edge, prices at its right one."""
    lines: list[TextLine] = []
    for number, row in enumerate(rows.strip().split("\n")):
        name, _, price = row.partition(" | ")
        y = top + 0.06 * number
        lines.append(TextLine(name, Box(left, y, left + 0.2, y + 0.03), 0.99))
        if price:
            lines.append(TextLine(price, Box(left + 0.3, y, left + 0.38, y + 0.03), 0.99))
    return lines


FIRST = """
HARBOUR MARKET
14 Harbour Street
Date 12/03/2024
Orange juice | 12.50
Brown bread | 3.20
TOTAL | 15.70
Thank you
"""
SECOND = FIRST.replace("12/03", "13/03").replace("12.50", "10.00").replace("15.70", "13.20")


def test_two_receipts_whose_rows_are_level():
    left, right = column(FIRST, 0.05), column(SECOND, 0.55)
    mixed = sorted(left + right, key=lambda line: line.box.y1)
    assert side_by_side(mixed) == (left, right)
    assert remarks.TWO_RECEIPTS in page_remarks(mixed)


def test_the_left_one_of_two_receipts_is_read():
    for top in (0.1, 0.125):
        lines = (*column(FIRST, 0.05), *column(SECOND, 0.55, top))
        read = extract(Document("two.png", (Page(0, 1000, 800, lines),)))
        assert read.remarks == ("left_receipt",)
        assert [read.field(name).value for name in ("shop", "date", "total")] == [
            "HARBOUR MARKET",
            "2024-03-12",
            15.7,
        ]
        assert [[field.value for field in item] for item in read.items] == [
            ["Orange juice", None, None, 12.5],
            ["Brown bread", None, None, 3.2],
        ]
        assert not read.conflicts


def below(first: str, second: str) -> tuple[TextLine, ...]:
    return (*column(first, 0.1, 0.02), *column(second, 0.1, 0.55))


def test_of_two_receipts_below_one_another_the_upper_is_read():
    lines = below(FIRST, SECOND)
    assert page_remarks(lines) == (remarks.TWO_RECEIPTS,)
    read = extract(Document("two.png", (Page(0, 1000, 2000, lines),)))
    assert read.remarks == (UPPER_RECEIPT,)
    alone = extract(Document("one.png", (Page(0, 1000, 2000, tuple(column(FIRST, 0.1, 0.02))),)))
    assert [field.value for field in read.fields] == [field.value for field in alone.fields]
    assert read.field("total").value == 15.7


def test_what_follows_a_receipt_is_no_other_one():
    slip = "CARD SLIP\nHARBOUR MARKET\nDate 12/03/2024\nVISA | 15.70\nApproved\nTOTAL | 15.70"
    taxes = "GST SUMMARY\nAmount | Tax\n8.00 | 0.48\nTOTAL | 0.48\nDate 12/03/2024\nThanks again"
    far = (
        "Orange juice | 12.50\nBrown bread | 3.20\nTOTAL | 15.70\nCash | 20.00\nChange | 4.30\nBye"
    )
    for second in (slip, taxes, far):
        assert one_below(below(FIRST, second)) is None


def test_an_invoice_with_its_sums_beside_the_goods_is_one():
    goods = column(FIRST.replace("TOTAL |", "Of these |").replace("Date", "Valid from"), 0.05)
    sums = "Invoice HM-22\nDate 12/03/2024\nCustomer\nJohn Miller\nSubtotal | 15.70\nTax | 1.30"
    side = column(f"{sums}\nTOTAL | 17.00", 0.55)
    assert side_by_side([*goods, *side]) is None


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
    number = [TextLine("12.50 : 7", Box(0, 0, 1, 1), 0.9)]
    assert page_remarks(number) == ()
    assert page_remarks([], unread=9, unread_lines=9) == (remarks.OTHER_SCRIPT,)
    assert remarks.OTHER_SCRIPT in page_remarks(number, unread=9, unread_lines=9)
    rest = [TextLine(text, Box(0, 0, 1, 1), 0.9) for text in (". 14,", "89.90", "toro 134.90")]
    assert remarks.OTHER_SCRIPT in page_remarks(rest, unread=2, unread_lines=2)
    assert page_remarks(rest, unread=1, unread_lines=1) == ()
    assert page_remarks([], unread=16) == (remarks.NO_TEXT,)  # short places: a texture
    assert remarks.OTHER_SCRIPT not in page_remarks(block(0.1, 0.1), unread=9, unread_lines=9)


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
        LEFT_RECEIPT,
        TOTAL_DERIVED,
    }
    assert keys <= set(words["en"])
    assert set(words["en"]) == set(words["vi"])
