"""Alignment, against the edit distance of a library."""

from __future__ import annotations

import random

from rapidfuzz.distance import Levenshtein

from inspector_app.experts.line_alignment import align


def test_alignment_keeps_order_and_loses_nothing() -> None:
    rng = random.Random(3)
    for _ in range(200):
        one, two = ("".join(rng.choices("abc ", k=rng.randrange(12))) for _ in range(2))
        pairs = align(one, two, lambda a, b: float(a != b), lambda _: 1.0, lambda _: 1.0)
        assert [i for i, _ in pairs if i is not None] == list(range(len(one)))
        assert [j for _, j in pairs if j is not None] == list(range(len(two)))
        cost = sum(i is None or j is None or one[i] != two[j] for i, j in pairs)
        assert cost == Levenshtein.distance(one, two)
