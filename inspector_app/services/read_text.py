"""Reads the text of document images and PDFs.

Reading is heavy: everything but the plain data is imported when it is first used.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.domain.documents import READERS, Document, Page
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.images import PDF_DPI
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.parsing.page_remarks import PAGES_CUT
from inspector_app.parsing.texts import texts

if TYPE_CHECKING:
    from inspector_app.experts.page_text import PageReader

Job = Iterator[Progress | Document | JobCancelled]

DPI = PDF_DPI
MOST_PAGES = 10  # read unless pages are chosen
_PAGED = ("TIFF",)  # frames of a GIF or WebP are no pages


def read_document(
    path: str | Path,
    pages: Sequence[int] | None = None,
    dpi: float = DPI,
    stop: StopFlag | None = None,
    reader: str = READERS[0],
) -> Job:
    """Reads an image or a PDF.

    Args:
        path: The file; its content decides what it is, not its suffix.
        pages: Pages wanted, from 0; none for the first `MOST_PAGES`.
        dpi: At which pages of a PDF are drawn.
        stop: Looked at between steps.
        reader: One of `READERS`; each is opened once.

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
def open_reader(name: str = READERS[0]) -> PageReader:
    """Returns a reader of documents, opened at first use.

    Args:
        name: One of `READERS`.

    Raises:
        EngineError: It is not installed, or lacks a file.
    """
    if name == "tesseract":
        from inspector_app.experts.tesseract import TesseractReader

        return TesseractReader()
    from inspector_app.experts.document_reader import DocumentReader

    return DocumentReader()


def reader_trouble(name: str) -> str:
    """Returns why a reader cannot be used here; empty when it can, or was never tried.

    Args:
        name: One of `READERS`.
    """
    if name != "tesseract":
        return ""
    from inspector_app.experts.tesseract import find

    try:
        find()
    except EngineError as error:
        return str(error)
    return ""


def _read_pdf(
    path: Path,
    pages: Sequence[int] | None,
    dpi: float,
    stop: StopFlag | None,
    reader: str,
) -> Job:
    from inspector_app.experts.page_text import read_pdf_page
    from inspector_app.imaging.pdf_pages import opened_pdf

    begun = time.perf_counter()
    found: list[Page] = []
    readers: list[str] = []
    asked = None if stop is None else stop.is_set
    with opened_pdf(path) as pdf:
        wanted = _wanted(pages, pdf.page_count, path)
        for number in wanted:
            page, name = read_pdf_page(pdf, number, dpi, lambda: open_reader(reader), asked)
            found.append(page)
            readers.append(name)
            yield Progress(len(found), len(wanted), path.name)
            _check(stop)
        yield _document(path, found, pdf.page_count, pages, readers, begun)


def _read_image(
    path: Path,
    pages: Sequence[int] | None,
    dpi: float,
    stop: StopFlag | None,
    reader: str,
) -> Job:
    from inspector_app.experts.page_text import read_image_page
    from inspector_app.imaging.decode import probe

    del dpi  # an image has the pixels that it has
    begun = time.perf_counter()
    info = probe(path)
    count = info.pages if info.format in _PAGED else 1
    wanted = _wanted(pages, count, path)
    opened = open_reader(reader)
    asked = None if stop is None else stop.is_set
    found: list[Page] = []
    for number in wanted:
        found.append(read_image_page(path, number, opened, asked))
        yield Progress(len(found), len(wanted), path.name)
        _check(stop)
    yield _document(path, found, count, pages, [opened.name], begun)


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
