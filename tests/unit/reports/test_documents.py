"""JSON and COCO, read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector_app.reports import coco
from inspector_app.reports.summary import collect
from inspector_app.store.project import Project
from tests.unit.reports.conftest import FORMULA, PERSON, VIETNAMESE, judge, paint


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def test_json_names_its_schema_and_has_every_image(files: dict[str, Path]) -> None:
    report = _read(files[".json"])
    assert (report["schema"], report["schema_version"]) == ("inspector-report", 1)
    assert len(report["images"]) == report["summary"]["images"] == 9
    assert report["summary"]["counts"]["reject"] == 4
    assert report["project"]["rendered_images"] is False


def test_json_leaves_out_what_does_not_apply(files: dict[str, Path]) -> None:
    images = {image["name"]: image for image in _read(files[".json"])["images"]}
    assert "score" not in images["new.png"]
    assert "verdict" not in images["broken.png"]
    assert images["broken.png"]["trouble"] == "Cannot read broken.png: it is empty."
    assert images["script.png"]["overrule"]["person"] == PERSON.name
    assert images["gone.png"]["boxes"][0]["label"] == FORMULA
    assert images["gone.png"]["boxes"][0]["xyxy"] == [20, 30, 40, 45]
    by_hand = images["ảnh có dấu.png"]["boxes"]
    assert [box["label"] for box in by_hand if box["author_kind"] == "person"] == [
        "by hand",
        "whole part",
    ]
    assert "xyxy" not in by_hand[-1]


def test_coco_is_consistent(files: dict[str, Path]) -> None:
    found = _read(files[".coco.json"])
    sizes = {image["id"]: (image["width"], image["height"]) for image in found["images"]}
    categories = {category["id"]: category["name"] for category in found["categories"]}
    ids = [annotation["id"] for annotation in found["annotations"]]
    assert len(set(ids)) == len(ids) > 0
    assert len(set(categories.values())) == len(categories)
    for annotation in found["annotations"]:
        width, height = sizes[annotation["image_id"]]
        x, y, w, h = annotation["bbox"]
        assert 0 <= x < x + w <= width
        assert 0 <= y < y + h <= height
        assert annotation["area"] == pytest.approx(w * h)
        assert annotation["iscrowd"] == 0
        assert annotation["category_id"] in categories


def test_coco_leaves_out_rejected_and_placeless_findings(files: dict[str, Path]) -> None:
    found = _read(files[".coco.json"])
    names = {category["name"] for category in found["categories"]}
    assert VIETNAMESE in names
    assert not names & {"false one", "whole part"}
    assert not [i for i in found["images"] if i["file_name"] in ("broken.png", "new.png")]


def test_coco_boxes_keep_fractions_of_pixels(empty: Project, tmp_path: Path) -> None:
    from inspector_app.domain.geometry import Box

    empty.add_images([paint(tmp_path / "1.png")])
    judge(empty, empty.images()[0], 2.0, "thin", box=Box(0.1, 0.1, 0.105, 0.9))
    judge_dot = Box(0.5, 0.5, 0.5, 0.5)
    empty.add_images([paint(tmp_path / "2.png")])
    judge(empty, empty.images()[1], 2.0, "dot", box=judge_dot)
    annotations = coco.document(collect(empty))["annotations"]
    assert [a["bbox"] for a in annotations] == [[8.0, 6.0, 0.4, 48.0]]
