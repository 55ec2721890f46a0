"""One page of an image file or a PDF, read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.documents import Page, TextLine
from inspector_app.experts.ocr import PageText
from inspector_app.imaging.decode import decode, probe
from inspector_app.imaging.pdf_pages import PdfFile
from inspector_app.parsing.page_remarks import page_remarks, side_by_side

PDF_LAYER = "pdf text"
_MOST_PIXELS = 24_000_000


class PageReader(Protocol):
    """What reads the text of a page; `TextReader.read_page` tells how.

    Attributes:
        name: What reads, with its version.
    """

    name: str

    def read_page(
        self, pixels: NDArray[np.uint8], stop: Callable[[], bool] | None = None
    ) -> PageText: ...


def read_image_page(
    path: Path, number: int, reader: PageReader, stop: Callable[[], bool] | None = None
) -> Page:
    """Reads a page of an image file.

    Args:
        path: The file.
        number: Page of it, from 0.
        reader: Reads the text.
        stop: Asked between steps.

    Raises:
        BadInputError: The image cannot be read.
        StoppedError: `stop` returned true.
    """
    info = probe(path, number)
    side = max(info.width, info.height)
    side = math.floor(side * min(1.0, (_MOST_PIXELS / (info.width * info.height)) ** 0.5))
    seen = decode(path, max(1, side), number)
    read = reader.read_page(seen.pixels, stop)
    return _page(
        number, (seen.width, seen.height), read.lines, read.turned, read.unread, read.unread_lines
    )


def read_pdf_page(
    pdf: PdfFile,
    number: int,
    dpi: float,
    open_reader: Callable[[], PageReader],
    stop: Callable[[], bool] | None = None,
) -> tuple[Page, str]:
    """Reads a page of a PDF: the text that it carries, or what its picture shows.

    Args:
        pdf: The file.
        number: Page of it, from 0.
        dpi: At which it is drawn.
        open_reader: Gives the reader; asked only where there is no text layer.
        stop: Asked between steps.

    Returns:
        The page, and what read it.

    Raises:
        BadInputError: The page cannot be drawn.
        EngineError: The reader cannot be opened.
        StoppedError: `stop` returned true.
    """
    text = pdf.text(number)
    if text is not None:
        size = pdf.size(number, dpi)
        return _page(number, size, text.lines, text.turned), PDF_LAYER
    reader = open_reader()
    pixels = pdf.pixels(number, dpi)
    read = reader.read_page(pixels, stop)
    size = (pixels.shape[1], pixels.shape[0])
    return _page(number, size, read.lines, read.turned, read.unread, read.unread_lines), reader.name


def _page(
    number: int,
    size: tuple[int, int],
    lines: Sequence[TextLine],
    turned: int = 0,
    unread: int = 0,
    unread_lines: int = 0,
) -> Page:
    remarks = page_remarks(lines, turned, unread, unread_lines)
    parts = side_by_side(lines, turned)
    if parts is not None:
        lines = [*parts[0], *parts[1]]
    return Page(number, *size, tuple(lines), turned, remarks)
