"""Edit distance and alignment."""

from __future__ import annotations

import random

from inspector_app.experts.line_alignment import align, edit_distance


def test_edit_distance_of_known_pairs() -> None:
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == 3
    assert edit_distance("abc", "abc") == 0


def test_alignment_keeps_order_and_loses_nothing() -> None:
    rng = random.Random(3)
    for _ in range(200):
        one, two = ("".join(rng.choices("abc ", k=rng.randrange(12))) for _ in range(2))
        pairs = align(one, two, lambda a, b: float(a != b), lambda _: 1.0, lambda _: 1.0)
        assert [i for i, _ in pairs if i is not None] == list(range(len(one)))
        assert [j for _, j in pairs if j is not None] == list(range(len(two)))
        cost = sum(i is None or j is None or one[i] != two[j] for i, j in pairs)
        assert cost == edit_distance(one, two)
