"""Log-likelihoods of given answers: the prompt is run once, the answers side by side behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspector_app.engines.decoder import Decoder
from inspector_app.engines.sequence import TokenSequence


def log_likelihoods(
    decoder: Decoder, sequence: TokenSequence, hidden: Any, answers: Sequence[Sequence[int]]
) -> tuple[float, ...]:
    """Returns log p(answer | prompt), the sum over the answer's tokens, in nats.

    Args:
        decoder: Runs the layers.
        sequence: Holds the prompt.
        hidden: Hidden state `[1, hidden]` of the prompt's last position.
        answers: Tokens of each answer, none empty.
    """
    first = decoder.logits(hidden)[0].float().log_softmax(-1)
    sums = [float(first[answer[0]]) for answer in answers]
    longer = [index for index, answer in enumerate(answers) if len(answer) > 1]
    if longer:
        states = sequence.side_by_side([answers[index][:-1] for index in longer])
        # Logits only where an answer's token is awaited, never for the prompt.
        logits = decoder.logits(states).float().log_softmax(-1)
        row = 0
        for index in longer:
            for token in answers[index][1:]:
                sums[index] += float(logits[row, token])
                row += 1
    return tuple(sums)
