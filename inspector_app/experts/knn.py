"""Exact nearest neighbours by matrix products, and PatchCore's re-weighting.

Source: Roth et al., "Towards Total Recall in Industrial Anomaly Detection" (PatchCore),
CVPR 2022, equations 6 and 7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IndexArray = NDArray[np.int64]

_BLOCK_BYTES = 24 << 20  # memory for one block of distances


def nearest(queries: FloatArray, bank: FloatArray, count: int = 1) -> tuple[FloatArray, IndexArray]:
    """Find the ``count`` nearest bank entries of each query (Euclidean, exact).

    Args:
        queries: ``[Q, C]``.
        bank: ``[M, C]``.
        count: Neighbours wanted, 1 or more; at most M are given.

    Returns:
        Distances ``[Q, K]`` float32 (ascending) and indices ``[Q, K]`` into the bank, where
        K = min(count, M).

    Raises:
        ValueError: The bank is empty, ``count`` is under 1, or the widths differ.
    """
    if bank.ndim != 2 or bank.shape[0] == 0:
        raise ValueError("the bank has no entries")
    if queries.ndim != 2 or queries.shape[1] != bank.shape[1]:
        raise ValueError(f"queries {queries.shape} do not fit a bank {bank.shape}")
    if count < 1:
        raise ValueError("count must be at least 1")
    count = min(count, bank.shape[0])
    centre = bank.mean(axis=0, dtype=np.float64).astype(np.float32)  # keeps the products small
    queries, bank = queries - centre, bank - centre
    transposed = np.ascontiguousarray(bank.T)
    half_norms = np.einsum("mc,mc->m", bank, bank, dtype=np.float32) * np.float32(0.5)
    distances = np.empty((len(queries), count), np.float32)
    indices = np.empty((len(queries), count), np.int64)
    block = max(1, _BLOCK_BYTES // (4 * len(bank)))
    for start in range(0, len(queries), block):
        part = queries[start : start + block]
        closeness = half_norms - part @ transposed  # = (distance^2 - |query|^2) / 2
        if count == 1:
            found = closeness.argmin(axis=1)[:, None]
        elif count < bank.shape[0]:
            found = np.argpartition(closeness, count - 1, axis=1)[:, :count]
        else:
            found = np.tile(np.arange(count), (len(part), 1))
        # The expanded form cancels for near-identical vectors: measure the chosen ones directly.
        exact = np.linalg.norm(part[:, None, :] - bank[found], axis=2)
        order = np.argsort(exact, axis=1, kind="stable")
        distances[start : start + block] = np.take_along_axis(exact, order, axis=1)
        indices[start : start + block] = np.take_along_axis(found, order, axis=1)
    return distances, indices


def reweight(
    queries: FloatArray,
    distances: FloatArray,
    indices: IndexArray,
    bank: FloatArray,
    neighbours: int = 9,
) -> FloatArray:
    """PatchCore's re-weighted score (equation 7): a lonely nearest entry counts as more anomalous.

    With ``m*`` the nearest entry of query ``q`` and ``N_b(m*)`` the ``neighbours`` entries of the
    bank nearest to ``m*`` (``m*`` among them):
    ``s = (1 - exp(|q - m*|) / sum over m in N_b(m*) of exp(|q - m|)) * |q - m*|``.
    The exponents are shifted by their largest value, which leaves the quotient as it is.

    Args:
        queries: ``[Q, C]``.
        distances: ``[Q]`` distance to the nearest entry.
        indices: ``[Q]`` index of the nearest entry.
        bank: ``[M, C]``.
        neighbours: b of the paper; 1 or less leaves the distances unchanged.

    Returns:
        ``[Q]`` float32 scores.
    """
    if neighbours <= 1 or len(bank) < 2 or len(queries) == 0:
        return distances.astype(np.float32)
    _, around = nearest(bank[indices], bank, neighbours)
    exponents = np.linalg.norm(queries[:, None, :] - bank[around], axis=2)
    largest = np.maximum(exponents.max(axis=1), distances)
    total = np.exp(exponents - largest[:, None]).sum(axis=1)
    weights = 1.0 - np.exp(distances - largest) / np.maximum(total, np.finfo(np.float32).tiny)
    return (np.clip(weights, 0.0, 1.0) * distances).astype(np.float32)
