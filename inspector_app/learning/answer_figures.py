"""Figures of answers and of the reasons given for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspector_app.domain.evaluation import Item, Metric
from inspector_app.learning.answer_match import token_f1, vqa_accuracy
from inspector_app.learning.detection_figures import by_group
from inspector_app.learning.metrics import mean
from inspector_app.learning.text_likeness import anls, chrf, corpus_bleu, rouge_l

# A reason that shares this much with one of a person's counts as right in `both_right`.
RIGHT_REASON = 0.3


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with all that it is judged by.

    Attributes:
        item: What was asked and said.
        right: Answers of people.
        language: Of question and answer.
        reasons: Of people; empty where the data give none.
        reason: The engine's.
    """

    item: Item
    right: tuple[str, ...]
    language: str = "en"
    reasons: tuple[str, ...] = ()
    reason: str = ""


Groups = dict[str, dict[str, dict[str, Metric]]]


def answer_figures(answered: Sequence[Answered]) -> tuple[dict[str, Metric], Groups]:
    """Figures over all that were answered, and those of every kind and class.

    `exact_match`, `token_f1`, `vqa_accuracy`, `anls`; with reasons also `explanation_bleu`,
    `explanation_rouge_l`, `explanation_chrf` (all of them, whether the answer is right or not) and
    `both_right`: the answer is right and ROUGE-L of the reason is at least `RIGHT_REASON`.
    """
    known = [each for each in answered if not each.item.trouble]
    columns = {name: [score(each) for each in known] for name, score in _SCORES.items()}
    explained = [each for each in known if each.reasons]
    figures = {name: mean(values) for name, values in columns.items()} if known else {}
    if explained:
        figures |= {
            name: mean([score(each) for each in explained]) for name, score in _REASONS.items()
        }
        figures["explanation_bleu"] = corpus_bleu(
            [each.reason for each in explained], [each.reasons for each in explained]
        )
    place = {id(each.item): n for n, each in enumerate(known)}

    def part(items: Sequence[Item]) -> dict[str, Metric]:
        return {
            name: mean([values[place[id(item)]] for item in items])
            for name, values in columns.items()
        }

    items = [each.item for each in known]
    return figures, by_group("kind", items, part) | by_group("category", items, part)


def _exact(each: Answered) -> float:
    return float(bool(each.item.right))


def _rouge(each: Answered) -> float:
    return rouge_l(each.reason, each.reasons)


_SCORES: dict[str, Callable[[Answered], float]] = {
    "exact_match": _exact,
    "token_f1": lambda each: token_f1(each.item.given, each.right, each.language),
    "vqa_accuracy": lambda each: vqa_accuracy(each.item.given, each.right, each.language),
    "anls": lambda each: anls(each.item.given, each.right),
}
_REASONS: dict[str, Callable[[Answered], float]] = {
    "explanation_rouge_l": _rouge,
    "explanation_chrf": lambda each: chrf(each.reason, each.reasons),
    "both_right": lambda each: float(bool(each.item.right) and _rouge(each) >= RIGHT_REASON),
}
