"""Readings and corrections in the project file."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.corrected import counting, number_of, written
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
    TextLine,
)
from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.services import projects
from inspector_app.store.project import Project
from inspector_app.store.reading_json import reading_of, reading_text

CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.1), (0.0, 0.1))
PLACE = Place(0, Box(0.1, 0.2, 0.30000000000000004, 0.4))
READING = Reading(
    Document(
        "/lot/part.png",
        (
            Page(
                0,
                600,
                800,
                (
                    TextLine("Tổng cộng 42.10", PLACE.box, 0.93, base="Tong cong 42.10"),
                    TextLine(
                        "x", PLACE.box, None, ((0.0, 0.0), (1.0, 0.0), (1.0, 0.1), (0.0, 0.1))
                    ),
                ),
                turned=90,
                remarks=("turned",),
            ),
        ),
        reader="rapidocr 3.10.0",
        seconds=1.25,
    ),
    Extraction(
        "receipt",
        (
            Field("shop", "Bách Hoá Xanh", "BÁCH HOÁ XANH", 0.98, (PLACE,)),
            Field("date"),
            Field("total", 42.1, "42.10", 0.93, (PLACE,), "items_sum"),
        ),
        ((Field("name", "Sữa", "Sữa", 0.9, (PLACE,)), Field("amount", 41, "41", 0.9, (PLACE,))),),
        (Conflict("items_sum", ("total",), 42.1, 41.2, (PLACE,), ("total", "41.20")),),
        ("two_receipts",),
    ),
    "Bought at Bách Hoá Xanh.",
)


def correct(image: ImageRef, text: str = "41.20", field: str = "total") -> Correction:
    return Correction(image.id, field, "42.10", text, "Lan")


def note(image: ImageRef, text: str) -> Finding:
    author = Author(AuthorKind.PERSON, "Lan")
    return Finding(image.id, "total", PLACE.box, author, state=FindingState.ACCEPTED, note=text)


def test_a_reading_comes_back_as_it_was():
    assert reading_of(reading_text(READING)) == READING
    text_only = Reading(Document("x", ()))
    assert reading_of(reading_text(text_only)) == text_only


@pytest.mark.parametrize(
    "path",
    [
        ("format",),
        ("summary",),
        ("document", "path"),
        ("document", "seconds"),
        ("document", "pages", 0, "width"),
        ("document", "pages", 0, "lines", 0),
        ("document", "pages", 0, "lines", 0, 1),
        ("document", "pages", 0, "lines", 1, 3),
        ("extraction", "fields", 2, "places"),
        ("extraction", "fields", 2, "places", 0, 1, 2),
        ("extraction", "items", 0),
        ("extraction", "conflicts", 0, "found"),
        ("extraction", "conflicts", 0, "proposal"),
    ],
)
@pytest.mark.parametrize("wrong", [True, {"no": 1}, [None] * 7, float("nan")])
def test_damage_is_told_apart(path: tuple[str | int, ...], wrong: object):
    whole = json.loads(reading_text(READING))
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = wrong
    with pytest.raises(ValueError):
        reading_of(json.dumps(whole))


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", "{" * 50, "[" * 5000])
def test_what_is_no_reading_is_refused(text: str):
    with pytest.raises(ValueError):
        reading_of(text)


def test_the_newest_reading_of_an_image_counts(project: Project, image: ImageRef):
    assert project.reading(image.id) is None
    project.set_reading(image.id, READING, "receipt", "abc")
    card = replace(READING, extraction=Extraction("id-card", ()), summary="")
    project.set_reading(image.id, card, "id-card")
    newest, receipt = project.reading(image.id), project.reading(image.id, "receipt")
    assert newest is not None and newest.reading == card
    assert receipt is not None and (receipt.reading, receipt.sha256) == (READING, "abc")
    project.set_reading(image.id, READING, "receipt")
    again = project.reading(image.id)
    assert again is not None and again.schema == "receipt"
    assert {key: r.schema for key, r in project.readings().items()} == {image.id: "receipt"}
    project.remove_reading(image.id, "receipt")
    assert project.readings()[image.id].schema == "id-card"


def test_a_damaged_reading_is_left_out_with_a_line_in_the_log(
    project: Project, image: ImageRef, caplog: pytest.LogCaptureFixture
):
    project.set_reading(image.id, READING, "receipt")
    project._connection.execute("UPDATE readings SET reading = substr(reading, 1, 100)")
    with caplog.at_level(logging.WARNING):
        assert project.reading(image.id) is None
        assert project.readings() == {}
    assert "a reading is left out" in caplog.text


def test_a_conflict_is_open_until_the_sums_agree_or_a_person_says_so(tmp_path: Path):
    with projects.open_project(tmp_path / "sums.inspect", create=True) as project:
        project.add_images(["/1.png"])
        image = project.images()[0]
        project.set_reading(image.id, READING, "receipt")
        assert project.summary(image.id).conflicts == 1
        project.add_correction(correct(image, "41.00"))
        assert project.summary(image.id).conflicts == 0
        project.remove_correction(image.id, "total")
        assert project.summaries()[0].conflicts == 1
        project.add_correction(correct(image, "43.10"))  # no better
        assert project.summary(image.id).conflicts == 1
        project.add_correction(replace(correct(image, "43.10"), read="43.10"))
        assert project.summary(image.id).conflicts == 0
        project.remove_correction(image.id, "total")
        project.add_correction(Correction(image.id, "items.0.amount", "41", "43.10", "Lan"))
        assert project.summary(image.id).conflicts == 0


def test_corrections_are_all_kept_and_the_newest_is_taken_back_first(
    project: Project, image: ImageRef
):
    first = project.add_correction(correct(image, "41.20"))
    second = project.add_correction(correct(image, ""))
    assert first.created < second.created
    assert project.corrections(image.id) == [first, second]
    assert project.remove_correction(image.id, "total") == second
    assert project.add_correction(second) == second  # as redo does
    assert project.corrections(image.id) == [first, second]
    project.remove_correction(image.id, "total")
    project.remove_correction(image.id, "total")
    with pytest.raises(StoreError):
        project.remove_correction(image.id, "total")


def test_a_correction_is_a_finding_of_a_person_and_replaces_the_one_before(
    project: Project, image: ImageRef
):
    project.add_correction(correct(image, "41.20"), note(image, "42.10 → 41.20"))
    project.add_correction(correct(image, "40"), note(image, "42.10 → 40"))
    assert [f.note for f in project.findings(image.id)] == ["42.10 → 40"]
    assert project.summary(image.id).label == "total"
    project.remove_correction(image.id, "total")
    kept = project.findings(image.id)
    assert [(f.note, f.state) for f in kept] == [("42.10 → 41.20", FindingState.ACCEPTED)]
    project.remove_correction(image.id, "total")
    assert project.findings(image.id, replaced=True) == []


def test_a_correction_goes_on_when_its_finding_was_deleted(project: Project, image: ImageRef):
    old = note(image, "42.10 → 41.20")
    project.add_correction(correct(image), old)
    project.remove_finding(old.id)
    project.add_correction(correct(image, "40"), note(image, "42.10 → 40"))
    project.remove_correction(image.id, "total")
    assert project.findings(image.id) == []


def test_nothing_is_stored_about_an_unknown_image(project: Project):
    with pytest.raises(StoreError):
        project.set_reading("nobody", READING)
    with pytest.raises(StoreError):
        project.add_correction(Correction("nobody", "total", "", "1", "Lan"))


SECOND = SecondReading(
    "qwen+nut",
    Extraction("receipt", (Field("shop", "Bách Hoá Xanh", "Bách Hoá Xanh"), Field("total", 41.2))),
    ("total",),
    ("total",),
    '{"total": 41.2}',
    with_text=False,
)


def test_a_second_reading_is_kept_one_an_engine(project: Project, image: ImageRef):
    with pytest.raises(StoreError, match="no reading to stand beside"):
        project.set_second(image.id, "receipt", SECOND)
    project.set_reading(image.id, READING, "receipt")
    project.set_second(image.id, "receipt", replace(SECOND, raw="before"))
    project.set_second(image.id, "receipt", SECOND)
    other = replace(SECOND, engine="minigpt", differing=(), unseen=())
    project.set_second(image.id, "receipt", other)
    with Project.open(project.path, read_only=True) as again:  # as after a restart
        newest, qwen = (
            again.second(image.id, "receipt"),
            again.second(image.id, "receipt", "qwen+nut"),
        )
        assert newest is not None and newest.second == other
        assert qwen is not None and qwen.second == SECOND
        assert again.second(image.id, "id-card") is None
    assert project.summary(image.id).differs == 0
    project.remove_second(image.id, "receipt", "minigpt")
    assert project.summary(image.id).differs == 1


def test_what_differs_is_counted_until_a_person_decides(project: Project, image: ImageRef):
    project.set_reading(image.id, READING, "receipt")
    project.set_second(image.id, "receipt", SECOND)
    project.add_correction(correct(image))
    assert project.summary(image.id).differs == 0
    project.remove_correction(image.id, "total")
    assert project.summaries()[0].differs == 1


def test_a_second_reading_goes_with_what_it_was_compared_with(project: Project, image: ImageRef):
    project.set_reading(image.id, READING, "receipt", "abc")
    project.set_second(image.id, "receipt", SECOND)
    project.set_reading(image.id, replace(READING, summary="Anew."), "receipt", "abc")
    assert project.second(image.id, "receipt") is not None
    project.set_reading(image.id, READING, "receipt", "def")  # another file
    assert project.second(image.id, "receipt") is None
    assert project.summary(image.id).differs == 0
    project.set_second(image.id, "receipt", SECOND)
    assert READING.extraction is not None
    fields = (*READING.extraction.fields[:2], Field("total", 9, "9", 0.9, (PLACE,)))
    changed = replace(READING, extraction=replace(READING.extraction, fields=fields))
    project.set_reading(image.id, changed, "receipt", "def")
    assert project.second(image.id, "receipt") is None


def test_a_damaged_second_reading_counts_as_none(
    project: Project, image: ImageRef, caplog: pytest.LogCaptureFixture
):
    project.set_reading(image.id, READING, "receipt")
    project.set_second(image.id, "receipt", SECOND)
    project._connection.execute("UPDATE second_readings SET second = substr(second, 1, 60)")
    with caplog.at_level(logging.WARNING):
        assert project.second(image.id, "receipt") is None
    assert "a second reading is left out" in caplog.text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("A 1", "A 1"),
        (114000.0, "114000"),
        (41.2, "41.2"),
        (1.125, "1.1250"),
        (-3, "-3"),
    ],
)
def test_a_value_is_written_as_it_is_read_again(value: object, text: str):
    assert written(value) == text  # type: ignore[arg-type]
    if isinstance(value, int | float):
        assert number_of(text) == value


def test_a_project_of_before_gets_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from inspector_app.store import migrations

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", migrations.STEPS[:1])
        with Project.create(tmp_path / "old.inspect") as old:
            old._connection.execute(
                "INSERT INTO images (id, path, sort_key, added) VALUES ('a', '/1.png', '1', 'now')"
            )
    with Project.open(tmp_path / "old.inspect") as project:
        project.set_reading(project.images()[0].id, READING, "receipt")
        assert project.summaries()[0].conflicts == 1


def test_a_correction_of_an_item_that_was_read_differently_since_does_not_count():
    assert READING.extraction is not None
    right = Correction("i", "items.0.amount", "41", "40", "Lan")
    moved = Correction("i", "items.0.name", "Bánh", "Bánh mì", "Lan")
    assert counting(READING.extraction, [right, moved]) == {"items.0.amount": right}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("41.20", 41.2),
        ("41,20", 41.2),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("114.000", 114000),
        ("1.250.000đ", 1250000),
        ("1 250 000 VND", 1250000),
        ("RM 9", 9),
        ("-3.50", -3.5),
        ("0.250", 0.25),
        ("12.", 12),
        ("", None),
        ("12 pieces of 3", None),
        ("abc", None),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float | None):
    assert number_of(text) == number


def test_a_quantity_has_decimals():
    assert number_of("1.250", decimals=True) == 1.25
