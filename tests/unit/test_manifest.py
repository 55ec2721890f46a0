from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.learning.manifest import good, read_detect

ROW = {
    "image": "images/a.png",
    "split": "test",
    "task": "detect",
    "is_defect": True,
    "boxes": [[1, 2, 3, 4]],
    "mask": None,
    "defect_type": "scratch",
    "label_level": "box",
}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    return path


def test_paths_become_absolute_and_null_boxes_stay_unknown(tmp_path: Path):
    path = write(tmp_path, ROW, ROW | {"boxes": None, "is_defect": False, "split": "train"})
    first, second = read_detect(path)
    assert first.image == str(tmp_path / "images" / "a.png")
    assert first.boxes == ((1.0, 2.0, 3.0, 4.0),)
    assert second.boxes is None
    assert good([first, second]) == [second]
    assert read_detect(path, ["train"]) == [second]


def test_other_tasks_are_left_out(tmp_path: Path):
    path = write(tmp_path, ROW, {"task": "vqa"})
    assert len(read_detect(path)) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "Line 1 of manifest.jsonl is not JSON"),
        ("[1]", "not a JSON object"),
        ('{"task": "detect", "image": "x"}', "lacks or garbles"),
        ('{"task": "vqa"}', "no detection sample"),
        ('\n{"image": "x"}', "Line 2 of manifest.jsonl lacks or garbles 'task'"),
        ('{"task": ["detect"]}', "garbles 'task'"),
        (json.dumps(ROW) + "\n" + json.dumps(ROW | {"is_defect": "no"}), "Line 2 .*'is_defect'"),
        (json.dumps(ROW | {"image": 7}), "Line 1 .*'image'"),
        (json.dumps(ROW | {"split": []}), "Line 1 .*'split'"),
        (json.dumps(ROW | {"mask": True}), "Line 1 .*'mask'"),
        (json.dumps(ROW | {"boxes": [[1, 2, 3]]}), "Line 1 .*'boxes'"),
        (json.dumps(ROW | {"boxes": [["1", 2, 3, 4]]}), "Line 1 .*'boxes'"),
        (json.dumps(ROW | {"boxes": 5}), "Line 1 .*'boxes'"),
    ],
)
def test_broken_manifests_are_named(tmp_path: Path, text: str, says: str):
    (tmp_path / "manifest.jsonl").write_text(text, "utf-8")
    with pytest.raises(BadInputError, match=says):
        read_detect(tmp_path / "manifest.jsonl")


def test_missing_manifest(tmp_path: Path):
    with pytest.raises(BadInputError, match="There is no manifest"):
        read_detect(tmp_path / "none.jsonl")
