"""Receipts field by field: Vietnamese ones from files, English ones here; all written by us."""

from __future__ import annotations

import re
import unicodedata

import pytest

from inspector_app.domain.documents import Extraction, Field
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.receipt import FIELDS, ITEM_FIELDS

from .papers import Paper, paper, read_papers

PAPERS = [*read_papers("vietnamese_known.txt"), *read_papers("vietnamese_held.txt")]


def same(field: Field, wanted: str | None) -> bool:
    if wanted in (None, "-"):
        return field.value is None
    if isinstance(field.value, int | float):
        return abs(field.value - float(str(wanted))) < 1e-6
    if field.name == "phone":
        return field.value == re.sub(r"\D", "", str(wanted))
    return field.value == wanted


@pytest.mark.parametrize("wanted", PAPERS, ids=lambda paper: paper.name)
def test_vietnamese(wanted: Paper):
    read = extract(wanted.document)
    wrong = {
        name: (wanted.fields.get(name), read.field(name).value)
        for name in FIELDS
        if not same(read.field(name), wanted.fields.get(name))
    }
    assert not wrong
    rows = [[field.value for field in item] for item in read.items]
    assert len(rows) == len(wanted.items), rows
    for item, parts in zip(read.items, wanted.items, strict=True):
        assert all(same(f, part) for f, part in zip(item, parts, strict=True)), (item, parts)
    assert not read.conflicts


@pytest.mark.parametrize("wanted", PAPERS, ids=lambda paper: paper.name)
def test_one_line_a_row_reads_the_same_sums(wanted: Paper):
    """Some readers give a whole row as one line."""
    text = "\n".join(re.sub(r" {2,}", " ", row.strip()) for row in wanted.text.split("\n"))
    read = extract(paper(text))
    assert same(read.field("total"), wanted.fields.get("total"))
    assert same(read.field("date"), wanted.fields.get("date"))


@pytest.mark.parametrize("wanted", PAPERS, ids=lambda paper: paper.name)
def test_sums_without_accents(wanted: Paper):
    """A reader whose letters have no Vietnamese accents gives the same numbers."""
    decomposed = unicodedata.normalize("NFD", wanted.text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    read = extract(paper(bare))
    for name in ("date", "subtotal", "discount", "tax", "total", "paid", "change", "tax_code"):
        assert same(read.field(name), wanted.fields.get(name)), name


HARDWARE = """
LIM AH KOW
HARAPAN MAJU HARDWARE SDN BHD (123456-X)
NO. 7, JALAN BUKIT 3/2,
TAMAN HARAPAN, 43000 KAJANG,
SELANGOR DARUL EHSAN
TEL: 03-8733 1234   FAX: 03-8733 1235
GST ID: 000123456789
TAX INVOICE
Invoice No: HM-00231   Date: 04/05/2018 14:20
Cashier: SITI
Description      Qty    U.Price   Amount
PAINT BRUSH 2"
9555112901406    2 X    3.50      7.00
NAIL 35.5X25MM
9555112901407    1 X    12.90     12.90
Total Incl. GST@6%                RM 19.90
Rounding Adjustment               RM 0.00
Cash                              RM 50.00
Change                            RM 30.10
GST Summary      Amt(RM)          Tax(RM)
S @6%            18.77            1.13
GOODS SOLD ARE NOT RETURNABLE
"""


def test_a_malaysian_receipt_with_names_above_the_amounts():
    read = extract(paper(HARDWARE))
    assert {field.name: field.value for field in read.fields if field.value is not None} == {
        "shop": "HARAPAN MAJU HARDWARE SDN BHD",
        "address": "NO. 7, JALAN BUKIT 3/2, TAMAN HARAPAN, 43000 KAJANG, SELANGOR DARUL EHSAN",
        "phone": "0387331234",
        "tax_code": "000123456789",
        "date": "2018-05-04",
        "time": "14:20",
        "number": "HM-00231",
        "cashier": "SITI",
        "rounding": 0.0,
        "total": 19.9,
        "paid": 50.0,
        "change": 30.1,
        "currency": "MYR",
    }
    assert [[field.value for field in item] for item in read.items] == [
        ['PAINT BRUSH 2"', 2, 3.5, 7.0],
        ["NAIL 35.5X25MM", 1, 12.9, 12.9],
    ]
    assert not read.conflicts


def total_of(*rows: str) -> object:
    return extract(paper("SHOP\n1 Main Street\n\nTea  2.00\nMilk  3.00\n" + "\n".join(rows))).field(
        "total"
    ).value  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (["Total  5.00"], 5.0),
        (["TOTAL  5.02", "ROUNDING  -0.02", "TOTAL ROUNDED  5.00"], 5.0),
        (["SUBTOTAL  5.00", "TAX  0.50", "TOTAL  5.50"], 5.5),
        (["TOTAL QTY  2.00", "T0TAL  5.00"], 5.0),
        (["Total Saving  9.00", "Total  5.00", "Total Points  50.00"], 5.0),
        (["Totel Ant Peyahle:  5.00", "Cash  10.00", "Change  5.00"], 5.0),
        (["GRAND TOTAL", "5.00"], 5.0),
        (["BAL.DUE  5.00"], 5.0),
        (["AMOUNT DUE  5.00", "CASH  20.00", "CHANGE  15.00"], 5.0),
        (["SAVING 1.00  TOTAL 5.00"], 5.0),
        (["TOTAL  5.00", "GST SUMMARY  AMOUNT  TAX", "SR  4.72  0.28", "TOTAL  4.72  0.28"], 5.0),
        (["KOKKU  5.00"], 5.0),
        (["THANK YOU"], None),
    ],
)
def test_which_amount_is_the_total(rows: list[str], total: float | None):
    assert total_of(*rows) == total


