"""Pictures of the reports."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from inspector_app.reports.pictures import ENOUGH, picture
from inspector_app.reports.summary import collect
from inspector_app.reports.texts import Words
from inspector_app.store.project import Project
from tests.unit.reports.conftest import judge, paint

WORDS = Words("en")


def _one(project: Project, folder: Path, size: tuple[int, int] = (80, 60), **more: bool) -> None:
    Image.new("RGB", size, (90, 120, 150)).save(folder / "1.png")
    project.add_images([folder / "1.png"])
    judge(project, project.images()[0], 2.0, "scratch", **more)


def test_boxes_and_heat_are_drawn_and_told(empty: Project, tmp_path: Path) -> None:
    _one(empty, tmp_path, (640, 480), heat=True)
    (row,) = collect(empty).images
    jpeg, size, notes = picture(empty, row, WORDS, 900)
    assert size == (640, 480)
    assert notes == ("boxes", "heat")
    with Image.open(io.BytesIO(jpeg)) as image:
        colors = image.convert("RGB").getcolors(640 * 480) or []
    assert len(colors) > 100, "a plain picture would have one colour"


def test_large_pictures_get_smaller(empty: Project, tmp_path: Path) -> None:
    _one(empty, tmp_path, (2000, 1000))
    (row,) = collect(empty).images
    assert picture(empty, row, WORDS, 900)[1] == (900, 450)


def test_tiny_pictures_get_room_for_labels(empty: Project, tmp_path: Path) -> None:
    _one(empty, tmp_path, (80, 60))
    (row,) = collect(empty).images
    size = picture(empty, row, WORDS, 900)[1]
    assert max(size) == ENOUGH
    assert size[0] * 60 == size[1] * 80


def test_a_changed_file_is_told(empty: Project, tmp_path: Path) -> None:
    _one(empty, tmp_path)
    paint(tmp_path / "1.png", (1, 2, 3))
    (row,) = collect(empty).images
    assert "picture_changed" in picture(empty, row, WORDS, 900)[2]


def test_a_vanished_file_gives_a_grey_panel(empty: Project, tmp_path: Path) -> None:
    _one(empty, tmp_path)
    (tmp_path / "1.png").unlink()
    (row,) = collect(empty).images
    jpeg, size, notes = picture(empty, row, WORDS, 900)
    assert notes == ()
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.size == size
        red, green, blue = image.convert("RGB").getpixel((20, 20))
    assert max(red, green, blue) - min(red, green, blue) < 12
