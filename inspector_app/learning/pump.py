"""Turns work that reports by calls into an iterator of its reports."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from typing import TypeVar

Report = TypeVar("Report")


def pumped(work: Callable[[Callable[[Report], None]], None]) -> Generator[Report]:
    """Runs work in a thread and yields what it reports, in order.

    Libraries that own their loop (trl's trainer) call back; a caller that walks away must make the
    work end by itself, this only waits for it.

    Args:
        work: Gets the function to report with; what it raises comes out of the iterator.
    """
    reports: queue.SimpleQueue[Report | _End] = queue.SimpleQueue()

    def run() -> None:
        try:
            work(reports.put)
        except BaseException as error:  # noqa: BLE001 - raised again on the other side
            reports.put(_End(error))
        else:
            reports.put(_End(None))

    thread = threading.Thread(target=run, name="training", daemon=True)
    thread.start()
    try:
        while not isinstance(report := reports.get(), _End):
            yield report
        if report.error is not None:
            raise report.error
    finally:
        thread.join()


class _End:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error