@pytest.mark.parametrize(
    ("head", "shop"),
    [
        (["TAX INVOICE", "GOLDEN TEA HOUSE"], "GOLDEN TEA HOUSE"),
        (["WELCOME", "3180303", "BEST BOOKS", "CO. (M) SDN BHD"], "BEST BOOKS CO. (M) SDN BHD"),
        (["KEDAI MAJU", "ENTERPRISE (U", "LU) SDN BHD"], "KEDAI MAJU ENTERPRISE (U LU) SDN BHD"),
        (["#000002 BAKER (M) SDN BHD"], "BAKER (M) SDN BHD"),
        (["TEA WORLD SIN 3HD"], "TEA WORLD SDN BHD"),
        (["Restaurant Sun Bao"], "Restaurant Sun Bao"),
        (["Công ty TNHH Hoa Sen"], "Công ty TNHH Hoa Sen"),
    ],
)  # fmt: skip
def test_who_sells(head: list[str], shop: str):
    text = "\n".join(
        [*head, "NO. 7, JALAN BUKIT 3/2,", "43000 KAJANG", "", "Tea  2.00", "Total  2.00"]
    )
    assert extract(paper(text)).field("shop").value == shop


def test_bad_input_gives_nothing():
    for text in ("", "meow", "?????", "1 2 3", "lorem ipsum dolor\nsit amet"):
        read = extract(paper(text or " ", None))
        found = {f.name for f in read.fields if f.value is not None} - {"shop"}
        assert not found
        assert not read.items
        assert not read.conflicts


def test_places_and_scores():
    read = extract(paper(HARDWARE, 0.8))
    for field in read.fields:
        assert bool(field.places) == (field.value is not None)
        assert field.score == (0.8 if field.value is not None else None)
    assert all(field.name in ITEM_FIELDS for item in read.items for field in item)
    assert isinstance(read, Extraction)


@pytest.mark.parametrize("row", ["9066468  7.90*3  23.70 Z", "9066468  3*7.90  23.70 Z"])
def test_the_quantity_is_the_number_without_cents_whichever_comes_first(row: str):
    read = extract(paper(f"CORNER SHOP\nPINEAPPLE PCS\n{row}\nTOTAL  23.70"))
    (item,) = read.items
    values = {field.name: field.value for field in item}
    assert (values["quantity"], values["unit_price"], values["amount"]) == (3, 7.9, 23.7)
