"""Sets a sheet in type: ink on a strip of paper, and every printed line with its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.learning.line_fonts import Font
from inspector_app.learning.line_render import writable
from inspector_app.learning.receipt_sheet import Cell, Row, Sheet

Random = np.random.Generator
Ink = NDArray[np.float32]
Extent = tuple[float, float, float, float]
_SAMPLE = "Tổng cộng 123.456 Thành tiền SL 2"
_TYPED = {"dash": "-", "double": "=", "stars": "*"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A strip as it left the printer.

    Attributes:
        ink: [height, width], 1 where it is black.
        lines: Texts as they stand, with x1, y1, x2, y2 of their ink in pixels.
    """

    ink: Ink
    lines: tuple[tuple[str, Extent], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    x: float
    face: Any


def typeset(sheet: Sheet, regular: Font, bold: Font, width: int, rng: Random) -> Printed:
    """Sets a sheet.

    Args:
        sheet: What stands there.
        regular: For the body.
        bold: For headings; may be the same.
        width: Of the paper, pixels.
        rng: Decides margins, leading and how rules are drawn.
    """
    margin = float(rng.uniform(0.03, 0.07)) * width
    inner = width - 2 * margin
    leading = float(rng.uniform(1.18, 1.45))
    typed = bool(rng.random() < 0.5)
    fonts = (regular, bold)
    size = inner / sheet.characters / (_face(regular.path, 100).getlength(_SAMPLE) / len(_SAMPLE))
    size = _fitting(sheet, fonts, size * 100, inner)
    tall = [_height(row, fonts, size, inner, leading) for row in sheet.rows]
    height = int(2 * margin + sum(tall)) + 1
    from PIL import Image, ImageDraw

    canvas = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(canvas)
    lines: list[tuple[str, Extent]] = []
    y = margin
    for row, room in zip(sheet.rows, tall, strict=True):
        top = y + row.gap * size * leading
        if row.rule:
            _rule(
                draw, row.rule, (margin, top, width - margin, y + room), size, regular, rng, typed
            )
        for cell in row.cells:
            base = top
            for line in _lines(cell, row, fonts, size, inner):
                spot = (margin + line.x, base)
                draw.text(spot, line.text, font=line.face, fill=255)
                x1, y1, x2, y2 = draw.textbbox(spot, line.text, font=line.face)
                lines.append((line.text, (x1, y1, x2, y2)))
                base += row.size * size * leading
        for bar in row.bars:
            x = min(margin + bar * inner, width - margin)
            draw.line((x, y - 0.55 * size, x, y + room + 0.1 * size), fill=200, width=1)
        y += room
    return Printed(np.asarray(canvas, np.float32) / 255.0, tuple(lines))


def _fitting(sheet: Sheet, fonts: tuple[Font, Font], size: float, inner: float) -> float:
    """The largest size up to `size` at which words and whole amounts fit their columns."""
    share = 1.0
    for row in sheet.rows:
        face = _face(fonts[row.bold].path, 100)
        for cell in row.cells:
            text = writable(cell.text, fonts[row.bold])
            pieces = [text] if cell.align == "right" else text.split(" ")
            longest = max(face.getlength(piece) for piece in pieces) / 100 * size * row.size
            share = min(share, (cell.right - cell.left) * inner / max(longest, 1.0))
    return max(size * share, 8.0)


def _height(row: Row, fonts: tuple[Font, Font], size: float, inner: float, leading: float) -> float:
    if row.rule == "bars":
        return (2.6 + row.gap) * size * leading
    if row.rule:
        return (0.75 + row.gap) * size * leading
    count = max(len(_lines(cell, row, fonts, size, inner)) for cell in row.cells)
    return (count * row.size + row.gap) * size * leading


def _lines(
    cell: Cell, row: Row, fonts: tuple[Font, Font], size: float, inner: float
) -> list[_Line]:
    """The lines that a cell is wrapped into."""
    font = fonts[row.bold]
    face = _face(font.path, max(6, round(size * row.size)))
    room = (cell.right - cell.left) * inner
    words = writable(cell.text, font).strip().split(" ")
    texts = [" ".join(words)]
    if cell.align != "right" and face.getlength(texts[0]) > room:
        texts = _wrapped(words, face, room)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[cell.align]
    left = cell.left * inner
    if cell.align == "left":
        left += (len(cell.text) - len(cell.text.lstrip())) * face.getlength(" ")
    return [
        _Line(text, left + share * max(room - face.getlength(text), 0.0), face) for text in texts
    ]


def _wrapped(words: Sequence[str], face: Any, room: float) -> list[str]:
    texts = [words[0]]
    for word in words[1:]:
        longer = f"{texts[-1]} {word}"
        if face.getlength(longer) <= room:
            texts[-1] = longer
        else:
            texts.append(word)
    return texts


def _rule(
    draw: Any, kind: str, place: Extent, size: float, font: Font, rng: Random, typed: bool
) -> None:
    left, top, right, bottom = place
    if kind == "bars":
        x = left + 0.15 * (right - left)
        unit = max(1.0, (right - left) / 160)
        while x < right - 0.15 * (right - left):
            wide = unit * int(rng.integers(1, 4))
            draw.rectangle((x, top, x + wide, bottom - 0.4 * size), fill=255)
            x += wide + unit * int(rng.integers(1, 4))
        return
    middle = (top + bottom) / 2
    if typed and kind in _TYPED:
        face = _face(font.path, max(6, round(size)))
        sign = _TYPED[kind]
        text = sign * int((right - left) / face.getlength(sign))
        draw.text((left, top - 0.25 * size), text, font=face, fill=255)
        return
    thick = max(1, round(size / 14))
    if kind in ("dash", "stars"):
        step = size * (0.5 if kind == "dash" else 0.25)
        for x in np.arange(left, right - step / 2, step):
            draw.line((x, middle, x + step / 2, middle), fill=230, width=thick)
        return
    for y in (middle,) if kind == "line" else (middle - 2 * thick, middle + 2 * thick):
        draw.line((left, y, right, y), fill=230, width=thick)


@lru_cache(maxsize=200)
def _face(path: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
