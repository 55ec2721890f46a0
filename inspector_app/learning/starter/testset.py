"""Renders what the starter model is measured on, as a manifest that `inspector evaluate` reads.

    python -m inspector_app.learning.starter.testset --out DIR --split test --count 400

The split "test" has parts, finishes, grounds and a font that training never shows; "val" has those
of training with other seeds. Each picture is asked about in both languages, by every kind of
question that has one short answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from inspector_app.domain.loading import SeenImage
from inspector_app.learning.starter.asker import Asker
from inspector_app.learning.starter.dense import CELL
from inspector_app.learning.starter.labels import label
from inspector_app.learning.starter.lessons import GRIDS, HELD_SEED
from inspector_app.learning.starter.parts import part
from inspector_app.learning.starter.questions import ask
from inspector_app.learning.starter.scene import Scene
from inspector_app.learning.starter.shapes import shapes

SPLITS = {"val": 1, "test": 2}
# Kinds of questions with one short answer, by kind of picture.
ASKED = {
    "part": ("yes_no", "kind", "how_many"),
    "shapes": ("count", "count_kind", "colour_of", "shape_of", "bigger", "left_of", "exists"),
    "label": ("field",),
}
SOURCE = "rendered by Inspector"


def write_testset(out: Path, split: str, count: int) -> Path:
    """Renders a test bench.

    Args:
        out: Folder; made if it is not there.
        split: Of `SPLITS`.
        count: Parts; of shapes there are half as many, of labels a quarter.

    Returns:
        Path of the manifest.
    """
    from PIL import Image

    (out / "images").mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    held = split == "test"
    for kind, many in (("part", count), ("shapes", count // 2), ("label", count // 4)):
        for number in range(many):
            rng = np.random.default_rng([HELD_SEED, SPLITS[split], len(kind), number])
            grid = list(GRIDS)[int(rng.choice(len(GRIDS), p=list(GRIDS.values())))]
            size = (grid[1] * CELL, grid[0] * CELL)
            if kind == "part":
                scene = part(rng, size, held=held, good=0.5)
            else:
                scene = (shapes if kind == "shapes" else label)(rng, size, held=held)
            name = f"images/{split}_{kind}_{number:04d}.png"
            Image.fromarray(scene.pixels).save(out / name)
            rows += _rows(rng, scene, name, split)
    path = out / f"{split}.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def _rows(rng: np.random.Generator, scene: Scene, name: str, split: str) -> list[dict[str, Any]]:
    height, width = scene.pixels.shape[:2]
    common = {"image": name, "split": split, "width": width, "height": height, "source": SOURCE}
    rows: list[dict[str, Any]] = []
    if scene.kind == "part":
        labels = [thing.label for thing in scene.things]
        rows.append(
            common
            | {
                "task": "detect",
                "category": scene.name,
                "is_defect": bool(labels),
                "defect_type": labels[0] if len(set(labels)) == 1 else "several" if labels else "",
                "boxes": [list(thing.box) for thing in scene.things],
                "box_types": labels,
                "label_level": "box",
            }
        )
    seen = SeenImage(width, height, (height // CELL) * (width // CELL))
    for language in ("en", "vi"):
        asker = Asker(rng, scene, language, seen)
        for kind in ASKED[scene.kind]:
            asked = ask(asker, kind)
            if asked is not None:
                rows.append(
                    common
                    | {
                        "task": "vqa",
                        "question": asked.question,
                        "answers": [asked.answer],
                        "question_type": kind,
                        "category": f"{kind} ({language})",
                        "language": language,
                    }
                )
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", choices=tuple(SPLITS), required=True)
    parser.add_argument("--count", type=int, default=400)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"{write_testset(chosen.out, chosen.split, chosen.count)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
