"""Likelihoods of given answers from a Qwen engine, and P(defect) made of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector_app.domain.engine import InspectRequest
from inspector_app.engines.conversation import Scene
from inspector_app.engines.language_prompts import language_texts
from inspector_app.imaging.model_pixels import PixelRule

if TYPE_CHECKING:
    from inspector_app.engines.qwen_vl import QwenEngine


def likelihoods(
    engine: QwenEngine,
    request: InspectRequest,
    scene: Scene,
    rule: PixelRule,
    scope: tuple[str, ...],
    answers: Sequence[Sequence[int]],
    question: str = "",
) -> tuple[float, ...]:
    """Log-likelihoods of answers (tokens) to a request, or to another question about its images."""
    from inspector_app.engines.scoring import log_likelihoods

    model, sequence = engine.ready()
    talk = engine.talk(request, scene, rule, scope, question)
    hidden = sequence.prefill(talk.prompt, max(len(answer) for answer in answers))
    return log_likelihoods(model.decoder, sequence, hidden, answers)


def defect_score(
    engine: QwenEngine,
    request: InspectRequest,
    scene: Scene,
    rule: PixelRule,
    scope: tuple[str, ...],
) -> float:
    """P(defect), 0..1: yes against no, over two wordings, so that a habit of yes cancels out."""
    words = language_texts(request.language)
    model, _ = engine.ready()
    yes, no = (
        [tuple(model.tokenizer.encode(text, add_special_tokens=False)) for text in group.split("|")]
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
