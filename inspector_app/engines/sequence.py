"""One growing sequence of tokens: prefill with prefix reuse, steps, taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspector_app.engines.decoder import Decoder, Rotary
from inspector_app.engines.graph_step import GraphStep
from inspector_app.engines.kv_cache import KVCache

CHUNK = 1024  # positions of a prompt run at once: bounds what the feed-forward layers take
_SPACING = 10_000_000  # symbols of one image; no image has as many tokens
_STRIDE = 256  # a cache grows by whole strides, so that a conversation rarely copies it


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as the decoder takes it.

    Attributes:
        ids: Token ids, one placeholder for every token of an image.
        symbols: The same with numbers below zero for image tokens, which differ between images:
            two prompts share as much as their symbols do.
        positions: `[3, n]` positions for time, row and column.
        next_position: Position of the first token after the prompt.
        embed: Gives embeddings `[1, n, hidden]` and DeepStack features of a stretch of the prompt;
            images are looked at only where the stretch holds them.
        label: The prompt as text, for the record.
    """

    ids: tuple[int, ...]
    symbols: tuple[int, ...]
    positions: Any
    next_position: int
    embed: Callable[[int, int], tuple[Any, Sequence[Any]]] = field(compare=False)
    label: str = ""

    def __len__(self) -> int:
        return len(self.ids)


class TokenSequence:
    """The sequence that an engine keeps between requests.

    Args:
        decoder: Runs the layers.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._cache: KVCache | None = None
        self._symbols: list[int] = []
        self._offset = 0  # position of a token after the prompt, less its index
        self._rotary: Rotary | None = None
        self._rotary_start = 0
        self._graph: GraphStep | None = None
        self.reused = 0  # positions that the last prefill found there already

    @property
    def length(self) -> int:
        """Positions in the cache."""
        return len(self._symbols)

    @property
    def cache(self) -> KVCache:
        """Keys and values."""
        assert self._cache is not None
        return self._cache

    def forget(self) -> None:
        """Frees the cache (out of memory, another adapter)."""
        self._cache = self._graph = None
        self._symbols = []

    def prefill(
        self, prompt: Prompt, room: int, stop: Callable[[], bool] = lambda: False
    ) -> Any | None:
        """Runs a prompt, as far as it is not there already.

        Args:
            prompt: The prompt.
            room: Tokens that will come after it.
            stop: Asked between chunks.

        Returns:
            Hidden state `[1, hidden]` of its last position, or None when stopped.
        """
        self._take_back(prompt)
        self.reused = start = self.length
        self._make_room(len(prompt) + room)
        hidden = None
        while start < len(prompt):
            if stop():
                return None
            end = min(len(prompt), start + CHUNK)
            x, deep = prompt.embed(start, end)
            rotary = self._decoder.rotary(prompt.positions[:, None, start:end])
            hidden = self._decoder.run(x, rotary, self.cache, start, deep=deep)
            self._symbols += prompt.symbols[start:end]
            start = end
        self._offset = prompt.next_position - len(prompt)
        self._start_rotary(len(prompt), room)
        assert hidden is not None
        return hidden[:, -1]

    def step(self, token: int) -> Any:
        """Adds one token; returns its hidden state `[1, hidden]`."""
        place = self.length
        self._make_room(place + 1)
        turns, at = self._turns(place, place + 1)
        x = self._decoder.embeddings.weight[token].unsqueeze(0)
        hidden = self._step(x, turns.step_cos[:, at], turns.step_sin[:, at], place)
        self._symbols.append(token)
        return hidden

    def extend(self, tokens: Sequence[int]) -> Any:
        """Adds several tokens at once; returns their hidden states `[n, hidden]`."""
        import torch

        if len(tokens) == 1:
            return self.step(tokens[0])
        place = self.length
        end = place + len(tokens)
        self._make_room(end)
        turns, at = self._turns(place, end)
        rotary = turns.at(list(range(at, at + len(tokens))))
        x = self._decoder.embeddings(torch.tensor([list(tokens)], device=self._decoder.device))
        hidden = self._decoder.run(x, rotary, self.cache, place)
        self._symbols += tokens
        return hidden[0]

    def cut(self, length: int) -> None:
        """Takes back what comes after `length` positions."""
        del self._symbols[length:]

    def side_by_side(self, branches: Sequence[Sequence[int]]) -> Any:
        """Runs several continuations in one pass; the sequence stays as it is.

        Args:
            branches: Tokens of each continuation, none empty.

        Returns:
            Hidden states `[sum of lengths, hidden]`, branch after branch.
        """
        import torch

        place = self.length
        places = [index for branch in branches for index in range(len(branch))]
        count = len(places)
        self._make_room(place + count)
        turns, at = self._turns(place, place + max(places) + 1)
        tokens = [token for branch in branches for token in branch]
        x = self._decoder.embeddings(torch.tensor([tokens], device=self._decoder.device))
        mask = torch.zeros(count, place + count, dtype=torch.bool)
        mask[:, :place] = True
        row = 0
        for branch in branches:
            end = row + len(branch)
            mask[row:end, place + row : place + end] = torch.ones(
                len(branch), len(branch), dtype=torch.bool
            ).tril()
            row = end
        rotary = turns.at([at + index for index in places])
        return self._decoder.run(x, rotary, self.cache, place, mask.to(x.device))[0]

    def _step(self, x: Any, cos: Any, sin: Any, place: int) -> Any:
        if x.device.type != "cuda":
            return self._decoder.step(x, cos, sin, self.cache, place)
        if self._graph is None or self._graph.cache is not self.cache:
            self._graph = GraphStep(self._decoder, self.cache)
        return self._graph(x, cos, sin, place)

    def _take_back(self, prompt: Prompt) -> None:
        shared = common_prefix(self._symbols, prompt.symbols)
        # The last position is run again in any case: its hidden state is wanted.
        shared = min(shared, len(prompt) - 1)
        while shared and prompt.symbols[shared] < 0 and prompt.symbols[shared - 1] < 0:
            shared -= 1  # never in the middle of an image
        self.cut(shared)

    def _make_room(self, length: int) -> None:
        if self._cache is None:
            self._symbols = []
            self._cache = self._decoder.new_cache(-(-length // _STRIDE) * _STRIDE)
        elif length > self._cache.length:
            self._cache = self._cache.grown(-(-length // _STRIDE) * _STRIDE, self.length)

    def _start_rotary(self, start: int, count: int) -> None:
        import torch

        self._rotary_start = start
        first = start + self._offset
        positions = torch.arange(first, first + max(count, 1), device=self._decoder.device)
        self._rotary = self._decoder.step_rotary(positions.expand(3, 1, -1))

    def _turns(self, start: int, end: int) -> tuple[Rotary, int]:
        """The table of turns, longer if need be, and where a stretch of positions begins in it."""
        assert self._rotary is not None
        if end - self._rotary_start > self._rotary.cos.shape[1]:
            self._start_rotary(self._rotary_start, 2 * (end - self._rotary_start))
        return self._rotary, start - self._rotary_start


def image_symbols(number: int, count: int) -> list[int]:
    """Symbols of the tokens of an image; see `Prompt.symbols`.

    Args:
        number: Of the image, 1 or more, different from those of others.
        count: Of its tokens.
    """
    first = -_SPACING * number
    return [first - index for index in range(count)]


def common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """Length of the longest common prefix."""
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return index
    return min(len(first), len(second))
