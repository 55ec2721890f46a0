"""The reading expert as an engine: fields, a summary, and answers to questions about a document."""

from __future__ import annotations

import json
import time
import traceback
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.domain.cards import Card
from inspector_app.domain.documents import Document, Extraction, Field
from inspector_app.domain.engine import Capabilities, InspectRequest, StopFlag
from inspector_app.domain.errors import (
    EngineError,
    ImageError,
    InspectorError,
    UnsupportedTaskError,
)
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    Provenance,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.images import PDF_DPI
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.tasks import Task
from inspector_app.engines.versions import versions
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.questions import answer
from inspector_app.parsing.documents.schemas import Schema, load_schema, parse_schema
from inspector_app.parsing.documents.summary import summarize
from inspector_app.parsing.documents.wording import say_conflict
from inspector_app.parsing.texts import LANGUAGES, texts

if TYPE_CHECKING:
    from inspector_app.experts.ocr import TextReader

_LIBRARIES = ("rapidocr", "onnxruntime", "pypdfium2")
_KEPT = 8  # pages that were read, for the next question


def create(card: Card) -> ReadingEngine:
    """Makes the engine; nothing is loaded yet."""
    return ReadingEngine(card)


class ReadingEngine:
    """See the module's docstring. What was read of a page is kept for the next question."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._reader: TextReader | None = None
        self._read: OrderedDict[tuple[Any, ...], Document] = OrderedDict()

    @property
    def id(self) -> str:
        return self._card.id

    @property
    def capabilities(self) -> Capabilities:
        return self._card.capabilities

    def load(self) -> LoadReport:
        """Opens the networks.

        Raises:
            EngineError: Their package is missing or lacks a file.
        """
        from inspector_app.experts.document_reader import DocumentReader

        self._reader = self._reader or DocumentReader()
        return LoadReport()

    def unload(self) -> None:
        self._reader = None
        self._read.clear()

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Reads the page of a request, as far as it was not read before, and answers."""
        begun = time.perf_counter()
        try:
            yield from self._answer(request, stop, begun)
        except InspectorError as error:
            about_image = isinstance(error, ImageError)
            yield Failed(request.id, error.what, error.mend, image=about_image)
        except Exception as error:  # noqa: BLE001 - whatever happens must reach the asker
            what = f"Reading failed: {type(error).__name__}: {error}."
            yield Failed(request.id, what, "", traceback.format_exc())

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        raise UnsupportedTaskError(
            f"The engine {self.id} has no likelihoods of answers.", "Use a language engine."
        )

    def _answer(self, request: InspectRequest, stop: StopFlag, begun: float) -> Iterator[Event]:
        if request.task not in self._card.tasks:
            raise UnsupportedTaskError(
                f"{self._card.name} cannot do the task {request.task.value}.",
                "Choose another engine.",
            )
        if not request.images:
            raise EngineError("There is no document to read.", "Open an image.")
        schema = _schema(request)
        document = self._document(request, stop)
        if document is None:
            yield Cancelled(request.id)
            return
        page = document.pages[0]
        provenance = Provenance(self.id, versions=versions(_LIBRARIES))
        yield Started(request.id, provenance, page.width, page.height)
        extraction = extract(document, schema)
        text, fields = _said(request, extraction, schema)
        boxes = tuple(
            FoundBox(field.name, place.box, field.score)
            for field in fields
            for place in field.places
        )
        yield TextDelta(request.id, text)
        if boxes:
            yield BoxesFound(request.id, boxes)
        yield Finished(
            request.id,
            text,
            text,
            boxes,
            reasons=_reasons(document, extraction, request.language),
            seconds=time.perf_counter() - begun,
        )

    def _document(self, request: InspectRequest, stop: StopFlag) -> Document | None:
        """The page of a request; None when stopped."""
        from inspector_app.experts.coreset import StoppedError
        from inspector_app.experts.page_text import read_image_page, read_pdf_page
        from inspector_app.imaging.pdf_pages import is_pdf, opened_pdf
        from inspector_app.imaging.trouble import image_trouble

        if self._reader is None:
            raise EngineError(f"{self._card.name} is not loaded.", "Load it and ask again.")
        path, number, reader = Path(request.images[0]), request.page, self._reader
        with image_trouble(path):
            state = path.stat()
            pdf = is_pdf(path)
        dpi = request.dpi or PDF_DPI
        key = (str(path), number, dpi, state.st_mtime_ns, state.st_size)
        found = self._read.pop(key, None)
        if found is None:
            try:
                if pdf:
                    with opened_pdf(path) as opened:
                        page, _ = read_pdf_page(opened, number, dpi, lambda: reader, stop.is_set)
                else:
                    page = read_image_page(path, number, reader, stop.is_set)
            except StoppedError:
                return None
            found = Document(str(path), (page,), reader=reader.name)
        self._read[key] = found
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return found


def _schema(request: InspectRequest) -> Schema:
    if request.task is Task.EXTRACT and request.schema:
        return parse_schema(request.schema, "own")
    return load_schema("receipt")


def _said(
    request: InspectRequest, extraction: Extraction, schema: Schema
) -> tuple[str, tuple[Field, ...]]:
    """What to answer, and the fields that it was taken from."""
    known = tuple(field for field in extraction.fields if field.value is not None)
    rows = tuple(field for item in extraction.items for field in item if field.value is not None)
    language = request.language if request.language in LANGUAGES else "en"
    if request.task is Task.EXTRACT:
        values: dict[str, Any] = {
            field.name: schema.missing if field.value is None else field.value
            for field in extraction.fields
        }
        if extraction.items:
            values[schema.table or "items"] = [
                {field.name: field.value for field in item} for item in extraction.items
            ]
        return json.dumps(values, ensure_ascii=False), (*known, *rows)
    if request.task is Task.SUMMARIZE:
        return summarize(extraction, language, schema=schema), known
    told = answer(request.question, extraction, schema=schema)
    if told is None:
        return texts("document", language)["no_answer"], ()
    return told.text, told.fields


def _reasons(document: Document, extraction: Extraction, language: str) -> tuple[str, ...]:
    words = texts("document", language)
    keys = dict.fromkeys((*document.pages[0].remarks, *extraction.remarks))
    told = [words[key] for key in keys if key in words]
    told += [say_conflict(each, extraction, language) for each in extraction.conflicts]
    return tuple(told)
