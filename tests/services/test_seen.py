"""What a language model sees: sizes, tokens, limits, and the picture itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import ImageError
from inspector_app.domain.images import ImageRef
from inspector_app.domain.loading import SeenImage
from inspector_app.services import seen


def card(dialect: str, **options: int) -> Card:
    return Card(
        "x", "X", "qwen-vl", "", "", frozenset(), dialect=dialect, options=tuple(options.items())
    )


def test_sizes_of_the_dialects():
    limits = {"min_tokens": 4, "max_tokens": 1280}
    assert seen.seen(card("qwen2-vl", **limits), 1000, 760) == SeenImage(1008, 756, 972)
    assert seen.seen(card("qwen2.5-vl", **limits), 1000, 760) == SeenImage(1008, 756, 972)
    assert seen.seen(card("qwen3-vl", **limits), 1000, 760) == SeenImage(992, 768, 744)


def test_limits_in_tokens_and_of_the_load():
    few = seen.seen(card("qwen2-vl", min_tokens=4, max_tokens=100), 4000, 3000)
    assert few is not None
    assert few.tokens <= 100
    less = seen.seen(card("qwen2-vl", min_tokens=4, max_tokens=100), 4000, 3000, 50 * 28 * 28)
    assert less is not None
    assert less.tokens <= 50
    many = seen.seen(card("qwen2-vl", min_tokens=256, max_tokens=1280), 64, 64)
    assert many is not None
    assert many.tokens >= 256


def test_experts_see_in_their_own_way():
    assert seen.seen(card(""), 1000, 760) is None
    assert seen.seen(card("unheard-of"), 1000, 760) is None
    assert seen.seen(card("qwen2-vl"), 0, 0) is None


def test_too_thin_for_the_model():
    with pytest.raises(ImageError):
        seen.seen(card("qwen2-vl"), 10_000, 10)


def test_preview_has_the_size_that_is_told(tmp_path: Path):
    pixels = np.random.default_rng(0).integers(0, 255, (150, 200, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    model = card("qwen2-vl", min_tokens=4, max_tokens=20)
    told = seen.seen(model, 200, 150)
    shown = seen.preview(ImageRef(str(tmp_path / "a.png")), model)
    assert told is not None
    assert shown.shape == (told.height, told.width, 3)
    assert shown.dtype == np.uint8
