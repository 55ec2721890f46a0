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
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.events import Event, Finished
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.jobs import Progress
from inspector_app.domain.tasks import Task
from inspector_app.engines.fake import FakeEngine
from inspector_app.services.evaluate import evaluate_detection

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


def report(path: Path, engine: FakeEngine) -> Evaluation:
    *steps, last = evaluate_detection(str(path), "test", engine, None, threading.Event())
    assert all(isinstance(step, Progress) for step in steps)
    assert isinstance(last, Evaluation)
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
    assert values["recall"] == values["f1"] == 1.0
    assert 0.0 < values["pixel_auroc"] <= 1.0
    assert 0.0 < values["au_pro"] <= 1.0
    assert found.decided_by == "verdict"


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
    assert values["recall"] == values["f1"] == 0.5


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


def test_every_type_of_defect_has_figures_against_the_good_parts(
    tmp_path: Path, engine: FakeEngine
):
    path = manifest(
        tmp_path,
        [
            ("x_1", True, [[20, 30, 50, 40]], False),
            ("good_1", True, [[1, 1, 9, 9]], False),  # missed
            ("good_2", False, [], False),
            ("x_2", False, [], False),  # false alarm
        ],
    )
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows[0] |= {"defect_type": "scratch", "category": "nut"}
    rows[1] |= {"defect_type": "hole", "category": "nut"}
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = report(path, engine)
    types = found.groups["defect_type"]
    assert list(types) == ["hole", "scratch"]
    assert types["scratch"]["recall"].value == 1.0
    assert types["hole"]["recall"].value == 0.0
    assert types["hole"]["specificity"].value == 0.5
    assert types["scratch"]["iou_mean"].value == 1.0
    assert found.groups["category"]["nut"]["recall"].value == 0.5
    json.dumps(found.to_json(), allow_nan=False)


def test_the_same_data_have_the_same_hash_and_others_do_not(tmp_path: Path, engine: FakeEngine):
    path = manifest(
        tmp_path, [("x_1", True, [[20, 30, 50, 40]], False), ("good_1", False, [], False)]
    )
    first = report(path, engine).data_sha256
    assert report(path, engine).data_sha256 == first
    Image.new("RGB", (100, 100), "white").save(tmp_path / "good_1.png")
    assert report(path, engine).data_sha256 != first


def test_an_engine_without_a_verdict_decides_by_its_boxes(tmp_path: Path):
    class Talker(FakeEngine):
        """A language engine: boxes and a likelihood, no verdict."""

        def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
            assert request.adapter == "tuned"
            name = Path(request.images[0]).stem.partition("_")[0]
            label = "nut-good" if name == "good" else "nut-scratch"
            for event in super().stream(replace(request, question="script:x"), stop):
                if isinstance(event, Finished):
                    box = FoundBox(label, Box(0.2, 0.3, 0.5, 0.4))
                    event = replace(event, verdict=None, boxes=(box,))
                yield event

    engine = Talker(CARD)
    engine.load()
    path = manifest(
        tmp_path, [("x_1", True, [[20, 30, 50, 40]], False), ("good_1", False, [], False)]
    )
    *_, found = evaluate_detection(str(path), "test", engine, None, threading.Event(), "tuned")
    assert isinstance(found, Evaluation)
    assert found.decided_by == "boxes"
    assert found.adapter == "tuned"
    assert [item.given for item in found.items] == ["defect", "good"]
    assert found.items[1].boxes == ()  # what is called good is no found defect
    assert found.metrics["box_precision"].value == 1.0


def test_a_turned_photograph_is_measured_as_it_is_looked_at(tmp_path: Path, engine: FakeEngine):
    """The engine finds 20..50, 30..40 of the upright picture; stored, it lies turned."""
    path = manifest(
        tmp_path, [("x_1", True, [[30, 50, 40, 80]], True), ("good_1", False, [], False)]
    )
    for name in ("x_1", "good_1"):
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned clockwise
        Image.new("RGB", (100, 100), "grey").save(tmp_path / f"{name}.png", exif=exif)
    stored = Image.new("1", (100, 100))
    stored.paste(1, (30, 50, 40, 80))
    stored.save(tmp_path / "x_1-mask.png")
    found = report(path, engine)
    (truth,) = found.items[0].truth or ()
    assert truth == pytest.approx((20, 30, 50, 40))
    assert found.metrics["iou_mean"].value == pytest.approx(1.0)


def test_a_box_outside_its_image_is_trouble_with_one_item(tmp_path: Path, engine: FakeEngine):
    path = manifest(
        tmp_path, [("x_1", True, [[500, 500, 600, 600]], False), ("good_1", False, [], False)]
    )
    found = report(path, engine)
    assert "no area" in found.items[0].trouble
    assert found.items[1].right
