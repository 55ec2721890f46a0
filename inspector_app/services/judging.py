"""Judging two engines on the same items: blind by people, and by a language model."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from inspector_app.domain.engine import Engine, InspectRequest, Sampling, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.jobs import Progress
from inspector_app.domain.judging import (
    CHOICES,
    FIRST,
    MODEL,
    PERSON,
    SECOND,
    TIE,
    Agreement,
    Duel,
    Match,
    Standing,
    Vote,
)
from inspector_app.domain.tasks import Task
from inspector_app.engines.language_prompts import own_texts
from inspector_app.learning.paired_tests import bradley_terry, kappa, sign_test
from inspector_app.parsing.texts import texts
from inspector_app.services.evaluations import answered_by_both
from inspector_app.services.inspect import gather, run
from inspector_app.store import matches as store

_LEAST, _MOST = 1, 10
_POINTS = {"type": "integer", "minimum": _LEAST, "maximum": _MOST}
_SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"reason": {"type": "string"}, "a": _POINTS, "b": _POINTS},
        "required": ["reason", "a", "b"],
        "additionalProperties": False,
    }
)
_MOST_TOKENS = 256

Job = Iterator[Progress | Standing]


def make_match(
    first: Evaluation, second: Evaluation, name: str, *, most: int = 0, seed: int = 0
) -> Match:
    """Makes a match of two evaluations and stores it; order and sides are drawn.

    Args:
        first: Of the one that is used now.
        second: Of the one that may replace it.
        name: For people.
        most: Items at most; 0 for all. Those on which the two differ come before others.
        seed: Of the drawing.

    Raises:
        BadInputError: They have no answered item in common.
        StoreError: It cannot be stored.
    """
    pairs = [(first.items[n], second.items[m]) for n, m in answered_by_both(first, second)]
    if not pairs:
        raise BadInputError(
            "The two evaluations have no answered item in common.",
            "Evaluate both on the same data.",
        )
    rng = random.Random(seed)
    rng.shuffle(pairs)
    if most:
        pairs.sort(key=lambda pair: _shown(pair[0]) == _shown(pair[1]))
        pairs = pairs[:most]
        rng.shuffle(pairs)
    duels = tuple(
        Duel(
            f"{number}",
            one.image,
            one.question,
            one.wanted,
            _shown(one),
            _shown(two),
            rng.random() < 0.5,
        )
        for number, (one, two) in enumerate(pairs)
    )
    match = Match(uuid4().hex, name, first.who, second.who, duels, first.data_sha256)
    store.write_match(match)
    return match


def matches() -> list[Match]:
    """Returns all matches of this user, the newest first."""
    return store.matches()


def match_of(first: Evaluation, second: Evaluation) -> Match | None:
    """Returns the newest match of these very answers, to go on with; None without any."""
    said = {
        (one.image, one.question, _shown(one), _shown(two))
        for one, two in (
            (first.items[n], second.items[m]) for n, m in answered_by_both(first, second)
        )
    }

    def of_these(duel: Duel) -> bool:
        return (duel.image, duel.question, duel.first, duel.second) in said

    who = (first.who, second.who)
    return next(
        (m for m in matches() if (m.first, m.second) == who and all(map(of_these, m.duels))), None
    )


def votes(match: Match) -> tuple[Vote, ...]:
    """Returns the votes that hold."""
    return store.read_votes(match.id)


def vote(match: Match, duel: Duel, judge: str, choice: str, reason: str = "") -> Vote:
    """Stores what a person says of a duel.

    Args:
        match: Of the duel.
        duel: Which.
        judge: The person's name.
        choice: "left", "right" or `TIE`, as it was shown.
        reason: In the person's words.

    Raises:
        BadInputError: Another choice.
        StoreError: It cannot be stored.
    """
    sides = {"left": SECOND if duel.swapped else FIRST, "right": FIRST if duel.swapped else SECOND}
    winner = sides.get(choice, choice)
    if winner not in CHOICES or choice in (FIRST, SECOND):
        raise BadInputError(f"There is no side {choice!r}.", "Choose left, right or tie.")
    return store.add_votes(match.id, [Vote(duel.id, judge, PERSON, winner, reason.strip())])[0]


def next_duel(match: Match, judge: str) -> Duel | None:
    """Returns the first duel that a person has not judged; None when all are."""
    done = {each.duel for each in votes(match) if each.kind == PERSON and each.judge == judge}
    return next((duel for duel in match.duels if duel.id not in done), None)


def judge_by_model(match: Match, engine: Engine, stop: StopFlag, language: str = "en") -> Job:
    """Lets a language model judge every duel that it has not judged yet, both orders of each.

    An answer wins when its points over both orders are more; so a liking for the first place
    cancels out.

    Args:
        match: What is judged.
        engine: Loaded.
        stop: Ends it; votes so far stay.
        language: Of the question and of the reasons.

    Yields:
        `Progress` after every duel, then the model's `Standing`; nothing last when stopped.

    Raises:
        BadInputError: The engine cannot answer questions.
        EngineError: It gave no points, in both orders, for any duel.
    """
    if Task.VQA not in engine.capabilities.tasks:
        raise BadInputError(
            f"The engine {engine.id} cannot judge answers.", "Choose a language engine."
        )
    done = {each.duel for each in votes(match) if each.kind == MODEL and each.judge == engine.id}
    left = [duel for duel in match.duels if duel.id not in done]
    trouble = ""
    judged = 0
    for number, duel in enumerate(left, 1):
        one = _points(duel, duel.first, duel.second, engine, stop, language)
        two = _points(duel, duel.second, duel.first, engine, stop, language)
        if stop.is_set():
            return
        if isinstance(one, str) or isinstance(two, str):
            trouble = one if isinstance(one, str) else str(two)
        else:
            judged += 1
            first, second = (one[0] + two[1]) / 2, (one[1] + two[0]) / 2
            winner = TIE if first == second else FIRST if first > second else SECOND
            reason = " / ".join(filter(None, (one[2], two[2])))
            store.add_votes(
                match.id, [Vote(duel.id, engine.id, MODEL, winner, reason, (first, second))]
            )
        yield Progress(number, len(left), duel.image)
    if left and not judged:
        raise EngineError(
            f"{engine.id} gave no points: {trouble}", "Choose another model as judge."
        )
    yield next(each for each in standings(match) if each.judge == engine.id)


def standings(match: Match) -> tuple[Standing, ...]:
    """Returns what all people say together (of each duel the majority), then every judge alone."""
    found = votes(match)
    people = [each for each in found if each.kind == PERSON]
    result: list[Standing] = []
    if people:
        result.append(_standing(match, "", PERSON, list(_majority(people).values()), ()))
    for kind, judge in sorted({(each.kind, each.judge) for each in found}, reverse=True):
        own = [each for each in found if (each.kind, each.judge) == (kind, judge)]
        points = [each.scores for each in own if each.scores is not None]
        result.append(_standing(match, judge, kind, [each.winner for each in own], points))
    return tuple(result)


def agreement(match: Match) -> tuple[Agreement, ...]:
    """Returns, for every model that judged, how far it agrees with people."""
    found = votes(match)
    person = _majority([each for each in found if each.kind == PERSON])
    result: list[Agreement] = []
    for model in sorted({each.judge for each in found if each.kind == MODEL}):
        own = {
            each.duel: each.winner for each in found if (each.kind, each.judge) == (MODEL, model)
        }
        both = [(person[duel], own[duel]) for duel in person if duel in own]
        if both:
            same = sum(a == b for a, b in both) / len(both)
            result.append(Agreement(len(both), same, kappa(both), model))
    return tuple(result)


def _points(
    duel: Duel, a: str, b: str, engine: Engine, stop: StopFlag, language: str
) -> tuple[float, float, str] | str:
    """Points of two answers in the given order, with the reason; or why there are none."""
    words = texts("judge", language) | own_texts("judge", language)
    wanted = words["wanted"] if duel.wanted else words["unknown"]
    values = {"question": duel.question, "a": a, "b": b, "wanted": duel.wanted}
    # In one go: an answer is not filled in again, whatever braces it holds.
    question = re.sub(
        r"\{(\w+)\}",
        lambda found: values.get(found[1], found[0]),
        words["judge"].replace("{wanted}", wanted),
    )
    request = InspectRequest(
        (duel.image,) if duel.image else (),
        Task.VQA,
        question,
        language=language,
        schema=_SCHEMA,
        sampling=Sampling(max_tokens=_MOST_TOKENS),
    )
    last = gather(run(request, engine, stop)).last
    if not isinstance(last, Finished):
        return last.what if isinstance(last, Failed) else "it was stopped"
    try:
        data: Any = json.loads(last.answer)
        one, two = float(data["a"]), float(data["b"])
        reason = str(data.get("reason", "")).strip()
    except (ValueError, TypeError, KeyError, AttributeError):
        return "its answer holds no points."
    if not all(_LEAST <= points <= _MOST for points in (one, two)):
        return "its points are not between 1 and 10."
    return one, two, reason


def _standing(
    match: Match,
    judge: str,
    kind: str,
    winners: Sequence[str],
    points: Sequence[tuple[float, float]],
) -> Standing:
    first, second, ties = (winners.count(choice) for choice in CHOICES)
    strengths: dict[str, float] = {}
    if match.first != match.second:
        strengths = bradley_terry(
            {
                (match.first, match.second): first + ties / 2,
                (match.second, match.first): second + ties / 2,
            }
        )
    means = None
    if points:
        one, two = zip(*points, strict=True)
        means = (sum(one) / len(points), sum(two) / len(points))
    paired = sign_test(first, second, ties)
    return Standing(judge, kind, len(winners), paired, tuple(strengths.items()), means)


def _majority(found: Sequence[Vote]) -> dict[str, str]:
    """Winner of each duel by most people; a tie where they are even."""
    said: dict[str, list[str]] = {}
    for each in found:
        said.setdefault(each.duel, []).append(each.winner)
    result: dict[str, str] = {}
    for duel, winners in said.items():
        first, second = winners.count(FIRST), winners.count(SECOND)
        ties = winners.count(TIE)
        ahead = FIRST if first > second else SECOND if second > first else TIE
        result[duel] = TIE if ties > max(first, second) else ahead
    return result


def _shown(item: Item) -> str:
    return item.said or item.given
