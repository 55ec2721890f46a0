"""Identity cards, schemas of our own and of users, and the JSON form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.json_form import to_json
from inspector_app.parsing.documents.schemas import load_schema, parse_schema, schema_names

from .papers import paper

CARD = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
SOCIALIST REPUBLIC OF VIET NAM
CĂN CƯỚC CÔNG DÂN
Citizen Identity Card
Số / No.: 001099012345
Họ và tên / Full name:
NGUYỄN VĂN AN
Ngày sinh / Date of birth: 15/08/1999
Giới tính / Sex: Nam   Quốc tịch / Nationality: Việt Nam
Quê quán / Place of origin:
Thạch Thất, Hà Nội
Nơi thường trú / Place of residence: Tổ 5,
Phường Dịch Vọng, Cầu Giấy, Hà Nội
Có giá trị đến: 15/08/2039
"""
ENGLISH_CARD = """
IDENTITY CARD
ID Number: 790512034
Name: TRAN THI HOA
Date of birth: 12 May 1979
Sex: Female
Address: 12 Main Street,
Springfield
"""


def test_a_vietnamese_card():
    read = extract(paper(CARD), "id-card")
    assert {field.name: field.value for field in read.fields} == {
        "number": "001099012345",
        "name": "NGUYỄN VĂN AN",
        "date_of_birth": "1999-08-15",
        "sex": "Nam",
        "nationality": "Việt Nam",
        "place_of_origin": "Thạch Thất, Hà Nội",
        "place_of_residence": "Tổ 5, Phường Dịch Vọng, Cầu Giấy, Hà Nội",
        "expiry": "2039-08-15",
    }


def test_an_english_card_and_what_it_lacks():
    document = paper(ENGLISH_CARD)
    read = extract(document, "id-card")
    assert [field.value for field in read.fields] == [
        "790512034",
        "TRAN THI HOA",
        "1979-05-12",
        "Female",
        None,
        None,
        "12 Main Street, Springfield",
        None,
    ]
    form = to_json(read, document, load_schema("id-card").missing)
    assert form["nationality"]["value"] == "N/A"
    assert form["expiry"]["value"] == "N/A"


def test_no_card():
    read = extract(paper("COFFEE\nTotal  12.00"), "id-card")
    assert all(field.value is None for field in read.fields)


def test_our_schemas():
    assert schema_names() == ["id-card", "receipt"]
    receipt = load_schema("receipt")
    assert receipt.table == "items"
    assert [column.name for column in receipt.columns] == [
        "name", "quantity", "unit_price", "amount",
    ]  # fmt: skip
    for name in schema_names():
        schema = load_schema(name)
        assert all(field.title("en") and field.title("vi") for field in schema.fields)
        assert "x-" not in json.dumps(schema.source)
    assert len(load_schema("id-card").fields) == 8


def test_the_users_own_schema(tmp_path: Path):
    path = tmp_path / "visit.json"
    path.write_text(
        json.dumps(
            {
                "type": "object",
                "properties": {
                    "patient": {"type": "string", "title": "Patient name"},
                    "visit_date": {"type": ["string", "null"], "format": "date"},
                    "age": {"type": "integer"},
                    "sex": {"type": "string", "enum": ["male", "female"]},
                    "total": {"type": "number"},
                    "insurance": {"type": "string"},
                },
            }
        ),
        "utf-8",
    )
    text = "CLINIC\nPatlent name: John Doe\nVisit Date   12/03/2024\nAge : 41 years\nSex: Male\n\n"
    document = paper(text + "Exam  1,000.00\nX-ray  250.50\nTotal:  1,250.50")
    read = extract(document, str(path))
    assert {field.name: field.value for field in read.fields} == {
        "patient": "John Doe",
        "visit_date": "2024-03-12",
        "age": 41,
        "sex": "male",
        "total": 1250.5,
        "insurance": None,
    }


def test_a_user_file_named_like_ours_is_the_users(tmp_path: Path):
    path = tmp_path / "receipt.json"
    path.write_text('{"properties": {"patient": {}}}', "utf-8")
    read = extract(paper("Patient: John"), str(path))
    assert [(field.name, field.value) for field in read.fields] == [("patient", "John")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"type": "array"}', "type object"),
        ('{"properties": {}}', "no properties"),
        ('{"properties": {"a": 1}}', "Property a"),
        ('{"properties": {"a": {"type": "object"}}}', "Property a"),
        ('{"properties": {"a": {"type": ["string", "number"]}}}', "string or number"),
        ('{"properties": {"a": {"type": "array"}}}', "table a"),
        (
            '{"properties": {"a": {"type": "array", "items": {"properties": {"b": {}}}},'
            ' "c": {"type": "array", "items": {"properties": {"b": {}}}}}}',
            "two tables",
        ),
    ],
)
def test_schemas_that_cannot_be_used(text: str, said: str):
    with pytest.raises(BadInputError, match=said):
        parse_schema(text, "mine")


def test_a_schema_that_is_not_there():
    with pytest.raises(BadInputError, match="no schema nowhere"):
        load_schema("nowhere")


def test_json_form():
    document = paper("SHOP SDN BHD\nNO 1, JALAN SATU,\n43000 KAJANG\nTea  2.00\nTotal  2.00", 0.75)
    form = to_json(extract(document), document)
    total = form["total"]
    assert total["value"] == 2.0
    assert total["text"] == "2.00"
    assert total["score"] == 0.75
    (box,) = total["boxes"]
    assert len(box) == 4
    assert all(isinstance(v, int) for v in box)
    assert total["conflict"] == ""
    assert form["tax"]["value"] is None
    assert form["tax"]["boxes"] == []
    assert form["items"][0]["name"]["value"] == "Tea"
    assert form["conflicts"] == []
    json.dumps(form, ensure_ascii=False)


def test_json_of_conflicts():
    rows = "Tea  2  5.00  10.00\nSubtotal  10.00\nTotal  16.00\nCash  20.00\nChange  10.00"
    document = paper("SHOP SDN BHD\nNO 1, JALAN SATU,\nItem  Qty  Price  Amount\n" + rows)
    form = to_json(extract(document), document)
    keys = [conflict["key"] for conflict in form["conflicts"]]
    assert keys == ["total", "change"]
    assert form["conflicts"][0]["found"] == 16.0
    assert form["conflicts"][0]["expected"] == 10.0
    assert form["conflicts"][0]["proposal"] == {"field": "total", "text": "10.00"}
    assert form["total"]["conflict"] == "total"
