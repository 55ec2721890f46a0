"""Likelihoods of given answers."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from inspector_app.engines.scoring import log_likelihoods
from inspector_app.engines.sequence import TokenSequence

Lab = Any
ANSWERS = [[70], [71, 90], [5, 6, 7, 8, 9, 10], [71, 91], [70, 70, 70], [200]]


@torch.inference_mode()
def by_hand(lab: Lab, prompt: Any, images: tuple[Any, ...], answer: list[int]) -> float:
    inputs = lab.inputs(prompt, *images)
    ids = torch.tensor([[*prompt.ids, *answer]])
    inputs["input_ids"], inputs["attention_mask"] = ids, torch.ones_like(ids)
    inputs["mm_token_type_ids"] = (ids == lab.model.image_token).int()
    chances = lab.plain(**inputs).logits[0].log_softmax(-1)
    return sum(float(chances[len(prompt) - 1 + n, token]) for n, token in enumerate(answer))


@torch.inference_mode()
def test_likelihoods_are_those_of_a_whole_pass(lab: Lab):
    images = lab.image(112, 168), lab.image(84, 84)
    prompt = lab.prompt("Is there a defect?", *images)
    sequence = TokenSequence(lab.model.decoder)
    got = log_likelihoods(lab.model.decoder, sequence, sequence.prefill(prompt, 6), ANSWERS)
    assert got == pytest.approx([by_hand(lab, prompt, images, a) for a in ANSWERS], abs=1e-3)


@torch.inference_mode()
def test_answers_longer_than_the_room_are_scored(qwen2: Lab):
    prompt = qwen2.prompt("Is there a defect?")
    answers = [list(range(20, 200)), list(range(100, 300)), [4]]
    sequence = TokenSequence(qwen2.model.decoder)
    got = log_likelihoods(qwen2.model.decoder, sequence, sequence.prefill(prompt, 1), answers)
    assert got == pytest.approx([by_hand(qwen2, prompt, (), a) for a in answers], abs=1e-2)


@torch.inference_mode()
def test_the_sequence_stays_as_it_is(lab: Lab):
    image = lab.image(112, 168)
    prompt = lab.prompt("Is there a defect?", image)
    sequence = TokenSequence(lab.model.decoder)
    hidden = sequence.prefill(prompt, 30)
    log_likelihoods(lab.model.decoder, sequence, hidden, ANSWERS)
    assert sequence.length == len(prompt)
    assert lab.answer(prompt, 20, sequence) == lab.expected(prompt, [image], 20)
    assert sequence.reused == len(prompt) - 1


@torch.inference_mode()
def test_logits_are_worked_out_only_where_an_answer_stands(
    qwen2: Lab, monkeypatch: pytest.MonkeyPatch
):
    rows: list[int] = []
    logits = qwen2.model.decoder.logits

    def spy(hidden: torch.Tensor) -> torch.Tensor:
        rows.append(hidden.numel() // hidden.shape[-1])
        return logits(hidden)

    monkeypatch.setattr(qwen2.model.decoder, "logits", spy)
    prompt = qwen2.prompt("Is there a defect?", qwen2.image(112, 168))
    sequence = TokenSequence(qwen2.model.decoder)
    log_likelihoods(qwen2.model.decoder, sequence, sequence.prefill(prompt, 6), ANSWERS)
    assert rows == [1, sum(len(answer) - 1 for answer in ANSWERS)]
