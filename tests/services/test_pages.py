"""Multipage TIFF files: every page is an image of the project."""

from __future__ import annotations

import threading
from pathlib import Path

from PIL import Image

from inspector_app.domain.jobs import BatchFinished
from inspector_app.services import engines, projects
from inspector_app.services.batch import run_batch
from inspector_app.services.recipes import read_recipe


def write_tiff(path: Path, parts: Path, count: int) -> None:
    pages = [Image.open(parts / "lot" / f"part_{number}.png") for number in range(count)]
    pages[0].save(path, save_all=True, append_images=pages[1:])


def test_every_page_is_an_image(parts: Path, tmp_path: Path, fitted: Path):
    write_tiff(tmp_path / "three.tif", parts, 3)
    write_tiff(tmp_path / "one.tif", parts, 1)
    (tmp_path / "broken.tif").write_bytes(b"II*\0")
    with projects.open_folder(tmp_path) as project:
        assert len(project.images()) == 3
        assert projects.expand_pages(project) == 2
        assert projects.expand_pages(project) == 0
        images = [image for image in project.images() if image.path.endswith("three.tif")]
        assert [image.page for image in images] == [0, 1, 2]
        recipe = read_recipe(fitted)
        engine = engines.local(recipe.engine)
        *_, last = run_batch(project, images, recipe, engine, threading.Event())
        assert isinstance(last, BatchFinished)
        assert last.inspected == 3
        verdicts = [project.summary(image.id).verdict for image in images]
        # part_1 is defective, its neighbours are good.
        assert verdicts[1] != verdicts[0] == verdicts[2]
