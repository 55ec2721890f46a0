"""The language engine on a CUDA device; run with: pytest -m gpu."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from inspector_app.domain.engine import InspectRequest, Sampling
from inspector_app.domain.events import Finished
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.tasks import Task
from inspector_app.engines import registry
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.generation import generate
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence
from inspector_app.engines.weights import quantised_layers
from inspector_app.learning.checkpoints import Sizes, make_checkpoint

pytestmark = pytest.mark.gpu
PIXELS = 28 * 28
KINDS = ("qwen2_vl", "qwen2_5_vl", "qwen3_vl")


@pytest.fixture(scope="module", params=KINDS)
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sizes = Sizes(256, 4, 4, 2, 512, 1024, 64, 2, 2)
    folder = tmp_path_factory.mktemp(request.param)
    return make_checkpoint(folder, request.param, sizes, texts=["Is there a defect?"] * 3)


def load(folder: Path, dtype: str, quantisation: str = "") -> QwenModel:
    report = LoadReport("cuda:0", dtype, quantisation, 1280 * PIXELS)
    return QwenModel(folder, report, 4 * PIXELS)


def picture(model: QwenModel) -> ModelImage:
    pixels = np.random.default_rng(0).integers(0, 255, (300, 420, 3), dtype=np.uint8)
    patches, grid = model.rule.patches(pixels)
    return ModelImage(("picture",), patches, grid, model.rule.seen(420, 300))


def answer(model: QwenModel, count: int) -> tuple[list[int], TokenSequence]:
    import torch

    with torch.inference_mode():
        turns = [ChatTurn("user", "Is there a defect?", (picture(model),))]
        prompt = build_prompt(model, turns, ())
        sequence = TokenSequence(model.decoder)
        hidden = sequence.prefill(prompt, count)
        tokens = generate(
            model.decoder,
            sequence,
            hidden,
            Sampler(Sampling()),
            stops=(),
            most=count,
            cancelled=lambda: False,
            guard=False,
        )
        return list(tokens), sequence


def test_steps_are_recorded_and_write_what_generate_writes(checkpoint: Path):
    import torch

    model = load(checkpoint, "float32")
    ours, sequence = answer(model, 48)
    assert sequence._graph is not None
    assert sequence._graph.recorded
    image = picture(model)
    prompt = build_prompt(model, [ChatTurn("user", "Is there a defect?", (image,))], ())
    ids = torch.tensor([prompt.ids], device="cuda:0")
    model.model.generation_config.eos_token_id = None
    with torch.inference_mode():
        plain = model.model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            mm_token_type_ids=(ids == model.image_token).int(),
            pixel_values=torch.from_numpy(image.patches).to(ids.device),
            image_grid_thw=torch.tensor([image.grid], device=ids.device),
            max_new_tokens=48,
            do_sample=False,
        )
    assert ours == plain[0, ids.shape[1] :].tolist()


@pytest.mark.parametrize("quantisation", ["nf4", "int8"])
def test_only_language_layers_are_quantised(checkpoint: Path, quantisation: str):
    model = load(checkpoint, "bfloat16", quantisation)
    layers = quantised_layers(model.model)
    assert layers
    assert all("language_model" in name for name in layers)
    tokens, _ = answer(model, 8)
    assert len(tokens) == 8


def test_the_engine_answers_on_the_gpu(tiny: str, part: Path):
    engine = registry.create(tiny)
    report = engine.load()
    assert report.device.startswith("cuda")
    request = InspectRequest((str(part),), Task.VQA, "What is this?")
    assert isinstance(list(engine.stream(request, threading.Event()))[-1], Finished)
    engine.unload()
