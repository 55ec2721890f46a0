"""Short printed labels: a few lines with a lot, a date, a quantity, a total."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from inspector_app.domain.paths import RESOURCES
from inspector_app.learning.starter import surface
from inspector_app.learning.starter.scene import Letter, Scene
from inspector_app.learning.starter.surface import Rng

FIELDS = ("lot", "date", "quantity", "total", "code")
_HEADS = {
    "lot": ("LOT", "Lot", "LOT:"),
    "date": ("DATE", "Date", "Ngay"),
    "quantity": ("QTY", "Qty", "SL"),
    "total": ("TOTAL", "Total", "TONG"),
    "code": ("CODE", "No.", "ID"),
}
_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_LETTERS = "ABCDEFGHKLMNPRSTVXYZ"


def label(rng: Rng, size: tuple[int, int], *, held: bool = False) -> Scene:
    """Renders a label.

    Args:
        rng: Source of chance.
        size: Width and height in pixels.
        held: With the font that the train split does not have.
    """
    from PIL import Image, ImageDraw

    width, height = size
    names = [str(n) for n in rng.choice(FIELDS, int(rng.integers(1, 4)), replace=False)]
    fields = {name: _value(rng, name) for name in names}
    lines = [f"{rng.choice(_HEADS[name])} {value}" for name, value in fields.items()]
    letter = int(min(rng.uniform(20, 34), height / (len(lines) * 1.5)))
    font = _font("" if held else str(rng.choice(_FONTS)), letter)
    widest = max(font.getlength(line) for line in lines)
    if widest > width - 12:
        letter = int(letter * (width - 12) / widest)
        font = _font("" if held else str(rng.choice(_FONTS)), letter)
        widest = max(font.getlength(line) for line in lines)
    dark = rng.random() < 0.25
    paper = rng.uniform(0.05, 0.3, 3) if dark else rng.uniform(0.7, 1.0, 3)
    ink = rng.uniform(0.8, 1.0, 3) if dark else rng.uniform(0.0, 0.25, 3)
    sheet = Image.new("L", size, 0)
    pen = ImageDraw.Draw(sheet)
    gap = letter * float(rng.uniform(1.25, 1.5))
    left = float(rng.uniform(6, max(6.1, width - widest - 6)))
    top = float(rng.uniform(3, max(3.1, height - gap * len(lines) - 3)))
    letters: list[Letter] = []
    for number, line in enumerate(lines):
        y = top + number * gap
        pen.text((left, y), line, fill=255, font=font)
        for place, sign in enumerate(line):
            if sign != " ":
                middle = (font.getlength(line[:place]) + font.getlength(line[: place + 1])) / 2
                letters.append(Letter(sign, left + middle, y + letter * 0.62))
    drawn = np.asarray(sheet, np.float32) / 255
    image = np.ones((height, width, 3), np.float32) * paper.astype(np.float32)
    image *= (1 + 0.03 * surface.soft_noise(rng, (height, width), float(rng.uniform(2, 50))))[
        ..., None
    ]
    image += (ink.astype(np.float32) - image) * (drawn * np.float32(rng.uniform(0.75, 1)))[
        ..., None
    ]
    pixels = surface.exposed(rng, image)
    return Scene(pixels, "label", lines=tuple(lines), fields=fields, letters=tuple(letters))


def _value(rng: Rng, name: str) -> str:
    if name == "lot":
        return f"{rng.choice(list(_LETTERS))}{rng.integers(10, 1000)}"
    if name == "date":
        return f"{rng.integers(1, 29):02d}/{rng.integers(1, 13):02d}"
    if name == "quantity":
        return str(rng.integers(1, 100))
    if name == "total":
        return f"{rng.integers(1, 1000)}.{rng.integers(0, 10)}00"
    return f"{rng.choice(list(_LETTERS))}{rng.choice(list(_LETTERS))}{rng.integers(10, 100)}"


@lru_cache(128)
def _font(name: str, size: int) -> Any:
    from PIL import ImageFont

    if not name:  # the one that Pillow carries
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(RESOURCES / "fonts" / name), size)
