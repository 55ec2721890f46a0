"""Whether one of two is better: McNemar's test, the sign test, Bradley-Terry strengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from inspector_app.domain.evaluation import Paired


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> Paired:
    """McNemar's test (1947), exact: the binomial distribution of what only one had right.

    Args:
        first: Whether each item was right, `[n]`.
        second: The same items, by the other one.
    """
    only_first = sum(a and not b for a, b in zip(first, second, strict=True))
    only_second = sum(b and not a for a, b in zip(first, second, strict=True))
    even = len(first) - only_first - only_second
    return sign_test(only_first, only_second, even)


def sign_test(wins: int, losses: int, ties: int = 0) -> Paired:
    """The sign test; ties say nothing for either side."""
    from scipy.stats import binomtest

    decided = wins + losses
    p = float(binomtest(wins, decided, 0.5).pvalue) if decided else 1.0
    return Paired(wins, losses, ties, p)


def bradley_terry(
    wins: Mapping[tuple[str, str], float], rounds: int = 1000, prior: float = 0.5
) -> dict[str, float]:
    """Strengths on the scale of Elo (400 a tenfold chance), their mean 1500.

    Bradley and Terry 1952, by the iteration of Hunter 2004.

    Args:
        wins: (winner, loser) -> how often; a tie counts half for either.
        rounds: Of the iteration, at most.
        prior: Ties with a player of middling strength given to each, so that one who never lost
            has a strength at all.
    """
    names = sorted({name for pair in wins for name in pair})
    if not names:
        return {}
    place = {name: index for index, name in enumerate(names)}
    count = len(names)
    won = np.zeros((count + 1, count + 1))  # the last one is the middling player
    for (winner, loser), times in wins.items():
        won[place[winner], place[loser]] += times
    won[:count, count] += prior
    won[count, :count] += prior
    met = won + won.T
    strength = np.ones(count + 1)
    for _ in range(rounds):
        new = won.sum(1) / (met / (strength[:, None] + strength[None, :])).sum(1)
        new /= new[count]
        if np.allclose(new, strength, rtol=1e-10):
            break
        strength = new
    scale = 400 * np.log10(strength[:count])
    return {name: float(1500 + scale[place[name]] - scale.mean()) for name in names}


def kappa(both: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960) of two judges: agreement beyond chance.

    Args:
        both: What each of them says of every item.

    Returns:
        At most 1; None where both say the same of everything, so that chance would agree as well.
    """
    from sklearn.metrics import cohen_kappa_score

    one, two = zip(*both, strict=True)
    if len(set(one) | set(two)) == 1:
        return None
    return float(cohen_kappa_score(one, two))
