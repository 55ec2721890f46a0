"""What an evaluation found: figures with their intervals, and every item they were made from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

PixelBoxF = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its interval.

    Attributes:
        value: The figure on all items; NaN where it is undefined.
        low: Lower end of the 95 % interval.
        high: Upper end.
        n: Items it is computed from.
    """

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was asked, and what came of it.

    Attributes:
        image: Path; empty where only words were asked about.
        question: As it was asked; the name of the field for documents; empty for detection.
        wanted: What is right: "good" or "defect" for detection, an answer, a field's value.
        given: What the engine says, in the same words.
        right: Whether that is right; None when the engine failed.
        score: The engine's own score; None without one.
        boxes: Found, in pixels of the upright image.
        truth: True boxes likewise; None where they are unknown.
        groups: What the item belongs to, name -> value ("defect_type" -> "scratch").
        said: The engine's whole answer, in words.
        trouble: Why it failed.
        seconds: Wall time.
    """

    image: str
    wanted: str
    given: str
    right: bool | None
    question: str = ""
    score: float | None = None
    boxes: tuple[PixelBoxF, ...] = ()
    truth: tuple[PixelBoxF, ...] | None = None
    groups: tuple[tuple[str, str], ...] = ()
    said: str = ""
    trouble: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An engine on one split of a data set.

    Attributes:
        engine: Card id.
        adapter: Its id; empty for the base model.
        task: "detect", "vqa" or "receipt".
        manifest: Path.
        split: Which part.
        metrics: Name -> figure; names are those of the command-line contract.
        items: In the order of the manifest.
        groups: Figures of a part of the items: group -> value -> name -> figure.
        decided_by: What "defect" rests on: the engine's "verdict", or "boxes" for engines without
            one; empty for other tasks.
        data_sha256: Of the truth and the images, so that two evaluations of the same thing can be
            told from those of different ones.
        documents: How many, where several items are of one; 0 where each item stands for itself.
    """

    engine: str
    adapter: str
    task: str
    manifest: str
    split: str
    metrics: dict[str, Metric]
    items: tuple[Item, ...]
    groups: dict[str, dict[str, dict[str, Metric]]]
    decided_by: str = ""
    data_sha256: str = ""
    documents: int = 0

    @property
    def n(self) -> int:
        """Images, questions or documents that were asked about."""
        return self.documents or len(self.items)

    @property
    def who(self) -> str:
        """Engine and adapter ("qwen2-vl-2b+receipts")."""
        return "+".join(filter(None, (self.engine, self.adapter)))

    def to_json(self) -> dict[str, Any]:
        """Returns the form fixed by the command-line contract; undefined figures are null."""
        return {
            "engine": self.engine,
            "adapter": self.adapter,
            "task": self.task,
            "manifest": self.manifest,
            "split": self.split,
            "n": self.n,
            "metrics": _plain(self.metrics),
            "groups": {
                group: {value: _plain(figures) for value, figures in values.items()}
                for group, values in self.groups.items()
            },
            "decided_by": self.decided_by,
            "data_sha256": self.data_sha256,
            "items": [_item(item) for item in self.items],
        }


@dataclass(frozen=True, slots=True)
class Paired:
    """Two that were judged on the same items.

    Attributes:
        first: Items that only the first one had right (or won).
        second: Items that only the second one had right (or won).
        even: Items on which they are alike.
        p: Chance of a difference at least this large if there is none, two-sided and exact.
    """

    first: int
    second: int
    even: int
    p: float


@dataclass(frozen=True, slots=True)
class GroupCompared:
    """One class, type or kind of question in both evaluations.

    Attributes:
        group: What it is a value of ("defect_type").
        value: Its name ("scratch").
        n: Items.
        first: Share that the first one had right.
        second: Share that the second one had right.
        paired: Which of them only one had right.
    """

    group: str
    value: str
    n: int
    first: float
    second: float
    paired: Paired


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations on the same data, item by item.

    Attributes:
        first: Who answered ("qwen2-vl-2b+receipts").
        second: The other one.
        n: Items that both answered.
        paired: McNemar's test over all of them.
        metrics: Name -> figures of both, for names that both have.
        groups: By class, type or kind.
        only_first: Places in `first.items` of those that only the first one had right.
        only_second: Likewise, of the second one's.
        concerns: What speaks against the comparison, one sentence each.
    """

    first: str
    second: str
    n: int
    paired: Paired
    metrics: dict[str, tuple[Metric, Metric]]
    groups: tuple[GroupCompared, ...]
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]
    concerns: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Returns a form for files; undefined figures are null."""
        data = asdict(self)
        data["metrics"] = {
            name: {"first": _metric(one), "second": _metric(two)}
            for name, (one, two) in self.metrics.items()
        }
        return data


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often what was wanted became what was given.

    Attributes:
        wanted: Names of the rows.
        given: Names of the columns.
        items: Indices of the items in each cell, `items[row][column]`.
    """

    wanted: tuple[str, ...]
    given: tuple[str, ...]
    items: tuple[tuple[tuple[int, ...], ...], ...]


def confusion(items: Sequence[Item], most: int = 12, rest: str = "…") -> Confusion:
    """Counts items by what was wanted and what was given; failed ones are left out.

    Args:
        items: Of one evaluation.
        most: Names of rows or columns; rarer ones go together into `rest`.
        rest: What those are called.
    """
    known = [(n, item) for n, item in enumerate(items) if item.right is not None]
    rows = _names([item.wanted for _, item in known], most, rest)
    columns = _names([item.given for _, item in known], most, rest)
    # What is in both comes first and in the same order, so that right ones lie on the diagonal.
    columns = [name for name in rows if name in columns] + [
        name for name in columns if name not in rows
    ]
    cells: list[list[list[int]]] = [[[] for _ in columns] for _ in rows]
    for n, item in known:
        row = rows.index(item.wanted if item.wanted in rows else rest)
        column = columns.index(item.given if item.given in columns else rest)
        cells[row][column].append(n)
    return Confusion(
        tuple(rows), tuple(columns), tuple(tuple(tuple(cell) for cell in row) for row in cells)
    )


def _names(values: Sequence[str], most: int, rest: str) -> list[str]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    often = sorted(counts, key=lambda name: (-counts[name], name))
    return often if len(often) <= most else [*often[: most - 1], rest]


def _plain(metrics: dict[str, Metric]) -> dict[str, dict[str, float | None]]:
    return {name: _metric(metric) for name, metric in metrics.items()}


def _metric(metric: Metric) -> dict[str, float | None]:
    return {key: number(part) for key, part in asdict(metric).items()}


def _item(item: Item) -> dict[str, Any]:
    data = asdict(item)
    data["score"] = number(item.score)
    data["groups"] = dict(item.groups)
    return data


def number(value: float | None) -> float | None:
    """A number as JSON can hold it: None for one that is undefined."""
    return value if value is not None and math.isfinite(value) else None
