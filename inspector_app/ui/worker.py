"""The background worker: one thread that owns the engine process.

Flows in the window are coroutines: they `async for` over the events of a job while the GUI thread
stays free. A question asked while a batch runs goes first: batches are interruptible between
images.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from inspector_app.domain.errors import InspectorError
from inspector_app.services.engines import EngineProcess, Patience

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    make: Callable[[threading.Event], Iterator[Any]] = field(compare=False)
    stop: threading.Event = field(compare=False)
    deliver: Callable[[object, bool], None] = field(compare=False)
    interruptible: bool = field(compare=False)


class Worker:
    """One long-lived thread; jobs run one at a time, interactive ones first."""

    INTERACTIVE, BACKGROUND = 0, 1

    def __init__(self, patience: Patience | None = None) -> None:
        self.process = EngineProcess(patience)
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closing = threading.Event()
        self._running: set[threading.Event] = set()
        self._thread = threading.Thread(target=self._work, name="inspector-worker", daemon=True)
        self._thread.start()

    async def stream(
        self,
        make: Callable[[threading.Event], Iterator[T]],
        stop: threading.Event | None = None,
        *,
        priority: int = INTERACTIVE,
        interruptible: bool = False,
    ) -> AsyncIterator[T]:
        """Runs a job on the worker's thread and yields its events on the caller's loop.

        Args:
            make: Given the stop flag, returns the iterator of events; called on the thread.
            stop: Set by the caller to stop; also set when the caller is cancelled.
            priority: `INTERACTIVE` before `BACKGROUND`.
            interruptible: More urgent jobs may run between two events of this one.

        Raises:
            Exception: What the job raised, as it was.
        """
        stop = stop or threading.Event()
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[tuple[object, bool]] = asyncio.Queue()

        def deliver(item: object, last: bool) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(events.put_nowait, (item, last))

        self._running.add(stop)
        self._jobs.put(_Job(priority, next(self._numbers), make, stop, deliver, interruptible))
        try:
            while True:
                item, last = await events.get()
                if not last:
                    yield item  # type: ignore[misc]
                elif isinstance(item, BaseException):
                    raise item
                else:
                    return
        finally:
            stop.set()
            self._running.discard(stop)

    def kill_engine(self) -> None:
        """Ends the engine process at once; the running request fails, the next one restarts it."""
        self.process.kill()

    def close(self) -> None:
        """Stops everything and waits for the thread."""
        self._closing.set()
        for stop in list(self._running):
            stop.set()
        self._jobs.put(_Job(-1, -1, lambda _: iter(()), threading.Event(), _nobody, False))
        self._thread.join(8.0)
        self.process.close()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._run(self._jobs.get())

    def _run(self, job: _Job) -> None:
        try:
            for event in job.make(job.stop):
                job.deliver(event, False)
                if self._closing.is_set():
                    break
                if job.interruptible:
                    self._let_pass(job.priority)
        except InspectorError as error:
            job.deliver(error, True)
        except Exception as error:
            log.exception("a background job failed")
            job.deliver(error, True)
        else:
            job.deliver(None, True)

    def _let_pass(self, priority: int) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job.priority >= priority:
                self._jobs.put(job)
                return
            self._run(job)


def _nobody(item: object, last: bool) -> None:
    """Takes the events of the closing job."""
