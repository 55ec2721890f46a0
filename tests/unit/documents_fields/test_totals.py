"""A total is what is named as one, or follows from the payment; never a subtotal or a payment."""

from __future__ import annotations

import pytest

from inspector_app.domain.documents import Extraction
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.receipt import TOTAL_DERIVED
from inspector_app.parsing.documents.schemas import parse_schema

from .papers import paper

HEAD = "SHOP\n1 Main Street\n\nTea  2.00\nMilk  3.00\n"


def read(*rows: str) -> Extraction:
    return extract(paper(HEAD + "\n".join(rows)))


def known(extraction: Extraction) -> dict[str, object]:
    names = ("subtotal", "discount", "tax", "service", "rounding", "total", "paid", "change")
    values = {name: extraction.field(name).value for name in names}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (["Subtotal  5.00", "Tax  0.40"], {"subtotal": 5.0, "tax": 0.4}),
        (["Subtotal  5.00", "10% Service charge  0.50"], {"subtotal": 5.0, "service": 0.5}),
        (["Subtotal  5.00", "Tip  ____", "Total  ____"], {"subtotal": 5.0}),
        (["Tạm tính  5.00"], {"subtotal": 5.0}),
        (["Cash  20.00"], {"paid": 20.0}),
        (["Subtotal  5.00", "Cash  20.00"], {"subtotal": 5.0, "paid": 20.0}),
        (["Tax  0.40", "VISA  9.40"], {"tax": 0.4, "paid": 9.4}),
        (["Cash  20.00", "Change  15.00"], {"paid": 20.0, "change": 15.0}),
        (["TOTAL DEPARTMENT  5.00", "HARDWARE", "Bag  0.10"], {}),
    ],
)
def test_a_receipt_without_a_total_has_none(rows: list[str], fields: dict[str, float]):
    found = read(*rows)
    assert known(found) == fields
    assert found.remarks == ()
    assert found.conflicts == ()


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (
            ["Subtotal  5.00", "Cash  20.00", "Change  15.00"],
            {"subtotal": 5.0, "total": 5.0, "paid": 20.0, "change": 15.0},
        ),
        (["Subtotal  5.00", "VISA  5.00"], {"subtotal": 5.0, "total": 5.0, "paid": 5.0}),
        (["Cash  5.00"], {"total": 5.0, "paid": 5.0}),
        (["KOKKU  5.00"], {"total": 5.0}),
    ],
)
def test_a_total_that_follows_is_told(rows: list[str], fields: dict[str, float]):
    found = read(*rows)
    assert known(found) == fields
    assert found.remarks == (TOTAL_DERIVED,)
    assert found.field("total").text == "5.00"  # a number that stands there, none that is computed


def test_a_named_total_needs_no_remark():
    found = read("Subtotal  5.00", "Tax  0.40", "Total  5.40", "Cash  10.00", "Change  4.60")
    assert found.field("total").value == 5.4
    assert found.remarks == ()


def test_an_own_schema_tells_it_too():
    schema = parse_schema('{"properties": {"total": {"type": "number"}}}', "mine")
    rows = "Subtotal  5.00\nCash  20.00\nChange  15.00"
    assert extract(paper(HEAD + rows), schema).remarks == (TOTAL_DERIVED,)
    assert extract(paper(f"{HEAD}Total  5.00"), schema).remarks == ()


def test_a_gap_that_the_reader_saw_in_a_number():
    assert read("TOTAL  22.5 1").field("total").value == 22.51


def test_a_balance_beside_the_tax():
    found = read("TAX .26  BAL  2.24")
    assert found.field("total").value == 2.24
