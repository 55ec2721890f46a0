"""The engine protocol: load, stream, score, unload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol
from uuid import uuid4

from inspector_app.domain.events import Event
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.prompting import Example, Sampling
from inspector_app.domain.tasks import Task

__all__ = [
    "ANY_OBJECT",
    "Capabilities",
    "Engine",
    "Example",
    "InspectRequest",
    "Sampling",
    "StopFlag",
    "Turn",
    "alike",
    "answer_schema",
]


class StopFlag(Protocol):
    """Anything with `is_set()`: threading.Event, multiprocessing.Event, or a test's own."""

    def is_set(self) -> bool:
        """Whether the caller wants the engine to stop."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of a conversation.

    Attributes:
        role: "user" or "assistant".
        text: What was said.
        boxes: Regions of the first image that it was about.
        task: What was asked, so that it is written as it was then; None for words as they are.
    """

    role: str
    text: str
    boxes: tuple[Box, ...] = ()
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """One request to an engine. Images travel as paths, never as pixels.

    Attributes:
        images: Paths of the images asked about, the part first, golden images after it.
        task: What is asked.
        question: The user's words; may be empty for tasks that need none.
        boxes: Regions the question is about, in units of the first image.
        recipe: Path of the recipe to decide by, if any.
        language: Language of the answer, "en" or "vi".
        history: Earlier turns, oldest first.
        sampling: How the answer is drawn.
        page: Page of the first image, for multipage files.
        dpi: At which the first image is drawn when it is a page of a PDF; 0 for the usual one.
        adapter: Adapter to answer with; several joined by "+"; empty for the base model.
        system: System message; empty for the one in `resources/prompts`.
        examples: Demonstrations before the question (few-shot), in order.
        steps: Ask for reasoning step by step before the answer.
        schema: JSON schema (its text) that the answer must follow; see `answer_schema`.
        verbatim: The question goes to the model as it is, without the task's tag and wording.
        id: Unique name, made on creation; every event of the answer carries it.
    """

    images: tuple[str, ...]
    task: Task
    question: str = ""
    boxes: tuple[Box, ...] = ()
    recipe: str | None = None
    language: str = "en"
    history: tuple[Turn, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    page: int = 0
    adapter: str = ""
    system: str = ""
    examples: tuple[Example, ...] = ()
    steps: bool = False
    schema: str = ""
    verbatim: bool = False
    dpi: int = 0
    id: str = field(default_factory=lambda: uuid4().hex)


ANY_OBJECT = '{"type": "object"}'


def answer_schema(request: InspectRequest) -> str:
    """The JSON schema that an answer must follow; empty for free text.

    An extraction without a schema of its own is still a JSON object.
    """
    return request.schema or (ANY_OBJECT if request.task is Task.EXTRACT else "")


def alike(requests: Iterable[InspectRequest]) -> Iterator[list[InspectRequest]]:
    """Parts requests, in their order, into runs that an engine can answer side by side.

    A batch has one adapter switched on and one way of asking.
    """
    for _, run in groupby(requests, key=lambda each: (each.adapter, each.task)):
        yield list(run)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do; the window enables controls by it."""

    tasks: frozenset[Task]
    several_images: bool = False
    boxes: bool = False
    adapters: bool = False
    scoring: bool = False
    needs_recipe: bool = False
    batches: bool = False  # has `stream_many(requests, stop)`, see `services.inspect.run_many`


class Engine(Protocol):
    """Something that answers about images.

    `stream` yields `Started` first and exactly one of `Finished`, `Failed`, `Cancelled` last, and
    raises nothing for trouble with one request; it stops within one step after `stop` is set.
    """

    @property
    def id(self) -> str:
        """Id of the engine's card."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do; valid before `load`."""
        ...

    def load(self) -> LoadReport:
        """Makes the engine ready; returns how it was loaded.

        Raises:
            EngineError: It cannot be loaded; the message says why and what would help.
        """
        ...

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Answers one request as a stream of events."""
        ...

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        """Returns the log-likelihood of each given answer; nothing when it was stopped.

        Raises:
            UnsupportedTaskError: The engine has no likelihoods.
        """
        ...

    def unload(self) -> None:
        """Frees what `load` took; `load` may be called again."""
        ...
