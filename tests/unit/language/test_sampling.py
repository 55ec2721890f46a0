"""Tokens are drawn as the processors of transformers would have it."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import transformers

from inspector_app.domain.engine import Sampling
from inspector_app.engines.sampling import Sampler

SIZE = 60
PROMPT = [3, 7, 7, 20]


def random_logits(seed: int) -> torch.Tensor:
    return 3 * torch.randn(SIZE, generator=torch.Generator().manual_seed(seed))


def reference(sampling: Sampling, logits: torch.Tensor, seen: list[int]) -> torch.Tensor:
    """Chances as transformers gives them; its order of the warpers."""
    ids, scores = torch.tensor([seen]), logits[None].clone()
    wanted: list[Any] = []
    if sampling.repetition_penalty != 1:
        wanted.append(transformers.RepetitionPenaltyLogitsProcessor(sampling.repetition_penalty))
    if sampling.temperature > 0:
        wanted.append(transformers.TemperatureLogitsWarper(sampling.temperature))
        if sampling.top_k:
            wanted.append(transformers.TopKLogitsWarper(sampling.top_k))
        if sampling.top_p < 1:
            wanted.append(transformers.TopPLogitsWarper(sampling.top_p))
        if sampling.min_p:
            wanted.append(transformers.MinPLogitsWarper(sampling.min_p))
    for processor in wanted:
        scores = processor(ids, scores)
    return scores[0].softmax(-1)


@pytest.fixture
def chances(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`chances(sampler, logits)`: what the sampler draws from."""
    kept: list[torch.Tensor] = []
    draw = torch.multinomial

    def spy(weights: torch.Tensor, *args: Any, **more: Any) -> torch.Tensor:
        kept.append(weights / weights.sum())
        return draw(weights, *args, **more)

    monkeypatch.setattr(torch, "multinomial", spy)

    def look(sampler: Sampler, logits: torch.Tensor, allowed: Any = None) -> torch.Tensor:
        sampler.pick(logits, allowed)
        return kept[-1]

    return look


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(temperature=0.7),
        Sampling(temperature=1.3),
        Sampling(temperature=1.0, top_k=5),
        Sampling(temperature=1.0, top_k=1),
        Sampling(temperature=1.0, top_k=1000),
        Sampling(temperature=1.0, top_p=0.8),
        Sampling(temperature=1.0, top_p=0.01),
        Sampling(temperature=1.0, min_p=0.1),
        Sampling(temperature=1.0, repetition_penalty=1.4),
        Sampling(temperature=0.7, top_p=0.8, top_k=20),
        Sampling(temperature=0.01, top_p=0.001, top_k=1, repetition_penalty=1.05),
        Sampling(temperature=1.2, top_p=0.9, top_k=12, repetition_penalty=1.2),
        Sampling(temperature=1.2, top_k=12, min_p=0.05),
    ],
    ids=str,
)
def test_chances_are_those_of_transformers(chances: Any, sampling: Sampling, seed: int):
    logits = random_logits(seed)
    wanted = reference(sampling, logits, PROMPT)
    got = chances(Sampler(sampling, PROMPT), logits)
    assert torch.equal(got > 0, wanted > 0)
    torch.testing.assert_close(got, wanted, atol=1e-6, rtol=1e-4)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("penalty", [1.0, 1.05, 1.5, 0.8])
def test_greedy_choice_is_that_of_transformers(seed: int, penalty: float):
    logits = random_logits(seed)
    sampling = Sampling(repetition_penalty=penalty)
    sampler, seen = Sampler(sampling, PROMPT), list(PROMPT)
    for _ in range(12):
        wanted = int(reference(sampling, logits, seen).argmax())
        token = sampler.pick(logits)
        assert token == wanted
        sampler.take([token])
        seen.append(token)


def test_a_pick_alone_is_not_counted():
    logits = random_logits(0)
    sampler = Sampler(Sampling(repetition_penalty=2.0))
    assert [sampler.pick(logits) for _ in range(3)] == [int(logits.argmax())] * 3


def draw(sampling: Sampling, count: int = 30) -> list[int]:
    sampler = Sampler(sampling)
    return [sampler.pick(random_logits(n)) for n in range(count)]


def test_same_seed_same_tokens():
    assert draw(Sampling(temperature=1.5, seed=4)) == draw(Sampling(temperature=1.5, seed=4))


def test_another_seed_other_tokens():
    assert draw(Sampling(temperature=1.5, seed=4)) != draw(Sampling(temperature=1.5, seed=5))


def test_greedy_ignores_the_seed():
    assert draw(Sampling(seed=1)) == draw(Sampling(seed=2))


@pytest.mark.parametrize("temperature", [0.0, 2.0])
@pytest.mark.parametrize("top_k", [0, 3])
def test_only_allowed_tokens_come(temperature: float, top_k: int):
    allowed = torch.zeros(SIZE, dtype=torch.bool)
    allowed[[4, 9, 33, 50]] = True
    sampler = Sampler(Sampling(temperature=temperature, top_k=top_k, repetition_penalty=1.3))
    for seed in range(40):
        assert sampler.pick(random_logits(seed), allowed) in (4, 9, 33, 50)


def test_the_likeliest_allowed_token_is_the_greedy_one():
    logits = random_logits(1)
    allowed = torch.ones(SIZE, dtype=torch.bool)
    allowed[logits.argmax()] = False
    assert Sampler(Sampling()).pick(logits, allowed) == int(logits.argsort()[-2])


def test_logits_are_left_as_they_are():
    logits = random_logits(2)
    kept = logits.clone()
    Sampler(Sampling(temperature=0.5, top_k=3, repetition_penalty=1.3), PROMPT).pick(logits)
    assert torch.equal(logits, kept)


def test_bfloat16_logits_are_taken():
    assert Sampler(Sampling()).pick(random_logits(1).bfloat16()) == int(
        random_logits(1).bfloat16().argmax()
    )
