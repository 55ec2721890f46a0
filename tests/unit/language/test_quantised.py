"""Quantised language layers: loaded by bitsandbytes, checked, adapted; run on the processor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import EngineError
from inspector_app.engines.adapters import AdapterSet
from inspector_app.engines.qwen_model import NOT_QUANTISED, QwenModel
from inspector_app.engines.weights import check_quantised, quantised_layers

pytest.importorskip("bitsandbytes")

Lab = Any
FORMS = ("nf4", "int8")


@pytest.fixture(scope="module", params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def small(lab: Lab, form: str, load: Callable[..., QwenModel]) -> QwenModel:
    """Every kind of model in every form; do not change."""
    return load(lab.folder, form)


@torch.inference_mode()
def logits(lab: Lab, model: QwenModel, scope: tuple[str, ...] = ()) -> torch.Tensor:
    from inspector_app.engines.conversation import ChatTurn
    from inspector_app.engines.qwen_prompt import build_prompt
    from inspector_app.engines.sequence import TokenSequence

    turns = [ChatTurn("user", "Is there a dent?", (lab.image(84, 112),))]
    prompt = build_prompt(model, turns, scope)
    sequence = TokenSequence(model.decoder)
    rows = [sequence.prefill(prompt, 8), *(sequence.step(token) for token in (30, 31, 32))]
    return model.decoder.logits(torch.cat(rows)).clone()


def test_language_layers_are_quantised_and_nothing_else(lab: Lab, load: Callable[..., QwenModel]):
    small = load(lab.folder, "nf4")
    assert not any(part.joined for part in small.decoder.projections)  # called as they are
    layers = quantised_layers(small.model)
    names = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    assert len(layers) == 3 * len(names)
    assert {name.rpartition(".")[2] for name in layers} == set(names)
    assert all(name.startswith("model.language_model.layers.") for name in layers)
    assert small.model.lm_head.weight.dtype == torch.float32
    assert all(p.dtype == torch.float32 for p in small.model.model.visual.parameters())


def test_int8_on_the_processor_is_our_own(lab: Lab, load: Callable[..., QwenModel]):
    """torch's 8-bit kernel is private to it; this test says when it is gone or changed."""
    whole, small = load(lab.folder, ""), load(lab.folder, "int8")
    assert quantised_layers(small.model) == []
    assert all(part.joined for part in small.decoder.projections)
    x = torch.randn(3, lab.model.decoder.embeddings.weight.shape[1])
    for before, after in zip(whole.decoder.projections, small.decoder.projections, strict=True):
        if before.weight.shape[1] != x.shape[1]:
            continue
        exact, near = before(x), after(x)
        assert float((exact - near).abs().max()) < 0.02 * float(exact.abs().max())
        assert after.weight.numel() == 0  # the large weights are gone
    assert small.model.lm_head.weight.dtype == torch.float32


def test_answers_are_numbers_near_those_of_the_whole_model(lab: Lab, small: QwenModel):
    got, whole = logits(lab, small), logits(lab, lab.model)
    assert got.isfinite().all()
    assert torch.nn.functional.cosine_similarity(got, whole).min() > 0.8
    assert not torch.equal(got, whole)


def test_nothing_is_said_while_loading(
    qwen2: Lab,
    load: Callable[..., QwenModel],
    form: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
):
    with caplog.at_level(logging.WARNING):
        model = load(qwen2.folder, form)
        logits(qwen2, model)
    assert capfd.readouterr() == ("", "")
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING] == []


def test_a_whole_model_has_no_quantised_layer(lab: Lab):
    assert quantised_layers(lab.model.model) == []
    check_quantised(lab.model.model, False, NOT_QUANTISED)


def test_a_quantised_model_where_none_was_asked_for_is_refused(
    qwen2: Lab, load: Callable[..., QwenModel]
):
    small = load(qwen2.folder, "nf4")
    with pytest.raises(EngineError, match="not what was asked for"):
        check_quantised(small.model, False, NOT_QUANTISED)


def test_a_whole_model_where_a_quantised_one_was_asked_for_is_refused(lab: Lab):
    with pytest.raises(EngineError, match="not what was asked for"):
        check_quantised(lab.model.model, True, NOT_QUANTISED)


@pytest.mark.parametrize("skip", [["lm_head"], ["visual", "model.visual"]])
def test_a_quantised_tower_or_head_is_refused(qwen2: Lab, skip: list[str]):
    import transformers

    settings = transformers.BitsAndBytesConfig(load_in_8bit=True, llm_int8_skip_modules=skip)
    model = transformers.AutoModelForImageTextToText.from_pretrained(
        qwen2.folder, dtype=torch.float32, quantization_config=settings
    )
    wrong = r"model\.visual\S+|lm_head"
    if not any("visual" in name or "lm_head" in name for name in quantised_layers(model)):
        pytest.skip("this version leaves a head that is tied to the embedding alone")
    with pytest.raises(EngineError, match=f"({wrong}) is quantised"):
        check_quantised(model, True, NOT_QUANTISED)


def make_adapter_on(lab: Lab, folder: Path) -> AdapterCard:
    """An adapter with random weights on two layers of each block."""
    from safetensors.torch import save_file

    folder.mkdir()
    tensors = {}
    generator = torch.Generator().manual_seed(0)
    for layer in range(3):
        for name, rows in (("self_attn.q_proj", 64), ("mlp.up_proj", 128)):
            key = f"base_model.model.model.language_model.layers.{layer}.{name}"
            tensors[f"{key}.lora_A.weight"] = torch.randn(4, 64, generator=generator) / 8
            tensors[f"{key}.lora_B.weight"] = torch.randn(rows, 4, generator=generator) / 4
    save_file(tensors, folder / "adapter_model.safetensors")
    (folder / "adapter_config.json").write_text('{"peft_type": "LORA", "r": 4, "lora_alpha": 8}')
    return AdapterCard("one", "One", "tiny", sha256="0", path=str(folder))


def test_an_adapter_acts_on_quantised_layers(
    qwen2: Lab, load: Callable[..., QwenModel], form: str, tmp_path: Path
):
    card = make_adapter_on(qwen2, tmp_path / "one")
    model, whole = load(qwen2.folder, form), load(qwen2.folder)
    base = logits(qwen2, model)
    adapters = AdapterSet(model)
    adapters.use([card])
    adapted = logits(qwen2, model, ("one",))
    AdapterSet(whole).use([card])
    wanted = logits(qwen2, whole, ("one",))
    near = torch.nn.functional.cosine_similarity
    assert adapted.isfinite().all()
    assert near(adapted, wanted).min() > 0.8
    assert (near(adapted, wanted) > near(base, wanted)).all()
    adapters.use([])
    assert torch.equal(logits(qwen2, model), base)
