"""Boxes in the text of a model, read while it streams and written into a prompt.

Models write boxes in different ways and units; here they become boxes in fractions of the image.
Forms and units are those of the Qwen-VL model pages and of the MiniGPT-v2 paper. A further dialect
is one more entry in `DIALECTS`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Protocol

from inspector_app.domain.errors import EngineError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import SeenImage
from inspector_app.parsing.box_json import JsonDialect
from inspector_app.parsing.box_tags import TagDialect
from inspector_app.parsing.scanner import Corners, Scanner

# Larger numbers are no coordinates of any image, but a model that has lost its way.
_ABSURD = 1e6

_SLACK = 1e-9  # of a unit

# What begins or ends a turn or an image of MiniGPT-v2, by its first character.
_CONTROL = re.compile(r"<(?=(?:/?s|unk|/?Img|ImageHere|</?SYS>)>)|\[(?=/?INST\])")


class Dialect(Protocol):
    """How a model writes boxes."""

    @property
    def scale(self) -> int | None:
        """Units a side; None if they are pixels of the image as the model sees it."""
        ...

    @property
    def truncates(self) -> bool:
        """Whether coordinates for a prompt are cut to whole units, not rounded."""
        ...

    def scanner(self) -> Scanner:
        """Returns a reader for one answer."""
        ...

    def write(self, corners: tuple[int, int, int, int], label: str) -> str:
        """Returns a box for a prompt; its corners are in the dialect's units."""
        ...


