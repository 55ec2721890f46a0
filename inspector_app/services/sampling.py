"""How an answer is drawn: the likeliest words, for inspection, or by chance, for variety."""

from __future__ import annotations

from random import SystemRandom

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Sampling
from inspector_app.services.settings import Settings

HIGHEST = 1.5  # temperature; beyond it answers fall apart
STEP = 0.1
# What the published MiniGPT-v2 demo draws with; a card may say otherwise under the same names.
TOP_P, TOP_K, REPETITION_PENALTY = 0.9, 50, 1.05
ANSWER_TOKENS = 512
_SEEDS = SystemRandom()  # not the global generator, which a seeded library would make repeat itself


def sampling_of(settings: Settings, card: Card) -> Sampling:
    """Returns how the next answer of an engine is drawn.

    With temperature 0 the answer is the likeliest one, the same each time. Above 0 every question
    gets a fresh seed, so that asking again gives another answer; the seed is kept with the answer.

    Args:
        settings: Holds the temperature.
        card: May set `answer_tokens`, `top_p`, `top_k` and `repetition_penalty` in its options.
    """
    tokens = int(_option(card, "answer_tokens", ANSWER_TOKENS))
    temperature: float = settings.get("temperature")
    if temperature <= 0:
        return Sampling(max_tokens=tokens)
    return Sampling(
        temperature=round(temperature, 3),
        top_p=float(_option(card, "top_p", TOP_P)),
        top_k=int(_option(card, "top_k", TOP_K)),
        repetition_penalty=float(_option(card, "repetition_penalty", REPETITION_PENALTY)),
        seed=_SEEDS.randrange(1, 2**31),
        max_tokens=tokens,
    )


def _option(card: Card, name: str, default: float) -> float:
    found = dict(card.options).get(name, default)
    # A card of the user's may hold anything; a word instead of a number must not end the question.
    return default if isinstance(found, str | bool) else found
