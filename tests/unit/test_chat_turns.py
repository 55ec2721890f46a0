"""Taking turns out of a conversation, and bringing them back."""

from __future__ import annotations

from dataclasses import replace

from inspector_app.domain.chat import Message, brought_back, turn_of


def message(name: str, role: str = "user") -> Message:
    return Message("image", role, name, id=name, created="2026-01-01")


Q1, A1, Q2, A2 = message("q1"), message("a1", "x"), message("q2"), message("a2", "x")


def test_a_turn_is_an_answer_with_its_question():
    assert turn_of([Q1, A1, Q2, A2], "a2") == {"q2", "a2"}
    assert turn_of([Q1, A1, Q2, A2], "a1") == {"q1", "a1"}
    assert turn_of([Q1, A1, A2], "a2") == {"a2"}  # its question is not there any more
    assert turn_of([A1], "a1") == {"a1"}
    assert turn_of([Q1, Q2], "q2") == {"q2"}
    assert turn_of([Q1, A1], "a2") == frozenset()


def test_what_comes_back_stands_where_it_stood():
    assert brought_back([Q1, A1, Q2, A2], [Q2, A2], {"q1", "a1"}) == [Q1, A1, Q2, A2]


def test_what_was_asked_since_stays_behind_it():
    assert brought_back([Q1, A1], [Q2, A2], {"q1", "a1"}) == [Q1, A1, Q2, A2]


def test_what_changed_since_stays_changed():
    longer = replace(A2, text="longer")
    assert brought_back([Q1, A1, Q2, A2], [Q2, longer], {"q1", "a1"})[-1] == longer
    # Taken out by a later step, which is still done: it stays out.
    assert brought_back([Q1, A1, Q2, A2], [], {"q1", "a1"}) == [Q1, A1]
