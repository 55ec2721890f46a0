"""The curves, against a case by hand and against the areas that scikit-learn gives."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.services.evaluation_curves import curves


def evaluation(*scores: tuple[str, float | None], task: str = "detect") -> Evaluation:
    items = tuple(
        Item(f"{n}.png", wanted, "good", wanted == "good", score=score)
        for n, (wanted, score) in enumerate(scores)
    )
    return Evaluation("e", "", task, "m", "test", {}, items, {})


def test_by_hand():
    found = curves(
        evaluation(("defect", 0.9), ("good", 0.8), ("defect", 0.5), ("good", 0.1), ("good", None)),
        bars=2,
    )
    assert found is not None
    # From the highest score down: one of two defects, then a false alarm, then the other defect.
    assert found.roc == ((0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1))
    assert found.precision_recall == ((0, 1), (0.5, 1), (0.5, 0.5), (1, 2 / 3), (1, 0.5))
    assert found.edges == pytest.approx((0.1, 0.5, 0.9))
    assert (found.good, found.defect) == ((1, 1), (0, 2))  # 0.5 lies in the upper bar


def test_areas_are_those_of_the_library():
    rng = random.Random(4)
    pairs = [("defect", rng.gauss(1, 1)) for _ in range(40)]
    pairs += [("good", rng.gauss(0, 1)) for _ in range(60)]
    found = curves(evaluation(*pairs))
    assert found is not None
    truth, scores = [w == "defect" for w, _ in pairs], [s for _, s in pairs]
    area = sum(
        (x2 - x1) * (y1 + y2) / 2
        for (x1, y1), (x2, y2) in zip(found.roc, found.roc[1:], strict=False)
    )
    assert area == pytest.approx(roc_auc_score(truth, scores))
    steps = zip(found.precision_recall, found.precision_recall[1:], strict=False)
    assert sum((x2 - x1) * y2 for (x1, _), (x2, y2) in steps) == pytest.approx(
        average_precision_score(truth, scores)
    )
    assert (sum(found.good), sum(found.defect)) == (60, 40)


def test_where_there_is_nothing_to_draw():
    assert curves(evaluation(("good", 0.4), task="vqa")) is None
    assert curves(evaluation(("good", None))) is None
    alone = curves(evaluation(("good", 0.4), ("good", 0.4)))
    assert alone is not None
    assert alone.roc == alone.precision_recall == ()
    assert sum(alone.good) == 2
