"""Several prompts answered side by side, padded on the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inspector_app.engines.decoder import Decoder
from inspector_app.engines.generation import is_looping
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import CHUNK, Prompt


def generate_batch(
    decoder: Decoder,
    prompts: Sequence[Prompt],
    samplers: Sequence[Sampler],
    *,
    stops: Sequence[int],
    most: int,
    cancelled: Callable[[], bool],
    guard: bool = True,
) -> list[list[int]]:
    """Answers several prompts at once.

    Args:
        decoder: Runs the layers.
        prompts: One for each answer.
        samplers: One for each answer.
        stops: Ids that end an answer.
        most: Tokens at most, for each.
        cancelled: Asked before every token; what came is returned.
        guard: Whether an answer that only repeats itself is ended.

    Returns:
        Tokens of each answer, without the one that ends it.
    """
    import torch

    count = len(prompts)
    longest = max(len(prompt) for prompt in prompts)
    device = decoder.device
    # Padding is on the left, so that the answers all go on at the same place.
    real = torch.zeros(count, longest + most, dtype=torch.bool, device=device)
    positions = torch.zeros(3, count, longest, dtype=torch.long, device=device)
    for row, prompt in enumerate(prompts):
        real[row, longest - len(prompt) :] = True
        positions[:, row, longest - len(prompt) :] = prompt.positions
    cache = decoder.new_cache(longest + most, count)
    hidden = _prefill(decoder, prompts, positions, real, cache, longest)
    after = torch.tensor([prompt.next_position for prompt in prompts], device=device)
    steps = after[None, :, None] + torch.arange(most, device=device)
    turns = decoder.step_rotary(steps.expand(3, -1, -1))
    answers: list[list[int]] = [[] for _ in prompts]
    open_rows = set(range(count))
    ends = set(stops)
    for index in range(most):
        if cancelled():
            break
        logits = decoder.logits(hidden)
        tokens = [0] * count
        for row in sorted(open_rows):
            token = samplers[row].pick(logits[row])
            if token in ends:
                open_rows.discard(row)
            else:
                samplers[row].take([token])
                tokens[row] = token
                answers[row].append(token)
                if guard and is_looping(answers[row]):
                    open_rows.discard(row)
        if not open_rows or index == most - 1:
            break
        place = longest + index
        hidden = decoder.step(
            decoder.embeddings(torch.tensor(tokens, device=device)),
            turns.step_cos[:, index],
            turns.step_sin[:, index],
            cache,
            place,
            real[:, None, None, : place + 1],
        )
    return answers


def _prefill(
    decoder: Decoder, prompts: Sequence[Prompt], positions: Any, real: Any, cache: Any, longest: int
) -> Any:
    """Runs all prompts; returns the hidden states `[batch, hidden]` of their last positions."""
    import torch

    hidden = None
    step = max(1, CHUNK // len(prompts))
    for start in range(0, longest, step):
        end = min(longest, start + step)
        x, deep = _joined(decoder, prompts, start, end, longest)
        causal = torch.ones(end - start, end, dtype=torch.bool, device=x.device).tril(start)
        # Padding looks at itself: a row that may look nowhere would give no number at all.
        itself = torch.eye(end, dtype=torch.bool, device=x.device)[start:]
        mask = (causal & real[:, None, None, :end]) | itself
        rotary = decoder.rotary(positions[:, :, start:end])
        hidden = decoder.run(x, rotary, cache, start, mask, deep)
    assert hidden is not None
    return hidden[:, -1]


def _joined(
    decoder: Decoder, prompts: Sequence[Prompt], start: int, end: int, longest: int
) -> tuple[Any, list[Any]]:
    """Embeddings and DeepStack features of a stretch, `[batch, n, hidden]`, zero in the padding."""
    import torch

    parts: list[Any] = []
    deeps: list[list[Any]] = []
    for prompt in prompts:
        shift = longest - len(prompt)
        first, last = max(0, start - shift), max(0, end - shift)
        x, deep = prompt.embed(first, last)
        missing = end - start - (last - first)
        parts.append(torch.nn.functional.pad(x, (0, 0, missing, 0)))
        deeps.append([torch.nn.functional.pad(d, (0, 0, missing, 0)) for d in deep])
    levels = max((len(deep) for deep in deeps), default=0)
    zero = torch.zeros_like(parts[0])
    joined = [
        torch.cat([deep[level] if level < len(deep) else zero for deep in deeps])
        for level in range(levels)
    ]
    return torch.cat(parts), joined
