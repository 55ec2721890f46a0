"""inspector inspect: decides about images, or asks about them."""

from __future__ import annotations

import argparse
import contextlib
import math
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.cli import asking
from inspector_app.cli.console import emit, say, stop_on_interrupt, warn
from inspector_app.domain.engine import Capabilities, Engine, InspectRequest
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.services import engines
from inspector_app.services import inspect as inspect_service
from inspector_app.services.images import image_facts
from inspector_app.services.inspect import Gathered
from inspector_app.services.recipes import read_recipe


@dataclass(frozen=True, slots=True)
class _Asked:
    path: str
    width: int
    height: int
    request: InspectRequest
    pages: int = 1


@dataclass(frozen=True, slots=True)
class _Refused:
    path: str
    what: str


@dataclass(slots=True)
class _Counts:
    bad: int = 0
    failed: int = 0


def inspect(options: argparse.Namespace) -> int:
    """Runs the command; images that fail do not stop the others."""
    if options.page is not None and options.page < 1:
        raise BadInputError(f"--page {options.page} is no page.", "Pages count from 1.")
    recipe = read_recipe(options.recipe) if options.recipe else None
    card = engines.card(options.engine or (recipe.engine if recipe else "anomaly"))
    put = asking.complete(options)
    asking.check(options, card.id, card.capabilities)
    task = Task(options.task) if options.task else _usual_task(options, card.capabilities)
    counts = _Counts()
    given = [_look_at(options, path, task, card.capabilities) for path in options.images]
    asked = [one for one in given if isinstance(one, _Asked)]
    with stop_on_interrupt() as stop:
        answers = _answers(options, asked, card.id, put, stop)
        for one in given:
            if isinstance(one, _Asked):
                _tell(options, one, next(answers), task, card.id, counts)
            else:
                counts.bad += 1
                _tell_trouble(options, one.path, task, card.id, one.what)
            if stop.is_set():
                return 1
    if counts.bad == len(options.images):
        return 2
    return 1 if counts.bad or counts.failed else 0


def _look_at(
    options: argparse.Namespace, path: str, task: Task, can: Capabilities
) -> _Asked | _Refused:
    try:
        return _asked(options, path, task, can)
    except BadInputError as error:
        return _Refused(path, str(error))


def _asked(options: argparse.Namespace, path: str, task: Task, can: Capabilities) -> _Asked:
    width, height, pages = image_facts(path, options.page - 1 if options.page else 0)
    if can.needs_recipe and not options.recipe:
        raise BadInputError(
            "The engine decides by a recipe, and none is given.",
            "Give one with --recipe, or make one with: inspector fit",
        )
    request = InspectRequest(
        tuple(filter(None, (path, options.golden))),
        task,
        options.question,
        _boxes(options.box, width, height),
        options.recipe,
        options.language,
        page=options.page - 1 if options.page else 0,
    )
    if pages > 1 and not options.page:
        warn(f"{path} has {pages} pages; this is about page 1. Choose another with --page.")
    return _Asked(path, width, height, request, pages)


def _answers(
    options: argparse.Namespace,
    asked: list[_Asked],
    engine_id: str,
    put: Any,
    stop: threading.Event,
) -> Iterator[Gathered | dict[str, Any]]:
    """Answers in the order of the images: what was gathered, or the scores of given answers.

    The engine is loaded when the first answer is wanted.
    """
    engine = engines.local(engine_id, warn, options.language)
    step = 1 if options.choices or not engine.capabilities.batches else asking.AT_ONCE
    for start in range(0, len(asked), step):
        group = asked[start : start + step]
        requests = [put(one.request) for one in group]
        if options.choices:
            yield _scored(options, engine, requests[0])
            continue
        gathered = {request.id: Gathered() for request in requests}
        for event in inspect_service.run_many(requests, engine, stop):
            gathered[event.request_id].add(event)
        for request in requests:
            yield gathered[request.id]


