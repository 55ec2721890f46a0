"""The general text reader: lines of text with places, confidence and order, on pages of any kind.

Text is sought on the page laid flat and upright (`imaging.document_frame`); letters are read from
line images cut straight out of the page as it is shown, so nothing is resampled twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.documents import Corners, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.experts.coreset import StoppedError
from inspector_app.experts.ocr_detection import Detector
from inspector_app.experts.ocr_models import (
    DETECTION,
    DIRECTION,
    RECOGNITION,
    model_path,
    package_version,
)
from inspector_app.experts.ocr_recognition import DirectionFinder, Read, Recogniser
from inspector_app.imaging.document_contrast import evened, is_faint
from inspector_app.imaging.document_crops import cut_line
from inspector_app.imaging.document_frame import Frame, cut_out, straightened, unfolded, whole
from inspector_app.imaging.document_order import Extent, rows
from inspector_app.imaging.document_paper import find_paper, holds, is_slanted
from inspector_app.imaging.document_skew import line_direction

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]
Stop = Callable[[], bool]

_LEAST_SCORE = 0.5
_UNSURE_SCORE = 0.7
_SURE_LINES = 3
_TALL = 2.0
_LINE = 3.0  # times as long as high: a line of words rather than a letter
_SKEW = 4.0  # degrees from which text is sought again on the straightened page
_PARALLEL = 1.5  # pixels that a line may climb and still count as parallel to the page
_ASKED = 8  # lines that are asked whether the page stands on its head
_COMPARED = 4
_SMALL = 0.4  # share of the page, below which its text is looked at more closely
_LARGE_PAGE = 1600


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read of a page.

    Attributes:
        lines: In reading order, places in fractions of the page as it is shown.
        turned: Degrees clockwise that the page had to be turned by: 0, 90, 180, 270.
        faint: Whether its contrast had to be raised.
        unread: Places that look like text but could not be read.
        confidences: Of the letters of each line, 0..1; empty where the reader does not tell them.
        unread_lines: Those of them that are as long as lines of words; textures give short ones.
    """

    lines: tuple[TextLine, ...]
    turned: int = 0
    faint: bool = False
    unread: int = 0
    confidences: tuple[tuple[float, ...], ...] = ()
    unread_lines: int = 0


