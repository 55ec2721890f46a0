"""Rows and their pieces come in the order in which people read."""

from __future__ import annotations

from inspector_app.imaging.document_order import rows


def test_names_and_prices_share_rows():
    boxes = [(10, 50, 100, 70), (300, 12, 350, 30), (10, 10, 90, 30), (300, 52, 340, 72)]
    assert rows(boxes) == [[2, 1], [0, 3]]


def test_rows_may_bend():
    falling = [(100 * n, 6 * n, 100 * n + 90, 6 * n + 20) for n in range(8)]
    below = [(x1, y1 + 26, x2, y2 + 26) for x1, y1, x2, y2 in falling]
    assert rows([*below, *falling]) == [list(range(8, 16)), list(range(8))]


def test_lines_over_one_another_are_two_rows():
    assert rows([(10, 10, 200, 40), (10, 24, 200, 54)]) == [[0], [1]]


def test_small_print_beside_a_large_title():
    assert rows([(10, 10, 200, 60), (220, 25, 300, 40), (10, 70, 50, 85)]) == [[0, 1], [2]]


def test_nothing():
    assert rows([]) == []
