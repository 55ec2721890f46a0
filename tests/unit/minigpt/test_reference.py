"""Against numbers of the published program on the same small weights (../shared/reference)."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.tasks import Task
from inspector_app.engines.conversation import load_scene, write_prompt
from inspector_app.engines.language_prompts import language_texts
from inspector_app.engines.minigpt_convert import read_originals, write_model
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.minigpt_prompt import make_form, process_text
from inspector_app.engines.minigpt_quirks import Quirks
from inspector_app.engines.model_images import ModelImages

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT.parent / "shared" / "reference" / "minigpt-v2"
TOLERANCE = 1e-4

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference numbers are not here"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> MiniGPTModel:
    """The small weights of the reference, converted."""
    folder = tmp_path_factory.mktemp("reference")
    request = ConvertRequest(
        str(REFERENCE / "checkpoint_small.pth"),
        str(REFERENCE / "eva_vit_small.pth"),
        str(REFERENCE / "llama_small"),
    )
    originals = read_originals(request)
    assert originals.notes == ()  # config.json beside them tells the heads
    list(write_model(request, originals, folder, threading.Event()))
    return MiniGPTModel(folder, LoadReport("cpu", "float32"), Quirks())


@pytest.fixture(scope="module")
def arrays() -> Any:
    return np.load(REFERENCE / "vision.npz")


@torch.inference_mode()
def test_every_stage_of_the_vision_path(model: MiniGPTModel, arrays: Any):
    image = np.asarray(Image.open(REFERENCE / "test_image.png").convert("RGB"))
    pixels, _ = model.rule.patches(image)
    x = torch.from_numpy(pixels)[None]
    stream = model.vision.residual(x)
    normed = model.vision.normed(stream)
    turned, _ = model.rule.patches(np.ascontiguousarray(image[::-1, ::-1]))
    stages = {
        "pixels": x,
        "pos_embed": model.vision.tower.embeddings.position_embedding,
        "vit_out": stream,
        "ln_out": normed,
        "merged": model.vision.merged(normed),
        "image_embeds": model.vision(x),
        "image_embeds_rot180": model.vision(torch.from_numpy(turned)[None]),
    }
    for name, found in stages.items():
        error = np.abs(found[0].numpy() - arrays[name].reshape(found[0].shape)).max()
        assert error < TOLERANCE, f"{name}: {error}"


def test_the_ids_of_a_prompt(model: MiniGPTModel, tmp_path: Path):
    told = json.loads((REFERENCE / "prompt_one_vqa.json").read_text())["one_vqa"]
    question = "is there a scratch on the surface?"
    request = InspectRequest((str(REFERENCE / "test_image.png"),), Task.VQA, question)
    images = ModelImages()
    scene = load_scene(request, images, model.rule)
    form = make_form(model, language_texts("en", "minigpt"), 2000, 500)
    prompt = write_prompt(request, scene, images, model.rule, form).prompt
    assert prompt.label == told["prompt"]
    first, second = told["segment_ids"]
    assert list(prompt.ids) == [*first, *[0] * 256, *second]
    assert len(prompt) == told["n_positions"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("<s>[INST] <Img>", [1, 518, 25580, 29962, 529, 25518, 29958]),
        ("[INST] <Img>", [518, 25580, 29962, 529, 25518, 29958]),
        (
            "</Img> [vqa] what is this [/INST]",
            [1533, 25518, 29958, 518, 29894, 25621, 29962, 825, 338, 445, 518, 29914, 25580, 29962],
        ),
        (
            "</Img> [vqa] is it bent?  [/INST]",
            [1533, 25518, 29958, 518, 29894, 25621, 29962, 338, 372, 26148, 29973, 29871, 518,
             29914, 25580, 29962],
        ),
        (
            "{<10><20><30><40>}",
            [426, 29966, 29896, 29900, 5299, 29906, 29900, 5299, 29941, 29900, 5299, 29946, 29900,
             29958, 29913],
        ),
        ("yes</s>", [4874, 2]),
        ("  x", [259, 921]),
        ("<s> x", [1, 29871, 921]),
    ],
)  # fmt: skip
def test_the_ids_of_texts(model: MiniGPTModel, text: str, ids: list[int]):
    assert model.pieces.encode(text) == ids


def test_the_text_processor():
    for case in json.loads((REFERENCE / "text_processor.json").read_text()):
        assert process_text(case["input"]) == case["output"]
