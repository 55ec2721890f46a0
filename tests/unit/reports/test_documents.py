"""Documents as JSON, CSV and workbook: corrections in, nothing taken for a formula."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.documents import (
    Conflict,
    Correction,
    Document,
    Extraction,
    Field,
    Page,
    Place,
    Reading,
    SecondReading,
)
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.geometry import Box
from inspector_app.services import documents
from inspector_app.services.reading import fields_json
from inspector_app.store.project import Project

PLACE = Place(0, Box(0.1, 0.2, 0.3, 0.4))
CLASH = Conflict("items_sum", ("total",), 42.1, 41.2, (PLACE,), ("total", "41.20"))
ITEM = (
    Field("name", "+Tea", "+Tea", 0.9, (PLACE,)),
    Field("quantity", 2, "2", 0.9, (PLACE,)),
    Field("amount", 41.2, "41.20", 0.9, (PLACE,)),
)
FIELDS = (
    Field("shop", "=SUM(A1)", "=SUM(A1)", 0.98, (PLACE,)),
    Field("tax_code", "0301234567", "0301234567", 0.9, (PLACE,)),
    Field("date"),
    Field("total", 42.1, "42.10", 0.93, (PLACE,), "items_sum"),
)
READING = Reading(
    Document("/lot/a.png", (Page(0, 600, 800, ()),), reader="fake 1"),
    Extraction("receipt", FIELDS, (ITEM,), (CLASH,)),
    "A receipt.",
)


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "lot.inspect") as made:
        made.add_images(["/lot/a.png", "/lot/b.png", "/lot/c.png"])
        for image in made.images()[:2]:
            made.set_reading(image.id, READING, "receipt")
        yield made


def correct(project: Project, field: str = "total", text: str = "41,20") -> str:
    image = project.images()[0]
    project.add_correction(Correction(image.id, field, "42.10", text, "Lan"))
    return image.id


def test_one_document_as_json(project: Project):
    image_id = correct(project)
    found = json.loads(documents.json_text(project, image_id))
    assert found["shop"] == {
        "value": "=SUM(A1)",
        "text": "=SUM(A1)",
        "score": 0.98,
        "boxes": [[60, 160, 180, 320]],
        "conflict": "",
    }
    assert found["date"]["value"] is None
    total = found["total"]
    assert (total["value"], total["read"], total["corrected"]) == (41.2, "42.10", True)
    assert (total["score"], total["conflict"]) == (None, "")
    assert found["items"][0]["amount"]["value"] == 41.2
    assert found["conflicts"] == []
    assert documents.json_text(project, project.images()[2].id) == ""


def test_a_reading_of_no_project_gives_the_same_fields(project: Project):
    whole = json.loads(documents.json_text(project, project.images()[1].id))
    assert json.loads(json.dumps(fields_json(READING, "receipt"))) == whole


def test_what_is_not_in_the_document_is_null(project: Project):
    image_id = correct(project, text="")
    total = json.loads(documents.json_text(project, image_id))["total"]
    assert (total["value"], total["text"], total["read"]) == (None, "", "42.10")


def test_pages_are_told_where_there_are_several(project: Project):
    pages = (Page(0, 600, 800, ()), Page(1, 600, 800, ()))
    more = replace(READING, document=replace(READING.document, pages=pages))
    image = project.images()[2]
    project.set_reading(image.id, more, "receipt")
    assert json.loads(documents.json_text(project, image.id))["total"]["pages"] == [1]


def test_the_workbook_has_a_row_a_document_and_a_row_an_item(project: Project, tmp_path: Path):
    correct(project)
    path = documents.write(project, None, tmp_path / "all.xlsx", "vi")
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
        strings = book.read("xl/sharedStrings.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert 'name="Tài liệu"' in names and 'name="Mặt hàng"' in names
    assert [sheet.count("<row ") for sheet in sheets] == [3, 3]  # heads and two documents
    assert "<f>" not in "".join(sheets)
    assert "=SUM(A1)" in strings and "+Tea" in strings
    assert "0301234567" in strings  # the code keeps its zero
    assert "<v>41.2</v>" in sheets[0] and "<v>42.1</v>" in sheets[0]
    assert "Cộng các mặt hàng được 41,20, nhưng hóa đơn ghi 42,10." in strings


def test_sums_and_summary_of_exports_are_of_what_was_corrected(project: Project, tmp_path: Path):
    image_id = correct(project, text="43.10")  # no better than what was read
    found = json.loads(documents.json_text(project, image_id))
    assert (found["conflicts"][0]["found"], found["conflicts"][0]["expected"]) == (43.1, 41.2)
    project.add_correction(Correction(image_id, "items.+1.amount", "", "1.90", "Lan"))
    project.add_correction(Correction(image_id, "items.+1.name", "", "Bag", "Lan"))
    found = json.loads(documents.json_text(project, image_id))
    assert found["conflicts"] == []
    assert (found["items"][1]["amount"]["value"], found["items"][1]["amount"]["read"]) == (1.9, "")
    path = documents.write(project, None, tmp_path / "all.json", "en", long=True)
    first, second = json.loads(path.read_text("utf-8"))
    assert "43.10" in first["summary"] and "Bag" in first["summary"]
    assert "do not agree" in second["summary"] and "do not agree" not in first["summary"]
    lines = documents.write(project, None, tmp_path / "all.csv").read_text("utf-8-sig")
    assert "a.png,items.1.amount,1.9,1.90,yes" in lines.splitlines()
    project.add_correction(Correction(image_id, "items.0", "+Tea 2 41.20", "", "Lan"))
    items = json.loads(documents.json_text(project, image_id))["items"]
    assert [item["name"]["value"] for item in items] == ["Bag"]


def test_the_wanted_schema_goes_before_a_later_reading(project: Project, tmp_path: Path):
    image, other = project.images()[:2]
    project.set_reading(image.id, replace(READING, extraction=None), "")
    assert json.loads(documents.json_text(project, image.id)) == {}
    found = json.loads(documents.json_text(project, image.id, "receipt"))
    assert found["total"]["value"] == 42.1
    path = documents.write(project, None, tmp_path / "all.json", schema="receipt")
    assert [d["schema"] for d in json.loads(path.read_text("utf-8"))] == ["receipt"] * 2
    # One that was not read so is there all the same.
    assert json.loads(documents.json_text(project, other.id, "id-card")) != {}


def test_titles_of_a_users_own_schema_are_heads(project: Project, tmp_path: Path):
    schema = tmp_path / "note.json"
    schema.write_text(
        json.dumps(
            {
                "title": "Delivery note",
                "x-title-vi": "Phiếu giao",
                "properties": {
                    "order": {"title": "Order number", "x-title-vi": "Mã đơn"},
                    "lines": {
                        "type": "array",
                        "items": {"properties": {"qty": {"title": "pieces"}}},
                    },
                },
            }
        )
    )
    fields = (Field("order", "A-1", "A-1", 0.9, (PLACE,)),)
    items = ((Field("qty", 2, "2", 0.9, (PLACE,)),),)
    reading = replace(READING, extraction=Extraction("note", fields, items))
    project.set_reading(project.images()[2].id, reading, str(schema))

    def strings(language: str) -> str:
        path = documents.write(project, None, tmp_path / "all.xlsx", language)
        with zipfile.ZipFile(path) as book:
            return book.read("xl/sharedStrings.xml").decode()

    assert all(f"<t>{w}</t>" in strings("vi") for w in ("Phiếu giao", "Mã đơn", "Pieces"))
    assert "<t>Order number</t>" in strings("en")
    schema.unlink()  # gone by now: names as they are
    assert all(f"<t>{w}</t>" in strings("en") for w in ("note", "Order", "Qty"))


def test_a_second_reader_stands_beside(project: Project, tmp_path: Path):
    image = project.images()[0]
    fields = (replace(FIELDS[0], value="Shop"), *FIELDS[1:3], Field("total", 41.2, "41.2"))
    unseen = (replace(ITEM[0], value="Tee"), *ITEM[1:])
    second = SecondReading(
        "qwen", Extraction("receipt", fields, (unseen,)), ("total",), ("shop", "total"), "{}", False
    )
    project.set_second(image.id, "receipt", second)
    correct(project)
    told = json.loads(documents.json_text(project, image.id))["second"]
    assert (told["engine"], told["with_text"]) == ("qwen", False)
    assert told["fields"]["total"]["value"] == 41.2
    assert (told["differing"], told["unseen"]) == (["shop", "total"], ["total"])
    assert told["undecided"] == ["shop"]
    assert "second" not in json.loads(documents.json_text(project, project.images()[1].id))
    path = documents.write(project, None, tmp_path / "all.xlsx", "vi")
    with zipfile.ZipFile(path) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 3
        rows = book.read("xl/worksheets/sheet3.xml").decode().count("<row ")
    assert "<t>Không có trong phần chữ</t>" in strings
    assert rows == 3  # a head, shop and total


def test_csv_of_several_names_the_image(project: Project, tmp_path: Path):
    path = documents.write(project, None, tmp_path / "all.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0] == "image,field,value,text,corrected"
    assert "a.png,shop,'=SUM(A1),'=SUM(A1)," in lines
    assert "b.png,items.0.quantity,2,2," in lines


def test_nothing_read_and_other_suffixes_are_told(project: Project, tmp_path: Path):
    with pytest.raises(BadInputError, match="No document was read"):
        documents.write(project, [project.images()[2].id], tmp_path / "c.json")
    with pytest.raises(BadInputError, match=r"\.json, \.csv, \.xlsx"):
        documents.write(project, None, tmp_path / "c.pdf")
