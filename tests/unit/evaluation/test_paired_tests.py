"""Which of two is better: by hand-computed cases."""

import pytest

from inspector_app.learning.paired_tests import bradley_terry, mcnemar, sign_test


def test_mcnemar_by_hand() -> None:
    # Only the first one right 1, only the second one 5: p = 2 * (1 + 6) / 2^6.
    first = [True] * 4 + [True] + [False] * 5 + [False]
    second = [True] * 4 + [False] + [True] * 5 + [False]
    found = mcnemar(first, second)
    assert (found.first, found.second, found.even) == (1, 5, 5)
    assert found.p == pytest.approx(2 * (1 + 6) / 64)


def test_the_sign_test_leaves_ties_out() -> None:
    assert sign_test(8, 2, 100).p == pytest.approx(2 * (1 + 10 + 45) / 1024)
    assert sign_test(0, 0, 7).p == 1.0


def test_strengths_of_two_are_their_odds() -> None:
    # Without the prior three wins to one are odds of 3: 400 * log10(3) points.
    found = bradley_terry({("a", "b"): 3, ("b", "a"): 1}, prior=1e-9)
    assert found["a"] - found["b"] == pytest.approx(190.85, abs=0.1)
    assert sum(found.values()) / 2 == pytest.approx(1500)


def test_one_who_never_lost_has_a_strength() -> None:
    found = bradley_terry({("a", "b"): 5})
    assert found["a"] > found["b"]
    assert bradley_terry({}) == {}


def test_who_never_met_is_compared_through_a_third() -> None:
    wins = {("a", "b"): 9, ("b", "a"): 1, ("b", "c"): 9, ("c", "b"): 1}
    found = bradley_terry(wins)
    assert found["a"] > found["b"] > found["c"]
