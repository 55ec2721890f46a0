"""The order that samples are learned in: seeded, known before the run, batches of like length.

It is made as a whole beforehand, so that a run that goes on after a kill only has to know how far
it came.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

_POOL = 50  # batches that are sorted by length together; order between pools stays random


def make_order(
    lengths: Sequence[int], shares: Sequence[float], batch: int, count: int, seed: int
) -> list[int]:
    """Returns the indices of `count` samples; each `batch` in a row are a batch.

    Within a pass every sample comes once. Where shares differ, samples are drawn with a chance in
    proportion to them instead, as MiniGPT-v2 mixes its data sets.

    Args:
        lengths: Tokens of each sample.
        shares: How often each is drawn, in proportion.
        batch: Samples of a forward pass.
        count: Samples of the whole run.
        seed: Of the order.
    """
    rng = random.Random(seed)
    even = len(set(shares)) <= 1
    order: list[int] = []
    left: list[int] = []
    while len(order) < count:
        wanted = min(_POOL * batch, count - len(order))
        while len(left) < wanted:
            drawn = list(range(len(lengths)))
            if even:
                rng.shuffle(drawn)
            else:
                drawn = rng.choices(drawn, shares, k=len(drawn))
            left += drawn
        pool, left = left[:wanted], left[wanted:]
        pool.sort(key=lambda index: lengths[index])
        batches = [pool[start : start + batch] for start in range(0, len(pool), batch)]
        if len(batches[-1]) == batch:
            rng.shuffle(batches)
        order += [index for part in batches for index in part]
    return order
