"""A language engine fills the schema that the reader filled, and the two are compared."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.corrected import ITEMS, count_rows
from inspector_app.domain.documents import Reading, ReadRequest, SecondReading
from inspector_app.domain.engine import Engine, InspectRequest, Sampling, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Failed, Finished, TextDelta
from inspector_app.domain.images import ImageRef
from inspector_app.domain.jobs import ImageDone, Progress
from inspector_app.domain.tasks import Task
from inspector_app.parsing.documents.schemas import load_schema
from inspector_app.parsing.documents.second import compare
from inspector_app.parsing.documents.wording import field_named
from inspector_app.parsing.texts import texts
from inspector_app.services.inspect import refresh_image
from inspector_app.services.read_batch import ReadAllFinished, read_each, request_for
from inspector_app.store.project import Project

_MOST_LETTERS = 4000  # of the text that goes into the prompt
_MOST_TOKENS = 2048
_TELL_SECONDS = 0.1  # progress more often than this is not seen, only paid for
_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"


def stream_again(
    reading: Reading,
    request: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> Iterator[Progress | SecondReading]:
    """Lets a loaded language engine read the first page that was read.

    Args:
        reading: With fields.
        request: What was read.
        engine: The language engine.
        stop: Ends it.
        adapter: Adapter to answer with.
        with_text: The text that was read goes into the question, for the engine to lean on.

    Yields:
        `Progress` with the pieces of the answer so far, of nobody knows how many; then the second
        reading. Nothing more when stopped.

    Raises:
        BadInputError: It was read without a schema.
        EngineError: The engine failed, or its answer holds no fields.
    """
    if reading.extraction is None:
        raise BadInputError("A language engine needs a schema to fill in.", "Give one: --schema")
    words = texts("document", request.language)
    schema = load_schema(request.schema)
    question = words["read_fields"]
    if with_text:
        text = "\n".join(page.text for page in reading.document.pages)[:_MOST_LETTERS]
        question = f"{question} {words['read_text'].format(text=text)}"
    asked = InspectRequest(
        (request.path,),
        Task.EXTRACT,
        question,
        language=request.language,
        schema=json.dumps(_for_engine(schema.source), ensure_ascii=False),
        sampling=Sampling(max_tokens=_MOST_TOKENS),
        page=request.pages[0] if request.pages else 0,
        dpi=round(request.dpi),
        adapter=adapter,
    )
    pieces, told = 0, 0.0
    for event in engine.stream(asked, stop):
        if isinstance(event, Failed):
            raise EngineError(event.what, event.mend)
        if isinstance(event, TextDelta):
            pieces += 1
            if time.monotonic() - told > _TELL_SECONDS:
                told = time.monotonic()
                yield Progress(pieces, 0)
        if isinstance(event, Finished):
            if event.tokens >= _MOST_TOKENS:
                raise EngineError(
                    f"{engine.id} did not come to an end within {_MOST_TOKENS} tokens.",
                    "Choose another engine, or a schema with fewer fields.",
                )
            name = "+".join(filter(None, (engine.id, adapter)))
            found = compare(name, event.answer, reading.document, reading.extraction, schema)
            yield replace(found, with_text=with_text)


def read_again(
    reading: Reading,
    request: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> SecondReading | None:
    """Lets a loaded language engine read, as `stream_again` does; None when stopped."""
    events = stream_again(reading, request, engine, stop, adapter=adapter, with_text=with_text)
    return next((event for event in events if isinstance(event, SecondReading)), None)


def read_again_and_store(
    project: Project,
    image: ImageRef,
    how: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> Iterator[Progress | SecondReading]:
    """Lets a language engine read an image of a project that was read, and stores what it gives.

    Args:
        project: Where the reading is, and the second one goes.
        image: The image.
        how: Schema, of which there is a reading, and language.
        engine: The language engine.
        stop: Ends it.
        adapter: Adapter to answer with.
        with_text: See `stream_again`.

    Yields:
        Progress, then the second reading once it is stored; nothing more when stopped.

    Raises:
        BadInputError: It was not read under the schema, or the file was changed since.
        EngineError: The engine failed, or its answer holds no fields.
        StoreError: Not stored.
    """
    image = refresh_image(project, image)
    stored = project.reading(image.id, how.schema)
    if stored is None or (stored.sha256 and stored.sha256 != image.sha256):
        what = "not read yet" if stored is None else "changed since it was read"
        raise BadInputError(f"{Path(image.path).name} was {what}.", "Read the document first.")
    request = request_for(image, how)
    for event in stream_again(
        stored.reading, request, engine, stop, adapter=adapter, with_text=with_text
    ):
        if isinstance(event, SecondReading):
            project.set_second(image.id, how.schema, event)
        yield event


def read_all_again(
    project: Project,
    images: Sequence[ImageRef],
    how: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> Iterator[ImageDone | ReadAllFinished]:
    """Lets a language engine read all images that were read under the schema, fields and all.

    Those that it has read since are skipped. Arguments and errors as of `read_again_and_store`;
    what is yielded as of `read_batch.read_all`.
    """
    name = "+".join(filter(None, (engine.id, adapter)))
    known: list[ImageRef] = []
    for image in images:
        stored = project.reading(image.id, how.schema)
        if stored is not None and stored.reading.extraction is not None:
            known.append(image)
    yield from read_each(
        project,
        known,
        lambda image: read_again_and_store(
            project, image, how, engine, stop, adapter=adapter, with_text=with_text
        ),
        lambda image: project.second(image.id, how.schema, name) is not None,
        stop,
    )


def _for_engine(schema: Any) -> Any:
    """The schema with times as people print them: "time" would force seconds and a time zone."""
    if isinstance(schema, list):
        return [_for_engine(each) for each in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    entries = cast("dict[str, Any]", schema)
    found = {key: _for_engine(value) for key, value in entries.items()}
    if found.get("format") == "time":
        del found["format"]
        found["pattern"] = _TIME
    return found


def second_sentences(reading: Reading, second: SecondReading, language: str) -> list[str]:
    """Returns what there is to say about a second reading, one sentence each."""
    assert reading.extraction is not None
    words = texts("document", language)

    def shown(value: object) -> str:
        return words["nothing"] if value is None else str(value)

    told = [
        words["differing"].format(
            field=name,
            engine=second.engine,
            first=shown(field_named(reading.extraction, name).value),
            second=shown(field_named(second.extraction, name).value),
        )
        for name in second.differing
        if name != ITEMS
    ]
    if ITEMS in second.differing:
        first, again = count_rows(reading.extraction), count_rows(second.extraction)
        told.append(words["rows"].format(engine=second.engine, first=first, second=again))
    told += [
        words["unseen"].format(
            field=name,
            engine=second.engine,
            value=shown(field_named(second.extraction, name).value),
        )
        for name in second.unseen
    ]
    return told
