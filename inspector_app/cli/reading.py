"""inspector read: text and fields of document images and PDFs."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.documents import Document, Page, Reading, ReadRequest, TextLine
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.jobs import Progress
from inspector_app.services import read_text
from inspector_app.services.reading import field_lines, fields_json, run_read, sentences

ENGINE = "ocr"
_MOST_RANGE = 10_000


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("files", nargs="+", metavar="IMAGE|PDF")
    parser.add_argument("--pages", metavar="1-3,5", help="pages to read; else the first ten")
    parser.add_argument(
        "--dpi", type=float, default=read_text.DPI, help="at which pages of a PDF are drawn"
    )
    parser.add_argument(
        "--schema", default="", metavar="NAME|FILE.json", help="receipt, id-card or your own"
    )
    parser.add_argument(
        "--language", choices=("en", "vi"), default="en", help="of remarks and summary"
    )
    parser.add_argument("--long", action="store_true", help="a longer summary")
    parser.add_argument("--plain", action="store_true", help="a summary in notes")
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
                reading = _read(_request(options, path, pages), stop)
            except BadInputError as error:
                bad += 1
                _tell_trouble(options, path, str(error))
            except InspectorError as error:
                failed += 1
                _tell_trouble(options, path, str(error))
            else:
                if reading is None:
                    _tell_trouble(options, path, "Stopped.")
                    return 1
                _tell(options, path, reading)
    if bad == len(options.files):
        return 2
    return 1 if bad or failed else 0


def _request(options: argparse.Namespace, path: str, pages: list[int] | None) -> ReadRequest:
    return ReadRequest(
        path,
        tuple(pages or ()),
        options.dpi,
        options.schema,
        options.language,
        options.long,
        not options.plain,
    )


def _read(request: ReadRequest, stop: StopFlag) -> Reading | None:
    """Reads one file; None when stopped."""
    line = ProgressLine()
    for event in run_read(request, stop):
        if isinstance(event, Reading):
            return event
        if isinstance(event, Progress) and event.total > 1:
            line.show(event)
    return None


def _tell(options: argparse.Namespace, path: str, reading: Reading) -> None:
    for sentence in sentences(reading, options.language):
        warn(f"{path}: {sentence}")
    if options.json:
        emit(record(path, reading, options.schema))
        return
    if len(options.files) > 1:
        say(f"== {path}")
    if reading.extraction is None:
        say(_text(reading.document))
        return
    for line in field_lines(reading, options.schema, options.language):
        say(line)
    if reading.summary:
        say("")
        say(reading.summary)


def _tell_trouble(options: argparse.Namespace, path: str, what: str) -> None:
    name = re.escape(Path(path).name)
    told, times = re.subn(rf"^(Cannot \w+ (?:page \d+ of )?){name}", lambda m: m[1] + path, what)
    warn(told if times else f"{path}: {what}")
    if options.json:
        emit({"image": path, "task": "read", "engine": ENGINE, "error": what})


def record(path: str, reading: Reading, schema: str) -> dict[str, Any]:
    """The JSON form; places in pixels of the page as it is shown."""
    document = reading.document
    found: dict[str, Any] = {
        "image": path,
        "task": "read",
        "engine": ENGINE,
        "answer": reading.summary if schema else _text(document),
    }
    if reading.extraction is not None:
        found["fields"] = fields_json(reading, schema)
    return found | {
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
