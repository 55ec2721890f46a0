"""Several answers to one question: stored one by one, side by side where the engine can."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.engine import Capabilities, InspectRequest, Sampling
from inspector_app.domain.events import Cancelled, Event, Failed, Finished, Provenance, Started
from inspector_app.domain.tasks import Task
from inspector_app.services import engines
from inspector_app.services.advice import Adviser
from inspector_app.services.inspect import run_and_store_many
from inspector_app.store.project import Project


class Drawn:
    """Answers with its seed; stops by itself after so many answers."""

    id = "drawn"

    def __init__(self, *, batches: bool, stop_after: int = 99) -> None:
        self.capabilities = Capabilities(frozenset({Task.VQA}), batches=batches)
        self.at_once: list[int] = []
        self._left = stop_after

    def stream(self, request: InspectRequest, stop: Any) -> Iterator[Event]:
        seed = request.sampling.seed
        self._left -= 1
        if self._left < 0:
            stop.set()
        yield Started(request.id, Provenance(self.id, seed=seed))
        if stop.is_set():
            yield Cancelled(request.id)
        elif seed == 13:
            yield Failed(request.id, "Bad luck.")
        else:
            yield Finished(request.id, f"seed {seed}", f"seed {seed}")

    def stream_many(self, requests: Sequence[InspectRequest], stop: Any) -> Iterator[Event]:
        self.at_once.append(len(requests))
        for request in requests:
            yield from self.stream(request, stop)


@pytest.fixture
def project(tmp_path: Path, part: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "lot.inspect") as made:
        made.add_images([part])
        yield made


def requests(part: Path, *seeds: int) -> list[InspectRequest]:
    return [
        InspectRequest((str(part),), Task.VQA, "what?", sampling=Sampling(0.7, seed=seed))
        for seed in seeds
    ]


@pytest.mark.parametrize("batches", [False, True])
def test_every_answer_is_stored(project: Project, part: Path, batches: bool):
    (image,) = project.images()
    engine = Drawn(batches=batches)
    asked = requests(part, 3, 13, 5)
    events = list(run_and_store_many(project, image, asked, engine, threading.Event()))
    assert engine.at_once == [3] * batches
    last = {event.request_id: stored for event, stored in events if stored is not None}
    assert list(last) == [request.id for request in asked]
    kept = {result.id: result for result in project.results(image.id)}
    assert [kept[stored].provenance.seed for stored in last.values()] == [3, 13, 5]
    assert [kept[stored].status for stored in last.values()] == ["finished", "failed", "finished"]


def test_what_was_not_begun_when_stopped_leaves_nothing(project: Project, part: Path):
    (image,) = project.images()
    asked = requests(part, 1, 2, 3, 4)
    stop = threading.Event()
    engine = Drawn(batches=False, stop_after=2)
    events = [event for event, _ in run_and_store_many(project, image, asked, engine, stop)]
    assert {event.request_id for event in events} == {request.id for request in asked[:3]}
    assert [result.answer for result in project.results(image.id)] == ["seed 2", "seed 1"]


def test_an_adviser_hands_on_what_comes_side_by_side(project: Project, part: Path):
    (image,) = project.images()
    engine = Drawn(batches=True)
    asked = requests(part, 1, 2)
    list(run_and_store_many(project, image, asked, Adviser(engine), threading.Event()))
    assert engine.at_once == [2]
    assert len(project.results(image.id)) == 2


def test_another_adapter_is_asked_apart(project: Project, part: Path):
    (image,) = project.images()
    engine = Drawn(batches=True)
    plain = requests(part, 1, 2, 3)
    other = [replace(each, adapter="nut") for each in requests(part, 4, 5)]
    list(run_and_store_many(project, image, plain + other, engine, threading.Event()))
    assert engine.at_once == [3, 2]
    assert len(project.results(image.id)) == 5


def test_an_image_that_is_gone_fails_each(project: Project, part: Path, tmp_path: Path):
    project.add_images([tmp_path / "gone.png"])
    image = next(each for each in project.images() if each.path.endswith("gone.png"))
    engine = Drawn(batches=True)
    asked = requests(part, 1, 2)
    events = [
        event for event, _ in run_and_store_many(project, image, asked, engine, threading.Event())
    ]
    assert [type(event) for event in events] == [Failed, Failed]


def test_a_model_in_the_engine_process_answers_side_by_side(
    project: Project, part: Path, tiny: str
):
    (image,) = project.images()
    process = engines.EngineProcess()
    try:
        engine = engines.in_process(tiny, process)
        assert engine.capabilities.batches
        asked = [
            InspectRequest(
                (str(part),), Task.VQA, "what?", sampling=Sampling(1.0, seed=seed, max_tokens=6)
            )
            for seed in (1, 2, 3)
        ]
        events = list(run_and_store_many(project, image, asked, engine, threading.Event()))
    finally:
        process.close()
    ended = [event for event, stored in events if stored is not None]
    assert [type(event) for event in ended] == [Finished] * 3
    assert {event.request_id for event in ended} == {request.id for request in asked}
    seeds = {result.provenance.seed for result in project.results(image.id)}
    assert seeds == {1, 2, 3}
    assert len({result.raw for result in project.results(image.id)}) > 1  # drawn apart
