"""The generation loop: one token after the other, several at once where they are known.

Greedy answers are the tokens that `generate` of transformers gives in fp32 (tested). Under a schema
the tokens that must come are not sampled, and a stretch that the prompt already holds is proposed
and checked in one pass (prompt lookup decoding, Saxena 2023; verification as in Leviathan et al.
2023, here greedy and therefore exact).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from inspector_app.engines.constraint import Constraint
from inspector_app.engines.decoder import Decoder
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence

_WINDOW = 48  # tokens that must repeat before an answer counts as a loop
_LONGEST_PERIOD = 16
_KEY = 3  # tokens that must agree before a stretch of the prompt is proposed
_DRAFT = 8  # tokens proposed at once
_MISSES = 4  # proposals in a row that failed before proposing ends
_TO_CLOSE = 512  # tokens that an answer under a schema may take to end validly after its last one


class Loop:
    """Why and how a generation ended, read after it."""

    STOPPED, LENGTH, REPEATED, CANCELLED = "stop", "length", "repeated", "cancelled"

    def __init__(self) -> None:
        self.end = Loop.LENGTH
        self.passes = 0  # passes through the decoder after the prompt's


def generate(
    decoder: Decoder,
    sequence: TokenSequence,
    hidden: Any,
    sampler: Sampler,
    *,
    stops: Sequence[int],
    most: int,
    cancelled: Callable[[], bool],
    constraint: Constraint | None = None,
    source: Sequence[int] = (),
    loop: Loop | None = None,
    guard: bool = True,
) -> Iterator[int]:
    """Yields the tokens of an answer, without the one that ends it.

    Args:
        decoder: Runs the layers.
        sequence: Holds the prompt; afterwards also the answer, as far as it was run.
        hidden: Hidden state `[1, hidden]` of the prompt's last position.
        sampler: Picks tokens.
        stops: Ids that end the answer.
        most: Tokens at most; under a schema a few more, so that the answer ends as the schema says.
        cancelled: Asked before every token.
        constraint: Schema that the answer must follow.
        source: Tokens in which stretches to propose are looked up; empty for no proposals. Only
            greedy answers take them.
        loop: Filled with how it ended.
        guard: Whether an answer that only repeats itself is ended.
    """
    told = loop or Loop()
    given: list[int] = []
    lookup = _Lookup(source) if sampler.greedy and source else None
    pending: list[int] = []  # picked, not yet run
    watched = 0  # where the watch for a loop begins
    limit = most if constraint is None else most + _TO_CLOSE
    while len(given) < limit:
        if cancelled():
            told.end = Loop.CANCELLED
            return
        if constraint is not None and constraint.finished:
            told.end = Loop.STOPPED if len(given) <= most else Loop.LENGTH
            return
        tokens = constraint.forced()[: limit - len(given)] if constraint is not None else []
        if not tokens:
            if pending:
                begun = len(given)
                after = None
                if lookup is not None and begun < most:
                    after = lookup.advance(
                        decoder, sequence, sampler, constraint, stops, given, pending, most, told,
                        watched if guard else None,
                    )  # fmt: skip
                if after is None:
                    told.passes += 1
                    after = sequence.extend(pending)[-1:]
                hidden, pending = after, []
                yield from _until(cancelled, given[begun:], told)
                if told.end == Loop.CANCELLED:
                    return
                if len(given) > begun:
                    continue  # what was taken may have brought on what must come
            looping = guard and is_looping(given[watched:])
            if looping and constraint is None:
                told.end = Loop.REPEATED
                return
            closer = None
            if constraint is not None and (looping or len(given) >= most):
                watched = len(given)
                closer = constraint.closer()
            token = closer if closer is not None else _pick(decoder, hidden, sampler, constraint)
            if token in stops:
                told.end = Loop.STOPPED
                return
            tokens = [token]
        if constraint is not None:
            constraint.take(tokens)
        sampler.take(tokens)
        given += tokens
        pending += tokens  # run together with what must follow them
        yield from _until(cancelled, tokens, told)
        if told.end == Loop.CANCELLED:
            return


def is_looping(tokens: Sequence[int]) -> bool:
    """Whether the last tokens only repeat a short stretch."""
    if len(tokens) < _WINDOW:
        return False
    tail = tokens[-_WINDOW:]
    return any(
        all(a == b for a, b in zip(tail, tail[period:], strict=False))
        for period in range(1, _LONGEST_PERIOD + 1)
    )


def _until(cancelled: Callable[[], bool], tokens: Sequence[int], told: Loop) -> Iterator[int]:
    """Yields tokens that are known already, none after the answer was cancelled."""
    for token in tokens:
        if cancelled():
            told.end = Loop.CANCELLED
            return
        yield token


def _must(constraint: Constraint | None) -> bool:
    return constraint is not None and (constraint.finished or bool(constraint.forced()))


def _pick(decoder: Decoder, hidden: Any, sampler: Sampler, constraint: Constraint | None) -> int:
    """Picks what follows the hidden state `[1, hidden]`."""
    allowed = constraint.allowed().to(hidden.device) if constraint is not None else None
    return sampler.pick(decoder.logits(hidden)[0], allowed)


class _Lookup:
    """Proposes what followed the same few tokens before, and checks it in one pass."""

    def __init__(self, source: Sequence[int]) -> None:
        self._all = list(source)
        self._base = len(self._all)
        self._places: dict[tuple[int, ...], int] = {}
        self._indexed = 0
        self._misses = 0

    def advance(
        self,
        decoder: Decoder,
        sequence: TokenSequence,
        sampler: Sampler,
        constraint: Constraint | None,
        stops: Sequence[int],
        given: list[int],
        pending: list[int],
        most: int,
        loop: Loop,
        watched: int | None,
    ) -> Any | None:
        """Runs the pending tokens with a proposal behind them; tokens taken are added to `given`.

        Returns:
            The hidden state of the last token run; None when there was nothing to propose.
        """
        draft = self._draft(given, most - len(given))
        if constraint is not None:
            draft = draft[: constraint.accepts(draft)]
        draft = draft[: next((i for i, t in enumerate(draft) if t in stops), len(draft))]
        if not draft:
            return None
        start = sequence.length
        loop.passes += 1
        hidden = sequence.extend([*pending, *draft])
        checked = len(pending) - 1  # row whose logits say what follows the pending tokens
        begun = len(given)
        for token in draft:
            if _must(constraint) or (watched is not None and is_looping(given[watched:])):
                break  # what comes next is not the model's to say
            if _pick(decoder, hidden[checked : checked + 1], sampler, constraint) != token:
                break
            if constraint is not None:
                constraint.take([token])
            sampler.take([token])
            given.append(token)
            checked += 1
        taken = len(given) - begun
        self._misses = 0 if taken else self._misses + 1
        sequence.cut(start + len(pending) + taken)
        return hidden[checked : checked + 1]

    def _draft(self, given: list[int], room: int) -> list[int]:
        if self._misses >= _MISSES:
            return []
        self._all[self._base :] = given
        # The stretch at the very end is what is looked for, so it is not indexed itself.
        for end in range(max(self._indexed, _KEY), len(self._all)):
            self._places[tuple(self._all[end - _KEY : end])] = end
        self._indexed = len(self._all)
        place = self._places.get(tuple(self._all[-_KEY:]))
        return self._all[place : place + min(_DRAFT, room)] if place is not None else []
