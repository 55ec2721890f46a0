"""Curves of a detection evaluation: ROC, precision against recall, and how the scores lie."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.evaluation import Evaluation

Points = tuple[tuple[float, float], ...]

_DEFECT = "defect"


@dataclass(frozen=True, slots=True)
class Curves:
    """What is drawn; curves are empty where only good or only defective parts have a score.

    Attributes:
        roc: (share of good parts called defective, share of defective parts found), both 0..1.
        precision_recall: (recall, precision), both 0..1, by rising recall.
        edges: Of the bars, one more than bars, in the unit of the score.
        good: Good parts in each bar.
        defect: Defective parts in each bar.
    """

    roc: Points
    precision_recall: Points
    edges: tuple[float, ...]
    good: tuple[int, ...]
    defect: tuple[int, ...]


def curves(evaluation: Evaluation, bars: int = 24) -> Curves | None:
    """Computes the curves from the scores of the items.

    Args:
        evaluation: Of any task.
        bars: Of the histogram.

    Returns:
        None where the evaluation is of another task than detection, or has no score.
    """
    scored = [item for item in evaluation.items if item.score is not None]
    if evaluation.task != "detect" or not scored:
        return None
    import numpy as np

    from inspector_app.learning.metrics import precision_recall_points, roc_points

    scores = np.array([item.score for item in scored], float)
    positive = np.array([item.wanted == _DEFECT for item in scored])
    edges = np.histogram_bin_edges(scores, bars)
    roc: Points = ()
    precise: Points = ()
    if positive.any() and not positive.all():
        roc = roc_points(scores, positive)
        precise = precision_recall_points(scores, positive)
    return Curves(
        roc,
        precise,
        tuple(edges.tolist()),
        tuple(np.histogram(scores[~positive], edges)[0].tolist()),
        tuple(np.histogram(scores[positive], edges)[0].tolist()),
    )
