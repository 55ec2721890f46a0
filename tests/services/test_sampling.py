"""How answers are drawn: what the settings and a card say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.engine import Sampling
from inspector_app.services import engines
from inspector_app.services.sampling import sampling_of
from inspector_app.services.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def test_at_first_the_likeliest_answer(settings: Settings):
    assert sampling_of(settings, engines.card("qwen2-vl-2b")) == Sampling(max_tokens=512)


def test_with_temperature_every_question_gets_a_seed_of_its_own(settings: Settings):
    settings.set("temperature", 0.6)
    drawn = [sampling_of(settings, engines.card("qwen2-vl-2b")) for _ in range(4)]
    assert len({each.seed for each in drawn}) == 4
    assert {replace(each, seed=0) for each in drawn} == {
        Sampling(0.6, top_p=0.9, top_k=50, repetition_penalty=1.05, max_tokens=512)
    }


def test_a_card_may_say_otherwise(settings: Settings):
    card = replace(
        engines.card("qwen2-vl-2b"),
        options=(("answer_tokens", 500), ("top_p", 0.8), ("top_k", 20), ("repetition_penalty", 1)),
    )
    assert sampling_of(settings, card) == Sampling(max_tokens=500)
    settings.set("temperature", 1)
    drawn = sampling_of(settings, card)
    assert (drawn.top_p, drawn.top_k, drawn.repetition_penalty) == (0.8, 20, 1.0)
    odd = replace(card, options=(("top_p", "a lot"), ("top_k", True)))
    assert sampling_of(settings, odd).top_p == 0.9
    assert sampling_of(settings, odd).top_k == 50


def test_temperatures_out_of_range_are_refused(settings: Settings):
    for value in (-0.1, 1.6):
        with pytest.raises(ValueError, match="temperature"):
            settings.set("temperature", value)
