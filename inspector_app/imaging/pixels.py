"""From an open page to numbers: colours, transparency, size and rotation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_STRIP_PIXELS = 1 << 22
_PLAIN = ("L", "RGB")


def rgb_array(image: Image.Image, size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """Decodes a page of at most eight bits.

    Args:
        image: The open page; its pixels are loaded here.
        size: Width and height wanted, not larger than the page; None for the page's own.

    Returns:
        uint8 `[h, w, 3]`, RGB, contiguous. Transparent parts are white: what has them is mostly
        dark writing or drawing made for paper, which on grey would lose contrast and on black
        would vanish.
    """
    image.load()
    if size is not None and size != image.size and _is_plain(image):
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    full = _in_strips(image)
    if size is None or (full.shape[1], full.shape[0]) == size:
        return full
    return resized(full, size)


def value_array(image: Image.Image) -> NDArray[Any]:
    """Decodes a page of one wide channel.

    Returns:
        uint16, int32 or float32 `[h, w]` in this machine's byte order.
    """
    image.load()
    kind = {"I": np.int32, "F": np.float32}.get(image.mode, np.uint16)
    out = np.empty((image.height, image.width), kind)
    for top, bottom in _strips(image):
        out[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return out


def resized(array: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    """Returns an array made smaller by averaging areas; the type stays.

    Args:
        array: uint8, uint16, float32 or int32 `[h, w]` or `[h, w, 3]`.
        size: Width and height wanted.
    """
    planes = array[:, :, np.newaxis] if array.ndim == 2 else array
    # Plane by plane as float32: the form in which Pillow averages any depth. Not by OpenCV, which
    # stays out of the window's process.
    small = [
        np.asarray(
            Image.fromarray(planes[:, :, n].astype(np.float32)).resize(size, Image.Resampling.BOX)
        )
        for n in range(planes.shape[2])
    ]
    out = np.stack(small, axis=2)
    if array.dtype.kind in "iu":
        out = np.rint(out)
    out = np.ascontiguousarray(out.astype(array.dtype))
    return out[:, :, 0] if array.ndim == 2 else out


def turned(array: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Returns the array upright and contiguous.

    Args:
        array: `[h, w]` or `[h, w, 3]` as stored.
        orientation: EXIF orientation, 1..8.
    """
    match orientation:
        case 2:
            array = array[:, ::-1]
        case 3:
            array = array[::-1, ::-1]
        case 4:
            array = array[::-1]
        case 5:
            array = array.swapaxes(0, 1)
        case 6:
            array = array[::-1].swapaxes(0, 1)
        case 7:
            array = array[::-1, ::-1].swapaxes(0, 1)
        case 8:
            array = array[:, ::-1].swapaxes(0, 1)
        case _:
            pass
    return np.ascontiguousarray(array)


def three_channels(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns grey `[h, w]` as RGB `[h, w, 3]`."""
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2)


def on_white(color: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lays colours `[h, w, 3]` with coverage `[h, w]` over white."""
    cover = alpha.astype(np.uint16)[:, :, np.newaxis]
    return ((color * cover + 255 * (255 - cover) + 127) // 255).astype(np.uint8)


def _in_strips(image: Image.Image) -> NDArray[np.uint8]:
    # Strip by strip: converting a large image as a whole would need it several times in memory.
    out = np.empty((image.height, image.width, 3), np.uint8)
    clear = image.has_transparency_data
    for top, bottom in _strips(image):
        strip = image.crop((0, top, image.width, bottom))
        if clear:
            rgba = np.asarray(strip.convert("RGBA"))
            out[top:bottom] = on_white(rgba[:, :, :3], rgba[:, :, 3])
        else:
            out[top:bottom] = np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))
    return out


def _strips(image: Image.Image) -> list[tuple[int, int]]:
    rows = max(1, _STRIP_PIXELS // max(1, image.width))
    return [(top, min(image.height, top + rows)) for top in range(0, image.height, rows)]


def _is_plain(image: Image.Image) -> bool:
    return image.mode in _PLAIN and not image.has_transparency_data
