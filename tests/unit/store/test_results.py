from __future__ import annotations

import sqlite3
import tracemalloc
import zlib
from contextlib import closing

import pytest

from inspector_app.domain.errors import StoreError
from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, FindingState
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.results import Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, Verdict
from inspector_app.store.project import Project


def full(image_id: str) -> Result:
    return Result(
        image_id=image_id,
        task=Task.VQA,
        question="Có vết xước không?",
        answer="Có.",
        raw="<ref>vết xước</ref>\x00",
        provenance=Provenance(
            "qwen", "lora@ab", "nut v3 cd", "prompt\n", 2**64 - 1, (("torch", "2.13"), ("b", "1"))
        ),
        score=0.1 + 0.2,
        limits=Limits(1.0, 2.0, float("inf"), 0.05, 30, True, 0.9),
        verdict=Verdict.REVIEW,
        reasons=("Too hot.", 'He said "no".'),
        seconds=1.25,
        image_sha256="ef",
        created="2026-01-02T03:04:05+00:00",
    )


def test_every_field_comes_back(project: Project, image):
    result = full(image.id)
    project.add_result(result)
    assert project.result(result.id) == result
    assert project.results(image.id) == [result]
    assert project.latest_verdict(image.id) == result


def test_bare_result_comes_back_with_a_time(project: Project, image, make_result):
    result = make_result(image.id, status="failed", trouble="It broke.")
    project.add_result(result)
    found = project.result(result.id)
    assert found.created.endswith("+00:00")
    assert (found.score, found.limits, found.verdict, found.reasons) == (None, None, None, ())
    assert (found.status, found.trouble) == ("failed", "It broke.")


def test_newest_first_and_latest_verdict(project: Project, image, make_result):
    assert project.latest_verdict(image.id) is None
    first = make_result(image.id, verdict=Verdict.ACCEPT)
    second = make_result(image.id, verdict=Verdict.REJECT)
    broken = make_result(image.id, verdict=Verdict.REVIEW, status="cancelled")
    talk = make_result(image.id, task=Task.VQA)
    for result in (first, second, broken, talk):
        project.add_result(result)
    assert [r.id for r in project.results(image.id)] == [talk.id, broken.id, second.id, first.id]
    latest = project.latest_verdict(image.id)
    assert latest is not None
    assert latest.id == second.id


def test_heat_comes_back(project: Project, image, make_result):
    with_heat, without = make_result(image.id), make_result(image.id)
    heat = HeatMap(3, 2, bytes([0, 1, 2, 253, 254, 255]), -0.5, 7.25)
    project.add_result(with_heat, heat=heat)
    project.add_result(without)
    assert project.heat(with_heat.id) == heat
    assert project.heat(without.id) is None
    assert project.heat("no") is None


@pytest.mark.parametrize("change", ["cells = x'00112233'", "width = 4000", "width = 'x'"])
def test_damaged_heat_is_told(project: Project, image, make_result, change: str):
    result = make_result(image.id)
    project.add_result(result, heat=HeatMap(2, 2, b"abcd", 0, 1))
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute(f"UPDATE heats SET {change}")
    with pytest.raises(StoreError, match="damaged"):
        project.heat(result.id)


def test_heat_that_unpacks_to_more_than_its_size_is_not_unpacked(
    project: Project, image, make_result
):
    result = make_result(image.id)
    project.add_result(result, heat=HeatMap(2, 2, b"abcd", 0, 1))
    bomb = zlib.compress(bytes(50_000_000))
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("UPDATE heats SET cells = ?", (bomb,))
    tracemalloc.start()
    try:
        with pytest.raises(StoreError, match="damaged"):
            project.heat(result.id)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_replacing_keeps_what_people_touched(project: Project, image, make_result, make_finding):
    proposed = make_finding(image.id, "a")
    accepted = make_finding(image.id, "b")
    by_qwen = make_finding(image.id, "c", author=Author(AuthorKind.ENGINE, "qwen"))
    mine = make_finding(image.id, "d", person="An")
    edited = make_finding(image.id, "e")
    project.add_result(make_result(image.id), [proposed, accepted, edited])
    project.add_result(make_result(image.id, "qwen"), [by_qwen])
    project.add_finding(mine)
    project.set_finding_state(accepted.id, FindingState.ACCEPTED)
    project.edit_finding(edited.id, label="e2", person="An")
    project.add_result(make_result(image.id), [make_finding(image.id, "new")])
    labels = [f.label for f in project.findings(image.id, replaced=True)]
    assert sorted(labels) == ["b", "c", "d", "e", "e2", "new"]


def test_replace_false_and_unfinished_results_remove_nothing(
    project: Project, image, make_result, make_finding
):
    project.add_result(make_result(image.id), [make_finding(image.id, "a")])
    project.add_result(make_result(image.id), [make_finding(image.id, "b")], replace=False)
    project.add_result(make_result(image.id, status="failed"))
    project.add_result(make_result(image.id, status="cancelled"), [make_finding(image.id, "c")])
    assert [f.label for f in project.findings(image.id)] == ["a", "b", "c"]
    project.add_result(make_result(image.id))
    assert project.findings(image.id) == []


def test_all_or_nothing(project: Project, image, make_result, make_finding):
    project.add_result(make_result(image.id), [make_finding(image.id, "old")])
    twice = make_finding(image.id, "new")
    heat = HeatMap(1, 1, b"a", 0, 1)
    with pytest.raises(StoreError, match="could not be saved"):
        project.add_result(make_result(image.id), [twice, twice], heat)
    assert len(project.results(image.id)) == 1
    assert [f.label for f in project.findings(image.id)] == ["old"]
    assert project._connection.execute("SELECT COUNT(*) FROM heats").fetchone() == (0,)


def test_unknown_image_or_result(project: Project, make_result):
    with pytest.raises(StoreError, match="could not be saved"):
        project.add_result(make_result("no"))
    with pytest.raises(StoreError, match="not in this project"):
        project.result("no")
    assert project.results("no") == []


def test_half_an_emoji_does_not_lose_the_answer(project: Project, image, make_result):
    result = make_result(image.id, answer="ok \ud83d", raw="ok \ud83d", reasons=("\udc00",))
    project.add_result(result)
    assert project.result(result.id).answer == "ok ?"


def test_score_that_is_no_number_is_no_score(project: Project, image, make_result):
    result = make_result(image.id, score=float("nan"))
    project.add_result(result)
    assert project.result(result.id).score is None
