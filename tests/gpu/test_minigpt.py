"""MiniGPT-v2 on a CUDA device; run with: pytest -m gpu."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inspector_app.domain.engine import Sampling
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.generation import generate
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.minigpt_prompt import build_prompt
from inspector_app.engines.minigpt_quirks import Quirks
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence
from inspector_app.engines.weights import quantised_layers

pytestmark = pytest.mark.gpu


def load(folder: Path, device: str, dtype: str, quantisation: str = "") -> MiniGPTModel:
    return MiniGPTModel(folder, LoadReport(device, dtype, quantisation), Quirks())


def picture(model: MiniGPTModel) -> ModelImage:
    pixels = np.random.default_rng(0).integers(0, 255, (300, 420, 3), dtype=np.uint8)
    patches, grid = model.rule.patches(pixels)
    return ModelImage(("picture",), patches, grid, model.rule.seen(420, 300))


def answer(model: MiniGPTModel, count: int = 24) -> list[int]:
    import torch

    with torch.inference_mode():
        turn = ChatTurn("user", "[vqa] is there a defect?", (picture(model),))
        prompt = build_prompt(model, [turn])
        sequence = TokenSequence(model.decoder)
        hidden = sequence.prefill(prompt, count)
        tokens = generate(
            model.decoder, sequence, hidden, Sampler(Sampling()),
            stops=(), most=count, cancelled=lambda: False, guard=False,
        )  # fmt: skip
        return list(tokens)


def test_float32_answers_are_those_of_the_processor(minigpt_folder: Path):
    assert answer(load(minigpt_folder, "cuda:0", "float32")) == answer(
        load(minigpt_folder, "cpu", "float32")
    )


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_is_near(minigpt_folder: Path, dtype: str):
    import torch

    half = load(minigpt_folder, "cuda:0", dtype)
    whole = load(minigpt_folder, "cuda:0", "float32")
    pixels = torch.from_numpy(picture(half).patches)[None].cuda()
    with torch.inference_mode():
        stream = half.vision.residual(pixels)
        expected = whole.vision(pixels)
        error = (half.vision(pixels).float() - expected).norm() / expected.norm()
    assert stream.dtype == torch.float32
    assert error < 0.03
    assert len(answer(half)) == 24


@pytest.mark.parametrize("form", ["nf4", "int8"])
def test_quantised_language_layers(minigpt_folder: Path, form: str):
    model = load(minigpt_folder, "cuda:0", "bfloat16", form)
    assert len(quantised_layers(model.model)) == 2 * 7
    assert len(answer(model)) == 24
