"""Figures of detection from what an engine said of every image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from inspector_app.domain.evaluation import Item, Metric
from inspector_app.domain.heat import HeatMap
from inspector_app.learning import metrics
from inspector_app.learning.region_overlap import RegionHistograms, au_pro, region_histograms

DEFECT, GOOD = "defect", "good"
_PIXEL_ROUNDS = 300  # a round over histograms costs more than one over numbers


@dataclass(frozen=True, slots=True)
class HeatTruth:
    """A heat map with the place of the defect.

    Attributes:
        heat: The engine's.
        mask: `[h, w]` booleans of the upright image, true where defective; None for a good part.
    """

    heat: HeatMap
    mask: np.ndarray | None


def image_figures(items: Sequence[Item]) -> dict[str, Metric]:
    """Figures of whole images: from the scores, where there are some, and from the decisions."""
    figures: dict[str, Metric] = {}
    scored = [item for item in items if item.score is not None]
    if scored:
        scores = np.array([item.score for item in scored], float)
        positive = np.array([item.wanted == DEFECT for item in scored])
        figures["image_auroc"] = metrics.bootstrap(
            lambda i: metrics.auroc(scores[i], positive[i]), len(scored)
        )
    decided = [item for item in items if item.given]
    if decided:
        flagged = np.array([item.given == DEFECT for item in decided])
        defect = np.array([item.wanted == DEFECT for item in decided])
        for name, statistic in _DECISIONS.items():
            figures[name] = metrics.bootstrap(
                lambda i, statistic=statistic: statistic(flagged[i], defect[i]), len(decided)
            )
    return figures


def box_figures(items: Sequence[Item]) -> dict[str, Metric]:
    """Figures of boxes; good parts count too: a box found on one is a false one."""
    known = [item for item in items if item.truth is not None and not item.trouble]
    if not any(item.truth for item in known):
        return {}
    at03 = [metrics.match_boxes(item.truth or (), item.boxes, 0.3) for item in known]
    at05 = [metrics.match_boxes(item.truth or (), item.boxes, 0.5) for item in known]
    truth = np.array([match.truth for match in at03], float)
    found = np.array([match.found for match in at03], float)
    matched = np.array([match.matched for match in at03], float)
    columns = {
        "iou_mean": (np.array([sum(match.best_ious) for match in at03]), truth),
        "iou_at_03": (_reached(at03, 0.3), truth),
        "iou_at_05": (_reached(at05, 0.5), truth),
        "box_recall": (matched, truth),
        "box_precision": (matched, found),
    }
    return {
        name: metrics.bootstrap(metrics.pooled_ratio(parts, wholes), len(known))
        for name, (parts, wholes) in columns.items()
    }


def pixel_figures(heats: Sequence[HeatTruth]) -> dict[str, Metric]:
    """Pixel AUROC and per-region overlap (`au_pro`, up to 30 % false pixels)."""
    if not any(each.mask is not None for each in heats):
        return {}
    low = min(each.heat.low for each in heats)
    high = max(each.heat.high for each in heats)
    images = [_histograms(each, low, high) for each in heats]
    negative = np.stack([image.negative for image in images])
    positive = np.stack([sum(image.regions, np.zeros(negative.shape[1])) for image in images])
    return {
        "pixel_auroc": metrics.bootstrap(
            lambda i: metrics.histogram_auroc(negative[i].sum(0), positive[i].sum(0)),
            len(images),
            rounds=_PIXEL_ROUNDS,
        ),
        "au_pro": metrics.bootstrap(
            lambda i: au_pro([images[n] for n in i]), len(images), rounds=_PIXEL_ROUNDS
        ),
    }


def by_group(
    group: str, items: Sequence[Item], figures: Callable[[Sequence[Item]], dict[str, Metric]]
) -> dict[str, dict[str, dict[str, Metric]]]:
    """Figures of every value of a group: group -> value -> name -> figure; empty without any.

    Args:
        group: Its name.
        items: All of them.
        figures: Makes the figures of some items.
    """
    parts: dict[str, list[Item]] = {}
    for item in items:
        for name, value in item.groups:
            if name == group:
                parts.setdefault(value, []).append(item)
    return {group: {value: figures(parts[value]) for value in sorted(parts)}} if parts else {}


def part_figures(items: Sequence[Item]) -> dict[str, Metric]:
    """Figures of a class of parts, or of one type of defect together with the good ones."""
    return image_figures(items) | box_figures(items)


def _recall(flagged: np.ndarray, defect: np.ndarray) -> float:
    return float(np.mean(flagged[defect])) if defect.any() else float("nan")


def _specificity(flagged: np.ndarray, defect: np.ndarray) -> float:
    return 1.0 - metrics.false_alarm_rate(flagged, defect)


def _f1(flagged: np.ndarray, defect: np.ndarray) -> float:
    """Harmonic mean of precision and recall of "defect"; NaN where neither side has one."""
    whole = int(flagged.sum()) + int(defect.sum())
    return 2 * int((flagged & defect).sum()) / whole if whole else float("nan")


_DECISIONS: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "balanced_accuracy": metrics.balanced_accuracy,
    "recall": _recall,
    "false_alarm_rate": metrics.false_alarm_rate,
    "specificity": _specificity,
    "f1": _f1,
}


def _reached(matches: Sequence[metrics.BoxMatch], threshold: float) -> np.ndarray:
    return np.array([sum(v >= threshold for v in m.best_ious) for m in matches], float)


def _histograms(each: HeatTruth, low: float, high: float) -> RegionHistograms:
    from PIL import Image

    heat, mask = each.heat, each.mask
    cells = np.frombuffer(heat.cells, np.uint8).reshape(heat.height, heat.width)
    values = heat.low + cells.astype(np.float32) / 255.0 * (heat.high - heat.low)
    if mask is None:
        mask = np.zeros(values.shape, bool)
    else:
        picture = Image.fromarray(values).resize(
            (mask.shape[1], mask.shape[0]), Image.Resampling.BILINEAR
        )
        values = np.asarray(picture)
    return region_histograms(values, mask, low, high)
