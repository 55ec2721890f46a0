"""Running coroutines of the window: started, guarded, stopped, waited for."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.errors import InspectorError
from inspector_app.ui.busy import Busy

log = logging.getLogger(__name__)
T = TypeVar("T")
_PATIENCE = 20.0  # seconds for flows to end when the window closes


class Tasks(QObject):
    """Base of what starts work: trouble is told, never lost; everything can be stopped."""

    busy_changed = Signal(object)  # Busy | None
    trouble_found = Signal(object)  # InspectorError, shown in the inline bar

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="inspector-io")
        self._tasks: set[asyncio.Task[None]] = set()
        self._stops: set[threading.Event] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Starts a flow; trouble in it is told in the window, never lost."""
        task = asyncio.get_running_loop().create_task(self._guard(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Cancelled before its first step it would never be awaited, and Python would say so.
        task.add_done_callback(lambda _: work.close())
        return task

    def stop(self) -> bool:
        """Stops everything that runs; returns whether anything did."""
        stops = list(self._stops)
        for stop in stops:
            stop.set()
        if stops:
            self.busy_changed.emit(Busy(self.tr("Stopping…")))
        return bool(stops)

    @property
    def running(self) -> bool:
        """Whether anything runs that Stop would stop."""
        return bool(self._stops)

    async def close(self) -> None:
        """Stops everything and waits for it."""
        self.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            # qasync may lose the first step of a flow started just before its loop ends: such a
            # flow would be waited for without end.
            _, left = await asyncio.wait(tasks, timeout=_PATIENCE)
            for task in left:
                log.warning("a flow did not end: %s", task)
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except InspectorError as error:
            self.trouble_found.emit(error)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.exception("a flow failed")
            self.trouble_found.emit(
                InspectorError(f"Something went wrong: {type(error).__name__}: {error}.")
            )

    async def _away(self, function: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)

    def _new_stop(self) -> threading.Event:
        stop = threading.Event()
        self._stops.add(stop)
        return stop

    def _done(self, stop: threading.Event) -> None:
        self._stops.discard(stop)
        if not self._stops:
            self.busy_changed.emit(None)
