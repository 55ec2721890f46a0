"""Reads the text of document images and PDFs.

Reading is heavy: everything but the plain data is imported when it is first used.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.parsing.page_remarks import PAGES_CUT, page_remarks, side_by_side
from inspector_app.parsing.texts import texts

if TYPE_CHECKING:
    from inspector_app.experts.ocr import TextReader

Job = Iterator[Progress | Document | JobCancelled]

DPI = 200
MOST_PAGES = 10  # read unless pages are chosen
_MOST_PIXELS = 24_000_000
_PAGED = ("TIFF",)  # frames of a GIF or WebP are no pages
_LAYER = "pdf text"


def read_document(
    path: str | Path,
    pages: Sequence[int] | None = None,
    dpi: float = DPI,
    stop: StopFlag | None = None,
    reader: TextReader | None = None,
) -> Job:
    """Reads an image or a PDF.

    Args:
        path: The file; its content decides what it is, not its suffix.
        pages: Pages wanted, from 0; none for the first `MOST_PAGES`.
        dpi: At which pages of a PDF are drawn.
        stop: Looked at between steps.
        reader: The reader to use; None for the usual one, which is opened once.

    Yields:
        `Progress` after every page, then one `Document`; `JobCancelled` last when stopped.

    Raises:
        BadInputError: The file cannot be read, or lacks a page that is wanted.
        EngineError: The reader cannot be opened.
    """
    from inspector_app.experts.coreset import StoppedError
    from inspector_app.imaging.pdf_pages import is_pdf
    from inspector_app.imaging.trouble import image_trouble

    path = Path(path)
    with image_trouble(path):
        pdf = is_pdf(path)
    try:
        yield from (_read_pdf if pdf else _read_image)(path, pages, dpi, stop, reader)
    except StoppedError:
        yield JobCancelled()


def remark_texts(document: Document, language: str = "en") -> list[str]:
    """Returns what there is to say about a document, one sentence each."""
    words = texts("document", language)
    return [words[key] for key in remark_keys(document)]


def remark_keys(document: Document) -> list[str]:
    """Returns the keys of the remarks on all pages, each once."""
    return list(dict.fromkeys(key for page in document.pages for key in page.remarks))


@cache
def usual_reader() -> TextReader:
    """Returns the general reader, opened at first use.

    Raises:
        EngineError: Its package is missing or lacks a file.
    """
    from inspector_app.experts.ocr import TextReader

    return TextReader()


def _read_pdf(
    path: Path,
    pages: Sequence[int] | None,
    dpi: float,
    stop: StopFlag | None,
    reader: TextReader | None,
) -> Job:
    from inspector_app.imaging.pdf_pages import opened_pdf

    begun = time.perf_counter()
    found: list[Page] = []
    readers: list[str] = []
    with opened_pdf(path) as pdf:
        wanted = _wanted(pages, pdf.page_count, path)
        for number in wanted:
            text = pdf.text(number)
            if text is not None:
                size = pdf.size(number, dpi)
                found.append(_page(number, size, text.lines, text.turned))
                readers.append(_LAYER)
            else:
                reader = reader or usual_reader()
                pixels = pdf.pixels(number, dpi)
                size = (pixels.shape[1], pixels.shape[0])
                found.append(_seen_page(number, size, pixels, reader, stop))
                readers.append(reader.name)
            yield Progress(len(found), len(wanted), path.name)
            _check(stop)
        yield _document(path, found, pdf.page_count, pages, readers, begun)


def _read_image(
    path: Path,
    pages: Sequence[int] | None,
    dpi: float,
    stop: StopFlag | None,
    reader: TextReader | None,
) -> Job:
    from inspector_app.imaging.decode import decode, probe

    del dpi  # an image has the pixels that it has
    begun = time.perf_counter()
    info = probe(path)
    count = info.pages if info.format in _PAGED else 1
    wanted = _wanted(pages, count, path)
    reader = reader or usual_reader()
    found: list[Page] = []
    for number in wanted:
        info = probe(path, number)
        side = max(info.width, info.height)
        side = math.floor(side * min(1.0, (_MOST_PIXELS / (info.width * info.height)) ** 0.5))
        seen = decode(path, max(1, side), number)
        found.append(_seen_page(number, (seen.width, seen.height), seen.pixels, reader, stop))
        yield Progress(len(found), len(wanted), path.name)
        _check(stop)
    yield _document(path, found, count, pages, [reader.name], begun)


def _seen_page(
    number: int, size: tuple[int, int], pixels: Any, reader: TextReader, stop: StopFlag | None
) -> Page:
    read = reader.read_page(pixels, None if stop is None else stop.is_set)
    return _page(number, size, read.lines, read.turned, read.unread)


def _page(
    number: int,
    size: tuple[int, int],
    lines: Sequence[TextLine],
    turned: int = 0,
    unread: int = 0,
) -> Page:
    remarks = page_remarks(lines, turned, unread)
    parts = side_by_side(lines, turned)
    if parts is not None:
        lines = [*parts[0], *parts[1]]
    return Page(number, *size, tuple(lines), turned, remarks)


def _wanted(pages: Sequence[int] | None, count: int, path: Path) -> list[int]:
    if not pages:
        return list(range(min(count, MOST_PAGES)))
    missing = [page for page in pages if not 0 <= page < count]
    if missing:
        has = "1 page" if count == 1 else f"{count} pages"
        raise BadInputError(
            f"Cannot read page {missing[0] + 1} of {path.name}: it has {has}.",
            "Choose pages that are there.",
        )
    return list(dict.fromkeys(pages))


def _document(
    path: Path,
    pages: list[Page],
    count: int,
    wanted: Sequence[int] | None,
    readers: Sequence[str],
    begun: float,
) -> Document:
    if not wanted and count > len(pages):
        last = pages[-1]
        pages[-1] = Page(
            last.number,
            last.width,
            last.height,
            last.lines,
            last.turned,
            (*last.remarks, PAGES_CUT),
        )
    return Document(
        str(path),
        tuple(pages),
        count,
        " + ".join(dict.fromkeys(readers)),
        time.perf_counter() - begun,
    )


def _check(stop: StopFlag | None) -> None:
    from inspector_app.experts.coreset import StoppedError

    if stop is not None and stop.is_set():
        raise StoppedError
