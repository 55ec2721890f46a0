"""Evaluations in files: written, read again, and two of them compared item by item."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import (
    Comparison,
    Evaluation,
    GroupCompared,
    Item,
    Metric,
    PixelBoxF,
)
from inspector_app.learning.paired_tests import mcnemar
from inspector_app.parsing.texts import texts
from inspector_app.store.whole_files import write_whole

_UNDEFINED = float("nan")


def write_evaluation(evaluation: Evaluation, path: Path) -> None:
    """Writes an evaluation, whole or not at all.

    Raises:
        StoreError: The file cannot be written.
    """
    write_whole(path, json.dumps(evaluation.to_json(), ensure_ascii=False, allow_nan=False) + "\n")


def read_evaluation(path: Path) -> Evaluation:
    """Reads what `inspector evaluate --json` wrote.

    Raises:
        BadInputError: It is missing or something else.
    """
    try:
        data: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadInputError(f"There is no file {path}.", "Check the path.") from None
    except (OSError, ValueError) as error:
        raise BadInputError(f"{path} cannot be read as JSON: {error}.") from error
    try:
        return _evaluation(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInputError(
            f"{path} is no evaluation: {error!r} is missing or odd.",
            "Make it with: inspector evaluate ... --json FILE",
        ) from error


def compare(first: Evaluation, second: Evaluation, language: str = "en") -> Comparison:
    """Compares two evaluations of the same task on the items that both have.

    Args:
        first: One.
        second: The other one.
        language: Of what speaks against the comparison.

    Raises:
        BadInputError: They have no item in common, or are of different tasks.
    """
    if first.task != second.task:
        raise BadInputError(
            f"One evaluation is of {first.task}, the other one of {second.task}.",
            "Compare two of the same task.",
        )
    pairs = answered_by_both(first, second)
    if not pairs:
        raise BadInputError(
            "The two evaluations have no item in common.", "Evaluate both on the same data."
        )
    one = [bool(first.items[n].right) for n, _ in pairs]
    two = [bool(second.items[m].right) for _, m in pairs]
    groups: dict[tuple[str, str], list[int]] = {}
    for place, (n, _) in enumerate(pairs):
        for group in first.items[n].groups:
            groups.setdefault(group, []).append(place)
    return Comparison(
        first.who,
        second.who,
        len(pairs),
        mcnemar(one, two),
        {
            name: (metric, second.metrics[name])
            for name, metric in first.metrics.items()
            if name in second.metrics
        },
        tuple(
            GroupCompared(
                group,
                value,
                len(members),
                sum(one[n] for n in members) / len(members),
                sum(two[n] for n in members) / len(members),
                mcnemar([one[n] for n in members], [two[n] for n in members]),
            )
            for (group, value), members in sorted(groups.items())
        ),
        tuple(n for (n, _), a, b in zip(pairs, one, two, strict=True) if a and not b),
        tuple(m for (_, m), a, b in zip(pairs, one, two, strict=True) if b and not a),
        _concerns(first, second, len(pairs), language),
    )


def answered_by_both(first: Evaluation, second: Evaluation) -> list[tuple[int, int]]:
    """Returns the places, in the items of either, of what neither of them failed on."""
    places = {key: n for n, key in enumerate(_keys(second.items))}
    pairs = ((n, places.get(key)) for n, key in enumerate(_keys(first.items)))
    return [
        (n, m)
        for n, m in pairs
        if m is not None and first.items[n].right is not None and second.items[m].right is not None
    ]


def _concerns(first: Evaluation, second: Evaluation, common: int, language: str) -> tuple[str, ...]:
    words = texts("evaluation", language)
    found: list[str] = []
    if not first.data_sha256 or not second.data_sha256:
        found.append(words["data_unknown"])
    elif first.data_sha256 != second.data_sha256:
        found.append(words["data_differ"])
    most = max(len(first.items), len(second.items))
    if common < most:
        found.append(words["left_out"].format(count=most - common))
    if first.decided_by != second.decided_by:
        found.append(words["decided"])
    return tuple(found)


def _keys(items: Sequence[Item]) -> list[tuple[str, str, int]]:
    """Names items so that the same ones are found in another evaluation.

    By the path below the folder that all images share (data may lie elsewhere on another machine),
    the question, and which of several such items it is.
    """
    paths = [item.image for item in items if item.image]
    root = os.path.commonpath([os.path.dirname(path) for path in paths]) if paths else ""
    seen: Counter[tuple[str, str]] = Counter()
    keys: list[tuple[str, str, int]] = []
    for item in items:
        key = (os.path.relpath(item.image, root) if item.image else "", item.question)
        keys.append((*key, seen[key]))
        seen[key] += 1
    return keys


def _evaluation(data: dict[str, Any]) -> Evaluation:
    return Evaluation(
        str(data["engine"]),
        str(data["adapter"]),
        str(data["task"]),
        str(data["manifest"]),
        str(data["split"]),
        _metrics(data["metrics"]),
        tuple(_item(each) for each in data["items"]),
        {
            group: {value: _metrics(figures) for value, figures in values.items()}
            for group, values in data["groups"].items()
        },
        str(data["decided_by"]),
        str(data["data_sha256"]),
        int(data["n"]) if data["task"] == "receipt" else 0,
    )


def _metrics(data: dict[str, dict[str, Any]]) -> dict[str, Metric]:
    def part(each: dict[str, Any], key: str) -> float:
        return _UNDEFINED if each[key] is None else float(each[key])

    return {
        name: Metric(part(each, "value"), part(each, "low"), part(each, "high"), int(each["n"]))
        for name, each in data.items()
    }


def _item(data: dict[str, Any]) -> Item:
    right, score, truth = data["right"], data["score"], data["truth"]
    return Item(
        str(data["image"]),
        str(data["wanted"]),
        str(data["given"]),
        None if right is None else bool(right),
        str(data["question"]),
        None if score is None or not math.isfinite(score) else float(score),
        _boxes(data["boxes"]),
        None if truth is None else _boxes(truth),
        tuple((str(name), str(value)) for name, value in data["groups"].items()),
        str(data["said"]),
        str(data["trouble"]),
        float(data["seconds"]),
    )


def _boxes(data: list[list[float]]) -> tuple[PixelBoxF, ...]:
    return tuple(cast("PixelBoxF", tuple(float(value) for value in box)) for box in data)