class TextReader:
    """Reads text with networks that come in an installed package; never fetches anything.

    Attributes:
        name: What reads, with its version.
    """

    def __init__(self, threads: int = 1) -> None:
        """Opens the networks.

        Args:
            threads: Threads inside one operator.

        Raises:
            EngineError: The package is missing or lacks a file.
        """
        paths = [model_path(name) for name in (DETECTION, RECOGNITION, DIRECTION)]
        self.name = package_version()
        self._detect = Detector(paths[0], threads)
        self._recognise = Recogniser(paths[1], threads)
        self._upside_down = DirectionFinder(paths[2], threads)

    def read(self, pixels: Pixels, stop: Stop | None = None) -> list[TextLine]:
        """Reads a page; see `read_page`."""
        return list(self.read_page(pixels, stop).lines)

    def read_page(self, pixels: Pixels, stop: Stop | None = None) -> PageText:
        """Reads a page, however it lies.

        Args:
            pixels: RGB `[h, w, 3]`, as the page is shown.
            stop: Asked between steps; true ends the reading.

        Raises:
            StoppedError: `stop` returned true.
        """
        stop = stop or _never
        faint = is_faint(pixels)
        if faint:
            pixels = evened(pixels)
        frame, found = self._found(pixels, stop)
        if not len(found):
            return PageText((), 0, faint)
        degrees = line_direction(frame.to_flat(found))
        if self._stands_on_head(pixels, _along(found, frame, degrees)):
            degrees += 180
        _check(stop)
        upright = frame.then(straightened(frame.width, frame.height, degrees))
        corners, reads = self._letters(pixels, _along(found, frame, degrees), upright, stop)
        kept = [n for n, read in enumerate(reads) if _is_worth(read)]
        if not _is_text([reads[n] for n in kept], len(reads)):
            kept = []
        flat = upright.to_flat(corners)
        extents = [_extent(flat[n]) for n in kept]
        size = (pixels.shape[1], pixels.shape[0])
        kept = [kept[n] for row in rows(extents) for n in row]
        lines = tuple(_line(reads[n], corners[n], size) for n in kept)
        turned = round(-_page_direction(corners) / 90) * 90 % 360 if kept else 0
        wide, high = (np.hypot(*(flat[:, a] - flat[:, b]).T) for a, b in ((1, 0), (2, 1)))
        unread = np.array([read.score < _LEAST_SCORE for read in reads])
        long = unread & (np.maximum(wide, high) >= _LINE * np.minimum(wide, high))
        sure = tuple(reads[n].confidences for n in kept)
        return PageText(lines, turned, faint, int(unread.sum()), sure, int(long.sum()))

    def _found(self, pixels: Pixels, stop: Stop) -> tuple[Frame, Points]:
        """Returns the flat page and the lines on it, as corners in pixels of the page as shown."""
        height, width = pixels.shape[:2]
        frame = whole(width, height)
        _check(stop)
        found = self._detect(pixels)
        if not len(found):
            return frame, found
        paper = find_paper(pixels)
        if paper is not None and is_slanted(paper) and holds(paper, found.mean(1), (width, height)):
            frame = unfolded(paper)
            _check(stop)
            found = frame.to_page(self._detect(frame.laid_flat(pixels)))
        else:
            close = _close_up(found, width, height)
            if close is not None:
                frame = close
                _check(stop)
                found = frame.to_page(self._detect(frame.laid_flat(pixels)))
        degrees = line_direction(frame.to_flat(found))
        if abs(degrees) > _SKEW:
            if abs(abs(degrees) - 90) <= _SKEW:
                degrees = 90.0
            straight = frame.then(straightened(frame.width, frame.height, degrees))
            _check(stop)
            again = straight.to_page(self._detect(straight.laid_flat(pixels)))
            if len(again):
                return straight, again
        return frame, found

    def _stands_on_head(self, pixels: Pixels, corners: Points) -> bool:
        """Whether lines, cut out as they seem to run, stand on their heads."""
        lengths = np.hypot(*(corners[:, 1] - corners[:, 0]).T)
        longest = np.argsort(-lengths)[:_ASKED]
        lines = [cut_line(pixels, corners[n]) for n in longest]
        share = float(np.mean(self._upside_down(lines)))
        if share < 0.3:
            return False
        # The small network is quick but errs on odd print: the reader decides what it can read.
        upright = lines[:_COMPARED]
        turned = [np.ascontiguousarray(line[::-1, ::-1]) for line in upright]
        reads = self._recognise.read([*upright, *turned])
        scores = [read.score * min(len(read.text), 20) for read in reads]
        return sum(scores[len(upright) :]) > sum(scores[: len(upright)])

    def _letters(
        self, pixels: Pixels, corners: Points, upright: Frame, stop: Stop
    ) -> tuple[Points, list[Read]]:
        """Reads all lines; narrow tall ones are read every way they may lie."""
        lines = [cut_line(pixels, one) for one in corners]
        reads = [Read("", 0.0)] * len(lines)
        for n, read in self._recognise(lines):
            reads[n] = read
            _check(stop)
        flat = upright.to_flat(corners)
        wide, high = (np.hypot(*(flat[:, a] - flat[:, b]).T) for a, b in ((1, 0), (2, 1)))
        tall = [n for n in range(len(lines)) if high[n] >= _TALL * wide[n]]
        for turn in (1, 3):
            turned = [np.ascontiguousarray(np.rot90(lines[n], turn)) for n in tall]
            for n, read in zip(tall, self._recognise.read(turned), strict=True):
                if read.score > reads[n].score and len(read.text) > len(reads[n].text):
                    reads[n] = read
                    corners[n] = np.roll(corners[n], -turn, axis=0)
        return corners, reads


