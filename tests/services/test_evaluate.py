"""Evaluation of a scripted engine, whose figures are known beforehand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Capabilities, InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.events import Event
from inspector_app.domain.jobs import Progress
from inspector_app.domain.tasks import Task
from inspector_app.engines.fake import FakeEngine
from inspector_app.services.evaluate import Report, evaluate_detection

CARD = Card("fake", "Fake", "fake", "", "", frozenset(Task))


class ByName(FakeEngine):
    """Plays the script that the image's file name names."""

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        name = Path(request.images[0]).stem.partition("_")[0]
        yield from super().stream(replace(request, question=f"script:{name}"), stop)


@pytest.fixture
def engine() -> FakeEngine:
    made = ByName(CARD)
    made.load()
    return made


def manifest(folder: Path, rows: list[tuple[str, bool, list[list[int]] | None, bool]]) -> Path:
    lines = []
    for name, defect, boxes, mask in rows:
        Image.new("RGB", (100, 100), "grey").save(folder / f"{name}.png")
        if mask:
            picture = Image.new("1", (100, 100))
            picture.paste(1, (20, 30, 50, 40))
            picture.save(folder / f"{name}-mask.png")
        lines.append(
            {
                "image": f"{name}.png",
                "split": "test",
                "task": "detect",
                "is_defect": defect,
                "boxes": boxes,
                "mask": f"{name}-mask.png" if mask else None,
                "label_level": "mask" if mask or not defect else "image",
                "defect_type": None,
            }
        )
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def report(path: Path, engine: FakeEngine) -> Report:
    *steps, last = evaluate_detection(str(path), "test", engine, None, threading.Event())
    assert all(isinstance(step, Progress) for step in steps)
    assert isinstance(last, Report)
    return last


def test_figures_of_a_perfect_engine(tmp_path: Path, engine: FakeEngine):
    # The default script finds one box at 20,30,50,40 with score 0.83; "good" finds nothing.
    path = manifest(
        tmp_path,
        [
            ("x_1", True, [[20, 30, 50, 40]], True),
            ("x_2", True, [[20, 30, 50, 40]], True),
            ("good_1", False, [], False),
            ("good_2", False, [], False),
        ],
    )
    found = report(path, engine)
    assert found.n == 4
    values = {name: metric.value for name, metric in found.metrics.items()}
    assert values["image_auroc"] == 1.0
    assert values["balanced_accuracy"] == 1.0
    assert values["false_alarm_rate"] == 0.0
    assert values["specificity"] == 1.0
    assert values["iou_mean"] == values["iou_at_03"] == values["iou_at_05"] == 1.0
    assert values["box_precision"] == values["box_recall"] == 1.0
    assert 0.0 < values["pixel_auroc"] <= 1.0


def test_misses_and_false_alarms_count(tmp_path: Path, engine: FakeEngine):
    path = manifest(
        tmp_path,
        [
            ("x_1", True, [[20, 30, 50, 40], [80, 80, 90, 90]], True),
            ("good_1", True, None, False),  # missed; place unknown
            ("x_2", False, [], False),  # false alarm with a false box
            ("good_2", False, [], False),
        ],
    )
    values = {name: metric.value for name, metric in report(path, engine).metrics.items()}
    assert values["image_auroc"] == 0.5
    assert values["balanced_accuracy"] == 0.5
    assert values["false_alarm_rate"] == 0.5
    assert values["box_recall"] == 0.5  # one of two true boxes
    assert values["box_precision"] == 0.5  # one of two found boxes
    assert values["iou_mean"] == 0.5


def test_failures_are_items_not_figures(tmp_path: Path, engine: FakeEngine):
    path = manifest(tmp_path, [("x_1", True, None, False), ("fail_1", False, [], False)])
    found = report(path, engine)
    assert [bool(item.trouble) for item in found.items] == [False, True]
    assert found.to_json()["metrics"]["image_auroc"]["value"] is None
    json.dumps(found.to_json(), allow_nan=False)


def test_an_engine_that_fails_on_everything_is_said(tmp_path: Path, engine: FakeEngine):
    path = manifest(tmp_path, [("fail_1", True, None, False)])
    with pytest.raises(EngineError, match="failed on all 1 images"):
        report(path, engine)


def test_an_engine_that_needs_a_recipe_is_not_asked_without(tmp_path: Path, engine: FakeEngine):
    class Picky(ByName):
        @property
        def capabilities(self) -> Capabilities:
            return Capabilities(frozenset(Task), needs_recipe=True)

    path = manifest(tmp_path, [("fail_1", True, None, False)])
    with pytest.raises(BadInputError, match="none is given"):
        report(path, Picky(CARD))


def test_an_infinite_score_is_null_in_json(tmp_path: Path, engine: FakeEngine):
    path = manifest(tmp_path, [("reject_1", True, None, False)])
    found = report(path, engine)
    odd = replace(found, items=(replace(found.items[0], score=float("inf")),))
    written = json.loads(json.dumps(odd.to_json(), allow_nan=False, default=str))
    assert written["items"][0]["score"] is None
