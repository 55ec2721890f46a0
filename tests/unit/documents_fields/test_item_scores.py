"""Rows of goods against the truth, by hand."""

from __future__ import annotations

from inspector_app.domain.documents import Extraction, Field, Value
from inspector_app.learning.item_scores import evaluate_items, pair_rows
from inspector_app.learning.manifest import ReceiptSample

COLUMNS = ("name", "quantity", "unit_price", "amount")


def found(*values: Value | None) -> tuple[Field, ...]:
    return tuple(Field(name, value) for name, value in zip(COLUMNS, values, strict=True))


def true(*values: str | None) -> dict[str, str | None]:
    return dict(zip(COLUMNS, values, strict=True))


TEA, BUN, RICE = (
    true("Trà đào", "2", "20000", "40000"),
    true("Bún chả", None, None, "35000"),
    true("Cơm", "0.5", "30000", "15000"),
)


def score(truth: tuple[dict[str, str | None], ...] | None, rows: tuple[tuple[Field, ...], ...]):
    sample = ReceiptSample("a.png", "val", {"shop": "X"}, (), (), 10, 10, truth)
    return evaluate_items([sample], lambda _: Extraction("receipt", (), rows))


def test_rows_are_compared_cell_by_cell():
    rows = (
        found("Tràđào", 2, 20000, 40000),
        found("Tiền mặt", None, None, 90000),
        found("Bún cha", 1, None, 35000),
        found("Cơm", 0.5, 30000.0, 15000),
    )
    report = score((TEA, BUN, RICE), rows)
    values = {name: (m.value, m.n) for name, m in report.metrics.items()}
    assert values["items.row_exact"] == (2 / 3, 3)
    assert values["items.f1"] == (4 / 7, 7)
    assert values["items.name"] == values["items.quantity"] == (2 / 3, 3)
    assert values["items.unit_price"] == values["items.amount"] == (1.0, 3)
    assert [(miss.field, miss.truth, miss.found.value) for miss in report.misses] == [
        ("items.1.name", "Bún chả", "Bún cha"),
        ("items.1.quantity", None, 1),
        ("items.+1", None, "Tiền mặt"),
    ]


def test_a_missing_row_is_wrong_in_every_cell():
    report = score((TEA, BUN), (found("Bún chả", None, None, 35000),))
    values = {name: metric.value for name, metric in report.metrics.items()}
    assert values["items.row_exact"] == values["items.quantity"] == 0.5
    assert values["items.f1"] == 2 / 3
    assert {miss.field for miss in report.misses} == {f"items.0.{name}" for name in COLUMNS}


def test_no_truth_no_figures():
    assert score(None, (found("Trà", 1, 2, 2),)).metrics == {}


def test_rows_keep_their_order():
    twice = (found("Cơm", 0.5, 30000, 15000), found("Trà đào", 2, 20000, 40000))
    assert pair_rows((TEA, RICE), twice) in ({0: 1}, {1: 0})
