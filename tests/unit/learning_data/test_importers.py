from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from PIL import Image, ImageDraw
from pyarrow import parquet

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers import FORMS, read
from inspector_app.learning.importers.mvtec import mask_boxes, read_mask
from inspector_app.store.places import cache_folder
from tests.conftest import REAL_DATA
from tests.unit.learning_data.test_manifest_reader import picture

Read = Callable[..., tuple[Sample, ...]]


def put(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def samples(path: Path, form: str, **more: Any) -> tuple[Sample, ...]:
    found = read(DataSource(str(path), form, **more))
    assert found.concerns == ()
    return found.samples


def troubles(path: Path, form: str, **more: Any) -> str:
    found = read(DataSource(str(path), form, **more))
    return " ".join(each.what for each in found.concerns)


def test_mvtec_masks_become_boxes(tmp_path: Path):
    root = tmp_path / "nut"
    picture(root / "train" / "good" / "000.png")
    picture(root / "test" / "good" / "000.png")
    picture(root / "test" / "scratch" / "000.png")
    picture(root / "test" / "loose" / "000.png")
    mask = Image.new("L", (100, 80))
    draw = ImageDraw.Draw(mask)
    draw.rectangle((10, 20, 29, 39), fill=255)
    draw.rectangle((50, 0, 59, 7), fill=255)
    draw.rectangle((90, 70, 91, 72), fill=255)  # a speck of six pixels
    (root / "ground_truth" / "scratch").mkdir(parents=True)
    mask.save(root / "ground_truth" / "scratch" / "000_mask.png")
    for path in (root, tmp_path):
        found = {each.source: each for each in samples(path, "mvtec")}
        assert len(found) == 4
        scratched = found[next(key for key in found if "scratch" in key)]
        assert set(scratched.located or ()) == {
            FoundBox("scratch", Box(0.1, 0.25, 0.3, 0.5)),
            FoundBox("scratch", Box(0.5, 0, 0.6, 0.1)),
        }
        assert (scratched.split, scratched.category, scratched.is_defect) == ("test", "nut", True)
        assert scratched.mask.endswith("000_mask.png")
        loose = found[next(key for key in found if "loose" in key)]
        assert loose.located is None
        assert sum(each.is_defect is False for each in found.values()) == 2
    with pytest.raises(BadInputError, match="no folder train or test"):
        read(DataSource(str(root / "train" / "good"), "mvtec"))
    mask.paste(0, (0, 0, 100, 80))
    mask.save(root / "ground_truth" / "scratch" / "000_mask.png")
    assert "mask of a defect is empty" in troubles(root, "mvtec")


def test_mvtec_loco_has_a_mask_for_each_defect(tmp_path: Path):
    picture(tmp_path / "test" / "logical" / "000.png")
    folder = tmp_path / "ground_truth" / "logical" / "000"
    folder.mkdir(parents=True)
    for number, value in enumerate((255, 7)):
        mask = Image.new("L", (100, 80))
        mask.paste(value, (40 * number, 0, 40 * number + 10, 10))
        mask.save(folder / f"{number:03}.png")
    (sample,) = samples(tmp_path, "mvtec")
    assert len(sample.located or ()) == 2


@pytest.mark.real
@pytest.mark.parametrize("name", ["magnetic_tile", "hsst_fabric", "crackforest", "aws_cookie"])
def test_real_masks_give_the_boxes_of_the_manifest(name: str):
    found = samples(REAL_DATA / name, "manifest", split="train")
    masked = [each for each in found if each.mask]
    assert masked
    for each in masked:
        boxes = mask_boxes(read_mask([Path(each.mask)]))
        assert set(boxes) == {box.box for box in each.located or ()}


def test_rows_of_box_json_are_put_together_by_image(tmp_path: Path):
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    base = {"image_path": "a.png", "class": "nut", "is_broken": True, "height": 80, "width": 100}
    path = put(
        tmp_path / "train.json",
        [
            base | {"bbox": [10, 25, 30, 50]},
            base | {"bbox": [[50, 50, 60, 60]]},
            base | {"image_path": "b.png", "is_broken": False, "bbox": [0, 0, 100, 100]},
        ],
    )
    first, second = samples(path, "boxes")
    assert [each.box for each in first.located or ()] == [
        Box(0.1, 0.25, 0.3, 0.5),
        Box(0.5, 0.5, 0.6, 0.6),
    ]
    assert (first.category, first.is_defect) == ("nut", True)
    assert (second.is_defect, second.located) == (False, ())
    broken = [{"bbox": [1, 2, 3]}, {"image_path": "b.png", "is_broken": "no"}]
    broken += [{"image_path": "../b.png"}, {"image_path": "c.png", "bbox": []}]
    put(path, [7, *(base | each for each in broken)])
    said = troubles(path, "boxes")
    for part in ("four numbers", "is_broken", "not a JSON object", "outside the folder"):
        assert part in said
    put(path, {"a": 1})
    with pytest.raises(BadInputError, match="not a JSON list"):
        read(DataSource(str(path), "boxes"))
    put(path, "[\n{]")
    with pytest.raises(BadInputError, match=r"Line 2 of .*train.json is not JSON"):
        read(DataSource(str(path), "boxes"))


def test_vivqa(tmp_path: Path):
    picture(tmp_path / "coco" / "val2014" / "COCO_val2014_000000000012.jpg")
    picture(tmp_path / "coco" / "000000000013.jpg")
    path = put(
        tmp_path / "ViVQA_test.csv",
        ',question,answer,img_id,type\n0,"màu gì, nhỉ",đỏ,12,2\n1,mấy con,ba,13,1\n',
    )
    first, second = samples(path, "vivqa", images=str(tmp_path / "coco"))
    assert Path(first.images[0]).name == "COCO_val2014_000000000012.jpg"
    assert Path(second.images[0]).name == "000000000013.jpg"
    assert (first.question, first.answers, first.question_type) == ("màu gì, nhỉ", ("đỏ",), "color")
    assert (first.split, first.language) == ("test", "vi")
    alone = read(DataSource(str(path), "vivqa"))
    assert [each.images for each in alone.samples] == [(), ()]
    assert "without their images" in alone.concerns[0].what
    put(path, "question,answer,img_id\nq,a,12\nq,,12\nq,a,x/../../y\nq,a,99\n")
    found = read(DataSource(str(path), "vivqa", images=str(tmp_path / "coco")))
    assert [each.severity for each in found.concerns] == ["error", "error", "warning"]
    assert found.concerns[0].where == ("ViVQA_test.csv:3",)
    put(path, "question,answer\nq,a\n")
    with pytest.raises(BadInputError, match=r"Line 1 of ViVQA_test.csv names no column img_id"):
        read(DataSource(str(path), "vivqa"))


def test_vivqa_x(tmp_path: Path):
    picture(tmp_path / "COCO_val2014_000000000012.jpg")
    row = {
        "question": "Chín chưa?", "image_id": 12, "answer": "có", "explanation": ["vàng", "mềm"],
        "image_name": "COCO_val2014_000000000012.jpg",
    }  # fmt: skip
    path = put(tmp_path / "ViVQA-X_val.json", [row])
    (sample,) = samples(path, "vivqa-x", images=str(tmp_path))
    assert (sample.answers, sample.explanations) == (("có",), ("vàng", "mềm"))
    assert (sample.split, len(sample.images)) == ("val", 1)
    asked = row | {
        "answer": None,
        "answers": [{"answer": "không"}, {"answer": "có"}, {"answer": "có"}],
    }
    del asked["image_name"]
    put(path, {"7": asked, "8": {"question": "q"}, "9": 3})
    found = read(DataSource(str(path), "vivqa-x", images=str(tmp_path)))
    assert found.samples[0].answers == ("có", "không", "có", "có")
    assert len(found.samples[0].images) == 1
    assert {where for each in found.concerns for where in each.where} == {
        "ViVQA-X_val.json, row 8",
        "ViVQA-X_val.json, row 9",
    }


def receipt_bytes() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (60, 90), (250, 250, 250)).save(data, "JPEG")
    return data.getvalue()


