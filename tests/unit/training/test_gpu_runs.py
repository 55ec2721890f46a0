"""Runs on a CUDA device: precisions and optimiser that a processor has not; pytest -m gpu."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.domain.training import LoraSettings, RunFinished, RunStarted

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning"),
]


@pytest.mark.parametrize("base", ["small", "minigpt"])
@pytest.mark.parametrize("precision", ["bfloat16", "float16", "nf4"])
def test_a_run_learns(
    base: str,
    precision: str,
    request: pytest.FixtureRequest,
    make_config: Any,
    train: Callable[..., Any],
    drafts: Any,
) -> None:
    parts = ("language", "projector")
    config = make_config(
        request.getfixturevalue(base), 60, precision=precision, batch=4, rate=5e-3,
        lora=LoraSettings(rank=16, alpha=32, parts=parts), checkpointing=True,
        optimiser="adamw_8bit" if precision == "nf4" else "adamw",
    )  # fmt: skip
    told = train(config, drafts, drafts)
    (started,) = told.of(RunStarted)
    assert started.device.startswith("cuda")
    assert all(map(math.isfinite, told.losses))
    (finished,) = told.of(RunFinished)
    assert finished.best_loss < finished.first_loss / 2
