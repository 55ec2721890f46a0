"""The reader of documents: a general reader, and ours for Vietnamese letters on top of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.documents import TextLine
from inspector_app.experts.line_fusion import fuse
from inspector_app.experts.line_recogniser import LineRecogniser
from inspector_app.experts.ocr import PageText, TextReader, crops

_TRIED = 12  # lines that show whether a page is Vietnamese at all


class DocumentReader(TextReader):
    """Reads text as `TextReader` does, Vietnamese with all its marks.

    On a page whose longest lines show no Vietnamese the second reader is not run any further.
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
        for numbers in (by_length[:_TRIED], by_length[_TRIED:]):
            for number, line in zip(numbers, self._fused(pixels, lines, numbers), strict=True):
                lines[number] = line
            if not any(line.base for line in lines):
                break
        return replace(page, lines=tuple(lines))

    def _fused(
        self, pixels: NDArray[np.uint8], lines: Sequence[TextLine], numbers: Sequence[int]
    ) -> list[TextLine]:
        chosen = [lines[number] for number in numbers]
        found: list[TextLine] = []
        reads = self._own.read(crops(pixels, chosen))
        for line, read in zip(chosen, reads, strict=True):
            text = fuse(line.text, line.score, read.text, read.confidences)
            changed = text != line.text
            found.append(replace(line, text=text, base=line.text) if changed else line)
        return found
