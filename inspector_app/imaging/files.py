"""Opening an image file: what it is, which page, how large, how it lies; no pixel is decoded."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

# Registered by being imported; Pillow loads these two only after it has tried all others.
from PIL import (
    Image,
    ImageFile,
    TiffImagePlugin,
    WebPImagePlugin,  # noqa: F401
)

from inspector_app.domain.errors import ImageError

MAX_PIXELS = 250_000_000
# Only what is meant to be read: Pillow also knows formats that start other programs (EPS) or that
# hardly anyone has looked at for holes.
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM")
_TIFF_STARTS = (b"II*\x00", b"MM\x00*")
_ORIENTATION = 0x0112
_BITS_PER_SAMPLE = 258
_MAX_SAMPLE = 281
_WIDE_BITS = {"1": 1, "I": 32, "F": 32}

# Pillow's own limit warns at 89 megapixels and refuses at 179, fewer than line-scan cameras make.
# Ours is looked at below, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a page before its pixels are decoded.

    Attributes:
        width: Width as stored, before EXIF rotation.
        height: Height as stored.
        orientation: EXIF orientation, 1..8, still to be applied.
        pages: Pages of the file.
        bits: Bits a channel in the file.
        format: "JPEG", "PNG", ...
        stated: Bits that the file says are used of each 16-bit value, if it says so.
        deep_color: Whether it has colours of 16 bits, which Pillow would cut to 8.
    """

    width: int
    height: int
    orientation: int
    pages: int
    bits: int
    format: str
    stated: int | None
    deep_color: bool

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height after EXIF rotation."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


@contextmanager
def opened(path: Path) -> Generator[BufferedReader]:
    """Opens a file that can be an image at all.

    Raises:
        ImageError: It is a folder, a device, or empty.
        OSError: It is missing or may not be read.
    """
    try:
        status = os.stat(path)
    except ValueError as error:  # a name that no file can have
        raise FileNotFoundError(path) from error
    what = f"Cannot read {path.name}: "
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(f"{what}it is a folder.", "Choose an image file.")
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise ImageError(f"{what}it is not a file.", "Choose an image file.")
    if status.st_size == 0:
        raise ImageError(f"{what}the file is empty.", "Copy it again from the camera.")
    with path.open("rb") as file:
        yield file


def open_page(file: BufferedReader, path: Path, page: int) -> tuple[Image.Image, Header]:
    """Opens one page and checks its size.

    Args:
        file: The open file.
        path: Its name, for errors.
        page: Page, from 0.

    Raises:
        ImageError: There is no such page, or it has too many pixels.
        Exception: Whatever Pillow raises for a file that it cannot read.
    """
    image = Image.open(file, formats=FORMATS)
    check_size(image.size, path)
    # A phone's MPO is one photo with a preview or a depth map behind it, not a document.
    pages = 1 if image.format in ("JPEG", "MPO") else int(getattr(image, "n_frames", 1))
    check_page(page, pages, path)
    if pages > 1:
        image.seek(page)
        check_size(image.size, path)
    name = "JPEG" if image.format == "MPO" else (image.format or "")
    deep = _deep(image)
    header = Header(
        width=image.width,
        height=image.height,
        orientation=_orientation(image),
        pages=max(1, pages),
        bits=16 if deep else _bits(image),
        format=name,
        stated=_stated(image),
        deep_color=deep and image.mode not in ("I;16", "I;16B", "I;16L", "I"),
    )
    return image, header


def odd_tiff_size(file: BufferedReader) -> tuple[int, int] | None:
    """Reads width and height of a TIFF that Pillow has no mode for (colours as floats).

    Returns:
        The size, or None when it is no TIFF or says no size.
    """
    file.seek(0)
    start = file.read(8)
    if start[:4] not in _TIFF_STARTS:
        return None
    directory = TiffImagePlugin.ImageFileDirectory_v2(start)
    file.seek(directory.next)
    directory.load(file)
    width, height = directory.get(256), directory.get(257)
    if not isinstance(width, int) or not isinstance(height, int) or width < 1 or height < 1:
        return None
    return width, height


def check_size(size: tuple[int, int], path: Path) -> None:
    """Refuses what would not fit into memory, before it is tried.

    Raises:
        ImageError: More than `MAX_PIXELS`.
    """
    pixels = size[0] * size[1]
    if pixels > MAX_PIXELS:
        raise ImageError(
            f"Cannot read {path.name}: it has {math.ceil(pixels / 1e6):,} megapixels; "
            f"the limit is {MAX_PIXELS / 1e6:,.0f}.",
            "Cut it into smaller images.",
        )


def check_page(page: int, pages: int, path: Path) -> None:
    """Refuses a page that is not there.

    Raises:
        ImageError: There is no such page.
    """
    if not 0 <= page < max(1, pages):
        count = "1 page" if pages <= 1 else f"{pages} pages"
        raise ImageError(
            f"Cannot read page {page + 1} of {path.name}: it has {count}.",
            "Choose a page that is there.",
        )


def _orientation(image: Image.Image) -> int:
    if image.format == "TIFF":
        return 1  # Pillow turns TIFFs by itself, and tells the size after it
    try:
        # Not image.getexif(): for PNG that decodes all pixels to look behind them.
        value = Image.Image.getexif(image).get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  whatever a broken EXIF block makes Pillow raise
        return 1  # broken notes in the margin do not make the picture unreadable
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _deep(image: Image.Image) -> bool:
    if image.mode.startswith("I;16"):
        return True
    if image.format == "PPM":
        return image.mode == "I"
    if not isinstance(image, ImageFile.ImageFile) or not image.tile:
        return False
    if image.format not in ("PNG", "TIFF"):
        return False
    args = image.tile[0][3]
    raw = args[0] if isinstance(args, tuple) else args
    return isinstance(raw, str) and ";16" in raw


def _bits(image: Image.Image) -> int:
    return _WIDE_BITS.get(image.mode, 8)


def _stated(image: Image.Image) -> int | None:
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return None
    highest = image.tag_v2.get(_MAX_SAMPLE)
    if isinstance(highest, tuple):
        highest = max(highest, default=None)
    if isinstance(highest, int) and 255 < highest < 65535:
        return highest.bit_length()
    bits = image.tag_v2.get(_BITS_PER_SAMPLE)
    first = bits[0] if isinstance(bits, tuple) and bits else None
    return first if isinstance(first, int) and 8 < first < 16 else None
