"""Rounds of the corrected loop: every step can be left and gone on with."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from PIL import Image

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.improving import (
    COMPARE,
    DATA,
    DECIDE,
    DONE,
    EVALUATE,
    TRAIN,
    EvaluateRequest,
    Improvement,
)
from inspector_app.domain.samples import Pick
from inspector_app.domain.training import DataSource
from inspector_app.learning import importers
from inspector_app.services import improve
from inspector_app.services.run_evaluation import evaluate_in_process, run_evaluation
from inspector_app.services.training_data import TrainingData
from inspector_app.store import improvements as store


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "home"))


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    rows = []
    for name, defect in (("a", True), ("b", False), ("c", True)):
        Image.new("RGB", (100, 100), "grey").save(tmp_path / f"{name}.png")
        rows.append(
            {"image": f"{name}.png", "split": "test", "task": "detect", "is_defect": defect,
             "boxes": [[20, 30, 50, 40]] if defect else [], "defect_type": None}
        )  # fmt: skip
    path = tmp_path / "manifest.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def begun(manifest: Path, current: str = "") -> Improvement:
    return improve.begin(
        "Nut 2", "fake", current, [DataSource(str(manifest), split="train")], "mine"
    )


def answered(manifest: Path, adapter: str) -> Evaluation:
    *_, found = run_evaluation(
        EvaluateRequest(str(manifest), "test", "detect", "fake"), threading.Event()
    )
    assert isinstance(found, Evaluation)
    return replace(found, adapter=adapter)


def test_a_round_goes_through_its_steps_and_is_found_again(manifest: Path) -> None:
    made = begun(manifest, "old")
    assert made.step == DATA
    made = replace(made, checked=True, frozen=improve.freeze(str(manifest), "test", "detect"))
    assert improve.keep(made).step == TRAIN
    made = improve.keep(replace(made, run="/run", adapter="nut-2"))
    assert made.step == EVALUATE
    first, second = improve.requests(made)
    assert (first.adapter, second.adapter, second.engine) == ("old", "nut-2", "fake")
    made = improve.keep_evaluation(made, answered(manifest, "old"))
    assert made.step == EVALUATE
    made = improve.keep_evaluation(made, answered(manifest, "nut-2"))
    assert made.step == COMPARE
    assert improve.comparison(made).paired.even == 3
    made, match = improve.begin_match(made)
    assert (match.first, match.second) == ("fake+old", "fake+nut-2")
    assert made.step == DECIDE
    made, adapter = improve.decide(made, promote=True)
    assert (made.step, adapter) == (DONE, "nut-2")
    assert improve.improvements() == [made]
    assert improve.decide(made, promote=False)[1] == "old"


def test_going_back_forgets_what_came_after(manifest: Path) -> None:
    whole = replace(
        begun(manifest), checked=True, run="r", adapter="a", first="1", second="2", match="m",
        decision="promoted", frozen=improve.freeze(str(manifest), "test", "detect"),
    )  # fmt: skip
    assert whole.step == DONE
    for step in (DATA, TRAIN, EVALUATE, COMPARE, DECIDE):
        assert whole.back_to(step).step == step
    assert whole.back_to(EVALUATE).adapter == "a"


def test_a_test_set_that_changed_is_not_measured_on(manifest: Path) -> None:
    frozen = improve.freeze(str(manifest), "test", "detect")
    assert frozen.n == 3
    made = replace(begun(manifest), checked=True, frozen=frozen, adapter="a")
    assert improve.is_unchanged(frozen)
    Image.new("RGB", (100, 100), "white").save(manifest.parent / "a.png")
    assert not improve.is_unchanged(frozen)
    with pytest.raises(BadInputError, match="no longer what it was"):
        improve.requests(made)


def test_images_of_the_test_set_are_not_learned_from_unsaid(manifest: Path) -> None:
    frozen = improve.freeze(str(manifest), "test", "detect")
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    other = manifest.parent / "train.jsonl"
    other.write_text(json.dumps(rows[0] | {"split": "train"}), "utf-8")
    read = importers.read(DataSource(str(other))).samples
    data = TrainingData(tuple(Pick(sample, "auto") for sample in read), (), ())
    (found,) = improve.overlaps(frozen, data)
    assert found.severity == "warning"
    assert "test set" in found.what
    assert improve.overlaps(frozen, TrainingData((), (), ())) == []


def test_the_hash_is_that_of_the_evaluation(manifest: Path) -> None:
    frozen = improve.freeze(str(manifest), "test", "detect")
    assert answered(manifest, "").data_sha256 == frozen.data_sha256


def test_the_configuration_is_one_that_the_command_takes(manifest: Path) -> None:
    path = improve.write_config(begun(manifest, "old"), {"schedule": {"steps": 3}})
    data = yaml.safe_load(path.read_text("utf-8"))
    assert data["preset"] == "mine"
    assert data["data"] == [{"path": str(manifest), "form": "manifest", "split": "train"}]
    assert data["start_from"] == "old"
    assert data["schedule"] == {"steps": 3}


@pytest.mark.parametrize(
    ("name", "sources", "said"), [(" ", ["x"], "needs a name"), ("x", [], "nothing to learn from")]
)
def test_what_cannot_begin(name: str, sources: list[str], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        improve.begin(name, "fake", "", [DataSource(each) for each in sources])


def test_a_broken_round_is_left_out(manifest: Path) -> None:
    made = begun(manifest)
    (store.folder() / "broken").mkdir()
    (store.folder() / "broken" / "improvement.json").write_text('{"id": 1}', "utf-8")
    assert improve.improvements() == [made]
    improve.remove(made)
    assert improve.improvements() == []


def test_what_cannot_be_measured(manifest: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be measured"):
        improve.freeze(str(manifest), "test", "caption")
    with pytest.raises(BadInputError, match="no detection sample"):
        improve.freeze(str(manifest), "val", "detect")
    with pytest.raises(BadInputError, match="No test set"):
        improve.requests(begun(manifest))


def test_an_evaluation_runs_in_a_process_of_its_own(manifest: Path) -> None:
    request = EvaluateRequest(str(manifest), "test", "detect", "fake")
    *steps, found = evaluate_in_process(request, threading.Event())
    assert isinstance(found, Evaluation)
    assert len(steps) == 4
    assert found.n == 3


def test_receipts_are_measured_by_the_rules_without_an_engine(manifest: Path) -> None:
    Image.new("RGB", (200, 100), "white").save(manifest.parent / "r.png")
    row = {
        "image": "r.png", "split": "test", "task": "receipt", "language": "en",
        "fields": {"total": None}, "text_lines": [], "line_boxes": [], "width": 200, "height": 100,
    }  # fmt: skip
    manifest.write_text(json.dumps(row), "utf-8")
    frozen = improve.freeze(str(manifest), "test", "receipt")
    *_, found = run_evaluation(
        EvaluateRequest(str(manifest), "test", "receipt", "ocr"), threading.Event()
    )
    assert isinstance(found, Evaluation)
    assert found.items[0].right  # nothing is there, nothing was found
    assert (found.data_sha256, found.n) == (frozen.data_sha256, frozen.n)


def test_an_adapter_for_an_engine_that_takes_none(manifest: Path) -> None:
    request = EvaluateRequest(str(manifest), "test", "detect", "ocr", "nut")
    with pytest.raises(BadInputError, match="takes no adapters"):
        list(run_evaluation(request, threading.Event()))
