"""Real images, when they are there: small parts of the sets; all of them: docs/accuracy.md."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from inspector_app.domain.evaluation import Evaluation
from inspector_app.imaging.decode import decode
from inspector_app.services import engines
from inspector_app.services.evaluate import evaluate_detection
from inspector_app.services.fit import run_fit
from inspector_app.services.fit_request import request_from

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.real


def fit(name: str, out: Path, *overrides: str, bank: bool = True) -> str:
    request = request_from(
        folder=None,
        manifest=str(DATA / name / "manifest.jsonl"),
        out=str(out),
        name=name,
        false_alarm_rate=0.1,
        overrides=list(overrides),
        comparison=not bank,
        bank=bank,
        language="en",
    )
    for _ in run_fit(request, threading.Event()):
        pass
    return str(out)


def evaluate(manifest: Path, split: str, recipe: str) -> Evaluation:
    engine = engines.local("anomaly")
    *_, last = evaluate_detection(str(manifest), split, engine, recipe, threading.Event())
    assert isinstance(last, Evaluation)
    return last


def test_cookies_are_told_apart(tmp_path: Path):
    recipe = fit("aws_cookie", tmp_path / "cookie.toml")
    report = evaluate(DATA / "aws_cookie" / "manifest.jsonl", "test", recipe)
    assert report.n == 10
    assert report.metrics["image_auroc"].value >= 0.95
    assert not any(item.trouble for item in report.items)


def test_boards_against_their_golden_images(tmp_path: Path):
    recipe = fit(
        "deeppcb_pairs",
        tmp_path / "pcb.toml",
        "comparison.contrast=60",
        "comparison.box_margin_px=9",
        bank=False,
    )
    rows = [
        json.loads(line)
        for line in (DATA / "deeppcb_pairs" / "manifest.jsonl").read_text("utf-8").splitlines()
    ]
    few = [row for row in rows if row["split"] == "val"][:4]
    for row in few:
        for key in ("image", "golden"):
            row[key] = str(DATA / "deeppcb_pairs" / row[key])
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n".join(map(json.dumps, few)), "utf-8")
    report = evaluate(manifest, "val", recipe)
    assert report.metrics["box_recall"].value >= 0.9
    assert report.metrics["box_precision"].value >= 0.9


@pytest.mark.parametrize("name", ["elpv", "magnetic_tile", "textile_simulated", "hsst_fabric"])
def test_every_tenth_image_decodes_to_the_size_of_the_manifest(name: str):
    rows = (DATA / name / "manifest.jsonl").read_text("utf-8").splitlines()
    for line in rows[::10]:
        row = json.loads(line)
        found = decode(DATA / name / row["image"])
        assert (found.width, found.height) == (row["width"], row["height"])
        assert found.pixels.shape == (row["height"], row["width"], 3)
