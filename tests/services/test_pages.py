"""Files with several pages: every page is an image of the project."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.errors import LockedError
from inspector_app.domain.jobs import BatchFinished
from inspector_app.engines.process import EngineProcess
from inspector_app.imaging import pdf_passwords
from inspector_app.services import engines, projects
from inspector_app.services.batch import run_batch
from inspector_app.services.inspect import refresh_image
from inspector_app.services.pages import LongPdf, expand_pages, first_offered, long_pdf, unlock
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
        assert expand_pages(project).new == 2
        assert expand_pages(project).new == 0
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


MakePdf = Callable[..., Path]


def test_short_pdfs_come_whole_and_long_ones_wait(make_pdf: MakePdf, tmp_path: Path):
    short, long = make_pdf("short.pdf", 3), make_pdf("long.pdf", 40)
    make_pdf("locked.pdf", 3, password="secret")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")
    Image.new("RGB", (30, 20)).save(tmp_path / "picture.png")
    os.rename(tmp_path / "picture.png", tmp_path / "picture.pdf")
    with projects.open_folder(tmp_path) as project:
        assert len(project.images()) == 5
        found = expand_pages(project, 150)
        assert (found.new, found.long) == (2, (LongPdf(str(long), 40),))
        assert [i.page for i in project.images() if i.path == str(short)] == [0, 1, 2]
        assert {i.dpi for i in project.images() if i.path == str(short)} == {150}
        project.choose_pages(long, [2, 3, 6], 300)
        assert [i.page for i in project.images() if i.path == str(long)] == [2, 3, 6]
        # Neither asked nor added again.
        assert expand_pages(project) == type(found)(0, ())
        assert projects.add_paths(project, [str(long), str(short)]) == 0
        again = long_pdf(project, str(long))
        assert again == LongPdf(str(long), 40, (2, 3, 6), 300)
        assert again is not None
        assert first_offered(again) == (2, 3, 6)
        assert long_pdf(project, str(tmp_path / "picture.pdf")) is None


def test_what_is_known_of_a_page_is_never_lost(make_pdf: MakePdf, tmp_path: Path):
    long = make_pdf("long.pdf", 12)
    with projects.open_folder(tmp_path) as project:
        (first,) = project.images()
        with project._transaction() as connection:
            connection.execute(
                "INSERT INTO messages (id, image, role, text, status, boxes, created)"
                " VALUES ('m', 1, 'user', 'hello', 'finished', '[]', '')"
            )
        assert project.choose_pages(long, [4], 200) == 1
        assert [i.page for i in project.images()] == [0, 4]
        assert project.image(first.id).dpi == 200
        sized = refresh_image(project, project.image(first.id))
        project.choose_pages(long, [4], 100)
        halved = refresh_image(project, project.image(first.id))
        assert sized.width == pytest.approx(2 * halved.width, abs=1)


def test_first_offered_of_a_very_long_pdf():
    assert list(first_offered(LongPdf("a.pdf", 40))) == list(range(40))
    assert list(first_offered(LongPdf("a.pdf", 4000))) == list(range(50))


def test_a_password_opens_a_pdf_here_and_in_the_engine_process(
    make_pdf: MakePdf, home: Path, tmp_path: Path
):
    path = str(make_pdf("locked.pdf", 2, password="secret"))
    process = EngineProcess()
    job = "inspector_app.services.read_text:read_document"
    try:
        assert not unlock(path, "wrong")
        assert pdf_passwords.password_of(path) is None
        with pytest.raises(LockedError, match="locked with a password"):
            process.call(job, path, (0,), 200)
        assert unlock(path, "secret")
        for _ in range(2):
            assert process.call(job, path, (0,), 200).page_count == 2
            process.close()  # the next one is told anew
            process = EngineProcess()
    finally:
        process.close()
        pdf_passwords.remember(path, "")
    assert b"secret" not in b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())


def test_pages_of_a_pdf_are_inspected_each(make_pdf: MakePdf, tmp_path: Path, fitted: Path):
    make_pdf("two.pdf", 2)
    with projects.open_folder(tmp_path) as project:
        expand_pages(project)
        recipe = read_recipe(fitted)
        engine = engines.local(recipe.engine)
        *_, last = run_batch(project, project.images(), recipe, engine, threading.Event())
        assert isinstance(last, BatchFinished)
        assert (last.inspected, last.failed) == (2, 0)
        assert {(i.width, i.height) for i in project.images()} == {(1654, 2339)}  # A4, 200 dpi
