"""What a user sees of documents that are none, or not as they should be: `inspector read`."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from inspector_app.__main__ import main
from inspector_app.domain.paths import RESOURCES
from tests.pdf_files import bomb, one_page, zero_pages

FONT = ImageFont.truetype(str(RESOURCES / "fonts" / "NotoSans-Regular.ttf"), 26)
ROWS = (
    ("GREEN CORNER MARKET", ""),
    ("Invoice 20481", ""),
    ("Date 12/03/2024", ""),
    ("Orange juice", "12.50"),
    ("Brown bread", "3.20"),
    ("Total amount", "15.70"),
    ("Thank you", ""),
)
MakePdf = Callable[..., Path]


def draw_receipt() -> Image.Image:
    picture = Image.new("RGB", (520, 520), "white")
    pen = ImageDraw.Draw(picture)
    for number, (left, right) in enumerate(ROWS):
        pen.text((40, 40 + 62 * number), left, "black", FONT)
        pen.text((390, 40 + 62 * number), right, "black", FONT)
    return picture


def draw_photo() -> Image.Image:
    y, x = np.mgrid[0:600, 0:800]
    waves = (np.sin(x / 90), np.sin((x + y) / 120), np.cos(x / 200))
    noise = np.random.default_rng(4).normal(0, 12, (600, 800, 3))
    pixels = 120 + 60 * np.dstack(waves) + noise
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def draw_scribbles() -> Image.Image:
    drawn = random.Random(3)
    picture = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(picture)
    for y in range(90, 650, 90):
        x = 70.0
        while x < 700:
            steps = range(drawn.randint(12, 30))
            points = [(x + 5 * n, y + 22 * math.sin(n * drawn.uniform(0.6, 1.4))) for n in steps]
            pen.line(points, (30, 30, 90), 3)
            x = points[-1][0] + drawn.randint(18, 36)
    return picture


def read(
    capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, list[dict[str, Any]], list[str]]:
    code = main(["read", *map(str, arguments), "--schema", "receipt", "--json"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err.splitlines()


def known(record: dict[str, Any]) -> dict[str, Any]:
    fields = record["fields"]
    found = {name: field["value"] for name, field in fields.items() if isinstance(field, dict)}
    return {name: value for name, value in found.items() if value is not None}


def test_pages_without_text_have_no_fields(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    Image.new("RGB", (800, 1000), "white").save(tmp_path / "blank.png")
    draw_photo().save(tmp_path / "photo.jpg")
    draw_scribbles().save(tmp_path / "scribbles.png")
    one_page(tmp_path / "blank.pdf", b"0 0 595 842")
    one_page(tmp_path / "strip.pdf", b"0 0 900000000 3")
    code, records, err = read(capsys, tmp_path)
    assert code == 0
    assert len(records) == 5
    for record in records:
        assert known(record) == {}
        assert record["fields"].get("items", []) == []
        assert record["remarks"] == ["no_text"]
        assert f"{record['image']}: No text was found." in err


def test_a_receipt_is_read_however_it_comes(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    upright = draw_receipt()
    upright.save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / "picture.pdf")  # a PNG under a wrong name
    upright.rotate(180).save(tmp_path / "turned.png")
    upright.rotate(180).save(tmp_path / "scan.pdf", resolution=72)
    code, records, err = read(capsys, tmp_path)
    assert code == 0
    assert len(records) == 3
    for record in records:
        found = known(record)
        assert (found["total"], found["date"]) == (15.7, "2024-03-12")
        turned = Path(record["image"]).name != "picture.pdf"
        assert record["remarks"] == ["turned"] * turned
        assert any(record["image"] in line and "turned" in line for line in err) == turned


def test_two_receipts_are_not_mixed_without_a_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    two = Image.new("RGB", (1160, 560), (90, 80, 70))
    two.paste(draw_receipt(), (20, 20))
    two.paste(draw_receipt(), (620, 20))
    two.save(tmp_path / "two.png")
    code, (record,), err = read(capsys, tmp_path)
    assert code == 0
    assert "two_receipts" in record["remarks"]
    assert any("two receipts on the page" in line for line in err)


def test_files_that_are_none_are_told_in_a_line_each(
    capsys: pytest.CaptureFixture[str], make_pdf: MakePdf, tmp_path: Path
):
    good = make_pdf("good.pdf")
    make_pdf("locked.pdf", password="secret")
    content = good.read_bytes()
    (tmp_path / "cut.pdf").write_bytes(content[: len(content) // 3])
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "text.pdf").write_bytes(b"hello there")
    zero_pages(tmp_path / "zero.pdf")
    bomb(tmp_path / "bomb.pdf", 60_000)
    code, records, err = read(capsys, tmp_path)
    assert code == 1
    said = {Path(record["image"]).name: record.get("error", "") for record in records}
    assert {name: text.split(": ", 1)[-1] for name, text in said.items()} == {
        "bomb.pdf": "it shows a picture of 3,600 megapixels; the limit is 250. "
        "Leave the page out, or print it to a new PDF.",
        "cut.pdf": "the PDF is damaged. Copy it again, or print it to a new PDF.",
        "empty.pdf": "the file is empty. Copy it again from the camera.",
        "good.pdf": "",
        "locked.pdf": "it is locked with a password. Give the password in the window, "
        "or save a copy without one.",
        "text.pdf": "it is not an image that this program reads, or its beginning is damaged. "
        "Use a JPEG, PNG, TIFF, BMP, WebP, GIF, PPM or PDF file.",
        "zero.pdf": "it has no page. Make the PDF again from its source.",
    }
    assert len([line for line in err if line.startswith("Cannot read")]) == 6
    assert not any("fields" in record for record in records if "error" in record)


def test_a_long_pdf_and_a_huge_page(
    capsys: pytest.CaptureFixture[str], make_pdf: MakePdf, tmp_path: Path
):
    long = make_pdf("long.pdf", 40)
    code, (record,), err = read(capsys, long)
    assert code == 0
    assert record["pages"] == 40
    assert record["remarks"] == ["pages_cut"]
    assert max(line["page"] for line in record["lines"]) == 10
    assert any("Only some pages of the file were read" in line for line in err)
    code, (record,), _ = read(capsys, long, "--pages", 40)
    assert known(record)["total"] == 40.5
    huge = one_page(tmp_path / "huge.pdf", b"0 0 14400 14400")
    code, (record,), _ = read(capsys, huge)
    assert (code, known(record)) == (0, {})
