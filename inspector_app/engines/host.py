"""What runs inside the engine process: loaded engines, by card id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Engine, InspectRequest, StopFlag
from inspector_app.domain.events import Event
from inspector_app.domain.loading import LoadReport
from inspector_app.engines import registry
from inspector_app.engines.files import chosen_folder

_loaded: dict[str, Engine] = {}
_reports: dict[str, LoadReport] = {}
_sources: dict[str, tuple[Card, Path | None]] = {}  # what an engine was loaded from


def _get(card_id: str) -> Engine:
    card = registry.card(card_id)
    source = (card, chosen_folder(card.id))
    if card_id in _loaded and _sources[card_id] != source:
        _drop(card_id)  # the user chose other weights since
    engine = _loaded.get(card_id)
    if engine is None:
        if registry.is_language(card_id):
            # Two language models rarely fit one GPU; the one asked for now is the one in use.
            for other in [name for name in _loaded if registry.is_language(name)]:
                _drop(other)
        engine = registry.create(card_id)
        _reports[card_id] = engine.load()
        _loaded[card_id] = engine
        _sources[card_id] = source
    return engine


def _drop(card_id: str) -> None:
    engine = _loaded.pop(card_id, None)
    _reports.pop(card_id, None)
    if engine is not None:
        engine.unload()


def load(card_id: str, stop: StopFlag) -> Iterator[LoadReport]:
    """Loads an engine; yields how it was loaded."""
    _get(card_id)
    yield _reports[card_id]


def loaded(stop: StopFlag) -> Iterator[dict[str, LoadReport]]:
    """Yields the engines that are loaded now, by card id."""
    yield dict(_reports)


def stream(card_id: str, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
    """Streams the answer to one request, loading the engine first if need be."""
    yield from _get(card_id).stream(request, stop)


def stream_many(
    card_id: str, requests: Sequence[InspectRequest], stop: StopFlag
) -> Iterator[Event]:
    """Streams the answers to several requests of an engine with the ability "batches"."""
    many = cast("Callable[..., Iterator[Event]]", getattr(_get(card_id), "stream_many"))  # noqa: B009
    yield from many(requests, stop)


def score(
    card_id: str, request: InspectRequest, choices: Sequence[str], stop: StopFlag
) -> Iterator[tuple[float, ...]]:
    """Yields the log-likelihoods of the choices."""
    yield _get(card_id).score(request, choices, stop)


def unload(card_id: str, stop: StopFlag) -> Iterator[None]:
    """Frees an engine; nothing happens if it is not loaded."""
    _drop(card_id)
    yield None
