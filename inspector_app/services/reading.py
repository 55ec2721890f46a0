"""Reading a document: its text, its fields under a schema, and a paragraph about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector_app.domain.documents import Document, Extraction, Field, Reading, ReadRequest
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.parsing.documents.extract import extract
from inspector_app.parsing.documents.json_form import to_json
from inspector_app.parsing.documents.schemas import load_schema
from inspector_app.parsing.documents.summary import summarize
from inspector_app.parsing.documents.wording import say, say_conflict
from inspector_app.parsing.texts import texts
from inspector_app.services.read_text import read_document
from inspector_app.services.read_text import remark_keys as page_keys
from inspector_app.services.read_text import remark_texts as page_sentences

_MARK = "  (!)"  # beside a number that takes part in a conflict

Job = Iterator[Progress | Reading | JobCancelled]


def run_read(request: ReadRequest, stop: StopFlag) -> Job:
    """Reads a file.

    Yields:
        `Progress` after every page, then one `Reading`; `JobCancelled` last when stopped.

    Raises:
        BadInputError: The file or the schema cannot be used.
        EngineError: The reader cannot be opened.
    """
    if request.schema:
        load_schema(request.schema)  # a broken one is told before anything is read
    for event in read_document(
        request.path, request.pages or None, request.dpi, stop, request.reader
    ):
        yield make_reading(event, request) if isinstance(event, Document) else event


def make_reading(document: Document, request: ReadRequest) -> Reading:
    """Reads the fields of a document whose text was read.

    Raises:
        BadInputError: The schema cannot be used.
    """
    if not request.schema:
        return Reading(document)
    schema = load_schema(request.schema)
    extraction = extract(document, schema)
    summary = summarize(
        extraction, request.language, long=request.long, formal=request.formal, schema=schema
    )
    return Reading(document, extraction, summary)


def sentences(reading: Reading, language: str) -> list[str]:
    """Returns what there is to say about a reading: remarks on pages and fields, then conflicts."""
    found = page_sentences(reading.document, language)
    extraction = reading.extraction
    if extraction is None:
        return found
    found += [remark_sentence(key, language) for key in extraction.remarks]
    return found + [say_conflict(each, extraction, language) for each in extraction.conflicts]


def remark_keys(reading: Reading) -> list[str]:
    """Returns the keys of the remarks on pages and fields, each once."""
    found = page_keys(reading.document)
    extraction = reading.extraction
    return found if extraction is None else list(dict.fromkeys((*found, *extraction.remarks)))


def remark_sentence(key: str, language: str) -> str:
    """Returns a remark as a sentence; an unknown one as it is called."""
    return texts("document", language).get(key, key.replace("_", " "))


def fields_json(reading: Reading, schema: str) -> dict[str, Any]:
    """Returns the fields in the form fixed by the command-line contract.

    Args:
        reading: With fields.
        schema: The one it was read under.

    Raises:
        BadInputError: The schema cannot be used.
    """
    assert reading.extraction is not None
    form = load_schema(schema)
    return to_json(reading.extraction, reading.document, form.missing, form.table or "items")


def field_lines(reading: Reading, schema: str, language: str) -> list[str]:
    """Returns the fields that are there, then the rows of the table, as aligned lines.

    Raises:
        BadInputError: The schema cannot be used.
    """
    assert reading.extraction is not None
    extraction, form = reading.extraction, load_schema(schema)
    titles = {field.name: field.title(language) for field in form.fields}
    known = [field for field in extraction.fields if field.value is not None]
    wide = max((len(titles.get(field.name, field.name)) for field in known), default=0)
    lines: list[str] = []
    for field in known:
        value = f"{say(field, extraction, language)}{_MARK if field.conflict else ''}"
        lines.append(f"{titles.get(field.name, field.name):<{wide}}  {value}")
    return lines + [_row(item, extraction, language) for item in extraction.items]


def _row(item: tuple[Field, ...], extraction: Extraction, language: str) -> str:
    parts = {field.name: say(field, extraction, language) for field in item}
    count = " × ".join(filter(None, (parts.pop("quantity", ""), parts.pop("unit_price", ""))))
    amount = parts.pop("amount", "")
    told = "  ".join(filter(None, (*parts.values(), count, amount)))
    return f"- {told}{_MARK if any(field.conflict for field in item) else ''}"