def test_viet_receipts_from_parquet_are_kept_once(tmp_path: Path):
    path = tmp_path / "train-00000-of-00001.parquet"
    fields = {"Tên": "Cửa hàng A", "Hàng": [{"Tên": "Sữa", "Giá": 20000}]}
    rows = [
        {
            "id": 5,
            "image": {"bytes": receipt_bytes(), "path": None},
            "description": "Một hóa đơn.",
            "extractions": "```json\n" + json.dumps(fields, ensure_ascii=False) + "\n```",
            "conversations": [
                {"role": "user", "content": "<image>\nTổng là bao nhiêu?"},
                {"role": "assistant", "content": "20.000đ"},
            ],
        },
        {"id": 6, "image": {"bytes": receipt_bytes(), "path": None}, "extractions": "Tên: A"},
        {"id": 7, "image": {"bytes": b"no picture", "path": None}, "description": "x"},
    ]
    parquet.write_table(pa.Table.from_pylist(rows), path)
    found = read(DataSource(str(path), "viet-receipt"))
    described, extracted, asked, text = found.samples
    assert (described.task, described.answers) == (Task.CAPTION, ("Một hóa đơn.",))
    assert extracted.fields == (
        ("Tên", "Cửa hàng A"),
        ("Hàng.0.Tên", "Sữa"),
        ("Hàng.0.Giá", "20000"),
    )
    assert (asked.question, asked.answers) == ("Tổng là bao nhiêu?", ("20.000đ",))
    assert (text.task, text.fields, text.answers) == (Task.EXTRACT, (), ("Tên: A",))
    assert {each.language for each in found.samples} == {"vi"}
    assert Path(described.images[0]).read_bytes() == receipt_bytes()
    assert Path(described.images[0]).is_relative_to(cache_folder())
    before = Path(described.images[0]).stat().st_mtime_ns
    assert read(DataSource(str(tmp_path), "viet-receipt")).samples == found.samples
    assert Path(described.images[0]).stat().st_mtime_ns == before
    (concern,) = found.concerns
    assert concern.where == (f"{path.name}:3",)
    path.write_bytes(b"PAR1")
    with pytest.raises(BadInputError, match="no Parquet file"):
        read(DataSource(str(path), "viet-receipt"))
    parquet.write_table(pa.Table.from_pylist([{"id": 1}]), path)
    with pytest.raises(BadInputError, match="no column image"):
        read(DataSource(str(path), "viet-receipt"))


