"""What a vision tower is fed, against the reference."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError, ImageError
from inspector_app.domain.loading import SeenImage
from inspector_app.imaging.model_pixels import PixelRule, smart_resize

CONFIG: dict[str, Any] = {
    "min_pixels": 3136,
    "max_pixels": 12845056,
    "patch_size": 14,
    "temporal_patch_size": 2,
    "merge_size": 2,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
}
TABLE = [
    (1080, 1920, 3136, 1003520, 728, 1316, 1222),
    (1080, 1920, 3136, 12845056, 1092, 1932, 2691),
    (3000, 4000, 200704, 1003520, 840, 1148, 1230),
    (3000, 4000, 3136, 12845056, 2996, 4004, 15301),
    (27, 27, 3136, 1003520, 56, 56, 4),
    (42, 70, 3136, 1003520, 56, 56, 4),
    (13, 1000, 3136, 1003520, 28, 504, 18),
    (900, 900, 200704, 1003520, 896, 896, 1024),
    (224, 224, 200704, 1003520, 448, 448, 256),
    (2400, 800, 200704, 1605632, 2184, 728, 2028),
    (1024, 1024, 200704, 1003520, 980, 980, 1225),
]


def noise(height: int, width: int) -> NDArray[np.uint8]:
    random = np.random.default_rng(height * 10007 + width)
    return random.integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize(("h", "w", "least", "most", "to_h", "to_w", "tokens"), TABLE)
def test_sizes_of_the_table(
    h: int, w: int, least: int, most: int, to_h: int, to_w: int, tokens: int
) -> None:
    assert smart_resize(h, w, 28, least, most) == (to_h, to_w)
    rule = PixelRule(min_pixels=least, max_pixels=most)
    assert rule.seen(w, h) == SeenImage(to_w, to_h, tokens)


@pytest.mark.parametrize(("h", "w"), [(28, 5628), (5628, 28), (1, 201)])
def test_too_thin_says_what_helps(h: int, w: int) -> None:
    with pytest.raises(ImageError) as caught:
        smart_resize(h, w, 28, 3136, 1003520)
    assert "200" in caught.value.what
    assert "crop" in caught.value.mend.lower()
    assert "tile" in caught.value.mend.lower()


def test_just_thin_enough() -> None:
    assert smart_resize(28, 5600, 28, 3136, 1003520) == (28, 5600)


@pytest.mark.parametrize(("h", "w"), [(0, 10), (10, 0), (0, 0)])
def test_empty_picture(h: int, w: int) -> None:
    with pytest.raises(ImageError, match="no pixels"):
        smart_resize(h, w, 28, 3136, 1003520)


@given(h=st.integers(1, 6000), w=st.integers(1, 6000), most=st.integers(28 * 28 * 64, 2_000_000))
def test_every_size_is_usable(h: int, w: int, most: int) -> None:
    if max(h, w) > 200 * min(h, w):
        return
    to_h, to_w = smart_resize(h, w, 28, 3136, most)
    assert to_h % 28 == to_w % 28 == 0
    assert to_h >= 28
    assert to_w >= 28
    # A strip one block high may go over: it cannot become thinner.
    assert to_h * to_w <= most or min(to_h, to_w) == 28


@pytest.mark.parametrize(
    ("h", "w"),
    [(56, 56), (280, 392), (300, 401), (13, 1000), (27, 27), (42, 70), (1080, 1920), (777, 333)],
)
def test_patches_are_those_of_the_reference(h: int, w: int) -> None:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import (
        Qwen2VLImageProcessorPil,
    )

    pixels = noise(h, w)
    reference = Qwen2VLImageProcessorPil(min_pixels=3136, max_pixels=501760)
    wanted = reference(images=[pixels], return_tensors="np")
    rule = PixelRule.from_config(CONFIG, min_pixels=3136, max_pixels=501760)
    patches, grid = rule.patches(pixels)
    assert grid == tuple(wanted["image_grid_thw"][0])
    assert patches.dtype == np.float32
    assert patches.flags.c_contiguous
    assert patches.flags.writeable
    assert patches.shape == wanted["pixel_values"].shape
    assert np.abs(patches - wanted["pixel_values"]).max() <= 1e-5
    assert rule.seen(w, h).tokens * 4 == len(patches)


def test_other_patch_sizes() -> None:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import (
        Qwen2VLImageProcessorPil,
    )

    config = CONFIG | {"patch_size": 16, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    pixels = noise(200, 260)
    reference = Qwen2VLImageProcessorPil(
        patch_size=16,
        image_mean=[0.5] * 3,
        image_std=[0.5] * 3,
        min_pixels=4096,
        max_pixels=501760,
    )
    wanted = reference(images=[pixels], return_tensors="np")
    patches, grid = PixelRule.from_config(config, 4096, 501760).patches(pixels)
    assert grid == tuple(wanted["image_grid_thw"][0])
    assert np.abs(patches - wanted["pixel_values"]).max() <= 1e-5


def test_shrunk_leaves_a_fitting_picture_alone() -> None:
    rule = PixelRule(min_pixels=3136, max_pixels=501760)
    pixels = noise(280, 392)
    assert rule.shrunk(pixels) is pixels
    assert rule.shrunk(noise(300, 401)).shape == (308, 392, 3)


def test_a_view_that_is_not_contiguous() -> None:
    rule = PixelRule(min_pixels=3136, max_pixels=501760)
    pixels = noise(280, 392)
    turned = pixels[::-1, ::-1]
    assert np.array_equal(rule.patches(turned)[0], rule.patches(turned.copy())[0])


def test_limits_come_from_the_caller() -> None:
    rule = PixelRule.from_config(CONFIG, min_pixels=200704, max_pixels=401408)
    assert (rule.min_pixels, rule.max_pixels) == (200704, 401408)
    with pytest.raises(ValueError):
        PixelRule(min_pixels=10, max_pixels=5)


@pytest.mark.parametrize(
    "change",
    [{"patch_size": None}, {"patch_size": "14"}, {"image_mean": [0.5]}, {"image_std": [1, 0, 1]}],
)
def test_a_damaged_config_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match="preprocessor_config"):
        PixelRule.from_config(CONFIG | change, 3136, 501760)


def test_a_config_without_a_key_is_told() -> None:
    with pytest.raises(EngineError, match="merge_size"):
        PixelRule.from_config({k: v for k, v in CONFIG.items() if k != "merge_size"}, 3136, 501760)
