"""Wrong letters of every reader on rendered lines, in fonts and with seeds not trained on.

    python -m inspector_app.learning.line_figures [--count 300] [--json FILE] [--no-tesseract]

Prints a table in Markdown. RapidOCR and Tesseract take part when they are installed; the recogniser
of RapidOCR, run as the program runs it, gets the same crops as ours.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from inspector_app.domain.errors import EngineError
from inspector_app.experts.line_fusion import fuse
from inspector_app.experts.line_recogniser import WEIGHTS, LineRead, LineRecogniser
from inspector_app.experts.ocr_models import RECOGNITION, model_path
from inspector_app.experts.ocr_recognition import Read, Recogniser
from inspector_app.learning.line_batches import generator
from inspector_app.learning.line_fonts import find_fonts
from inspector_app.learning.line_render import LEVELS, writable
from inspector_app.learning.line_test_texts import KINDS

Crop = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Line:
    """A rendered line and what stands in it."""

    crop: Crop
    text: str
    family: str


def lines(kind: str, level: str, count: int, split: str = "test") -> list[Line]:
    """Renders lines of a kind.

    Args:
        kind: Key of `line_test_texts.KINDS`.
        level: "normal" or "hard".
        count: How many.
        split: Whose fonts and seeds.
    """
    fonts = find_fonts(split)
    families = sorted({font.family for font in fonts})
    made: list[Line] = []
    for at in range(count if fonts else 0):
        rng = generator(split, 7, list(KINDS).index(kind), list(LEVELS).index(level), at)
        family = families[at % len(families)]
        choice = [font for font in fonts if font.family == family]
        font = choice[int(rng.integers(len(choice)))]
        text = " ".join(writable(KINDS[kind](rng), font).split())
        grey = LEVELS[level](text, font, rng)
        made.append(Line(np.repeat(grey[..., None], 3, 2), text, family))
    return made


def general_reader() -> Recogniser | None:
    """The general reader's recogniser, as the program runs it; None when it is not installed."""
    try:
        return Recogniser(model_path(RECOGNITION))
    except EngineError:
        return None


def tesseract(crops: Sequence[Crop]) -> list[str] | None:
    """Reads each crop as one line with `vie+eng`; None when Tesseract is not installed."""
    from PIL import Image

    program = shutil.which("tesseract")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{at}.png" for at in range(len(crops))]
        for crop, path in zip(crops, paths, strict=True):
            # It wants letters of about 30 pixels and a margin.
            image = Image.fromarray(crop)
            scale = max(1.0, 48 / crop.shape[0])
            image = image.resize((round(image.width * scale), round(image.height * scale)))
            paper = int(np.median(crop))
            page = Image.new("RGB", (image.width + 24, image.height + 24), (paper,) * 3)
            page.paste(image, (12, 12))
            page.save(path)
        # One process for all: loading two languages takes longer than a line.
        listed = Path(folder) / "lines.txt"
        listed.write_text("\n".join(map(str, paths)) + "\n", "utf-8")
        done = subprocess.run(  # noqa: S603
            [program, str(listed), "-", "-l", "vie+eng", "--psm", "7"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    found = [" ".join(text.split()) for text in done.stdout.decode("utf-8", "replace").split("\f")]
    return found[: len(crops)]


def wrong(texts: Sequence[str], truth: Sequence[Line]) -> tuple[int, int]:
    """Wrong letters and all letters."""
    pairs = [
        (unicodedata.normalize("NFC", t), line.text) for t, line in zip(texts, truth, strict=True)
    ]
    return sum(Levenshtein.distance(a, b) for a, b in pairs), sum(len(b) for _, b in pairs)


def measure(
    count: int, split: str, path: Path = WEIGHTS, *, with_tesseract: bool = True
) -> list[dict[str, Any]]:
    """Reads lines of every kind and level with every reader.

    Returns:
        One row for each kind and level: "kind", "level", "lines", "letters" and the share of wrong
        letters of each reader, None for one that is not installed; "families": those of the best
        reader by font.
    """
    ours = LineRecogniser(path)
    general = general_reader()
    rows: list[dict[str, Any]] = []
    for kind in KINDS:
        for level in LEVELS:
            truth = lines(kind, level, count, split)
            crops = [line.crop for line in truth]
            own = ours.read(crops)
            base = general.read(crops) if general else None
            texts: dict[str, Sequence[str] | None] = {
                "RapidOCR": [read.text for read in base] if base else None,
                "ours": [read.text for read in own],
                "fused": fused(base, own) if base else None,
                "Tesseract": tesseract(crops) if with_tesseract else None,
            }
            row: dict[str, Any] = {"kind": kind, "level": level, "lines": len(truth)}
            row["letters"] = sum(len(line.text) for line in truth)
            for reader, read in texts.items():
                mistakes, letters = wrong(read, truth) if read is not None else (0, 0)
                row[reader] = mistakes / letters if letters else None
            row["families"] = by_family(texts["fused"] or texts["ours"] or (), truth)
            rows.append(row)
    return rows


def by_family(texts: Sequence[str], truth: Sequence[Line]) -> dict[str, float]:
    """Share of wrong letters in each font."""
    made: dict[str, float] = {}
    for family in sorted({line.family for line in truth}):
        own = [(t, line) for t, line in zip(texts, truth, strict=True) if line.family == family]
        mistakes, letters = wrong([t for t, _ in own], [line for _, line in own])
        made[family] = round(mistakes / letters, 5)
    return made


def fused(base: Sequence[Read], own: Sequence[LineRead]) -> list[str]:
    """Both readings of each line put together."""
    return [
        fuse(one.text, one.confidences, two.text, two.confidences)
        for one, two in zip(base, own, strict=True)
    ]


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as Markdown, in per cent."""
    readers = ("RapidOCR", "Tesseract", "ours", "fused")
    head = ["lines", "level", "n", "letters", *readers]
    body = [
        [row["kind"], row["level"], str(row["lines"]), str(row["letters"])]
        + ["–" if row[r] is None else f"{100 * row[r]:.2f}" for r in readers]
        for row in rows
    ]
    return "\n".join(
        "| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *body]
    )


def main() -> int:
    """Measures from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--split", choices=("val", "test"), default="test")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-tesseract", action="store_true")
    given = parser.parse_args()
    compared = not given.no_tesseract
    rows = measure(given.count, given.split, given.weights, with_tesseract=compared)
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    sys.stdout.write(table(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