def test_viet_receipts_from_json_lines(tmp_path: Path):
    picture(tmp_path / "a.jpg")
    row = {"image": "a.jpg", "description": "Hóa đơn.", "extractions": {"total": "5"}}
    path = put(tmp_path / "rows.jsonl", json.dumps(row, ensure_ascii=False) + "\n{}\n")
    found = read(DataSource(str(path), "viet-receipt"))
    assert [each.task for each in found.samples] == [Task.CAPTION, Task.EXTRACT]
    assert found.concerns[0].where == ("rows.jsonl:2",)


def test_sroie(tmp_path: Path):
    picture(tmp_path / "img" / "000.jpg")
    picture(tmp_path / "img" / "001.jpg")
    put(tmp_path / "key" / "000.json", {"company": "ABC", "total": "9.00", "date": ""})
    found = read(DataSource(str(tmp_path), "sroie"))
    assert found.samples[0].fields == (("company", "ABC"), ("total", "9.00"), ("date", None))
    assert found.samples[0].task is Task.EXTRACT
    assert found.concerns[0].what == "A receipt has no file of fields."
    put(tmp_path / "key" / "001.txt", "[")
    assert "not JSON" in troubles(tmp_path, "sroie")
    with pytest.raises(BadInputError, match="no folder img"):
        read(DataSource(str(tmp_path / "img"), "sroie"))


COCO = {
    "images": [
        {"id": 1, "file_name": "a.jpg", "width": 100, "height": 80},
        {"id": 2, "file_name": "b.jpg", "width": 100, "height": 80},
    ],
    "annotations": [
        {"id": 1, "image_id": 1, "category_id": 3, "bbox": [10, 20, 20, 20]},
        {"id": 2, "image_id": 1, "category_id": 3, "bbox": [0, 0, 9, 9], "iscrowd": 1},
    ],
    "categories": [{"id": 3, "name": "pit"}],
}


def test_coco(tmp_path: Path):
    picture(tmp_path / "a.jpg")
    picture(tmp_path / "b.jpg")
    path = put(tmp_path / "instances_val2017.json", COCO)
    first, second = samples(path, "coco")
    assert first.located == (FoundBox("pit", Box(0.1, 0.25, 0.3, 0.5)),)
    assert (first.split, first.is_defect) == ("val", True)
    assert (second.located, second.is_defect) == ((), False)
    broken = [
        {"image_id": 1, "category_id": 9, "bbox": [1, 1, 2, 2]},
        {"image_id": 7, "category_id": 3, "bbox": [1, 1, 2, 2]},
        {"image_id": 2, "category_id": 3, "bbox": [1, 1, 2, 0]},
    ]
    put(path, COCO | {"annotations": [*COCO["annotations"], *broken]})
    found = read(DataSource(str(path), "coco"))
    said = " ".join(each.what for each in found.concerns)
    for part in ("not listed", "no area", "images that are not listed", "No box of an image"):
        assert part in said
    assert found.samples == (first,)  # the image of the broken box is not taken for a good part
    put(path, COCO | {"categories": None})
    with pytest.raises(BadInputError, match="no list categories"):
        read(DataSource(str(path), "coco"))


