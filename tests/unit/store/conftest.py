"""A project with images, and short ways to make what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.store.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "lot.inspect", title="Lot 1") as made:
        yield made


@pytest.fixture
def image(project: Project) -> ImageRef:
    project.add_images(["/lot/part.png"])
    return project.images()[0]


@pytest.fixture
def make_result() -> Callable[..., Result]:
    def make(image_id: str, engine: str = "anomaly", **more: Any) -> Result:
        fields: dict[str, Any] = {"task": Task.DETECTION, "question": "", "answer": "", "raw": ""}
        return Result(image_id=image_id, provenance=Provenance(engine), **(fields | more))

    return make


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    def make(image_id: str, label: str = "scratch", person: str = "", **more: Any) -> Finding:
        author = (
            Author(AuthorKind.PERSON, person) if person else Author(AuthorKind.ENGINE, "anomaly")
        )
        fields: dict[str, Any] = {"box": Box(0.1, 0.2, 0.3, 0.4), "author": author}
        return Finding(image_id=image_id, label=label, **(fields | more))

    return make
