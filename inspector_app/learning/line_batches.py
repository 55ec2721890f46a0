"""Batches of rendered lines: batch k is a function of the seed and k alone, so training resumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.line_charset import CHARSET
from inspector_app.experts.line_input import Grid, batch, prepare
from inspector_app.learning.line_fonts import Font
from inspector_app.learning.line_render import HARD, NORMAL, render, writable
from inspector_app.learning.line_texts import training_text

_CLASS = {letter: at + 1 for at, letter in enumerate(CHARSET)}
_SPLITS = ("train", "val", "test")
_GROUP = 8  # batches that are rendered together and sorted by width
_WIDEST = 640  # pixels of a prepared line in training


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines of about one width.

    Attributes:
        pictures: float32 [n, 1, 32, w].
        widths: Of each line before padding.
        labels: Classes of all lines, one after the other.
        lengths: Number of classes of each line.
        texts: What stands there.
    """

    pictures: Grid
    widths: NDArray[np.int64]
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    texts: tuple[str, ...]


def generator(split: str, *numbers: int) -> np.random.Generator:
    """A generator for a split; those of different splits never meet."""
    return np.random.default_rng([_SPLITS.index(split), *numbers])


def encode(text: str) -> list[int]:
    """Classes of the letters; letters that have none are left out."""
    return [_CLASS[c] for c in text if c in _CLASS]


def hard_share(number: int) -> float:
    """Share of hard lines in a batch: few at the start, most of them later."""
    return min(0.62, 0.1 + number / 3000)


class Batches:
    """Batches by their number.

    Args:
        fonts: Fonts of the train split.
        texts: Sentences of a corpus; may be empty.
        seed: Of everything.
        size: Lines in a batch.
    """

    def __init__(
        self, fonts: Sequence[Font], texts: Sequence[str] = (), seed: int = 0, size: int = 32
    ) -> None:
        families: dict[str, list[Font]] = {}
        for font in fonts:
            families.setdefault(font.family, []).append(font)
        self._families = list(families.values())
        self._texts = texts
        self._seed = seed
        self._size = size
        self._group = -1
        self._made: list[Batch] = []

    def get(self, number: int) -> Batch:
        """Batch `number`, counted from 0."""
        group, place = divmod(number, _GROUP)
        if group != self._group:
            self._made = self._render(group)
            self._group = group
        return self._made[place]

    def _render(self, group: int) -> list[Batch]:
        rng = generator("train", self._seed, group)
        share = hard_share(group * _GROUP)
        lines: list[tuple[Grid, str]] = []
        while len(lines) < self._size * _GROUP:
            family = self._families[int(rng.integers(len(self._families)))]
            font = family[int(rng.integers(len(family)))]
            text = " ".join(writable(training_text(rng, self._texts), font).split())
            if not text:
                continue
            picture = prepare(render(text, font, rng, HARD if rng.random() < share else NORMAL))
            if picture.shape[1] <= _WIDEST:
                lines.append((picture, text))
        lines.sort(key=lambda line: line[0].shape[1])
        cuts = [lines[at : at + self._size] for at in range(0, len(lines), self._size)]
        return [collate(cuts[int(at)]) for at in rng.permutation(_GROUP)]


def collate(lines: Sequence[tuple[Grid, str]]) -> Batch:
    """Puts lines together."""
    labels = [encode(text) for _, text in lines]
    return Batch(
        batch([picture for picture, _ in lines]),
        np.array([picture.shape[1] for picture, _ in lines]),
        np.array([label for line in labels for label in line]),
        np.array([len(line) for line in labels]),
        tuple(text for _, text in lines),
    )
