"""Charts as shapes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector_app.domain.verdicts import Limits
from inspector_app.reports.charts import (
    MOST_BARS,
    Chart,
    Scores,
    pareto_chart,
    score_chart,
    scores_of,
)
from inspector_app.reports.summary import collect
from inspector_app.reports.texts import Words
from inspector_app.store.project import Project
from tests.unit.reports.conftest import judge, paint

WORDS = Words("en")


def _inside(chart: Chart) -> bool:
    xs = [x for shape in chart.shapes for x in shape.points[::2]]
    ys = [y for shape in chart.shapes for y in shape.points[1::2]]
    return min(xs) >= 0 and max(xs) <= chart.width and min(ys) >= 0 and max(ys) <= chart.height


def test_a_single_bar_has_no_mark_over_its_number(hostile: Project) -> None:
    chart = pareto_chart(replace(collect(hostile), pareto=(("a", 9),)), WORDS, 400, 200)
    assert not [shape for shape in chart.shapes if shape.tone == "line"]
    assert [shape.text for shape in chart.shapes if shape.tone == "ink"] == ["9", "a"]


def test_pareto_bars_fall_and_the_line_ends_at_the_top(hostile: Project) -> None:
    data = replace(collect(hostile), pareto=(("a", 6), ("b", 3), ("c", 1)))
    chart = pareto_chart(data, WORDS, 400, 200)
    heights = [s.points[3] - s.points[1] for s in chart.shapes if s.tone == "bar"]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == pytest.approx(6 * heights[2])
    (line,) = [s for s in chart.shapes if s.kind == "line" and s.tone == "line"]
    top = min(s.points[1] for s in chart.shapes if s.tone == "grid")
    assert line.points[-1] == pytest.approx(top)
    assert _inside(chart)


def test_many_labels_end_in_others(hostile: Project) -> None:
    data = replace(collect(hostile), pareto=tuple((f"l{i}", 30 - i) for i in range(20)))
    chart = pareto_chart(data, WORDS, 400, 200)
    assert len([s for s in chart.shapes if s.tone == "bar"]) == MOST_BARS + 1
    assert "others" in [s.text for s in chart.shapes]


@example([0.0, 5e-324], None)
@example([1e6, 1e6 + 1e-9], (1.0, 0.0))
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60),
    st.none() | st.tuples(st.floats(-10, 10), st.floats(0, 10)),
)
def test_any_scores_fit_into_the_chart(
    values: list[float], limits: tuple[float, float] | None
) -> None:
    found = Limits(limits[0], limits[0] + limits[1], 0.0) if limits else None
    chart = score_chart(Scores(tuple(values), "e", "r", 0, found), WORDS, 400, 200)
    marks = [s for s in chart.shapes if s.kind == "dash"]
    assert len(marks) == (2 if found else 0)
    bars = [s for s in chart.shapes if s.kind == "rect"]
    assert bars
    assert all(s.points[0] >= 0 and s.points[2] <= 400.0001 for s in bars)


def test_scores_of_other_engines_are_left_out_and_counted(empty: Project, tmp_path: Path) -> None:
    empty.add_images(paint(tmp_path / f"{i}.png") for i in range(3))
    images = empty.images()
    for image in images[:2]:
        judge(empty, image, 0.5)
    other = judge(empty, images[2], 90.0)
    provenance = replace(other.provenance, engine="other")
    empty.add_result(replace(other, id="o", provenance=provenance, created=""))
    scores = scores_of(collect(empty))
    assert scores is not None
    assert (scores.values, scores.engine, scores.left_out) == ((0.5, 0.5), "anomaly", 1)
