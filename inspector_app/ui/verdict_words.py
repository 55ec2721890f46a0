"""Verdicts and scores in words, the same everywhere in the window."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.verdicts import Limits, Verdict


def verdict_word(verdict: Verdict | None) -> str:
    """Returns the verdict in the user's language; "not inspected" for None."""
    translate = QCoreApplication.translate
    if verdict is Verdict.ACCEPT:
        return translate("Verdict", "accept")
    if verdict is Verdict.REVIEW:
        return translate("Verdict", "review")
    if verdict is Verdict.REJECT:
        return translate("Verdict", "reject")
    return translate("Verdict", "not inspected")


def score_text(score: float | None) -> str:
    """Returns a score with two decimals by the user's locale; empty when there is none."""
    if score is None or math.isnan(score):
        return ""
    return QLocale().toString(float(score), "f", 2)


def limit_text(score: float | None, limits: Limits | None, verdict: Verdict | None) -> str:
    """Returns the comparison that decided: "0.83 > 0.41", "0.12 ≤ 0.30", or only the score.

    More decimals are shown where two would print both sides alike.
    """
    if score is None or math.isnan(score):
        return ""
    if limits is None:
        return score_text(score)
    rejected = verdict is Verdict.REJECT if verdict is not None else score > limits.reject
    limit = limits.reject if rejected else limits.review
    locale = QLocale()
    left = right = ""
    for digits in (2, 3, 4, 6):
        left, right = (locale.toString(float(value), "f", digits) for value in (score, limit))
        if left != right or score == limit:
            break
    return f"{left} {'>' if score > limit else '≤'} {right}"
