"""Reads the letters of cut-out lines, and tells which of them stand upside down."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.experts.ocr_models import open_session

Pixels = NDArray[np.uint8]
FloatArray = NDArray[np.float32]

_HEIGHT = 48
_LEAST_WIDTH = 48
_MOST_WIDTH = 3200
_BATCH_WIDTH = 1920  # summed widths of the lines that go through together
_PADDING = 1.25  # widest line of a batch over its narrowest
_DIRECTION_WIDTH = 192
_SURELY_OTHER = 0.8
_MORE_LATIN = "ƠơƯư–—‘’“”•…€₫₱£¥™№"


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a line.

    Attributes:
        text: As it was read.
        score: Mean confidence, 0..1; 0 for no text.
        confidences: Of each letter of the text, 0..1: that of its surest column.
    """

    text: str
    score: float
    confidences: tuple[float, ...] = ()


class Recogniser:
    """Reads lines with a CTC network."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = open_session(path, threads)
        self._input = self._session.get_inputs()[0].name
        known = self._session.get_modelmeta().custom_metadata_map.get("character")
        if not known:
            raise EngineError(f"The network {path.name} does not name its letters.")
        letters = ("", *(_plain(letter) for letter in known.splitlines()), " ")
        self._all = _Alphabet(letters, None)
        latin = [n for n, letter in enumerate(letters) if _is_latin(letter)]
        self._latin = _Alphabet(tuple(letters[n] for n in latin), np.array(latin))

    def __call__(self, lines: Sequence[Pixels]) -> Iterator[tuple[int, Read]]:
        """Reads lines in batches of like width.

        Args:
            lines: RGB images of lines, `[h, w, 3]`, any size.

        Yields:
            Place in `lines` and what was read, in no particular order.
        """
        widths = [_width(line) for line in lines]
        for group in _groups(widths):
            batch = np.zeros((len(group), 3, _HEIGHT, max(widths[n] for n in group)), np.float32)
            for row, n in enumerate(group):
                batch[row, :, :, : widths[n]] = _network_input(lines[n], widths[n], _HEIGHT)
            chart = self._session.run(None, {self._input: batch})[0]
            for row, n in enumerate(group):
                yield n, self._decoded(chart[row])

    def read(self, lines: Sequence[Pixels]) -> list[Read]:
        """Reads lines; the answers lie as the lines do."""
        found = dict(self(lines))
        return [found[n] for n in range(len(lines))]

    def _decoded(self, chart: FloatArray) -> Read:
        """Reads Latin letters, unless the line is surely written in others.

        The network knows 18,000 letters and takes rows of stars or smudged digits for some of them.
        """
        free = self._all.decoded(chart)
        if free.score >= _SURELY_OTHER and other_letters(free.text) > max(
            1, sum(letter.isalpha() for letter in free.text) / 2
        ):
            return free
        return self._latin.decoded(chart)


class _Alphabet:
    """Some letters of the network.

    Attributes:
        letters: The first stands for no letter.
        chosen: Their places in the network's output; None for all of it.
    """

    def __init__(self, letters: tuple[str, ...], chosen: NDArray[np.int64] | None) -> None:
        self.letters = letters
        self.chosen = chosen

    def decoded(self, chart: FloatArray) -> Read:
        """Takes the likeliest letter of every column, neighbours of one kind for one letter.

        Args:
            chart: `[columns, letters of the network]`, likelihoods.
        """
        if self.chosen is not None:
            chart = chart[:, self.chosen]
        best = chart.argmax(axis=1)
        tops = chart[np.arange(len(best)), best]
        written = best != 0
        first = written.copy()
        first[1:] &= best[1:] != best[:-1]
        starts = np.flatnonzero(first)
        if not len(starts):
            return Read("", 0.0)
        surest = np.maximum.reduceat(np.where(written, tops, 0), starts)
        letters = [
            (letter, sure)
            for n, sure in zip(best[starts], surest.tolist(), strict=True)
            for letter in self.letters[n]
        ]
        # Spaces at the ends and beside one another go.
        padded = [(" ", 0.0), *letters]
        letters = [
            pair
            for pair, before in zip(letters, padded, strict=False)
            if not (pair[0].isspace() and before[0].isspace())
        ]
        if letters and letters[-1][0].isspace():
            letters.pop()
        text = "".join(letter for letter, _ in letters)
        score = float(tops[starts].mean()) if text else 0.0
        return Read(text, score, tuple(sure for _, sure in letters))


def other_letters(text: str) -> int:
    """Returns how many letters of a text are not Latin."""
    return sum(letter.isalpha() and not _is_latin(letter) for letter in text)


class DirectionFinder:
    """Tells whether a line stands upside down."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._session = open_session(path, threads)
        self._input = self._session.get_inputs()[0].name

    def __call__(self, lines: Sequence[Pixels]) -> list[float]:
        """Returns for every line how likely it stands upside down, 0..1."""
        if not lines:
            return []
        batch = np.zeros((len(lines), 3, _HEIGHT, _DIRECTION_WIDTH), np.float32)
        for row, line in enumerate(lines):
            width = min(_DIRECTION_WIDTH, _width(line))
            batch[row, :, :, :width] = _network_input(line, width, _HEIGHT)
        return [float(pair[1]) for pair in self._session.run(None, {self._input: batch})[0]]


def _width(line: Pixels) -> int:
    height, width = line.shape[:2]
    return min(_MOST_WIDTH, max(_LEAST_WIDTH // 3, math.ceil(_HEIGHT * width / max(1, height))))


def _groups(widths: Sequence[int]) -> Iterator[list[int]]:
    """Puts lines of like width together, so that little padding is computed."""
    group: list[int] = []
    for n in sorted(range(len(widths)), key=lambda n: widths[n]):
        if group and (
            widths[n] > _PADDING * max(_LEAST_WIDTH, widths[group[0]])
            or widths[n] * (len(group) + 1) > _BATCH_WIDTH
        ):
            yield group
            group = []
        group.append(n)
    if group:
        yield group


def _network_input(line: Pixels, width: int, height: int) -> FloatArray:
    """Returns a line as `[3, height, width]`, BGR, -1..1."""
    import cv2

    resized = cv2.resize(line, (width, height), interpolation=cv2.INTER_LINEAR)
    values = resized[:, :, ::-1].astype(np.float32) * np.float32(1 / 127.5) - np.float32(1)
    return values.transpose(2, 0, 1)


def _is_latin(letter: str) -> bool:
    """Whether it occurs in text in Latin letters; so does the empty one."""
    return letter <= "\u017f" or letter in _MORE_LATIN or "\u1e00" <= letter <= "\u1eff"


def _plain(letter: str) -> str:
    """Returns the ordinary form of a letter that the network knows as a full-width one."""
    if len(letter) == 1 and "\uff01" <= letter <= "\uff5e":
        return chr(ord(letter) - 0xFEE0)
    return {"\u3000": " ", "￥": "¥"}.get(letter, letter)
