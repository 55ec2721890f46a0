"""What a report says, from the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.findings import Finding
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.reports.summary import StoppedError, collect
from inspector_app.store.project import Project
from tests.unit.reports.conftest import ENGINE, PERSON, VIETNAMESE, judge, paint


def test_counts_are_of_the_verdicts_that_count(hostile: Project) -> None:
    data = collect(hostile)
    assert dict(data.counts) == {
        "accept": 1, "review": 2, "reject": 4, "unreadable": 1, "waiting": 1,
    }  # fmt: skip
    assert data.overruled == 1
    assert sum(dict(data.counts).values()) == len(data.images) == 9


def test_pareto_leaves_out_rejected_findings_and_accepted_images(hostile: Project) -> None:
    pareto = dict(collect(hostile).pareto)
    assert pareto[VIETNAMESE] == 2
    assert "false one" not in pareto
    assert list(pareto.values()) == sorted(pareto.values(), reverse=True)


def test_an_overruled_image_shows_both_verdicts_and_the_words_of_the_code(hostile: Project) -> None:
    row = next(row for row in collect(hostile).images if row.name == "script.png")
    assert (row.verdict, row.engine_verdict) == (Verdict.REVIEW, Verdict.REJECT)
    assert (row.person, row.code, row.code_text) == (PERSON.name, "S2", "vết xước")


def test_boxes_are_in_pixels_of_the_image(hostile: Project) -> None:
    row = next(row for row in collect(hostile).images if row.name == "=cmd.png")
    assert row.findings[0].pixels == (20, 30, 40, 45)
    assert row.recipe == "Đai ốc M8 v3"


def test_flagged_images_are_rejects_then_reviews(hostile: Project) -> None:
    verdicts = [row.verdict for row in collect(hostile).flagged]
    assert verdicts == [Verdict.REJECT] * 4 + [Verdict.REVIEW] * 2


def test_same_names_are_told_apart_by_their_folders(empty: Project, tmp_path: Path) -> None:
    empty.add_images([paint(tmp_path / "a" / "1.png"), paint(tmp_path / "b" / "1.png")])
    assert [row.name for row in collect(empty).images] == ["a/1.png", "b/1.png"]


def test_a_failed_result_is_told_as_the_trouble(empty: Project, tmp_path: Path) -> None:
    empty.add_images([paint(tmp_path / "1.png")])
    image = empty.images()[0]
    result = judge(empty, image, None)
    empty.add_result(
        replace(result, id="f", status="failed", trouble="The engine stopped.", created="")
    )
    (row,) = collect(empty).images
    assert row.verdict is None
    assert row.trouble == "The engine stopped."


def test_a_score_without_a_verdict_is_kept(empty: Project, tmp_path: Path) -> None:
    empty.add_images([paint(tmp_path / "1.png")])
    image = empty.images()[0]
    scored = Result(image.id, Task.DETECTION, "", "", "", judge(empty, image, None).provenance)
    empty.add_result(replace(scored, score=0.75))
    (row,) = collect(empty).images
    assert (row.score, row.status) == (0.75, "waiting")


def test_replaced_findings_are_left_out(empty: Project, tmp_path: Path) -> None:
    empty.add_images([paint(tmp_path / "1.png")])
    image = empty.images()[0]
    finding = Finding(image.id, "old", Box(0, 0, 0.5, 0.5), ENGINE)
    empty.add_finding(finding)
    empty.edit_finding(finding.id, label="new", person=PERSON.name)
    (row,) = collect(empty).images
    assert [(f.label, f.by_person) for f in row.findings] == [("new", True)]


def test_no_images(empty: Project) -> None:
    data = collect(empty)
    assert not data.images
    assert not data.pareto
    assert (data.first, data.limits, data.median_seconds) == ("", None, None)
    assert data.changed == empty.get_meta("created")


def test_stops_between_images(empty: Project, tmp_path: Path) -> None:
    empty.add_images(tmp_path / f"{i}.png" for i in range(120))
    with pytest.raises(StoppedError):
        collect(empty, lambda: True)
