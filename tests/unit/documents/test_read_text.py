"""Files of all kinds become documents, or one clear error."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from inspector_app.cli.main import run
from inspector_app.domain.documents import Document
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.experts.ocr import TextReader
from inspector_app.imaging.pdf_pages import opened_pdf
from inspector_app.imaging.pdf_text import Letter, text_of
from inspector_app.services import read_text
from inspector_app.services.read_text import read_document, remark_keys, remark_texts

from .conftest import RECEIPT, Drawn, squeezed


@pytest.fixture(autouse=True)
def one_reader(monkeypatch: pytest.MonkeyPatch, reader: TextReader):
    monkeypatch.setattr(read_text, "open_reader", lambda _: reader)


def read(path: Path, pages: list[int] | None = None) -> Document:
    *_, last = read_document(path, pages)
    assert isinstance(last, Document)
    return last


def write_pdf(
    path: Path, draw: Callable[[Canvas, int], None], pages: int = 1, password: str = ""
) -> Path:
    secret = StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(str(path), pagesize=(400, 600), encrypt=secret)
    for number in range(pages):
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return path


def greet(canvas: Canvas, number: int) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, 540, f"Page {number + 1} of the list")
    canvas.drawString(40, 500, "Brown bread")
    canvas.drawRightString(360, 500, "3.20")


def test_an_image(receipt_file: Path):
    document = read(receipt_file)
    page = document.pages[0]
    assert (page.number, page.width, page.height, page.turned) == (0, 520, 760, 0)
    assert squeezed(page.lines[0].text) == squeezed(RECEIPT[0])
    assert document.page_count == 1
    assert document.reader.startswith("rapidocr 3.")
    assert document.seconds > 0
    assert remark_keys(document) == []


def test_exif_says_how_a_photo_lies(receipt: Drawn, tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its left side
    path = tmp_path / "photo.jpg"
    Image.fromarray(np.rot90(receipt.pixels)).save(path, exif=exif, quality=95)
    page = read(path).pages[0]
    assert (page.width, page.height, page.turned) == (520, 760, 0)
    assert squeezed(page.lines[0].text) == squeezed(RECEIPT[0])


def test_a_page_on_its_head_is_said_so(receipt: Drawn, tmp_path: Path):
    path = tmp_path / "head.png"
    Image.fromarray(receipt.pixels[::-1, ::-1]).save(path)
    document = read(path)
    assert remark_keys(document) == ["turned"]
    assert "lộn ngược" in remark_texts(document, "vi")[0]


def test_no_text(tmp_path: Path):
    path = tmp_path / "white.png"
    Image.new("RGB", (300, 200), "white").save(path)
    document = read(path)
    assert document.pages[0].lines == ()
    assert remark_keys(document) == ["no_text"]


def test_pages_of_a_tiff(receipt: Drawn, tmp_path: Path):
    path = tmp_path / "scan.tif"
    first = Image.fromarray(receipt.pixels)
    first.save(path, save_all=True, append_images=[Image.new("RGB", (200, 100), "white")])
    document = read(path)
    assert document.page_count == 2
    assert [bool(page.lines) for page in document.pages] == [True, False]
    assert [page.number for page in read(path, [1]).pages] == [1]
    with pytest.raises(BadInputError, match=r"page 3 of scan\.tif: it has 2 pages"):
        read(path, [2])


def test_frames_of_an_animation_are_no_pages(tmp_path: Path):
    path = tmp_path / "moving.gif"
    frames = [Image.new("RGB", (60, 40), (shade,) * 3) for shade in (255, 200, 150)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert read(path).page_count == 1


def test_a_born_digital_pdf_keeps_its_text(tmp_path: Path):
    document = read(write_pdf(tmp_path / "list.pdf", greet))
    page = document.pages[0]
    assert [line.text for line in page.lines] == ["Page 1 of the list", "Brown bread", "3.20"]
    assert all(line.score is None for line in page.lines)
    assert document.reader == "pdf text"
    assert (page.width, page.height) == (1112, 1667)
    bread, price = page.lines[1].box, page.lines[2].box
    assert bread.x1 == pytest.approx(40 / 400, abs=0.005)
    assert price.x2 == pytest.approx(360 / 400, abs=0.005)
    assert bread.y1 < 1 - 500 / 600 < bread.y2


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_places_on_a_turned_pdf_page_are_as_it_is_shown(tmp_path: Path, turn: int):
    def draw(canvas: Canvas, number: int) -> None:
        canvas.translate(0, -300)  # within the page also when its sides are exchanged
        greet(canvas, number)
        canvas.setPageRotation(turn)

    path = write_pdf(tmp_path / "turned.pdf", draw)
    page = read(path).pages[0]
    assert [line.text for line in page.lines] == ["Page 1 of the list", "Brown bread", "3.20"]
    assert page.turned == (360 - turn) % 360
    box, corners = page.lines[1].box, page.lines[1].corners
    assert corners is not None
    along = (corners[1][0] - corners[0][0], corners[1][1] - corners[0][1])
    assert {90: along[1] > 0, 180: along[0] < 0, 270: along[1] < 0}[turn]
    with opened_pdf(path) as pdf:
        pixels = pdf.pixels(0, 200)
        assert pdf.size(0, 200) == (pixels.shape[1], pixels.shape[0]) == (page.width, page.height)
    x1, y1, x2, y2 = box.to_pixels(page.width, page.height)
    inside = pixels[y1:y2, x1:x2].min(axis=2) < 100
    assert inside.mean() > 0.05
    assert (pixels.min(axis=2) < 100).sum() > inside.sum() > 200


def scan(drawn: Drawn) -> Callable[[Canvas, int], None]:
    def draw(canvas: Canvas, number: int) -> None:
        picture = ImageReader(Image.fromarray(drawn.pixels))
        canvas.drawImage(picture, 0, 0, 400, 584)
        canvas.setFillAlpha(0)
        canvas.drawString(40, 540, "text that someone else laid over the scan")

    return draw


def test_a_scanned_pdf_is_seen(tmp_path: Path, receipt: Drawn):
    document = read(write_pdf(tmp_path / "scan.pdf", scan(receipt)))
    texts = [squeezed(line.text) for line in document.pages[0].lines]
    assert [text for text in texts if text in map(squeezed, RECEIPT)] == [*map(squeezed, RECEIPT)]
    assert document.reader.startswith("rapidocr")
    assert document.pages[0].lines[0].score is not None


def test_a_long_pdf_is_cut_and_says_so(tmp_path: Path):
    path = write_pdf(tmp_path / "long.pdf", greet, pages=40)
    events = list(read_document(path))
    document = events[-1]
    assert isinstance(document, Document)
    assert [event for event in events if isinstance(event, Progress)][-1] == Progress(
        10, 10, "long.pdf"
    )
    assert document.page_count == 40
    assert len(document.pages) == 10
    assert remark_keys(document) == ["pages_cut"]
    chosen = read(path, [38, 11])
    assert [page.lines[0].text for page in chosen.pages] == [
        "Page 39 of the list",
        "Page 12 of the list",
    ]
    assert remark_keys(chosen) == []


def test_a_locked_pdf(tmp_path: Path):
    path = write_pdf(tmp_path / "locked.pdf", greet, password="secret")
    with pytest.raises(BadInputError, match=r"locked\.pdf: it is locked with a password\. Give"):
        read(path)


@pytest.mark.parametrize("keep", [9, 200, 600])
def test_a_damaged_pdf(tmp_path: Path, keep: int):
    path = write_pdf(tmp_path / "whole.pdf", greet)
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadInputError, match=r"damaged"):
        read(damaged)


def test_broken_letters_are_not_relied_on():
    def letters(text: str) -> list[Letter]:
        return [Letter(one, (0.01 * n, 0.1, 0.01 * n + 0.008, 0.12)) for n, one in enumerate(text)]

    assert text_of(letters("\ue001\ue002\ue003\ue004abc"), 0.7) is None
    assert text_of(letters("--"), 0.7) is None
    found = text_of(letters("o\ufb03ce"), 0.7)
    assert found is not None
    assert found.lines[0].text == "office"
    apart = [Letter("a", (0.1, 0.1, 0.11, 0.12)), Letter("b", (0.11, 0.1, 0.12, 0.12))]
    apart += [Letter("c", (0.8, 0.1, 0.81, 0.12)), Letter("d", (0.1, 0.5, 0.11, 0.52))]
    cut = text_of(apart, 0.7)
    assert cut is not None
    assert [line.text for line in cut.lines] == ["ab", "c", "d"]


def test_stopping(tmp_path: Path, receipt_file: Path):
    stop = threading.Event()
    stop.set()
    assert list(read_document(receipt_file, stop=stop)) == [JobCancelled()]
    events = read_document(write_pdf(tmp_path / "list.pdf", greet, pages=3), stop=stop)
    assert isinstance(list(events)[-1], JobCancelled)


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text"])
def test_what_is_no_document(tmp_path: Path, kind: str):
    path = tmp_path / "file.pdf"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_text("" if kind == "empty" else "just words")
    with pytest.raises(BadInputError, match=r"Cannot read file\.pdf"):
        read(path)


def test_command_line(
    receipt_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(receipt_file)]) == 0
    assert squeezed(capsys.readouterr().out.splitlines()[0]) == squeezed(RECEIPT[0])

    pdf = write_pdf(tmp_path / "list.pdf", greet, pages=12)
    assert run(["read", str(receipt_file), str(pdf), "--pages", "1", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["image"] for record in records] == [str(receipt_file), str(pdf)]
    first, second = records
    assert (first["task"], first["engine"], first["remarks"]) == ("read", "ocr", [])
    assert first["lines"][0]["page"] == 1
    x1, y1, x2, y2 = first["lines"][0]["xyxy"]
    assert 0 <= x1 < 60 and 0 <= y1 < 60 and x2 > 300 and y2 < 90
    assert 0.5 < first["lines"][0]["score"] <= 1
    assert second["answer"].splitlines()[0] == "Page 1 of the list"
    assert "score" not in second["lines"][0]
    assert second["pages"] == 12

    assert run(["read", str(pdf), "--language", "vi"]) == 0
    said = capsys.readouterr()
    assert "Chỉ một số trang" in said.err
    assert run(["read", str(pdf), "--pages", "2-3,12", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [line["page"] for line in record["lines"]] == [2] * 3 + [3] * 3 + [12] * 3


@pytest.mark.parametrize("pages", ["0", "3-1", "x", "", "1,,2", "1-99999999"])
def test_page_lists_that_are_none(
    receipt_file: Path, capsys: pytest.CaptureFixture[str], pages: str
):
    assert run(["read", str(receipt_file), "--pages", pages]) == 2
    said = capsys.readouterr().err
    assert "is not a list of pages. Write: 1-3,5" in said
    assert said.count("\n") == 1


def test_one_bad_file_does_not_stop_the_others(
    receipt_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    missing = str(tmp_path / "missing.png")
    assert run(["read", missing, str(receipt_file), "--json"]) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "there is no such file" in records[0]["error"]
    assert records[1]["lines"]
    assert run(["read", missing]) == 2
    assert capsys.readouterr().err.count("\n") == 1
