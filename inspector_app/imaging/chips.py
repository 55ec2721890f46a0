"""Where the name tags of boxes go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Rect = tuple[int, int, int, int]


def place_chip(
    box: Rect, chip: tuple[int, int], picture: tuple[int, int], taken: Sequence[Rect]
) -> Rect:
    """Finds a place for a tag: outside its box, inside when there is no room, never over another.

    Only when the picture is full of tags it lies over one; it never leaves the picture as long as
    it fits in at all.

    Args:
        box: The box, pixel corners `x1, y1, x2, y2`.
        chip: Width and height of the tag.
        picture: Width and height of the picture.
        taken: Tags that are there already.

    Returns:
        Pixel corners of the tag.
    """
    for rect in _outside(box, chip, picture):
        if _within(rect, picture) and not _hit(rect, box) and not any(_hit(rect, t) for t in taken):
            return rect
    for rect in _anywhere(box, chip, picture):
        if _within(rect, picture) and not any(_hit(rect, t) for t in taken):
            return rect
    return _moved_in(box[0], box[1], chip, picture)


def _outside(box: Rect, chip: tuple[int, int], picture: tuple[int, int]) -> Iterator[Rect]:
    x1, y1, x2, y2 = box
    width, height = chip
    for x, y in ((x1, y1 - height), (x1, y2), (x2 - width, y1 - height), (x2 - width, y2)):
        left = _moved_in(x, y, chip, picture)[0]  # a box at the edge: sideways along it
        yield left, y, left + width, y + height
    for x in (x2, x1 - width):
        yield x, y1, x + width, y1 + height


def _anywhere(box: Rect, chip: tuple[int, int], picture: tuple[int, int]) -> Iterator[Rect]:
    # Inside the box first, then the nearest free row below and above.
    left, top, right, _ = _moved_in(box[0], box[1], chip, picture)
    for step in range(max(1, picture[1] // max(1, chip[1]) + 1)):
        for y in (top + chip[1] * step, top - chip[1] * step):
            yield left, y, right, y + chip[1]


def _moved_in(x: int, y: int, chip: tuple[int, int], picture: tuple[int, int]) -> Rect:
    left = max(0, min(x, picture[0] - chip[0]))
    top = max(0, min(y, picture[1] - chip[1]))
    return left, top, left + chip[0], top + chip[1]


def _within(rect: Rect, picture: tuple[int, int]) -> bool:
    return rect[0] >= 0 and rect[1] >= 0 and rect[2] <= picture[0] and rect[3] <= picture[1]


def _hit(rect: Rect, other: Rect) -> bool:
    return rect[0] < other[2] and other[0] < rect[2] and rect[1] < other[3] and other[1] < rect[3]
