"""Puts a question to an engine in a way of asking, stage by stage, as one stream of events."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace

from inspector_app.domain.asking import PLAIN, Ask, Form, Made, Part, Reads, Way
from inspector_app.domain.engine import ANY_OBJECT, Capabilities, Engine, InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, InspectorError, UnsupportedTaskError
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    Provenance,
    StageReached,
    Started,
    TextDelta,
)
from inspector_app.domain.images import ImageRef
from inspector_app.domain.prompting import LIMITS, Example
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.engines.language_prompts import language_texts
from inspector_app.engines.proxy import failed_from
from inspector_app.parsing.answer_forms import field_names, fields_schema, places_schema
from inspector_app.parsing.box_text import DIALECTS
from inspector_app.parsing.texts import LANGUAGES, texts
from inspector_app.parsing.way_files import fill
from inspector_app.services import inspect
from inspector_app.services.answer_reading import option_remarks, read, score_options
from inspector_app.services.images import image_facts
from inspector_app.services.seen import seen
from inspector_app.services.ways import way as find_way
from inspector_app.store.project import Project

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_plain(ask: Ask) -> bool:
    """Whether nothing is added to the question and its answer is taken as it comes."""
    return ask.way == PLAIN and not (ask.has(Part.FORMAT) or ask.golden)


def task_of(ask: Ask) -> Task:
    """Returns the task that the engine gets.

    Raises:
        BadInputError: There is no such way.
    """
    return find_way(ask.way).task or ask.task


def check(ask: Ask, can: Capabilities) -> None:
    """Refuses what cannot be asked, before anything is loaded.

    Raises:
        BadInputError: Something is missing or out of range; one line says what and how to mend it.
        UnsupportedTaskError: The engine cannot do it.
    """
    way = find_way(ask.way)
    ask = ask.only(way)
    name = way.words("en").name
    for part in sorted(way.needs):
        if not ask.has(part):
            raise BadInputError(f"{name!r} needs {part.value}, and none is given.", "Give some.")
    options = [option.strip() for option in ask.options]
    if not all(options):
        raise BadInputError("An option is empty.", "Give it words, or take it out.")
    if Part.OPTIONS in way.needs and len(set(options)) < max(2, len(options)):
        raise BadInputError("Options must be two or more, each once.", "Give other ones.")
    if len(ask.options) > len(_LETTERS):
        raise BadInputError("More than 26 options cannot be lettered.", "Give fewer.")
    if ask.format.form is Form.OWN and not ask.format.text.strip():
        raise BadInputError("The form of the answer is empty.", "Say how the answer should look.")
    if any(not example.answer.strip() for example in ask.examples):
        raise BadInputError("An example has no answer.", "Give one, or take the example out.")
    for key, (low, high) in LIMITS.items():
        value = getattr(ask.sampling, key)
        if not low <= value <= high:
            raise BadInputError(f"{key} {value} is out of range.", f"Give {low:g} to {high:g}.")
    for control, value in ask.controls:
        known = next(each.values for each in way.controls if each.name == control)
        if value not in known:
            raise BadInputError(
                f"{control} cannot be {value!r}.", f"Choose one of: {', '.join(known)}."
            )
    if ask.fields and not field_names(ask.fields):
        raise BadInputError("No field is named.", "Name some, with commas between them.")
    if (task := way.task or ask.task) not in can.tasks:
        raise UnsupportedTaskError(
            f"The engine cannot do the task {task.value}.", "Choose another one."
        )
    if way.reads is Reads.CHOICE and not can.scoring:
        raise UnsupportedTaskError(
            "The engine has no likelihoods of answers.", "Choose a language engine."
        )
    if (ask.golden or ask.has(Part.DEMONSTRATIONS)) and not can.several_images:
        raise UnsupportedTaskError(
            "The engine takes one image only.", "Leave the other images out, or choose another one."
        )


def stage_request(
    ask: Ask,
    stage: str,
    request: InspectRequest,
    size: tuple[int, int] = (0, 0),
    earlier: dict[str, str] | None = None,
) -> InspectRequest:
    """Returns what the engine gets in one stage.

    Args:
        ask: What was chosen, see `check`.
        stage: Name of the stage.
        request: Image, region, history, adapter and language.
        size: Width and height of the image, for ways that tell it.
        earlier: What earlier stages brought, by name.
    """
    way = find_way(ask.way)
    ask = ask.only(way)
    chosen = dict(ask.controls)
    language = chosen.get("language", request.language)
    language = language if language in LANGUAGES else request.language
    texts_of = way.words(language)
    task = way.task or ask.task
    question = ask.question.strip() or texts_of.question
    if not question and not (is_plain(ask) or ask.verbatim):
        question = language_texts(language)[f"{task.value}_default"]
    constrained = ask.format.form is Form.JSON and way.reads is Reads.TEXT
    values = {
        "question": question,
        "format": "" if constrained else _format_words(ask, way, language),
        "options": "\n".join(
            f"{letter}. {option}" for letter, option in zip(_LETTERS, ask.options, strict=False)
        ),
        "context": ask.context.strip(),
        "fields": ", ".join(field_names(ask.fields)),
        "width": str(size[0]),
        "height": str(size[1]),
        **(earlier or {}),
    }
    values |= {
        name: fill(texts_of.prompts.get(f"{name}.{value}", ""), values)
        for name, value in chosen.items()
    }
    put = texts_of.stages[stage]
    last = stage == way.stages[-1]
    return replace(
        request,
        images=(*request.images[:1], *ask.golden),
        task=task,
        question=fill(put, values),
        language=language,
        examples=_examples(ask, put, values, language) if last else (),
        schema=_schema(ask, way, constrained=constrained) if last else "",
        system=ask.system,
        sampling=ask.sampling,
        verbatim=ask.verbatim,
    )


def run(
    ask: Ask,
    request: InspectRequest,
    engine: Engine,
    stop: StopFlag,
    size: tuple[int, int] = (0, 0),
) -> Iterator[Event]:
    """Streams the answer to a question.

    `Started` comes first and exactly one of `Finished`, `Failed`, `Cancelled` last. Before each
    stage, and before the last event, `StageReached` says what the answer was made of so far, so
    that reasoning is kept when what follows fails or is stopped. A plain question has no stages.

    Args:
        ask: What was chosen.
        request: Image, region, history, adapter, recipe and language; its question, task, system
            message and sampling are those of `ask`.
        engine: Any.
        stop: Looked at within stages and between them.
        size: Width and height of the upright image, in pixels; it is measured where the way
            needs it and they are not known.
    """
    try:
        check(ask, engine.capabilities)
        way = find_way(ask.way)
        ask = ask.only(way)
        if min(size) < 1 and _needs_size(way):
            first = request.images[0] if request.images else ""
            size = image_facts(first, request.page, request.dpi)[:2]
        size = _told_size(engine.id, size)
    except InspectorError as error:
        yield Started(request.id, Provenance(engine.id))
        yield failed_from(request.id, error)
        return
    if is_plain(ask):
        yield from inspect.run(stage_request(ask, way.stages[0], request), engine, stop)
    elif way.reads is Reads.CHOICE:
        yield from _choose(ask, way, request, engine, stop, size)
    else:
        yield from _write(ask, way, request, engine, stop, size)


def run_and_store(
    project: Project,
    image: ImageRef,
    ask: Ask,
    request: InspectRequest,
    engine: Engine,
    stop: StopFlag,
) -> Iterator[tuple[Event, str | None]]:
    """Streams the answer and stores its result; see `run` and `inspect.run_and_store`."""

    def stream(found: ImageRef) -> Iterator[Event]:
        return run(ask, request, engine, stop, (found.width, found.height))

    return inspect.run_and_store(project, image, request, engine, stop, stream)


def _write(
    ask: Ask,
    way: Way,
    request: InspectRequest,
    engine: Engine,
    stop: StopFlag,
    size: tuple[int, int],
) -> Iterator[Event]:
    made = Made(ask)
    earlier: dict[str, str] = {}
    ends: list[Finished] = []
    for stage in way.stages:
        last = stage == way.stages[-1]
        if ends:
            if stop.is_set():
                yield StageReached(request.id, "", made, anew=True)
                yield Cancelled(request.id)
                return
            yield StageReached(request.id, stage, made, anew=True)
        asked = stage_request(ask, stage, request, size, earlier)
        text = ""
        for event in inspect.run(asked, engine, stop):
            match event:
                case Started():
                    made = replace(made, prompts=(*made.prompts, event.provenance.prompt))
                    if not ends:
                        yield event
                        yield StageReached(request.id, stage, made)
                case TextDelta():
                    text += event.text
                    yield event
                case Finished() if last:
                    end, made = read(way, made, event, size, request.language)
                    yield from _end(way, made, end, ends)
                case Finished():
                    ends.append(event)
                    earlier[stage] = event.answer
                    made = replace(made, rationale="\n\n".join(earlier.values()))
                case Failed() | Cancelled():
                    if not last:  # what had come of the reasoning is reasoning, not an answer
                        parts = (*earlier.values(), text)
                        made = replace(made, rationale="\n\n".join(filter(None, parts)))
                        if isinstance(event, Cancelled):
                            event = Cancelled(event.request_id)
                    yield StageReached(request.id, "", made, anew=not last)
                    yield event
                    return
                case _ if last:
                    yield event
                case _:
                    pass  # boxes and maps of reasoning are no findings


def _end(way: Way, made: Made, end: Finished, before: list[Finished]) -> Iterator[Event]:
    """The last events, with time, tokens and remarks of all stages."""
    if way.reads is Reads.PLACES and end.boxes:
        yield BoxesFound(end.request_id, end.boxes)  # the engine saw JSON under a schema in them
    yield StageReached(end.request_id, "", made)
    yield replace(
        end,
        seconds=end.seconds + sum(each.seconds for each in before),
        tokens=end.tokens + sum(each.tokens for each in before),
        reasons=(*(reason for each in before for reason in each.reasons), *end.reasons),
    )


def _choose(
    ask: Ask,
    way: Way,
    request: InspectRequest,
    engine: Engine,
    stop: StopFlag,
    size: tuple[int, int],
) -> Iterator[Event]:
    begun = time.perf_counter()
    asked = stage_request(ask, way.stages[-1], request, size)
    made = Made(ask, prompts=(asked.question,))
    seed = asked.sampling.seed
    yield Started(
        request.id, Provenance(engine.id, asked.adapter, prompt=asked.question, seed=seed), *size
    )
    yield StageReached(request.id, way.stages[-1], made)
    try:
        scores = () if stop.is_set() else engine.score(asked, ask.options, stop)
    except InspectorError as error:
        yield failed_from(request.id, error)
        return
    if not scores:
        yield Cancelled(request.id)
        return
    if not all(map(math.isfinite, scores)):
        yield Failed(request.id, "The engine gave no likelihoods.", "Give other options.")
        return
    options = score_options(ask.options, scores)
    best = max(options, key=lambda option: option.share)
    yield TextDelta(request.id, best.text)
    yield StageReached(request.id, "", replace(made, options=options))
    remarks = tuple(option_remarks(options, request.language))
    seconds = time.perf_counter() - begun
    yield Finished(request.id, best.text, best.text, reasons=remarks, seconds=seconds)


def _examples(ask: Ask, put: str, values: dict[str, str], language: str) -> tuple[Example, ...]:
    """Demonstrations in the words of the question itself, so that it looks like one more."""
    marker = texts("asking", language)["marker"] if ask.format.form is Form.LINE else ""
    return tuple(
        Example(
            fill(put, values | {"question": example.question.strip() or values["question"]}),
            f"{marker} {example.answer.strip()}".strip(),
            example.image,
        )
        for example in ask.examples
    )


def _format_words(ask: Ask, way: Way, language: str) -> str:
    match ask.format.form:
        case Form.NONE:
            return ""
        case Form.OWN:
            return ask.format.text.strip()
        case Form.LINE if way.reads is Reads.STEPS:
            return ""  # it says so itself
        case form:
            return texts("asking", language)[f"form_{form.value}"]


def _schema(ask: Ask, way: Way, *, constrained: bool) -> str:
    match way.reads:
        case Reads.PLACES:
            return places_schema(asks_size=dict(ask.controls).get("size") == "asked")
        case Reads.FIELDS:
            return fields_schema(ask.fields)
        case _:
            return ANY_OBJECT if constrained else ""


def _needs_size(way: Way) -> bool:
    """Whether boxes are read in the image's pixels, or the prompt names its size."""
    words = (
        words
        for each in way.texts.values()
        for words in (*each.stages.values(), *each.prompts.values())
    )
    return way.reads is Reads.PLACES or any("{width}" in w or "{height}" in w for w in words)


def _told_size(engine_id: str, size: tuple[int, int]) -> tuple[int, int]:
    """The size in whose pixels the model thinks: the original's, or what it sees of it."""
    card = registry.cards().get(engine_id)
    dialect = DIALECTS.get(card.dialect) if card is not None else None
    if card is None or dialect is None or dialect.scale is not None or min(size) < 1:
        return size
    shown = seen(card, *size)
    return (shown.width, shown.height) if shown is not None else size
