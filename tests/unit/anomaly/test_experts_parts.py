"""Coreset, nearest neighbours, limits, regions, settings."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inspector_app.experts.coreset import StoppedError, greedy_coreset
from inspector_app.experts.knn import nearest, reweight
from inspector_app.experts.limits import calibrate, conformal_rank, images_needed, tolerance_rank
from inspector_app.experts.regions import display_limit, regions
from inspector_app.experts.settings import AnomalySettings, SettingsError


def test_coreset_covers_clusters() -> None:
    rng = np.random.default_rng(0)
    centres = rng.normal(0, 20, (10, 6))
    points = (centres[rng.integers(0, 10, 500)] + rng.normal(0, 0.1, (500, 6))).astype(np.float32)
    chosen = greedy_coreset(points, 10, seed=1, projection=0)
    gaps = np.linalg.norm(points[:, None] - points[chosen][None], axis=2).min(axis=1)
    assert gaps.max() < 2
    assert len(set(chosen.tolist())) == 10
    assert np.array_equal(chosen, greedy_coreset(points, 10, seed=1, projection=0))


def test_coreset_edges() -> None:
    same = np.ones((20, 4), np.float32)
    assert len(set(greedy_coreset(same, 8).tolist())) == 8
    assert len(greedy_coreset(same, 50)) == 20
    with pytest.raises(ValueError, match="size"):
        greedy_coreset(same, 0)
    with pytest.raises(StoppedError):
        greedy_coreset(same, 8, stop=lambda: True)


@pytest.mark.parametrize("count", [1, 3, 40, 60])
def test_nearest_is_brute_force(count: int) -> None:
    rng = np.random.default_rng(2)
    queries = rng.normal(size=(70, 9)).astype(np.float32)
    bank = rng.normal(size=(40, 9)).astype(np.float32)
    distances, indices = nearest(queries, bank, count)
    full = np.linalg.norm(queries[:, None] - bank[None], axis=2)
    kept = min(count, 40)
    assert np.allclose(distances, np.sort(full, axis=1)[:, :kept], atol=1e-5)
    assert np.allclose(np.take_along_axis(full, indices, axis=1), distances, atol=1e-5)


def test_nearest_finds_itself_exactly() -> None:
    bank = (np.random.default_rng(0).normal(size=(30, 5)) + 1000).astype(np.float32)
    distances, _ = nearest(bank, bank)
    assert (distances == 0).all()
    with pytest.raises(ValueError, match="no entries"):
        nearest(bank, bank[:0])


def test_reweight_by_hand() -> None:
    bank = np.array([[0.0, 0.0], [0.0, 1.0], [9.0, 9.0]], np.float32)
    query = np.array([[2.0, 0.0]], np.float32)
    distances, indices = nearest(query, bank)
    got = reweight(query, distances[:, 0], indices[:, 0], bank, neighbours=2)
    near, far = 2.0, math.sqrt(5.0)  # the two entries nearest to [0, 0]
    expected = (1 - math.exp(near) / (math.exp(near) + math.exp(far))) * near
    assert got[0] == pytest.approx(expected, rel=1e-5)
    unchanged = reweight(query, distances[:, 0], indices[:, 0], bank, neighbours=1)
    assert unchanged[0] == 2.0


def test_reweight_far_does_not_overflow() -> None:
    bank = np.zeros((4, 2), np.float32)
    query = np.array([[1e4, 0.0]], np.float32)
    got = reweight(query, np.array([1e4], np.float32), np.array([0]), bank, 4)
    assert got[0] == pytest.approx(0.75e4, rel=1e-3)


def test_limits_28_and_29() -> None:
    assert images_needed(0.10, 0.95) == 29
    few, enough = calibrate(range(28)), calibrate(range(29))
    # 28 scores 0..27: split conformal takes the ceil(29 * 0.9) = 27th, which is 26
    assert not few.promised
    assert few.review == 26
    assert "29" in few.note
    assert "10 %" in few.note
    assert "estimate" in few.note
    assert enough.promised and enough.review == 28 and "cannot" not in enough.note
    assert few.reject > few.review and enough.reject > enough.review


def test_conformal_rank_by_hand() -> None:
    assert [conformal_rank(n, 0.1) for n in (1, 8, 9, 10, 19, 20, 21, 99)] == [
        1, 8, 9, 10, 18, 19, 20, 90,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="between 0 and 1"):
        conformal_rank(5, 1.0)


def test_conformal_limit_has_the_rate_on_average() -> None:
    rng = np.random.default_rng(1)
    over = [rng.normal() > calibrate(rng.normal(size=20)).review for _ in range(4000)]
    assert 0.075 < np.mean(over) < 0.115  # 2 / 21 is expected: 19th of 20


def test_limits_rank_by_hand() -> None:
    # n = 46, 10 %: with the second largest the confidence is 1 - .9^46 - 46 * .1 * .9^45 = 0.952
    assert tolerance_rank(46, 0.10, 0.95) == 45
    assert tolerance_rank(45, 0.10, 0.95) == 45
    assert tolerance_rank(28, 0.10, 0.95) is None
    strict = calibrate([float(v) for v in range(300)])
    assert strict.reject == 299 and "margin" not in strict.note


def test_limits_refuse_nonsense() -> None:
    for bad in ([], [1.0, float("nan")]):
        with pytest.raises(ValueError, match="finite"):
            calibrate(bad)
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibrate([1.0], false_alarm_rate=0)
    same = calibrate([2.0] * 40)
    assert same.reject > same.review == 2.0


def test_limits_hold_on_random_scores() -> None:
    rng = np.random.default_rng(0)
    over = [(calibrate(rng.normal(size=60)).review < 1.2816) for _ in range(400)]
    assert np.mean(over) <= 0.075  # the bound lies under the true 90 % quantile in at most 5 %


def test_regions_merge_and_drop() -> None:
    heat = np.zeros((60, 80), np.float32)
    heat[10:20, 10:20] = 2
    heat[10:20, 24:30] = 5  # gap of 4
    heat[40:50, 60:70] = 3
    heat[55, 5] = 9  # one pixel
    found = regions(heat, 1.0, min_area=9, merge_gap=4)
    assert [(r.box, r.score, r.area) for r in found] == [
        ((10, 10, 30, 20), 5.0, 160),
        ((60, 40, 70, 50), 3.0, 100),
    ]
    assert len(regions(heat, 1.0, min_area=9, merge_gap=3)) == 3
    assert len(regions(heat, 1.0, min_area=1, merge_gap=0)) == 4


def cone(heat: np.ndarray, row: int, column: int, height: float, slope: float) -> None:
    """Adds a peak that falls off evenly in all directions."""
    rows, columns = np.mgrid[: heat.shape[0], : heat.shape[1]]
    distance = np.hypot(rows - row, columns - column)
    np.maximum(heat, (height - slope * distance).astype(np.float32), out=heat)


def test_sharpness_cuts_the_halo_and_drops_echoes() -> None:
    heat = np.zeros((200, 200), np.float32)
    cone(heat, 60, 60, 80.0, 2.0)
    cone(heat, 150, 150, 70.0, 2.0)
    cone(heat, 190, 10, 12.0, 2.0)
    wide = regions(heat, 6.0, merge_gap=0)
    assert len(wide) == 3
    assert wide[0].box == (24, 24, 97, 97)  # radius (80 - 6) / 2 = 37, the limit not included
    sharp = regions(heat, 6.0, merge_gap=0, sharpness=0.6)
    # the cuts lie at 0.6 * 80 = 48 and 0.6 * 70 = 42; the weak corner is dropped
    assert [(r.box, r.score) for r in sharp] == [
        ((44, 44, 77, 77), 80.0),
        ((136, 136, 165, 165), 70.0),
    ]


def test_sharpness_never_loses_the_only_region() -> None:
    heat = np.full((40, 40), 5.0, np.float32)
    assert [r.box for r in regions(heat, 1.0, sharpness=0.6)] == [(0, 0, 40, 40)]
    heat[0, 0] = np.nan
    heat[20:26, 20:26] = 9.0
    assert [r.box for r in regions(heat, 8.9, sharpness=1.0)] == [(20, 20, 26, 26)]


def test_display_limit_is_never_over_the_calibrated_one() -> None:
    heat = np.zeros((50, 50), np.float32)
    cone(heat, 25, 25, 4.0, 0.5)
    assert display_limit(heat, 6.7) == pytest.approx(0.7 * 4.0)
    assert display_limit(heat, 1.0) == 1.0
    assert regions(heat, display_limit(heat, 6.7), sharpness=0.6)


def test_regions_edges() -> None:
    assert regions(np.zeros((0, 5), np.float32), 0) == []
    assert regions(np.full((4, 4), np.nan, np.float32), 0) == []
    assert regions(np.ones((3, 3), np.float32), 1.0, min_area=1) == []
    full = regions(np.ones((1, 1), np.float32), 0.5, min_area=1)
    assert full[0].box == (0, 0, 1, 1)
    with pytest.raises(ValueError, match="two dimensions"):
        regions(np.zeros(4, np.float32), 0)


def test_settings_round_trip_and_refusals() -> None:
    settings = AnomalySettings(input_size=384, position_weight=1)
    assert AnomalySettings.from_dict(settings.to_dict()) == settings
    with pytest.raises(SettingsError, match="bank_sice"):
        AnomalySettings.from_dict({"bank_sice": 1})
    for bad in (
        {"input_size": "256"},
        {"input_size": True},
        {"top_fraction": 1.5},
        {"augment": "twist"},
        {"first_level": 3, "last_level": 2},
        {"local_weight": float("nan")},
        {"local_weight": 0, "mean_weight": 0, "spread_weight": 0, "synthetic_weight": 0},
    ):
        with pytest.raises(SettingsError):
            AnomalySettings.from_dict(bad)
