"""Writes rendered parts as a folder that the program can be tried on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from inspector_app.imaging.sample_parts import DEFECTS, PART_TYPES, SIZE, RenderedPart, render

SOURCE = "rendered by Inspector"
_README = """Rendered sample images
======================

These pictures were rendered by Inspector; they are not photographs. Every file says so in its
"Source" text (PNG) or comment (JPEG). Figures measured on them say nothing about real parts.

good/           good parts: golden images to fit a recipe on
parts/          parts to inspect, good and defective mixed; their names do not tell which
masks/          the truth for the defective ones: white where damaged
manifest.jsonl  one line an image: what it is, boxes in pixels, defect type
"""


def write_sample(
    folder: Path,
    good_per_type: int,
    defective_per_type: int,
    seed: int,
    part_types: Sequence[str] = PART_TYPES,
    suffix: str = ".png",
    size: tuple[int, int] = SIZE,
) -> Path:
    """Renders a sample into a folder.

    For every type, `parts` gets the defective ones (kinds take turns) and three good ones to
    every four of them, in random order.

    Args:
        folder: Where; made if it is not there.
        good_per_type: Golden images of every type.
        defective_per_type: Defective parts of every type.
        seed: Which sample; the same arguments write the same pictures.
        part_types: Which types.
        suffix: ".png", or ".jpg" for smaller files.
        size: Width and height in pixels.

    Returns:
        Path of the manifest.

    Raises:
        OSError: The folder cannot be written.
    """
    for name in ("good", "parts", "masks"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    number = seed * 100_000
    for part_type in part_types:
        for i in range(good_per_type):
            part = render(part_type, None, number, size)
            rows.append(_written(folder, f"good/{part_type}_golden_{i + 1:04d}", suffix, part))
            number += 1
        kinds: list[str | None] = [
            DEFECTS[part_type][i % len(DEFECTS[part_type])] for i in range(defective_per_type)
        ]
        kinds += [None] * round(defective_per_type * 0.75)
        order = np.random.default_rng([seed, len(rows)]).permutation(len(kinds))
        for i, which in enumerate(order):
            part = render(part_type, kinds[int(which)], number, size)
            rows.append(_written(folder, f"parts/{part_type}_{i + 1:04d}", suffix, part))
            number += 1
    (folder / "README.txt").write_text(_README, "utf-8")
    manifest = folder / "manifest.jsonl"
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    manifest.write_text("".join(line + "\n" for line in lines), "utf-8")
    return manifest


def _written(folder: Path, name: str, suffix: str, part: RenderedPart) -> dict[str, object]:
    image = Image.fromarray(part.pixels)
    path = folder / f"{name}{suffix}"
    if suffix == ".png":
        label = PngInfo()
        label.add_text("Source", SOURCE)
        image.save(path, pnginfo=label, optimize=True)
    else:
        image.save(path, quality=90, comment=f"Source: {SOURCE}", optimize=True)
    mask = None
    if part.defect is not None:
        mask = f"masks/{Path(name).name}.png"
        label = PngInfo()
        label.add_text("Source", SOURCE)
        Image.fromarray(part.mask).save(folder / mask, pnginfo=label, optimize=True)
    height, width = part.mask.shape
    return {
        "image": f"{name}{suffix}",
        "split": "train" if name.startswith("good/") else "test",
        "task": "detect",
        "category": part.part_type,
        "is_defect": part.defect is not None,
        "boxes": [list(box) for box in part.boxes],
        "defect_type": part.defect or "",
        "mask": mask,
        "label_level": "mask",
        "width": width,
        "height": height,
        "source": SOURCE,
    }