def test_yolo(tmp_path: Path):
    picture(tmp_path / "train" / "images" / "a.jpg")
    picture(tmp_path / "train" / "images" / "b.jpg")
    put(tmp_path / "train" / "labels" / "a.txt", "0 0.2 0.375 0.2 0.25\n1 .5 .5 .6 .5 .6 .75\n")
    settings = "path: /elsewhere\ntrain: ../train/images\nnames: [pit, dent]\n"
    put(tmp_path / "data.yaml", settings)
    first, second = samples(tmp_path, "yolo")
    assert [each.label for each in first.located or ()] == ["pit", "dent"]
    assert first.located is not None
    assert first.located[0].box.iou(Box(0.1, 0.25, 0.3, 0.5)) > 0.999
    assert first.located[1].box == Box(0.5, 0.5, 0.6, 0.75)
    assert (second.located, second.is_defect, second.split) == ((), False, "train")
    put(tmp_path / "train" / "labels" / "b.txt", "7 0.2 0.3 0.2 0.2\nx\n0 0.5 0.5 0 0\n")
    said = troubles(tmp_path, "yolo")
    for part in ("class 7", "not a class and numbers", "no area", "No box of an image"):
        assert part in said
    put(tmp_path / "data.yaml", "train: ../../secret\nnames: [pit]\n")
    with pytest.raises(BadInputError, match="which are not in"):
        read(DataSource(str(tmp_path), "yolo"))
    put(tmp_path / "data.yaml", "train: a\n")
    with pytest.raises(BadInputError, match="no names of classes"):
        read(DataSource(str(tmp_path), "yolo"))
    put(
        tmp_path / "data.yaml",
        "a: &a [x, x]\nb: &b [*a, *a]\nnames: [*b, *b]\ntrain: train/images\n",
    )
    with pytest.raises(BadInputError, match="no names of classes"):
        read(DataSource(str(tmp_path), "yolo"))
    put(tmp_path / "data.yaml", "a: [\nb")
    with pytest.raises(BadInputError, match=r"Line \d of data.yaml is not YAML"):
        read(DataSource(str(tmp_path), "yolo"))


VOC = """<?xml version="1.0"?><annotation><filename>a.jpg</filename>
<size><width>100</width><height>80</height></size>
<object><name>pit</name><bndbox><xmin>10</xmin><ymin>20</ymin><xmax>30</xmax><ymax>40</ymax></bndbox>
</object></annotation>"""


def test_voc(tmp_path: Path):
    picture(tmp_path / "JPEGImages" / "a.jpg")
    path = put(tmp_path / "Annotations" / "a.xml", VOC)
    put(tmp_path / "ImageSets" / "Main" / "test.txt", "a\n")
    (sample,) = samples(tmp_path, "voc")
    assert sample.located == (FoundBox("pit", Box(0.1, 0.25, 0.3, 0.5)),)
    assert sample.split == "test"
    put(tmp_path / "Annotations" / "b.xml", VOC.replace("<xmin>10", "<xmin>ten"))
    put(tmp_path / "Annotations" / "c.xml", VOC[:90])
    put(tmp_path / "Annotations" / "d.xml", VOC.replace("a.jpg", "../../x.jpg"))
    said = troubles(tmp_path, "voc")
    for part in ("four numbers", "broken", "outside the folder"):
        assert part in said
    with pytest.raises(BadInputError, match="no XML file"):
        read(DataSource(str(tmp_path / "JPEGImages"), "voc"))
    assert path.is_file()


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        "<!doctype a>",
    ],
)
def test_entities_are_refused(tmp_path: Path, head: str):
    picture(tmp_path / "a.jpg")
    bad = VOC.replace('"1.0"?>', f'"1.0"?>{head}').replace("pit", "&x;")
    put(tmp_path / "good.xml", VOC)
    put(tmp_path / "bad.xml", bad)
    (tmp_path / "wide.xml").write_text(bad, "utf-16")
    found = read(DataSource(str(tmp_path), "voc"))
    assert len(found.samples) == 1
    assert "refused" in " ".join(each.what for each in found.concerns)
    assert sum(each.count for each in found.concerns) == 2


