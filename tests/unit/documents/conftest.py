"""Pages drawn with text at known places, and one reader for all tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.documents import TextLine
from inspector_app.domain.paths import RESOURCES
from inspector_app.experts.ocr import TextReader

FONT = RESOURCES / "fonts" / "NotoSans-Regular.ttf"
RECEIPT = (
    "GREEN CORNER MARKET",
    "14 Harbour Street",
    "Invoice 20481",
    "Date 12/03/2024",
    "Orange juice",
    "Brown bread",
    "Washing powder",
    "Subtotal",
    "Rounding",
    "Total amount",
    "Thank you",
)
PRICES = {4: "12.50", 5: "3.20", 6: "27.95", 7: "43.65", 8: "0.05", 9: "43.70"}


@dataclass(frozen=True)
class Drawn:
    """A drawn page: texts and their places, `x1, y1, x2, y2` in pixels."""

    pixels: NDArray[np.uint8]
    places: dict[str, tuple[float, float, float, float]]


def draw_texts(
    texts: Sequence[tuple[float, float, str]],
    size: tuple[int, int],
    height: int = 26,
    ink: int = 20,
    paper: int = 245,
) -> Drawn:
    """Draws texts with their upper left corners at given places."""
    image = Image.new("RGB", size, (paper, paper, paper))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, height)
    places = {}
    for x, y, text in texts:
        draw.text((x, y), text, (ink, ink, ink), font)
        places[text] = draw.textbbox((x, y), text, font)
    return Drawn(np.asarray(image), places)


def draw_receipt(ink: int = 20, paper: int = 245) -> Drawn:
    texts: list[tuple[float, float, str]] = []
    for number, line in enumerate(RECEIPT):
        texts.append((40, 40 + 62 * number, line))
        if number in PRICES:
            texts.append((390, 40 + 62 * number, PRICES[number]))
    return draw_texts(texts, (520, 760), ink=ink, paper=paper)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def place_of(lines: Sequence[TextLine], text: str, size: tuple[int, int]) -> NDArray[np.float64]:
    """Returns the corners of the line with a text, in pixels; fails when it was not read."""
    from inspector_app.experts.ocr import corners_of

    found = [line for line in lines if squeezed(line.text) == squeezed(text)]
    assert found, f"{text!r} is not among {[line.text for line in lines]}"
    return np.array(corners_of(found[0])) * size


@pytest.fixture(scope="session")
def reader() -> TextReader:
    return TextReader()


@pytest.fixture(scope="session")
def receipt() -> Drawn:
    return draw_receipt()


@pytest.fixture
def receipt_file(receipt: Drawn, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.png"
    Image.fromarray(receipt.pixels).save(path)
    return path
