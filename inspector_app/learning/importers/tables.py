"""What readers of annotated images share: boxes of one image become a detection sample.

What people have marked with an annotation tool is taken for a defect, and an image that they have
marked nothing in for a good part.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.learning.importers.places import Frame, Placer
from inspector_app.learning.importers.rows import Concerns, RowError

Labelled = tuple[str, Sequence[float]]  # label and x1, y1, x2, y2


def place_all(
    found: Sequence[Labelled], frame: Frame, placer: Placer, concerns: Concerns, where: str
) -> tuple[FoundBox, ...]:
    """Returns the boxes that can be placed; what is wrong with the others is told.

    Raises:
        RowError: None can: the image must not pass for a good part.
    """
    boxes: list[FoundBox] = []
    for label, corners in found:
        try:
            boxes.append(FoundBox(label or "defect", placer.box(corners, frame, where)))
        except RowError as error:
            concerns.add(str(error), where)
    if not boxes:
        raise RowError("No box of an image can be used.")
    return tuple(boxes)


def annotated(
    path: Path, split: str, located: tuple[FoundBox, ...], where: str, category: str = ""
) -> Sample:
    """Returns the sample of an image that people have annotated."""
    return Sample(
        images=(str(path.absolute()),),
        task=Task.DETECTION,
        split=split,
        located=located,
        is_defect=bool(located),
        category=category,
        source=where,
    )


def bounds(points: Sequence[float]) -> tuple[float, float, float, float]:
    """Returns the box around points given as x, y, x, y, ...

    Raises:
        RowError: There are fewer than two, or an odd count of numbers.
    """
    if len(points) < 4 or len(points) % 2:
        raise RowError("A shape has fewer than two points.")
    return min(points[0::2]), min(points[1::2]), max(points[0::2]), max(points[1::2])


def numbers(values: object) -> list[float]:
    """Returns a list of numbers.

    Raises:
        RowError: It is none.
    """
    if not isinstance(values, list | tuple):
        raise RowError("A box is not a list of numbers.")
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError):
        raise RowError("A box is not a list of numbers.") from None
