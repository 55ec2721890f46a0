"""What counts as the same field, by hand, and floors on real receipts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.domain.documents import Field
from inspector_app.domain.errors import BadInputError
from inspector_app.learning.field_scores import evaluate_fields, given_lines, is_same, wilson
from inspector_app.learning.manifest import read_receipts
from inspector_app.parsing.documents.extract import extract

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.mark.parametrize(
    ("name", "truth", "value", "text", "same"),
    [
        ("company", "MR. D.I.Y. (M) SDN BHD", "Mr DIY (M) Sdn. Bhd.", "", True),
        ("company", "MR. D.I.Y. (M) SDN BHD", "Mr DIY (N) Sdn Bhd", "", False),
        ("address", "NO 1, JALAN A", "No.1 Jalan A,", "", True),
        ("date", "12-01-19", "2019-01-12", "12-01-19", True),
        ("date", "12-01-19", "2019-12-01", "12-01-19", False),
        ("total", "RM 33.90", 33.9, "33.90", True),
        ("total", "33.90", 33.91, "33.91", False),
        ("total", "33.90", None, "", False),
        ("total", None, None, "", True),
        ("total", None, 1.0, "1.00", False),
    ],
)
def test_the_same_field(name: str, truth: str | None, value: object, text: str, same: bool):
    field = Field(name, value, text)  # type: ignore[arg-type]
    assert is_same(name, truth, field) is same


@pytest.mark.parametrize(
    ("name", "truth", "value", "text", "same"),
    [
        ("store_name", "ASTONS SPECIALITIES-CT1", "Specialities-CT1 Astons", "", True),
        ("store_name", "ASTONS SPECIALITIES-CT1", "ASTONS", "", False),
        ("total", "$108.85- | 108.85-", -108.85, "108.85-", True),
        ("total", "Rsl,971.00", 1971.0, "Rs1,971.00", False),
        ("date", "4/16/2017", "2017-04-16", "4/16/2017", True),
        ("date", "03/04/2017", "2017-03-04", "03/04/2017", True),
        ("time", "5:53pm", "17:53", "5:53 pm", True),
        ("tel", "(415)398-3173", "4153983173", "(415) 398-3173", True),
    ],
)
def test_the_same_field_of_wildreceipt(name: str, truth: str, value: object, text: str, same: bool):
    field = Field(name, value, text)  # type: ignore[arg-type]
    assert is_same(name, truth, field, wild=True) is same


@pytest.mark.parametrize(
    ("name", "truth", "value", "same"),
    [
        ("shop", "Phở Thìn | CÔNG TY A", "Phở Thìn", True),
        ("shop", "Phở Thìn | CÔNG TY A", "CÔNG TY A", True),
        ("shop", "Phở Thìn", "Phở Thin", False),
        ("shop", "Phở Thìn", "phở thìn", False),
        ("address", "1A Lê Lợi, Q.1", "1A Lê Lợi,Q.1", True),
        ("address", "1A Lê Lợi, Q.1", "1A Lê Lợi, 0.1", False),
        ("paid", "100000", 100000.0, True),
        ("currency", None, "VND", False),
    ],
)
def test_the_same_field_letter_by_letter(name: str, truth: str | None, value: object, same: bool):
    assert is_same(name, truth, Field(name, value), own=True) is same  # type: ignore[arg-type]


def test_wilson_interval_by_hand():
    # 8 of 10: Wilson (1927) gives 0.490..0.943
    figure = wilson(8, 10)
    assert (figure.value, figure.n) == (0.8, 10)
    assert figure.low == pytest.approx(0.490, abs=0.001)
    assert figure.high == pytest.approx(0.943, abs=0.001)
    assert wilson(0, 5).low == 0.0
    assert wilson(5, 5).high == 1.0


ROW = {
    "image": "a.jpg",
    "split": "val",
    "task": "receipt",
    "fields": {"company": "TEA SDN BHD", "total": "2.00", "item_names": ["Tea"]},
    "text_lines": ["TEA SDN BHD", "Tea", "2.00", "Total", "2.00"],
    "line_boxes": [[0, 0, 90, 9], [0, 20, 30, 29], [60, 20, 90, 29], [0, 40, 30, 49],
                   [60, 40, 90, 49]],
    "width": 100,
    "height": 100,
}  # fmt: skip


def manifest(folder: Path, **changes: object) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text(json.dumps(ROW | changes), "utf-8")
    return path


def test_evaluation(tmp_path: Path):
    samples = read_receipts(manifest(tmp_path), ["val"])
    report = evaluate_fields(samples, given_lines, extract)
    assert report.n == 1
    assert report.metrics["field_exact"].value == 1.0
    assert set(report.metrics) == {"field_exact", "field_exact.company", "field_exact.total"}
    fields = {"company": "X", "total": None, "tax": " ", "date": None}
    report = evaluate_fields(read_receipts(manifest(tmp_path, fields=fields)), given_lines, extract)
    assert report.metrics["field_exact"].value == 0.5
    spurious = {name: m for name, m in report.metrics.items() if name.startswith("field_spurious")}
    assert {name: (m.value, m.n) for name, m in spurious.items()} == {
        "field_spurious.total": (1.0, 1),
        "field_spurious.tax": (0.0, 1),
        "field_spurious.date": (0.0, 1),
        "field_spurious": (pytest.approx(1 / 3), 3),
    }
    assert [miss.field for miss in report.misses] == ["company", "total"]


@pytest.mark.parametrize(
    "changes",
    [{"fields": None}, {"text_lines": "x"}, {"line_boxes": []}, {"width": None}, {"split": "x"}],
)
def test_broken_manifests(tmp_path: Path, changes: dict[str, object]):
    with pytest.raises(BadInputError):
        read_receipts(manifest(tmp_path, **changes), ["val"])


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("sroie", {"company": 0.9, "date": 0.9, "address": 0.7, "total": 0.9, "": 0.9}),
        ("wildreceipt", {"date": 0.9, "total": 0.78, "time": 0.85, "store_name": 0.5, "": 0.77}),
    ],
)
def test_real_receipts(name: str, floors: dict[str, float]):
    """On the lines that the set gives, val split, 14 receipts: rules alone, no reader."""
    samples = read_receipts(DATA / name / "manifest.jsonl", ["val"])
    report = evaluate_fields(samples, given_lines, extract)
    for field, floor in floors.items():
        metric = report.metrics[f"field_exact.{field}".rstrip(".")]
        assert metric.value >= floor, (field, metric)
