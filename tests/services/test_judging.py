"""Blind duels: sides, votes that survive, a model that judges both orders, agreement."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.evaluation import Evaluation, Item
from inspector_app.domain.events import Event, Finished, Provenance, Started
from inspector_app.domain.judging import FIRST, MODEL, PERSON, SECOND, TIE, Match, Standing
from inspector_app.domain.tasks import Task
from inspector_app.engines.fake import FakeEngine
from inspector_app.services import judging
from inspector_app.store import matches as store

CARD = Card("judge", "Judge", "fake", "", "", frozenset(Task))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path))


def evaluation(answers: list[str], adapter: str = "") -> Evaluation:
    items = tuple(
        Item(
            "",
            "red",
            answer,
            answer == "red" if answer else None,
            f"question {n}",
            trouble="" if answer else "failed",
        )
        for n, answer in enumerate(answers)
    )
    return Evaluation("qwen", adapter, "vqa", "m", "test", {}, items, {})


def match(first: list[str], second: list[str], **options: int) -> Match:
    return judging.make_match(evaluation(first), evaluation(second, "new"), "Try", **options)


class Judge(FakeEngine):
    """Gives the points that a function gives to the two answers in the prompt."""

    points: Callable[[str, str], tuple[object, object]]
    asked = 0

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        self.asked += 1
        a = request.question.partition("Answer A: ")[2].partition("\n")[0]
        b = request.question.partition("Answer B: ")[2].partition("\n")[0]
        one, two = self.points(a, b)
        text = json.dumps({"reason": f"{a} against {b}", "a": one, "b": two})
        yield Started(request.id, Provenance("judge"))
        yield Finished(request.id, text, text)


def judge(points: Callable[[str, str], tuple[object, object]]) -> Judge:
    made = Judge(CARD)
    made.points = points
    made.load()
    return made


def judged(made: Match, by: Judge) -> Standing:
    *_, last = judging.judge_by_model(made, by, threading.Event())
    assert isinstance(last, Standing)
    return last


def test_sides_and_order_are_drawn_and_kept() -> None:
    made = match([f"old {n}" for n in range(40)], [f"new {n}" for n in range(40)])
    assert {duel.swapped for duel in made.duels} == {True, False}
    assert [duel.question for duel in made.duels] != [f"question {n}" for n in range(40)]
    assert store.read_match(made.id) == made
    swapped = next(duel for duel in made.duels if duel.swapped)
    assert swapped.left.startswith("new")
    assert swapped.right.startswith("old")


def test_what_failed_is_not_judged() -> None:
    assert len(match(["a", "", "c"], ["x", "y", ""]).duels) == 1
    with pytest.raises(BadInputError, match="no answered item"):
        match([""], ["x"])


def test_a_few_are_those_that_differ() -> None:
    made = match(["same"] * 8 + ["old", "old"], ["same"] * 8 + ["new", "new"], most=2)
    assert [duel.first for duel in made.duels] == ["old", "old"]


def test_a_vote_goes_to_the_side_that_was_shown() -> None:
    made = match(["old"] * 20, ["new"] * 20)
    for duel in made.duels:
        judging.vote(made, duel, "An", "left" if duel.left == "new" else "right", " better ")
    found = judging.votes(made)
    assert {each.winner for each in found} == {SECOND}
    assert found[0].reason == "better"
    assert found[0].kind == PERSON
    assert found[0].created
    assert judging.next_duel(made, "An") is None
    assert judging.next_duel(made, "Binh") == made.duels[0]


def test_a_later_vote_replaces_the_earlier_one() -> None:
    made = match(["old"], ["new"])
    judging.vote(made, made.duels[0], "An", "left")
    judging.vote(made, made.duels[0], "An", TIE)
    assert [each.winner for each in judging.votes(made)] == [TIE]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\n", "\r\n"])
def test_a_reason_of_several_lines_survives(mark: str) -> None:
    made = match(["old"], ["new"])
    reason = f"clear{mark}and short"
    judging.vote(made, made.duels[0], "An", "left", reason)
    assert [each.reason for each in judging.votes(made)] == [reason]


def test_a_side_that_is_none_is_refused() -> None:
    made = match(["old"], ["new"])
    for choice in ("first", "second", "both", ""):
        with pytest.raises(BadInputError, match="left, right or tie"):
            judging.vote(made, made.duels[0], "An", choice)


def test_a_line_that_was_cut_off_costs_only_itself() -> None:
    made = match(["a", "b"], ["x", "y"])
    judging.vote(made, made.duels[0], "An", TIE)
    path = store.folder() / made.id / "votes.jsonl"
    path.write_text(path.read_text("utf-8") + '\n{"duel": "1", "jud', "utf-8")
    judging.vote(made, made.duels[1], "An", TIE)
    assert len(judging.votes(made)) == 2


def test_broken_matches_are_left_out_of_the_list() -> None:
    made = match(["a"], ["x"])
    (store.folder() / "broken").mkdir()
    (store.folder() / "broken" / "match.json").write_text("{}", "utf-8")
    assert judging.matches() == [made]


def test_standings_of_people_count_the_majority_of_each_duel() -> None:
    made = match(["old"] * 3, ["new"] * 3)
    for name, winners in (("An", "122"), ("Binh", "112"), ("Chi", "121")):
        for duel, winner in zip(made.duels, winners, strict=True):
            side = "left" if (winner == "1") != duel.swapped else "right"
            judging.vote(made, duel, name, side)
    together, *single = judging.standings(made)
    assert (together.judge, together.paired.first, together.paired.second) == ("", 1, 2)
    assert [each.judge for each in single] == ["Chi", "Binh", "An"]
    strengths = dict(together.strengths)
    assert strengths["qwen+new"] > strengths["qwen"]


def test_a_model_judges_both_orders_so_that_a_liking_for_a_place_cancels_out() -> None:
    made = match(["old"] * 6, ["new"] * 6)
    biased = judge(lambda a, b: (9, 3))  # always the one that stands first
    found = judged(made, biased)
    assert (found.paired.first, found.paired.second, found.paired.even) == (0, 0, 6)
    assert found.scores == (6.0, 6.0)
    assert biased.asked == 12


def test_a_model_that_knows_what_it_likes() -> None:
    made = match(["old"] * 4, ["new"] * 4)
    found = judged(made, judge(lambda a, b: (8 if a == "new" else 4, 8 if b == "new" else 4)))
    assert (found.paired.second, found.scores, found.kind) == (4, (4.0, 8.0), MODEL)
    assert judging.votes(made)[0].reason == "old against new / new against old"


def test_a_judge_goes_on_where_it_was_stopped() -> None:
    made = match(["old"] * 3, ["new"] * 3)
    one = judge(lambda a, b: (5, 5))
    stop = threading.Event()
    for event in judging.judge_by_model(made, one, stop):
        stop.set()
        assert not isinstance(event, Standing)
    assert len(judging.votes(made)) == 1
    judged(made, one)
    assert one.asked <= 8  # the first duel is not asked again
    assert len(judging.votes(made)) == 3


@pytest.mark.parametrize("points", [(11, 5), ("many", 5), (None, None), (0, 5)])
def test_points_that_are_none_are_told_and_not_counted(points: tuple[object, object]) -> None:
    made = match(["old"], ["new"])
    with pytest.raises(EngineError, match="gave no points"):
        judged(made, judge(lambda a, b: points))
    assert judging.votes(made) == ()


def test_braces_in_an_answer_are_not_filled_in() -> None:
    seen: list[str] = []
    made = match(["{b} {wanted}"], ["new"])
    judged(made, judge(lambda a, b: (seen.append(a) or 5, 5)))
    assert "{b} {wanted}" in seen


def test_agreement_by_hand() -> None:
    made = match(["old"] * 4, ["new"] * 4)
    for duel, winner in zip(made.duels, "1122", strict=True):
        judging.vote(made, duel, "An", "left" if (winner == "1") != duel.swapped else "right")
    store.add_votes(
        made.id,
        [
            replace(vote, judge="judge", kind=MODEL, winner=winner, scores=(5.0, 5.0))
            for vote, winner in zip(judging.votes(made), (FIRST, FIRST, FIRST, SECOND), strict=True)
        ],
    )
    (found,) = judging.agreement(made)
    # 3 of 4 alike; by chance 1/2 * 3/4 + 1/2 * 1/4 = 1/2: kappa = (3/4 - 1/2) / (1/2)
    assert (found.n, found.same) == (4, 0.75)
    assert found.kappa == pytest.approx(0.5)


def test_agreement_without_any_difference_has_no_kappa() -> None:
    made = match(["old"], ["new"])
    judging.vote(made, made.duels[0], "An", TIE)
    judged(made, judge(lambda a, b: (5, 5)))
    (found,) = judging.agreement(made)
    assert (found.same, found.kappa) == (1.0, None)
    judging.vote(made, made.duels[0], "An", "left")
    assert judging.agreement(made)[0].same == 0.0


def test_a_match_is_found_again_by_its_answers():
    first, second = evaluation(["red", "blue"]), evaluation(["blue", "red"], "new")
    assert judging.match_of(first, second) is None
    made = judging.make_match(first, second, "Try", most=1)
    assert judging.match_of(first, second) == made
    assert judging.match_of(second, first) is None
    changed = evaluation(["green", "green"], "new")  # of the same name, measured anew
    assert judging.match_of(first, changed) is None