DIALECTS: dict[str, Dialect] = {
    "qwen2-vl": TagDialect(
        scale=1000,
        phrase=("<|object_ref_start|>", "<|object_ref_end|>"),
        tags=(
            "<|box_start|>",
            "<|box_end|>",
            "<|quad_start|>",
            "<|quad_end|>",
            "<|im_start|>",
            "<|im_end|>",
            "<|endoftext|>",
            "<|vision_start|>",
            "<|vision_end|>",
            "<|vision_pad|>",
            "<|image_pad|>",
            "<|video_pad|>",
        ),
        boxes=(
            "<|box_start|>(#,#),(#,#)<|box_end|>",
            "<|quad_start|>(#,#),(#,#),(#,#),(#,#)<|quad_end|>",
            "(#,#),(#,#)",  # what is left when the tokenizer leaves tags out
        ),
        written="<|box_start|>(#,#),(#,#)<|box_end|>",
        sure=("<|",),
    ),
    "qwen2.5-vl": JsonDialect(scale=None),
    "qwen3-vl": JsonDialect(scale=1000),
    "minigpt-v2": TagDialect(
        scale=100,
        phrase=("<p>", "</p>"),
        tags=(
            "<delim>",
            "<s>",
            "</s>",
            "<unk>",
            "[INST]",
            "[/INST]",
            "<Img>",
            "</Img>",
            "<ImageHere>",
        ),
        boxes=("{<#><#><#><#>?}?",),  # an answer may be cut off before the last brackets
        written="{<#><#><#><#>}",
        sure=("{<", "</", "<p", "<d"),
        noise=("<unk>",),
        spellings=(("<", "&lt;"), (">", "&gt;"), ("<", "\\<"), (">", "\\>")),
        joint=" ",
        truncates=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What more text of a model brought.

    Attributes:
        text: Text to read, without tags and coordinates. All pieces together are the answer.
        boxes: Boxes that it completed, each given once.
    """

    text: str
    boxes: tuple[FoundBox, ...]


_NOTHING = Piece("", ())


class BoxReader:
    """Reads the answer of a model while it comes.

    However the text is cut, the result is the same. No text raises an error: what is not a box
    is text, and boxes with no area or absurd numbers are left out; where coordinates are cut to
    whole units, a side of no length is one unit long.

    Args:
        dialect: Key of `DIALECTS`, as on the model's card.
        seen: The image that the boxes are in, as the model sees it.

    Raises:
        EngineError: The dialect is not known.
        ValueError: The image has no pixels, and boxes are in pixels or it lies in a canvas.
    """

    def __init__(self, dialect: str, seen: SeenImage) -> None:
        known = _dialect(dialect)
        self._scanner = known.scanner()
        self._truncates = known.truncates
        self._units = _units(known, seen)

    def feed(self, text: str) -> Piece:
        """Reads more text."""
        self._scanner.feed(text)
        return self._piece()

    def end(self) -> Piece:
        """Says that no more text comes and returns what was held back."""
        self._scanner.end()
        return self._piece()

    def _piece(self) -> Piece:
        text = self._scanner.visible.take()
        raw = self._scanner.boxes
        if not text and not raw:
            return _NOTHING
        found = [FoundBox(label, box) for label, corners in raw if (box := self._box(corners))]
        raw.clear()
        return Piece(text, tuple(found))

    def _box(self, corners: Corners) -> Box | None:
        if any(abs(value) >= _ABSURD for value in corners):
            return None
        x1, y1, x2, y2 = corners
        width, height = self._units
        if self._truncates:  # a thing smaller than a unit begins and ends in the same one
            x1, x2 = _opened(x1, x2, width)
            y1, y2 = _opened(y1, y2, height)
        box = Box(x1 / width, y1 / height, x2 / width, y2 / height)
        return box if box.area > 0 else None


def write_box(dialect: str, box: Box, seen: SeenImage, label: str = "") -> str:
    """Returns a box as the model expects it in a prompt, at least one unit wide and high.

    Args:
        dialect: Key of `DIALECTS`.
        box: The box.
        seen: The image that it is in, as the model sees it.
        label: What it is, if that is to be said; control tags are taken out.

    Raises:
        EngineError: The dialect is not known.
        ValueError: The image has no pixels, and boxes are in pixels or it lies in a canvas.
    """
    known = _dialect(dialect)
    width, height = _units(known, seen)
    x1, x2 = _whole(box.x1, box.x2, width, known.truncates)
    y1, y2 = _whole(box.y1, box.y2, height, known.truncates)
    return known.write((x1, y1, x2, y2), plain(label))


def plain(text: str) -> str:
    """Returns what a user typed with no control tag left in it.

    Otherwise a question could end its turn and speak as someone else, or claim another image.
    `<|im_end|>` becomes `<im_end>`; no `<|` is left, whatever the nesting. `</s>` becomes `< /s>`:
    a space can complete no other tag, as taking something out can.
    """
    text = re.sub(r"<\|++([^<>|]*+)\|++>", r"<\1>", text)
    text = re.sub(r"<\|+", "<", text)
    return _CONTROL.sub(r"\g<0> ", text)


def _dialect(name: str) -> Dialect:
    try:
        return DIALECTS[name]
    except KeyError:
        raise EngineError(
            f"The model's card names the dialect {name!r}, which is not known.",
            f"Write one of these in the card: {', '.join(DIALECTS)}.",
        ) from None


def _units(dialect: Dialect, seen: SeenImage) -> tuple[float, float]:
    """Returns how many units the picture is wide and high."""
    scale, canvas = dialect.scale, seen.canvas
    if scale is not None and canvas < 1:
        return scale, scale
    if min(seen.width, seen.height) < 1:
        raise ValueError(f"boxes need an image that has pixels, got {seen}")
    if scale is None:
        return seen.width, seen.height
    return scale * seen.width / canvas, scale * seen.height / canvas


def _opened(low: float, high: float, units: float) -> tuple[float, float]:
    if low < high or not 0 <= low <= units:
        return low, high
    low = min(low, units - 1)
    return low, low + 1


def _whole(low: float, high: float, units: float, truncates: bool) -> tuple[int, int]:
    if truncates:
        # A box that the model wrote stays the same: 29 / 100 * 100 is a little less than 29.
        first, last = int(low * units + _SLACK), int(high * units + _SLACK)
    else:
        first, last = round(low * units), round(high * units)
    if first == last:
        first = min(math.ceil(units) - 1, int((low + high) / 2 * units + _SLACK))
        last = first + 1
    return first, last
