from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.imaging.pixels import turned
from inspector_app.learning import importers
from inspector_app.learning.document_answers import document_answer
from inspector_app.learning.importers.nested import flatten, nest
from inspector_app.learning.importers.places import Placer, turn, turn_back
from inspector_app.learning.importers.rows import Concerns, RowError, locate, split_of
from inspector_app.learning.manifest import read_lines
from tests.conftest import REAL_DATA

DETECT = {
    "image": "images/a.png",
    "split": "train",
    "task": "detect",
    "category": "nut",
    "is_defect": True,
    "boxes": [[10, 20, 30, 40]],
    "defect_type": "scratch",
    "mask": None,
    "label_level": "box",
    "width": 100,
    "height": 80,
}


def picture(path: Path, size: tuple[int, int] = (100, 80), orientation: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", size, (90, 120, 60))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, exif=exif)
    return path


def manifest(folder: Path, *rows: object) -> DataSource:
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return DataSource(str(path))


def test_a_detection_row_becomes_fractions_with_its_label(tmp_path: Path):
    picture(tmp_path / "images" / "a.png")
    (sample,) = importers.read(manifest(tmp_path, DETECT)).samples
    assert sample.located == (FoundBox("scratch", Box(0.1, 0.25, 0.3, 0.5)),)
    assert (sample.task, sample.is_defect, sample.category) == (Task.DETECTION, True, "nut")
    assert sample.source.endswith("manifest.jsonl:1")


def test_types_of_boxes_are_labels_and_unknown_places_stay_unknown(tmp_path: Path):
    picture(tmp_path / "images" / "a.png")
    two = DETECT | {"boxes": [[1, 1, 5, 5], [2, 2, 9, 9]], "box_types": ["pit", "dent"]}
    mixed = DETECT | {"defect_type": "pit+dent"}
    read = importers.read(
        manifest(tmp_path, two, mixed, DETECT | {"boxes": None}, DETECT | {"boxes": []})
    ).samples
    assert [each.label for each in read[0].located or ()] == ["pit", "dent"]
    assert [each.label for each in read[1].located or ()] == ["defect"]
    assert read[2].located is None
    assert read[3].located == ()


def test_boxes_turn_with_the_image(tmp_path: Path):
    # Six says: turn a quarter clockwise. What was low and left is then high and left.
    picture(tmp_path / "images" / "a.jpg", orientation=6)
    row = DETECT | {"image": "images/a.jpg", "boxes": [[0, 60, 10, 80]]}
    (sample,) = importers.read(manifest(tmp_path, row)).samples
    assert sample.located is not None
    assert sample.located[0].box == Box(0, 0, 0.25, 0.1)
    upright = row | {"width": 80, "height": 100, "boxes": [[0, 0, 20, 10]]}
    (same,) = importers.read(manifest(tmp_path, upright)).samples
    assert same.located == sample.located


@pytest.mark.parametrize("orientation", range(1, 9))
def test_corners_turn_as_pixels_do(orientation: int):
    import numpy as np

    pixels = np.zeros((40, 60), np.uint8)
    pixels[4:10, 12:30] = 255
    upright = turned(pixels, orientation)
    rows, columns = np.nonzero(upright)
    height, width = upright.shape
    x1, y1, x2, y2 = turn((12 / 60, 4 / 40, 30 / 60, 10 / 40), orientation)
    found = (x1 * width, y1 * height, x2 * width, y2 * height)
    wanted = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert found == pytest.approx(wanted)
    back = turn_back((x1, y1, x2, y2), orientation)
    assert back == pytest.approx((12 / 60, 4 / 40, 30 / 60, 10 / 40))


def test_questions_answers_and_explanations(tmp_path: Path):
    picture(tmp_path / "coco" / "COCO_val2014_000000000042.jpg")
    asked = {
        "image": None, "coco_image_id": 42, "split": "val", "task": "vqa", "question": "Vì sao?",
        "answer": "có", "explanation": ["một", "hai"], "question_type": "yes/no", "language": "vi",
    }  # fmt: skip
    source = manifest(tmp_path, asked, asked | {"coco_image_id": 7})
    alone = importers.read(source)
    assert [each.images for each in alone.samples] == [(), ()]
    joined = importers.read(DataSource(source.path, images=str(tmp_path / "coco")))
    (sample,) = joined.samples
    assert Path(sample.images[0]).name == "COCO_val2014_000000000042.jpg"
    assert sample.answers == ("có",)
    assert sample.explanations == ("một", "hai")
    assert (sample.language, sample.question_type) == ("vi", "yes/no")
    (concern,) = joined.concerns
    assert concern.severity == "warning"
    assert concern.count == 1
    assert concern.where[0].endswith(":2")


def test_a_broken_row_is_told_and_left_out(tmp_path: Path):
    picture(tmp_path / "images" / "a.png")
    rows = [
        DETECT,
        DETECT | {"split": "other"},
        DETECT | {"boxes": [[1, 2, 3]]},
        DETECT | {"image": "../../secret.png"},
        DETECT | {"boxes": [[500, 500, 600, 600]]},
        DETECT | {"image": "gone.png", "width": 0},
        {"task": "detect", "split": "train"},
    ]
    read = importers.read(manifest(tmp_path, *rows))
    assert len(read.samples) == 1
    assert [each.severity for each in read.concerns] == ["error"] * 5
    assert sum(each.count for each in read.concerns) == 6
    texts = " ".join(each.what for each in read.concerns)
    for part in ("'other'", "'boxes'", "'image'", "no area", "cannot be read"):
        assert part in texts


def test_a_broken_file_says_its_line(tmp_path: Path):
    path = tmp_path / "manifest.jsonl"
    path.write_text('{"task": "vqa", "split": "train", "question": "q", "answer": "a"}\n{', "utf-8")
    with pytest.raises(BadInputError, match=r"Line 2 of manifest\.jsonl is not JSON"):
        importers.read(DataSource(str(path)))
    path.write_text('{"task": "vqa", "split": "train", "question": "q"}', "utf-8")
    with pytest.raises(BadInputError, match="no sample in the split test"):
        importers.read(DataSource(str(path), split="test"))
    with pytest.raises(BadInputError, match="no form of data 'xml'"):
        importers.read(DataSource(str(path), form="xml"))
    with pytest.raises(BadInputError, match="There is no manifest"):
        importers.read(DataSource(str(tmp_path / "none.jsonl")))


def test_boxes_in_another_unit_are_told(tmp_path: Path):
    path = picture(tmp_path / "a.png", (600, 400))
    for unit, high, says in (
        ("pixels", 0.9, "fractions"),
        ("pixels", 99, "percent"),
        ("percent", 0.9, "fractions"),
    ):
        concerns = Concerns()
        placer = Placer(concerns, unit)
        frame = placer.frame(path)
        for number in range(10):
            placer.box((0, 0, high, high * (number + 1) / 10), frame, "here")
        placer.finish("file")
        assert says in concerns.listed()[0].what
    concerns = Concerns()
    placer = Placer(concerns)
    for _ in range(10):
        placer.box((0, 0, 500, 300), placer.frame(path), "here")
    placer.finish("file")
    assert concerns.listed() == ()


def test_a_box_over_the_edge_is_cut_and_told(tmp_path: Path):
    concerns = Concerns()
    placer = Placer(concerns)
    frame = placer.frame(picture(tmp_path / "a.png"))
    assert placer.box((50, 0, 150, 40), frame, "here") == Box(0.5, 0, 1, 0.5)
    (concern,) = concerns.listed()
    assert concern.severity == "warning"
    with pytest.raises(RowError, match="four numbers"):
        placer.box((0, 0, float("nan"), 1), frame, "here")
    with pytest.raises(RowError, match="another shape"):
        placer.frame(tmp_path / "a.png", (100, 200))


def test_a_line_break_of_unicode_ends_no_line(tmp_path: Path):
    row = {"question": "a\u2028b\u2029c\u0085d"}
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n\n{}\n", "utf-8")
    assert read_lines(path) == [(1, row), (3, {})]


def test_fields_go_flat_and_back():
    tree = {"total": "1", "items": [{"name": "a"}, {"name": None}], "shop": {"city": "Huế"}}
    assert nest(flatten(tree)) == tree
    assert flatten({"n": 1.5, "yes": True}) == (("n", "1.5"), ("yes", "true"))
    with pytest.raises(RowError):
        flatten([1])


_LEAVES = st.none() | st.text(max_size=5)
_NAMES = st.text(max_size=3) | st.sampled_from(["No.", ".", "~", "~1", "a~", "0", "1", "~[]", ""])
_TREES = _LEAVES
for _ in range(3):
    _TREES = _LEAVES | st.lists(_TREES, max_size=3) | st.dictionaries(_NAMES, _TREES, max_size=3)


@given(st.dictionaries(_NAMES, _TREES, max_size=4))
@example({"No.": "12"})
@example({"a": "1", "a.b": "2"})
@example({"items": [], "shop": {}, "rows": [[], {}]})
@example({"0": "a", "1": {"0": "b"}})
@example({"": {"a": "1"}, "a": "2"})
def test_no_value_and_no_shape_is_lost(tree: dict[str, object]):
    fields = flatten(tree)
    assert len({path for path, _ in fields}) == len(fields)
    assert nest(fields) == tree


def test_names_with_a_dot_are_learned_as_they_are(tmp_path: Path):
    picture(tmp_path / "a.png")
    fields = {"No.": "12", "goods": []}
    row = {"image": "a.png", "split": "train", "task": "receipt", "fields": fields}
    row |= {"text_lines": [], "line_boxes": [], "width": 100, "height": 80}
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    (sample,) = importers.read(DataSource(str(path))).samples
    assert json.loads(document_answer(sample)[1]) == fields


def test_paths_stay_in_the_folder(tmp_path: Path):
    assert locate(tmp_path, "a/b.png") == tmp_path / "a" / "b.png"
    assert locate(tmp_path, r"C:\data\b.png") == tmp_path / "b.png"
    assert locate(tmp_path, r"a\b.png") == tmp_path / "a" / "b.png"
    assert locate(tmp_path, "/elsewhere/b.png") == tmp_path / "b.png"
    for name in ("../b.png", "a/../../b.png", "", "a\0b"):
        with pytest.raises(RowError):
            locate(tmp_path, name)


def test_names_tell_splits():
    assert split_of(Path("images/val2017/a.jpg")) == "val"
    assert split_of(Path("vivqa_test.csv")) == "test"
    assert split_of(Path("training/a.xml")) == "train"
    assert split_of(Path("a.xml")) == "train"


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "train", "val", "test", "boxes"),
    [
        ("aws_circuitboard", 32, 8, 40, 0),
        ("aws_cookie", 36, 6, 10, 30),
        ("daquar", 1087, 180, 536, 0),
        ("deeppcb", 130, 20, 60, 937),
        ("deeppcb_pairs", 0, 20, 20, 266),
        ("easy_vqa", 933, 140, 410, 0),
        ("elpv", 168, 14, 40, 0),
        ("hsst_fabric", 12, 2, 5, 39),
        ("magnetic_tile", 231, 37, 98, 269),
        ("mvtec_loco_juice_bottle", 64, 16, 64, 109),
        ("neu_det", 156, 24, 84, 599),
        ("sroie", 90, 14, 40, 0),
        ("textile_simulated", 132, 20, 66, 0),
        ("vivqa_text", 11999, 0, 2401, 0),
        ("vivqa_x_text", 0, 1459, 1767, 0),
        ("wildreceipt", 90, 14, 40, 0),
    ],
)
def test_real_sets_have_the_counts_of_their_readme(
    name: str, train: int, val: int, test: int, boxes: int
):
    read = importers.read(DataSource(str(REAL_DATA / name)))
    counts = Counter(each.split for each in read.samples)
    assert (counts["train"], counts["val"], counts["test"]) == (train, val, test)
    assert sum(len(each.located or ()) for each in read.samples) == boxes
    about = ["without their images" in each.what for each in read.concerns]
    assert about == [True] * name.endswith("_text")
