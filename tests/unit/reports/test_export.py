"""All formats together: same bytes, whole files, clear errors, progress and stop."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.reports import json_report, pdf
from inspector_app.reports.export import FORMATS, export
from inspector_app.reports.files import stem_of, write_whole
from inspector_app.store.project import Project
from tests.unit.reports.conftest import judge, paint


def test_the_same_project_gives_the_same_bytes(
    hostile: Project, files: dict[str, Path], tmp_path: Path
) -> None:
    again = export(hostile, FORMATS, tmp_path)
    assert len(again) == len(files) == 7
    assert {path.name: path.read_bytes() for path in again} == {
        path.name: path.read_bytes() for path in files.values()
    }


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_project_without_images_gives_every_report(
    empty: Project, tmp_path: Path, language: str
) -> None:
    written = export(empty, FORMATS, tmp_path / "out", language)
    assert sorted(path.name for path in written) == sorted(os.listdir(tmp_path / "out"))
    assert all(path.stat().st_size for path in written)


def test_three_hundred_images_are_quick(empty: Project, tmp_path: Path) -> None:
    empty.add_images(paint(tmp_path / f"{i}.png") for i in range(300))
    for i, image in enumerate(empty.images()):
        judge(empty, image, 2.0 if i < 30 else 0.5, *(["scratch"] if i < 30 else []))
    start = time.perf_counter()
    written = export(empty, FORMATS, tmp_path / "out")
    assert time.perf_counter() - start < 15  # about 2 s on an idle machine
    assert len(written) == 7


def test_unknown_formats_and_languages(empty: Project, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="docx"):
        export(empty, ["pdf", "docx"], tmp_path)
    with pytest.raises(BadInputError, match="language fr"):
        export(empty, ["pdf"], tmp_path, "fr")
    with pytest.raises(BadInputError):
        export(empty, [], tmp_path)
    assert not list(tmp_path.glob("*.pdf"))


def test_progress_counts_up_to_the_total(hostile: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    export(hostile, FORMATS, tmp_path, progress=lambda *step: told.append(step))
    done = [step[0] for step in told]
    assert done == sorted(done)
    assert {step[1] for step in told} == {6 + 2 * 6}
    assert done[-1] == 18
    assert told[0][2] == "lô số 7.pdf"


def test_stop_keeps_whole_files_and_leaves_no_scraps(hostile: Project, tmp_path: Path) -> None:
    told: list[str] = []

    def stop() -> bool:
        return told.count("lô số 7.html") > 2

    written = export(
        hostile, ["json", "html", "pdf"], tmp_path, progress=lambda *s: told.append(s[2]), stop=stop
    )
    assert [path.name for path in written] == ["lô số 7.json"]
    assert os.listdir(tmp_path) == ["lô số 7.json"]


def test_a_full_disk_is_told_and_leaves_the_old_report(
    empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = export(empty, ["json"], tmp_path)
    before = path.read_bytes()

    def full(target: Path, _data: object) -> None:
        target.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(json_report, "write", full)
    with pytest.raises(StoreError, match="the disk is full"):
        export(empty, ["json"], tmp_path)
    assert path.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == sorted(["empty.inspect", "empty.json"] + [
        name for name in os.listdir(tmp_path) if name.startswith("empty.inspect-")
    ])  # fmt: skip


def test_a_folder_that_is_a_file_is_told(empty: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(StoreError, match="its folder is a file"):
        export(empty, ["csv"], tmp_path / "out")


def test_a_write_protected_workbook_is_a_store_error(
    empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_source: object, _target: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", forbidden)
    with pytest.raises(StoreError, match="open in another program"):
        export(empty, ["xlsx"], tmp_path / "out")
    assert not os.listdir(tmp_path / "out")


def test_many_rejects_are_cut_with_a_word(
    hostile: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    (path,) = export(hostile, ["pdf"], tmp_path)
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "Only the first 2 rejected and review images" in " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "stem"), [("a/b.inspect", "b"), ("lô 7.inspect", "lô 7"), ("x:y?.inspect", "x_y_")]
)
def test_names_that_every_system_takes(name: str, stem: str) -> None:
    assert stem_of(Path(name)) == stem


def test_written_files_can_be_read_by_others(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", lambda p: p.write_text("x") and None)
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
