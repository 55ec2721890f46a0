"""Pages of a PDF: pictures of them, and the text that they carry themselves.

PDFium (through pypdfium2) opens the file. It may not be used by two threads at a time, so one lock
guards every call.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError, ImageError, LockedError
from inspector_app.imaging.files import MAX_PIXELS, opened
from inspector_app.imaging.pdf_passwords import password_of
from inspector_app.imaging.pdf_text import Letter, PdfText, text_of

_LOCK = threading.RLock()
_POINTS_PER_INCH = 72
_MOST_PIXELS = 30_000_000
_MOST_SIDE = 20_000
_MOST_LETTERS = 200_000
_LOOK_BYTES = 1024
_PICTURE_SHARE = 0.5  # of the page; a page covered more is a scan, whatever text lies over it
_CHECK_SIDE = 1 << 20
_DEPTH = 6  # of forms within forms that are looked into for pictures
_PASSWORD = 4  # PDFium's FPDF_ERR_PASSWORD
_SECURITY = 5
_FILE = 2  # it cannot be opened


def is_pdf(path: str | Path) -> bool:
    """Whether a file is a PDF, by its content.

    Raises:
        ImageError: It is a folder, a device, or empty.
        OSError: It is missing or may not be read.
    """
    with opened(Path(path)) as file:
        return begins_as_pdf(file)


def begins_as_pdf(file: BufferedReader) -> bool:
    """Whether an open file is a PDF; some have a few bytes before the mark."""
    file.seek(0)
    return b"%PDF-" in file.read(_LOOK_BYTES)


class PdfFile:
    """An open PDF; made by `opened_pdf`.

    Attributes:
        page_count: Pages of the file.
    """

    def __init__(self, document: Any, name: str) -> None:
        self._document = document
        self._name = name
        self._has_forms = document.get_formtype() != 0
        if self._has_forms:
            document.init_forms()  # so that what was filled in is drawn
        self.page_count = len(document)

    def size(self, number: int, dpi: float) -> tuple[int, int]:
        """Returns width and height of the page that `pixels` draws.

        Raises:
            ImageError: The page is damaged.
        """
        with _LOCK, self._page(number) as page:
            width, height = page.get_size()
            scale = _scale(width, height, dpi)
            return math.ceil(width * scale), math.ceil(height * scale)

    def pixels(self, number: int, dpi: float, max_side: int | None = None) -> NDArray[np.uint8]:
        """Draws a page on white.

        Args:
            number: Counted from 0.
            dpi: Pixels an inch; fewer for a page that would have more than 30 megapixels.
            max_side: Longest side wanted; the page is drawn smaller for it, never larger.

        Returns:
            RGB `[h, w, 3]`.

        Raises:
            ImageError: The page is damaged, or shows a picture of more than `MAX_PIXELS`.
        """
        with _LOCK, self._page(number) as page:
            self._check_pictures(page, number)
            width, height = page.get_size()
            scale = _scale(width, height, dpi)
            if max_side is not None:
                # A hair less: what is left of a pixel is drawn as a whole one.
                scale = min(scale, (max_side - 1e-3) / max(width, height))
            bitmap = page.render(scale=scale, rev_byteorder=True)
            try:
                pixels = bitmap.to_numpy()
                if pixels.ndim == 2 or pixels.shape[2] == 1:
                    pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
                return np.ascontiguousarray(pixels[:, :, :3])
            finally:
                bitmap.close()

    def text(self, number: int) -> PdfText | None:
        """Returns what a page carries as text, places in fractions of the drawn page.

        Returns:
            None when it carries none that can be relied on: a scan, broken letters, forms.

        Raises:
            ImageError: The page is damaged.
        """
        if self._has_forms:  # what was filled in is not part of the page's text
            return None
        with _LOCK, self._page(number) as page:
            if _picture_share(page) > _PICTURE_SHARE:
                return None
            return text_of(_letters(page), page.get_width() / max(1e-6, page.get_height()))

    def _check_pictures(self, page: Any, number: int) -> None:
        """Refuses a page with a picture that would fill the memory; nothing is decoded for it."""
        for thing in _pictures(page):
            width, height = thing.get_px_size()
            if width * height > MAX_PIXELS:
                raise ImageError(
                    f"Cannot read page {number + 1} of {self._name}: it shows a picture of "
                    f"{math.ceil(width * height / 1e6):,} megapixels; "
                    f"the limit is {MAX_PIXELS / 1e6:,.0f}.",
                    "Leave the page out, or print it to a new PDF.",
                )

    @contextmanager
    def _page(self, number: int) -> Generator[Any]:
        import pypdfium2

        try:
            page = self._document[number]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise ImageError(
                f"Page {number + 1} of {self._name} is damaged.",
                "Leave it out, or print the file to a new PDF.",
            ) from error
        try:
            yield page
        except (pypdfium2.PdfiumError, MemoryError) as error:
            raise ImageError(
                f"Page {number + 1} of {self._name} cannot be drawn.",
                "Leave it out, or print the file to a new PDF.",
            ) from error
        finally:
            page.close()


@contextmanager
def opened_pdf(path: str | Path) -> Generator[PdfFile]:
    """Opens a PDF.

    Raises:
        LockedError: It is locked with a password that is not known, see `pdf_passwords`.
        ImageError: It is damaged, or has no page.
        EngineError: The package for PDF files is missing.
    """
    path = Path(path)
    try:
        import pypdfium2
        import pypdfium2.raw as raw
    except ImportError as error:  # pragma: no cover - depends on the installation
        raise EngineError(
            "Reading a PDF needs the package pypdfium2.", "Install it with: pip install pypdfium2"
        ) from error
    with _LOCK:
        # Of a whole file without a page PDFium says nothing, and what it said last would be taken
        # for it: make that something that cannot come from a file that was opened above.
        raw.FPDF_LoadDocument(b"\0", None)
        try:
            document = pypdfium2.PdfDocument(path, password_of(path))
            file = PdfFile(document, path.name)
        except pypdfium2.PdfiumError as error:
            raise _trouble(path, getattr(error, "err_code", None)) from error
    try:
        yield file
    finally:
        with _LOCK:
            document.close()


def _scale(width: float, height: float, dpi: float) -> float:
    most = (_MOST_PIXELS / max(1.0, width * height)) ** 0.5
    return min(dpi / _POINTS_PER_INCH, most, _MOST_SIDE / max(1.0, width, height))


def _trouble(path: Path, code: int | None) -> ImageError:
    if code in (_PASSWORD, _SECURITY):
        return LockedError(
            f"Cannot read {path.name}: it is locked with a password.",
            "Give the password in the window, or save a copy without one.",
        )
    if code == _FILE:
        return ImageError(
            f"Cannot read {path.name}: it has no page.", "Make the PDF again from its source."
        )
    return ImageError(
        f"Cannot read {path.name}: the PDF is damaged.", "Copy it again, or print it to a new PDF."
    )


def _pictures(page: Any) -> Iterator[Any]:
    """The pictures on a page, also those within forms."""
    import pypdfium2.raw as raw

    return page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH)


def _picture_share(page: Any) -> float:
    """Returns the share of the page under its largest picture."""
    width, height = page.get_size()
    largest = 0.0
    for thing in _pictures(page):
        left, bottom, right, top = thing.get_bounds()
        largest = max(largest, (min(right, width) - max(left, 0)) * (min(top, height) - bottom))
    return largest / max(1e-6, width * height)


def _letters(page: Any) -> list[Letter]:
    """Returns the letters of a page in the order of the file, as it is drawn."""
    import ctypes

    import pypdfium2.raw as raw

    text = page.get_textpage()
    try:
        count = min(_MOST_LETTERS, text.count_chars())
        to_shown = _page_to_shown(page)
        rect = raw.FS_RECTF()
        found = []
        for n in range(count):
            letter = chr(raw.FPDFText_GetUnicode(text, n))
            known = raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(rect))
            if not known or letter.isspace() or rect.right <= rect.left or rect.top <= rect.bottom:
                found.append(Letter(letter, None))
                continue
            corners = np.array([(rect.left, rect.bottom, 1), (rect.right, rect.top, 1)], np.float64)
            (x1, y1), (x2, y2) = corners @ to_shown
            box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            found.append(Letter(letter, box))
        return found
    finally:
        text.close()


def _page_to_shown(page: Any) -> NDArray[np.float64]:
    """Returns `[3, 2]`: points of the page, with a 1 behind, to fractions of the drawn page."""
    import ctypes

    import pypdfium2.raw as raw

    x, y = ctypes.c_int(), ctypes.c_int()
    points = [(0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)]
    shown = []
    for point in points:
        raw.FPDF_PageToDevice(
            page, 0, 0, _CHECK_SIDE, _CHECK_SIDE, 0, *point, ctypes.byref(x), ctypes.byref(y)
        )
        shown.append((x.value / _CHECK_SIDE, y.value / _CHECK_SIDE))
    start = np.array(shown[0])
    return np.stack(
        [(np.array(shown[1]) - start) / 1000, (np.array(shown[2]) - start) / 1000, start]
    )
