"""From what a model wrote to the answer that is shown, as the way of asking says."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace

from inspector_app.domain.asking import Made, Reads, ScoredOption, Way
from inspector_app.domain.events import Finished
from inspector_app.domain.findings import FoundBox
from inspector_app.parsing.answer_forms import (
    NOT_THERE,
    cited_numbers,
    field_names,
    read_answer,
    read_fields,
    read_places,
    stated_count,
)
from inspector_app.parsing.texts import texts


def read(
    way: Way, made: Made, last: Finished, size: tuple[int, int], language: str
) -> tuple[Finished, Made]:
    """Finds the answer in the end of the last stage.

    Args:
        way: How it was asked.
        made: What the answer was made of so far.
        last: The end of the last stage; its raw text is kept as it is.
        size: Width and height in pixels that boxes under `Reads.PLACES` refer to.
        language: Of what is to be said of it.

    Returns:
        The end with answer, boxes and remarks as they count, and what the answer was made of.
    """
    match way.reads:
        case Reads.COUNT:
            return _remarked(last, _count_remarks(last, language)), made
        case Reads.PLACES:
            return _places(last, size, language), made
        case Reads.FIELDS:
            return _fields(made, last, language), made
        case Reads.TEXT | Reads.STEPS | Reads.CITED:
            return _words(way, made, last, language)
        case Reads.CHOICE:
            return last, made


def score_options(options: Sequence[str], scores: Sequence[float]) -> tuple[ScoredOption, ...]:
    """Returns the options with their shares.

    Shares are likelihoods over the sum of them, once of the whole answers, once of the likelihood
    by byte (as the LM Evaluation Harness normalises), which favours no short answer.

    Args:
        options: The answers.
        scores: Log-likelihood of each, in nats.
    """
    by_length = [
        score / max(1, len(option.encode())) for option, score in zip(options, scores, strict=True)
    ]
    rows = zip(options, scores, _shares(scores), _shares(by_length), strict=True)
    return tuple(ScoredOption(*row) for row in rows)


def option_remarks(options: Sequence[ScoredOption], language: str) -> list[str]:
    """Returns what there is to say of scored options: that length decided, if it did."""
    best = max(options, key=lambda option: option.share)
    fair = max(options, key=lambda option: option.share_by_length)
    if fair.share_by_length <= best.share_by_length:
        return []
    return [texts("asking", language)["lengths_differ"].format(option=fair.text)]


def _words(way: Way, made: Made, last: Finished, language: str) -> tuple[Finished, Made]:
    words = texts("asking", language)
    parsed = read_answer(
        last.answer, made.ask.format, steps=way.reads is Reads.STEPS, language=language
    )
    remarks = [words[parsed.trouble]] if parsed.trouble else []
    rationale = "\n\n".join(filter(None, (made.rationale, parsed.rationale)))
    made = replace(made, rationale=rationale)
    if way.reads is Reads.CITED:
        # What a person took out of the context was not there for the model.
        there = set(cited_numbers(made.ask.context))
        told = cited_numbers(last.answer)
        cited = tuple(number for number in told if number in there)
        unknown = tuple(number for number in told if number not in there)
        made = replace(made, cited=cited, unknown=unknown)
        if unknown:
            numbers = ", ".join(f"[{number}]" for number in unknown)
            remarks.append(words["unknown"].format(numbers=numbers))
        if not cited:
            remarks.append(words["uncited"])
    return _remarked(replace(last, answer=parsed.answer), remarks), made


def _count_remarks(last: Finished, language: str) -> list[str]:
    words = texts("asking", language)
    stated, marked = stated_count(last.answer), len(last.boxes)
    if stated is None:
        return [words["count_missing"].format(marked=marked)]
    if stated != marked:
        return [words["count_differs"].format(stated=stated, marked=marked)]
    return []


def _places(last: Finished, size: tuple[int, int], language: str) -> Finished:
    words = texts("asking", language)
    found = read_places(last.raw, size)
    remarks: list[str] = []
    if not found.whole:
        remarks.append(words["unfinished"])
    width, height = found.size
    if found.size != size:
        remarks.append(words["size_differs"].format(width=width, height=height))
    if found.outside:
        told = {"count": found.outside, "width": width, "height": height}
        remarks.append(words["outside"].format(**told))
    answer = _labels(found.boxes) or words["no_place"]
    return _remarked(replace(last, answer=answer, boxes=found.boxes), remarks)


def _fields(made: Made, last: Finished, language: str) -> Finished:
    words = texts("asking", language)
    data = read_fields(last.raw)
    if data is None:
        return _remarked(last, [words["unfinished"]])
    names = field_names(made.ask.fields)
    shown = {name: data.get(name, NOT_THERE) for name in names}
    lines = [
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in shown.items()
    ]
    count = sum(value == NOT_THERE for value in shown.values())
    remarks = [words["missing"].format(count=count, total=len(names))] if count else []
    return _remarked(replace(last, answer="\n".join(lines)), remarks)


def _labels(boxes: Sequence[FoundBox]) -> str:
    return ", ".join(box.label.strip() or "?" for box in boxes)


def _remarked(last: Finished, remarks: Sequence[str]) -> Finished:
    return replace(last, reasons=(*last.reasons, *remarks))


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    return [weight / sum(weights) for weight in weights]
