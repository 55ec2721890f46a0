"""The engine process: answers, stops, crashes, hangs, and always a next time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Cancelled, Failed, Finished, Started, TextDelta
from inspector_app.domain.tasks import Task
from inspector_app.engines.process import EngineProcess, Patience
from inspector_app.engines.proxy import ProcessEngine


@pytest.fixture(scope="module")
def process() -> Iterator[EngineProcess]:
    made = EngineProcess(Patience(silence=1.0, stop=0.5))
    yield made
    made.close()


@pytest.fixture
def engine(process: EngineProcess) -> ProcessEngine:
    return ProcessEngine("fake", process)


def ask(script: str) -> InspectRequest:
    return InspectRequest(("part.png",), Task.DETECTION, f"script:{script}")


def answers(engine: ProcessEngine) -> bool:
    return isinstance(list(engine.stream(ask(""), threading.Event()))[-1], Finished)


def test_streams_in_order_from_another_process(engine: ProcessEngine, process: EngineProcess):
    events = list(engine.stream(ask(""), threading.Event()))
    assert isinstance(events[0], Started)
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == "a bright scratch"
    assert isinstance(events[-1], Finished)
    assert process.pid not in (None, os.getpid())


def test_stop_keeps_what_came(engine: ProcessEngine):
    stop = threading.Event()
    text = ""
    for event in engine.stream(ask("endless"), stop):
        if isinstance(event, TextDelta):
            text += event.text
            stop.set()
        last = event
    assert isinstance(last, Cancelled)
    assert last.answer.startswith(text[:3])
    assert answers(engine)


def test_crash_fails_the_request_and_the_next_one_works(
    engine: ProcessEngine, process: EngineProcess
):
    before = process.pid
    events = list(engine.stream(ask("crash"), threading.Event()))
    assert isinstance(events[-1], Failed)
    assert events[-1].lost
    assert "exit code 3" in events[-1].what
    assert answers(engine)
    assert process.pid != before


def test_killed_in_the_middle_of_an_answer(engine: ProcessEngine, process: EngineProcess):
    last = None
    for event in engine.stream(ask("endless"), threading.Event()):
        if isinstance(event, TextDelta):
            process.kill()
        last = event
    assert isinstance(last, Failed)
    assert last.lost
    assert "ended from outside" in last.what
    assert answers(engine)


def test_hang_is_ended_after_silence(engine: ProcessEngine):
    begun = time.monotonic()
    events = list(engine.stream(ask("hang"), threading.Event()))
    assert isinstance(events[-1], Failed)
    assert "no sign" in events[-1].what
    assert time.monotonic() - begun < 10
    assert answers(engine)


def test_stop_ends_a_hang_by_force(engine: ProcessEngine):
    stop = threading.Event()
    events = []
    for event in engine.stream(ask("hang"), stop):
        events.append(event)
        stop.set()
    assert isinstance(events[-1], Cancelled)
    assert answers(engine)


def test_exception_in_the_engine_reaches_the_caller(engine: ProcessEngine):
    events = list(engine.stream(ask("raise"), threading.Event()))
    assert isinstance(events[-1], Failed)
    assert not events[-1].lost
    assert events[-1].what == "The script says: raise."


def test_caller_that_walks_away_does_not_confuse_the_next(engine: ProcessEngine):
    stream = engine.stream(ask("endless"), threading.Event())
    for event in stream:
        if isinstance(event, TextDelta):
            break
    stream.close()
    events = list(engine.stream(ask("good"), threading.Event()))
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == "nothing found"


def test_score_and_unload(engine: ProcessEngine):
    assert engine.score(ask(""), ("yes", "maybe")) == (-3.0, -5.0)
    engine.unload()
    assert answers(engine)


def test_jobs_outside_the_program_are_refused(process: EngineProcess):
    with pytest.raises(EngineError, match="not part of the program"):
        process.call("os:system", "true")


def test_error_keeps_its_words_across_the_pipe(process: EngineProcess):
    with pytest.raises(BadInputError) as caught:
        process.call("inspector_app.engines.host:load", "no-such-card")
    assert "no-such-card" in caught.value.what
    assert "fake" in caught.value.mend


def test_closed_process_says_so():
    made = EngineProcess()
    made.close()
    with pytest.raises(EngineError, match="closed"):
        made.call("inspector_app.engines.host:load", "fake")
