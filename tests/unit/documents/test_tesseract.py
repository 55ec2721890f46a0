"""Tesseract as a reader, with a program in its place that answers as it does."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector_app.cli.main import run
from inspector_app.domain.documents import Document
from inspector_app.domain.errors import EngineError
from inspector_app.experts.coreset import StoppedError
from inspector_app.experts.tesseract import TesseractReader, find
from inspector_app.services import doctor, read_text
from inspector_app.services.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the program")

PAGE = np.full((2000, 1000, 3), 255, np.uint8)  # long enough not to be enlarged
PROGRAM = """#!{python}
import pathlib, sys, time
here = pathlib.Path(__file__).parent
if sys.argv[1:] == ["--version"]:
    print("tesseract 5.9.1\\n leptonica-1.82.0")
elif sys.argv[1:] == ["--list-langs"]:
    print((here / "languages").read_text())
else:
    (here / "command").write_text(" ".join(sys.argv[1:]))
    assert sys.stdin.buffer.read(8) == b"\\x89PNG\\r\\n\\x1a\\n"
    if (here / "fails").exists():
        sys.exit("read_params_file: Can't open it\\nmore")
    if (here / "hangs").exists():
        time.sleep(60)
    sys.stdout.buffer.write((here / "table").read_bytes())
"""
HEAD = [
    "level", "page_num", "block_num", "par_num", "line_num", "word_num",
    "left", "top", "width", "height", "conf", "text",
]  # fmt: skip


def word(line: int, x: int, y: int, width: int, height: int, conf: float, text: str) -> list[str]:
    """A row of the table; every line is a block of its own."""
    return [str(part) for part in (5, 1, line, 1, 1, 1, x, y, width, height, conf, text)]


class Program:
    """The program's folder: what it knows, and what it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.knows("eng", "osd", "vie")
        self.answers()
        path = folder / "tesseract"
        path.write_text(PROGRAM.replace("{python}", sys.executable))
        path.chmod(0o755)

    def knows(self, *languages: str) -> None:
        told = [f'List of available languages in "{self.folder}" (3):', *languages]
        (self.folder / "languages").write_text("\n".join(told))

    def answers(self, *words: list[str]) -> None:
        page = ["1", "1", "0", "0", "0", "0", "0", "0", "1000", "2000", "-1", ""]
        table = "\n".join("\t".join(row) for row in (HEAD, page, *words))
        (self.folder / "table").write_text(table, "utf-8")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "home"))
    return Program(folder)


def test_words_become_lines_with_places_and_confidences(program: Program):
    program.answers(
        word(1, 100, 200, 200, 40, 90, "Tổng"),
        word(1, 320, 200, 100, 40, 60, "cộng"),
        word(1, 800, 204, 150, 40, 96, "12.500"),
        word(2, 100, 100, 300, 40, 80, 'Quán "Ngon"'),
        word(3, 100, 300, 300, 8, 95, "------"),
        word(4, 100, 400, 300, 8, 95, " "),
    )
    reader = TesseractReader()
    page = reader.read_page(PAGE)
    assert reader.name == "tesseract 5.9.1 vie+eng"
    assert [line.text for line in page.lines] == ['Quán "Ngon"', "Tổng cộng", "12.500"]
    assert page.lines[1].box.to_pixels(1000, 2000) == (100, 200, 420, 240)
    assert page.lines[1].score == pytest.approx(0.75)
    assert (page.lines[1].corners, page.turned) == (None, 0)
    command = (program.folder / "command").read_text()
    assert command == "stdin stdout -l vie+eng --psm 1 -c tessedit_create_tsv=1"


