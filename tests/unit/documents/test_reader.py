"""The text reader on drawn pages, however they lie."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.errors import EngineError
from inspector_app.experts import ocr_models
from inspector_app.experts.coreset import StoppedError
from inspector_app.experts.ocr import TextReader, crops
from inspector_app.experts.page_text import read_image_page
from inspector_app.imaging.document_frame import straightened

from .conftest import FONT, PRICES, RECEIPT, Drawn, draw_receipt, draw_texts, place_of, squeezed

NEAR = 6.0  # pixels between the middle of a line and where it was drawn


def check(reader: TextReader, pixels: np.ndarray, drawn: Drawn, matrix: np.ndarray, turned: int):
    """All lines are read, at their places, row by row."""
    page = reader.read_page(pixels)
    assert page.turned == turned
    size = (pixels.shape[1], pixels.shape[0])
    for text, (x1, y1, x2, y2) in drawn.places.items():
        corners = np.array([[(x1, y1), (x2, y1), (x2, y2), (x1, y2)]], np.float64)
        wanted = cv2.perspectiveTransform(corners, matrix)[0]
        found = place_of(page.lines, text, size)
        assert np.abs(found.mean(0) - wanted.mean(0)).max() < NEAR
        assert np.abs(found - wanted).max() < 18  # the reader's boxes have a rim
    order = [squeezed(line.text) for line in page.lines]
    for number, price in PRICES.items():
        assert order.index(squeezed(price)) == order.index(squeezed(RECEIPT[number])) + 1
    assert order[0] == squeezed(RECEIPT[0])
    assert all(0.5 <= (line.score or 0) <= 1 for line in page.lines)


def test_an_upright_page(reader: TextReader, receipt: Drawn):
    check(reader, receipt.pixels, receipt, np.eye(3), 0)
    assert all(line.corners is None for line in reader.read(receipt.pixels))


@pytest.mark.parametrize(
    ("degrees", "turned"), [(90, 270), (180, 180), (-90, 90), (3, 0), (-14, 0), (171, 180)]
)
def test_turned_and_skewed_pages(reader: TextReader, receipt: Drawn, degrees: float, turned: int):
    height, width = receipt.pixels.shape[:2]
    frame = straightened(width, height, -degrees)
    check(reader, frame.laid_flat(receipt.pixels), receipt, frame.matrix, turned)


@pytest.mark.parametrize("strong", [False, True])
def test_a_photographed_sheet(reader: TextReader, receipt: Drawn, strong: bool):
    height, width = receipt.pixels.shape[:2]
    target = [(200, 100), (560, 100), (740, 980), (40, 960)]
    if not strong:
        target = [(150, 80), (600, 130), (680, 960), (70, 890)]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(target, np.float32))
    ground = np.random.default_rng(0).normal(70, 8, (1040, 800, 3)).clip(0, 255).astype(np.uint8)
    photo = cv2.warpPerspective(
        receipt.pixels, matrix, (800, 1040), dst=ground, borderMode=cv2.BORDER_TRANSPARENT
    )
    check(reader, photo, receipt, matrix, 0)


def test_faded_print(reader: TextReader):
    faded = draw_receipt(ink=228, paper=240)
    check(reader, faded.pixels, faded, np.eye(3), 0)
    assert reader.read_page(faded.pixels).faint


def test_a_small_receipt_on_a_large_photo(reader: TextReader, receipt: Drawn):
    photo = np.full((1700, 1600, 3), 90, np.uint8)
    height, width = receipt.pixels.shape[:2]
    photo[300 : 300 + height, 400 : 400 + width] = receipt.pixels
    moved = np.array([(1, 0, 400), (0, 1, 300), (0, 0, 1)], np.float64)
    check(reader, photo, receipt, moved, 0)


def test_a_long_receipt_has_no_doubles(reader: TextReader):
    texts = [(40.0, 20.0 + 70 * n, f"Article number {n:03d}") for n in range(30)]
    long = draw_texts(texts, (420, 2140))
    lines = reader.read(long.pixels)
    assert [squeezed(line.text) for line in lines] == [squeezed(text) for _, _, text in texts]
    for text in long.places:
        middle = place_of(lines, text, (420, 2140)).mean(0)
        x1, y1, x2, y2 = long.places[text]
        assert np.abs(middle - ((x1 + x2) / 2, (y1 + y2) / 2)).max() < NEAR


def test_upright_writing_on_an_ordinary_page(reader: TextReader, receipt: Drawn):
    font = ImageFont.truetype(FONT, 26)
    label = Image.new("RGB", (260, 40), (245,) * 3)
    ImageDraw.Draw(label).text((4, 0), "SIDE LABEL 77", (20,) * 3, font)
    page = Image.fromarray(receipt.pixels)
    page.paste(label.rotate(90, expand=True), (470, 400))
    texts = [squeezed(line.text) for line in reader.read(np.asarray(page))]
    assert "sidelabel77" in texts
    assert squeezed(RECEIPT[0]) in texts


def test_single_digits_are_read(reader: TextReader):
    texts = [(60.0, 40.0 + 60 * n, str(n)) for n in range(1, 10)]
    texts += [(200.0, 40.0 + 60 * n, "Brown bread") for n in range(1, 10)]
    lines = reader.read(draw_texts(texts, (480, 680)).pixels)
    digits = [line.text for line in lines if line.text.isdigit()]
    assert len(digits) >= 8
    assert digits == sorted(digits)


@pytest.mark.parametrize("kind", ["white", "noise", "checks", "tiny"])
def test_no_text_is_never_invented(reader: TextReader, kind: str):
    pixels = np.full((400, 300, 3), 255, np.uint8)
    if kind == "noise":
        pixels = np.random.default_rng(3).integers(0, 255, pixels.shape, dtype=np.uint8)
    elif kind == "checks":
        pixels[(np.indices((400, 300)) // 25).sum(0) % 2 == 0] = 30
    elif kind == "tiny":
        pixels = pixels[:1, :2]
    assert reader.read(pixels) == []


def test_rules_and_stars_are_not_text(reader: TextReader):
    lines = reader.read(
        draw_texts(
            [(40, 40, "Green market"), (40, 100, "*" * 24), (40, 160, "-" * 30), (40, 220, "$ 5")],
            (480, 300),
        ).pixels
    )
    assert [squeezed(line.text) for line in lines] == ["greenmarket", "$5"]


def test_crops_are_upright_however_the_page_lies(reader: TextReader, receipt: Drawn):
    turned = np.ascontiguousarray(np.rot90(receipt.pixels))
    lines = reader.read(turned)
    cut = crops(turned, lines)
    assert len(cut) == len(lines)
    assert all(one.shape[1] > one.shape[0] for one in cut)
    again = reader._recognise.read(cut)
    assert [squeezed(read.text) for read in again] == [squeezed(line.text) for line in lines]
    doubled = np.asarray(Image.fromarray(turned).resize((1520, 1040)))
    assert [one.shape[0] > 40 for one in crops(doubled, lines)] == [True] * len(lines)


def test_reading_stops_between_steps(reader: TextReader, receipt: Drawn):
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(StoppedError):
        reader.read(receipt.pixels, stop)


def test_a_missing_model_is_named_and_never_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    (tmp_path / "rapidocr" / "models").mkdir(parents=True)
    (tmp_path / "rapidocr" / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(EngineError, match=r"rapidocr lacks its file PP-OCRv6_det_small\.onnx"):
        TextReader()
    monkeypatch.setattr(ocr_models, "PACKAGE", "no_such_package_here")
    with pytest.raises(EngineError, match="needs the package no_such_package_here"):
        TextReader()


def test_a_broken_model_is_named(tmp_path: Path):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a network")
    with pytest.raises(EngineError, match=r"broken\.onnx is not a usable network"):
        ocr_models.open_session(broken)


def test_no_torch_no_library_code_and_nothing_written(tmp_path: Path, receipt_file: Path):
    code = (
        "import sys\n"
        "from inspector_app.services.read_text import read_document\n"
        f"*_, document = read_document({str(receipt_file)!r})\n"
        "assert document.pages[0].lines\n"
        "print([name for name in ('torch', 'rapidocr', 'requests') if name in sys.modules])\n"
    )
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[3],
        env={"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "OMP_NUM_THREADS": "1"},
    )
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""
    assert list(home.iterdir()) == []


def test_a_page_in_letters_that_it_does_not_know(reader: TextReader, tmp_path: Path):
    words = ("КАССОВЫЙ ЧЕК", "Продуктовый магазин", "Молоко пастеризованное", "Хлеб ржаной свежий",
             "Сыр российский", "Спасибо за покупку", "Адрес улица Ленина")  # fmt: skip
    drawn = draw_texts([(40, 40 + 60 * n, word) for n, word in enumerate(words)], (560, 500))
    read = reader.read_page(drawn.pixels)
    assert not read.lines
    assert read.unread_lines >= 5
    path = tmp_path / "cyrillic.png"
    Image.fromarray(drawn.pixels).save(path)
    assert read_image_page(path, 0, reader).remarks == ("other_script",)


def test_short_places_are_no_lines(reader: TextReader):
    noise = np.random.default_rng(3).integers(0, 255, (480, 640, 3), np.uint8)
    spots = np.full((480, 640, 3), 200, np.uint8)
    for n in range(24):
        y, x = 40 + 70 * (n // 6), 40 + 100 * (n % 6)
        spots[y : y + 30, x : x + 26] = noise[y : y + 30, x : x + 26] // 2
    for pixels in (noise, spots):
        assert reader.read_page(pixels).unread_lines < 5
