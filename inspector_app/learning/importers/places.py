"""Boxes of a file become boxes of upright images; what is odd about them is told.

Files give boxes in pixels of the stored image, in percent or in fractions. An image with an EXIF
rotation is turned when it is looked at, so its boxes have to be turned with it, unless the file
says by the size it states that they are of the turned image.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.errors import ImageError
from inspector_app.domain.geometry import Box
from inspector_app.imaging.decode import probe
from inspector_app.learning.importers.rows import Concerns, RowError

UNITS = {"pixels": 0.0, "percent": 100.0, "fractions": 1.0}  # units a side; 0: those of the image
_SLACK = 0.02  # of a side that a box may reach out without being spoken of; files round
_MANY = 10  # boxes, before what they have in common says anything
_LARGE = 200  # pixels


@dataclass(frozen=True, slots=True)
class Frame:
    """What the boxes of an image are measured in.

    Attributes:
        width: Of the image that the boxes are of, in pixels.
        height: Likewise.
        orientation: EXIF orientation, 1..8, that turns that image upright.
    """

    width: int
    height: int
    orientation: int = 1


class Placer:
    """Places the boxes of one data set.

    Args:
        concerns: Where it tells what is odd.
        unit: What the file's boxes are said to be in, one of `UNITS`.
    """

    def __init__(self, concerns: Concerns, unit: str = "pixels") -> None:
        self._concerns = concerns
        self._unit = unit
        self._count = 0
        self._highest = 0.0
        self._smallest_side = math.inf

    def frame(
        self, path: Path, stated: tuple[int, int] = (0, 0), *, upright: bool = False
    ) -> Frame:
        """Returns what the boxes of an image are measured in.

        Args:
            path: The image.
            stated: Width and height as the file states them; 0 where it does not.
            upright: The file's boxes are of the image as it is looked at.

        Raises:
            RowError: The image cannot be read and its size is not stated.
        """
        try:
            info = probe(path)
        except ImageError as error:
            if min(stated) < 1:
                raise RowError(
                    f"An image cannot be read, so its boxes have no place: {error}"
                ) from error
            return Frame(
                stated[0], stated[1]
            )  # that it cannot be read is told when the images are checked
        seen = (info.width, info.height)
        stored = seen[::-1] if info.orientation >= 5 else seen
        if upright or (stated == seen and stated != stored):
            frame = Frame(seen[0], seen[1])
        else:
            frame = Frame(stored[0], stored[1], info.orientation)
        if min(stated) > 0 and stated != (frame.width, frame.height):
            if abs(stated[0] * frame.height / (stated[1] * frame.width) - 1) > _SLACK:
                raise RowError("An image has another shape than the data set says.")
            frame = Frame(stated[0], stated[1], frame.orientation)
        return frame

    def box(self, corners: Sequence[float], frame: Frame, where: str) -> Box:
        """Returns a box of the upright image.

        Args:
            corners: x1, y1, x2, y2 in the unit of the file.
            frame: Of its image.
            where: Its place in the file.

        Raises:
            RowError: It has no finite corners or no area inside the image.
        """
        if len(corners) != 4 or not all(math.isfinite(value) for value in corners):
            raise RowError("A box is not four numbers.")
        self._count += 1
        self._highest = max(self._highest, *corners)
        self._smallest_side = min(self._smallest_side, frame.width, frame.height)
        side = UNITS[self._unit]
        width, height = (side, side) if side else (frame.width, frame.height)
        x1, y1, x2, y2 = corners
        stored = (x1 / width, y1 / height, x2 / width, y2 / height)
        box = Box(*turn(stored, frame.orientation))
        if box.area <= 0:
            raise RowError("A box has no area inside its image.")
        if min(stored) < -_SLACK or max(stored) > 1 + _SLACK:
            self._concerns.add("A box reached out of its image and was cut.", where, "warning")
        return box

    def finish(self, where: str) -> None:
        """Tells whether the boxes together look as if they were in another unit."""
        if self._count < _MANY:
            return
        what = f"No box goes beyond {self._highest:g}, although {self._unit} are expected: "
        if self._unit != "fractions" and self._highest <= 1:
            self._concerns.add(f"{what}they look like fractions of the image.", where)
        elif self._unit == "pixels" and self._highest <= 100 and self._smallest_side > _LARGE:
            self._concerns.add(f"{what}they may be percent of the image.", where, "warning")


def turn(corners: Sequence[float], orientation: int) -> tuple[float, float, float, float]:
    """Turns corners, in fractions of the stored image, into those of the upright one.

    Args:
        corners: x1, y1, x2, y2.
        orientation: EXIF orientation, 1..8.
    """
    x1, y1, x2, y2 = corners
    across, down = (x1, x2), (y1, y2)
    if orientation >= 5:
        across, down = down, across
    if orientation in (2, 3, 6, 7):
        across = (1 - across[1], 1 - across[0])
    if orientation in (3, 4, 7, 8):
        down = (1 - down[1], 1 - down[0])
    return across[0], down[0], across[1], down[1]


def turn_back(corners: Sequence[float], orientation: int) -> tuple[float, float, float, float]:
    """Turns corners of the upright image into those of the stored one; see `turn`."""
    return turn(corners, {6: 8, 8: 6}.get(orientation, orientation))
