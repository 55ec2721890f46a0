"""Corrected documents: sums run again, what a person vouched for is not doubted, rows that go."""

from __future__ import annotations

import json
from pathlib import Path

from inspector_app.domain.corrected import all_fields, told_field
from inspector_app.domain.documents import Correction, Document, Extraction, Field, Reading
from inspector_app.domain.readings import StoredReading
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.recheck import Counted, compact, count, count_open
from inspector_app.parsing.documents.schemas import parse_schema
from tests.unit.documents_fields.papers import paper

HEAD = "TEA SHOP SDN BHD\nNO 1, JALAN SATU,\n43000 KAJANG\nItem  Qty  Price  Amount\n"
ROWS = "Tea  2  5.00  10.00\nMilk  1  2.50  2.50\n"


def stored(end: str, schema: str = "receipt") -> StoredReading:
    document = paper(HEAD + ROWS + end)
    return StoredReading("i", schema, Reading(document, extract(document)), "now")


def changed(field: str, read: str, text: str) -> Correction:
    return Correction("i", field, read, text, "Lan")


def keys(counted: Counted) -> list[str]:
    return [conflict.key for conflict in counted.now.conflicts]


def test_without_corrections_conflicts_are_those_that_were_read():
    reading = stored("Total  12.80")
    assert reading.reading.extraction is not None
    assert count(reading, []).now == reading.reading.extraction
    assert keys(count(reading, [])) == ["items_sum"]


def test_a_correction_mends_one_sum_and_may_break_another():
    reading = stored("Total  12.80")
    assert keys(count(reading, [changed("total", "12.80", "12.50")])) == []
    worse = count(reading, [changed("items.0.amount", "10.00", "11.00")])
    assert keys(worse) == ["line_amount", "items_sum"]
    assert worse.now.conflicts[1].expected == 13.5
    assert worse.now.items[0][3].conflict == "line_amount"
    assert count_open(reading, [changed("items.0.amount", "10.00", "11.00")]) == 2


def test_another_field_changes_nothing_about_the_sums():
    reading = stored("Total  12.80")
    assert count(reading, [changed("shop", "x", "Tea House")]).now.conflicts == (
        count(reading, []).now.conflicts
    )


def test_what_a_person_wrote_or_confirmed_is_not_proposed_to_be_mended():
    reading = stored("Total  12.80")
    assert reading.reading.extraction is not None
    (before,) = reading.reading.extraction.conflicts
    assert before.proposal is not None
    path, _ = before.proposal
    text = all_fields(reading.reading.extraction)[path].text
    for wrote in (text, "2.60"):
        counted = count(reading, [changed(path, text, wrote)])
        assert path in counted.corrections and counted.now.conflicts
        assert all(c.proposal is None or c.proposal[0] != path for c in counted.now.conflicts)


def test_saying_so_settles_what_is_told_of_that_field_until_it_changes():
    reading = stored("Total  12.80")
    told = told_field(count(reading, []).now.conflicts[0])
    so = changed(told, "12.80", "12.80")
    assert told == "total" and keys(count(reading, [so])) == []
    again = [so, changed("total", "12.80", "13.00")]
    assert keys(count(reading, again)) == ["items_sum"]
    assert keys(count(reading, [*again, changed("total", "13.00", "13.00")])) == []


def test_rows_that_go_and_come_count_in_the_sum_and_move_up_in_files():
    reading = stored("Total  12.50")
    gone = changed("items.0", "Tea 2 5.00 10.00", "")
    counted = count(reading, [gone])
    assert len(counted.now.items) == 2 and keys(counted) == ["items_sum"]
    assert counted.now.conflicts[0].fields == ("items.1.amount", "total")
    added = [changed("items.+1.name", "", "Cake"), changed("items.+1.amount", "", "10.00")]
    assert keys(count(reading, [gone, *added])) == []
    files = compact(count(reading, [gone, *added]))
    assert [item[0].value for item in files.now.items] == ["Milk", "Cake"]
    assert list(files.corrections) == ["items.1.name", "items.1.amount"]
    assert compact(counted).now.conflicts[0].fields == ("items.0.amount", "total")
    # Gone as a whole; and nothing of it counts where the row was read differently since.
    assert len(count(reading, [*added, changed("items.+1", "", "")]).now.items) == 2
    assert count(reading, [changed("items.0", "Coffee 1 3.00", "")]).corrections == {}


def test_rows_by_hand_stay_behind_however_many_are_read_next_time():
    added = changed("items.+1.name", "", "Cake")
    one = count(stored("Total  12.50"), [added])
    more = count(stored("Bread  1  1.00  1.00\nTotal  13.50"), [added])
    assert list(one.corrections) == ["items.2.name"]
    assert list(more.corrections) == ["items.3.name"]
    assert more.now.items[3][0].value == "Cake"


def test_sums_of_an_own_schema_know_the_tax_that_it_does_not_ask_for():
    text = HEAD + ROWS + "Subtotal  12.50\nGST 6%  0.75\nTotal  13.25"
    document = paper(text)
    asked = {"subtotal": {"type": "number"}, "total": {"type": "number"}}
    schema = parse_schema(json.dumps({"properties": asked}), "mine")
    reading = StoredReading("i", "/mine.json", Reading(document, extract(document, schema)), "now")
    assert keys(count(reading, [])) == []
    assert keys(count(reading, [changed("total", "13.25", "13.25")])) == []
    assert keys(count(reading, [changed("subtotal", "12.50", "12.50")])) == []


def test_corrections_under_an_own_schema_are_of_the_kinds_it_says(tmp_path: Path):
    row = {"properties": {"length": {"type": "number"}}}
    properties = {
        "weight": {"type": "number"},
        "depth": {"type": "number"},
        "pieces": {"type": "integer"},
        "ok": {"type": "boolean"},
        "code": {"type": "string"},
        "total": {"type": "number"},
        "lines": {"type": "array", "items": row},
    }
    schema = tmp_path / "plate.json"
    schema.write_text(json.dumps({"properties": properties}))
    fields = (Field("weight", 2.125, "2.125"), *map(Field, [*properties][1:-1]))
    read = Extraction("plate", fields, ((Field("length"),),))
    stored = StoredReading("a", str(schema), Reading(Document("a.png", ()), read), "")
    texts = {"depth": "1.250", "pieces": "1.250", "ok": "yes", "code": "12", "total": "114.000"}
    texts |= {"items.0.length": "3.5", "items.+1.length": "0.125"}
    corrections = [changed("weight", "2.125", "2.126")]
    corrections += [changed(path, "", text) for path, text in texts.items()]
    now = all_fields(count(stored, corrections).now)
    assert {path: field.value for path, field in now.items()} == {
        "weight": 2.126,
        "depth": 1.25,
        "pieces": 1250,
        "ok": True,
        "code": "12",
        "total": 114000,
        "items.0.length": 3.5,
        "items.1.length": 0.125,
    }
    schema.unlink()  # what was read as a broken number stays one
    assert all_fields(count(stored, corrections).now)["weight"].value == 2.126
