"""Our decoder gives what transformers gives, however the prompt got into the cache."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from inspector_app.domain.engine import Sampling
from inspector_app.engines import sequence as sequences
from inspector_app.engines.batching import generate_batch
from inspector_app.engines.graph_step import GraphStep
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence
from inspector_app.learning.checkpoints import SPECIAL_TOKENS

QUESTION = "Is there a defect on this part?"
Lab = Any


def two(lab: Lab) -> tuple[Any, Any]:
    return lab.image(112, 168, 1), lab.image(200, 130, 2)


def test_positions_with_two_images(lab: Lab):
    images = two(lab)
    prompt = lab.prompt(QUESTION, *images)
    inputs = lab.inputs(prompt, *images)
    wanted, deltas = lab.plain.model.get_rope_index(
        inputs["input_ids"], inputs["mm_token_type_ids"], image_grid_thw=inputs["image_grid_thw"]
    )
    assert torch.equal(prompt.positions, wanted[:, 0])
    assert prompt.next_position == len(prompt) + int(deltas[0, 0])


def test_text_goes_on_after_the_larger_side_of_an_image(lab: Lab):
    image = lab.image(112, 224)
    prompt = lab.prompt(QUESTION, image)
    start = prompt.ids.index(lab.model.image_token)
    rows, columns = image.grid[1] // 2, image.grid[2] // 2
    at = prompt.positions[:, start : start + image.seen.tokens + 1].tolist()
    assert at[0][:-1] == [start] * (rows * columns)
    assert at[1][:-1] == [start + n // columns for n in range(rows * columns)]
    assert at[2][:-1] == [start + n % columns for n in range(rows * columns)]
    assert [axis[-1] for axis in at] == [start + max(rows, columns)] * 3


def test_one_image_token_for_four_patches(lab: Lab):
    images = two(lab)
    prompt = lab.prompt(QUESTION, *images)
    wanted = [image.grid[1] * image.grid[2] // 4 for image in images]
    assert prompt.ids.count(lab.model.image_token) == sum(wanted)
    assert [image.seen.tokens for image in images] == wanted


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Find all scratches, dents and stains.", [(112, 168)]),
        ("Trên chi tiết này có khuyết tật không?", [(84, 300)]),
        ("Compare them.", [(112, 168), (200, 130)]),
        ("What is a dent?", []),
    ],
)
def test_greedy_tokens_are_those_of_transformers(lab: Lab, text: str, sizes: list[tuple[int, int]]):
    images = [lab.image(*size, seed) for seed, size in enumerate(sizes)]
    prompt = lab.prompt(text, *images)
    got = lab.answer(prompt, 40)
    assert got == lab.expected(prompt, images, 40)
    assert len(set(got)) > 2  # a model that says one thing for ever would prove little


@torch.inference_mode()
def test_logits_after_every_token_are_those_of_transformers(lab: Lab):
    images = two(lab)
    prompt = lab.prompt(QUESTION, *images)
    told = torch.randint(20, 300, (40,), generator=torch.Generator().manual_seed(0)).tolist()
    inputs = lab.inputs(prompt, *images)
    inputs["input_ids"] = torch.tensor([[*prompt.ids, *told]])
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
    inputs["mm_token_type_ids"] = (inputs["input_ids"] == lab.model.image_token).int()
    wanted = lab.plain(**inputs).logits[0, len(prompt) - 1 :]
    sequence = TokenSequence(lab.model.decoder)
    states = [sequence.prefill(prompt, 40), *(sequence.step(token) for token in told)]
    got = lab.model.decoder.logits(torch.cat(states))
    torch.testing.assert_close(got, wanted, atol=1e-3, rtol=0)


@torch.inference_mode()
def test_in_bfloat16_every_way_gives_nearly_the_same(lab: Lab, load: Any):
    model = load(lab.folder, dtype="bfloat16")
    rounded = replace(lab, model=model)
    prompt = rounded.prompt(QUESTION, *two(lab))
    tokens = [30, 90, 41, 7]
    steps, many = TokenSequence(model.decoder), TokenSequence(model.decoder)
    states = [steps.prefill(prompt, 8), *(steps.step(token) for token in tokens)]
    both = torch.cat(states), torch.cat([many.prefill(prompt, 8), many.extend(tokens)])
    plain = TokenSequence(lab.model.decoder)
    wanted = torch.cat([plain.prefill(lab.prompt(QUESTION, *two(lab)), 8), plain.extend(tokens)])
    for hidden in both:
        assert hidden.dtype == torch.bfloat16
        near = torch.nn.functional.cosine_similarity(hidden.float(), wanted)
        assert near.min() > 0.99


@torch.inference_mode()
def test_follow_up_reuses_what_is_there(lab: Lab):
    image = lab.image(112, 168)
    first = lab.prompt(QUESTION, image)
    second = lab.prompt(QUESTION + " Where?", image)
    elsewhere = lab.prompt("What is a dent?")
    sequence = TokenSequence(lab.model.decoder)
    lab.answer(first, 12, sequence)
    hidden = sequence.prefill(second, 4)
    assert sequence.reused > image.seen.tokens
    torch.testing.assert_close(
        lab.model.decoder.logits(hidden)[0], lab.logits(second), atol=1e-3, rtol=0
    )
    lab.answer(elsewhere, 6, sequence)
    hidden = sequence.prefill(second, 4)
    assert 0 < sequence.reused < first.ids.index(lab.model.image_token)
    torch.testing.assert_close(
        lab.model.decoder.logits(hidden)[0], lab.logits(second), atol=1e-3, rtol=0
    )


@torch.inference_mode()
def test_answers_go_on_in_a_conversation(lab: Lab):
    from inspector_app.engines.conversation import ChatTurn
    from inspector_app.engines.qwen_prompt import build_prompt

    image = lab.image(112, 168)
    opening = [
        ChatTurn("system", "You are a helpful assistant."),
        ChatTurn("user", "Hm?", (image,)),
    ]
    sequence = TokenSequence(lab.model.decoder)
    first = build_prompt(lab.model, opening, ())
    lab.answer(first, 8, sequence)
    more = [*opening, ChatTurn("assistant", "A dent."), ChatTurn("user", "Where?")]
    prompt = build_prompt(lab.model, more, ())
    got = lab.answer(prompt, 20, sequence)
    assert sequence.reused >= len(first) - 1
    assert got == lab.expected(prompt, [image], 20)


@torch.inference_mode()
def test_nothing_of_another_image_is_reused(lab: Lab):
    old, new = lab.image(112, 168, 1), lab.image(112, 168, 2)
    sequence = TokenSequence(lab.model.decoder)
    sequence.prefill(lab.prompt(QUESTION, old), 4)
    prompt = lab.prompt(QUESTION, new)
    hidden = sequence.prefill(prompt, 4)
    assert 0 < sequence.reused <= prompt.ids.index(lab.model.image_token)
    torch.testing.assert_close(
        lab.model.decoder.logits(hidden)[0], lab.logits(prompt), atol=1e-3, rtol=0
    )


@torch.inference_mode()
def test_a_smaller_size_of_the_image_is_another_image(lab: Lab):
    large, small = lab.image(224, 224), lab.image(112, 112)
    sequence = TokenSequence(lab.model.decoder)
    sequence.prefill(lab.prompt(QUESTION, large), 4)
    prompt = lab.prompt(QUESTION, small)
    sequence.prefill(prompt, 4)
    assert sequence.reused <= prompt.ids.index(lab.model.image_token)


@torch.inference_mode()
def test_the_same_question_again_runs_one_position(lab: Lab):
    prompt = lab.prompt(QUESTION, lab.image(112, 168))
    sequence = TokenSequence(lab.model.decoder)
    lab.answer(prompt, 8, sequence)
    hidden = sequence.prefill(prompt, 8)
    assert sequence.reused == len(prompt) - 1
    torch.testing.assert_close(
        lab.model.decoder.logits(hidden)[0], lab.logits(prompt), atol=1e-3, rtol=0
    )


@torch.inference_mode()
def test_a_long_prompt_in_chunks_is_the_same(lab: Lab, monkeypatch: pytest.MonkeyPatch):
    images = lab.image(224, 252), lab.image(196, 140)
    prompt = lab.prompt(QUESTION, *images)
    whole = lab.logits(prompt)
    monkeypatch.setattr(sequences, "CHUNK", 64)
    assert len(prompt) > 2 * 64
    torch.testing.assert_close(lab.logits(prompt), whole, atol=1e-3, rtol=0)
    assert lab.answer(prompt, 12) == lab.expected(prompt, images, 12)


@pytest.mark.parametrize("chunk", [1024, 64])
@torch.inference_mode()
def test_a_batch_answers_as_single_runs(lab: Lab, monkeypatch: pytest.MonkeyPatch, chunk: int):
    from inspector_app.engines import batching

    monkeypatch.setattr(batching, "CHUNK", chunk)
    large, small = lab.image(196, 140, 1), lab.image(84, 84, 2)
    prompts = [
        lab.prompt("Is there a defect on this part?", large),
        lab.prompt("A stain?", small),
        lab.prompt("What is in this region? A scratch, a dent and a stain.", small),
        lab.prompt("Compare.", small, large),
    ]
    samplers = [Sampler(Sampling()) for _ in prompts]
    got = generate_batch(
        lab.model.decoder, prompts, samplers, stops=(), most=20, cancelled=lambda: False
    )
    assert len({len(prompt) for prompt in prompts}) == 4
    assert got == [lab.answer(prompt, 20) for prompt in prompts]


@torch.inference_mode()
def test_a_row_of_a_batch_that_ends_leaves_the_others(qwen2: Lab):
    prompts = [qwen2.prompt("A stain?"), qwen2.prompt("Find all scratches, dents and stains.")]
    alone = [qwen2.answer(prompt, 16) for prompt in prompts]
    stop = next(token for token in alone[0][3:] if token not in alone[1])
    got = generate_batch(
        qwen2.model.decoder,
        prompts,
        [Sampler(Sampling()) for _ in prompts],
        stops=(stop,),
        most=16,
        cancelled=lambda: False,
    )
    assert got == [alone[0][: alone[0].index(stop)], alone[1]]


@torch.inference_mode()
def test_the_step_that_is_recorded_is_the_step(lab: Lab):
    decoder = lab.model.decoder
    prompt = lab.prompt(QUESTION, lab.image(112, 168))
    plain, recorded = TokenSequence(decoder), TokenSequence(decoder)
    graphs: list[GraphStep] = []

    def step(x: Any, cos: Any, sin: Any, place: int) -> Any:
        if not graphs or graphs[-1].cache is not recorded.cache:
            graphs.append(GraphStep(decoder, recorded.cache, record=False))
        return graphs[-1](x, cos, sin, place)

    recorded._step = step  # type: ignore[method-assign]
    for sequence in (plain, recorded):
        sequence.prefill(prompt, 12)
    for token in (5, 90, 41, 7, 300):
        torch.testing.assert_close(recorded.step(token), plain.step(token), atol=1e-4, rtol=0)
    for sequence in (plain, recorded):
        sequence.cut(len(prompt) + 2)
    for token in (11, 12, 13):
        torch.testing.assert_close(recorded.step(token), plain.step(token), atol=1e-4, rtol=0)
    assert len(graphs) == 1


@torch.inference_mode()
def test_answers_stay_the_same_when_the_cache_grows(lab: Lab, monkeypatch: pytest.MonkeyPatch):
    image = lab.image(112, 168)
    prompt = lab.prompt(QUESTION, image)
    wanted = lab.answer(prompt, 60)
    monkeypatch.setattr(sequences, "_STRIDE", 16)
    sequence = TokenSequence(lab.model.decoder)
    hidden = sequence.prefill(prompt, 1)
    first = sequence.cache.length
    tokens = []
    for _ in range(60):
        tokens.append(int(lab.model.decoder.logits(hidden)[0].argmax()))
        hidden = sequence.step(tokens[-1])
    assert sequence.cache.length > first + 16
    assert tokens == wanted


@torch.inference_mode()
def test_several_tokens_at_once_are_single_steps(lab: Lab):
    prompt = lab.prompt(QUESTION, lab.image(112, 168))
    one, many = TokenSequence(lab.model.decoder), TokenSequence(lab.model.decoder)
    for sequence in (one, many):
        sequence.prefill(prompt, 4)
    tokens = [5, 90, 41, 7, 300, 12]
    single = torch.cat([one.step(token) for token in tokens])
    torch.testing.assert_close(many.extend(tokens), single, atol=1e-4, rtol=0)


@torch.inference_mode()
def test_a_stopped_prefill_gives_nothing_and_leaves_no_harm(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sequences, "CHUNK", 16)
    prompt = lab.prompt(QUESTION, lab.image(196, 140))
    sequence = TokenSequence(lab.model.decoder)
    asked = iter([False, False, True])
    assert sequence.prefill(prompt, 4, lambda: next(asked)) is None
    hidden = sequence.prefill(prompt, 4)
    torch.testing.assert_close(
        lab.model.decoder.logits(hidden)[0], lab.logits(prompt), atol=1e-3, rtol=0
    )


def test_special_tokens_stand_in_the_order_of_the_released_models(lab: Lab):
    ids = lab.model.tokenizer.convert_tokens_to_ids(list(SPECIAL_TOKENS))
    assert ids == list(range(ids[0], ids[0] + len(SPECIAL_TOKENS)))
    names = dict(zip(SPECIAL_TOKENS, range(151643, 151657), strict=True))
    assert names["<|im_start|>"] == 151644
    assert names["<|im_end|>"] == 151645
    assert names["<|box_start|>"] == 151648
    assert names["<|vision_start|>"] == 151652
    assert names["<|image_pad|>"] == 151655
    assert names["<|video_pad|>"] == 151656


def test_an_answer_ends_at_both_marks(lab: Lab):
    marks = lab.model.tokenizer.convert_tokens_to_ids(["<|im_end|>", "<|endoftext|>"])
    assert sorted(marks) == list(lab.model.stops)


def test_pixels_of_a_token(make_lab: Any):
    sides = {
        kind: make_lab(kind).model.rule.patch * make_lab(kind).model.rule.merge
        for kind in ("qwen2_vl", "qwen2_5_vl", "qwen3_vl")
    }
    assert sides == {"qwen2_vl": 28, "qwen2_5_vl": 28, "qwen3_vl": 32}
