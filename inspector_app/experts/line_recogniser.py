"""Our reader of Vietnamese lines: one small network, read letter by letter with confidences."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.domain.paths import MODELS
from inspector_app.experts.line_charset import is_accented
from inspector_app.experts.line_input import Grid, batch, prepare
from inspector_app.experts.line_syllables import WORD, is_syllable

WEIGHTS = MODELS / "ocr" / "vietnamese-lines.onnx"
_BATCH_PIXELS = 8192  # summed width of the lines that go through the network together
_TRIED = 4  # classes that a letter may be, the first included
_SPELLED = 0.1  # least likelihood of a letter that mends a word, as a share of the likeliest
_WIDER = 1.3  # widest line of a batch against its narrowest


class LineError(EngineError):
    """The recogniser cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class LineRead:
    """What stands in a line.

    Attributes:
        text: As it was read; empty for a line without letters.
        confidences: Of each letter, 0..1.
        places: Middle of each letter, as a share of the width of the crop.
    """

    text: str = ""
    confidences: tuple[float, ...] = ()
    places: tuple[float, ...] = ()


class LineRecogniser:
    """Reads crops of single lines, upright.

    Args:
        path: The ONNX file; its letters are in its metadata.
        threads: Of one inference.

    Raises:
        LineError: The file is not there, is damaged, or onnxruntime is not installed.
    """

    def __init__(self, path: Path = WEIGHTS, threads: int = 1) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        try:
            import onnxruntime
        except ImportError as error:
            raise LineError(
                "Reading Vietnamese lines needs the package onnxruntime.",
                "Install it with: pip install onnxruntime",
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = max(1, int(threads))
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # lines differ in width: an arena would only grow
        options.enable_mem_pattern = False
        try:
            self._session = onnxruntime.InferenceSession(
                Path(path).read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            known: dict[str, Any] = self._session.get_modelmeta().custom_metadata_map
            self.charset = str(known["charset"])
            self.version = str(known["version"])
        except OSError as error:
            raise LineError(f"The recogniser of Vietnamese lines is not here: {path}.") from error
        except Exception as error:
            raise LineError(
                f"The recogniser of Vietnamese lines is damaged: {path}.",
                "Put the file back as it was delivered.",
            ) from error

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> list[LineRead]:
        """Reads crops of lines.

        Args:
            crops: uint8 [h, w, 3] or [h, w], any size.

        Returns:
            What was read, in the order of the crops.
        """
        lines = [prepare(crop) for crop in crops]
        found = [LineRead()] * len(lines)
        for group in _groups(lines):
            scores = self._session.run(None, {"lines": batch([lines[at] for at in group])})[0]
            for row, at in enumerate(group):
                width = lines[at].shape[1]
                found[at] = self._decode(np.asarray(scores)[row, : (width + 3) // 4])
        return found

    def _decode(self, scores: NDArray[np.float32]) -> LineRead:
        """Best class of each column; what repeats is one letter, as sure as its surest column."""
        best = scores.argmax(1)
        tops = scores.max(1)
        letters: list[str] = []
        sure: list[float] = []
        places: list[float] = []
        columns: list[int] = []
        before = start = 0
        for column, found in enumerate([*map(int, best), 0]):
            if found != before:
                if before:
                    surest = start + int(tops[start:column].argmax())
                    letters.append(self.charset[before - 1])
                    sure.append(float(tops[surest]))
                    places.append((start + column) / 2 / len(best))
                    columns.append(surest)
                before, start = found, column
        self._spell(letters, sure, scores[columns])
        return LineRead("".join(letters), tuple(sure), tuple(places))

    def _spell(self, letters: list[str], sure: list[float], scores: NDArray[np.float32]) -> None:
        """Changes one letter of a word with marks that spells nothing, if a likely one mends it.

        Args:
            letters: Changed in place.
            sure: Their confidences, likewise.
            scores: `[letters, classes]`.
        """
        for word in WORD.finditer("".join(letters)):
            if is_syllable(word[0]) or not any(map(is_accented, word[0])):
                continue
            likely: list[tuple[float, int, int]] = []
            for at in range(*word.span()):
                ranked = np.argsort(-scores[at])[1:_TRIED]
                likely += [(float(scores[at, n]) / sure[at], at, int(n)) for n in ranked if n]
            for share, at, n in sorted(likely, reverse=True):
                letter = self.charset[n - 1]
                place = at - word.start()
                if share < _SPELLED:
                    break
                if is_syllable(word[0][:place] + letter + word[0][place + 1 :]):
                    letters[at], sure[at] = letter, sure[at] * share
                    break


def _groups(lines: Sequence[Grid]) -> list[list[int]]:
    """Places of lines of like width, so that little padding is computed."""
    groups: list[list[int]] = []
    for at in sorted(range(len(lines)), key=lambda at: lines[at].shape[1]):
        width = lines[at].shape[1]
        group = groups[-1] if groups else []
        narrow = group and width <= _WIDER * lines[group[0]].shape[1] + 16
        if narrow and (len(group) + 1) * width <= _BATCH_PIXELS:
            group.append(at)
        else:
            groups.append([at])
    return groups
