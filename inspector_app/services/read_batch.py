"""Reading documents of a project: one or all, each stored as soon as it is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.corrected import is_empty
from inspector_app.domain.documents import Reading, ReadRequest
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
    begun = time.perf_counter()
    read = skipped = empty = conflicts = failed = 0
    total = len(images)
    failures: list[str] = []
    for done, image in enumerate(images, 1):
        if stop.is_set():
            break
        if not redo and _is_read(project, image, how.schema):
            skipped += 1
            conflicts += project.summary(image.id).conflicts > 0
            yield ImageDone(image.id, done, total, skipped=True)
            continue
        started = time.perf_counter()
        reading: Reading | None = None
        try:
            for event in read_and_store(project, image, how, run, stop):
                reading = event if isinstance(event, Reading) else reading
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
        conflicts += project.summary(image.id).conflicts > 0
        yield ImageDone(image.id, done, total, seconds=time.perf_counter() - started)
    yield ReadAllFinished(
        read, skipped, empty, conflicts, failed, time.perf_counter() - begun, stop.is_set()
    )


def _is_read(project: Project, image: ImageRef, schema: str) -> bool:
    return project.reading(image.id, schema) is not None
