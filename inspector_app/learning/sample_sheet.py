"""A page of samples as a model will see them: to be looked at before a run.

Each picture has the size and shape that the model's rule gives it; boxes are those that are read
again from the written answer, so that what a model's grid does to them shows.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from inspector_app.domain.errors import BadInputError, InspectorError, StoreError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.paths import RESOURCES
from inspector_app.domain.samples import Lesson, Pick
from inspector_app.imaging.decode import decode
from inspector_app.imaging.draw import OverlayBox, draw_overlay
from inspector_app.learning.box_answers import read_boxes
from inspector_app.learning.data_checks import Reader, seen_of
from inspector_app.learning.template_files import words
from inspector_app.learning.templates import lesson_rng, make_lesson

_COLUMNS, _ROWS = 3, 2  # of a page
_WIDE = 420  # pixels of a card
_PICTURE = 300  # pixels that its picture is high at most
_MARGIN, _GAP = 24, 10
_QUESTION_LINES, _ANSWER_LINES = 6, 7
_SIZE, _SMALL = 15, 12  # of letters, pixels
_INK, _PALE, _PAPER, _LINE = (25, 25, 25), (110, 110, 110), (255, 255, 255), (205, 205, 205)
_DPI = 110


@dataclass(frozen=True, slots=True)
class _Card:
    picture: Image.Image | None
    lesson: Lesson
    foot: str


def make_sheet(
    picks: Sequence[Pick], reader: Reader, count: int = 12, language: str = "en"
) -> list[Image.Image]:
    """Draws samples, six on a page.

    Args:
        picks: Of a run; `count` of them are drawn, the same ones for the same seed.
        reader: How the model reads them.
        count: Samples at most.
        language: Of headings, "en" or "vi".

    Returns:
        Pages, RGB; samples that cannot be put are left out, `data_checks` tells of them.

    Raises:
        BadInputError: None can be put.
    """
    order = list(range(len(picks)))
    random.Random(reader.seed).shuffle(order)
    cards: list[_Card] = []
    for index in order:
        if len(cards) == count:
            break
        try:
            cards.append(_card(picks[index], reader, language))
        except InspectorError:
            continue
    if not cards:
        raise BadInputError("No sample can be shown.", "See what the check of the data says.")
    per_page = _COLUMNS * _ROWS
    return [
        _page(cards[start : start + per_page], language) for start in range(0, len(cards), per_page)
    ]


def write_sheet(pages: Sequence[Image.Image], path: Path) -> None:
    """Writes pages as a PDF, or below one another as a PNG.

    Args:
        pages: One or more.
        path: Ends in .pdf or .png.

    Raises:
        BadInputError: It ends in something else.
        StoreError: It cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise BadInputError(f"{path.name} is neither PNG nor PDF.", "Give a name in .png or .pdf.")
    try:
        if kind == ".pdf":
            first, *others = pages
            first.save(path, "PDF", save_all=True, append_images=others, resolution=_DPI)
            return
        width = max(page.width for page in pages)
        sheet = Image.new("RGB", (width, sum(page.height for page in pages)), _PAPER)
        top = 0
        for page in pages:
            sheet.paste(page, (0, top))
            top += page.height
        sheet.save(path, "PNG")
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}.", "Choose another folder."
        ) from error


