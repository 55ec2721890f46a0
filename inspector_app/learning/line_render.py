"""Renders a line of text as a scanner or a camera would see it, at two fixed levels of damage.

Everything follows from the generator that is passed in: the same seed, text and font give the same
picture (up to rounding between versions of the libraries).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.learning import line_damage as damage
from inspector_app.learning.line_fonts import Font

Random = np.random.Generator
Grey = NDArray[np.uint8]
_SIZES = (24, 32, 42, 54)  # of the type, pixels


@dataclass(frozen=True, slots=True)
class Level:
    """How much happens to a line.

    Attributes:
        heights: Smallest and largest height of the crop in pixels.
        degrees: Rotation at most.
        slant: Perspective and shear at most, as shares of the height.
        above: Least and most that the crop leaves above the tallest mark, as shares of the
            height of the letters; below zero it cuts into them.
        blur: Widest blur, in pixels of the crop.
        noise: Most noise, in grey levels.
        contrast: Least contrast left, 0..1.
        chance: Of each kind of damage.
    """

    heights: tuple[int, int]
    degrees: float
    slant: float
    above: tuple[float, float]
    blur: float
    noise: float
    contrast: float
    chance: float


NORMAL = Level((28, 56), 0.8, 0.02, (0.0, 0.25), 0.7, 9.0, 0.55, 0.12)
HARD = Level((22, 48), 2.6, 0.06, (-0.06, 0.35), 1.25, 22.0, 0.28, 0.33)


def normal(text: str, font: Font, rng: Random) -> Grey:
    """A line as a good scan gives it."""
    return render(text, font, rng, NORMAL)


def hard(text: str, font: Font, rng: Random) -> Grey:
    """A line as a bad photograph of a faded receipt gives it; people still read it."""
    return render(text, font, rng, HARD)


LEVELS = {"normal": normal, "hard": hard}


def writable(text: str, font: Font) -> str:
    """The text without what the font lacks; the sign of the dong becomes "đ"."""
    if not font.lacks:
        return text
    return "".join(
        "đ" if c == "₫" and c in font.lacks else c for c in text if c == "₫" or c not in font.lacks
    )


def render(text: str, font: Font, rng: Random, level: Level) -> Grey:
    """Renders a line.

    Args:
        text: What stands there; every character must be in the font (`writable`).
        font: A font of `line_fonts`.
        rng: Decides everything.
        level: How much happens to it.

    Returns:
        The crop, dark on light unless it is inverse.
    """
    ink, top, bottom = _ink(text, font, rng)
    ink = _strokes(ink, rng, level)
    if rng.random() < level.chance * 0.6:
        damage.rule(ink, top, bottom, rng)
    crop = _crop(ink, top, bottom, rng, level)
    if rng.random() < level.chance:
        crop *= damage.fading(crop.shape, rng)
    if rng.random() < level.chance * 0.5:
        crop *= damage.dots(crop.shape, rng)
    crop = damage.blurred(crop, float(rng.uniform(0, level.blur)), rng)
    contrast = float(rng.uniform(level.contrast, 1.0))
    paper = float(rng.uniform(150 + 60 * (1 - level.chance), 255))
    page = np.full(crop.shape, paper, np.float32)
    if rng.random() < level.chance * 1.5:
        page -= damage.texture(crop.shape, rng, float(rng.uniform(4, 14 + 40 * level.chance)))
    picture = page - crop * (paper - float(rng.uniform(0, 50))) * contrast
    picture += rng.standard_normal(crop.shape, np.float32) * float(rng.uniform(0, level.noise))
    if rng.random() < level.chance * 0.35:
        picture = 255.0 - picture
    shown = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < level.chance * 1.4:
        shown = damage.jpeg(shown, int(rng.integers(int(75 - 110 * level.chance), 92)))
    if rng.random() < level.chance:
        shown = damage.rescaled(shown, float(rng.uniform(1 - 0.9 * level.chance, 1.0)))
    return shown


@lru_cache(maxsize=600)
def _face(path: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _ink(text: str, font: Font, rng: Random) -> tuple[NDArray[np.float32], float, float]:
    """The bare text, and where its tallest mark and its lowest part lie."""
    size = int(rng.choice(_SIZES))
    face = _face(font.path, size)
    pad = size
    spacing = 0.0
    if rng.random() < 0.12 and len(text) < 30:
        spacing = float(rng.uniform(-0.02, 0.14)) * size
    from PIL import Image, ImageDraw

    left, upper, right, lower = face.getbbox(text)
    width = int(right - min(left, 0) + spacing * len(text)) + 2 * pad
    height = int(lower - min(upper, 0)) + 2 * pad
    canvas = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(canvas)
    x = float(pad - min(left, 0))
    y = pad - min(upper, 0)
    if spacing:
        for letter in text:
            draw.text((x, y), letter, font=face, fill=255)
            x += face.getlength(letter) + spacing
    else:
        draw.text((x, y), text, font=face, fill=255)
    ink = np.asarray(canvas, np.float32) / 255.0
    # A detector sees either the letters that are there or the whole height of the type.
    if rng.random() < 0.7:
        rows = np.flatnonzero(ink.max(1) > 0.3)
        if len(rows):
            return ink, float(rows[0]), float(rows[-1] + 1)
    _, first, _, _ = face.getbbox("Ấ")
    _, _, _, last = face.getbbox("g")
    return ink, float(y + first), float(y + last)


def _strokes(ink: NDArray[np.float32], rng: Random, level: Level) -> NDArray[np.float32]:
    """Bolder or thinner strokes, as ink and heads of printers give them."""
    if rng.random() < level.chance * 0.7:
        import cv2

        kernel = np.ones((2, 2), np.uint8)
        return np.asarray(
            cv2.dilate(ink, kernel)
            if rng.random() < 0.6
            else cv2.erode(ink, kernel) * 0.6 + ink * 0.4,
            np.float32,
        )
    return ink


def _crop(
    ink: NDArray[np.float32], top: float, bottom: float, rng: Random, level: Level
) -> NDArray[np.float32]:
    """Turns, slants and cuts the line out, at its final height."""
    import cv2

    tall = max(4.0, bottom - top)
    columns = np.flatnonzero(ink.max(0) > 0.3)
    first, last = (float(columns[0]), float(columns[-1] + 1)) if len(columns) else (0.0, tall)
    angle = np.deg2rad(rng.uniform(-level.degrees, level.degrees))
    # Long lines turn less: the crop of a detector follows them.
    long = max(1.0, (last - first) / tall / 6.0)
    rise = float(np.tan(angle)) / long * (last - first) / 2.0
    above, under = (float(rng.uniform(*level.above)) * tall for _ in range(2))
    before, after = (float(rng.uniform(-0.02, 0.5)) * tall for _ in range(2))
    lean = float(rng.uniform(-2, 2)) * level.slant * tall
    y0, y1 = top - above, bottom + under
    x0, x1 = first - before, last + after
    jitter = rng.uniform(-level.slant, level.slant, 4) * tall
    corners = np.array(
        [
            [x0 + lean, y0 - rise + jitter[0]],
            [x1 + lean, y0 + rise + jitter[1]],
            [x1 - lean, y1 + rise + jitter[2]],
            [x0 - lean, y1 - rise + jitter[3]],
        ],
        np.float32,
    )
    height = int(rng.integers(level.heights[0], level.heights[1] + 1))
    stretch = float(rng.uniform(0.85, 1.2))
    width = max(height // 2, round((x1 - x0) / (y1 - y0) * height * stretch))
    goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    scale = height / (y1 - y0)
    if scale < 0.75:
        # Area-like shrinking: the warp alone would drop thin strokes.
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), 0.35 / scale), np.float32)
    matrix = cv2.getPerspectiveTransform(corners, goal)
    return np.asarray(
        cv2.warpPerspective(ink, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32
    )
