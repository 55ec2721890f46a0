"""An engine that lives in the engine process, seen from outside as any other engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspector_app.domain.engine import Capabilities, InspectRequest, StopFlag
from inspector_app.domain.errors import EngineLostError, ImageError, InspectorError
from inspector_app.domain.events import LAST, Cancelled, Event, Failed
from inspector_app.domain.loading import LoadReport
from inspector_app.engines import registry
from inspector_app.engines.process import EngineProcess

_HOST = "inspector_app.engines.host"
# A language model on the processor may look at a large image for minutes before its first word;
# people can stop it at any time.
SLOW_SILENCE = 3600.0


class ProcessEngine:
    """Implements the engine protocol over an `EngineProcess`."""

    def __init__(self, card_id: str, process: EngineProcess) -> None:
        self._id = card_id
        self._process = process
        self._capabilities = registry.card(card_id).capabilities
        self._silence = SLOW_SILENCE if registry.is_language(card_id) else None

    @property
    def id(self) -> str:
        """Card id."""
        return self._id

    @property
    def capabilities(self) -> Capabilities:
        """What the engine can do."""
        return self._capabilities

    def load(self) -> LoadReport:
        """Loads the engine in the child; see `Engine.load`."""
        return self._process.call(f"{_HOST}:load", self._id, silence=self._silence)

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Streams an answer; a lost child becomes `Failed` with `lost` set."""
        try:
            yield from self._process.run(
                f"{_HOST}:stream", self._id, request, stop=stop, silence=self._silence
            )
        except InspectorError as error:
            yield self._ended(request, error, stop)

    def stream_many(self, requests: Sequence[InspectRequest], stop: StopFlag) -> Iterator[Event]:
        """Streams the answers to several requests, of a card with the ability "batches"."""
        left = {request.id: request for request in requests}
        try:
            for event in self._process.run(
                f"{_HOST}:stream_many", self._id, tuple(requests), stop=stop, silence=self._silence
            ):
                if isinstance(event, LAST):
                    left.pop(event.request_id, None)
                yield event
        except InspectorError as error:
            for request in left.values():
                yield self._ended(request, error, stop)

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        """Returns log-likelihoods; see `Engine.score`."""
        try:
            return self._process.call(
                f"{_HOST}:score",
                self._id,
                request,
                tuple(choices),
                stop=stop,
                silence=self._silence,
            )
        except EngineLostError:
            if stop is None or not stop.is_set():
                raise
            return ()  # ending it by force was the answer to Stop

    def unload(self) -> None:
        """Frees the engine in the child, if there is one."""
        if self._process.pid is not None:
            self._process.call(f"{_HOST}:unload", self._id)

    @staticmethod
    def _ended(request: InspectRequest, error: InspectorError, stop: StopFlag) -> Event:
        if stop.is_set() and isinstance(error, EngineLostError):
            # Stop came while something long ran (loading): ending it by force was the answer.
            return Cancelled(request.id)
        return failed_from(request.id, error)


def failed_from(request_id: str, error: InspectorError) -> Failed:
    """Turns an error for people into the event that says so."""
    details = "\n".join(getattr(error, "__notes__", ()))
    return Failed(
        request_id,
        error.what,
        error.mend,
        details,
        lost=isinstance(error, EngineLostError),
        image=isinstance(error, ImageError),
    )
