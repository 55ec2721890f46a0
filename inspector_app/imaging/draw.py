"""Findings and heat maps drawn into a picture, for reports and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.paths import RESOURCES
from inspector_app.imaging.chips import Rect, place_chip
from inspector_app.imaging.heat import heat_from_array, lay_heat

__all__ = ["OKABE_ITO", "Color", "OverlayBox", "draw_overlay", "heat_from_array", "label_color"]

Color = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# Told apart by people of all kinds of colour vision. The order is the window's order too.
OKABE_ITO: tuple[Color, ...] = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
_HALO: Color = (20, 20, 20)
_WHITE: Color = (255, 255, 255)
_BLACK: Color = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class OverlayBox:
    """A box to draw.

    Attributes:
        label: Its name, written beside it; empty for none.
        box: Where.
        color: Its colour, RGB; None for the label's own.
        dashed: Whether a person drew it: dashed lines are people's, solid ones engines'.
        score: Written behind the label; None when there is none.
    """

    label: str
    box: Box
    color: Color | None = None
    dashed: bool = False
    score: float | None = None


def label_color(label: str) -> Color:
    """Returns the label's colour: always the same one, in the window and in every report."""
    digest = sha1(label.encode("utf-8", "replace"), usedforsecurity=False).digest()
    return OKABE_ITO[digest[0] % len(OKABE_ITO)]


def draw_overlay(
    pixels: NDArray[np.uint8],
    boxes: Sequence[OverlayBox] = (),
    heat: HeatMap | None = None,
    opacity: float = 0.5,
    limit: float | None = None,
) -> NDArray[np.uint8]:
    """Draws a heat map and boxes with their labels into a copy of a picture.

    Lines are 2 px, wider in large pictures so that they are still seen when printed small.

    Args:
        pixels: uint8 `[h, w, 3]`, RGB.
        boxes: What to draw, in this order.
        heat: Heat map to lay over the picture first, if any.
        opacity: Its opacity, 0..1.
        limit: Score at which its contour is drawn; None for no contour.

    Returns:
        uint8 `[h, w, 3]`, RGB, contiguous, a new array.
    """
    height, width = pixels.shape[:2]
    line = max(2, round(max(width, height) / 800))
    out = lay_heat(pixels, heat, opacity, limit, line) if heat is not None else pixels
    if not boxes:
        return np.array(out, order="C")
    image = Image.fromarray(np.ascontiguousarray(out))
    pen = ImageDraw.Draw(image)
    corners = [item.box.to_pixels(width, height) for item in boxes]
    for item, rect in zip(boxes, corners, strict=True):
        _draw_box(pen, rect, item.color or label_color(item.label), line, item.dashed)
    # Labels last, so that no line crosses one.
    font = _font(max(12, round(max(width, height) / 60)))
    taken: list[Rect] = []
    for item, rect in zip(boxes, corners, strict=True):
        text = _text(item)
        if text:
            color = item.color or label_color(item.label)
            taken.append(_draw_chip(pen, text, rect, color, font, (width, height), taken))
    return np.array(image, order="C")


def text_color(background: Color) -> Color:
    """Returns black or white, whichever reads better (WCAG contrast)."""
    light = _luminance(background)
    return _BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else _WHITE


def _text(item: OverlayBox) -> str:
    label = " ".join(item.label.split())  # a line break would make the tag cover the part
    score = "" if item.score is None else f"{item.score:.3g}"
    return f"{label} {score}".strip()


def _draw_box(pen: ImageDraw.ImageDraw, rect: Rect, color: Color, line: int, dashed: bool) -> None:
    halo = max(1, line // 2)
    x1, y1 = rect[0], rect[1]
    # An empty box is still a place: it is drawn as a small square.
    x2, y2 = max(rect[2] - 1, x1 + line), max(rect[3] - 1, y1 + line)
    outer = (x1 - halo, y1 - halo, x2 + halo, y2 + halo)
    pen.rectangle(outer, outline=_HALO, width=line + 2 * halo)
    if not dashed:
        pen.rectangle((x1, y1, x2, y2), outline=color, width=line)
        return
    dash, gap = 5 * line, 3 * line
    for start in range(x1, x2 + 1, dash + gap):
        end = min(start + dash - 1, x2)
        pen.rectangle((start, y1, end, y1 + line - 1), fill=color)
        pen.rectangle((start, y2 - line + 1, end, y2), fill=color)
    for start in range(y1, y2 + 1, dash + gap):
        end = min(start + dash - 1, y2)
        pen.rectangle((x1, start, x1 + line - 1, end), fill=color)
        pen.rectangle((x2 - line + 1, start, x2, end), fill=color)


def _draw_chip(
    pen: ImageDraw.ImageDraw,
    text: str,
    box: Rect,
    color: Color,
    font: Font,
    picture: tuple[int, int],
    taken: Sequence[Rect],
) -> Rect:
    pad = max(2, round(font.getbbox("x")[3] / 5))
    text = _shortened(text, font, picture[0] - 2 * pad)
    left, top, right, bottom = font.getbbox(text)
    # The height of all letters, so that tags with and without descenders are alike.
    _, high, _, low = font.getbbox("Ág")
    top, bottom = min(top, high), max(bottom, low)
    size = (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad)
    rect = place_chip(box, size, picture, taken)
    pen.rectangle((rect[0], rect[1], rect[2] - 1, rect[3] - 1), fill=color, outline=_HALO)
    pen.text((rect[0] + pad - left, rect[1] + pad - top), text, fill=text_color(color), font=font)
    return rect


def _shortened(text: str, font: Font, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "...") > room:
        text = text[:-1]
    return text + "..."


@lru_cache(maxsize=16)
def _font(size: int) -> Font:
    try:
        return ImageFont.truetype(RESOURCES / "fonts" / "NotoSans-Regular.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


def _luminance(color: Color) -> float:
    parts = [c / 255.0 for c in color]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
