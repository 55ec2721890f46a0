"""Likelihoods of given answers from a language engine, and P(defect) made of them."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector_app.domain.engine import InspectRequest, StopFlag
from inspector_app.engines.conversation import Scene
from inspector_app.imaging.image_rule import ImageRule

if TYPE_CHECKING:
    from inspector_app.engines.language_engine import LanguageEngine

log = logging.getLogger(__name__)


def likelihoods(
    engine: LanguageEngine,
    request: InspectRequest,
    scene: Scene,
    rule: ImageRule,
    scope: tuple[str, ...],
    answers: Sequence[Sequence[int]],
    question: str = "",
    stop: StopFlag | None = None,
) -> tuple[float, ...]:
    """Log-likelihoods of answers (tokens) to a request, or to another question about its images.

    Nothing when it was stopped.
    """
    from inspector_app.engines.scoring import log_likelihoods

    model, sequence = engine.ready()
    talk = engine.talk(request, scene, rule, scope, question)
    room = max(len(answer) for answer in answers)
    hidden = sequence.prefill(talk.prompt, room, stop.is_set if stop else lambda: False)
    if hidden is None:
        return ()
    return log_likelihoods(model.decoder, sequence, hidden, answers)


def defect_score(
    engine: LanguageEngine,
    request: InspectRequest,
    scene: Scene,
    rule: ImageRule,
    scope: tuple[str, ...],
) -> float | None:
    """P(defect), 0..1: yes against no, over two wordings, so that a habit of yes cancels out.

    None when memory runs out: the answer that was given still holds.
    """
    from inspector_app.engines.memory import is_out_of_memory

    try:
        return _defect_score(engine, request, scene, rule, scope)
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        log.warning("out of memory while P(defect) was computed: %s", error)
        engine.forget()
        return None


def _defect_score(
    engine: LanguageEngine,
    request: InspectRequest,
    scene: Scene,
    rule: ImageRule,
    scope: tuple[str, ...],
) -> float:
    words = engine.words(request.language)
    model, _ = engine.ready()
    yes, no = (
        [tuple(model.encode_answer(text)) for text in group.split("|")]
        for group in (words["yes"], words["no"])
    )
    chances: list[float] = []
    for key in ("defect", "flawless"):
        found = likelihoods(engine, request, scene, rule, scope, [*yes, *no], words[key])
        odds = _log_sum(found[: len(yes)]) - _log_sum(found[len(yes) :])
        chance = 1 / (1 + math.exp(-max(-700.0, min(700.0, odds))))
        chances.append(chance if key == "defect" else 1 - chance)
    return sum(chances) / len(chances)


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
