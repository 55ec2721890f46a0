"""Verdicts and the limits that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is decided about a part."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Limits:
    """Score limits of a recipe, in the unit of its expert's score.

    Attributes:
        review: A score above this needs a look.
        reject: A score above this is rejected; never below `review`.
        pixel: Heat above this belongs to a region.
        false_alarm_rate: The share of good parts that the review limit was set to flag at most.
        good_images: How many held-back good images the limits come from.
        promised: Whether that many images suffice to promise the rate at `confidence`.
        confidence: Confidence of the promise, 0..1.
    """

    review: float
    reject: float
    pixel: float
    false_alarm_rate: float = 0.10
    good_images: int = 0
    promised: bool = False
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if self.reject < self.review:
            raise ValueError(f"reject limit {self.reject} is below review limit {self.review}")

    def decide(self, score: float) -> Verdict:
        """Returns the verdict for an image score."""
        if score > self.reject:
            return Verdict.REJECT
        return Verdict.REVIEW if score > self.review else Verdict.ACCEPT


@dataclass(frozen=True, slots=True)
class RejectCode:
    """Why a person rejected a part: a short stable code and its words."""

    code: str
    text: str
