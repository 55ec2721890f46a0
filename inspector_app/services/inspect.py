"""The one use case under all others: ask an engine about an image and keep what it says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from inspector_app.domain.asking import Made
from inspector_app.domain.engine import Engine, InspectRequest, StopFlag, alike, answer_schema
from inspector_app.domain.errors import ImageError, InspectorError
from inspector_app.domain.events import (
    LAST,
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    MapReady,
    Provenance,
    StageReached,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import Author, AuthorKind, Finding, FoundBox
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import Result
from inspector_app.engines.proxy import failed_from
from inspector_app.store.project import Project


def never() -> threading.Event:
    """A stop flag that nobody sets."""
    return threading.Event()


def run(request: InspectRequest, engine: Engine, stop: StopFlag) -> Iterator[Event]:
    """Streams the answer to one request.

    `Started` comes first and exactly one of `Finished`, `Failed`, `Cancelled` last, whatever the
    engine does; trouble with the request is an event, never an exception.
    """
    started = ended = False
    try:
        for event in engine.stream(request, stop):
            if not started and not isinstance(event, Started):
                yield Started(request.id, Provenance(engine.id))
            started = True
            ended = isinstance(event, LAST)
            yield event
            if ended:
                return
    except InspectorError as error:
        failure = failed_from(request.id, error)
    else:
        failure = Failed(request.id, "The engine ended its answer without a result.")
    if not started:
        yield Started(request.id, Provenance(engine.id))
    yield failure


def run_many(requests: Sequence[InspectRequest], engine: Engine, stop: StopFlag) -> Iterator[Event]:
    """Streams the answers to several requests, side by side where the engine can.

    The events of one request come together, and each request ends with exactly one of `Finished`,
    `Failed`, `Cancelled`.
    """
    for batch in alike(requests):
        if not engine.capabilities.batches or len(batch) < 2 or answer_schema(batch[0]):
            for request in batch:
                yield from run(request, engine, stop)
            continue
        many = cast("Callable[..., Iterator[Event]]", getattr(engine, "stream_many"))  # noqa: B009
        yield from many(batch, stop)


@dataclass(slots=True)
class Gathered:
    """What came of a stream so far; the text is that of the stage under way."""

    text: list[str] = field(default_factory=list)
    boxes: list[FoundBox] = field(default_factory=list)
    made: Made | None = None
    heat: HeatMap | None = None
    provenance: Provenance | None = None
    last: Finished | Failed | Cancelled | None = None

    def add(self, event: Event) -> None:
        """Takes one event."""
        match event:
            case Started():
                self.provenance = event.provenance
            case TextDelta():
                self.text.append(event.text)
            case BoxesFound():
                self.boxes.extend(event.boxes)
            case StageReached():
                self.made = event.made
                if event.anew:
                    self.text.clear()
            case MapReady():
                self.heat = event.heat
            case Finished() | Failed() | Cancelled():
                self.last = event


def gather(events: Iterator[Event]) -> Gathered:
    """Takes a whole stream."""
    gathered = Gathered()
    for event in events:
        gathered.add(event)
    return gathered


def refresh_image(project: Project, image: ImageRef) -> ImageRef:
    """Reads size and hash of an image's file and stores them; trouble is stored too.

    Raises:
        ImageError: The file cannot be read.
    """
    from inspector_app.imaging.decode import file_sha256, probe

    try:
        info = probe(image.path, image.page, image.dpi)
        digest = file_sha256(image.path)
    except ImageError as error:
        project.update_image(image.id, width=0, height=0, sha256="", trouble=str(error))
        raise
    project.update_image(image.id, width=info.width, height=info.height, sha256=digest, trouble="")
    return project.image(image.id)


def run_and_store(
    project: Project,
    image: ImageRef,
    request: InspectRequest,
    engine: Engine,
    stop: StopFlag,
    stream: Callable[[ImageRef], Iterator[Event]] | None = None,
) -> Iterator[tuple[Event, str | None]]:
    """Streams the answer and stores it in one transaction before the last event is passed on.

    Args:
        project: Where it is stored.
        image: The image.
        request: What is asked.
        engine: Any.
        stop: Ends it.
        stream: What streams the answer about the image, its size known; `run` for None.

    Yields:
        Each event, and with the last one the id of the stored result (None when nothing was
        stored because the answer was cancelled before anything came).
    """
    gathered = Gathered()
    try:
        image = refresh_image(project, image)
    except InspectorError as error:
        yield Started(request.id, Provenance(engine.id)), None
        yield failed_from(request.id, error), None
        return
    for event in stream(image) if stream else run(request, engine, stop):
        gathered.add(event)
        if isinstance(event, LAST):
            result = store(project, image, request, gathered)
            yield event, result.id if result is not None else None
        else:
            yield event, None


def run_and_store_many(
    project: Project,
    image: ImageRef,
    requests: Sequence[InspectRequest],
    engine: Engine,
    stop: StopFlag,
) -> Iterator[tuple[Event, str | None]]:
    """Asks an engine the same several times and stores each answer when it is whole.

    Once stopped, what was not begun is left out: it has no event at all.

    Yields:
        As `run_and_store`.
    """
    if len(requests) < 2 or not engine.capabilities.batches:
        for request in requests:
            if stop.is_set():
                return
            yield from run_and_store(project, image, request, engine, stop)
        return
    try:
        image = refresh_image(project, image)
    except InspectorError as error:
        yield from ((failed_from(request.id, error), None) for request in requests)
        return
    gathered = {request.id: Gathered() for request in requests}
    asked = {request.id: request for request in requests}
    for event in run_many(requests, engine, stop):
        gathered[event.request_id].add(event)
        if isinstance(event, LAST):
            request = asked[event.request_id]
            result = store(project, image, request, gathered[request.id])
            yield event, result.id if result is not None else None
        else:
            yield event, None


def store(
    project: Project, image: ImageRef, request: InspectRequest, gathered: Gathered
) -> Result | None:
    """Stores what came of a request: result, findings and heat map in one transaction."""
    last = gathered.last
    provenance = gathered.provenance or Provenance("")
    text = "".join(gathered.text)
    asked = Result(
        image.id, request.task, request.question, text, text, provenance, image_sha256=image.sha256
    )
    match last:
        case Finished():
            result = replace(
                asked,
                answer=last.answer,
                raw=last.raw,
                score=last.score,
                limits=last.limits,
                verdict=last.verdict,
                reasons=last.reasons,
                seconds=last.seconds,
            )
        case Cancelled() if text or gathered.boxes:
            result = replace(asked, status="cancelled")
        case Failed():
            result = replace(asked, status="failed", trouble=f"{last.what} {last.mend}".strip())
        case _:
            return None
    author = Author(AuthorKind.ENGINE, provenance.engine)
    boxes = last.boxes if isinstance(last, Finished) else tuple(gathered.boxes)
    findings = [
        Finding(image.id, box.label, box.box, author, box.score, result_id=result.id)
        for box in boxes
    ]
    project.add_result(result, findings, gathered.heat, replace=result.verdict is not None)
    return result