def _scored(
    options: argparse.Namespace, engine: Engine, request: InspectRequest
) -> Gathered | dict[str, Any]:
    try:
        return asking.choices_record(options, engine, request)
    except BadInputError:
        raise
    except InspectorError as error:
        return Gathered(last=Failed(request.id, error.what, error.mend))


def _tell(
    options: argparse.Namespace,
    one: _Asked,
    found: Gathered | dict[str, Any],
    task: Task,
    engine_id: str,
    counts: _Counts,
) -> None:
    record: dict[str, Any] = {"image": one.path, "task": task.value, "engine": engine_id}
    if one.pages > 1:
        record["page"] = one.request.page + 1
    if isinstance(found, dict):
        if options.json:
            emit(record | found)
        else:
            shares = ", ".join(f"{name} {share:.2f}" for name, share in found["choices"].items())
            say(f"{one.path}: {shares}")
        return
    last = found.last
    if isinstance(last, Finished):
        record |= finished_record(last, found.provenance, one.width, one.height)
        if last.verdict is None:  # remarks on an answer; reasons of a verdict are in the answer
            for remark in last.reasons:
                warn(_about(one.path, remark))
        if options.schema or task is Task.EXTRACT:
            record |= asking.fields_record(last.answer)
        if options.json:
            emit(record)
        else:
            say(f"{one.path}: {last.answer}")
        return
    what = "Stopped."
    if isinstance(last, Failed):
        what = f"{last.what} {last.mend}".strip()
    if isinstance(last, Failed) and last.image:
        counts.bad += 1
    else:
        counts.failed += 1
    _tell_trouble(options, one.path, task, engine_id, what)


def _tell_trouble(
    options: argparse.Namespace, path: str, task: Task, engine_id: str, what: str
) -> None:
    warn(_about(path, what))
    if options.json:
        emit({"image": path, "task": task.value, "engine": engine_id, "error": what})


def _usual_task(options: argparse.Namespace, can: Capabilities) -> Task:
    if options.box:
        return Task.IDENTIFY
    asks = bool(options.question or options.choices) and Task.VQA in can.tasks
    return Task.VQA if asks else Task.DETECTION


def _about(path: str, what: str) -> str:
    """Returns what is wrong with an image, with its path as given and that only once."""
    name = re.escape(Path(path).name)
    start = rf"^(Cannot \w+ (?:page \d+ of )?){name}(?=[\s:.,])"
    told, times = re.subn(start, lambda m: m[1] + path, what)
    return told if times else f"{path}: {what}"


def finished_record(last: Finished, provenance: Any, width: int, height: int) -> dict[str, Any]:
    """The JSON form of an answer; keys are absent where they do not apply."""
    record: dict[str, Any] = {"answer": last.answer}
    if provenance is not None and provenance.adapter:
        record["adapter"] = provenance.adapter
    record["boxes"] = [_box_record(box, width, height) for box in last.boxes]
    if last.score is not None and math.isfinite(last.score):
        record["score"] = round(last.score, 6)
    if last.verdict is not None:
        record["verdict"] = last.verdict.value
    record["seconds"] = round(last.seconds, 4)
    return record


def _box_record(box: FoundBox, width: int, height: int) -> dict[str, Any]:
    record: dict[str, Any] = {"label": box.label, "xyxy": box.box.to_pixels(width, height)}
    if box.score is not None:
        record["score"] = round(box.score, 6)
    return record


def _boxes(text: str | None, width: int, height: int) -> tuple[Box, ...]:
    if not text:
        return ()
    with contextlib.suppress(ValueError):
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) == 4:
            box = Box.from_pixels(numbers, width, height)
            if box.area > 0:
                return (box,)
    raise BadInputError(
        f"--box {text!r} is not a region of a {width} x {height} image.",
        "Give four numbers of pixels: x1,y1,x2,y2.",
    )
