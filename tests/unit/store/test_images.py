from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.store.project import Project


def test_natural_order_and_no_doubles(project: Project):
    assert project.add_images(["/l/img10.png", "/l/img2.png", "/l/IMG1.png"]) == 3
    assert project.add_images([Path("/l/img2.png"), "/l/img3.png", "/l/img3.png"]) == 1
    assert [Path(i.path).name for i in project.images()] == [
        "IMG1.png",
        "img2.png",
        "img3.png",
        "img10.png",
    ]
    assert project.add_images([]) == 0


def test_relative_paths_are_made_absolute(project: Project, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    project.add_images(["x/../a.png"])
    assert project.images()[0].path == str(tmp_path / "a.png")
    assert project.image_by_path("a.png") == project.images()[0]


def test_pages(project: Project):
    assert project.add_images(["/scan.tif", "/b.png"], pages={"/scan.tif": 3}) == 4
    assert project.add_images(["/scan.tif"], pages=4) == 1
    found = project.images()
    assert [(Path(i.path).name, i.page) for i in found] == [
        ("b.png", 0),
        ("scan.tif", 0),
        ("scan.tif", 1),
        ("scan.tif", 2),
        ("scan.tif", 3),
    ]
    assert project.image_by_path("/scan.tif", 2) == found[3]
    assert project.image_by_path("/scan.tif", 9) is None
    assert project.image_by_path("/none.png") is None


def test_update_and_read_back(project: Project, image):
    project.update_image(image.id, width=640, height=480, sha256="ab", trouble="")
    assert project.image(image.id) == type(image)(image.path, 0, 640, 480, "ab", "", image.id)
    project.update_image(image.id, width=0, height=0, sha256="", trouble="The file ends early.")
    assert project.image(image.id).trouble == "The file ends early."
    project.add_images([image.path])  # adding it again forgets nothing
    assert project.image(image.id).trouble == "The file ends early."


def test_unknown_image(project: Project):
    with pytest.raises(StoreError, match="not in this project"):
        project.image("no")
    with pytest.raises(StoreError, match="not in this project"):
        project.summary("no")
    with pytest.raises(StoreError, match="not in this project"):
        project.update_image("no", width=1, height=1, sha256="", trouble="")


@pytest.mark.skipif(sys.platform == "win32", reason="names are always text there")
def test_name_that_is_not_text_is_told(project: Project):
    with pytest.raises(StoreError, match="its name is not valid text"):
        project.add_images(["/ok.png", os.fsdecode(b"/caf\xe9.png")])
    assert project.images() == []
    assert project.image_by_path(os.fsdecode(b"/caf\xe9.png")) is None


def test_twenty_thousand_images(project: Project):
    begun = time.process_time()
    assert project.add_images([f"/lot/img{i}.png" for i in range(20_000)]) == 20_000
    assert time.process_time() - begun < 3.0  # 0.5 s; the rest is for a busy machine
    assert [Path(i.path).name for i in project.images()[:3]] == ["img0.png", "img1.png", "img2.png"]
