"""Tests of registration and comparison on drawn patterns."""

from __future__ import annotations

import dataclasses
import tomllib

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inspector_app.experts.comparison import ComparisonSettings, compare
from inspector_app.experts.registration import (
    Registration,
    RegistrationSettings,
    register,
    warp,
)

Image = NDArray[np.uint8]


def drawn(seed: int = 0, size: int = 320, colour: bool = True) -> Image:
    """Draw a fixed printed pattern of lines, rings and rectangles, uint8 [size, size, 3]."""
    rng = np.random.default_rng(seed)
    canvas = np.full((size, size, 3), 225, np.uint8)
    for _ in range(14):
        ink = tuple(int(v) for v in (rng.integers(10, 120, 3) if colour else (30, 30, 30)))
        a, b = (tuple(int(v) for v in rng.integers(10, size - 10, 2)) for _ in range(2))
        cv2.line(canvas, a, b, ink, int(rng.integers(4, 9)), cv2.LINE_AA)
        c = tuple(int(v) for v in rng.integers(20, size - 20, 2))
        cv2.circle(canvas, c, int(rng.integers(8, 22)), ink, 5, cv2.LINE_AA)
    return canvas


def moved(image: Image, x: float, y: float, degrees: float = 0.0) -> tuple[Image, np.ndarray]:
    """Move an image about its centre; also return the mapping moved -> original [3, 3]."""
    height, width = image.shape[:2]
    forward = np.eye(3)
    centre = ((width - 1) / 2, (height - 1) / 2)
    forward[:2] = cv2.getRotationMatrix2D(centre, degrees, 1.0)
    forward[:2, 2] += (x, y)
    result = cv2.warpAffine(image, forward[:2], (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(result, np.uint8), np.linalg.inv(forward)


def noisy(image: Image, sigma: float, seed: int = 0) -> Image:
    """Add normal noise."""
    noise = np.random.default_rng(seed).normal(0, sigma, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def furthest(a: np.ndarray, b: np.ndarray, size: int) -> float:
    """Return the largest distance of two mappings over the corners, in pixels."""
    points = np.array([[x, y, 1.0] for x in (0, size - 1) for y in (0, size - 1)]).T
    first, second = a @ points, b @ points
    return float(np.max(np.hypot(*(first[:2] / first[2] - second[:2] / second[2]))))


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Return the IoU of two boxes."""
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (total - width * height)


@pytest.mark.parametrize(
    ("x", "y", "degrees"),
    [(0.0, 0.0, 0.0), (5.0, -4.0, 0.0), (-3.3, 2.7, 1.0), (12.0, 9.0, -3.0), (30.0, -20.0, 25.0)],
)
def test_register_recovers_the_movement(x: float, y: float, degrees: float) -> None:
    golden = drawn()
    image, truth = moved(golden, x, y, degrees)
    found = register(noisy(image, 4), golden, RegistrationSettings(min_overlap=0.4))
    assert furthest(found.matrix, truth, 320) < 0.5
    assert found.quality > 0.85
    assert not found.note


def test_register_large_image_is_reduced_and_still_exact() -> None:
    golden = drawn(3, 1400)
    image, truth = moved(golden, 9.0, -6.0, 0.7)
    found = register(image, golden, RegistrationSettings(max_side_px=500))
    assert furthest(found.matrix, truth, 1400) < 0.5


def test_register_other_resolution() -> None:
    golden = drawn(1)
    image = np.asarray(cv2.resize(golden, (640, 640), interpolation=cv2.INTER_CUBIC), np.uint8)
    found = register(image, golden)
    truth = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1.0]])
    assert furthest(found.matrix, truth, 640) < 0.5
    assert "differ in size" in found.note


@pytest.mark.parametrize("method", ["phase", "ecc", "features", "none"])
def test_register_methods(method: str) -> None:
    golden = drawn()
    image, truth = moved(golden, 4.0, -3.0)
    found = register(image, golden, RegistrationSettings(method=method))
    if method == "none":
        assert np.array_equal(found.matrix, np.eye(3))
    else:
        assert furthest(found.matrix, truth, 320) < 0.5


def test_warp_goes_back_and_marks_the_border() -> None:
    golden = drawn()
    shift = np.array([[1.0, 0, 10], [0, 1, 0], [0, 0, 1]])
    there = Registration(shift, "phase", 1.0)
    result, valid = warp(golden, there, (320, 320))
    assert np.array_equal(result[:, 10:], golden[:, :-10])
    assert not valid[:, :10].any()
    assert valid[:, 10:].all()
    assert np.allclose(there.inverse().matrix @ shift, np.eye(3))


def test_unrelated_pair_is_noted() -> None:
    result = compare(drawn(1), drawn(2))
    assert "registration failed" in result.note
    assert result.registration.quality < 0.35
    assert np.array_equal(result.registration.matrix, np.eye(3))


def test_identical_pair_has_no_region() -> None:
    golden = drawn()
    result = compare(golden, golden)
    assert result.regions == ()
    assert result.score == 0.0
    assert result.heat.shape == (320, 320)
    assert result.heat.dtype == np.float32
    assert float(result.heat.max()) == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_good_part_shifted_noisy_darker_has_no_region(seed: int) -> None:
    golden = drawn(seed)
    image, _ = moved(golden, 4.6, -3.2, 0.8)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.8), np.uint8)
    image = noisy((image * 0.85 + 8).astype(np.uint8), 8, seed)
    assert compare(image, golden).regions == ()


@pytest.mark.parametrize("colour", [True, False])
def test_added_piece_is_found_where_it_is(colour: bool) -> None:
    golden = drawn(5, colour=colour)
    image, _ = moved(golden, 5.0, -4.0, 0.6)
    image = noisy(image, 3)
    image[200:224, 150:186] = (160, 40, 40) if colour else (110, 110, 110)
    result = compare(image, golden, ComparisonSettings(box_margin_px=0.0))
    assert len(result.regions) == 1
    box, score, area = result.regions[0]
    assert overlap(box, (150, 200, 186, 224)) > 0.5
    assert score > 0.0
    assert 0.3 * 24 * 36 < area < 2.0 * 24 * 36
    assert result.score == pytest.approx(score)
    assert result.heat[212, 168] > result.heat[20, 20]


def test_missing_piece_is_found_where_it_is() -> None:
    plain = drawn(6)
    golden = plain.copy()
    cv2.circle(golden, (120, 130), 14, (20, 20, 160), -1, cv2.LINE_AA)
    plain[112:150, 102:140] = golden[112:150, 102:140] = 225
    cv2.circle(golden, (120, 130), 14, (20, 20, 160), -1, cv2.LINE_AA)
    image, backward = moved(plain, -4.0, 3.0)
    result = compare(image, golden, ComparisonSettings(box_margin_px=0.0))
    assert len(result.regions) == 1
    truth = (106 - 4, 116 + 3, 135 - 4, 145 + 3)
    assert overlap(result.regions[0][0], truth) > 0.5
    assert backward.shape == (3, 3)


def test_open_line_is_found() -> None:
    golden = drawn(7)
    cv2.line(golden, (20, 60), (300, 60), (30, 30, 30), 7)
    image = golden.copy()
    image[54:67, 200:212] = 225
    boxes = [r[0] for r in compare(image, golden).regions]
    assert any(overlap(box, (200, 56, 212, 64)) > 0.15 for box in boxes)
    assert len(boxes) == 1


def test_margin_widens_and_is_clipped() -> None:
    golden = drawn(8)
    image = golden.copy()
    image[10:40, 10:40] = (255, 0, 0)
    tight = compare(image, golden, ComparisonSettings(box_margin_px=0.0)).regions[0][0]
    wide = compare(image, golden, ComparisonSettings(box_margin_px=20.0)).regions[0][0]
    assert wide[2] == pytest.approx(tight[2] + 20.0)
    assert wide[0] == 0.0


def test_large_image_is_compared_reduced_in_image_pixels() -> None:
    golden = drawn(9, 1200)
    image, _ = moved(golden, 8.0, 6.0)
    image[600:680, 400:500] = (200, 0, 200)
    settings = ComparisonSettings(max_side_px=400, box_margin_px=0.0)
    result = compare(image, golden, settings)
    assert result.heat.shape == (1200, 1200)
    assert overlap(result.regions[0][0], (400, 600, 500, 680)) > 0.5
    assert 0.4 * 8000 < result.regions[0][2] < 2.0 * 8000


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((1, 1, 3), (1, 1, 3)),
        ((1, 1), (50, 60, 3)),
        ((50, 60, 3), (1, 1)),
        ((1, 300, 3), (1, 300, 3)),
        ((7, 5), (5, 7)),
        ((40, 40, 1), (44, 40, 4)),
        ((120, 200, 3), (200, 120, 3)),
        ((300, 2), (2, 300)),
    ],
)
def test_odd_shapes_do_not_fail(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, first).astype(np.uint8)
    golden = rng.integers(0, 256, second).astype(np.uint8)
    for brightness in ("none", "global", "local"):
        result = compare(image, golden, ComparisonSettings(brightness=brightness))
        assert result.heat.shape == first[:2]
        assert np.isfinite(result.heat).all()
        assert 0.0 <= result.registration.quality <= 1.0


def test_plain_images_are_noted_and_differ_by_level_only_without_matching() -> None:
    dark, bright = np.full((64, 64, 3), 20, np.uint8), np.full((64, 64, 3), 220, np.uint8)
    result = compare(dark, bright)
    assert "too plain" in result.note
    assert result.regions == ()
    assert compare(dark, bright, ComparisonSettings(brightness="none")).score > 1000.0


@pytest.mark.parametrize("bad", [np.zeros((0, 4, 3), np.uint8), np.zeros((4, 4), np.float32)])
def test_refuses_what_is_no_image(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not a uint8 image"):
        compare(bad, drawn())


def test_settings_round_trip_through_toml() -> None:
    settings = ComparisonSettings(contrast=60.0, box_margin_px=9.0, brightness="local")
    values = settings.to_dict()
    text = "\n".join(
        f"{k} = {chr(34) + v + chr(34) if isinstance(v, str) else v}" for k, v in values.items()
    )
    assert ComparisonSettings.from_dict(tomllib.loads(text)) == settings
    assert ComparisonSettings.from_dict({}) == ComparisonSettings()
    assert ComparisonSettings.from_dict({"contrast": 50}).contrast == 50.0


@pytest.mark.parametrize(
    "values",
    [
        {"colour": 1},
        {"contrast": "high"},
        {"contrast": 0},
        {"contrast": float("nan")},
        {"tolerance_px": -1},
        {"brightness": "odd"},
        {"registration_method": "luck"},
        {"registration_model": "odd"},
        {"max_side_px": 100.5},
        {"max_side_px": True},
    ],
)
def test_settings_refuse_bad_values_in_one_line(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        ComparisonSettings.from_dict(values)
    assert "\n" not in str(caught.value)


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ComparisonSettings().contrast = 3.0  # type: ignore[misc]


def test_same_input_gives_same_result() -> None:
    golden = drawn(4)
    image, _ = moved(golden, 20.0, -9.0, 12.0)
    first, second = compare(image, golden), compare(image, golden)
    assert np.array_equal(first.heat, second.heat)
    assert first.regions == second.regions
