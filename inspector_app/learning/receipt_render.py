"""Draws whole receipts with their truth and writes them as a manifest that `evaluate` reads.

    python -m inspector_app.learning.receipt_render --out DIR --split fresh --count 70

A receipt follows from split, layout, grade and seed alone. Layouts and words of the split "fresh"
are met neither in training nor in development; those of "held" were measured once and serve
development since, as "val"; "train" has the layouts and words of "develop" with the fonts that the
recogniser of lines was trained on.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.learning.line_fonts import Font, find_fonts
from inspector_app.learning.receipt_damage import GRADES, damaged
from inspector_app.learning.receipt_layouts import LAYOUTS
from inspector_app.learning.receipt_typeset import Extent, typeset
from inspector_app.learning.receipt_vocabulary import POOLS

# Layouts and words, fonts of `line_fonts`, split that stands in the manifest.
SPLITS = {
    "train": ("develop", "train", "train"),
    "develop": ("develop", "val", "val"),
    "held": ("held", "test", "val"),
    "fresh": ("fresh", "test", "test"),
}
_BODY = ("Regular", "Medium", "SemiBold", "Book")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A picture of a receipt and what stands there.

    Attributes:
        image: Grey, uint8 [height, width].
        lines: Printed lines with x1, y1, x2, y2 in pixels.
        fields: By the names of the schema "receipt"; None for what it lacks, alternatives parted
            by " | ".
        items: Rows of goods: name, quantity, unit_price, amount, None for what is not printed.
        family: Of the type.
    """

    image: NDArray[np.uint8]
    lines: tuple[tuple[str, Extent], ...]
    fields: dict[str, str | None]
    items: tuple[dict[str, str | None], ...]
    family: str


def render_receipt(
    split: str, layout: str, grade: str, seed: int, fonts: Sequence[Font] = ()
) -> Receipt:
    """Draws a receipt.

    Args:
        split: Key of `SPLITS`.
        layout: Key of `LAYOUTS` of that split.
        grade: "normal" or "hard".
        seed: Another one, another receipt.
        fonts: To choose from; by default those of the split that are installed.

    Raises:
        BadInputError: No font of the split is installed.
    """
    words, font_split, _ = SPLITS[split]
    usable = tuple(fonts) or find_fonts(font_split)
    if not usable:
        raise BadInputError(
            f"No font for the split {split} is installed.",
            "Install those of HELD_OUT in learning/line_fonts.py; see docs/develop.md.",
        )
    rng = np.random.default_rng(
        [list(SPLITS).index(split), zlib.crc32(layout.encode()), list(GRADES).index(grade), seed]
    )
    regular, bold = _pair(usable, rng)
    sheet = LAYOUTS[words][layout](rng, POOLS[words])
    low, high = GRADES[grade].widths
    width = int(rng.integers(low, high)) * (14 if sheet.characters > 60 else 10) // 10
    image, lines = damaged(typeset(sheet, regular, bold, width, rng), GRADES[grade], rng)
    return Receipt(image, tuple(lines), sheet.fields, tuple(sheet.items), regular.family)


def _pair(fonts: Sequence[Font], rng: np.random.Generator) -> tuple[Font, Font]:
    """A font for the body and a bold one of its family."""
    families = sorted({font.family for font in fonts})
    family = families[int(rng.integers(len(families)))]
    own = [font for font in fonts if font.family == family]
    upright = [font for font in own if not _is(font, "Italic", "Oblique")] or own
    body = [font for font in upright if _is(font, *_BODY)] or upright
    bold = [font for font in upright if _is(font, "Bold") and not _is(font, "SemiBold")] or body
    return body[int(rng.integers(len(body)))], bold[0]


def _is(font: Font, *weights: str) -> bool:
    return any(weight in Path(font.path).stem for weight in weights)


def write_receipts(
    out: Path, split: str, count: int, grade: str, seed: int = 0, fonts: Sequence[Font] = ()
) -> Path:
    """Draws receipts, layouts in turn, and writes pictures and manifest.

    Args:
        out: Folder for them; made when it is not there.
        split: Key of `SPLITS`.
        count: How many.
        grade: "normal" or "hard".
        seed: Receipts of the same seed, layout and grade are the same.
        fonts: As for `render_receipt`.

    Returns:
        The manifest.
    """
    layouts = sorted(LAYOUTS[SPLITS[split][0]])
    folder = out / "images"
    folder.mkdir(parents=True, exist_ok=True)
    from PIL import Image

    rows: list[dict[str, Any]] = []
    for at in range(count):
        layout = layouts[at % len(layouts)]
        receipt = render_receipt(split, layout, grade, seed * 1_000_000 + at, fonts)
        name = f"images/{grade}-{layout}-{at:04d}.png"
        Image.fromarray(receipt.image).save(out / name)
        rows.append(
            {
                "image": name,
                "split": SPLITS[split][2],
                "task": "receipt",
                "fields": receipt.fields | {"items": list(receipt.items)},
                "text_lines": [text for text, _ in receipt.lines],
                "line_boxes": [[round(side, 1) for side in box] for _, box in receipt.lines],
                "language": "vi",
                "width": receipt.image.shape[1],
                "height": receipt.image.shape[0],
                "layout": layout,
                "grade": grade,
                "font": receipt.family,
            }
        )
    manifest = out / "manifest.jsonl"
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    manifest.write_text(text, encoding="utf-8")
    return manifest


def main() -> int:
    """Draws from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", choices=tuple(SPLITS), required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--grade", choices=tuple(GRADES), default="normal")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    try:
        path = write_receipts(given.out, given.split, given.count, given.grade, given.seed)
    except InspectorError as error:
        sys.stderr.write(f"{error.what} {error.mend}\n")
        return 2
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
