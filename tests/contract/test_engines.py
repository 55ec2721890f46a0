"""Every engine goes through the same cases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.domain.engine import Engine, InspectRequest
from inspector_app.domain.errors import UnsupportedTaskError
from inspector_app.domain.events import (
    LAST,
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    MapReady,
    Started,
    TextDelta,
)
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.engines.process import EngineProcess
from inspector_app.engines.proxy import ProcessEngine
from inspector_app.services.inspect import run

Ask = Callable[..., InspectRequest]


@pytest.fixture(scope="module")
def process():
    made = EngineProcess()
    yield made
    made.close()


@pytest.fixture(
    params=[
        f"{card}{where}"
        for card in ("fake", "anomaly", "tiny", "minigpt-v2-test")
        for where in ("", " in process")
    ]
)
def engine(
    request: pytest.FixtureRequest, process: EngineProcess, tiny: str, minigpt: str
) -> Engine:
    card, _, where = request.param.partition(" ")
    if where:
        return ProcessEngine(card, process)
    made = registry.create(card)
    made.load()
    return made


@pytest.fixture
def ask(fitted: Path, part: Path) -> Ask:
    def build(task: Task = Task.DETECTION, question: str = "", **more: object) -> InspectRequest:
        return InspectRequest((str(part),), task, question, recipe=str(fitted), **more)  # type: ignore[arg-type]

    return build


def take(engine: Engine, request: InspectRequest) -> list[Event]:
    return list(run(request, engine, threading.Event()))


def test_detection_is_a_whole_stream(engine: Engine, ask: Ask):
    request = ask()
    events = take(engine, request)
    assert isinstance(events[0], Started)
    assert events[0].provenance.engine == engine.id
    assert isinstance(events[-1], Finished), events[-1]
    assert all(event.request_id == request.id for event in events)
    assert sum(isinstance(event, LAST) for event in events) == 1
    told = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert told == events[-1].answer
    boxes = [box for event in events if isinstance(event, BoxesFound) for box in event.boxes]
    assert tuple(boxes) == events[-1].boxes
    if events[-1].limits is None:  # a language engine has no limits, so it decides nothing
        assert events[-1].verdict is None
        return
    assert events[-1].verdict is events[-1].limits.decide(events[-1].score or 0.0)
    assert any(isinstance(event, MapReady) for event in events)


def test_region_question_is_answered(engine: Engine, ask: Ask):
    events = take(engine, ask(Task.IDENTIFY, "what is this?", boxes=(Box(0.1, 0.1, 0.4, 0.4),)))
    assert isinstance(events[-1], Finished)
    assert len(events[-1].answer) > 10


def test_missing_image_fails_or_is_not_looked_at(engine: Engine, fitted: Path):
    request = InspectRequest(("/nowhere/none.png",), Task.DETECTION, recipe=str(fitted))
    last = take(engine, request)[-1]
    if engine.id == "fake":
        assert isinstance(last, Finished)
    else:
        assert isinstance(last, Failed)
        assert "none.png" in last.what
        assert last.mend


def test_stop_before_the_start_cancels(engine: Engine, ask: Ask):
    stop = threading.Event()
    stop.set()
    events = list(run(ask(question="script:endless"), engine, stop))
    assert isinstance(events[-1], Cancelled)


def test_a_task_it_cannot_do_is_said(engine: Engine, ask: Ask):
    for task in set(Task) - engine.capabilities.tasks:
        last = take(engine, ask(task))[-1]
        assert isinstance(last, Failed)
        assert task.value in last.what


def test_same_request_same_answer(engine: Engine, ask: Ask):
    first, second = take(engine, ask())[-1], take(engine, ask())[-1]
    assert isinstance(first, Finished)
    assert isinstance(second, Finished)
    assert first.answer == second.answer
    assert first.score == second.score
    assert first.boxes == second.boxes


def test_scoring_is_given_or_refused(engine: Engine, ask: Ask):
    if engine.capabilities.scoring:
        assert len(engine.score(ask(), ("yes", "no"))) == 2
    else:
        with pytest.raises(UnsupportedTaskError):
            engine.score(ask(), ("yes", "no"))


def test_unload_and_load_again(engine: Engine, ask: Ask):
    engine.unload()
    engine.load()
    assert isinstance(take(engine, ask())[-1], Finished)
