"""A language engine beside the reader: what it is asked, what is refused, what is stored."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.documents import ReadRequest, SecondReading
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Event, Finished
from inspector_app.services.second_reading import read_again, read_again_and_store
from inspector_app.store.project import Project
from tests.ui import reading_fake as fake

HOW = ReadRequest("a.png", pages=(0,))


class Engine:
    """Answers always the same."""

    id = "talker"

    def __init__(self, answer: str = "{}", tokens: int = 9) -> None:
        self.requests: list[InspectRequest] = []
        self._answer, self._tokens = answer, tokens

    def stream(self, request: InspectRequest, stop: Any) -> Iterator[Event]:
        self.requests.append(request)
        yield Finished(request.id, self._answer, self._answer, tokens=self._tokens)


def test_times_are_asked_for_as_people_print_them():
    engine = Engine('{"time": "18:42"}')
    second = read_again(fake.receipt(), HOW, engine, threading.Event())  # type: ignore[arg-type]
    assert second is not None
    assert "time" not in second.differing
    time = json.loads(engine.requests[0].schema)["properties"]["time"]
    assert "format" not in time  # it would force seconds and a time zone
    assert time["pattern"].startswith("^([01]")


def test_an_answer_without_an_end_is_told():
    engine = Engine('{"shop": "aaaa', tokens=2048)
    with pytest.raises(EngineError, match="did not come to an end within 2048 tokens"):
        read_again(fake.receipt(), HOW, engine, threading.Event())  # type: ignore[arg-type]


def test_a_file_that_changed_since_is_read_first(tmp_path: Path):
    paper = fake.draw_receipt(tmp_path / "a.png")
    with Project.create(tmp_path / "lot.inspect") as project:
        project.add_images([paper])
        image = project.images()[0]

        def again() -> list[Any]:
            stop = threading.Event()
            return list(read_again_and_store(project, image, HOW, Engine(), stop))  # type: ignore[arg-type]

        with pytest.raises(BadInputError, match=r"a\.png was not read yet\. Read the document"):
            again()
        project.set_reading(image.id, fake.receipt(), "receipt", "another")
        with pytest.raises(BadInputError, match="changed since it was read"):
            again()
        project.set_reading(image.id, fake.receipt(), "receipt", project.image(image.id).sha256)
        found = again()
        assert isinstance(found[-1], SecondReading)
        kept = project.second(image.id, "receipt")
        assert kept is not None and kept.second == found[-1]
