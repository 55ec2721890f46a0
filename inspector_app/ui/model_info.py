"""What the Models page knows of one model: card, disk, adapters, and what goes on with it."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.cards import Card
from inspector_app.domain.jobs import Progress
from inspector_app.domain.loading import LoadReport, Need
from inspector_app.services.models import ModelState

_FRESH_BYTES = 16 << 20  # a fetch that begins beyond this went on from an earlier one
_WINDOW_SECONDS = 4.0  # speed is the mean over this long


class Phase(StrEnum):
    """What goes on with a model, most pressing first."""

    FETCHING = "fetching"
    CONVERTING = "converting"
    LOADING = "loading"
    LOADED = "loaded"
    READY = "ready"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What was found on disk.

    Attributes:
        card: The card.
        state: Whether it can be loaded.
        need: What it takes.
        language: It is a language model; those can be read from a folder of the user's.
        folder: Where its files lie; empty if nowhere yet. The folder that the user chose is
            `state.folder`; the program never deletes that one.
        adapters: Its adapters.
        convertible: It is made on this computer from published files.
    """

    card: Card
    state: ModelState
    need: Need
    language: bool = False
    folder: str = ""
    adapters: tuple[AdapterCard, ...] = ()
    convertible: bool = False


@dataclass(slots=True)
class Pull:
    """A running fetch or conversion: how far, how fast, and whether an earlier fetch went on."""

    done: int = 0
    total: int = 0
    name: str = ""
    resumed_at: int = 0
    converting: bool = False
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def add(self, event: Progress, now: float | None = None) -> None:
        """Takes one step of progress."""
        moment = time.monotonic() if now is None else now
        begun = event.total and not self.total and not self.converting
        if begun and event.done > _FRESH_BYTES:
            self.resumed_at = event.done
        self.done, self.total, self.name = event.done, event.total, event.text
        if self._marks and event.done < self._marks[-1][1]:
            self._marks.clear()  # it began anew
        self._marks.append((moment, event.done))
        while len(self._marks) > 2 and moment - self._marks[0][0] > _WINDOW_SECONDS:
            self._marks.popleft()

    def speed(self) -> float:
        """Returns bytes a second, 0 while not known."""
        if len(self._marks) < 2:
            return 0.0
        (start, before), (end, after) = self._marks[0], self._marks[-1]
        return (after - before) / (end - start) if end - start > 0.2 else 0.0

    def seconds_left(self) -> float | None:
        """Returns the seconds the rest takes at this speed; None while not known."""
        speed = self.speed()
        return (self.total - self.done) / speed if self.total and speed > 0 else None


@dataclass(frozen=True, slots=True)
class ModelView:
    """Everything there is to show of one model."""

    info: ModelInfo
    phase: Phase
    report: LoadReport | None = None
    pull: Pull | None = None
    stopping: bool = False
