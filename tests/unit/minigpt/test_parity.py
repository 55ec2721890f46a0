"""Our numbers against transformers and peft on the same weights."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from inspector_app.domain.engine import Sampling
from inspector_app.engines.adapters import AdapterSet
from inspector_app.engines.batching import generate_batch
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.generation import generate
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.minigpt_prompt import build_prompt
from inspector_app.engines.minigpt_v2 import MiniGPTEngine
from inspector_app.engines.registry import card
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import Prompt, TokenSequence
from inspector_app.learning.minigpt_files import Files

from .conftest import Convert, Load, picture

QUESTIONS = ("[vqa] is there a scratch?", "[detection] scratches, dents and stains", "yes")


@pytest.fixture
def tuned(load: Load, minigpt: str) -> MiniGPTModel:
    """The model with its own LoRA pairs on."""
    model = load()
    put_on(model)
    return model


def put_on(model: MiniGPTModel) -> AdapterSet:
    return AdapterSet(model, MiniGPTEngine(card("minigpt-v2")).own_adapters(model.folder))


@pytest.fixture(scope="module")
def plain(minigpt_folder: Path) -> Any:
    """The language model with its LoRA pairs as peft runs them, nothing of ours in it."""
    import warnings

    import transformers
    from peft import PeftModel

    config = json.loads((minigpt_folder / "config.json").read_text())["text_config"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        base = transformers.LlamaForCausalLM.from_pretrained(
            minigpt_folder, config=transformers.LlamaConfig(**config), dtype=torch.float32
        )
        return PeftModel.from_pretrained(base, minigpt_folder / "adapter").eval()


def prompts(model: MiniGPTModel) -> list[Prompt]:
    """A question with an image, one with two, and one without."""
    one, two = picture(model, 1), picture(model, 2)
    images = ((one,), (one, two), ())
    return [
        build_prompt(model, [ChatTurn("user", text, shown)])
        for text, shown in zip(QUESTIONS, images, strict=True)
    ]


@torch.inference_mode()
def logits(model: MiniGPTModel, prompt: Prompt) -> torch.Tensor:
    hidden = TokenSequence(model.decoder).prefill(prompt, 1)
    return model.decoder.logits(hidden)[0].clone()


@torch.inference_mode()
def answer(model: MiniGPTModel, prompt: Prompt, count: int = 12) -> list[int]:
    sequence = TokenSequence(model.decoder)
    hidden = sequence.prefill(prompt, count)
    return list(
        generate(
            model.decoder, sequence, hidden, Sampler(Sampling()),
            stops=(), most=count, cancelled=lambda: False, guard=False,
        )
    )  # fmt: skip


@torch.inference_mode()
def test_logits_and_answers_are_those_of_transformers(tuned: MiniGPTModel, plain: Any):
    for prompt in prompts(tuned):
        x, _ = prompt.embed(0, len(prompt))
        expected = plain(inputs_embeds=x).logits[0, -1]
        assert torch.allclose(logits(tuned, prompt), expected, atol=1e-4)
        out = plain.generate(
            inputs_embeds=x, attention_mask=torch.ones(x.shape[:2], dtype=torch.long),
            max_new_tokens=12, do_sample=False, eos_token_id=None, pad_token_id=0,
        )  # fmt: skip
        assert answer(tuned, prompt) == out[0].tolist()


def test_merged_pairs_give_the_logits_of_kept_ones(
    tuned: MiniGPTModel, convert: Convert, load: Load
):
    merged = load(convert(lora="merged", dtype="float32"))
    halves = load(convert(lora="merged"))
    for prompt, other, rounded in zip(
        prompts(tuned), prompts(merged), prompts(halves), strict=True
    ):
        expected = logits(tuned, prompt)
        assert torch.allclose(logits(merged, other), expected, atol=1e-4)
        error = (logits(halves, rounded) - expected).abs().max()
        assert 0 < error < 1e-2 * expected.abs().max()


def test_the_pairs_change_the_answer(load: Load, tuned: MiniGPTModel):
    bare = load()
    differ = [
        (logits(tuned, prompt) - logits(bare, other)).abs().max() > 0.01
        for prompt, other in zip(prompts(tuned), prompts(bare), strict=True)
    ]
    assert all(differ)


@torch.inference_mode()
def test_a_batch_padded_on_the_left_gives_the_answers_one_by_one(tuned: MiniGPTModel):
    asked = prompts(tuned)
    together = generate_batch(
        tuned.decoder, asked, [Sampler(Sampling()) for _ in asked],
        stops=(), most=12, cancelled=lambda: False, guard=False,
    )  # fmt: skip
    assert together == [answer(tuned, prompt) for prompt in asked]


@torch.inference_mode()
def test_a_follow_up_runs_only_what_is_new(tuned: MiniGPTModel):
    image = picture(tuned, 1)
    sequence = TokenSequence(tuned.decoder)
    first = build_prompt(tuned, [ChatTurn("user", QUESTIONS[0], (image,))])
    sequence.prefill(first, 8)
    asked = ChatTurn("user", QUESTIONS[0], (image,))
    turns = [asked, ChatTurn("assistant", "yes"), ChatTurn("user", "so?")]
    second = build_prompt(tuned, turns)
    hidden = sequence.prefill(second, 8)
    assert sequence.reused == len(first)
    assert torch.allclose(tuned.decoder.logits(hidden)[0], logits(tuned, second), atol=1e-4)


@pytest.mark.parametrize("form", ["nf4", "int8"])
def test_only_the_language_layers_are_quantised(minigpt_folder: Path, form: str):
    from inspector_app.domain.loading import LoadReport
    from inspector_app.engines.minigpt_quirks import Quirks
    from inspector_app.engines.weights import quantised_layers

    dtype = "bfloat16" if form == "int8" else "float32"
    model = MiniGPTModel(minigpt_folder, LoadReport("cpu", dtype, form), Quirks())
    put_on(model)
    layers = quantised_layers(model.model)
    if form == "nf4":
        assert len(layers) == 2 * 7
        assert not any("lm_head" in name for name in layers)
    tower = [type(layer).__module__ for layer in model.vision.tower.modules()]
    assert not any(name.startswith("bitsandbytes") for name in tower)
    assert type(model.vision.projection).__module__.startswith("torch.")
    assert torch.isfinite(logits(model, prompts(model)[0]).float()).all()


def test_a_language_model_in_several_files_gives_the_same(
    minigpt_files: Files, tuned: MiniGPTModel, convert: Convert, load: Load, tmp_path: Path
):
    """The published one comes in two."""
    whole = load_file(minigpt_files.llama / "model.safetensors")
    llama = Path(shutil.copytree(minigpt_files.llama, tmp_path / "llama"))
    (llama / "model.safetensors").unlink()
    parts = [f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    names = {name: parts["layers.1." in name] for name in whole}
    for part in parts:
        tensors = {name: whole[name] for name in whole if names[name] == part}
        save_file(tensors, llama / part, metadata={"format": "pt"})
    index = {"metadata": {}, "weight_map": names}
    (llama / "model.safetensors.index.json").write_text(json.dumps(index))
    split = load(convert(replace(minigpt_files, llama=llama)))
    put_on(split)
    for prompt, other in zip(prompts(tuned), prompts(split), strict=True):
        assert torch.equal(logits(tuned, prompt), logits(split, other))
