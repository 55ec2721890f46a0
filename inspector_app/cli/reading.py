"""inspector read: text and fields of document images and PDFs."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.documents import (
    READERS,
    Document,
    Page,
    Reading,
    ReadRequest,
    SecondReading,
    TextLine,
)
from inspector_app.domain.engine import Engine, StopFlag
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.jobs import Progress
from inspector_app.domain.page_ranges import parse_pages
from inspector_app.domain.tasks import Task
from inspector_app.services import adapters, engines, models, read_text
from inspector_app.services.images import expand_folders
from inspector_app.services.reading import (
    field_lines,
    fields_json,
    remark_keys,
    run_read,
    sentences,
)
from inspector_app.services.second_reading import read_again, second_sentences

ENGINE = "ocr"


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("files", nargs="+", metavar="IMAGE|PDF|FOLDER")
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
    parser.add_argument(
        "--engine", default="", metavar="ID", help="a language engine that fills the schema too"
    )
    parser.add_argument("--adapter", default="", metavar="NAME", help="of the language engine")
    parser.add_argument(
        "--without-text", action="store_true", help="do not show the engine the text that was read"
    )
    parser.add_argument(
        "--reader", choices=READERS, default=READERS[0], help="of the text; see inspector doctor"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=read)


def read(options: argparse.Namespace) -> int:
    """Runs the command; files that cannot be read do not stop the others."""
    pages = _pages(options.pages)
    if not 36 <= options.dpi <= 1200:
        raise BadInputError(f"--dpi {options.dpi:g} is not possible.", "Give 36 to 1200.")
    engine = _second_engine(options)
    options.files = expand_folders(options.files)
    bad = failed = 0
    with stop_on_interrupt() as stop:
        for path in options.files:
            try:
                request = _request(options, path, pages)
                reading = _read(request, stop)
                second = _again(options, reading, request, engine, stop)
            except BadInputError as error:
                bad += 1
                _tell_trouble(options, path, str(error))
            except InspectorError as error:
                failed += 1
                _tell_trouble(options, path, str(error))
            else:
                if reading is None or stop.is_set():
                    _tell_trouble(options, path, "Stopped.")
                    return 1
                _tell(options, path, reading, second)
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
        options.reader,
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


def _second_engine(options: argparse.Namespace) -> Engine | None:
    """The language engine that reads too, loaded; None when none was asked for."""
    if not options.engine:
        if options.adapter or options.without_text:
            raise BadInputError("--adapter and --without-text are for --engine.", "Name one.")
        return None
    card = engines.card(options.engine)
    if not options.schema or not {Task.EXTRACT} <= card.tasks or not models.is_language(card):
        raise BadInputError(
            f"{card.name} cannot fill a schema.", "Name a language engine, and a --schema."
        )
    for name in filter(None, options.adapter.split("+")):
        adapters.find(card.id, name)
    return engines.local(card.id, warn)


def _again(
    options: argparse.Namespace,
    reading: Reading | None,
    request: ReadRequest,
    engine: Engine | None,
    stop: StopFlag,
) -> SecondReading | None:
    if reading is None or engine is None:
        return None
    return read_again(
        reading, request, engine, stop,
        adapter=options.adapter, with_text=not options.without_text,
    )  # fmt: skip


def _tell(
    options: argparse.Namespace, path: str, reading: Reading, second: SecondReading | None
) -> None:
    told = sentences(reading, options.language)
    if second is not None:
        told += second_sentences(reading, second, options.language)
    for sentence in told:
        warn(f"{path}: {sentence}")
    if options.json:
        emit(record(path, reading, options.schema) | _second_record(options, reading, second))
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
        "remarks": remark_keys(reading),
        "pages": document.page_count,
        "seconds": round(document.seconds, 4),
    }


def _second_record(
    options: argparse.Namespace, reading: Reading, second: SecondReading | None
) -> dict[str, Any]:
    if second is None:
        return {}
    again = replace(reading, extraction=second.extraction)
    return {
        "second": {
            "engine": second.engine,
            "fields": fields_json(again, options.schema),
            "unseen": list(second.unseen),
            "differing": list(second.differing),
        }
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
    found = parse_pages(text)
    if found is None:
        raise BadInputError(f"--pages {text!r} is not a list of pages.", "Write: 1-3,5")
    return found
