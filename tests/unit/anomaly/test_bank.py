"""Fit, save, load and score with a fake backbone; and the real export when its packages exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inspector_app.experts.anomaly import (
    AnomalyExpert,
    AnomalySettings,
    BankError,
    FitError,
    MemoryBank,
    StoppedError,
    fit,
    score_region,
)
from inspector_app.experts.backbones import (
    BackboneError,
    FeatureExtractor,
    export_backbone,
)
from inspector_app.experts.patches import Moments, grid_operator, make_whitening, target_shape
from inspector_app.experts.synthetic import ClassMoments, make_discriminant, spoil

from .conftest import make_good

SETTINGS = AnomalySettings(input_size=96, bank_size=200, candidates=2000, folds=3)


def spoilt_image() -> np.ndarray:
    image = make_good(99).copy()
    image[60:76, 64:80] = 10
    return image


def test_fit_save_load_same_scores(good: list[np.ndarray], extractor: Any, tmp_path: Path) -> None:
    result = fit(good, SETTINGS, extractor)
    path = tmp_path / "bank.safetensors"
    result.bank.save(path)
    loaded = MemoryBank.load(path)
    assert loaded.settings == SETTINGS
    for image in (good[0], spoilt_image()):
        first = AnomalyExpert(result.bank, extractor).score(image)
        second = AnomalyExpert(loaded, extractor).score(image)
        assert first.score == second.score
        assert np.array_equal(first.heat, second.heat)
    assert [entry.name for entry in tmp_path.iterdir()] == ["bank.safetensors"]


def test_defect_is_found_and_peaks_there(good: list[np.ndarray], extractor: Any) -> None:
    result = fit(good, SETTINGS, extractor)
    out = AnomalyExpert(result.bank, extractor).score(spoilt_image())
    assert len(result.held_back_scores) == len(good) == len(result.used)
    assert out.score > max(result.held_back_scores) + 3
    y, x = np.unravel_index(int(out.heat.argmax()), out.heat.shape)
    assert 52 <= y <= 84 and 56 <= x <= 88
    inside = score_region(out, (64, 60, 80, 76))
    assert inside > max(result.held_back_peaks)
    assert inside > 3 * score_region(out, (0, 0, 20, 20))
    assert out.nearest_distance((64, 60, 80, 76)) > out.nearest_distance((0, 0, 15, 15))
    assert set(out.parts) == {"local", "mean", "spread", "synthetic"}
    assert out.sources.max() < len(good)


def test_fit_is_deterministic_and_takes_callables(good: list[np.ndarray], extractor: Any) -> None:
    first = fit(good, SETTINGS, extractor)
    second = fit([lambda image=image: image for image in good], SETTINGS, extractor)
    assert first.held_back_scores == second.held_back_scores
    assert np.array_equal(first.bank.model.entries, second.bank.model.entries)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 400), (3, 2, 1), (50, 7, 4), (1500, 900, 3)])
def test_odd_images(good: list[np.ndarray], extractor: Any, shape: tuple[int, ...]) -> None:
    bank = fit(good, SETTINGS, extractor).bank
    out = AnomalyExpert(bank, extractor).score(np.full(shape, 77, np.uint8))
    assert out.heat.shape == shape[:2] and np.isfinite(out.heat).all() and np.isfinite(out.score)
    assert np.isfinite(score_region(out, (-5, -5, 1e6, 1e6)))
    assert np.isfinite(score_region(out, (3, 3, 3, 3)))


@pytest.mark.parametrize(
    "changes",
    [
        {"position_weight": 1.0},
        {"augment": "turns"},
        {"augment": "jitter"},
        {"neighbours": 5},
        {"whiten": False},
        {"components": 4},
        {"even_brightness": True, "own_median": True},
        {"synthetic_rounds": 0},
        {"crop_left": 0.25, "crop_right": 0.9, "crop_top": 0.3},
        {"keep_aspect": False, "grid_level": 1},
    ],
)
def test_options_work(
    good: list[np.ndarray], extractor: Any, tmp_path: Path, changes: dict[str, Any]
) -> None:
    settings = AnomalySettings.from_dict({**SETTINGS.to_dict(), **changes})
    result = fit(good, settings, extractor)
    result.bank.save(tmp_path / "b")
    out = AnomalyExpert(MemoryBank.load(tmp_path / "b"), extractor).score(spoilt_image())
    assert out.score > max(result.held_back_scores)


def test_few_images_progress_and_stop(good: list[np.ndarray], extractor: Any) -> None:
    one = fit(good[:1], SETTINGS, extractor)
    assert one.held_back_scores == () and "One image" in one.notes[0]
    assert np.isfinite(AnomalyExpert(one.bank, extractor).score(good[1]).score)
    seen: list[int] = []
    two = fit(good[:2], SETTINGS, extractor, lambda done, total, what: seen.append(done / total))
    assert len(two.held_back_scores) == 2 and seen == sorted(seen) and seen[-1] == 1
    with pytest.raises(StoppedError):
        fit(good, SETTINGS, extractor, stop=lambda: True)
    with pytest.raises(FitError):
        fit([], SETTINGS, extractor)
    with pytest.raises(FitError, match="image 2 of 2"):
        fit([good[0], np.zeros((0, 3), np.uint8)], SETTINGS, extractor)
    fewer = AnomalySettings.from_dict({**SETTINGS.to_dict(), "max_images": 5})
    assert fit(good, fewer, extractor).used == (0, 3, 6, 8, 11)


def test_held_back_is_held_back(good: list[np.ndarray], extractor: Any) -> None:
    """An odd image among the good ones must stand out in its own held-back score."""
    result = fit([*good[:6], spoilt_image(), *good[6:]], SETTINGS, extractor)
    assert int(np.argmax(result.held_back_scores)) == 6
    seen = AnomalyExpert(result.bank, extractor).score(spoilt_image())
    assert seen.parts["local"] < result.held_back_parts[6][0]


def test_damaged_banks_are_refused(good: list[np.ndarray], extractor: Any, tmp_path: Path) -> None:
    path = tmp_path / "bank"
    fit(good[:3], SETTINGS, extractor).bank.save(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(BankError):
        MemoryBank.load(path)
    with pytest.raises(BankError):
        MemoryBank.load(tmp_path / "missing")
    path.write_bytes(content)
    other = MemoryBank.load(path)
    extractor.digest = "other"
    with pytest.raises(BankError, match="backbone"):
        AnomalyExpert(other, extractor)


def test_whitening_decorrelates() -> None:
    rng = np.random.default_rng(0)
    values = (rng.normal(size=(5000, 4)) @ rng.normal(size=(4, 4)) + 3).astype(np.float32)
    moments = Moments(4)
    moments.add(values[:2000])
    rest = Moments(4)
    rest.add(values[2000:])
    white = make_whitening(moments.merged([rest]), 1e-6, 0, True)(values)
    assert np.allclose(np.cov(white.T), np.eye(4), atol=0.02)


def test_discriminant_equals_direct_ridge() -> None:
    rng = np.random.default_rng(1)
    clean, spoilt = rng.normal(size=(300, 3)), rng.normal(size=(40, 3)) + np.array([2, 0, 1])
    values = np.concatenate([clean, spoilt]).astype(np.float32)
    labels = np.r_[np.zeros(300, np.int8), np.ones(40, np.int8)]
    moments = Moments(3)
    moments.add(values)
    whitening = make_whitening(moments, 0.01, 0, True)
    classes = ClassMoments(3)
    classes.add(values, labels)
    found = make_discriminant(classes, whitening)
    design = np.c_[whitening(values), np.ones(len(values))].astype(np.float64)
    share = np.where(labels == 1, 0.5 / 40, 0.5 / 300)
    gram = (design * share[:, None]).T @ design
    gram += np.eye(4) * 0.1 * np.trace(gram) / 4
    beta = np.linalg.solve(gram, (design * share[:, None]).T @ (2.0 * labels - 1))
    assert np.allclose(values @ found.weights + found.bias, design @ beta, atol=1e-3)


def test_spoil_marks_what_it_changed() -> None:
    image = make_good(0)
    changed, mask = spoil(image, np.random.default_rng(3))
    assert changed.shape == image.shape and 0 < mask.mean() < 0.5
    differs = (changed != image).any(axis=2)
    assert differs[mask == 1].mean() > 0.5
    for shape in ((1, 1, 3), (40, 3, 3)):
        spoil(np.zeros(shape, np.uint8), np.random.default_rng(0))


def test_grid_operator_and_shapes() -> None:
    assert np.allclose(grid_operator(7, 5).sum(axis=1), 1)
    assert np.allclose(grid_operator(3, 3)[1], 1 / 3)
    assert target_shape(683, 1024, 256, True) == (224, 320)
    assert target_shape(1, 9000, 256, True) == (96, 736)
    assert target_shape(10, 900, 256, False) == (256, 256)


def test_real_export(tmp_path: Path) -> None:
    path = export_backbone("lite2", tmp_path)
    content = path.read_bytes()
    assert export_backbone("lite2", tmp_path, force=True).read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    extractor = FeatureExtractor(path)
    batch = extractor.normalise(np.zeros((2, 96, 64, 3), np.uint8))
    shapes = [level.shape for level in extractor(batch)]
    assert shapes == [(2, 24, 24, 16), (2, 48, 12, 8), (2, 120, 6, 4), (2, 208, 3, 2)]
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"no")
    with pytest.raises(BackboneError):
        FeatureExtractor(bad)
    with pytest.raises(BackboneError, match="known"):
        export_backbone("vgg", tmp_path)
