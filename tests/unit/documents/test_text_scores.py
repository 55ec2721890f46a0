"""Texts are compared over what covers one another, however lines are cut."""

from __future__ import annotations

import pytest
from rapidfuzz.distance.Levenshtein import distance as edits

from inspector_app.domain.documents import TextLine
from inspector_app.domain.geometry import Box
from inspector_app.learning.text_scores import TextScore, holds, text_score


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3), ("abc", "abc", 0)],
)
def test_edits(one: str, two: str, count: int):
    assert edits(one, two) == edits(two, one) == count


def test_cuts_of_lines_do_not_count():
    wanted = [("TOTAL", Box(0.1, 0.1, 0.3, 0.2)), ("RM 9.00", Box(0.5, 0.1, 0.7, 0.2))]
    read = [TextLine("Total RM 9.00", Box(0.1, 0.1, 0.72, 0.21))]
    score = text_score(wanted, read)
    assert (score.plain_edits, score.found, score.lines, score.extra) == (0, 2, 2, 0)
    assert score.edits == 4  # case


def test_missing_and_extra_lines():
    wanted = [("abcd", Box(0.1, 0.1, 0.3, 0.2)), ("efgh", Box(0.1, 0.5, 0.3, 0.6))]
    read = [TextLine("abxd", Box(0.1, 0.1, 0.3, 0.2)), TextLine("far", Box(0.8, 0.8, 0.9, 0.9))]
    score = text_score(wanted, read) + TextScore()
    assert score.cer == pytest.approx(5 / 8)
    assert score.recall == 0.5
    assert score.extra == 1


def test_places_nobody_wrote_down_do_not_count():
    place = Box(0.1, 0.1, 0.3, 0.2)
    assert text_score([("", place)], [TextLine("anything", place)]) == TextScore()


def test_holds():
    assert holds("TOTAL: RM 9.00", "9.00")
    assert not holds("TOTAL: RM 9.00", "9.01")
