"""A language engine fills the schema that the reader filled, and the two are compared."""

from __future__ import annotations

import json

from inspector_app.domain.documents import Reading, ReadRequest, SecondReading
from inspector_app.domain.engine import Engine, InspectRequest, Sampling, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.tasks import Task
from inspector_app.parsing.documents.schemas import load_schema
from inspector_app.parsing.documents.second import compare
from inspector_app.parsing.documents.wording import field_named
from inspector_app.parsing.texts import texts

_MOST_LETTERS = 4000  # of the text that goes into the prompt
_MOST_TOKENS = 1024


def read_again(
    reading: Reading,
    request: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
    with_text: bool = True,
) -> SecondReading | None:
    """Lets a loaded language engine read the first page that was read.

    Args:
        reading: With fields.
        request: What was read.
        engine: The language engine.
        stop: Ends it.
        adapter: Adapter to answer with.
        with_text: The text that was read goes into the question, for the engine to lean on.

    Returns:
        None when stopped.

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
        schema=json.dumps(schema.source, ensure_ascii=False),
        sampling=Sampling(max_tokens=_MOST_TOKENS),
        page=request.pages[0] if request.pages else 0,
        dpi=round(request.dpi),
        adapter=adapter,
    )
    for event in engine.stream(asked, stop):
        if isinstance(event, Failed):
            raise EngineError(event.what, event.mend)
        if isinstance(event, Finished):
            name = "+".join(filter(None, (engine.id, adapter)))
            return compare(name, event.answer, reading.document, reading.extraction, schema)
    return None


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
            first=shown(reading.extraction.field(name).value),
            second=shown(second.extraction.field(name).value),
        )
        for name in second.differing
    ]
    told += [
        words["unseen"].format(
            field=name,
            engine=second.engine,
            value=shown(field_named(second.extraction, name).value),
        )
        for name in second.unseen
    ]
    return told
