"""Accuracy on the real sets: fit on train good, limits from held-back good, figures on test.

python benchmarks/accuracy.py --data ../shared/data --out docs/accuracy.md [--sets a,b]

Every figure comes from `inspector evaluate`; this script only runs the commands and sets the table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from timing import machine

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "benchmarks" / "accuracy.md.in"

# What each set's recipe sets beside the defaults, chosen on train and val (docs/notes.md says how).
SETS: dict[str, dict[str, object]] = {
    "magnetic_tile": {
        "input_size": 384,
        "augment": "flips",
        "synthetic_rounds": 1,
        "mean_weight": 0.0,
        "spread_weight": 1.0,
        "synthetic_weight": 1.0,
    },
    "mvtec_loco_juice_bottle": {
        "mean_weight": 0.0,
        "spread_weight": 0.0,
        "synthetic_weight": 0.0,
    },
    "aws_cookie": {},
    "aws_circuitboard": {
        "crop_left": 0.12,
        "crop_right": 0.88,
        "crop_top": 0.26,
        "crop_bottom": 0.74,
        "input_size": 384,
        "synthetic_rounds": 1,
        "mean_weight": 0.0,
        "spread_weight": 1.0,
        "synthetic_weight": 1.0,
    },
    "elpv": {
        "even_brightness": "true",
        "own_median": "true",
        "augment": "flips",
        "mean_weight": 0.0,
        "spread_weight": 0.0,
    },
    "textile_simulated": {
        "input_size": 384,
        "mean_weight": 1.0,
        "spread_weight": 0.0,
        "synthetic_weight": 2.0,
    },
    "deeppcb": {
        "input_size": 384,
        "local_weight": 0.0,
        "mean_weight": 0.0,
        "spread_weight": 0.0,
        "synthetic_weight": 1.0,
    },
    "deeppcb_pairs": {"comparison.contrast": 60, "comparison.box_margin_px": 9},
}
PAIRS = "deeppcb_pairs"  # each part with its own golden image: no memory bank
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
KINDS = ("default", "recipe")
MORE = ("good images behind the limit", "ms an image", "fit, s")
COLUMNS = (
    ("image_auroc", "image AUROC"),
    ("balanced_accuracy", "balanced accuracy"),
    ("false_alarm_rate", "false-alarm rate"),
    ("pixel_auroc", "pixel AUROC"),
    ("iou_mean", "mean IoU of boxes"),
    ("box_recall", "box recall at IoU 0.3"),
    ("box_precision", "box precision at IoU 0.3"),
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
    for name in filter(None, options.sets.split(",")):
        for kind in kinds(name):
            measure(name, kind, options.data, options.work)
    text = PAGE.read_text("utf-8")
    for kind in KINDS:
        text = text.replace(f"{{table_{kind}}}", table(kind, options.work))
    text = text.replace("{commands}", commands())
    text = text.replace("{machine}", machine())
    text = text.replace("{date}", time.strftime("%Y-%m-%d"))
    options.out.write_text(text, "utf-8")
    return 0


def kinds(name: str) -> tuple[str, ...]:
    """The runs of a set: with default settings, and with those of its recipe."""
    return ("recipe",) if name == PAIRS else KINDS


def measure(name: str, kind: str, data: Path, work: Path) -> None:
    """Fits and evaluates one set; the fit's wall time is kept beside the report."""
    manifest, recipe = str(data / name / "manifest.jsonl"), str(work / f"{name}-{kind}.toml")
    report = str(work / f"{name}-{kind}.json")
    begun = time.perf_counter()
    run("fit", "--manifest", manifest, "--out", recipe, "--name", name, *options_of(name, kind))
    seconds = time.perf_counter() - begun
    (work / f"{name}-{kind}.seconds").write_text(f"{seconds:.1f}", "ascii")
    run(
        "evaluate", "--manifest", manifest, "--split", "test", "--task", "detect",
        "--engine", "anomaly", "--recipe", recipe, "--json", report,
    )  # fmt: skip


def options_of(name: str, kind: str) -> list[str]:
    """Options of `inspector fit` for one run."""
    made = ["--no-bank"] if name == PAIRS else []
    if kind == "recipe":
        for key, value in SETS[name].items():
            made += ["--set", f"{key}={value}"]
    return made


def run(*arguments: str) -> None:
    """Runs the program's own command line."""
    subprocess.run([sys.executable, "-m", "inspector_app", *arguments], check=True, cwd=ROOT)


def table(kind: str, work: Path) -> str:
    """The table of one kind of run, as Markdown."""
    head = ["set", "good / defective", "target", *(title for _, title in COLUMNS), *MORE]
    rows = [row(name, kind, work) for name in SETS if (work / f"{name}-{kind}.json").exists()]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def row(name: str, kind: str, work: Path) -> list[str]:
    """One line of a table."""
    report = json.loads((work / f"{name}-{kind}.json").read_text("utf-8"))
    items = report["items"]
    defective = sum(item["wanted"] == "defect" for item in items)
    seconds = sorted(item["seconds"] for item in items)[len(items) // 2]
    with (work / f"{name}-{kind}.toml").open("rb") as stream:
        limits = tomllib.load(stream)["limits"]
    behind = f"{limits['good_images']}{'' if limits['promised'] else ' (no promise)'}"
    fitted = (work / f"{name}-{kind}.seconds").read_text("ascii")
    return [
        name,
        f"{report['n'] - defective} / {defective}",
        TARGETS[name],
        *(figure(report["metrics"].get(key)) for key, _ in COLUMNS),
        behind,
        f"{seconds * 1000:.0f}",
        f"{float(fitted):.0f}",
    ]


def figure(metric: dict[str, Any] | None) -> str:
    """Value and interval, or a dash where it cannot be computed."""
    if metric is None or metric["value"] is None:
        return "–"
    if metric["low"] is None:
        return f"{metric['value']:.3f}"
    return f"{metric['value']:.3f} [{metric['low']:.2f}, {metric['high']:.2f}]"


def commands() -> str:
    """The two commands of every run, as they stand behind the tables."""
    lines: list[str] = []
    for name in SETS:
        for kind in kinds(name):
            fit = ["inspector fit --manifest", f"{name}/manifest.jsonl --out {name}-{kind}.toml"]
            lines.append(" ".join([*fit, *options_of(name, kind)]))
            lines.append(
                f"inspector evaluate --manifest {name}/manifest.jsonl --split test --task detect "
                f"--engine anomaly --recipe {name}-{kind}.toml --json {name}-{kind}.json"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
