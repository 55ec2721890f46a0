from __future__ import annotations

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
)
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState, FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import Overrule
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.domain.verdicts import Verdict
from inspector_app.learning.importers import read
from inspector_app.store.project import Project
from tests.unit.learning_data.test_manifest_reader import picture

ENGINE = Author(AuthorKind.ENGINE, "qwen2-vl-2b")
PERSON = Author(AuthorKind.PERSON, "Lan")
BOX = Box(0.1, 0.2, 0.3, 0.4)
NAMES = (
    "unseen", "accepted", "edited", "rejected", "drawn", "waiting", "good", "bad", "receipt",
    "unread", "clash",
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "line.inspect"
    with Project.create(path) as store:
        store.add_images([picture(tmp_path / f"{name}.png") for name in NAMES])
        ids = {Path(image.path).stem: image.id for image in store.images()}

        def found(name: str, state: FindingState, author: Author = ENGINE) -> Finding:
            finding = Finding(ids[name], "pit", BOX, author, 0.7, state)
            store.add_finding(finding)
            return finding

        found("unseen", FindingState.PROPOSED)
        found("accepted", FindingState.ACCEPTED)
        found("accepted", FindingState.REJECTED)
        edited = found("edited", FindingState.PROPOSED)
        store.edit_finding(edited.id, label="dent", box=Box(0.5, 0.5, 1, 1), person="Lan")
        found("rejected", FindingState.REJECTED)
        found("drawn", FindingState.PROPOSED, PERSON)
        found("waiting", FindingState.ACCEPTED)
        found("waiting", FindingState.UNSURE)
        found("good", FindingState.PROPOSED)
        store.set_overrule(Overrule(ids["good"], Verdict.ACCEPT, "Lan"))
        store.set_overrule(Overrule(ids["bad"], Verdict.REJECT, "Lan"))

        place = (Place(0, BOX),)
        fields = (Field("shop", "ABC", "ABC", 0.9, place), Field("total", 90.0, "90", 0.9, place))
        item = (Field("name", "Milk", "Milk", 0.9, place), Field("amount", 9.5, "9.5", 0.9, place))
        extraction = Extraction("receipt", (*fields, Field("date")), (item,))
        document = Document("", (Page(0, 100, 80, ()),))
        conflict = Conflict("total", ("items.0.amount", "total"), 90, 9.5)
        store.set_reading(ids["receipt"], Reading(document, extraction), "")
        store.set_reading(ids["unread"], Reading(document, extraction), "")
        clash = replace(extraction, conflicts=(conflict,))
        store.set_reading(ids["clash"], Reading(document, clash), "")
        store.add_correction(Correction(ids["receipt"], "total", "90", "9.50", "Lan"))
        store.add_correction(Correction(ids["clash"], "shop", "ABC", "ABD", "Lan"))
    return path


def test_what_people_decided_becomes_samples(project: Path):
    imported = read(DataSource(str(project), "project"))
    found = {Path(each.images[0]).stem: each for each in imported.samples}
    assert set(found) == {"accepted", "edited", "rejected", "drawn", "good", "bad", "receipt"}

    def part(name: str) -> tuple[bool | None, tuple[FoundBox, ...] | None]:
        return found[name].is_defect, found[name].located

    assert part("accepted") == (True, (FoundBox("pit", BOX),))
    assert part("edited") == (True, (FoundBox("dent", Box(0.5, 0.5, 1, 1)),))
    assert part("rejected") == (False, ())
    assert part("drawn") == (True, (FoundBox("pit", BOX),))
    assert part("good") == (False, ())
    assert part("bad") == (True, None)
    receipt = found["receipt"]
    assert (receipt.task, receipt.language, receipt.category) == (Task.EXTRACT, "en", "receipt")
    assert dict(receipt.fields) == {
        "company": "ABC",
        "total": "9.50",
        "date": None,
        "items.0.name": "Milk",
        "items.0.amount": "9.50",
    }
    said = {each.what: each.where for each in imported.concerns}
    assert [where for what, where in said.items() if "wait for" in what] == [
        ("line.inspect: waiting.png",)
    ]
    assert [where for what, where in said.items() if "contradict" in what] == [
        ("line.inspect: clash.png",)
    ]


def test_nothing_in_the_project_changes(project: Path):
    before = project.read_bytes()
    read(DataSource(str(project), "project"))
    assert project.read_bytes() == before


def test_a_part_accepted_with_an_accepted_defect_is_told(project: Path, tmp_path: Path):
    with Project.open(project) as store:
        image = store.image_by_path(tmp_path / "accepted.png")
        assert image is not None
        store.set_overrule(Overrule(image.id, Verdict.ACCEPT, "Lan"))
    found = read(DataSource(str(project), "project"))
    assert "although a defect" in found.concerns[0].what
    assert not [each for each in found.samples if _stem(each) == "accepted"]


def test_a_part_to_be_reviewed_waits(project: Path, tmp_path: Path):
    with Project.open(project) as store:
        for name in ("unseen", "bad", "rejected", "accepted"):
            image = store.image_by_path(tmp_path / f"{name}.png")
            assert image is not None
            store.set_overrule(Overrule(image.id, Verdict.REVIEW, "Lan"))
    found = read(DataSource(str(project), "project"))
    # "accepted" has a defect that stands, whatever becomes of the part.
    assert {_stem(each) for each in found.samples} == {
        "accepted", "edited", "drawn", "good", "receipt"
    }  # fmt: skip
    (concern,) = (each for each in found.concerns if "wait for" in each.what)
    assert set(concern.where) == {
        f"line.inspect: {name}.png" for name in ("unseen", "bad", "rejected", "waiting")
    }


def test_what_is_no_project(tmp_path: Path):
    path = tmp_path / "a.inspect"
    path.write_bytes(b"text")
    with pytest.raises(BadInputError):
        read(DataSource(str(path), "project"))


def _stem(sample: Sample) -> str:
    return Path(sample.images[0]).stem
