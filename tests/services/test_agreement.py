"""Agreement of several answers: counted by what they say."""

from __future__ import annotations

import pytest

from inspector_app.services.agreement import given_answer, groups


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("yes", "yes"),
        (" A dent. ", "A dent."),
        ("It is dark there.\nAnswer: yes", "yes"),
        ("**Answer:** two", "two"),
        ("Answer: no\nAnswer: yes", "yes"),
        ("Vì có vết xước.\nTrả lời: có", "có"),
        ("Answer:", "Answer:"),  # nothing came behind it
        ("The answer: it depends", "The answer: it depends"),  # no line of its own
    ],
)
def test_the_answer_is_taken_out_of_the_reasoning(text: str, wanted: str):
    assert given_answer(text) == wanted


def test_answers_that_say_the_same_are_one_group():
    found = groups(["No.", "Yes", "It shines.\nAnswer: yes.", "", "YES!", "two", "2"])
    assert [(g.text, g.members, g.count) for g in found] == [
        ("Yes", (1, 2, 4), 3),
        ("two", (5, 6), 2),
        ("No.", (0,), 1),
    ]
    assert groups([]) == ()


def test_signs_alone_are_answers_of_their_own():
    assert [g.count for g in groups(["?", "?", "!"])] == [2, 1]


def test_vietnamese_is_compared_in_its_own_form():
    assert [g.count for g in groups(["hoà", "hòa", "Không"], "vi")] == [2, 1]
