"""Metrics against cases computed by hand, and against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from inspector_app.learning import metrics


def test_auroc_by_hand():
    # good 0.1 0.4, defect 0.35 0.8: of 4 pairs 3 are in order.
    scores = np.array([0.1, 0.4, 0.35, 0.8])
    assert metrics.auroc(scores, np.array([0, 0, 1, 1], bool)) == 0.75


def test_auroc_counts_ties_half():
    assert metrics.auroc(np.array([1.0, 1.0]), np.array([True, False])) == 0.5


def test_auroc_needs_both_classes():
    assert math.isnan(metrics.auroc(np.array([1.0, 2.0]), np.array([True, True])))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=60).filter(
        lambda rows: len({flag for _, flag in rows}) == 2
    )
)
def test_auroc_and_balanced_accuracy_agree_with_scikit_learn(rows: list[tuple[int, bool]]):
    scores = np.array([score for score, _ in rows], float)
    truth = np.array([flag for _, flag in rows])
    assert metrics.auroc(scores, truth) == pytest.approx(roc_auc_score(truth, scores))
    flagged = scores > 10
    assert metrics.balanced_accuracy(flagged, truth) == pytest.approx(
        balanced_accuracy_score(truth, flagged)
    )


def test_false_alarm_rate_by_hand():
    flagged = np.array([True, False, False, True, True])
    truth = np.array([True, False, False, False, True])
    assert metrics.false_alarm_rate(flagged, truth) == pytest.approx(1 / 3)


def test_iou_by_hand():
    assert metrics.iou((0, 0, 10, 10), (5, 5, 15, 15)) == pytest.approx(25 / 175)
    assert metrics.iou((0, 0, 10, 10), (10, 10, 20, 20)) == 0.0


def test_matching_is_one_to_one():
    truth = [(0.0, 0.0, 10.0, 10.0)]
    found = [(0.0, 0.0, 10.0, 10.0), (1.0, 0.0, 11.0, 10.0)]
    match = metrics.match_boxes(truth, found, 0.3)
    assert (match.matched, match.truth, match.found) == (1, 1, 2)
    assert match.best_ious == (1.0,)


def test_matching_with_nothing_found():
    match = metrics.match_boxes([(0.0, 0.0, 1.0, 1.0)], [], 0.3)
    assert match.best_ious == (0.0,)
    assert match.matched == 0


def test_bootstrap_holds_the_value_and_repeats_itself():
    values = np.arange(100, dtype=float)
    first = metrics.bootstrap(lambda i: float(values[i].mean()), 100, rounds=400)
    assert first.value == pytest.approx(49.5)
    # Standard error of the mean is 2.9, so the interval is about 49.5 +- 5.7.
    assert first.low == pytest.approx(43.8, abs=1.0)
    assert first.high == pytest.approx(55.2, abs=1.0)
    assert first == metrics.bootstrap(lambda i: float(values[i].mean()), 100, rounds=400)


def test_bootstrap_of_something_undefined_is_nan():
    figure = metrics.bootstrap(lambda i: math.nan, 5, rounds=10)
    assert math.isnan(figure.value)
    assert math.isnan(figure.low)


def test_pixel_histograms_give_the_auroc_of_all_pixels():
    rng = np.random.default_rng(1)
    heat = rng.random((40, 50)).astype(np.float32)
    mask = rng.random((40, 50)) < heat * 0.5
    histogram = metrics.PixelHistogram(heat, mask, 0.0, 1.0)
    exact = metrics.auroc(heat.ravel(), mask.ravel())
    found = metrics.histogram_auroc(histogram.negative, histogram.positive)
    assert found == pytest.approx(exact, abs=1e-3)


@pytest.mark.parametrize("threshold", [0.3, 0.5])
def test_box_recall_is_that_of_the_coco_evaluation(
    threshold: float, capsys: pytest.CaptureFixture[str]
) -> None:
    from faster_coco_eval import COCO, COCOeval_faster

    rng = np.random.default_rng(5)
    images, truths, found = [], [], []
    matched = total = 0
    for number in range(40):
        # One box in each of four cells, moved and scaled, some left out: no two can be mixed up.
        true = [
            (100.0 * n + 20, 20.0, 100.0 * n + 60, 60.0) for n in range(4) if rng.random() < 0.8
        ]
        seen = [
            tuple(float(v) for v in np.array(box) + np.tile(rng.normal(0, 9, 2), 2))
            for box in true
            if rng.random() < 0.8
        ]
        match = metrics.match_boxes(true, seen, threshold)
        matched, total = matched + match.matched, total + match.truth
        images.append({"id": number, "width": 400, "height": 100})
        truths += [(number, box) for box in true]
        found += [(number, box) for box in seen]

    def row(number: int, box: tuple[float, ...]) -> dict[str, object]:
        x1, y1, x2, y2 = box
        return {"image_id": number, "category_id": 1, "bbox": [x1, y1, x2 - x1, y2 - y1]}

    known = COCO(
        {
            "images": images,
            "categories": [{"id": 1, "name": "defect"}],
            "annotations": [
                row(number, box)
                | {"id": n + 1, "iscrowd": 0, "area": (box[2] - box[0]) * (box[3] - box[1])}
                for n, (number, box) in enumerate(truths)
            ],
        }
    )
    theirs = COCOeval_faster(
        known, known.loadRes([row(*each) | {"score": 1.0} for each in found]), "bbox"
    )
    theirs.params.iouThrs = np.array([threshold])
    theirs.evaluate()
    theirs.accumulate()
    assert matched / total == pytest.approx(float(theirs.eval["recall"][0, 0, 0, -1]))