def _card(pick: Pick, reader: Reader, language: str) -> _Card:
    sample = pick.sample
    seen = seen_of(sample, reader.rule)
    rng = lesson_rng(reader.seed, 0, sample)
    lesson = make_lesson(sample, pick.template, reader.dialect, seen, rng)
    if seen is None:
        return _Card(None, lesson, sample.source)
    pixels = reader.rule.shrunk(decode(sample.images[0]).pixels)
    height, width = pixels.shape[:2]
    scale = min(_WIDE / width, _PICTURE / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture = Image.fromarray(np.ascontiguousarray(pixels)).resize(size, Image.Resampling.LANCZOS)
    boxes: list[OverlayBox] = []
    for question, answer in lesson.turns:
        for text, asked in ((question, True), (answer, False)):
            boxes += [
                _overlay(found, seen, asked) for found in read_boxes(text, reader.dialect, seen)
            ]
    drawn = Image.fromarray(draw_overlay(np.asarray(picture), boxes))
    foot = words(language)["seen"].format(
        source=sample.source, width=seen.width, height=seen.height, tokens=seen.tokens
    )
    return _Card(drawn, lesson, foot)


def _overlay(found: FoundBox, seen: SeenImage, asked: bool) -> OverlayBox:
    box = found.box
    if seen.canvas:  # the picture lies in a corner of what is drawn
        x, y = seen.width / seen.canvas, seen.height / seen.canvas
        box = Box(box.x1 * x, box.y1 * y, box.x2 * x, box.y2 * y)
    return OverlayBox(found.label, box, dashed=asked)


def _page(cards: Sequence[_Card], language: str) -> Image.Image:
    heading, text = _font(_SMALL), _font(_SIZE)
    known = words(language)
    rows = [cards[start : start + _COLUMNS] for start in range(0, len(cards), _COLUMNS)]
    laid = [[_lines(card, known, text, heading) for card in row] for row in rows]
    above = [max(_picture_height(card) for card in row) for row in rows]
    heights = [
        high + _GAP + max(sum(_height(font) for _, font, _ in lines) for lines in row)
        for high, row in zip(above, laid, strict=True)
    ]
    across = _COLUMNS * _WIDE + (_COLUMNS + 1) * _MARGIN
    page = Image.new("RGB", (across, sum(heights) + (len(rows) + 1) * _MARGIN), _PAPER)
    pen = ImageDraw.Draw(page)
    top = _MARGIN
    for row, texts, high, height in zip(rows, laid, above, heights, strict=True):
        for column, (card, lines) in enumerate(zip(row, texts, strict=True)):
            left = _MARGIN + column * (_WIDE + _MARGIN)
            if card.picture is not None:
                width, tall = card.picture.size
                page.paste(card.picture, (left, top))
                # A white document on white paper has an edge, too.
                pen.rectangle((left - 1, top - 1, left + width, top + tall), outline=_LINE)
            else:
                pen.text((left, top), known["text_alone"], fill=_PALE, font=text)
            y = top + high + _GAP
            for line, font, color in lines:
                pen.text((left, y), line, fill=color, font=font)
                y += _height(font)
        top += height + _MARGIN
        if row is not rows[-1]:
            y = top - _MARGIN // 2
            pen.line((_MARGIN, y, page.width - _MARGIN, y), fill=_LINE)
    return page


_Line = tuple[str, ImageFont.FreeTypeFont, tuple[int, int, int]]


def _lines(
    card: _Card,
    known: dict[str, str],
    text: ImageFont.FreeTypeFont,
    heading: ImageFont.FreeTypeFont,
) -> list[_Line]:
    lines: list[_Line] = []
    for question, answer in card.lesson.turns:
        for title, said, most in (
            (known["asked"], question, _QUESTION_LINES),
            (known["wanted"], answer, _ANSWER_LINES),
        ):
            lines.append((title, heading, _PALE))
            lines += [(line, text, _INK) for line in wrapped(said, text, _WIDE, most)]
    lines += [(line, heading, _PALE) for line in wrapped(card.foot, heading, _WIDE, 2)]
    return lines


def wrapped(text: str, font: ImageFont.FreeTypeFont, room: float, most: int) -> list[str]:
    """Breaks a text into lines that fit.

    Args:
        text: Line breaks of its own are kept.
        font: To measure by.
        room: Width in pixels.
        most: Lines at most; what is left out is marked by dots.
    """
    lines: list[str] = []
    for paragraph in unicodedata.normalize("NFC", text).splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            while font.getlength(joined) > room:
                if line:
                    lines.append(line)
                    joined = word
                else:  # a word that is too long by itself
                    fits = next(
                        n for n in range(len(joined), 0, -1)
                        if n == 1 or font.getlength(joined[:n]) <= room
                    )  # fmt: skip
                    lines.append(joined[:fits])
                    joined = joined[fits:]
                line = ""
            line = joined
        lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and font.getlength(f"{last}…") > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _picture_height(card: _Card) -> int:
    return card.picture.height if card.picture is not None else _height(_font(_SIZE))


def _height(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 1.4)


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(RESOURCES / "fonts" / "NotoSans-Regular.ttf", size)
