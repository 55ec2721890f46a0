"""A language engine writes the paragraph about a document, from its fields as they count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.domain.corrected import is_empty, is_nothing
from inspector_app.domain.documents import Extraction, Field, ReadRequest, Value
from inspector_app.domain.engine import Engine, InspectRequest, Sampling, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.tasks import Task
from inspector_app.parsing.documents.second import strange_figures
from inspector_app.parsing.texts import texts

_MOST_TOKENS = 400


@dataclass(frozen=True, slots=True)
class EngineSummary:
    """A paragraph that a language engine wrote.

    Attributes:
        engine: Its card id.
        text: The paragraph.
        strange: Figures in it that stand in no field: misread, worked out or made up.
    """

    engine: str
    text: str
    strange: tuple[str, ...] = ()


def write_summary(
    extraction: Extraction,
    request: ReadRequest,
    engine: Engine,
    stop: StopFlag,
    *,
    adapter: str = "",
) -> Iterator[EngineSummary]:
    """Lets a loaded language engine write about a document.

    Args:
        extraction: Its fields as they count.
        request: File and page; language, length and tone of the paragraph.
        engine: The language engine.
        stop: Ends it.
        adapter: Adapter to answer with.

    Yields:
        The summary; nothing when stopped.

    Raises:
        BadInputError: There are no fields to write about.
        EngineError: The engine failed, or wrote nothing.
    """
    if is_empty(extraction):
        raise BadInputError("There are no fields to write about.", "Read the document first.")
    words = texts("document", request.language)
    fields = _said(extraction.fields)
    items = [_said(item) for item in extraction.items if not is_nothing(item)]
    question = words["summary_ask"].format(
        length=words["summary_long" if request.long else "summary_short"],
        tone=words["summary_formal" if request.formal else "summary_plain"],
        fields=json.dumps(fields | ({"items": items} if items else {}), ensure_ascii=False),
    )
    asked = InspectRequest(
        (request.path,),
        Task.SUMMARIZE,
        question,
        language=request.language,
        sampling=Sampling(max_tokens=_MOST_TOKENS),
        page=request.pages[0] if request.pages else 0,
        dpi=round(request.dpi),
        adapter=adapter,
    )
    for event in engine.stream(asked, stop):
        if isinstance(event, Failed):
            raise EngineError(event.what, event.mend)
        if isinstance(event, Finished):
            text = " ".join(event.answer.split())
            if not text:
                raise EngineError(f"The engine {engine.id} wrote nothing.", "Ask again.")
            yield EngineSummary(engine.id, text, strange_figures(text, extraction))


def _said(fields: tuple[Field, ...]) -> dict[str, Value | list[dict[str, Value]]]:
    return {field.name: field.value for field in fields if field.value is not None}