def test_labelme(tmp_path: Path):
    picture(tmp_path / "images" / "a.jpg", orientation=6)
    shapes = [
        {"label": "pit", "shape_type": "rectangle", "points": [[8, 20], [24, 40]]},
        {"label": "dent", "shape_type": "polygon", "points": [[40, 50], [60, 50], [50, 75]]},
        {"label": "hole", "shape_type": "circle", "points": [[20, 80], [30, 80]]},
        {"label": "dot", "shape_type": "point", "points": [[1, 1]]},
    ]
    path = put(tmp_path / "train" / "a.json", {"imagePath": "../images/a.jpg", "shapes": shapes})
    (sample,) = samples(tmp_path, "labelme")
    assert sample.located == (  # of the upright image, which is 80 x 100
        FoundBox("pit", Box(0.1, 0.2, 0.3, 0.4)),
        FoundBox("dent", Box(0.5, 0.5, 0.75, 0.75)),
        FoundBox("hole", Box(0.125, 0.7, 0.375, 0.9)),
    )
    put(path, {"imagePath": "../images/a.jpg", "shapes": []})
    assert samples(tmp_path, "labelme")[0].is_defect is False
    put(tmp_path / "train" / "b.json", {"imagePath": "../images/a.jpg", "shapes": [{"label": "x"}]})
    put(tmp_path / "train" / "c.json", {"imagePath": "gone.jpg", "shapes": []})
    put(tmp_path / "train" / "d.json", "{")
    said = troubles(tmp_path, "labelme")
    for part in ("no points", "No box of an image", "not there", "is not JSON"):
        assert part in said


def fill_split_folders(form: str, root: Path) -> None:
    """Puts one sample into each of train and test."""
    for number, split in enumerate(("train", "test")):
        folder = root / split
        folder.mkdir(parents=True)
        if form == "viet-receipt":  # named as Hugging Face names them
            row = {"image": {"bytes": receipt_bytes()}, "description": split}
            parquet.write_table(pa.Table.from_pylist([row]), folder / "0000.parquet")
        elif form == "sroie":
            picture(folder / "img" / "0.jpg")
            put(folder / "key" / "0.json", {"total": str(number)})
        elif form == "labelme":
            picture(folder / "a.jpg")
            put(folder / "a.json", {"imagePath": "a.jpg", "shapes": []})
        else:
            picture(root / "JPEGImages" / f"{split}-part.jpg")
            put(root / "Annotations" / f"{number}.xml", VOC.replace("a.jpg", f"{split}-part.jpg"))
            put(root / "ImageSets" / "Main" / f"{split}.txt", f"{number}\n")


@pytest.mark.parametrize("form", ["voc", "labelme", "sroie", "viet-receipt"])
def test_a_split_that_is_asked_for_takes_no_other_samples(tmp_path: Path, form: str):
    fill_split_folders(form, tmp_path / "set")
    assert {each.split for each in samples(tmp_path / "set", form)} == {"train", "test"}
    for split in ("train", "test"):
        (sample,) = samples(tmp_path / "set", form, split=split)
        assert sample.split == split
        assert split in sample.images[0] or sample.answers == (split,)


def test_a_folder_of_test_receipts_is_not_learned_from(tmp_path: Path):
    fill_split_folders("sroie", tmp_path)
    with pytest.raises(BadInputError, match="no sample in the split train"):
        read(DataSource(str(tmp_path / "test"), "sroie", split="train"))


def test_a_file_of_test_data_is_not_learned_from(tmp_path: Path):
    for name in "ab":
        picture(tmp_path / f"{name}.jpg")
    row = {"question": "q", "answer": "a"}
    broken = {"image_path": "a.jpg", "is_broken": False}
    files = {
        "coco": put(tmp_path / "coco_test.json", COCO),
        "boxes": put(tmp_path / "boxes_test.json", [broken]),
        "vivqa": put(tmp_path / "ViVQA_test.csv", "img_id,question,answer\n1,q,a\n"),
        "vivqa-x": put(tmp_path / "ViVQA-X_test.json", [row]),
    }
    for form, path in files.items():
        with pytest.raises(
            BadInputError, match=r"no sample in the split train .* samples of test;"
        ):
            read(DataSource(str(path), form, split="train"))
        # A file that says nothing is of the split that is named.
        silent = path.rename(tmp_path / f"{form}{path.suffix}")
        assert {
            each.split for each in read(DataSource(str(silent), form, split="val")).samples
        } == {"val"}


@pytest.mark.parametrize("form", [form for form in FORMS if form != "manifest"])
def test_what_is_not_there_is_told_in_one_line(tmp_path: Path, form: str):
    with pytest.raises(BadInputError) as error:
        read(DataSource(str(tmp_path / "gone"), form))
    assert "\n" not in str(error.value)
    assert "gone" in str(error.value)
