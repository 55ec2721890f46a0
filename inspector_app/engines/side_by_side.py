"""Several requests answered side by side, for folders of images asked the same."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector_app.domain.engine import InspectRequest, StopFlag, alike
from inspector_app.domain.errors import ImageError, InspectorError
from inspector_app.domain.events import Cancelled, Event, Failed
from inspector_app.engines.conversation import Scene, Talk, load_scene

if TYPE_CHECKING:
    from inspector_app.engines.language_engine import LanguageEngine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ready:
    request: InspectRequest
    scene: Scene
    talk: Talk


def answer_many(
    engine: LanguageEngine, requests: Sequence[InspectRequest], stop: StopFlag
) -> Iterator[Event]:
    """Answers requests, those that are `alike` side by side.

    Each one's events come together, in order.

    Args:
        engine: A loaded engine.
        requests: None with a schema: those are answered one by one.
        stop: Ends all; what came of each is told as cancelled.
    """
    for batch in alike(requests):
        yield from _answer_alike(engine, batch, stop)


def _answer_alike(
    engine: LanguageEngine, requests: Sequence[InspectRequest], stop: StopFlag
) -> Iterator[Event]:
    import torch

    from inspector_app.engines.memory import is_out_of_memory

    begun = time.perf_counter()
    try:
        with torch.inference_mode():
            ready, failed = _prepare(engine, requests)
            answers = _generate(engine, ready, stop)
            seconds = (time.perf_counter() - begun) / max(1, len(ready))
            events = list(failed)
            for one, tokens in zip(ready, answers, strict=True):
                events += _told(engine, one, tokens, stop, seconds)
    except InspectorError as error:
        for request in requests:
            yield Failed(request.id, error.what, error.mend)
        return
    except Exception as error:  # noqa: BLE001 - whatever happens must reach the asker
        engine.forget()
        if is_out_of_memory(error) and len(requests) > 1:
            log.warning("out of memory with %d images at once; halving", len(requests))
            half = len(requests) // 2
            yield from _answer_alike(engine, requests[:half], stop)
            yield from _answer_alike(engine, requests[half:], stop)
            return
        details = traceback.format_exc()
        for request in requests:
            what = f"The model failed: {type(error).__name__}: {error}."
            yield Failed(request.id, what, "", details)
        return
    yield from events


def _prepare(
    engine: LanguageEngine, requests: Sequence[InspectRequest]
) -> tuple[list[_Ready], list[Failed]]:
    ready: list[_Ready] = []
    failed: list[Failed] = []
    rule = engine.ready()[0].rule
    for request in requests:
        try:
            engine.check(request)
            scope = engine.use_adapters(request)
            scene = load_scene(request, engine.images, rule)
            ready.append(_Ready(request, scene, engine.talk(request, scene, rule, scope)))
        except InspectorError as error:
            about_image = isinstance(error, ImageError)
            failed.append(Failed(request.id, error.what, error.mend, image=about_image))
    return ready, failed


def _generate(engine: LanguageEngine, ready: list[_Ready], stop: StopFlag) -> list[list[int]]:
    from inspector_app.engines.batching import generate_batch

    if not ready:
        return []
    model, _ = engine.ready()
    return generate_batch(
        model.decoder,
        [one.talk.prompt for one in ready],
        [engine.sampler(one.request, one.talk.prompt) for one in ready],
        stops=model.stops,
        most=max(one.request.sampling.max_tokens for one in ready),
        cancelled=stop.is_set,
    )


def _told(
    engine: LanguageEngine, one: _Ready, tokens: list[int], stop: StopFlag, seconds: float
) -> list[Event]:
    request, scope = one.request, engine.use_adapters(one.request)
    events: list[Event] = [engine.started(request, one.scene, scope, one.talk.prompt.label)]
    answer = engine.new_answer(request, one.scene)
    for token in tokens:
        events += answer.token(token)
    events += answer.rest()
    if stop.is_set():
        events.append(Cancelled(request.id, answer.text, tuple(answer.boxes)))
    else:
        rule = engine.ready()[0].rule
        events.append(
            engine.finished(
                request, one.scene, one.talk, answer, rule, scope, _end(request, tokens), seconds
            )
        )
    return events


def _end(request: InspectRequest, tokens: list[int]) -> str:
    """How an answer ended, told from its tokens."""
    from inspector_app.engines.generation import Loop, is_looping

    if is_looping(tokens):
        return Loop.REPEATED
    return Loop.LENGTH if len(tokens) >= request.sampling.max_tokens else Loop.STOPPED
