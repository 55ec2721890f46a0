"""Yes and no, numbers of invoices, tables and sums under a schema of the user's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector_app.domain.documents import Extraction
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.schemas import Schema, parse_schema
from inspector_app.parsing.documents.second import compare
from inspector_app.parsing.documents.ticks import read_tick
from inspector_app.parsing.documents.wording import say

from .papers import paper


def schema(table: str = "", columns: dict[str, Any] | None = None, **fields: Any) -> Schema:
    properties: dict[str, Any] = dict(fields)
    if columns:
        properties[table] = {"type": "array", "items": {"type": "object", "properties": columns}}
    return parse_schema(json.dumps({"type": "object", "properties": properties}), "mine")


def values(extraction: Extraction) -> dict[str, Any]:
    return {field.name: field.value for field in extraction.fields}


def table(extraction: Extraction) -> list[list[Any]]:
    return [[field.value for field in row] for row in extraction.items]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", True),
        ("yes, by courier", True),
        ("NO", False),
        ("n", False),
        ("Có", True),
        ("Không", False),
        ("không có", None),
        ("[x]", True),
        ("( V )", True),
        ("☑", True),
        ("x", True),
        ("[ ]", False),
        ("□", False),
        ("[x] Yes [ ] No", True),
        ("[ ] Yes [x] No", False),
        ("Yes ☐  No ☑", False),
        ("[ ] Yes [ ] No", None),
        ("[x] Yes [x] No", None),
        ("yes / no", None),
        ("not yet", None),
        ("N.A.", None),
        ("November", None),
        ("Company", None),
        ("12", None),
        ("", None),
    ],
)
def test_yes_and_no(text: str, answer: bool | None):
    read = read_tick(text)
    assert (read[0] if read else None) is answer
    assert read is None or read[1] in text


NOTE = """
DELIVERY NOTE
Order: A-1042
Fragile: Yes
Insured: [ ]
Signed:  [x] yes [ ] no
[x] Urgent
Customs duty paid  ☐
"""


def test_boolean_fields():
    kind = {"type": "boolean"}
    names = ("fragile", "insured", "signed", "urgent", "customs_duty_paid", "returned")
    read = extract(paper(NOTE), schema(**dict.fromkeys(names, kind)))
    assert values(read) == dict(zip(names, (True, False, True, True, False, None), strict=True))
    assert all(bool(field.places) == (field.value is not None) for field in read.fields)
    assert [say(field, read, "vi") for field in read.fields[:2]] == ["có", "không"]


def test_an_order_has_no_invoice_number():
    asked = schema(invoice_number={"type": "string"}, order={"type": "string"})
    assert values(extract(paper(NOTE), asked)) == {"invoice_number": None, "order": "A-1042"}
    for label in ("Invoice No: ", "Bill #", "Số hóa đơn: "):
        found = extract(paper(f"{NOTE}\n{label}HM-0231"), asked)
        assert values(found) == {"invoice_number": "HM-0231", "order": "A-1042"}


PACKING = """
PACKING LIST
Customer: North Works
Part no    Description      Lot      Pcs    Due date
A-100      Hex nut M8       L-77     500    12/03/2024
A-101      Washer, 8 mm     L-78            13/03/2024
           zinc plated
B-200      Bolt M8 x 40     L-79     250    14/03/2024
Total pieces                         750
Packed by: Nam
"""
COLUMNS = {
    "due_date": {"type": "string", "format": "date"},
    "part_no": {"type": "string"},
    "pieces": {"type": "integer", "title": "Pcs"},
    "description": {"type": "string"},
}


def test_a_table_by_its_heads():
    read = extract(paper(PACKING), schema("parts", COLUMNS, customer={"type": "string"}))
    assert values(read) == {"customer": "North Works"}
    assert table(read) == [
        ["2024-03-12", "A-100", 500, "Hex nut M8"],
        ["2024-03-13", "A-101", None, "Washer, 8 mm zinc plated"],
        ["2024-03-14", "B-200", 250, "Bolt M8 x 40"],
    ]
    washer = read.items[1][3]
    assert len(washer.places) == 2
    assert washer.score == 0.9


def test_a_vietnamese_table():
    text = """
PHIẾU KIỂM TRA
STT   Kích thước   Kết quả   Người đo
1     12,5 mm      Đạt       An
2     13,1 mm      Không đạt Bình

Ghi chú: đo lại
"""
    columns = {
        "size": {"type": "number", "x-title-vi": "Kích thước"},
        "passed": {"enum": ["Đạt", "Không đạt"], "title": "Kết quả"},
    }
    read = extract(paper(text.replace("đạt Bình", "đạt  Bình")), schema("rows", columns))
    assert table(read) == [[12.5, "Đạt"], [13.1, "Không đạt"]]


def test_a_paper_without_the_heads_has_no_such_table():
    columns = {"part_no": {"type": "string"}, "lot": {"type": "string"}}
    assert (
        extract(paper("SHOP\nTea  2.00\nMilk  3.00\nTotal  5.00"), schema("parts", columns)).items
        == ()
    )


def test_goods_are_read_as_on_a_receipt():
    columns = {"product": {}, "price": {"type": "number"}, "qty": {"type": "integer"}}
    text = "SHOP\n1 Main Street\nItem  Qty  Price  Amount\nTea  2  1.50  3.00\nTotal  3.00"
    assert table(extract(paper(text), schema("goods", columns))) == [["Tea", 1.5, 2]]


SUMS = "SHOP\n1 Main Street\n\nTea  2.00\nMilk  3.00\nSubtotal  5.00\nTax  0.50\nTotal  {total}"
NUMBER = {"type": "number"}


def test_sums_are_checked_where_fields_are_named_as_on_a_receipt():
    asked = schema(subtotal=NUMBER, tax=NUMBER, total=NUMBER)
    assert not extract(paper(SUMS.format(total="5.50")), asked).conflicts
    read = extract(paper(SUMS.format(total="8.50")), asked)
    assert [(c.key, c.found, c.expected) for c in read.conflicts] == [("total", 8.5, 5.5)]
    assert read.field("total").conflict == "total"


def test_what_the_schema_does_not_ask_for_enters_the_sums_and_is_not_told():
    asked = schema(subtotal=NUMBER, total=NUMBER)  # no tax
    for total in ("5.50", "8.50"):
        read = extract(paper(SUMS.format(total=total)), asked)
        assert not read.conflicts
        assert not any(field.conflict for field in read.fields)


def test_yes_and_no_of_a_language_engine():
    asked = schema(urgent={"type": "boolean"}, fragile={"type": "boolean"}, order={})
    document = paper(NOTE)
    told = json.dumps({"urgent": True, "fragile": False, "order": True})
    found = compare("qwen", told, document, extract(document, asked), asked)
    assert values(found.extraction) == {"urgent": True, "fragile": False, "order": None}
    assert found.differing == ("fragile", "order")
    assert found.unseen == ()
