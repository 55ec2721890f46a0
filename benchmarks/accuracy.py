"""Accuracy on the real sets: fit on train good, limits from held-back good, figures on test.

python benchmarks/accuracy.py --data ../shared/data --out docs/accuracy.md [--sets a,b]

Every figure comes from `inspector evaluate`; this script only runs the commands and sets the table.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "benchmarks" / "accuracy.md.in"

# What each set needs beyond the defaults, chosen on train and val (docs/notes.md says how).
SETS: dict[str, list[str]] = {
    "magnetic_tile": [],
    "mvtec_loco_juice_bottle": [],
    "aws_cookie": [],
    "aws_circuitboard": [],
    "elpv": [],
    "textile_simulated": [],
    "deeppcb": [],
    "deeppcb_pairs": [
        "--no-bank",
        "--set",
        "comparison.contrast=60",
        "--set",
        "comparison.box_margin_px=9",
    ],
}
TARGETS = {
    "magnetic_tile": "AUROC 0.90",
    "mvtec_loco_juice_bottle": "AUROC 0.97",
    "aws_cookie": "AUROC 1.00",
    "aws_circuitboard": "AUROC 0.90",
    "elpv": "AUROC 0.87",
    "textile_simulated": "AUROC 0.80",
    "deeppcb": "AUROC 0.65",
    "deeppcb_pairs": "recall 0.95, precision 0.90",
}
COLUMNS = (
    ("image_auroc", "image AUROC"),
    ("balanced_accuracy", "balanced accuracy"),
    ("false_alarm_rate", "false-alarm rate"),
    ("pixel_auroc", "pixel AUROC"),
    ("iou_at_03", "IoU@0.3"),
    ("box_recall", "box recall"),
    ("box_precision", "box precision"),
)


def main() -> int:
    """Runs the sets and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "accuracy")
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for name in options.sets.split(","):
        measure(name, options.data, options.work)
    rows = [row(name, options.work) for name in SETS if (options.work / f"{name}.json").exists()]
    head = ["set", "n (good / defective)", "target", *(title for _, title in COLUMNS)]
    table = [head, ["---"] * len(head), *rows]
    text = PAGE.read_text("utf-8")
    text = text.replace("{table}", "\n".join("| " + " | ".join(line) + " |" for line in table))
    text = text.replace("{commands}", commands())
    text = text.replace("{machine}", f"{platform.machine()}, Python {platform.python_version()}")
    text = text.replace("{date}", time.strftime("%Y-%m-%d"))
    options.out.write_text(text, "utf-8")
    print("\n".join("  ".join(line) for line in table))
    return 0


def measure(name: str, data: Path, work: Path) -> None:
    """Fits and evaluates one set."""
    manifest, recipe = str(data / name / "manifest.jsonl"), str(work / f"{name}.toml")
    run("fit", "--manifest", manifest, "--out", recipe, "--name", name, *SETS[name])
    run(
        "evaluate", "--manifest", manifest, "--split", "test", "--task", "detect",
        "--engine", "anomaly", "--recipe", recipe, "--json", str(work / f"{name}.json"),
    )  # fmt: skip


def run(*arguments: str) -> None:
    """Runs the program's own command line."""
    subprocess.run([sys.executable, "-m", "inspector_app", *arguments], check=True, cwd=ROOT)


def row(name: str, work: Path) -> list[str]:
    """One line of the table."""
    report = json.loads((work / f"{name}.json").read_text("utf-8"))
    defective = sum(item["is_defect"] for item in report["items"])
    cells = [name, f"{report['n']} ({report['n'] - defective} / {defective})", TARGETS[name]]
    return cells + [figure(report["metrics"].get(key)) for key, _ in COLUMNS]


def figure(metric: dict[str, Any] | None) -> str:
    """Value and interval, or a dash where it cannot be computed."""
    if metric is None or metric["value"] is None:
        return "–"
    if metric["low"] is None:
        return f"{metric['value']:.3f}"
    return f"{metric['value']:.3f} [{metric['low']:.2f}, {metric['high']:.2f}]"


def commands() -> str:
    """The options of each set, as they stand in the table above."""
    return "\n".join(
        " ".join(["inspector fit --manifest", f"{name}/manifest.jsonl --out {name}.toml", *extra])
        for name, extra in SETS.items()
    )


if __name__ == "__main__":
    sys.exit(main())
