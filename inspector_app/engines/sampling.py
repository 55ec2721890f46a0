"""From logits to the next token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from inspector_app.domain.engine import Sampling


class Sampler:
    """Draws tokens as `Sampling` says; greedy at temperature 0.

    Repetition penalty as in Keskar et al. 2019 (CTRL), nucleus as in Holtzman et al. 2020, min-p as
    in Nguyen et al. 2024.

    Args:
        sampling: Settings.
        seen: Tokens of the prompt, which the repetition penalty counts too.
    """

    def __init__(self, sampling: Sampling, seen: Sequence[int] = ()) -> None:
        import torch

        self._sampling = sampling
        self._seen = set(seen) if sampling.repetition_penalty != 1.0 else None
        self._generator = torch.Generator().manual_seed(sampling.seed)

    @property
    def greedy(self) -> bool:
        """Whether the likeliest token is always taken."""
        return self._sampling.temperature <= 0

    def pick(self, logits: Any, allowed: Any = None) -> int:
        """Picks the next token; `take` says that it was given.

        Args:
            logits: `[vocabulary]`.
            allowed: Bool `[vocabulary]`, False where a token may not come.
        """
        logits = logits.float()
        if self._seen is not None:
            logits = self._penalised(logits)
        if allowed is not None:
            logits = logits.masked_fill(~allowed, float("-inf"))
        return int(logits.argmax()) if self.greedy else self._drawn(logits)

    def take(self, tokens: Iterable[int]) -> None:
        """Notes tokens that were given, for the repetition penalty."""
        if self._seen is not None:
            self._seen.update(tokens)

    def _penalised(self, logits: Any) -> Any:
        import torch

        assert self._seen is not None
        logits = logits.clone()
        index = torch.tensor(sorted(self._seen), dtype=torch.long, device=logits.device)
        values = logits[index]
        penalty = self._sampling.repetition_penalty
        logits[index] = torch.where(values > 0, values / penalty, values * penalty)
        return logits

    def _drawn(self, logits: Any) -> int:
        import torch

        sampling = self._sampling
        logits = (logits / sampling.temperature).cpu()  # one generator, the same on every device
        if 0 < sampling.top_k < logits.shape[0]:
            least = logits.topk(sampling.top_k).values[-1]
            logits = logits.masked_fill(logits < least, float("-inf"))
        chances = logits.softmax(-1)
        if sampling.min_p > 0:
            chances = chances.masked_fill(chances < sampling.min_p * chances.max(), 0.0)
        if sampling.top_p < 1:
            ordered, index = chances.sort(descending=True)
            before = ordered.cumsum(-1) - ordered
            chances[index[before > sampling.top_p * ordered.sum()]] = 0.0
        return int(torch.multinomial(chances, 1, generator=self._generator))
