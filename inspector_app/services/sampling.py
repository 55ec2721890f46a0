"""How an answer is drawn: the likeliest words, for inspection, or by chance, for variety."""

from __future__ import annotations

from dataclasses import replace
from random import SystemRandom
from typing import Any, cast

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Sampling
from inspector_app.domain.prompting import LIMITS
from inspector_app.services.settings import Settings

HIGHEST = 1.5  # temperature; beyond it answers fall apart
STEP = 0.1
# What the published MiniGPT-v2 demo draws with; a card may say otherwise under the same names.
TOP_P, TOP_K, REPETITION_PENALTY = 0.9, 50, 1.05
ANSWER_TOKENS = 512
_SEEDS = SystemRandom()  # not the global generator, which a seeded library would make repeat itself
_WHOLE = frozenset({"top_k", "seed", "max_tokens"})


def sampling_of(settings: Settings, card: Card) -> Sampling:
    """Returns how the next answer of an engine is drawn.

    With temperature 0 the answer is the likeliest one, the same each time. Above 0 every question
    gets a fresh seed, unless one is set, so that asking again gives another answer; the seed is
    kept with the answer. What the user set goes before what the card says.

    Args:
        settings: Holds the temperature, and what else was set.
        card: May set `answer_tokens`, `top_p`, `top_k` and `repetition_penalty` in its options.
    """
    usual = usual_sampling(card, settings.get("temperature"))
    kept = {name: value for name, value in own_values(settings).items() if accepts(name, value)}
    if usual.temperature <= 0:  # of the likeliest words there is nothing to draw
        kept = {k: v for k, v in kept.items() if k in ("repetition_penalty", "max_tokens")}
        return replace(usual, **cast("dict[str, Any]", kept))
    chosen = replace(usual, **cast("dict[str, Any]", kept))
    return chosen if chosen.seed else replace(chosen, seed=_SEEDS.randrange(1, 2**31))


def usual_sampling(card: Card, temperature: float) -> Sampling:
    """Returns how an engine draws when nothing but the temperature was set; no seed yet."""
    tokens = int(_option(card, "answer_tokens", ANSWER_TOKENS))
    if temperature <= 0:
        return Sampling(max_tokens=tokens)
    return Sampling(
        temperature=round(temperature, 3),
        top_p=float(_option(card, "top_p", TOP_P)),
        top_k=int(_option(card, "top_k", TOP_K)),
        repetition_penalty=float(_option(card, "repetition_penalty", REPETITION_PENALTY)),
        max_tokens=tokens,
    )


def own_values(settings: Settings) -> dict[str, float]:
    """Returns what the user set besides the temperature, by the names of `Sampling`."""
    return dict(settings.get("sampling"))


def accepts(name: str, value: object) -> bool:
    """Whether a value may be set; the name is one of `Sampling`."""
    if name not in LIMITS or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = LIMITS[name]
    return low <= value <= high and (name not in _WHOLE or isinstance(value, int))


def _option(card: Card, name: str, default: float) -> float:
    found = dict(card.options).get(name, default)
    # A card of the user's may hold anything; a word instead of a number must not end the question.
    return default if isinstance(found, str | bool) else found
