"""One job at a time, told to the window while it goes on, its failure kept with its round."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.jobs import Progress
from inspector_app.ui.busy import Busy
from inspector_app.ui.improve_state import RUNNING, Phase, Round
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.worker import Worker


class ImproveJobs(Tasks):
    """Base of `ImproveFlows`: runs a job for a round."""

    changed = Signal()  # another round, or another state: everything is to be shown anew
    progressed = Signal()  # of the job under way

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None  # its process is never used; jobs bring their own
        self.busy: Round | None = None
        self._stop: threading.Event | None = None

    @property
    def is_training(self) -> bool:
        """Whether a run is going on."""
        return self.busy is not None and self.busy.phase in RUNNING

    @contextmanager
    def _job(self, shown: Round, phase: Phase) -> Iterator[None]:
        """Holds the page for a job of a round, from the click on; failure stays with the round."""
        stop = self._stop = self._new_stop()
        self.busy = shown
        shown.phase, shown.trouble, shown.progress = phase, None, None
        self.busy_changed.emit(Busy(self._job_words(shown)))
        self.changed.emit()
        try:
            yield
        except InspectorError as error:
            self._fail(shown, phase, error)
        finally:
            self.busy, self._stop = None, None
            shown.phase, shown.progress = Phase.IDLE, None
            self._done(stop)
            self.changed.emit()

    async def _run(
        self,
        shown: Round,
        make: Callable[[threading.Event], Iterator[Any]],
        worker: Worker | None = None,
    ) -> AsyncIterator[Any]:
        """Runs what a job is made of, inside `_job`; yields its events other than `Progress`."""
        if self._stop is None or self._stop.is_set():
            return  # stopped before it began
        stop = self._new_stop()  # the worker sets it at the end; the job may go on
        if worker is None:
            worker = self._worker = self._worker or Worker()
        try:
            async for event in worker.stream(make, stop):
                if isinstance(event, Progress):
                    shown.progress = event
                    self.busy_changed.emit(Busy(self._job_words(shown), event.done, event.total))
                    self.progressed.emit()
                else:
                    yield event
        finally:
            self._stops.discard(stop)

    def _fail(self, shown: Round, phase: Phase, error: InspectorError) -> None:
        shown.trouble, shown.failed = error, phase
        self.changed.emit()

    def _job_words(self, shown: Round) -> str:
        name = shown.stored.name if shown.stored is not None else ""
        match shown.phase:
            case Phase.CHECKING:
                return self.tr("Checking data of {name}").format(name=name)
            case Phase.EVALUATING:
                return self.tr("Evaluating {name}").format(name=name)
            case Phase.JUDGING:
                return self.tr("Judging {name}").format(name=name)
            case _:
                return self.tr("Training {name}").format(name=name)
