"""Tesseract as a reader of documents, where it is installed: its program is run once a page."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspector_app.domain.documents import TextLine
from inspector_app.domain.errors import EngineError
from inspector_app.domain.geometry import Box
from inspector_app.experts.coreset import StoppedError
from inspector_app.experts.ocr import PageText, corners_of
from inspector_app.imaging.document_order import Extent, rows

PROGRAM = "tesseract"
VIETNAMESE, ENGLISH, SCRIPT = "vie", "eng", "osd"
_MEND = "Install tesseract-ocr with tesseract-ocr-vie (on Windows the installer's Vietnamese data)."
_START = 30.0  # seconds in which the program must tell its version
_MOST_SECONDS = 300.0  # seconds after which a page is given up
_ASKED = 0.1  # seconds between two looks at `stop`
_WORD = "5"  # level of a word in its table
_LONG_SIDE = 2000  # smaller pages are enlarged: it wants capitals of 20 pixels and more
_MOST_SCALE = 3.0
_GAP = 1.5  # heights of a word between two words of a row from which they are two lines

Pixels = NDArray[np.uint8]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Installed:
    """A program that can read Vietnamese.

    Attributes:
        path: Of the program.
        version: "5.3.0".
        languages: As `-l` takes them.
        finds_direction: Whether it can tell how a page lies.
    """

    path: str
    version: str
    languages: str
    finds_direction: bool


def find() -> Installed:
    """Looks for the program and its data by running it twice, for some 50 ms.

    Raises:
        EngineError: It is not installed, does not run, or lacks its Vietnamese data.
    """
    path = shutil.which(PROGRAM)
    if path is None:
        raise EngineError("Tesseract is not installed.", _MEND)
    told = _ask(path, "--version").split()
    known = _ask(path, "--list-langs").split()
    if VIETNAMESE not in known:
        raise EngineError(f"Tesseract at {path} lacks its data for Vietnamese.", _MEND)
    version = told[1] if len(told) > 1 else "?"
    languages = "+".join(name for name in (VIETNAMESE, ENGLISH) if name in known)
    return Installed(path, version, languages, SCRIPT in known)


def environment(threads: int = 1) -> dict[str, str]:
    """Returns the variables that the program is run with."""
    return {**os.environ, "OMP_THREAD_LIMIT": str(max(1, threads))}


class TesseractReader:
    """Reads pages as `TextReader` does, with the program of this machine.

    Attributes:
        name: What reads, with its version and languages.
    """

    def __init__(self, threads: int = 1) -> None:
        """Looks for the program.

        Args:
            threads: Of one page.

        Raises:
            EngineError: See `find`.
        """
        self._found = find()
        self._environment = environment(threads)
        self.name = f"{PROGRAM} {self._found.version} {self._found.languages}"

    def read_page(self, pixels: Pixels, stop: Stop | None = None) -> PageText:
        """Reads a page; one that lies on its side only with the data "osd".

        Args:
            pixels: RGB `[h, w, 3]`, as the page is shown.
            stop: Asked ten times a second; true ends the program.

        Raises:
            StoppedError: `stop` returned true.
            EngineError: The program failed or took too long.
        """
        height, width = pixels.shape[:2]
        scale = min(_MOST_SCALE, max(1.0, _LONG_SIDE / max(width, height)))
        page = Image.fromarray(pixels)
        if scale > 1:
            page = page.resize((round(width * scale), round(height * scale)))
        with tempfile.TemporaryFile() as given:
            page.save(given, "PNG", compress_level=1)
            given.seek(0)
            table = self._run(given, stop or (lambda: False))
        return _page(table, page.size)

    def _run(self, image: IO[bytes], stop: Stop) -> str:
        found = self._found
        mode = "1" if found.finds_direction else "3"
        command = [
            found.path, "stdin", "stdout", "-l", found.languages, "--psm", mode,
            "-c", "tessedit_create_tsv=1",
        ]  # fmt: skip
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed command, without a shell
                command,
                stdin=image,  # a pipe would not go on being filled after a look at `stop`
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment,
            )
        except OSError as error:
            raise EngineError(f"Tesseract cannot be started: {error}.", _MEND) from error
        begun = time.monotonic()
        with process:
            while True:
                try:
                    out, trouble = process.communicate(timeout=_ASKED)
                    break
                except subprocess.TimeoutExpired:
                    late = time.monotonic() - begun > _MOST_SECONDS
                    if late or stop():
                        process.kill()
                        process.communicate()
                        if not late:
                            raise StoppedError from None
                        raise EngineError(
                            f"Tesseract did not end a page within {_MOST_SECONDS:.0f} s.",
                            "Choose the other reader, or a smaller picture.",
                        ) from None
        if process.returncode:
            said = trouble.decode("utf-8", "replace").split("\n")[0] or f"code {process.returncode}"
            raise EngineError(f"Tesseract failed: {said}.", "Try the other reader.")
        return out.decode("utf-8", "replace")


def _ask(path: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, without a shell
            [path, option], capture_output=True, timeout=_START, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineError(f"Tesseract at {path} does not run: {error}.", _MEND) from error
    # Versions differ in which stream they answer on.
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    share: float  # how sure, 0..1
    extent: Extent


def _page(table: str, size: tuple[int, int]) -> PageText:
    """Puts the words of a table together to lines, in reading order.

    Args:
        table: Tab-separated, with a head.
        size: Width and height of the page in the pixels of the table.
    """
    found: dict[tuple[str, ...], list[_Word]] = {}
    reader = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in reader:
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD or not text:
            continue
        x, y, w, h = (float(row[name]) for name in ("left", "top", "width", "height"))
        word = _Word(text, min(1.0, max(0.0, float(row["conf"]) / 100)), (x, y, x + w, y + h))
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        found.setdefault(key, []).append(word)
    quarter = _quarter(found.values())
    parts: list[list[_Word]] = []
    for words in found.values():
        upright = [replace(word, extent=_turned(word.extent, quarter)) for word in words]
        parts += [p for p in _parted(upright) if any(c.isalnum() for w in p for c in w.text)]
    order = [n for row in rows([_extent(part) for part in parts]) for n in row]
    lines = tuple(_line(parts[n], quarter, size) for n in order)
    return PageText(lines, -90 * quarter % 360 if lines else 0)


def _quarter(lines: Iterable[Sequence[_Word]]) -> int:
    """Where the text runs to: 0 to the right, 1 down, 2 to the left, 3 up."""
    right = down = 0.0
    for words in lines:
        first, last = words[0].extent, words[-1].extent
        right += last[0] + last[2] - first[0] - first[2]
        down += last[1] + last[3] - first[1] - first[3]
    if abs(down) > abs(right):
        return 1 if down > 0 else 3
    return 0 if right >= 0 else 2


def _turned(extent: Extent, quarter: int) -> Extent:
    """A place on the page turned counterclockwise about its first corner so many times."""
    for _ in range(quarter):
        x1, y1, x2, y2 = extent
        extent = y1, -x2, y2, -x1
    return extent


def _parted(words: Sequence[_Word]) -> Iterable[list[_Word]]:
    """Parts a row where its columns lie apart."""
    part: list[_Word] = []
    for word in words:
        if part:
            height = max(each.extent[3] - each.extent[1] for each in (word, part[-1]))
            if word.extent[0] - part[-1].extent[2] > _GAP * height:
                yield part
                part = []
        part.append(word)
    yield part


def _extent(words: Sequence[_Word]) -> Extent:
    x1, y1, x2, y2 = zip(*(word.extent for word in words), strict=True)
    return min(x1), min(y1), max(x2), max(y2)


def _line(words: Sequence[_Word], quarter: int, size: tuple[int, int]) -> TextLine:
    letters = sum(len(word.text) for word in words)
    score = sum(word.share * len(word.text) for word in words) / letters
    text = " ".join(word.text for word in words)
    box = Box.from_pixels(_turned(_extent(words), -quarter % 4), *size)
    line = TextLine(text, box, score)
    if quarter:
        corners = corners_of(line)
        line = replace(line, corners=(*corners[quarter:], *corners[:quarter]))
    return line
