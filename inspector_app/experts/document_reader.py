"""The reader of documents: a general reader, and ours for Vietnamese letters on top of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector_app.experts.line_fusion import fuse
from inspector_app.experts.line_recogniser import LineRead, LineRecogniser
from inspector_app.experts.line_syllables import count_words
from inspector_app.experts.ocr import PageText, TextReader, crops

_TRIED = 12  # lines that show whether a page is Vietnamese
_SURE = 0.5  # of every letter of a word that speaks for Vietnamese
_SHARE = 0.08  # of such words among all; on 208 English receipts at most .062
_LONE_SHARE = 0.5  # of a line on a page in another language,
_LONE_WORDS = 2  # and how many such words it must have


class DocumentReader(TextReader):
    """Reads text as `TextReader` does, Vietnamese with all its marks.

    On a page whose longest lines are not Vietnamese the second reader is not run any further, and
    only those of them that clearly are Vietnamese themselves are changed.
    """

    def __init__(self, threads: int = 1) -> None:
        """Opens the networks.

        Raises:
            EngineError: One of them is not there.
        """
        super().__init__(threads)
        self._own = LineRecogniser(threads=threads)
        self.name = f"{self.name} + Vietnamese lines"

    def read_page(
        self, pixels: NDArray[np.uint8], stop: Callable[[], bool] | None = None
    ) -> PageText:
        """Reads a page, however it lies; see `TextReader.read_page`."""
        page = super().read_page(pixels, stop)
        by_length = sorted(range(len(page.lines)), key=lambda n: -len(page.lines[n].text))
        lines = list(page.lines)
        tried = self._own.read(crops(pixels, [lines[n] for n in by_length[:_TRIED]]))
        if _is_vietnamese(tried, _SHARE):
            rest = self._own.read(crops(pixels, [lines[n] for n in by_length[_TRIED:]]))
            chosen = list(zip(by_length, [*tried, *rest], strict=True))
        else:
            pairs = zip(by_length, tried, strict=False)
            chosen = [x for x in pairs if _is_vietnamese([x[1]], _LONE_SHARE, _LONE_WORDS)]
        for n, own in chosen:
            base = page.confidences[n] if page.confidences else lines[n].score
            text = fuse(lines[n].text, base, own.text, own.confidences)
            if text != lines[n].text:
                lines[n] = replace(lines[n], text=text, base=lines[n].text)
        return replace(page, lines=tuple(lines))


def _is_vietnamese(reads: Sequence[LineRead], share: float, least: int = 1) -> bool:
    """Whether enough words of lines, and at least so many, speak for Vietnamese."""
    counts = [count_words(read.text, read.confidences, _SURE) for read in reads]
    spelled, words = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    return spelled >= max(least, share * words)
