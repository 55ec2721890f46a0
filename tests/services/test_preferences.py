"""Which of two answers is better: one vote a person, counted for the pair whoever was first."""

from __future__ import annotations

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.services import judging
from inspector_app.services.judging import FIRST, SECOND, TIE
from inspector_app.services.preferences import Compared, prefer, preferred, standing


def compared(name: str, who: tuple[str, str] = ("qwen", "minigpt+nut")) -> Compared:
    return Compared(name, "/part.png", "what?", who, (f"{who[0]} said", f"{who[1]} said"))


def test_a_vote_is_kept_and_can_be_changed():
    asked = compared("1")
    assert preferred(asked, "An") == ""
    assert standing(asked) == (0, 0, 0)
    prefer(asked, "An", FIRST)
    assert preferred(asked, "An") == FIRST
    assert preferred(asked, "Bình") == ""
    prefer(asked, "An", TIE)
    assert preferred(asked, "An") == TIE
    assert standing(asked) == (0, 0, 1)


def test_the_standing_counts_the_pair_whoever_was_asked_first():
    one, turned = compared("1"), compared("2", ("minigpt+nut", "qwen"))
    prefer(one, "An", FIRST)
    prefer(turned, "An", SECOND)  # qwen again
    prefer(compared("3"), "An", SECOND)
    assert standing(one) == (2, 1, 0)
    assert standing(turned) == (1, 2, 0)
    assert (preferred(one, "An"), preferred(turned, "An")) == (FIRST, SECOND)


def test_the_votes_are_a_match_like_others():
    prefer(compared("1"), "An", FIRST)
    prefer(compared("2"), "An", TIE)
    (match,) = judging.matches()
    assert (match.first, match.second) == ("minigpt+nut", "qwen")
    assert match.duels[0].first == "minigpt+nut said"
    people, own = judging.standings(match)
    assert people.judged == 2
    assert (people.paired.first, people.paired.second, people.paired.even) == (0, 1, 1)
    assert own.judge == "An"
    assert dict(people.strengths)["qwen"] > 1500


def test_what_makes_no_sense_is_refused():
    with pytest.raises(BadInputError, match="no side"):
        prefer(compared("1"), "An", "left")
    with pytest.raises(BadInputError, match="same engine"):
        prefer(compared("1", ("qwen", "qwen")), "An", FIRST)
    assert judging.matches() == []
