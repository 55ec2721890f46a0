"""Documents that people corrected become a data set that can be read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.domain.documents import Correction
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.training import DataSource
from inspector_app.imaging.decode import file_sha256
from inspector_app.learning import importers
from inspector_app.learning.document_answers import document_answer
from inspector_app.learning.manifest import read_receipts
from inspector_app.services import projects
from inspector_app.services.corrected_documents import write_corrected
from tests.ui import reading_fake as fake


@pytest.fixture
def project(tmp_path: Path):
    images = [fake.draw_receipt(tmp_path / f"{name}.png") for name in "abcd"]
    with projects.open_project(tmp_path / "lot.inspect", create=True) as made:
        made.add_images([str(image) for image in images])
        for image in made.images():
            made.set_reading(image.id, fake.receipt(image.path), "receipt")
        yield made


def correct(project: projects.Project, number: int, field: str, read: str, text: str) -> None:
    image = project.images()[number]
    project.add_correction(Correction(image.id, field, read, text, "Lan"))


def test_corrected_documents_are_written_with_what_people_made_of_them(
    project: projects.Project, tmp_path: Path
):
    correct(project, 0, "total", "42.10", "41.20")
    correct(project, 0, "items.+1.name", "", "Bag")
    correct(project, 0, "items.+1.amount", "", "0")
    correct(project, 1, "shop", "Corner Shop Sdn Bhd", "Corner Shop")  # its total is in doubt still
    correct(project, 2, "total", "42.10", "41.20")
    Path(project.images()[2].path).unlink()
    written = write_corrected(project, tmp_path / "set", language="vi")
    assert (written.written, written.conflicts, written.unreadable) == (1, 1, 1)
    (sample,) = read_receipts(written.manifest, ["train"])
    assert Path(sample.image).read_bytes() == Path(project.images()[0].path).read_bytes()
    assert (sample.width, sample.height) == (fake.WIDTH, fake.HEIGHT)
    assert sample.fields["company"] == "Corner Shop Sdn Bhd"
    assert (sample.fields["total"], sample.fields["date"]) == ("41.20", "2026-03-14")
    assert sample.fields["discount"] is None
    assert sample.items is not None and sample.items[0]["unit_price"] == "6.40"
    assert (sample.items[3]["name"], sample.items[3]["amount"]) == ("Bag", "0")


def test_corrections_are_not_paired_with_a_changed_image(project: projects.Project, tmp_path: Path):
    for number, image in enumerate(project.images()[:2]):
        project.set_reading(
            image.id, fake.receipt(image.path), "receipt", file_sha256(Path(image.path))
        )
        correct(project, number, "total", "42.10", "41.20")
    changed = Path(project.images()[0].path)
    changed.write_bytes(changed.read_bytes() + b"another")
    read = importers.read(DataSource(str(project.path), "project"))
    assert [sample.images for sample in read.samples] == [(project.images()[1].path,)]
    assert "image was changed" in read.concerns[0].what
    written = write_corrected(project, tmp_path / "set")
    assert (written.written, written.changed, written.unreadable) == (1, 1, 0)
    (sample,) = read_receipts(written.manifest, ["train"])
    assert Path(sample.image).read_bytes() == Path(project.images()[1].path).read_bytes()


def test_they_are_lessons_under_our_schema(project: projects.Project, tmp_path: Path):
    correct(project, 0, "total", "42.10", "41.20")
    written = write_corrected(project, tmp_path / "set", "val")
    read = importers.read(DataSource(str(written.manifest), split="val"))
    assert read.concerns == ()
    (sample,) = read.samples
    answer = json.loads(document_answer(sample)[1])
    assert (answer["shop"], answer["total"], answer["tax"]) == ("Corner Shop Sdn Bhd", 41.2, None)
    assert answer["items"][1] == {
        "name": "Rice cakes", "quantity": 3, "unit_price": 4.8, "amount": 14.4,
    }  # fmt: skip


def test_a_conflict_that_a_correction_mended_keeps_no_document_out(project: projects.Project):
    correct(project, 0, "total", "42.10", "41.20")
    correct(project, 1, "total", "42.10", "43.10")  # no better
    correct(project, 0, "items.1", "Rice cakes 3 4.80 14.40", "")
    correct(project, 0, "subtotal", "41.20", "26.80")
    correct(project, 0, "total", "42.10", "26.80")
    correct(project, 0, "paid", "50.00", "35.60")
    read = importers.read(DataSource(str(project.path), form="project"))
    (sample,) = read.samples
    fields = dict(sample.fields)
    assert fields["total"] == "26.80" and fields["items.1.name"] == "Noodles, spicy"
    assert "contradict" in read.concerns[0].what


def test_nothing_to_learn_from_and_full_folders_are_told(project: projects.Project, tmp_path: Path):
    with pytest.raises(BadInputError, match="no corrected document"):
        write_corrected(project, tmp_path / "set")
    correct(project, 0, "total", "42.10", "41.20")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with pytest.raises(BadInputError, match="no empty folder"):
        write_corrected(project, tmp_path / "full")
    with pytest.raises(BadInputError, match="no split"):
        write_corrected(project, tmp_path / "set", "dev")
