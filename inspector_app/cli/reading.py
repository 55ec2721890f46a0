"""inspector read: the text of document images and PDFs."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.jobs import Progress
from inspector_app.services import read_text

ENGINE = "ocr"
_MOST_RANGE = 10_000


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("files", nargs="+", metavar="IMAGE|PDF")
    parser.add_argument("--pages", metavar="1-3,5", help="pages to read; else the first ten")
    parser.add_argument(
        "--dpi", type=float, default=read_text.DPI, help="at which pages of a PDF are drawn"
    )
    parser.add_argument("--language", choices=("en", "vi"), default="en", help="of the remarks")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=read)


def read(options: argparse.Namespace) -> int:
    """Runs the command; files that cannot be read do not stop the others."""
    pages = _pages(options.pages)
    if not 36 <= options.dpi <= 1200:
        raise BadInputError(f"--dpi {options.dpi:g} is not possible.", "Give 36 to 1200.")
    bad = failed = 0
    with stop_on_interrupt() as stop:
        for path in options.files:
            try:
                document = _read(path, pages, options.dpi, stop)
            except BadInputError as error:
                bad += 1
                _tell_trouble(options, path, str(error))
            except InspectorError as error:
                failed += 1
                _tell_trouble(options, path, str(error))
            else:
                if document is None:
                    _tell_trouble(options, path, "Stopped.")
                    return 1
                _tell(options, path, document)
    if bad == len(options.files):
        return 2
    return 1 if bad or failed else 0


def _read(path: str, pages: list[int] | None, dpi: float, stop: StopFlag) -> Document | None:
    """Reads one file; None when stopped."""
    line = ProgressLine()
    for event in read_text.read_document(path, pages, dpi, stop):
        if isinstance(event, Document):
            return event
        if isinstance(event, Progress) and event.total > 1:
            line.show(event)
    return None


def _tell(options: argparse.Namespace, path: str, document: Document) -> None:
    for sentence in read_text.remark_texts(document, options.language):
        warn(f"{path}: {sentence}")
    if options.json:
        emit(text_record(path, document))
        return
    if len(options.files) > 1:
        say(f"== {path}")
    say(_text(document))


def _tell_trouble(options: argparse.Namespace, path: str, what: str) -> None:
    name = re.escape(Path(path).name)
    told, times = re.subn(rf"^(Cannot \w+ (?:page \d+ of )?){name}", lambda m: m[1] + path, what)
    warn(told if times else f"{path}: {what}")
    if options.json:
        emit({"image": path, "task": "read", "engine": ENGINE, "error": what})


def text_record(path: str, document: Document) -> dict[str, Any]:
    """The JSON form of the text; places in pixels of the page as it is shown."""
    return {
        "image": path,
        "task": "read",
        "engine": ENGINE,
        "answer": _text(document),
        "lines": [_line_record(line, page) for page in document.pages for line in page.lines],
        "remarks": read_text.remark_keys(document),
        "pages": document.page_count,
        "seconds": round(document.seconds, 4),
    }


def _line_record(line: TextLine, page: Page) -> dict[str, Any]:
    record: dict[str, Any] = {
        "text": line.text,
        "xyxy": line.box.to_pixels(page.width, page.height),
    }
    if line.score is not None:
        record["score"] = round(line.score, 4)
    record["page"] = page.number + 1
    return record


def _text(document: Document) -> str:
    return "\n\n".join(page.text for page in document.pages)


def _pages(text: str | None) -> list[int] | None:
    """Reads "1-3,5" as pages from 0."""
    if text is None:
        return None
    found: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*", part, re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last < first + _MOST_RANGE:
            raise BadInputError(f"--pages {text!r} is not a list of pages.", "Write: 1-3,5")
        found += range(first - 1, last)
    return found
