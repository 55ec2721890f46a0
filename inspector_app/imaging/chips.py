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
    first: Rect | None = None
    for x, y in _places(box, chip, picture):
        rect = _kept_inside(x, y, chip, picture)
        if first is None and (rect[0], rect[1]) == (x, y):
            first = rect
        if (rect[1] == y or not _inside_only(box, picture)) and not _hits(rect, taken):
            return rect
    return first or _kept_inside(box[0], box[1], chip, picture)


def _places(
    box: Rect, chip: tuple[int, int], picture: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    x1, y1, x2, y2 = box
    width, height = chip
    yield from ((x1, y1 - height), (x1, y2), (x2 - width, y1 - height), (x2 - width, y2))
    yield from ((x2, y1), (x1 - width, y1), (x1, y1), (x1, y2 - height))
    # Crowded: the nearest free row above and below, then any row of the picture.
    for step in range(1, max(1, picture[1] // max(1, height))):
        yield x1, y1 - height * (step + 1)
        yield x1, y2 + height * step
        yield x1, y1 + height * step


def _kept_inside(x: int, y: int, chip: tuple[int, int], picture: tuple[int, int]) -> Rect:
    left = max(0, min(x, picture[0] - chip[0]))
    top = max(0, min(y, picture[1] - chip[1]))
    return left, top, left + chip[0], top + chip[1]


def _inside_only(box: Rect, picture: tuple[int, int]) -> bool:
    return picture[0] > 0 and picture[1] > 0 and box[3] >= box[1]


def _hits(rect: Rect, taken: Sequence[Rect]) -> bool:
    return any(
        rect[0] < other[2] and other[0] < rect[2] and rect[1] < other[3] and other[1] < rect[3]
        for other in taken
    )
