"""Pictures of a report: the image with its heat map and boxes, or a panel saying why not."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.paths import RESOURCES
from inspector_app.imaging.decode import decode, file_sha256
from inspector_app.imaging.draw import OverlayBox, draw_overlay
from inspector_app.reports.summary import ImageRow
from inspector_app.reports.texts import Words
from inspector_app.store.project import Project

OPACITY = 0.45
ENOUGH = 480  # pixels of the longer side in which boxes and labels have room


def picture(
    project: Project, row: ImageRow, words: Words, max_side: int, quality: int = 85
) -> tuple[bytes, tuple[int, int], tuple[str, ...]]:
    """Draws the picture of one image.

    Args:
        project: Where the heat map is.
        row: The image.
        words: Language of what is written into it.
        max_side: Longest side in pixels.
        quality: Of the JPEG.

    Returns:
        JPEG bytes; width and height in pixels; keys of the texts that explain the picture.
    """
    try:
        pixels = pixels_of(row.path, row.page, max_side)
    except (InspectorError, OSError) as error:
        grey = panel(row.name, words, str(error), max_side)
        return jpeg(grey, quality), grey.size, ()
    heat = project.heat(row.result_id) if row.result_id else None
    boxes = [
        OverlayBox(finding.label, finding.box, None, finding.by_person, finding.score)
        for finding in row.standing
        if finding.box is not None
    ]
    limit = row.limits.pixel if row.limits is not None else None
    image = Image.fromarray(draw_overlay(pixels, boxes, heat, OPACITY, limit))
    notes = (("boxes",) if boxes else ()) + (("heat",) if heat is not None else ())
    if has_changed(row.path, row.sha256):
        notes = ("picture_changed", *notes)
    return jpeg(image, quality), image.size, notes


def pixels_of(path: str, page: int, max_side: int) -> NDArray[np.uint8]:
    """Reads a picture to draw on: uint8 `[h, w, 3]`, upright, its longer side at most `max_side`.

    A tiny picture comes in larger pixels: labels must not hide what they are about.

    Raises:
        ImageError: It cannot be read.
    """
    pixels = decode(path, max_side, page).pixels
    times = ENOUGH // max(pixels.shape[:2])
    return pixels.repeat(times, 0).repeat(times, 1) if times > 1 else pixels


def has_changed(path: str, sha256: str) -> bool:
    """Whether a file is another than the one with this hash; an empty hash says nothing."""
    try:
        return bool(sha256) and file_sha256(path) != sha256
    except (InspectorError, OSError):
        return False  # gone since it was decoded a moment ago


def jpeg(image: Image.Image, quality: int) -> bytes:
    """Returns the picture as a JPEG file."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def panel(name: str, words: Words, why: str, max_side: int) -> Image.Image:
    """A grey panel with the image's name and why it cannot be shown."""
    size = (min(max_side, 720), 220)
    image = Image.new("RGB", size, (226, 228, 230))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=(180, 183, 187), width=2)
    lines = [(name, _font(22)), (words("picture_missing"), _font(17))]
    lines += [(line, _font(15)) for line in _wrapped(why, _font(15), size[0] - 48)[:4]]
    total = sum(round(font.size * 1.6) for _, font in lines)
    y = (size[1] - total) / 2
    for text, font in lines:
        shown = _fitted(text, font, size[0] - 48)
        x = (size[0] - font.getlength(shown)) / 2
        pen.text((x, y), shown, fill=(60, 64, 70), font=font)
        y += round(font.size * 1.6)
    return image


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitted(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text + "…"


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = Path(RESOURCES / "fonts" / "NotoSans-Regular.ttf")
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
