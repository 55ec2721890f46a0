"""Loss on answers alone: the output layer is run at the positions that have a label, nowhere else.

With a vocabulary of 150,000 the logits of a prompt of a thousand tokens are most of what a step
computes and keeps, and none of them is wanted.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

IGNORED = -100  # label of a position without one, as everywhere in torch


def answer_loss(hidden: Any, labels: Any, head: Any) -> Any:
    """Sum of the negative log-likelihoods of all labels.

    Args:
        hidden: `[b, n, hidden]` after the final norm.
        labels: `[b, n]`, `IGNORED` where there is none; that of position i is judged at i - 1.
        head: Maps hidden states to logits.
    """
    from torch.nn import functional

    following = labels[:, 1:]
    there = following != IGNORED
    logits = head(hidden[:, :-1][there]).float()
    return functional.cross_entropy(logits, following[there], reduction="sum")


def answer_with_loss(network: Any, embed: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> None:
    """Makes the forward pass of a model return the loss of its batch; `generate` is not used on it.

    Args:
        network: A model of transformers with a `model` and an `lm_head`.
        embed: Turns a batch into the arguments of its backbone.
    """

    def forward(self: Any, *, labels: Any, **batch: Any) -> Any:
        hidden = self.base_model(**embed(self, batch), use_cache=False).last_hidden_state
        return answer_loss(hidden, labels, self.lm_head)

    network.forward = types.MethodType(forward, network)
