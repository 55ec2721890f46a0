"""What goes to a language model besides the question: demonstrations, and how answers are drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A demonstration for few-shot prompting: by text alone, or with an image of its own."""

    question: str
    answer: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How an answer is drawn; the default is greedy, as inspection wants it."""

    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    seed: int = 0
    max_tokens: int = 512


@dataclass(frozen=True, slots=True)
class PromptCost:
    """What a prompt takes, in tokens of the model, by its own tokenizer and image rule.

    Attributes:
        total: All of it.
        images: Those of pictures.
        examples: What each demonstration adds, in order.
        left_out: Earlier messages that do not fit.
    """

    total: int
    images: int
    examples: tuple[int, ...]
    left_out: int = 0


LIMITS: dict[str, tuple[float, float]] = {
    "temperature": (0.0, 10.0),
    "top_p": (0.01, 1.0),
    "top_k": (0, 1_000_000),
    "min_p": (0.0, 1.0),
    "repetition_penalty": (0.1, 10.0),
    "seed": (0, 2**63 - 1),
    "max_tokens": (1, 32_768),
}  # least and most of each value of `Sampling`
