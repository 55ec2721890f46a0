from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.paths import RESOURCES
from inspector_app.domain.samples import Pick, Sample
from inspector_app.domain.tasks import Task
from inspector_app.imaging.draw import label_color
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.imaging.square_pixels import SquareRule
from inspector_app.learning.data_checks import Reader
from inspector_app.learning.sample_sheet import make_sheet, wrapped, write_sheet
from tests.unit.learning_data.test_manifest_reader import picture

QWEN = Reader("qwen2-vl", PixelRule(min_pixels=28 * 28 * 4, max_pixels=28 * 28 * 256))
FONT = ImageFont.truetype(RESOURCES / "fonts" / "NotoSans-Regular.ttf", 15)


def marked(path: Path) -> Pick:
    box = FoundBox("pit", Box(0.25, 0.5, 0.75, 1))
    sample = Sample((str(path),), Task.DETECTION, "train", located=(box,), source="s:1")
    return Pick(sample, "minigpt-tags")


def coloured(page: Image.Image, color: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Where a colour is, x1, y1, x2, y2."""
    rows, columns = np.nonzero((np.asarray(page) == color).all(axis=2))
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.mark.parametrize("squash", [True, False])
def test_boxes_lie_where_the_model_has_them(tmp_path: Path, squash: bool):
    path = picture(tmp_path / "a.png", (400, 200))
    reader = Reader("minigpt-v2", SquareRule(squash=squash))
    sample = Sample(
        (str(path),), Task.DETECTION, "train", is_defect=None,
        located=(FoundBox("pit", Box(0.25, 0.5, 0.75, 1)),),
    )  # fmt: skip
    (page,) = make_sheet([Pick(sample)], reader)
    color = (90, 120, 60)
    x1, y1, x2, y2 = coloured(page, color)
    side = x2 - x1
    if squash:
        assert abs(side - (y2 - y1)) <= 2  # a square
    else:
        assert abs(side - 2 * (y2 - y1)) <= 4
    found = coloured(page, label_color("pit"))
    assert found[0] == pytest.approx(x1 + side / 4, abs=4)
    assert found[2] == pytest.approx(x1 + side * 3 / 4, abs=4)
    assert found[3] == pytest.approx(y2, abs=8)


def test_twelve_samples_fill_two_pages_and_broken_ones_are_passed_over(tmp_path: Path):
    picks = [marked(picture(tmp_path / f"{n}.png")) for n in range(14)]
    gone = marked(tmp_path / "gone.png")
    pages = make_sheet([gone, *picks], QWEN)
    assert [page.mode for page in pages] == ["RGB", "RGB"]
    again = make_sheet([gone, *picks], QWEN)
    assert all((np.asarray(a) == np.asarray(b)).all() for a, b in zip(pages, again, strict=True))
    assert len(make_sheet(picks, QWEN, 3)) == 1
    with pytest.raises(BadInputError, match="No sample can be shown"):
        make_sheet([gone], QWEN)


def test_text_alone_takes_no_room_for_a_picture(tmp_path: Path):
    alone = Pick(Sample((), Task.VQA, "train", "Chín chưa?", ("có",), language="vi"))
    (small,) = make_sheet([alone], QWEN, language="vi")
    (large,) = make_sheet([marked(picture(tmp_path / "a.png"))], QWEN, language="vi")
    assert small.height < large.height - 200


def test_png_and_pdf(tmp_path: Path):
    pages = make_sheet([marked(picture(tmp_path / f"{n}.png")) for n in range(8)], QWEN)
    write_sheet(pages, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as image:
        assert image.height == sum(page.height for page in pages)
    write_sheet(pages, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().count(b"/Type /Page\n") == 2
    with pytest.raises(BadInputError, match="neither PNG nor PDF"):
        write_sheet(pages, tmp_path / "sheet.doc")


@pytest.mark.parametrize(
    "text",
    ["ngắn", "một câu dài " * 40, "x" * 400, "a\n\nb", "", "w " + "y" * 300, "e\u0302\u0301"],
)
def test_lines_fit_and_nothing_is_lost_unmarked(text: str):
    lines = wrapped(text, FONT, 200, 5)
    assert len(lines) <= 5
    assert all(FONT.getlength(line) <= 200 for line in lines)
    if len(lines) == 5:
        assert lines[-1].endswith("…")
    else:
        import unicodedata

        kept = unicodedata.normalize("NFC", text)
        assert "".join(lines).replace(" ", "") == "".join(kept.split())
