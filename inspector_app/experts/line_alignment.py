"""Alignment of two readings of a line, letter by letter."""

from __future__ import annotations

from collections.abc import Callable

Pair = tuple[int | None, int | None]  # places in the first and the second text; None: not there


def align(
    first: str,
    second: str,
    change: Callable[[str, str], float],
    drop: Callable[[str], float],
    add: Callable[[str], float],
) -> list[Pair]:
    """The cheapest alignment.

    Args:
        first: One text.
        second: The other.
        change: Cost of taking a letter of the first for one of the second.
        drop: Cost of a letter that only the first has.
        add: Cost of a letter that only the second has.

    Returns:
        Pairs of places in rising order; each letter of both occurs once.
    """
    rows, columns = len(first), len(second)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for at in range(rows):
        cost[at + 1][0] = cost[at][0] + drop(first[at])
    for at in range(columns):
        cost[0][at + 1] = cost[0][at] + add(second[at])
    for i in range(rows):
        for j in range(columns):
            cost[i + 1][j + 1] = min(
                cost[i][j] + change(first[i], second[j]),
                cost[i][j + 1] + drop(first[i]),
                cost[i + 1][j] + add(second[j]),
            )
    pairs: list[Pair] = []
    i, j = rows, columns
    while i or j:
        here = cost[i][j]
        if i and j and here == cost[i - 1][j - 1] + change(first[i - 1], second[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and here == cost[i - 1][j] + drop(first[i - 1]):
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    pairs.reverse()
    return pairs
