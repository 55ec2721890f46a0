"""Trouble with image files in words, in one place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from inspector_app.domain.errors import ImageError

READABLE = "JPEG, PNG, TIFF, BMP, WebP, GIF, PPM or PDF"
_COPY_AGAIN = "Copy it again from the camera."
# What Pillow's plugins and its C decoders let through for bytes that make no sense.
_NONSENSE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    zlib.error,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    RecursionError,
    Image.DecompressionBombError,
)
_ENDS_EARLY = ("truncated", "ends prematurely", "end of file", "not enough", "no more images")


@contextmanager
def image_trouble(path: Path) -> Generator[None]:
    """Turns everything that reading an image file can raise into one `ImageError`.

    Only for code that reads one file: it also catches what elsewhere would be a mistake of the
    program.
    """
    try:
        yield
    except ImageError:
        raise
    except UnidentifiedImageError as error:
        raise ImageError(
            f"Cannot read {path.name}: it is not an image that this program reads, "
            "or its beginning is damaged.",
            f"Use a {READABLE} file.",
        ) from error
    except MemoryError as error:
        raise ImageError(
            f"Cannot read {path.name}: there is not enough memory for it.",
            "Close other programs, or use a smaller image.",
        ) from error
    except _NONSENSE as error:
        raise _explained(error, path) from error


def _explained(error: Exception, path: Path) -> ImageError:
    what = f"Cannot read {path.name}: "
    match error:
        case FileNotFoundError():
            return ImageError(
                f"{what}there is no such file.", "Check whether it was moved or renamed."
            )
        case PermissionError():
            return ImageError(
                f"{what}you may not read it.", "Allow reading the file, or copy it elsewhere."
            )
        case OSError() if error.errno is not None:
            return ImageError(
                f"{what}the disk reports an error ({(error.strerror or 'unknown').lower()}).",
                "Check that its drive is still connected.",
            )
        case EOFError() | struct.error():
            return ends_early(path)
        case _:
            text = str(error).lower()
            if any(sign in text for sign in _ENDS_EARLY) or _webp_cut_short(path):
                return ends_early(path)
            return ImageError(f"{what}the file is damaged.", _COPY_AGAIN)


def _webp_cut_short(path: Path) -> bool:
    # The WebP decoder only says that it failed; the file's own header knows its length.
    try:
        with path.open("rb") as file:
            start = file.read(8)
        return (
            start[:4] == b"RIFF" and int.from_bytes(start[4:], "little") + 8 > path.stat().st_size
        )
    except (OSError, ValueError):
        return False


def ends_early(path: Path) -> ImageError:
    """Returns the error for a file of which the end is missing."""
    return ImageError(f"Cannot read {path.name}: the file ends early.", _COPY_AGAIN)
