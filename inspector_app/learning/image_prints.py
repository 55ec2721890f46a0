"""Whether two images are the same photograph, also when one was saved anew or made smaller.

A perceptual hash (256 bits of the discrete cosine transform, ImageHash's `phash`) finds candidates;
parts from one fixture look alike to it, so their fine detail is compared too: in two photographs of
like parts it does not agree. What was cropped, turned or mirrored is not found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import ImageError
from inspector_app.imaging.decode import decode

_SIDE = 256  # pixels that an image is decoded to
_BITS = 16  # a side of the hash
_DETAIL = 96  # pixels a side
# Of 256 bits, and of a correlation of 1. Real images of ../shared/data saved anew at three quarters
# of their size and JPEG quality 60 differ by at most 22 bits and agree by at least 0.77; like parts
# of one fixture differ by 24 bits and more and agree by at most 0.71.
_MOST_BITS = 32
_LEAST_DETAIL = 0.75
_BLOCK = 64  # rows compared at once

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Print:
    """What an image is known by.

    Attributes:
        path: The file.
        pixels: Hash of the decoded pixels.
        bits: The perceptual hash, uint8 `[32]`.
    """

    path: str
    pixels: str
    bits: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two files that show the same.

    Attributes:
        first: Path.
        second: Path.
        exact: Their pixels are equal.
    """

    first: str
    second: str
    exact: bool


def take_prints(
    paths: Iterable[str], tell: Tell | None = None, stop: StopFlag | None = None
) -> tuple[dict[str, Print], dict[str, str]]:
    """Decodes images.

    Args:
        paths: Files; each is read once.
        tell: Called with how many are done, and of how many.
        stop: Ends it early, with what is done so far.

    Returns:
        Prints by path, and why an image cannot be read, by path.
    """
    files = list(dict.fromkeys(paths))
    prints: dict[str, Print] = {}
    troubles: dict[str, str] = {}
    for done, path in enumerate(files, 1):
        if stop is not None and stop.is_set():
            break
        try:
            prints[path] = _print(path, *_state(path))
        except ImageError as error:
            troubles[path] = str(error)
        if tell is not None:
            tell(done, len(files))
    return prints, troubles


def find_overlaps(
    first: Sequence[Print], second: Sequence[Print], stop: StopFlag | None = None
) -> list[Overlap]:
    """Compares images.

    Args:
        first: One side.
        second: The other; when it is the very same object, each pair is told once.
        stop: Ends it early, with what is found so far.

    Returns:
        The pairs that show the same, one of each side; a file is no pair with itself.
    """
    found: list[Overlap] = []
    if not first or not second:
        return found
    details: dict[str, NDArray[np.float16]] = {}  # of candidates: each is decoded once

    def detail(path: str) -> NDArray[np.float32]:
        if path not in details:
            details[path] = _detail(path).astype(np.float16)
        return details[path].astype(np.float32)

    others = np.stack([each.bits for each in second])
    for start in range(0, len(first), _BLOCK):
        if stop is not None and stop.is_set():
            break
        block = first[start : start + _BLOCK]
        bits = np.stack([each.bits for each in block])
        apart = np.bitwise_count(bits[:, None] ^ others[None]).sum(axis=2, dtype=np.int32)
        for row, column in zip(*np.nonzero(apart <= _MOST_BITS), strict=True):
            one, two = block[row], second[column]
            if one.path == two.path or (first is second and column <= start + row):
                continue
            exact = one.pixels == two.pixels
            if exact or float(detail(one.path) @ detail(two.path)) >= _LEAST_DETAIL:
                found.append(Overlap(one.path, two.path, exact))
    return found


def overlaps(first: Iterable[str], second: Iterable[str]) -> list[Overlap]:
    """Returns the pairs of files that show the same; files that cannot be read are left out."""
    ours, theirs = take_prints(first)[0], take_prints(second)[0]
    return find_overlaps(list(ours.values()), list(theirs.values()))


def _state(path: str) -> tuple[int, int]:
    """What tells a file apart from another state of itself, without reading it."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return 0, 0  # decoding says what is wrong
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=50_000)  # of some hundred bytes each; a run looks at its images twice
def _print(path: str, changed: int, size: int) -> Print:
    import imagehash

    pixels = decode(path, max_side=_SIDE).pixels
    hashed = imagehash.phash(Image.fromarray(pixels), hash_size=_BITS).hash
    digest = hashlib.sha256(repr(pixels.shape).encode() + pixels.tobytes()).hexdigest()
    return Print(path, digest, np.packbits(hashed))


def _detail(path: str) -> NDArray[np.float32]:
    """Fine structure of an image: unit vector."""
    image = Image.fromarray(decode(path, max_side=_SIDE).pixels).convert("L")
    small = image.resize((_DETAIL, _DETAIL), Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.BoxBlur(2))
    detail = np.asarray(small, np.float32) - np.asarray(blurred, np.float32)
    detail = detail[3:-3, 3:-3].ravel()
    detail = detail - detail.mean()
    return detail / max(1e-6, float(np.linalg.norm(detail)))
