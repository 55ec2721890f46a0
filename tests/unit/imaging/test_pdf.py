"""Pages of PDFs as images: sizes, limits, and files that are none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.errors import ImageError, LockedError
from inspector_app.domain.page_ranges import pages_text, parse_pages
from inspector_app.imaging import pdf_passwords
from inspector_app.imaging.decode import decode, probe
from tests.pdf_files import bomb, one_page, zero_pages

MakePdf = Callable[..., Path]


def test_a_page_is_an_image(make_pdf: MakePdf):
    path = make_pdf("three.pdf", 3)
    info = probe(path, 1)
    assert (info.width, info.height, info.pages, info.bits) == (1654, 2339, 3, 8)
    assert info.format == "PDF"
    first, second = decode(path), decode(path, page=1)
    assert first.pixels.shape == (2339, 1654, 3)
    assert first.pixels.dtype == np.uint8
    assert first.values is None
    assert (first.pixels[0, 0] == 255).all()
    assert first.pixels.min() < 50
    assert (first.pixels != second.pixels).any()


@pytest.mark.parametrize("dpi", [150, 300])
def test_the_dpi_chosen(make_pdf: MakePdf, dpi: int):
    path = make_pdf("one.pdf")
    info = probe(path, dpi=dpi)
    assert decode(path, dpi=dpi).pixels.shape[:2] == (info.height, info.width)
    assert info.width == pytest.approx(595.28 / 72 * dpi, abs=1)


@pytest.mark.parametrize("side", [1, 64, 333, 2048, 100_000])
def test_a_small_picture_is_drawn_small(make_pdf: MakePdf, side: int):
    found = decode(make_pdf("one.pdf"), side)
    assert max(found.pixels.shape[:2]) == min(side, 2339)
    assert (found.width, found.height) == (1654, 2339)
    assert found.scale == pytest.approx(min(1.0, side / 2339), rel=0.5 if side == 1 else 0.02)


def test_a_page_that_is_not_there(make_pdf: MakePdf):
    path = make_pdf("one.pdf")
    for read in (lambda: decode(path, page=4), lambda: probe(path, 4)):
        with pytest.raises(ImageError, match=r"Cannot read page 5 of one\.pdf: it has 1 page\."):
            read()


def test_content_decides_not_the_suffix(make_pdf: MakePdf, tmp_path: Path):
    Image.new("RGB", (30, 20), (9, 8, 7)).save(tmp_path / "a.png")
    picture = (tmp_path / "a.png").rename(tmp_path / "a.pdf")
    assert probe(picture).format == "PNG"
    assert decode(picture).pixels.shape == (20, 30, 3)
    assert probe(make_pdf("one.pdf").rename(tmp_path / "one.png")).format == "PDF"


def test_a_locked_pdf(make_pdf: MakePdf):
    path = make_pdf("locked.pdf", password="secret")
    for _ in range(2):
        with pytest.raises(LockedError, match=r"locked\.pdf: it is locked with a password\. Give"):
            decode(path)
        pdf_passwords.remember(path, "secret")
        assert decode(path, 100).pixels.shape == (100, 71, 3)
        pdf_passwords.remember(path, "")


def test_files_that_are_none(tmp_path: Path, make_pdf: MakePdf):
    whole = make_pdf("whole.pdf").read_bytes()
    zero = zero_pages(tmp_path / "zero.pdf")
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 40)
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "text.pdf").write_bytes(b"hello")
    (tmp_path / "empty.pdf").write_bytes(b"")
    cases = {
        zero: "it has no page. Make the PDF again",
        tmp_path / "noise.pdf": "the PDF is damaged. Copy it again",
        tmp_path / "cut.pdf": "the PDF is damaged. Copy it again",
        tmp_path / "text.pdf": "it is not an image that this program reads",
        tmp_path / "empty.pdf": "the file is empty",
        tmp_path / "missing.pdf": "there is no such file",
    }
    for path, said in cases.items():
        for read in (probe, decode):
            with pytest.raises(ImageError) as caught:
                read(path)
            assert str(caught.value).startswith(f"Cannot read {path.name}: {said}")


@pytest.mark.parametrize(
    ("media_box", "most"),
    [
        (b"0 0 14400 14400", 30_000_000),
        (b"0 0 1000000 3", 30_000_000),
        (b"0 0 3 900000000", 30_000_000),
        (b"0 0 1e30 1e30", 30_000_000),
        (b"5 5 5 5", 30_000_000),
        (b"0 0 -9 0", 30_000_000),
    ],
)
def test_pages_of_absurd_sizes(tmp_path: Path, media_box: bytes, most: int):
    path = one_page(tmp_path / "page.pdf", media_box)
    info = probe(path, dpi=300)
    assert 0 < info.width * info.height <= most * 1.01
    assert max(info.width, info.height) <= 20_001
    found = decode(path, 500, dpi=300)
    assert max(found.pixels.shape) <= 500


def test_a_picture_that_would_fill_the_memory(tmp_path: Path):
    for side, fits in ((2000, True), (40_000, False)):
        path = bomb(tmp_path / f"{side}.pdf", side)
        assert probe(path).pages == 1
        if fits:
            assert decode(path).pixels.min() == 0
            continue
        with pytest.raises(ImageError, match=r"shows a picture of 1,600 megapixels; the limit"):
            decode(path, 64)


def test_many_threads_draw_at_once(make_pdf: MakePdf):
    # PDFium may not be used by two threads at a time.
    path = make_pdf("many.pdf", 12)
    alone = [decode(path, 200, page).pixels for page in range(12)]
    start = threading.Barrier(4)

    def draw(offset: int) -> bool:
        start.wait()
        pages = [(offset + n) % 12 for n in range(12)]
        return all((decode(path, 200, page).pixels == alone[page]).all() for page in pages)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(draw, range(0, 12, 3)))


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1", [0]),
        ("1-3, 7", [0, 1, 2, 6]),
        ("7,1\u20132", [6, 0, 1]),
        ("", None),
        ("0", None),
        ("3-1", None),
        ("1-", None),
        ("all", None),
        ("1-9999999", None),
        ("\u0661", None),
    ],
)
def test_pages_as_people_write_them(text: str, pages: list[int] | None):
    assert parse_pages(text) == pages
    if pages:
        assert parse_pages(pages_text(pages)) == sorted(pages)


def test_pages_written():
    assert pages_text([]) == ""
    assert pages_text([6, 2, 0, 1, 1]) == "1-3, 7"
