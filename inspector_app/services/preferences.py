"""Which of two answers in a conversation is better, kept so that it counts in standings.

The answers of two engines or adapters about images that people asked about are the duels of one
match, as those of two evaluations are. Unlike there, people see who said what.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.judging import (
    CHOICES,
    FIRST,
    PERSON,
    SECOND,
    TIE,
    Duel,
    Match,
    Vote,
)
from inspector_app.store import matches as store

__all__ = ["FIRST", "SECOND", "TIE", "Compared", "prefer", "preferred", "standing"]

_OTHER = {FIRST: SECOND, SECOND: FIRST}


@dataclass(frozen=True, slots=True)
class Compared:
    """One question with the answers of two.

    Attributes:
        id: What the two answers have in common, see `Message.together`.
        image: Path.
        question: As it was asked.
        who: Engine with adapter of both: card id, "+", adapters.
        answers: What they said.
    """

    id: str
    image: str
    question: str
    who: tuple[str, str]
    answers: tuple[str, str]


def prefer(compared: Compared, judge: str, winner: str) -> Vote:
    """Stores which answer a person prefers; a later vote replaces the earlier one.

    Args:
        compared: The question and both answers.
        judge: The person's name.
        winner: `FIRST`, `SECOND` or `TIE`.

    Raises:
        BadInputError: Another winner, or both are the same engine.
        StoreError: It cannot be stored.
    """
    if winner not in CHOICES:
        raise BadInputError(f"There is no side {winner!r}.", "Choose first, second or tie.")
    one, two = _in_order(compared.who)
    if one == two:
        raise BadInputError("Both answers are of the same engine.", "Compare two engines.")
    match = _match(compared) or Match(_id(compared), f"Ask: {one} / {two}", one, two, ())
    if not any(duel.id == compared.id for duel in match.duels):
        first, second = compared.answers[:: -1 if _turned(compared) else 1]
        duel = Duel(compared.id, compared.image, compared.question, "", first, second, False)
        store.write_match(replace(match, duels=(*match.duels, duel)))
    vote = Vote(compared.id, judge, PERSON, _seen_from(compared, winner))
    return store.add_votes(match.id, [vote])[0]


def preferred(compared: Compared, judge: str) -> str:
    """Returns which answer a person prefers; "" where they did not say."""
    if _match(compared) is None:
        return ""
    votes = store.read_votes(_id(compared))
    own = (v.winner for v in votes if (v.duel, v.kind, v.judge) == (compared.id, PERSON, judge))
    return _seen_from(compared, next(own, ""))


def standing(compared: Compared) -> tuple[int, int, int]:
    """Returns how often people preferred the first of the two, the second, and neither."""
    from inspector_app.services.judging import standings  # brings NumPy along

    match = _match(compared)
    found = standings(match) if match is not None else ()
    if not found:
        return 0, 0, 0
    paired = found[0].paired  # what all people say comes first
    if _turned(compared):
        return paired.second, paired.first, paired.even
    return paired.first, paired.second, paired.even


def _in_order(who: tuple[str, str]) -> tuple[str, ...]:
    # One match for each pair, whoever was asked first.
    return tuple(sorted(who))


def _turned(compared: Compared) -> bool:
    return compared.who != _in_order(compared.who)


def _seen_from(compared: Compared, winner: str) -> str:
    return _OTHER.get(winner, winner) if _turned(compared) else winner


def _match(compared: Compared) -> Match | None:
    try:
        return store.read_match(_id(compared))
    except BadInputError:
        return None


def _id(compared: Compared) -> str:
    return "ask-" + hashlib.sha256("\n".join(_in_order(compared.who)).encode()).hexdigest()[:24]
