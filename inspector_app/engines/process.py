"""The engine process: one long-lived child that does the heavy work.

torch and onnxruntime never enter the window's process. Jobs are named functions
("package.module:function") that yield picklable objects; the child runs one at a time. A crash, a
hang or a CUDA error ends the child only: the job raises `EngineLostError` and the next job starts
a new child.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import EngineError, EngineLostError, InspectorError
from inspector_app.imaging import pdf_passwords
from inspector_app.store.places import cache_folder

log = logging.getLogger(__name__)

_PREFIX = "inspector_app."
_LOG_DAYS = 7


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds.

    Attributes:
        start: For the child's first sign of life.
        silence: Without any event of a running job before the child counts as hung.
        stop: After Stop before the child is ended by force.
        poll: Between looks at the stop flag.
    """

    start: float = 60.0
    silence: float = 180.0
    stop: float = 5.0
    poll: float = 0.02


class EngineProcess:
    """Owner of the child process. One job at a time; safe to call from one thread at a time."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._process: Any = None
        self._connection: Any = None
        self._log_path: Path | None = None
        self._job = 0
        self._busy = threading.Lock()
        self._closed = False
        self._passwords: dict[str, str] = {}  # that the child knows

    @property
    def pid(self) -> int | None:
        """Process id of the living child, else None."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def run(
        self,
        target: str,
        *args: object,
        stop: StopFlag | None = None,
        silence: float | None = None,
    ) -> Iterator[Any]:
        """Runs a job in the child and yields what it yields.

        Args:
            target: "inspector_app.module:function"; the function gets `args` and a stop flag.
            args: Picklable arguments.
            stop: Looked at every `Patience.poll` seconds; the child sees it at its next step.
            silence: Seconds without an event before the child counts as hung; `Patience.silence`
                if not given.

        Raises:
            EngineLostError: The child ended or hung; the next call starts a new one.
            InspectorError: Raised by the job itself, as it was.
        """
        with self._busy:
            self._ensure_started()
            self._job += 1
            job = self._job
            connection = self._connection
            assert connection is not None
            try:
                stopped = stop is not None and stop.is_set()
                self._tell_passwords(connection)
                connection.send(("job", job, target, args, stopped))
                yield from self._receive(connection, job, stop, silence or self._patience.silence)
            except (OSError, EOFError) as error:
                raise self._lost() from error
            except GeneratorExit:
                # The caller walked away in the middle: stop the job and drain it, so that the
                # next job does not see its events.
                self._drain(connection, job)
                raise

    def call(
        self,
        target: str,
        *args: object,
        stop: StopFlag | None = None,
        silence: float | None = None,
    ) -> Any:
        """Runs a job and returns the last thing it yielded, None if nothing; see `run`."""
        last = None
        for event in self.run(target, *args, stop=stop, silence=silence):
            last = event
        return last

    def kill(self) -> None:
        """Ends the child at once, from any thread; a running job raises `EngineLostError`."""
        process = self._process
        if process is not None and process.is_alive():
            process.kill()

    def close(self) -> None:
        """Ends the child in good order, by force after a second."""
        self._closed = True
        process, connection = self._process, self._connection
        if process is None:
            return
        if connection is not None:
            with contextlib.suppress(OSError, ValueError):
                connection.send(("quit",))
        process.join(1.0)
        if process.is_alive():
            process.kill()
            process.join(5.0)
        self._forget()

    def _ensure_started(self) -> None:
        if self._closed:
            raise EngineError("The engine process was closed.")
        if self._process is not None and self._process.is_alive():
            return
        self._forget()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        handle, name = tempfile.mkstemp(dir=_log_folder(), prefix="engine-", suffix=".log")
        os.close(handle)
        self._log_path = Path(name)
        process = context.Process(
            target=child_main, args=(theirs, name), name="inspector-engine", daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        try:
            if not ours.poll(self._patience.start):
                process.kill()
                raise self._lost("The engine process did not start in time.")
            ours.recv()
        except (OSError, EOFError) as error:
            raise self._lost() from error

    def _tell_passwords(self, connection: Connection) -> None:
        """Hands on the passwords of PDFs: the child has none of its own, and loses them with it."""
        known = pdf_passwords.all_known()
        if known != self._passwords:
            connection.send(("passwords", known))
            self._passwords = known

    def _receive(
        self, connection: Connection, job: int, stop: StopFlag | None, silence: float
    ) -> Iterator[Any]:
        last_sign = time.monotonic()
        stopped_at: float | None = None
        while True:
            ready = wait([connection], timeout=self._patience.poll)
            now = time.monotonic()
            if stop is not None and stopped_at is None and stop.is_set():
                stopped_at = now
                connection.send(("stop", job))
            if not ready:
                if stopped_at is not None and now - stopped_at > self._patience.stop:
                    self.kill()
                    raise self._lost("The engine did not stop when asked and was ended.")
                if now - last_sign > silence:
                    self.kill()
                    raise self._lost(
                        f"The engine gave no sign for {silence:.0f} seconds and was ended."
                    )
                continue
            kind, number, payload = connection.recv()
            last_sign = now
            if number != job:
                continue
            if kind == "event":
                yield payload
            elif kind == "error":
                raise payload
            else:
                return

    def _drain(self, connection: Connection, job: int) -> None:
        try:
            connection.send(("stop", job))
            deadline = time.monotonic() + self._patience.stop
            while time.monotonic() < deadline:
                if not connection.poll(0.1):
                    continue
                kind, number, _ = connection.recv()
                if number == job and kind != "event":
                    return
        except (OSError, EOFError):
            pass
        self.kill()

    def _lost(self, what: str = "") -> EngineLostError:
        process = self._process
        code = None
        if process is not None:
            process.join(2.0)
            code = process.exitcode
        error = EngineLostError(
            what or _exit_words(code),
            "It is started again for the next request.",
        )
        tail = self._log_tail()
        if tail:
            error.add_note(tail)
            log.warning("engine process ended (exit code %s):\n%s", code, tail)
        self._forget()
        return error

    def _log_tail(self) -> str:
        if self._log_path is None:
            return ""
        with contextlib.suppress(OSError):
            return self._log_path.read_text("utf-8", "replace")[-4000:].strip()
        return ""

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            if self._process.is_alive():
                self._process.kill()
            self._process.join(5.0)
            self._process.close()
        if self._log_path is not None:
            with contextlib.suppress(OSError):
                self._log_path.unlink()
        self._process = None
        self._connection = None
        self._log_path = None
        self._passwords = {}


def _log_folder() -> Path:
    """Where logs of the child lie; those of children long gone are deleted."""
    folder = cache_folder() / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("engine-*.log"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > _LOG_DAYS * 86_400:
                old.unlink()
    return folder


def _exit_words(code: int | None) -> str:
    if code is None:
        return "The connection to the engine process was lost."
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name == "SIGKILL":
            return "The engine process was ended from outside (often: out of memory)."
        return f"The engine process crashed ({name})."
    return f"The engine process ended by itself (exit code {code})."


def child_main(connection: Connection, log_path: str) -> None:
    """Main function of the child process: runs jobs until told to quit."""
    import faulthandler

    stream = open(log_path, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    os.dup2(stream.fileno(), 2)
    sys.stderr = stream
    faulthandler.enable(stream)
    # Ctrl+C in the terminal goes to the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    jobs: queue.SimpleQueue[tuple[int, str, tuple[object, ...], threading.Event] | None]
    jobs = queue.SimpleQueue()
    flags: dict[int, threading.Event] = {}

    def read() -> None:
        while True:
            message: tuple[Any, ...]
            try:
                message = connection.recv()
            except (OSError, EOFError):
                message = ("quit",)
            if message[0] == "job":
                flag = flags[message[1]] = threading.Event()
                if message[4]:
                    flag.set()
                jobs.put((message[1], message[2], message[3], flag))
            elif message[0] == "passwords":
                pdf_passwords.replace_all(message[1])
            elif message[0] == "stop":
                flag = flags.get(message[1])
                if flag is not None:
                    flag.set()
            else:
                jobs.put(None)
                # The parent is gone or wants to be: do not outlive it in a long native call.
                threading.Timer(5.0, os._exit, (0,)).start()
                return

    threading.Thread(target=read, name="engine-pipe", daemon=True).start()
    connection.send(("ready", 0, os.getpid()))
    while (job := jobs.get()) is not None:
        number, target, args, flag = job
        try:
            for event in _resolve(target)(*args, flag):
                connection.send(("event", number, event))
            connection.send(("done", number, None))
        except InspectorError as error:
            connection.send(("error", number, error))
        except (OSError, EOFError) as error:
            if isinstance(error, BrokenPipeError):
                break
            connection.send(("error", number, _wrap(error)))
        except Exception as error:  # noqa: BLE001 - everything must reach the caller, else it hangs
            connection.send(("error", number, _wrap(error)))
        finally:
            flags.pop(number, None)
    os._exit(0)


def _wrap(error: Exception) -> EngineError:
    wrapped = EngineError(f"The engine failed: {type(error).__name__}: {error}.")
    wrapped.add_note(traceback.format_exc())
    return wrapped


def _resolve(target: str) -> Any:
    if not target.startswith(_PREFIX):
        raise EngineError(f"Job {target!r} is not part of the program.")
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
