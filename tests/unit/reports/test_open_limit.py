"""A recipe of one golden image rejects nothing by itself: its reject limit is infinite."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from inspector_app.domain.verdicts import Limits
from inspector_app.reports.charts import score_chart, scores_of
from inspector_app.reports.export import FORMATS, export
from inspector_app.reports.summary import collect
from inspector_app.reports.texts import Words
from inspector_app.store.project import Project
from tests.unit.reports import conftest
from tests.unit.reports.conftest import judge, paint

SAYS = {"en": "no automatic reject", "vi": "không tự loại"}


@pytest.fixture
def lenient(empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(conftest, "LIMITS", Limits(1.2, float("inf"), 1.3))
    empty.add_images([paint(tmp_path / "a.png"), paint(tmp_path / "b.png")])
    first, second = empty.images()
    judge(empty, first, 0.5)
    judge(empty, second, 9.5, "difference")
    return empty


def _not_json(name: str) -> object:
    raise AssertionError(f"{name} is not JSON")


def test_json_has_null(lenient: Project, tmp_path: Path) -> None:
    for path in export(lenient, ["json", "coco"], tmp_path / "out"):
        report = json.loads(path.read_text("utf-8"), parse_constant=_not_json)
        if "schema" in report:
            assert report["summary"]["limits"]["reject"] is None
            assert report["images"][1]["limits"]["review"] == 1.2
            assert report["images"][1]["limits"]["reject"] is None


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_text_says_that_nothing_is_rejected(
    lenient: Project, tmp_path: Path, language: str
) -> None:
    written = {path.name: path for path in export(lenient, FORMATS, tmp_path / "out", language)}
    page = written["empty.html"].read_text("utf-8")
    table = written["empty-images.csv"].read_text("utf-8-sig")
    with pypdfium2.PdfDocument(written["empty.pdf"]) as document:
        pdf = " ".join(
            " ".join(document[i].get_textpage().get_text_range().split())
            for i in range(len(document))
        )
    book = openpyxl.load_workbook(written["empty.xlsx"])
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    for text in (page, table, pdf, "\n".join(cells)):
        assert SAYS[language] in text
        assert " inf" not in text.replace(" inform", "")
        assert "∞" not in text


def test_the_chart_has_no_line_at_infinity(lenient: Project) -> None:
    scores = scores_of(collect(lenient))
    assert scores is not None
    chart = score_chart(scores, Words("en"), 400, 200)
    assert len([shape for shape in chart.shapes if shape.kind == "dash"]) == 1
    assert not any("inf" in shape.text for shape in chart.shapes)