@pytest.mark.parametrize(
    ("turned", "words", "start"),
    [
        (90, [(100, 900, 40, 90), (100, 780, 40, 100)], (0.1, 0.495)),
        (270, [(100, 780, 40, 100), (100, 900, 40, 90)], (0.14, 0.39)),
        (180, [(500, 100, 90, 40), (380, 100, 100, 40)], (0.59, 0.07)),
    ],
)
def test_a_page_on_its_side_is_read_in_its_own_order(
    program: Program,
    turned: int,
    words: list[tuple[int, int, int, int]],
    start: tuple[float, float],
):
    one, two = (
        word(1, *place, 90, text) for place, text in zip(words, ("Xin", "chào"), strict=True)
    )
    program.answers(one, two)
    page = TesseractReader().read_page(PAGE)
    (line,) = page.lines
    assert (line.text, page.turned) == ("Xin chào", turned)
    assert line.corners is not None
    assert line.corners[0] == pytest.approx(start)


def test_small_pages_are_enlarged_and_places_stay(program: Program):
    program.answers(word(1, 200, 200, 400, 100, 90, "Bia"))
    page = TesseractReader().read_page(np.zeros((1000, 500, 3), np.uint8))
    assert page.lines[0].box.to_pixels(500, 1000) == (100, 100, 300, 150)


def test_an_empty_page_has_no_lines(program: Program):
    assert TesseractReader().read_page(PAGE).lines == ()


def test_stopping_ends_the_program(program: Program):
    (program.folder / "hangs").touch()
    reader, begun = TesseractReader(), time.monotonic()
    with pytest.raises(StoppedError):
        reader.read_page(PAGE, lambda: (program.folder / "command").exists())
    assert time.monotonic() - begun < 30


def test_a_page_that_takes_too_long_is_given_up(program: Program, monkeypatch: pytest.MonkeyPatch):
    (program.folder / "hangs").touch()
    monkeypatch.setattr("inspector_app.experts.tesseract._MOST_SECONDS", 0.2)
    with pytest.raises(EngineError, match="did not end a page"):
        TesseractReader().read_page(PAGE)


def test_a_failure_is_told_in_the_programs_words(program: Program):
    (program.folder / "fails").touch()
    with pytest.raises(EngineError, match=r"failed: read_params_file: Can't open it\. Try"):
        TesseractReader().read_page(PAGE)


def test_without_vietnamese_data_it_cannot_be_chosen(program: Program):
    program.knows("eng")
    with pytest.raises(EngineError, match=r"lacks its data for Vietnamese\. Install tesseract-ocr"):
        find()
    program.knows("vie")
    assert (find().languages, find().finds_direction) == ("vie", False)


def test_a_program_that_does_not_run_is_told(program: Program):
    (program.folder / "tesseract").write_text("#!/bin/no-such-thing\n")
    with pytest.raises(EngineError, match="does not run"):
        find()


def test_the_doctor_tells_whether_it_works(program: Program, monkeypatch: pytest.MonkeyPatch):
    def told() -> doctor.Check:
        return next(check for check in doctor.examine() if check.name == "Reader tesseract")

    assert told().ok is True
    assert told().text.startswith("5.9.1 with vie+eng")
    monkeypatch.setenv("PATH", "")
    assert told().ok is None
    assert "not installed" in told().text
    Settings().set("reader", "tesseract")
    assert told().ok is False


def test_a_file_is_read_by_the_reader_that_was_chosen(
    program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    program.answers(word(1, 200, 200, 400, 100, 90, "Phở"))
    path = tmp_path / "page.png"
    Image.fromarray(PAGE).save(path)
    read_text.open_reader.cache_clear()
    *_, document = read_text.read_document(path, stop=threading.Event(), reader="tesseract")
    assert isinstance(document, Document)
    assert document.reader == "tesseract 5.9.1 vie+eng"
    assert run(["read", "--reader", "tesseract", str(path)]) == 0
    assert capsys.readouterr().out.strip() == "Phở"
    read_text.open_reader.cache_clear()
    program.knows("eng")
    assert run(["read", "--reader", "tesseract", str(path)]) == 1
    assert "lacks its data for Vietnamese" in capsys.readouterr().err
