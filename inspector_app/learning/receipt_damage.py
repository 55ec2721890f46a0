"""What happens to a printed receipt on its way to a picture, in two grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector_app.learning import line_damage
from inspector_app.learning.receipt_typeset import Extent, Printed

Random = np.random.Generator
Grey = NDArray[np.uint8]
Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Grade:
    """How much happens; each is drawn between nothing and what stands here.

    Attributes:
        widths: Least and most pixels of the paper's width.
        degrees: Skew.
        perspective: Corners move by this share of the sides.
        crumple: Shift of the paper's surface in pixels.
        light: Share of light lost at the darkest place.
        blur: In pixels.
        noise: In grey levels.
        contrast: Least left.
        quality: Least of JPEG.
        chance: Of fading and of missing dots.
        desk: Whether the paper lies on something darker.
    """

    widths: tuple[int, int]
    degrees: float
    perspective: float
    crumple: float
    light: float
    blur: float
    noise: float
    contrast: float
    quality: int
    chance: float
    desk: bool


GRADES = {
    "normal": Grade((560, 860), 0.8, 0.0, 0.0, 0.08, 0.7, 6.0, 0.7, 75, 0.2, False),
    "hard": Grade((520, 760), 4.0, 0.03, 4.0, 0.45, 1.3, 16.0, 0.35, 40, 0.5, True),
}


def damaged(printed: Printed, grade: Grade, rng: Random) -> tuple[Grey, list[tuple[str, Extent]]]:
    """Prints a strip badly, lays it down and takes its picture.

    Args:
        printed: Ink and lines.
        grade: How much happens.
        rng: Decides everything.

    Returns:
        The picture, uint8 [height, width], and the lines with their boxes in it.
    """
    ink = _thermal(printed.ink, grade, rng)
    height, width = ink.shape
    rim = int(width * rng.uniform(0.04, 0.12)) if grade.desk else 0
    size = (width + 2 * rim, height + 2 * rim)
    source = _surface(size, rim, (width, height), grade, rng)
    import cv2

    laid = cv2.remap(ink, *source, cv2.INTER_LINEAR, borderValue=0.0)
    # A skewed scan shows the paper to its edge, a photograph the desk around it.
    paper = cv2.remap(
        np.ones_like(ink), *source, cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT if grade.desk else cv2.BORDER_REPLICATE, borderValue=0.0,
    )  # fmt: skip
    laid = line_damage.blurred(np.asarray(laid, np.float32), float(rng.uniform(0, grade.blur)), rng)
    white = float(rng.uniform(225 if not grade.desk else 185, 255))
    black = float(rng.uniform(0, 45))
    contrast = float(rng.uniform(grade.contrast, 1.0))
    picture = white - laid * (white - black) * contrast
    desk = float(rng.uniform(40, 150)) + line_damage.texture(paper.shape, rng, 25.0)
    picture = picture * paper + desk * (1.0 - paper)
    picture *= _light(paper.shape, grade, rng)
    picture += rng.standard_normal(paper.shape, np.float32) * float(rng.uniform(0, grade.noise))
    shown = line_damage.jpeg(
        np.clip(picture, 0, 255).astype(np.uint8), int(rng.integers(grade.quality, 95))
    )
    return shown, [(text, _moved(box, source)) for text, box in printed.lines]


def _thermal(ink: Field, grade: Grade, rng: Random) -> Field:
    """Bands that printed weakly, dots that did not print."""
    made = ink.copy()
    if rng.random() < grade.chance:
        made *= line_damage.fading(ink.shape, rng)
    if rng.random() < grade.chance:
        made *= line_damage.dots(ink.shape, rng)
    return made


def _surface(
    size: tuple[int, int], rim: int, paper: tuple[int, int], grade: Grade, rng: Random
) -> tuple[Field, Field]:
    """For each pixel of the picture the place on the paper: float32 maps of x and y."""
    import cv2

    width, height = size
    corners = np.array([[0, 0], [paper[0], 0], [paper[0], paper[1]], [0, paper[1]]], np.float32)
    angle = np.deg2rad(rng.uniform(-grade.degrees, grade.degrees))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(paper) / 2
    goal = (corners - middle) @ turn.T
    goal += rng.uniform(-grade.perspective, grade.perspective, (4, 2)) * min(paper)
    low, high = goal.min(0), goal.max(0)
    inside = np.array(size) if grade.desk else np.array(paper)
    if grade.desk:
        goal *= float(min((inside - rim) / (high - low)))
    goal += np.array(size) / 2 - (goal.min(0) + goal.max(0)) / 2
    matrix = cv2.getPerspectiveTransform(goal.astype(np.float32), corners)
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    scale = matrix[2, 0] * columns + matrix[2, 1] * rows + matrix[2, 2]
    x = (matrix[0, 0] * columns + matrix[0, 1] * rows + matrix[0, 2]) / scale
    y = (matrix[1, 0] * columns + matrix[1, 1] * rows + matrix[1, 2]) / scale
    if grade.crumple:
        strength = float(rng.uniform(0, grade.crumple))
        x = x + _waves(size, strength, rng)
        y = y + _waves(size, strength, rng)
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


def _waves(size: tuple[int, int], strength: float, rng: Random) -> Field:
    """A smooth shift up to `strength` pixels."""
    import cv2

    width, height = size
    coarse = rng.uniform(-1, 1, (max(3, height // 160), max(3, width // 160))).astype(np.float32)
    smooth = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth * strength, np.float32)


def _light(shape: Sequence[int], grade: Grade, rng: Random) -> Field:
    """Light that falls unevenly, 1 at its brightest."""
    import cv2

    coarse = rng.random((3, 2) if not grade.desk else (4, 3), np.float32)
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(1.0 - float(rng.uniform(0, grade.light)) * np.clip(field, 0, 1), np.float32)


def _moved(box: Extent, source: tuple[Field, Field]) -> Extent:
    """Where a box of the paper lies in the picture."""
    x1, y1, x2, y2 = box
    points = [(x, y) for x in (x1, (x1 + x2) / 2, x2) for y in (y1, (y1 + y2) / 2, y2)]
    found = [_inverse(point, source) for point in points]
    height, width = source[0].shape
    xs = [min(max(x, 0.0), width - 1.0) for x, _ in found]
    ys = [min(max(y, 0.0), height - 1.0) for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


def _inverse(goal: tuple[float, float], source: tuple[Field, Field]) -> tuple[float, float]:
    """The pixel that shows a place of the paper, walked to: the maps are close to a shift."""
    height, width = source[0].shape
    x, y = goal
    for _ in range(12):
        column = min(max(round(x), 0), width - 1)
        row = min(max(round(y), 0), height - 1)
        x += goal[0] - float(source[0][row, column]) - (x - column)
        y += goal[1] - float(source[1][row, column]) - (y - row)
    return x, y
