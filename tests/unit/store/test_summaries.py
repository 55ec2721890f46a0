"""The kept summary columns against the same worked out from scratch, after any history."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.results import ImageSummary, Overrule, Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.store.project import Project

GONE = (FindingState.EDITED, FindingState.REJECTED)


def from_scratch(project: Project, image_id: str) -> ImageSummary:
    image = project.image(image_id)
    finished = [r for r in project.results(image_id) if r.status == "finished"]
    decided = [r for r in finished if r.verdict is not None]
    telling = (decided or [r for r in finished if r.score is not None] or [None])[0]
    overrule = project.overrule(image_id)
    findings = project.findings(image_id, replaced=True)
    live = [f for f in findings if f.state not in GONE]
    worst = float("-inf")
    live.sort(
        key=lambda f: (f.author.kind is AuthorKind.PERSON, worst if f.score is None else f.score),
        reverse=True,  # stable: the older one stays in front
    )
    engine = telling.verdict if telling else None
    return ImageSummary(
        image_id=image_id,
        path=image.path,
        page=image.page,
        width=image.width,
        height=image.height,
        trouble=image.trouble,
        verdict=overrule.verdict if overrule else engine,
        engine_verdict=engine,
        overruled=overrule is not None,
        score=telling.score if telling else None,
        label=live[0].label if live else "",
        findings=len(live),
        edited=any(
            f.author.kind is AuthorKind.PERSON or f.state is not FindingState.PROPOSED
            for f in findings
        ),
        seconds=telling.seconds if telling else None,
    )


SCORES = st.none() | st.floats(-5, 5)
VERDICTS = st.none() | st.sampled_from(Verdict)
STEPS = st.one_of(
    st.tuples(st.just("result"), VERDICTS, SCORES, st.sampled_from(["finished", "failed"])),
    st.tuples(st.just("find"), st.sampled_from(["", "An", "Ba"]), SCORES),
    st.tuples(st.just("state"), st.integers(0, 9), st.sampled_from(FindingState)),
    st.tuples(st.just("edit"), st.integers(0, 9), st.sampled_from(["An", "Ba"])),
    st.tuples(st.just("unedit"), st.integers(0, 9)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("overrule"), st.sampled_from(Verdict)),
    st.tuples(st.just("clear")),
)


def do(project: Project, image_id: str, number: int, step: tuple) -> None:
    findings = project.findings(image_id, replaced=True)
    numbered = findings and len(step) > 1 and isinstance(step[1], int)
    chosen = findings[step[1] % len(findings)] if numbered else None
    match step:
        case "result", verdict, score, status:
            finding = Finding(image_id, f"r{number}", None, Author(AuthorKind.ENGINE, "e"), score)
            result = Result(
                image_id,
                Task.DETECTION,
                "",
                "",
                "",
                Provenance("e"),
                score=score,
                verdict=verdict,
                seconds=float(number),
                status=status,
            )
            project.add_result(result, [finding])
        case "find", person, score:
            kind = AuthorKind.PERSON if person else AuthorKind.ENGINE
            author = Author(kind, person or "e")
            box = Box(0, 0, 1, 1)
            project.add_finding(Finding(image_id, f"f{number}", box, author, score))
        case "overrule", verdict:
            project.set_overrule(Overrule(image_id, verdict, "An"))
        case ("clear",):
            project.clear_overrule(image_id)
        case "state", _, state if chosen:
            project.set_finding_state(chosen.id, state)
        case "edit", _, person if chosen and chosen.state is not FindingState.EDITED:
            project.edit_finding(chosen.id, label=f"e{number}", person=person)
        case "unedit", _ if chosen and chosen.supersedes in {f.id for f in findings}:
            project.unedit_finding(chosen.id)
        case "remove", _ if chosen:
            project.remove_finding(chosen.id)
            if number % 2:
                project.restore_finding(chosen)
        case _:
            pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, max_size=10))
def test_kept_columns_agree_with_history(steps: list[tuple]):
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "a.inspect") as project:
        project._connection.execute("PRAGMA synchronous = OFF")  # speed; nobody pulls the plug
        project.add_images(["/a.png", "/b.png"])
        image, other = project.images()
        for number, step in enumerate(steps):
            do(project, image.id, number, step)
            assert project.summary(image.id) == from_scratch(project, image.id)
        assert project.summaries() == [
            from_scratch(project, image.id),
            from_scratch(project, other.id),
        ]
        assert project.summary(other.id).findings == 0


def test_counts(project: Project, make_result):
    assert project.counts() == {
        Verdict.ACCEPT: 0,
        Verdict.REVIEW: 0,
        Verdict.REJECT: 0,
        None: 0,
    }
    project.add_images([f"/{i}.png" for i in range(5)])
    ids = [i.id for i in project.images()]
    project.add_result(make_result(ids[0], verdict=Verdict.ACCEPT))
    project.add_result(make_result(ids[1], verdict=Verdict.ACCEPT))
    project.add_result(make_result(ids[2], verdict=Verdict.REVIEW))
    project.set_overrule(Overrule(ids[1], Verdict.REJECT, "An"))
    assert project.counts() == {
        Verdict.ACCEPT: 1,
        Verdict.REVIEW: 1,
        Verdict.REJECT: 1,
        None: 2,
    }


@pytest.fixture
def large(project: Project, make_finding) -> Project:
    project.add_images([f"/lot/img{i}.png" for i in range(20_000)])
    images = project.images()
    with project._transaction() as connection:
        rows = [
            (make_finding(i.id).id, number + 1, "scratch", 0.5, "engine", "e", "proposed", "", "t")
            for number, i in enumerate(images)
        ]
        connection.executemany(
            "INSERT INTO findings (id, image, label, score, author_kind, author_name, state, note,"
            " created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        # As `tally` leaves it for each image, which the test above holds it to.
        connection.execute(
            "UPDATE images SET label = 'scratch', live = 1, engine_verdict = 'review', score = 0.5"
        )
    return project


def test_twenty_thousand_summaries_are_one_fast_query(large: Project):
    queries: list[str] = []
    large._connection.set_trace_callback(queries.append)
    times = []
    for _ in range(3):
        begun = time.process_time()
        found = large.summaries()
        times.append(time.process_time() - begun)
    assert len(queries) == 3
    assert len(found) == 20_000
    assert all(s.findings == 1 for s in found[:50])
    assert [Path(s.path).name for s in found[9:11]] == ["img9.png", "img10.png"]
    # 0.1 s of processor time on an idle machine; the rest is for a busy one
    assert min(times) < 0.5
