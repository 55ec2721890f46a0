"""Per-region overlap by hand and against the definition computed pixel by pixel."""

import numpy as np
import pytest

from inspector_app.learning.region_overlap import au_pro, region_histograms


def test_a_perfect_map_has_one() -> None:
    mask = np.zeros((8, 8), bool)
    mask[1:3, 1:3] = True
    found = region_histograms(mask.astype(float), mask, 0.0, 1.0)
    assert len(found.regions) == 1
    assert au_pro([found]) == pytest.approx(1.0)


def test_a_small_region_counts_as_much_as_a_large_one() -> None:
    """The large region is found, the small one never: half, whatever their sizes."""
    mask = np.zeros((10, 10), bool)
    mask[0:4, 0:4] = True
    mask[8, 8] = True
    heat = np.zeros((10, 10))
    heat[0:4, 0:4] = 1.0
    heat[8, 8] = -1.0  # below every good pixel
    assert au_pro([region_histograms(heat, mask, -1.0, 1.0)]) == pytest.approx(0.5)


def test_against_the_definition() -> None:
    rng = np.random.default_rng(3)
    images = []
    pairs = []
    for _ in range(3):
        mask = np.zeros((16, 16), bool)
        mask[2:5, 3:9] = True
        mask[10:14, 10:12] = True
        heat = np.round(rng.normal(size=(16, 16)) + mask, 2)
        pairs.append((heat, mask))
    low, high = min(h.min() for h, _ in pairs), max(h.max() for h, _ in pairs)
    images = [region_histograms(h, m, low, high, bins=100_000) for h, m in pairs]
    regions = [h[2:5, 3:9] for h, _ in pairs] + [h[10:14, 10:12] for h, _ in pairs]
    good = np.concatenate([h[~m] for h, m in pairs])
    levels = np.unique(np.concatenate([h.ravel() for h, _ in pairs]))[::-1]
    x = np.array([0.0] + [(good >= level).mean() for level in levels])
    y = np.array([0.0] + [np.mean([(r >= level).mean() for r in regions]) for level in levels])
    grid = np.linspace(0, 0.3, 100_001)
    assert au_pro(images) == pytest.approx(
        np.trapezoid(np.interp(grid, x, y), grid) / 0.3, abs=1e-4
    )


def test_nothing_to_find_or_nothing_good() -> None:
    empty = region_histograms(np.zeros((4, 4)), np.zeros((4, 4), bool), 0.0, 1.0)
    full = region_histograms(np.zeros((4, 4)), np.ones((4, 4), bool), 0.0, 1.0)
    assert np.isnan(au_pro([empty]))
    assert np.isnan(au_pro([full]))
    assert np.isnan(au_pro([]))
