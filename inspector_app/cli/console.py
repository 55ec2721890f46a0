"""Output of the command line: results on stdout, progress and trouble on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from inspector_app.domain.jobs import Progress


def emit(record: dict[str, Any]) -> None:
    """Prints one JSON object on one line."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def say(text: str) -> None:
    """Prints a line for people on stdout."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Prints a line for people on stderr."""
    with contextlib.suppress(OSError):  # nowhere to tell it: no reason to end the work
        print(text, file=sys.stderr, flush=True)


def drop_rest(stream: TextIO | None) -> None:
    """Lets what a stream could not write go nowhere, so that Python's end does not fail on it."""
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class ProgressLine:
    """One line on stderr, rewritten on a terminal, else one line every few seconds."""

    def __init__(self, every: float = 5.0) -> None:
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._every = 0.1 if self._live else every
        self._last = 0.0

    def show(self, progress: Progress) -> None:
        """Shows how far the job is, not too often."""
        now = time.monotonic()
        final = progress.total and progress.done >= progress.total
        if now - self._last < self._every and not final:
            return
        self._last = now
        total = f"/{progress.total}" if progress.total else ""
        line = f"{progress.done}{total} {progress.text}"[:100]
        if self._live:
            end = "\n" if final else ""
            with contextlib.suppress(OSError):
                print(f"\r\x1b[K{line}", end=end, file=sys.stderr, flush=True)
        else:
            warn(line)


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """A stop flag that Ctrl+C sets; a second Ctrl+C ends the program at once."""
    flag = threading.Event()

    def handle(number: int, frame: object) -> None:
        if flag.is_set():
            raise KeyboardInterrupt
        flag.set()
        warn("Stopping after the current step; Ctrl+C again ends at once.")

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield flag
    finally:
        signal.signal(signal.SIGINT, before)
