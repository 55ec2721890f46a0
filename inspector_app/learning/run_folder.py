"""The folder of a run: checkpoints that are whole or not there, the best weights, the log.

checkpoint-N/    all that the run needs to go on after step N, run.json among it
best-N/          the adapter with the lowest validation loss
log.jsonl        every event, a line each
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from inspector_app.domain.errors import StoreError
from inspector_app.domain.training import TrainEvent
from inspector_app.learning.train_log import event_of, record_of
from inspector_app.store.whole_files import write_whole

STATE = "run.json"
LOG = "log.jsonl"
_PART = ".part"
_NUMBERED = re.compile(r"(checkpoint|best)-(\d+)")


@dataclass(slots=True)
class RunState:
    """What a run knows of itself besides weights.

    Attributes:
        fingerprint: Of all that its course depends on; a run goes on only with the same.
        first_loss: Validation loss before the first step.
        best_loss: The lowest so far.
        best_step: Its step.
        misses: Validations since.
        seconds: Wall time so far.
    """

    fingerprint: str = ""
    first_loss: float | None = None
    best_loss: float | None = None
    best_step: int = 0
    misses: int = 0
    seconds: float = 0.0


class RunFolder:
    """See the module's docstring.

    Args:
        path: The folder; made here.

    Raises:
        StoreError: It cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"Cannot make the folder {path}: {error.strerror or error}.",
                "Name another folder under `out`.",
            ) from error

    def checkpoints(self) -> list[tuple[int, Path]]:
        """Steps and folders of all whole checkpoints, oldest first."""
        return self._numbered("checkpoint")

    def best(self, step: int) -> Path:
        """Folder of the best weights."""
        return self.path / f"best-{step}"

    def state(self, checkpoint: Path) -> RunState:
        """Reads what a checkpoint knows of the run."""
        return RunState(**json.loads((checkpoint / STATE).read_text("utf-8")))

    def write_state(self, folder: Path, state: RunState) -> None:
        """Writes it into a checkpoint that is being made."""
        (folder / STATE).write_text(json.dumps(asdict(state)), "utf-8")

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """A folder to write to, which gets its name when all is in it."""
        part = self.path / f".{name}{_PART}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        target = self.path / name
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)

    def keep(self, checkpoints: int, best_step: int) -> None:
        """Deletes older checkpoints, other best weights, and what was never finished."""
        for _, path in self.checkpoints()[:-checkpoints]:
            shutil.rmtree(path, ignore_errors=True)
        for step, path in self._numbered("best"):
            if step != best_step:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.path.glob(f".*{_PART}"):
            shutil.rmtree(path, ignore_errors=True)

    def begin_log(self, step: int) -> None:
        """Takes back from the log what came after a step, which will come again."""
        events = [event for event in self.log() if getattr(event, "step", 0) <= step]
        write_whole(self.path / LOG, "".join(_line(event) for event in events) if step else "")

    def append(self, event: TrainEvent) -> None:
        """Adds an event to the log.

        Raises:
            StoreError: It cannot be written.
        """
        path = self.path / LOG
        try:
            with path.open("a", encoding="utf-8") as stream:
                stream.write(_line(event))
        except OSError as error:
            raise StoreError(
                f"Cannot write {path}: {error.strerror or error}.",
                "Free some space, or make the folder writable, and resume the run.",
            ) from error

    def log(self) -> list[TrainEvent]:
        """Reads the log; a last line that was cut off is left out."""
        try:
            # Not `splitlines`: it breaks inside a text too, at U+2028, U+2029 and U+0085.
            lines = (self.path / LOG).read_text("utf-8").split("\n")
        except OSError:
            return []
        return list(_events(lines))

    def _numbered(self, kind: str) -> list[tuple[int, Path]]:
        found: list[tuple[int, Path]] = []
        for path in self.path.iterdir():
            match = _NUMBERED.fullmatch(path.name)
            if match and match[1] == kind and path.is_dir():
                found.append((int(match[2]), path))
        return sorted(found)


def _line(event: TrainEvent) -> str:
    return json.dumps(record_of(event), ensure_ascii=False) + "\n"


def _events(lines: Iterable[str]) -> Iterator[TrainEvent]:
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            yield event_of(json.loads(line))
