"""Rows of goods against the truth: which rows are wholly right, and which of their cells.

Rows are paired in their order so that as many cells as possible agree. Names must be the same
letter by letter but for spaces, numbers the same number, and a cell that is not printed must be
empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from inspector_app.domain.documents import Extraction, Field
from inspector_app.learning.field_scores import FieldCompared, FieldReport, wilson
from inspector_app.learning.manifest import ReceiptSample
from inspector_app.parsing.documents.receipt import ITEM_FIELDS

Truth = Mapping[str, str | None]
Found = tuple[Field, ...]


def evaluate_items(
    samples: Sequence[ReceiptSample], extract: Callable[[ReceiptSample], Extraction]
) -> FieldReport:
    """Compares the goods of every sample whose truth has them.

    Returns:
        `items.row_exact` (share of the true rows that are wholly right), `items.f1` of wholly
        right rows, `items.COLUMN` (share of the true rows), and every cell; no figures when
        no truth has goods.
    """
    right = dict.fromkeys(ITEM_FIELDS, 0)
    exact = rows = read = 0
    compared: list[FieldCompared] = []
    known = [sample for sample in samples if sample.items is not None]
    for sample in known:
        truth, found = sample.items or (), extract(sample).items
        rows, read = rows + len(truth), read + len(found)
        pairs = pair_rows(truth, found)
        for at, row in enumerate(truth):
            other = found[pairs[at]] if at in pairs else ()
            cells = {field.name: field for field in other}
            wrong = [
                name
                for name in ITEM_FIELDS
                if not other or not _same(row.get(name), cells.get(name))
            ]
            for name in ITEM_FIELDS:
                right[name] += name not in wrong
            exact += not wrong
            compared += [
                FieldCompared(
                    sample.image,
                    f"items.{at}.{name}",
                    row.get(name),
                    _cell(cells, name),
                    name not in wrong,
                )
                for name in ITEM_FIELDS
            ]
        for at in sorted(set(range(len(found))) - set(pairs.values())):
            compared.append(FieldCompared(sample.image, f"items.+{at}", None, found[at][0]))
    if not known:
        return FieldReport(0, {}, ())
    metrics = {
        "items.row_exact": wilson(exact, rows),
        "items.f1": wilson(2 * exact, rows + read),
        **{f"items.{name}": wilson(count, rows) for name, count in right.items()},
    }
    return FieldReport(len(known), metrics, tuple(compared))


def pair_rows(truth: Sequence[Truth], found: Sequence[Found]) -> dict[int, int]:
    """Which found row belongs to which true one: in order, with the most cells that agree."""
    best = [[0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for i, row in enumerate(truth, 1):
        for j, other in enumerate(found, 1):
            best[i][j] = max(
                best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + _agreement(row, other)
            )
    pairs: dict[int, int] = {}
    i, j = len(truth), len(found)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[i] = j
    return pairs


def _agreement(row: Truth, other: Found) -> int:
    """Cells that are printed and agree."""
    return sum(
        row.get(field.name) is not None and _same(row.get(field.name), field) for field in other
    )


def _same(truth: str | None, field: Field | None) -> bool:
    value = field.value if field is not None else None
    if truth is None or value is None:
        return truth is None and value is None
    if isinstance(value, str):
        return "".join(truth.split()) == "".join(value.split())
    return abs(float(truth) - value) < 0.0005


def _cell(cells: Mapping[str, Field], name: str) -> Field:
    return cells.get(name, Field(name))
