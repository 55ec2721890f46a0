"""What runs inside the engine process: loaded engines, by card id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspector_app.domain.engine import Engine, InspectRequest, StopFlag
from inspector_app.domain.events import Event
from inspector_app.engines import registry

_loaded: dict[str, Engine] = {}


def _get(card_id: str) -> Engine:
    engine = _loaded.get(card_id)
    if engine is None:
        engine = registry.create(card_id)
        engine.load()
        _loaded[card_id] = engine
    return engine


def load(card_id: str, stop: StopFlag) -> Iterator[str]:
    """Loads an engine; yields its id when it is ready."""
    yield _get(card_id).id


def stream(card_id: str, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
    """Streams the answer to one request, loading the engine first if need be."""
    yield from _get(card_id).stream(request, stop)


def score(
    card_id: str, request: InspectRequest, choices: Sequence[str], stop: StopFlag
) -> Iterator[tuple[float, ...]]:
    """Yields the log-likelihoods of the choices."""
    yield _get(card_id).score(request, choices)


def unload(card_id: str, stop: StopFlag) -> Iterator[None]:
    """Frees an engine; nothing happens if it is not loaded."""
    engine = _loaded.pop(card_id, None)
    if engine is not None:
        engine.unload()
    yield None
