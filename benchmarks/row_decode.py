"""Rows decode and decode_large: time of a token after the first."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from language import (
    SMALL,
    model_image,
    our_answer,
    pair,
    picture,
    plain_answer,
    plain_inputs,
    prompt,
)
from timing import interleaved, make_row

from inspector_app.engines.sequence import TokenSequence
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

    with torch.inference_mode():
        sequence.cut(0)
        answer = our_answer(model, sequence, sequence.prefill(asked, count), count)
        valid = answer == plain_answer(plain, inputs, count)
    parameters = sum(p.numel() for p in plain.model.language_model.parameters()) / 1e6
    unit = (
        f"ms a token, fp32, greedy, {parameters:.1f} M parameters in the language model; "
        "baseline: transformers generate"
    )
    return make_row(name, interleaved(ours, baseline, 1 if quick else 8), unit, valid, 1000)
