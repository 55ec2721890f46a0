"""Charts of a report as plain shapes, drawn by the PDF and the HTML report alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.verdicts import Limits
from inspector_app.reports.summary import ReportData
from inspector_app.reports.texts import Words

MOST_BARS = 10
_LETTER = 0.52  # mean width of a letter in sizes of the font


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, a line or a text; x to the right, y down, in points.

    Attributes:
        kind: "rect", "line", "dash" or "text".
        points: `x1, y1, x2, y2, ...`; of a text its anchor on the baseline.
        tone: Name of its colour: "ink", "muted", "grid", "bar", "line", "accept", "review",
            "reject".
        text: Of a text.
        anchor: "start", "middle" or "end".
        size: Of a text.
    """

    kind: str
    points: tuple[float, ...]
    tone: str
    text: str = ""
    anchor: str = "start"
    size: float = 8.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width x height` points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def pareto_chart(data: ReportData, words: Words, width: float, height: float) -> Chart:
    """Draws bars of the labels, most frequent first, and the line of their running share."""
    pairs = list(data.pareto[:MOST_BARS])
    rest = sum(count for _, count in data.pareto[MOST_BARS:])
    if rest:
        pairs.append((words("others"), rest))
    total = sum(count for _, count in pairs)
    left, right, top, bottom = 30.0, 34.0, 14.0, 34.0
    inner, tall = width - left - right, height - top - bottom
    ceiling, step = nice_ceiling(max(count for _, count in pairs))
    shapes: list[Shape] = []
    for i in range(round(ceiling / step) + 1):
        y = top + tall - tall * i * step / ceiling
        shapes.append(Shape("line", (left, y, left + inner, y), "grid"))
        text = words.whole(round(i * step))
        shapes.append(Shape("text", (left - 5, y + 2.8), "muted", text, "end"))
    for share in (0, 50, 100):
        y = top + tall - tall * share / 100
        shapes.append(Shape("text", (left + inner + 5, y + 2.8), "muted", f"{share} %"))
    slot = inner / len(pairs)
    bar = min(slot * 0.62, 56.0)
    running, line = 0, []
    for i, (label, count) in enumerate(pairs):
        middle = left + slot * (i + 0.5)
        y = top + tall - tall * count / ceiling
        shapes.append(Shape("rect", (middle - bar / 2, y, middle + bar / 2, top + tall), "bar"))
        shapes.append(Shape("text", (middle, y - 3.5), "ink", words.whole(count), "middle"))
        lines = _label_lines(label, slot - 4, 7.5)
        for j, text in enumerate(lines):
            place = (middle, top + tall + 11 + 9.5 * j)
            shapes.append(Shape("text", place, "ink", text, "middle", 7.5))
        running += count
        line += [middle, top + tall - tall * running / total]
    if len(pairs) > 1:  # a single bar is all there is; a mark would only hide its number
        shapes.append(Shape("line", tuple(line), "line"))
        shapes += [
            Shape("rect", (x - 1.8, y - 1.8, x + 1.8, y + 1.8), "line")
            for x, y in zip(line[::2], line[1::2], strict=True)
        ]
    return Chart(width, height, tuple(shapes))


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores that share a unit.

    Attributes:
        values: Of the engine and recipe with most of them.
        engine: Which engine.
        recipe: Which recipe; empty without one.
        left_out: How many scores belong to others.
        limits: Their limits, when they share them.
    """

    values: tuple[float, ...]
    engine: str
    recipe: str
    left_out: int
    limits: Limits | None


def scores_of(data: ReportData) -> Scores | None:
    """Returns the scores to draw, None when there are none."""
    groups: dict[tuple[str, str], list[float]] = {}
    limits: dict[tuple[str, str], set[Limits | None]] = {}
    for row in data.images:
        if row.score is not None and math.isfinite(row.score):
            key = (row.engine, row.recipe)
            groups.setdefault(key, []).append(row.score)
            limits.setdefault(key, set()).add(row.limits)
    if not groups:
        return None
    key = max(sorted(groups), key=lambda k: len(groups[k]))
    shared = next(iter(limits[key])) if len(limits[key]) == 1 else None
    others = sum(len(values) for k, values in groups.items() if k != key)
    return Scores(tuple(groups[key]), *key, others, shared)


def score_chart(scores: Scores, words: Words, width: float, height: float) -> Chart:
    """Draws how many images have which score, and the limits as dashed lines."""
    values, limits = scores.values, scores.limits
    marks = [limits.review, limits.reject] if limits else []
    marks = [mark for mark in marks if math.isfinite(mark)]
    low, high = min(*values, *marks, values[0]), max(*values, *marks, values[0])
    if high - low < 1e-9 * max(1.0, abs(low), abs(high)):  # all the same, but for rounding
        low, high = low - 0.5, high + 0.5
    margin = (high - low) * 0.04
    low, high = low - margin, high + margin
    bins = max(8, min(40, round(2 * math.sqrt(len(values))) + 6))
    # A bar that a limit runs through has both colours, by what each image got.
    stacks: list[Counter[str]] = [Counter() for _ in range(bins)]
    for value in values:
        place = min(bins - 1, int((value - low) / (high - low) * bins))
        stacks[place][limits.decide(value).value if limits else "bar"] += 1
    left, right, top, bottom = 30.0, 12.0, 30.0, 20.0
    inner, tall = width - left - right, height - top - bottom
    ceiling, step = nice_ceiling(max(stack.total() for stack in stacks))
    shapes: list[Shape] = []
    for i in range(round(ceiling / step) + 1):
        y = top + tall - tall * i * step / ceiling
        shapes.append(Shape("line", (left, y, left + inner, y), "grid"))
        text = words.whole(round(i * step))
        shapes.append(Shape("text", (left - 5, y + 2.8), "muted", text, "end"))
    wide = inner / bins
    for i, stack in enumerate(stacks):
        x, y = left + wide * i, top + tall
        for tone in ("accept", "bar", "review", "reject"):
            tip = y - tall * stack[tone] / ceiling
            if stack[tone]:
                shapes.append(Shape("rect", (x + 0.6, tip, x + wide - 0.6, y), tone))
            y = tip
    ticks = _ticks(low, high, 6)
    decimals = max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9)) if ticks[1:] else 2
    for tick in ticks:
        x = left + inner * (tick - low) / (high - low)
        text = words.fixed(tick, decimals)
        shapes.append(Shape("text", (x, top + tall + 11), "muted", text, "middle"))
    if limits:
        shapes += _limit_marks(limits, words, (low, high), (left, inner, top, tall))
    return Chart(width, height, tuple(shapes))


def _limit_marks(
    limits: Limits,
    words: Words,
    span: tuple[float, float],
    frame: tuple[float, float, float, float],
) -> list[Shape]:
    left, inner, top, tall = frame
    shapes: list[Shape] = []
    for i, (value, key) in enumerate(((limits.review, "review"), (limits.reject, "reject"))):
        if not math.isfinite(value):
            continue
        x = left + inner * (value - span[0]) / (span[1] - span[0])
        y = top - 18 + 10 * i  # one above the other: they may be close
        shapes.append(Shape("dash", (x, y + 2, x, top + tall), "line"))
        text = words(f"{key}_limit", value=words.number(value))
        after = x < left + inner * 0.6
        place = (x + 4, y + 7) if after else (x - 4, y + 7)
        shapes.append(Shape("text", place, "ink", text, "start" if after else "end", 7.5))
    return shapes


def _label_lines(label: str, room: float, size: float) -> list[str]:
    """Breaks a label into two lines at most."""
    letters = max(3, int(room / (size * _LETTER)))
    lines = [""]
    for word in label.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [line if len(line) <= letters else line[: letters - 1] + "…" for line in lines]


def nice_ceiling(most: int) -> tuple[int, int]:
    """Returns the end and the step of an axis from 0 that holds `most`."""
    step = 1
    while most / step > 5:
        digit = int(str(step)[0])
        step = step * 2 if digit != 2 else step // 2 * 5
    return max(step, math.ceil(most / step) * step), step


def _ticks(low: float, high: float, most: int) -> Sequence[float]:
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * f for f in (1, 2, 5, 10) if power * f >= raw)
    first = math.ceil(low / step)
    return [i * step for i in range(first, math.floor(high / step) + 1)]
