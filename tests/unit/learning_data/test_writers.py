from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers import read
from inspector_app.learning.writers import write_boxes, write_coco, write_manifest, write_yolo
from tests.conftest import REAL_DATA
from tests.unit.learning_data.test_manifest_reader import picture

PIT = FoundBox("pit", Box(0.1, 0.25, 0.3, 0.5))
DENT = FoundBox("dent", Box(0.5, 0.5, 0.75, 1))


def parts(folder: Path) -> list[Sample]:
    """A part lying on its side, a good one, and one whose defect has no known place."""
    first = picture(folder / "images" / "a.jpg", orientation=6)
    second = picture(folder / "images" / "b.jpg")
    third = picture(folder / "images" / "c.jpg")
    base = Sample((str(first),), Task.DETECTION, "train", is_defect=True, category="nut")
    return [
        replace(base, located=(PIT, DENT), golden=str(second), mask=str(third)),
        replace(base, images=(str(second),), located=(), is_defect=False, split="val"),
        replace(base, images=(str(third),), located=None, question_type="scratch"),
    ]


def same(read_again: tuple[Sample, ...], written: list[Sample], labels: bool = True) -> None:
    assert len(read_again) == len(written)
    for one, two in zip(read_again, written, strict=True):
        assert one.images == two.images
        assert one.is_defect == two.is_defect
        assert (one.located is None) == (two.located is None)
        for found, wanted in zip(one.located or (), two.located or (), strict=True):
            assert found.box.iou(wanted.box) > 0.995
            assert found.label == (wanted.label if labels else "defect")


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path):
    found = parts(tmp_path)
    asked = Sample(
        found[1].images, Task.VQA, "val", "Mấy lỗ?", ("hai", "2"), question_type="number",
        explanations=("có hai lỗ",), language="vi", category="nut",
    )  # fmt: skip
    alone = Sample((), Task.VQA, "test", "q", ("a",))
    receipt = Sample(
        found[2].images, Task.EXTRACT, "train",
        fields=(("shop", "A"), ("total", None), ("items.0.name", "Sữa")),
    )  # fmt: skip
    described = Sample(found[1].images, Task.CAPTION, "train", answers=("A nut.",))
    written = [*found, asked, alone, receipt, described]
    path = tmp_path / "manifest.jsonl"
    write_manifest(written, path)
    again = read(DataSource(str(path)))
    assert again.concerns == ()
    same(again.samples[:3], found)
    assert [replace(each, located=(), source="") for each in again.samples] == [
        replace(each, located=()) for each in written
    ]
    first = json.loads(path.read_text("utf-8").splitlines()[0])
    assert (first["width"], first["height"]) == (100, 80)  # as stored
    assert first["boxes"][0] == [25, 56, 50, 72]


def test_coco_yolo_and_boxes_are_read_as_they_were_written(tmp_path: Path):
    found = parts(tmp_path)
    placed = [each for each in found if each.located is not None]
    write_coco(found, tmp_path / "coco.json")
    again = read(DataSource(str(tmp_path / "coco.json"), "coco"))
    assert again.concerns == ()
    same(again.samples, placed)
    write_yolo(found, tmp_path)
    again = read(DataSource(str(tmp_path), "yolo"))
    assert again.concerns == ()
    same(again.samples, placed)
    assert [each.split for each in again.samples] == ["train", "val"]
    write_boxes(found, tmp_path / "boxes.json")
    again = read(DataSource(str(tmp_path / "boxes.json"), "boxes"))
    assert again.concerns == ()
    same(again.samples, found, labels=False)


def test_images_outside_the_folder_are_refused(tmp_path: Path):
    found = parts(tmp_path / "data")
    below = tmp_path / "elsewhere"
    for write in (write_manifest, write_coco, write_boxes):
        with pytest.raises(BadInputError, match="does not lie in"):
            write(found, below / "file.json")
    with pytest.raises(BadInputError, match="does not lie in"):
        write_yolo(found, below)
    moved = Sample((str(picture(tmp_path / "a.jpg")),), Task.DETECTION, "train", is_defect=False)
    with pytest.raises(BadInputError, match="folder named images"):
        write_yolo([moved], tmp_path)


@pytest.mark.real
@pytest.mark.parametrize("name", ["magnetic_tile", "neu_det", "sroie", "easy_vqa"])
def test_real_sets_are_the_same_after_writing(tmp_path: Path, name: str):
    (tmp_path / name).symlink_to(REAL_DATA / name)
    found = read(DataSource(str(tmp_path / name / "manifest.jsonl"), split="train")).samples
    path = tmp_path / "manifest.jsonl"
    write_manifest(found, path)
    again = read(DataSource(str(path))).samples
    assert len(again) == len(found)
    for one, two in zip(again, found, strict=True):
        assert replace(one, located=(), source="") == replace(two, located=(), source="")
        for box, wanted in zip(one.located or (), two.located or (), strict=True):
            assert box.label == wanted.label
            assert box.box.iou(wanted.box) > 0.999
