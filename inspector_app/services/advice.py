"""An engine that answers questions beside the one that decides: it is heard, it does not decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from inspector_app.domain.engine import Capabilities, Engine, InspectRequest, StopFlag
from inspector_app.domain.events import Event, Finished
from inspector_app.domain.loading import LoadReport
from inspector_app.services.inspect import run_many


class Adviser:
    """Wraps an engine and leaves the verdict out of its answers.

    Under a recipe the recipe's engine decides. Without this, a question to another engine would
    replace the verdict, its findings and its heat map.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def id(self) -> str:
        """Card id."""
        return self._engine.id

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do."""
        return self._engine.capabilities

    def load(self) -> LoadReport:
        """Loads the engine; see `Engine.load`."""
        return self._engine.load()

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Streams the answer without a verdict."""
        return map(_without_verdict, self._engine.stream(request, stop))

    def stream_many(self, requests: Sequence[InspectRequest], stop: StopFlag) -> Iterator[Event]:
        """Streams the answers to several without a verdict, side by side where the engine can."""
        return map(_without_verdict, run_many(requests, self._engine, stop))

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        """Returns log-likelihoods; see `Engine.score`."""
        return self._engine.score(request, choices, stop)

    def unload(self) -> None:
        """Frees the engine."""
        self._engine.unload()


def _without_verdict(event: Event) -> Event:
    if not isinstance(event, Finished):
        return event
    # Reasons of a verdict go with it; remarks on an answer without one stay.
    remarks = event.reasons if event.verdict is None else ()
    return replace(event, verdict=None, limits=None, reasons=remarks)
