"""Shared fixtures: a small fake backbone, so that most tests need no package weights."""

from __future__ import annotations

import numpy as np
import pytest


class FakeExtractor:
    """Three filters at strides 4..32: colour means and gradient energy; same interface."""

    backbone = "lite2"
    digest = "fake"
    strides = (4, 8, 16, 32)

    def normalise(self, images: np.ndarray) -> np.ndarray:
        return (images.astype(np.float32) / 127.5 - 1).transpose(0, 3, 1, 2)

    def __call__(self, batch: np.ndarray) -> tuple[np.ndarray, ...]:
        gx = np.abs(np.diff(batch, axis=3, append=batch[..., -1:])).mean(1, keepdims=True)
        gy = np.abs(np.diff(batch, axis=2, append=batch[..., -1:, :])).mean(1, keepdims=True)
        planes = np.concatenate([batch, gx, gy], axis=1)
        out = []
        for stride in self.strides:
            n, c, h, w = planes.shape
            cells = planes.reshape(n, c, h // stride, stride, w // stride, stride)
            out.append(np.ascontiguousarray(cells.mean(axis=(3, 5)), np.float32))
        return tuple(out)


@pytest.fixture
def extractor() -> FakeExtractor:
    return FakeExtractor()


def make_good(seed: int, size: int = 96) -> np.ndarray:
    """A grey plate with a stripe and noise."""
    rng = np.random.default_rng(seed)
    image = np.full((size, size, 3), 120.0)
    image[:, size // 3 : size // 2] += 40
    return np.clip(image + rng.normal(0, 4, image.shape), 0, 255).astype(np.uint8)


@pytest.fixture
def good() -> list[np.ndarray]:
    return [make_good(seed) for seed in range(12)]
