"""What the Improve page knows of one round besides what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import Comparison
from inspector_app.domain.improving import COMPARE, DATA, DECIDE, EVALUATE, STEPS, Improvement
from inspector_app.domain.jobs import Progress
from inspector_app.domain.judging import Standing
from inspector_app.domain.training import CheckpointSaved, RunStarted, TrainConfig, TrainEvent
from inspector_app.services.improve_data import DataLook


class Phase(StrEnum):
    """What goes on with a round."""

    IDLE = "idle"
    CHECKING = "checking"
    LOADING = "loading"  # the run reads data and weights
    TRAINING = "training"
    PAUSED = "paused"
    STOPPING = "stopping"
    EVALUATING = "evaluating"
    JUDGING = "judging"


RUNNING = (Phase.LOADING, Phase.TRAINING, Phase.PAUSED, Phase.STOPPING)


class Mark(StrEnum):
    """State of a step."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(slots=True)
class Round:
    """A round, what was found of it, and what goes on.

    Attributes:
        stored: As it is on disk; None for a new one that was not begun yet.
        phase: What goes on.
        look: What the data check found; None when it was not made since the start.
        config: Settings of the run; None while they cannot be read.
        events: Of the run, an earlier part included.
        comparison: Of both evaluations.
        standings: What judges say.
        progress: Of checking, evaluating or judging.
        trouble: Why the last job failed.
        failed: The phase in which it did.
    """

    stored: Improvement | None = None
    phase: Phase = Phase.IDLE
    look: DataLook | None = None
    config: TrainConfig | None = None
    events: list[TrainEvent] = field(default_factory=list)
    comparison: Comparison | None = None
    standings: tuple[Standing, ...] = ()
    progress: Progress | None = None
    trouble: InspectorError | None = None
    failed: Phase = Phase.IDLE

    @property
    def step(self) -> str:
        """The step that is next."""
        return self.stored.step if self.stored is not None else DATA

    @property
    def can_resume(self) -> bool:
        """Whether the run left something to go on from."""
        return any(isinstance(event, CheckpointSaved) for event in self.events)

    @property
    def started(self) -> RunStarted | None:
        """The newest start of the run."""
        found = [event for event in self.events if isinstance(event, RunStarted)]
        return found[-1] if found else None

    def mark(self, step: str) -> Mark:
        """State of a step, as the page shows it."""
        if self.stored is not None and self.stored.decision:
            return Mark.DONE
        now = self.step
        if now in (COMPARE, DECIDE):
            # One looks at the comparison in order to decide: both are open together.
            return Mark.NOW if step in (COMPARE, DECIDE) else Mark.DONE
        if step == EVALUATE and now == EVALUATE:
            return Mark.NOW
        places = STEPS.index(step), STEPS.index(now)
        return Mark.DONE if places[0] < places[1] else Mark.NOW if step == now else Mark.LATER
