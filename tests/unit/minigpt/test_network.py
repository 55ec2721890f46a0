"""From a picture to embeddings: geometry, norm, merge, precision."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from inspector_app.domain.errors import BadInputError, EngineError, ImageError
from inspector_app.domain.loading import SeenImage
from inspector_app.engines.minigpt_model import MiniGPTModel, VisionPath
from inspector_app.engines.minigpt_quirks import Quirks, quirks_of
from inspector_app.imaging.model_pixels import CLIP_MEAN
from inspector_app.imaging.square_pixels import SquareRule

from .conftest import Convert, Load, picture, pixels_of


@torch.inference_mode()
def test_the_tower_gives_the_bare_residual_stream(mini: MiniGPTModel):
    x = mini.vision.residual(pixels_of(picture(mini)))
    assert x.shape == (1, 1025, 32)
    assert len(mini.vision.tower.encoder.layers) == 2
    assert abs(x.mean(-1)).max() > 0.05  # no norm was applied


@torch.inference_mode()
def test_the_norm_has_neither_weight_nor_bias(mini: MiniGPTModel):
    x = mini.vision.normed(mini.vision.residual(pixels_of(picture(mini))))
    assert abs(x.mean(-1)).max() < 1e-5
    assert torch.allclose(x.var(-1, unbiased=False), torch.ones(()), atol=1e-3)


def test_the_epsilon_of_the_norm_is_that_of_the_published_program(mini: MiniGPTModel):
    x = torch.tensor([[[1e-3, -1e-3]]])
    expected = 1e-3 / (1e-6 + 1e-5) ** 0.5
    assert mini.vision.normed(x)[0, 0, 0].item() == pytest.approx(expected, rel=1e-5)


def test_a_token_is_four_patches_of_a_row(mini: MiniGPTModel):
    x = torch.arange(1025.0)[None, :, None].expand(1, 1025, 3)
    merged = mini.vision.merged(x)
    assert merged.shape == (1, 256, 12)
    for token in (0, 1, 8, 255):
        patches = merged[0, token, ::3] - 1  # the class token comes before them
        assert patches.tolist() == [4 * token + n for n in range(4)]


def test_without_the_habit_a_token_is_two_by_two_patches():
    path = VisionPath(None, None, Quirks(horizontal_merge=False))
    merged = path.merged(torch.arange(1025.0)[None, :, None])
    assert merged.shape == (1, 256, 4)
    assert (merged[0, 0] - 1).tolist() == [0, 1, 32, 33]
    assert (merged[0, 17] - 1).tolist() == [66, 67, 98, 99]


def test_without_the_norm_the_stream_goes_on_as_it_is():
    x = torch.randn(1, 3, 4)
    assert torch.equal(VisionPath(None, None, Quirks(vision_norm=False)).normed(x), x)


@torch.inference_mode()
def test_embeddings_are_as_many_and_as_wide_as_the_language_model_wants(mini: MiniGPTModel):
    image = picture(mini)
    found = mini.features((image.key,), image.patches)
    assert found.tokens.shape == (256, 64)
    again = mini.features((image.key,), np.zeros_like(image.patches))
    assert torch.equal(again.tokens, found.tokens)  # the same image is looked at once


@torch.inference_mode()
def test_half_precision_leaves_in_float32_what_was_published_so(mini: MiniGPTModel, load: Load):
    half = load(dtype="bfloat16")
    dtypes = {
        name: weight.dtype
        for name, weight in half.vision.tower.named_parameters()
    }  # fmt: skip
    for name, dtype in dtypes.items():
        whole = "norm" in name or name.endswith(("embedding", "qkv.bias"))
        assert dtype == (torch.float32 if whole else torch.bfloat16), name
    pixels = pixels_of(picture(mini))
    stream = half.vision.residual(pixels)
    assert stream.dtype == torch.float32
    expected = mini.vision(pixels)
    error = (half.vision(pixels).float() - expected).norm() / expected.norm()
    assert error < 0.03


def test_a_tower_file_that_lacks_a_tensor_is_refused(convert: Convert, load: Load):
    from safetensors.torch import load_file, save_file

    folder = convert()
    tensors = load_file(folder / "vision.safetensors")
    name = "vision_model.encoder.layers.1.mlp.fc1.bias"
    del tensors[name]
    save_file(tensors, folder / "vision.safetensors")
    with pytest.raises(EngineError, match="vision tower"):
        load(folder)
    (folder / "vision.safetensors").write_bytes(b"nothing")
    with pytest.raises(EngineError, match="vision tower"):
        load(folder)


# -- pictures ------------------------------------------------------------------------------


def test_pictures_are_squashed_to_a_square():
    pixels = np.random.default_rng(0).integers(0, 256, (30, 80, 3), dtype=np.uint8)
    rule = SquareRule()
    assert rule.seen(80, 30) == SeenImage(448, 448, 256)
    expected = Image.fromarray(pixels).resize((448, 448), Image.Resampling.BICUBIC)
    assert np.array_equal(rule.shrunk(pixels), np.asarray(expected))
    values, grid = rule.patches(pixels)
    assert values.shape == (3, 448, 448)
    assert grid == (1, 32, 32)
    red = (np.asarray(expected)[:, :, 0] / 255 - CLIP_MEAN[0]) / rule.std[0]
    assert np.allclose(values[0], red, atol=1e-5)


def test_pictures_may_keep_their_proportions():
    pixels = np.full((50, 100, 3), 200, np.uint8)
    rule = SquareRule(squash=False)
    assert rule.seen(100, 50) == SeenImage(448, 224, 256, 448)
    square = rule.shrunk(pixels)
    assert (square[:224] == 200).all()
    assert (square[224:] == [round(255 * mean) for mean in CLIP_MEAN]).all()
    assert abs(rule.patches(pixels)[0][:, 300:]).max() < 0.02  # even, and nothing to see


def test_an_empty_picture_is_refused():
    with pytest.raises(ImageError):
        SquareRule().seen(0, 5)


# -- switches --------------------------------------------------------------------------------


def test_what_is_published_is_the_default():
    assert quirks_of({}) == Quirks()
    assert quirks_of({"two_bos": False, "device": "cpu"}) == Quirks(two_bos=False)


@pytest.mark.parametrize("options", [{"two_bos": 1}, {"end": ""}, {"squash": "yes"}])
def test_a_switch_of_the_wrong_type_is_told(options: dict[str, object]):
    with pytest.raises(BadInputError, match=f"The card says {next(iter(options))}"):
        quirks_of(options)
