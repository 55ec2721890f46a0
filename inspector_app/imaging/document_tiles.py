"""Cutting a long side into overlapping parts, each of which answers for its own middle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One part of a side.

    Attributes:
        start: First pixel of the part.
        stop: Behind its last pixel.
        kept: The pixels of the side that this part answers for.
        inner: The same pixels, counted from `start`.
    """

    start: int
    stop: int
    kept: slice
    inner: slice


def spans(length: int, tile: int, overlap: int, step: int = 32) -> list[Span]:
    """Cuts a side; a side that is not much longer than a part stays whole.

    Args:
        length: Pixels of the side, a multiple of `step`.
        tile: Longest part wanted.
        overlap: Pixels that neighbours share at least; the seam runs through their middle.
        step: Parts begin and end on multiples of this.
    """
    if length <= tile * 5 // 4:
        whole = slice(0, length)
        return [Span(0, length, whole, whole)]
    count = -(-(length - overlap) // (tile - overlap))
    starts = [round(n * (length - tile) / (count - 1) / step) * step for n in range(count)]
    stops = [min(length, start + tile) for start in starts]
    seams = [
        0,
        *((stop + start) // 2 for stop, start in zip(stops[:-1], starts[1:], strict=True)),
        length,
    ]
    return [
        Span(start, stop, slice(low, high), slice(low - start, high - start))
        for start, stop, low, high in zip(starts, stops, seams[:-1], seams[1:], strict=True)
    ]
