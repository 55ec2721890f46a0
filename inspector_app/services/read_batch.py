"""Reading documents of a project: one or all, each stored as soon as it is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.corrected import is_empty
from inspector_app.domain.documents import Reading, ReadRequest, SecondReading
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import EngineError, InspectorError
from inspector_app.domain.images import ImageRef
from inspector_app.domain.jobs import ImageDone, JobFailed, Progress
from inspector_app.services.inspect import refresh_image
from inspector_app.store.project import Project

READ_JOB = "inspector_app.services.reading:run_read"
Run = Callable[[ReadRequest, StopFlag], Iterator[object]]
_GIVE_UP = 3  # equal failures of the reader in a row


@dataclass(frozen=True, slots=True)
class ReadAllFinished:
    """All documents are through.

    Attributes:
        read: How many were read now.
        skipped: Read before, and left as they are.
        empty: Read, but without a single field.
        conflicts: Documents with conflicts that nobody has settled, those read before included.
        differing: Documents that two readers give differently, likewise.
        failed: Could not be read.
        seconds: Wall time.
        stopped: Ended by the user.
    """

    read: int
    skipped: int
    empty: int
    conflicts: int
    failed: int
    seconds: float
    stopped: bool = False
    differing: int = 0


def request_for(image: ImageRef, how: ReadRequest) -> ReadRequest:
    """Returns the request for an image: everything but file, page and dpi as in `how`."""
    return replace(how, path=image.path, pages=(image.page,), dpi=image.dpi or how.dpi)


def read_and_store(
    project: Project, image: ImageRef, how: ReadRequest, run: Run, stop: StopFlag
) -> Iterator[Progress | Reading]:
    """Reads an image and stores the reading before it is passed on.

    Yields:
        Progress, then the reading; nothing more when stopped.

    Raises:
        InspectorError: The file cannot be read, or the reader failed.
    """
    image = refresh_image(project, image)
    for event in run(request_for(image, how), stop):
        if isinstance(event, Reading):
            project.set_reading(image.id, event, how.schema, image.sha256)
            yield event
        elif isinstance(event, JobFailed):
            raise EngineError(event.what, event.mend)
        elif isinstance(event, Progress):
            yield event


def read_all(
    project: Project,
    images: Sequence[ImageRef],
    how: ReadRequest,
    run: Run,
    stop: StopFlag,
    *,
    redo: bool = False,
) -> Iterator[ImageDone | ReadAllFinished]:
    """Reads images one after the other, storing each.

    Args:
        project: Where the readings go.
        images: The images, in order.
        how: Schema, language and style; its path and pages are not looked at.
        run: The job, run in the engine process.
        stop: Looked at before each image, and by the job within one.
        redo: Read images again that were read under this schema.

    Yields:
        One `ImageDone` an image, then `ReadAllFinished`. A file that cannot be read is told, the
        rest goes on.

    Raises:
        EngineError: The reader failed on several images in a row in the same way.
    """

    def is_done(image: ImageRef) -> bool:
        return not redo and project.reading(image.id, how.schema) is not None

    yield from read_each(
        project, images, lambda image: read_and_store(project, image, how, run, stop), is_done, stop
    )


def read_each(
    project: Project,
    images: Sequence[ImageRef],
    work: Callable[[ImageRef], Iterator[Progress | Reading | SecondReading]],
    is_done: Callable[[ImageRef], bool],
    stop: StopFlag,
) -> Iterator[ImageDone | ReadAllFinished]:
    """Does the same with images one after the other; see `read_all`.

    Args:
        project: Theirs.
        images: In order.
        work: Reads one of them and stores what it gives.
        is_done: Whether that was done before.
        stop: Looked at before each image.
    """
    begun = time.perf_counter()
    read = skipped = empty = failed = 0
    total = len(images)
    failures: list[str] = []
    through: list[str] = []
    for done, image in enumerate(images, 1):
        if stop.is_set():
            break
        if is_done(image):
            skipped += 1
            through.append(image.id)
            yield ImageDone(image.id, done, total, skipped=True)
            continue
        started = time.perf_counter()
        reading: Reading | SecondReading | None = None
        try:
            for event in work(image):
                reading = event if isinstance(event, Reading | SecondReading) else reading
        except InspectorError as error:
            failed += 1
            yield ImageDone(image.id, done, total, trouble=str(error))
            failures = [*failures, str(error)] if isinstance(error, EngineError) else []
            if failures[-_GIVE_UP:] == [str(error)] * _GIVE_UP:
                # A missing package fails on every image: say it once and end.
                raise EngineError(
                    error.what, f"{error.mend} Reading ended at image {done} of {total}.".strip()
                ) from error
            continue
        if reading is None:  # stopped half-way, or the job ended without a word
            if stop.is_set():
                break
            failed += 1
            yield ImageDone(image.id, done, total, trouble=f"{image.path}: nothing came back.")
            continue
        failures.clear()
        read += 1
        empty += reading.extraction is not None and is_empty(reading.extraction)
        through.append(image.id)
        yield ImageDone(image.id, done, total, seconds=time.perf_counter() - started)
    summaries = [project.summary(image_id) for image_id in through]
    yield ReadAllFinished(
        read,
        skipped,
        empty,
        sum(each.conflicts > 0 for each in summaries),
        failed,
        time.perf_counter() - begun,
        stop.is_set(),
        sum(each.differs > 0 for each in summaries),
    )
