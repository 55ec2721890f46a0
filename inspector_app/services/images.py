"""Pictures for the window and folders of images.

The decoder is imported when it is first used: NumPy and Pillow would slow the start of the window.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.images import SUFFIXES
from inspector_app.store.naming import path_key

log = logging.getLogger(__name__)

PREVIEW_SIDE = 2048


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels for the screen.

    Attributes:
        pixels: uint8 array `[h, w, 3]`, RGB, contiguous; its buffer can back a QImage.
        width: Width of the upright original.
        height: Height of the upright original.
        scale: Pixels here per pixel of the original, at most 1.
        pages: Pages of the file.
        bits: Bits a channel in the file.
        values: Original values `[h, w]` or `[h, w, 3]` when there are more than 8 bits.
    """

    pixels: Any
    width: int
    height: int
    scale: float
    pages: int
    bits: int
    values: Any | None

    def value_text(self, x: int, y: int) -> str:
        """Returns the value of original pixel `x, y` as shown: "127 127 131" or "1843"."""
        source = self.pixels if self.values is None else self.values
        row = min(source.shape[0] - 1, int(y * self.scale))
        column = min(source.shape[1] - 1, int(x * self.scale))
        value = source[row, column]
        if getattr(value, "ndim", 0) == 0:
            return str(value)
        return " ".join(str(channel) for channel in value.tolist())


def load_picture(path: str, page: int = 0, max_side: int | None = None, dpi: int = 0) -> Picture:
    """Decodes an image for the screen; callable from any thread.

    Raises:
        ImageError: The file cannot be read.
    """
    from inspector_app.imaging.decode import decode

    found = decode(path, max_side, page, dpi)
    return Picture(
        found.pixels,
        found.width,
        found.height,
        found.scale,
        found.pages,
        found.bits,
        found.values,
    )


def is_large(path: str, page: int = 0, dpi: int = 0) -> bool:
    """Whether a scaled preview should be shown first.

    Raises:
        ImageError: The file cannot be read.
    """
    from inspector_app.imaging.decode import probe

    info = probe(path, page, dpi)
    return max(info.width, info.height) > PREVIEW_SIDE


def list_images(folder: str | Path, suffixes: frozenset[str] = SUFFIXES) -> list[str]:
    """Lists the image files directly in a folder, unsorted, by suffix only (fast).

    Args:
        folder: The folder.
        suffixes: Those of the files wanted, with the dot, in small letters.

    Raises:
        BadInputError: The folder is missing or cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                os.path.abspath(entry.path)
                for entry in entries
                if os.path.splitext(entry.name)[1].lower() in suffixes
                and not entry.name.startswith(".")
                and entry.is_file()
            ]
    except FileNotFoundError:
        raise BadInputError(f"There is no folder {folder}.", "Check the path.") from None
    except NotADirectoryError:
        raise BadInputError(f"{folder} is not a folder.", "Choose the folder it lies in.") from None
    except OSError as error:
        raise BadInputError(
            f"Cannot read the folder {folder}: {error.strerror}.", "Check its permissions."
        ) from error
    good = [path for path in found if path.isprintable()]
    if len(good) < len(found):
        # Bytes that are no text cannot be stored or shown; the rest goes on.
        log.warning("%d file(s) left out: their names are not valid text", len(found) - len(good))
    return good


def expand(paths: list[str]) -> list[str]:
    """Turns dropped files and folders into image files; what is no image is left out."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            found.extend(list_images(path))
        elif os.path.splitext(path)[1].lower() in SUFFIXES:
            found.append(os.path.abspath(path))
    return found


def expand_folders(paths: Sequence[str]) -> list[str]:
    """Puts the image files of a folder, in natural order, in the place of the folder.

    Raises:
        BadInputError: A folder cannot be read, or holds no image.
    """
    found: list[str] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        inside = sorted(list_images(path), key=path_key)
        if not inside:
            raise no_image(path)
        found += inside
    return found


def no_image(folder: str | Path) -> BadInputError:
    """The error for a folder without images."""
    return BadInputError(
        f"There is no image in {folder}.",
        "Choose a folder with JPEG, PNG, TIFF, BMP, WebP or PDF files.",
    )


def image_facts(path: str, page: int = 0, dpi: int = 0) -> tuple[int, int, int]:
    """Returns width and height of the upright image, and how many pages the file has.

    Raises:
        ImageError: The file cannot be read.
    """
    from inspector_app.imaging.decode import probe

    info = probe(path, page, dpi)
    # Frames of a GIF or WebP are no pages.
    return info.width, info.height, info.pages if info.format in ("PDF", "TIFF") else 1
