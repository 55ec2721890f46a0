"""Metrics of detection, each with a 95 % bootstrap interval over images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from inspector_app.domain.evaluation import Metric, PixelBoxF


def bootstrap(
    statistic: Callable[[np.ndarray], float], n: int, rounds: int = 1000, seed: int = 0
) -> Metric:
    """Percentile bootstrap (Efron 1979) of a statistic of item indices.

    Args:
        statistic: Takes an index array `[n]`, returns a figure, NaN where it is undefined (for
            instance a resample with one class only; such rounds are left out).
        n: Number of items.
        rounds: Resamples.
        seed: Seed of the resampling.
    """
    rng = np.random.default_rng(seed)
    value = statistic(np.arange(n))
    draws = np.array([statistic(rng.integers(0, n, n)) for _ in range(rounds)])
    draws = draws[np.isfinite(draws)]
    if draws.size == 0:
        return Metric(value, float("nan"), float("nan"), n)
    low, high = np.percentile(draws, [2.5, 97.5])
    return Metric(float(value), float(low), float(high), n)


def mean(values: Sequence[float]) -> Metric:
    """Mean of one number an item, with its bootstrap interval."""
    numbers = np.array(values, float)
    return bootstrap(lambda index: float(numbers[index].mean()), len(numbers))


def auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve by the rank sum (Mann-Whitney), ties counted half.

    Args:
        scores: `[n]` floats, larger means more positive.
        positive: `[n]` booleans.

    Returns:
        0..1, NaN when a class is missing.
    """
    positive = np.asarray(positive, bool)
    n_positive = int(positive.sum())
    n_negative = positive.size - n_positive
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[inverse]
    rank_sum = ranks[positive].sum()
    return float((rank_sum - n_positive * (n_positive + 1) / 2.0) / (n_positive * n_negative))


def balanced_accuracy(flagged: np.ndarray, positive: np.ndarray) -> float:
    """Mean of sensitivity and specificity; NaN when a class is missing."""
    positive = np.asarray(positive, bool)
    if positive.all() or not positive.any():
        return float("nan")
    sensitivity = float(np.mean(flagged[positive]))
    specificity = float(np.mean(~flagged[~positive]))
    return (sensitivity + specificity) / 2.0


def false_alarm_rate(flagged: np.ndarray, positive: np.ndarray) -> float:
    """Share of good items that were flagged; NaN without good items."""
    negative = ~np.asarray(positive, bool)
    return float(np.mean(flagged[negative])) if negative.any() else float("nan")


def iou(a: PixelBoxF, b: PixelBoxF) -> float:
    """Intersection over union of two boxes x1, y1, x2, y2."""
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return w * h / (area - w * h)


@dataclass(frozen=True, slots=True)
class BoxMatch:
    """How the boxes of one image match.

    Attributes:
        best_ious: For every true box the largest IoU with any found box.
        matched: Pairs at the threshold, one to one, greedy by IoU.
        truth: Number of true boxes.
        found: Number of found boxes.
    """

    best_ious: tuple[float, ...]
    matched: int
    truth: int
    found: int


def match_boxes(
    truth: Sequence[PixelBoxF], found: Sequence[PixelBoxF], threshold: float
) -> BoxMatch:
    """Matches found boxes to true ones, one to one, largest IoU first."""
    table = [(iou(t, f), i, j) for i, t in enumerate(truth) for j, f in enumerate(found)]
    best = [0.0] * len(truth)
    for value, i, _ in table:
        best[i] = max(best[i], value)
    taken_truth: set[int] = set()
    taken_found: set[int] = set()
    for value, i, j in sorted(table, reverse=True):
        if value < threshold:
            break
        if i not in taken_truth and j not in taken_found:
            taken_truth.add(i)
            taken_found.add(j)
    return BoxMatch(tuple(best), len(taken_truth), len(truth), len(found))


def pooled_ratio(parts: np.ndarray, wholes: np.ndarray) -> Callable[[np.ndarray], float]:
    """A statistic for `bootstrap`: sum of parts over sum of wholes; NaN where that is 0/0."""

    def statistic(index: np.ndarray) -> float:
        whole = wholes[index].sum()
        return float(parts[index].sum() / whole) if whole else float("nan")

    return statistic


class PixelHistogram:
    """Pixel scores of one image as two histograms, so that pixel AUROC needs little memory.

    The bins lie on one common scale, so the AUROC of many images is that of their summed
    histograms; scores within a bin count as ties. Quantisation error is below 1/bins.
    """

    BINS = 4096

    def __init__(self, heat: np.ndarray, mask: np.ndarray, low: float, high: float) -> None:
        scale = self.BINS / max(high - low, 1e-12)
        cells = np.clip((heat - low) * scale, 0, self.BINS - 1).astype(np.int32)
        self.negative = np.bincount(cells[~mask].ravel(), minlength=self.BINS)
        self.positive = np.bincount(cells[mask].ravel(), minlength=self.BINS)


def histogram_auroc(negative: np.ndarray, positive: np.ndarray) -> float:
    """AUROC from two histograms `[bins]` over the same bins; NaN when a class is empty."""
    n_negative, n_positive = negative.sum(), positive.sum()
    if not n_negative or not n_positive:
        return float("nan")
    below = np.concatenate([[0], np.cumsum(negative)[:-1]])
    return float((positive * (below + negative / 2.0)).sum() / (float(n_negative) * n_positive))


def roc_points(scores: np.ndarray, positive: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Corners of the ROC curve, as (false positive rate, true positive rate).

    Args:
        scores: `[n]`, higher is more likely positive.
        positive: `[n]` booleans, of both kinds.
    """
    from sklearn.metrics import roc_curve

    false, true, _ = roc_curve(positive, scores)
    return tuple(zip(false.tolist(), true.tolist(), strict=True))


def precision_recall_points(
    scores: np.ndarray, positive: np.ndarray
) -> tuple[tuple[float, float], ...]:
    """Points of the precision-recall curve, as (recall, precision) by rising recall.

    Args:
        scores: `[n]`, higher is more likely positive.
        positive: `[n]` booleans, of both kinds.
    """
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(positive, scores)
    return tuple(zip(recall[::-1].tolist(), precision[::-1].tolist(), strict=True))
