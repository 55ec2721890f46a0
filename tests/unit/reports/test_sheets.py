"""Workbook and CSV, opened again."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from inspector_app.reports.sheets import guarded
from tests.unit.reports.conftest import FORMULA, PERSON, VIETNAMESE


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "＝1"])
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "scratch", "a=b", "1.5"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_has_the_mark_that_excel_needs(files: dict[str, Path]) -> None:
    raw = files["-images.csv"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 10


def test_csv_numbers_stay_numbers_and_text_is_no_formula(files: dict[str, Path]) -> None:
    heads, *rows = _rows(files["-images.csv"])
    row = next(row for row in rows if row[heads.index("Image")] == "'=cmd.png")
    assert float(row[heads.index("Score")]) == 1.55
    assert row[heads.index("Reject limit")] == "1.5"
    overruled = next(row for row in rows if row[heads.index("Image")] == "script.png")
    assert overruled[heads.index("Overruled by")] == PERSON.name
    assert overruled[heads.index("Note")] == "'-1 lần xem lại"
    _, *findings = _rows(files["-findings.csv"])
    assert f"'{FORMULA}" in [row[2] for row in findings]
    assert not any(cell[:1] in ("=", "@") for row in [*rows, *findings] for cell in row)


def test_workbook_has_four_sheets_and_no_formula(files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(files[".xlsx"])
    assert book.sheetnames == ["Summary", "Images", "Findings", "Pareto"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert FORMULA in [cell.value for cell in cells]
    assert not any(cell.hyperlink for cell in cells)


def test_workbook_tables_can_be_read_and_filtered(files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(files[".xlsx"])
    sheet = book["Images"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:W{10}"
    assert len(heads) == len(set(heads)) == 23
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    score = rows["ảnh có dấu.png"][heads.index("Score")]
    assert (score.value, score.data_type, score.number_format) == (1.75, "n", "0.000")
    assert isinstance(rows["ok.png"][heads.index("Time (UTC)")].value, datetime)
    assert rows["new.png"][heads.index("Score")].value is None
    assert rows["broken.png"][heads.index("Verdict")].value == "Unreadable"


def test_workbook_has_the_pareto_chart(files: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(files[".xlsx"])["Pareto"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:2] == (VIETNAMESE, 2)
    assert rows[-1][2] == pytest.approx(1.0)
    assert len(sheet._charts) == 1
