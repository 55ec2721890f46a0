"""Limits from held-back good images at a stated false-alarm rate.

Distribution-free: the upper tolerance bound by order statistics.  With n good scores, the k-th
smallest is an upper bound of the (1 - rate) quantile with confidence
``P(Binomial(n, 1 - rate) <= k - 1)`` (Wilks 1941).  The smallest n for which even the largest
score suffices is the least n with ``1 - (1 - rate)^n >= confidence``: 29 for 10 % at 95 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a score; a score above a limit passes it.

    Attributes:
        review: Over this a person looks.
        reject: Over this the part is rejected; never under ``review``.
        n: Good scores used.
        false_alarm_rate: Rate that was asked for at ``review``.
        confidence: Confidence of the promise.
        promised: Whether ``false_alarm_rate`` at ``review`` holds with ``confidence``.
        note: Sentence for the engineer.
    """

    review: float
    reject: float
    n: int
    false_alarm_rate: float
    confidence: float
    promised: bool
    note: str


def images_needed(false_alarm_rate: float = 0.10, confidence: float = 0.95) -> int:
    """Good images needed before the rate can be promised.

    Raises:
        ValueError: A rate or confidence outside (0, 1).
    """
    _check(false_alarm_rate, confidence)
    return math.ceil(math.log(1 - confidence) / math.log(1 - false_alarm_rate) - 1e-9)


def tolerance_rank(n: int, false_alarm_rate: float, confidence: float) -> int | None:
    """Smallest rank k (1..n) whose order statistic bounds the quantile; None when n is too small.

    Args:
        n: Number of scores.
        false_alarm_rate: Share of good parts that may lie above.
        confidence: Wanted confidence.
    """
    _check(false_alarm_rate, confidence)
    below = 0.0
    for k in range(1, n + 1):
        # below = P(Binomial(n, 1 - rate) <= k - 1)
        below += math.exp(
            math.lgamma(n + 1)
            - math.lgamma(k)
            - math.lgamma(n - k + 2)
            + (k - 1) * math.log(1 - false_alarm_rate)
            + (n - k + 1) * math.log(false_alarm_rate)
        )
        if below >= confidence - 1e-12:
            return k
    return None


def conformal_rank(n: int, false_alarm_rate: float) -> int:
    """Rank whose order statistic the next good score passes with about the rate, on average.

    Split conformal prediction (Vovk et al. 2005): ``ceil((n + 1)(1 - rate))``.  The average is
    over draws of the n scores as well, so this run's rate may well be higher: no promise.  With
    fewer than ``1 / rate - 1`` scores the largest is the nearest there is.

    Args:
        n: Number of scores, 1 or more.
        false_alarm_rate: Share of good parts that may lie above.
    """
    _check(false_alarm_rate, 0.5)
    return min(n, math.ceil((n + 1) * (1 - false_alarm_rate) - 1e-9))


def calibrate(
    scores_good: Sequence[float],
    false_alarm_rate: float = 0.10,
    confidence: float = 0.95,
    reject_margin: float = 1.0,
) -> Limits:
    """Compute review and reject limits from the scores of held-back good images.

    ``review`` is the tolerance bound.  With too few images for that it is the split-conformal
    quantile (see :func:`conformal_rank`), an estimate that promises nothing.
    ``reject`` is the tolerance bound for a tenth of the rate when there are images enough for it
    (299 for 1 % at 95 %); otherwise the largest score plus ``reject_margin`` times the range from
    the median to the largest score, which is a margin and promises nothing.

    Args:
        scores_good: Scores of good images that the bank has not seen.
        false_alarm_rate: Share of good parts allowed over ``review``.
        confidence: Confidence of that promise.
        reject_margin: Margin for few images, in ranges from median to largest.

    Raises:
        ValueError: No scores, a score that is not finite, or a bad rate or confidence.
    """
    _check(false_alarm_rate, confidence)
    scores = sorted(float(score) for score in scores_good)
    if not scores or not all(math.isfinite(score) for score in scores):
        raise ValueError("limits need at least one good score, all of them finite")
    n = len(scores)
    middle = (scores[(n - 1) // 2] + scores[n // 2]) / 2
    largest = scores[-1]
    rank = tolerance_rank(n, false_alarm_rate, confidence)
    promised = rank is not None
    review = scores[(rank if rank is not None else conformal_rank(n, false_alarm_rate)) - 1]
    strict = tolerance_rank(n, false_alarm_rate / 10, confidence)
    if strict is not None:
        reject = scores[strict - 1]
    else:
        spread = max(largest - middle, 1e-6 * max(1.0, abs(largest)))
        reject = largest + reject_margin * spread
    rate, sure = _percent(false_alarm_rate), _percent(confidence)
    if promised:
        note = (
            f"{n} good images: at most {rate} false alarms at the review limit, "
            f"with {sure} confidence."
        )
    else:
        need = images_needed(false_alarm_rate, confidence)
        note = (
            f"{n} good images: a false-alarm rate of {rate} cannot be promised with {sure} "
            f"confidence; that needs at least {need}. The review limit is only the best estimate."
        )
    if strict is None:
        note += " The reject limit is a margin over the largest good score, not a promised rate."
    return Limits(review, max(reject, review), n, false_alarm_rate, confidence, promised, note)


def _percent(share: float) -> str:
    """Share as text in per cent."""
    return f"{share * 100:g} %"


def _check(false_alarm_rate: float, confidence: float) -> None:
    """Refuse shares outside (0, 1)."""
    if not 0 < false_alarm_rate < 1 or not 0 < confidence < 1:
        raise ValueError("false-alarm rate and confidence must lie between 0 and 1")