def crops(pixels: Pixels, lines: Sequence[TextLine]) -> list[Pixels]:
    """Cuts lines out of the page they were read from, upright and straight.

    Args:
        pixels: RGB `[h, w, 3]`, the page as it is shown, of any size.
        lines: Of `TextReader.read`.

    Returns:
        RGB images, as the lines lie.
    """
    height, width = pixels.shape[:2]
    scale = np.array((width, height), np.float32)
    return [cut_line(pixels, np.array(corners_of(line), np.float32) * scale) for line in lines]


def corners_of(line: TextLine) -> Corners:
    """Returns the corners of a line, also of one that is parallel to the page."""
    box = line.box
    return line.corners or (
        (box.x1, box.y1),
        (box.x2, box.y1),
        (box.x2, box.y2),
        (box.x1, box.y2),
    )


def _line(read: Read, corners: Points, size: tuple[int, int]) -> TextLine:
    """Builds a line from corners in pixels."""
    width, height = size
    box = Box.from_pixels(_extent(corners), *size)
    along = corners[1] - corners[0]
    parallel = along[0] > 0 and abs(along[1]) <= _PARALLEL
    places = [(float(x) / width, float(y) / height) for x, y in corners]
    told = None if parallel else (places[0], places[1], places[2], places[3])
    return TextLine(read.text, box, min(1.0, read.score), told)


def _extent(points: Points) -> Extent:
    x1, y1, x2, y2 = (*points.min(0).tolist(), *points.max(0).tolist())
    return x1, y1, x2, y2


def _along(corners: Points, frame: Frame, degrees: float) -> Points:
    """Lets the corners of every line begin where its text begins.

    Args:
        corners: `[n, 4, 2]`, clockwise, in pixels of the page as shown.
        frame: To the flat page.
        degrees: Where lines run to on the flat page.
    """
    flat = frame.to_flat(corners)
    sides = np.roll(flat, -1, axis=1) - flat
    turn = np.radians(degrees)
    ahead = sides @ np.array((np.cos(turn), np.sin(turn)))
    ahead /= np.maximum(1e-6, np.hypot(sides[:, :, 0], sides[:, :, 1]))
    first = ahead.argmax(axis=1)
    return np.stack([np.roll(one, -n, axis=0) for one, n in zip(corners, first, strict=True)])


def _page_direction(corners: Points) -> float:
    """Returns where the text runs to on the page as shown, in degrees."""
    along = (corners[:, 1] - corners[:, 0]).sum(0)
    return float(np.degrees(np.arctan2(along[1], along[0])))


def _close_up(found: Points, width: int, height: int) -> Frame | None:
    """Returns the part of a large page with all its text, where that is small."""
    if max(width, height) <= _LARGE_PAGE:
        return None
    low, high = found.min((0, 1)), found.max((0, 1))
    rim = 0.05 * float((high - low).max())
    x1, y1 = np.maximum(0, np.floor(low - rim)).astype(int)
    x2, y2 = np.minimum((width, height), np.ceil(high + rim)).astype(int)
    if (x2 - x1) * (y2 - y1) > _SMALL * width * height:
        return None
    return cut_out(int(x1), int(y1), int(x2), int(y2))


def _is_worth(read: Read) -> bool:
    """Whether a line was read well enough and says something: rules of dashes and stars do not."""
    return read.score >= _LEAST_SCORE and any(
        letter.isalnum() or unicodedata.category(letter) == "Sc" for letter in read.text
    )


def _is_text(reads: Sequence[Read], found: int) -> bool:
    """Whether a page holds text at all, rather than textures that were taken for a few letters."""
    if not reads:
        return False
    sure = [read for read in reads if read.score >= _UNSURE_SCORE and len(read.text) > 1]
    return len(sure) >= min(_SURE_LINES, found) or len(sure) >= 0.3 * found


def _check(stop: Stop) -> None:
    if stop():
        raise StoppedError


def _never() -> bool:
    return False
