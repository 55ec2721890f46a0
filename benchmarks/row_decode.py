"""Rows decode and decode_large: time of a token after the first."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from language import (
    SMALL,
    memory_bandwidth,
    model_image,
    our_answer,
    pair,
    picture,
    plain_answer,
    plain_inputs,
    prompt,
)
from timing import Sample, interleaved, make_row

from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.sequence import Prompt, TokenSequence
from inspector_app.learning.checkpoints import Sizes

TOKENS = 96
LARGE = Sizes(512, 8, 8, 2, 1408, 4096, 64, 2, 2)


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row."""
    return [_row("decode", folder, SMALL, quick)]


def measure_large(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """The same where reading the weights takes longer than everything around it."""
    return [_row("decode_large", folder, LARGE, quick)]


def _row(name: str, folder: Path, sizes: Sizes, quick: bool) -> dict[str, Any]:
    import torch

    both = pair(folder, sizes)
    model, plain = both.ours, both.plain
    image = model_image(model, picture(448, 336))
    asked = prompt(model, "Is there a defect on this part?", image)
    inputs = plain_inputs(model, asked, image)
    sequence = TokenSequence(model.decoder)
    count = 16 if quick else TOKENS

    ours, baseline = _clocked_sides(model, plain, sequence, asked, inputs, count)
    with torch.inference_mode():
        sequence.cut(0)
        answer = our_answer(model, sequence, sequence.prefill(asked, count), count)
        valid = answer == plain_answer(plain, inputs, count)
    parameters = sum(p.numel() for p in plain.model.language_model.parameters())
    samples = interleaved(ours, baseline, 1 if quick else 12)
    reads = 4 * parameters / float(np.median(samples.ours)) / 1e9
    peak = memory_bandwidth()
    unit = (
        f"ms a token, fp32, greedy, {parameters / 1e6:.1f} M parameters in the language model, "
        f"read at {reads:.1f} GB/s ({reads / peak:.0%} of {peak:.1f} GB/s measured); "
        "baseline: transformers generate"
    )
    return make_row(name, samples, unit, valid, 1000)


def measure_int8(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Weights in 8 bits on the processor, told apart: the words are not always the same.

    `valid` says whether they were; the unit tells how often the next token agrees, along answers
    of the model in fp32.
    """
    import torch

    both = pair(folder, LARGE)
    small = pair(folder, LARGE, dtype="bfloat16")
    exact, model, plain = both.ours, small.ours, small.plain
    count = 16 if quick else TOKENS
    agree = total = 0
    with torch.inference_mode():
        for index in range(2 if quick else 8):
            image = model_image(exact, picture(448, 336, index), f"picture {index}")
            asked = prompt(exact, "Is there a defect on this part?", image)
            sequence = TokenSequence(exact.decoder)
            answer = our_answer(exact, sequence, sequence.prefill(asked, count), count)
            if index == 0:
                model.decoder.quantise()
            ours = TokenSequence(model.decoder)
            asked = prompt(model, "Is there a defect on this part?", image)
            states = [ours.prefill(asked, count), ours.extend(answer[:-1])]
            guessed = model.decoder.logits(torch.cat(states)).argmax(-1).tolist()
            agree += sum(a == b for a, b in zip(guessed, answer, strict=True))
            total += count
    inputs = plain_inputs(model, asked, image)

    unit = (
        f"ms a token, int8 weights, the next token agrees with fp32 in {agree} of {total}; "
        "baseline: transformers generate in bfloat16"
    )
    sides = _clocked_sides(model, plain, ours, asked, inputs, count)
    samples = interleaved(*sides, 1 if quick else 8)
    return [make_row("decode_int8", samples, unit, agree == total, 1000)]


def _clocked_sides(
    model: QwenModel,
    plain: Any,
    sequence: TokenSequence,
    asked: Prompt,
    inputs: dict[str, Any],
    count: int,
) -> tuple[Sample, Sample]:
    """Samples of both sides: seconds a token after the first."""
    import torch

    @torch.inference_mode()
    def ours() -> float:
        sequence.cut(0)
        hidden = sequence.prefill(asked, count)
        begun = time.perf_counter()
        our_answer(model, sequence, hidden, count)
        return (time.perf_counter() - begun) / count

    @torch.inference_mode()
    def baseline() -> float:
        begun = time.perf_counter()
        plain_answer(plain, inputs, 1)
        middle = time.perf_counter()
        plain_answer(plain, inputs, count + 1)
        # What comes before the second token is the same in both calls.
        return max(0.0, time.perf_counter() - middle - (middle - begun)) / count

    return ours, baseline
