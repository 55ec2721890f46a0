"""Words for what judges say: who is ahead, how sure that is, how far judges agree."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from inspector_app.domain.evaluation import Paired
from inspector_app.domain.judging import FIRST, SECOND, Agreement, Match

_SURE = 0.05
_SMALLEST = 0.001


def number(value: float, digits: int) -> str:
    """Returns a number as the language writes it, in one piece."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(value, "f", digits)


def chance(p: float) -> str:
    """Returns a p value: "p = 0.031", "p < 0.001"."""
    if p < _SMALLEST:
        return f"p < {number(_SMALLEST, 3)}"
    return f"p = {number(p, 3)}"


def verdict_text(paired: Paired, first: str, second: str) -> str:
    """Returns a sign test in plain words; for wins as for items that only one had right.

    Args:
        paired: Its numbers.
        first: Who the first one is.
        second: Likewise.
    """
    translate = QCoreApplication.translate
    if not paired.first + paired.second:
        return translate("JudgingWords", "Nothing speaks for either of the two.")
    if paired.first == paired.second:
        return translate("JudgingWords", "As much speaks for one as for the other.")
    ahead = first if paired.first > paired.second else second
    times = number(100 * paired.p, 0) if paired.p >= 0.01 else number(100 * paired.p, 1)
    if paired.p < _SMALLEST:
        times = f"< {number(0.1, 1)}"
    if paired.p < _SURE:
        text = translate(
            "JudgingWords",
            "{name} is ahead. By chance alone so large a difference comes about {times} times in "
            "100 ({p}), so it is hardly chance.",
        )
    else:
        text = translate(
            "JudgingWords",
            "{name} is ahead, but by chance alone so large a difference comes about {times} times "
            "in 100 ({p}): too often to say that it is better.",
        )
    return text.format(name=ahead, times=times, p=chance(paired.p))


def agreement_text(each: Agreement) -> str:
    """Returns how far a model and people agree; the words for kappa are Landis and Koch's."""
    translate = QCoreApplication.translate
    share = translate(
        "JudgingWords", "{model} and people say the same of {same} % of {n} pairs."
    ).format(model=each.model, same=number(100 * each.same, 0), n=each.n)
    if each.kappa is None:
        rest = translate(
            "JudgingWords", "Both always say the same thing, so chance would do as well."
        )
    else:
        rest = translate("JudgingWords", "Beyond chance: {word} (kappa {kappa}).").format(
            word=_kappa_word(each.kappa), kappa=number(each.kappa, 2)
        )
    return f"{share} {rest}"


def _kappa_word(kappa: float) -> str:
    translate = QCoreApplication.translate
    if kappa <= 0:
        return translate("JudgingWords", "no agreement")
    if kappa <= 0.2:
        return translate("JudgingWords", "slight agreement")
    if kappa <= 0.4:
        return translate("JudgingWords", "fair agreement")
    if kappa <= 0.6:
        return translate("JudgingWords", "moderate agreement")
    if kappa <= 0.8:
        return translate("JudgingWords", "substantial agreement")
    return translate("JudgingWords", "almost perfect agreement")


def winner_text(winner: str, match: Match) -> str:
    """Returns who won by name."""
    if winner == FIRST:
        return match.first
    if winner == SECOND:
        return match.second
    return QCoreApplication.translate("JudgingWords", "as good")
