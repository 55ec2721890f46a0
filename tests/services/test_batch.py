"""A lot from folder to verdicts, with trouble on the way."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from inspector_app.domain.findings import FindingState
from inspector_app.domain.jobs import BatchFinished, ImageDone
from inspector_app.domain.verdicts import Verdict
from inspector_app.services import engines, projects
from inspector_app.services.batch import run_batch
from inspector_app.services.recipes import read_recipe


@pytest.fixture
def lot(parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parts / "lot", tmp_path / "lot"))


def inspect(project: projects.Project, recipe: Path, stop: threading.Event | None = None):
    found = read_recipe(recipe)
    engine = engines.local(found.engine)
    images = project.images()
    events = list(run_batch(project, images, found, engine, stop or threading.Event()))
    assert isinstance(events[-1], BatchFinished)
    return events


def test_verdicts_findings_and_maps_are_stored(lot: Path, fitted: Path):
    with projects.open_folder(lot) as project:
        events = inspect(project, fitted)
        assert events[-1].inspected == 6
        rows = project.summaries()
        assert [Path(row.path).name for row in rows] == [f"part_{i}.png" for i in range(6)]
        verdicts = [row.verdict for row in rows]
        assert verdicts[0::2] == [Verdict.ACCEPT] * 3
        assert verdicts[1::2] == [Verdict.REJECT] * 3
        image = project.images()[1]
        result = project.latest_verdict(image.id)
        assert result is not None
        assert result.image_sha256 == image.sha256 != ""
        assert read_recipe(fitted).sha256[:16] in result.provenance.recipe
        assert dict(result.provenance.versions)["onnxruntime"]
        heat = project.heat(result.id)
        assert heat is not None
        # The bar lies at rows 81..95 (60 + 101 % 40), columns 72..124 of 192.
        findings = project.findings(image.id)
        assert findings
        box = findings[0].box
        assert box is not None
        assert box.x1 < 98 / 192 < box.x2
        assert box.y1 < 88 / 192 < box.y2
        assert heat.value_at(98 / 192, 88 / 192) > heat.value_at(0.05, 0.05)


def test_done_work_is_skipped_and_changed_files_are_not(lot: Path, fitted: Path):
    with projects.open_folder(lot) as project:
        inspect(project, fitted)
        again = inspect(project, fitted)
        assert (again[-1].inspected, again[-1].skipped) == (0, 6)
        shutil.copy(lot / "part_1.png", lot / "part_0.png")
        third = inspect(project, fitted)
        assert (third[-1].inspected, third[-1].skipped) == (1, 5)
        assert project.summaries()[0].verdict is Verdict.REJECT


def test_another_recipe_is_other_work(lot: Path, fitted: Path, tmp_path: Path):
    with projects.open_folder(lot) as project:
        inspect(project, fitted)
        copied = Path(shutil.copytree(fitted.parent, tmp_path / "recipe")) / fitted.name
        text = copied.read_text("utf-8").replace("version = 1", "version = 2")
        copied.write_text(text, "utf-8")
        assert inspect(project, copied)[-1].inspected == 6


def test_bad_files_are_told_and_the_rest_goes_on(lot: Path, fitted: Path):
    (lot / "empty.png").write_bytes(b"")
    (lot / "words.jpg").write_text("no picture", "utf-8")
    whole = (lot / "part_0.png").read_bytes()
    (lot / "cut.png").write_bytes(whole[: len(whole) // 2])
    with projects.open_folder(lot) as project:
        (lot / "part_2.png").unlink()
        events = inspect(project, fitted)
        assert (events[-1].inspected, events[-1].failed) == (5, 4)
        troubles = [event.trouble for event in events if isinstance(event, ImageDone)]
        assert sum("\n" not in trouble and bool(trouble) for trouble in troubles) == 4
        by_name = {Path(row.path).name: row for row in project.summaries()}
        for name in ("empty.png", "words.jpg", "cut.png", "part_2.png"):
            assert name in by_name[name].trouble
            assert by_name[name].verdict is None
        shutil.copy(lot / "part_0.png", lot / "cut.png")
        assert inspect(project, fitted)[-1].inspected == 1
        assert {Path(r.path).name: r for r in project.summaries()}["cut.png"].trouble == ""


def test_stop_keeps_what_is_done(lot: Path, fitted: Path):
    stop = threading.Event()
    found = read_recipe(fitted)
    engine = engines.local(found.engine)
    with projects.open_folder(lot) as project:
        events = []
        for event in run_batch(project, project.images(), found, engine, stop):
            events.append(event)
            if len(events) == 2:
                stop.set()
        assert events[-1].stopped
        assert events[-1].inspected == 2
        assert sum(row.verdict is not None for row in project.summaries()) == 2


def test_what_a_person_said_survives_another_run(lot: Path, fitted: Path):
    with projects.open_folder(lot) as project:
        inspect(project, fitted)
        image = project.images()[1]
        first = project.findings(image.id)[0]
        project.set_finding_state(first.id, FindingState.ACCEPTED)
        found = read_recipe(fitted)
        engine = engines.local(found.engine)
        list(run_batch(project, [image], found, engine, threading.Event(), redo=True))
        states = {finding.id: finding.state for finding in project.findings(image.id)}
        assert states[first.id] is FindingState.ACCEPTED
