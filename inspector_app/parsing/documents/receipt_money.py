"""The amounts below the goods: which is the total, decided by all evidence at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.receipt_items import Goods
from inspector_app.parsing.documents.receipt_rows import Money, ReceiptPage, ReceiptRow
from inspector_app.parsing.documents.receipt_words import Anchor

_SINGLE = ("subtotal", "tax", "service", "discount", "rounding")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An amount and what its label says it is."""

    kind: str
    weight: float
    money: Money
    row: ReceiptRow
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Sums:
    """The amounts that were decided on; those the receipt lacks are None."""

    total: Labelled | None = None
    subtotal: Labelled | None = None
    discount: Labelled | None = None
    tax: Labelled | None = None
    service: Labelled | None = None
    rounding: Labelled | None = None
    paid: Labelled | None = None
    change: Labelled | None = None
    unused: bool = False
    """Whether amounts stand between subtotal and total that are none of these."""
    derived: bool = False
    """Whether no line is named as the total: it follows from the payment or the goods."""


def tolerance(page: ReceiptPage) -> float:
    """What sums may differ by: half a cent's rounding, or a unit where there are no decimals."""
    return 1.0 if not page.notation.decimal else 0.021


def find_sums(page: ReceiptPage, goods: Goods) -> Sums:
    """Decides on total, subtotal and the rest."""
    labelled = _labelled(page, goods)
    slack = tolerance(page)
    sums = Sums()
    sums.total = _total(page, labelled, goods, slack)
    total = sums.total
    sums.derived = total is not None and not _is_named(total)
    # What a total was derived from stays what its label says.
    rest = [entry for entry in labelled if entry is not total or entry.kind != "total"]
    sums.paid, sums.change = _payment(rest, total, slack)
    _choose_parts(sums, rest, goods, slack)
    sums.unused = _has_unused(page, sums)
    return sums


def _is_named(entry: Labelled) -> bool:
    anchor = entry.row.anchor
    return entry.kind == "total" and anchor is not None and anchor.kind == "total"


def _has_unused(page: ReceiptPage, sums: Sums) -> bool:
    if sums.subtotal is None or sums.total is None:
        return False
    parts = (sums.discount, sums.tax, sums.service, sums.rounding)
    used = {entry.money.cell for entry in (sums.subtotal, sums.total, *parts) if entry}
    between = page.rows[sums.subtotal.row.index + 1 : sums.total.row.index]
    return sums.subtotal.row.index > sums.total.row.index or any(
        money.value and money.cell not in used for row in between for money in row.money
    )


def _labelled(page: ReceiptPage, goods: Goods) -> list[Labelled]:
    found: list[Labelled] = []
    taken: set[int] = set()
    start = max(goods.first, 1)
    rows = page.rows
    for row in rows[start:]:
        if row.anchor is None or (row.index < goods.end and row.anchor.kind not in ("total",)):
            continue
        if row.money:
            money = _column_amount(row)
            found.append(Labelled(row.anchor.kind, row.anchor.weight, money, row, row.row.cells))
    loose = [r for r in rows[goods.end - 1 if goods.end else 0 :] if _is_loose(r)]
    wanting = [
        r for r in rows[goods.end :] if r.anchor and not r.money and r.anchor.kind != "none"
        and not r.header and len(r.key) < 40
    ]  # fmt: skip
    pairs = sorted(
        (
            (_distance(row, value), value.index < row.index, row.index, value.index)
            for row in wanting
            for value in loose
            if abs(row.index - value.index) == 1
        ),
    )
    served: set[int] = set()
    for distance, _, index, value_index in pairs:
        if index in served or value_index in taken or distance > 1.6:
            continue
        row, value = rows[index], rows[value_index]
        anchor = row.anchor or Anchor("none", 0.0)
        served.add(index)
        taken.add(value_index)
        found.append(
            Labelled(anchor.kind, anchor.weight * 0.95, value.money[-1], row,
                     (*row.row.cells, value.money[-1].cell))
        )  # fmt: skip
    return sorted(found, key=lambda entry: entry.row.index)


def _column_amount(row: ReceiptRow) -> Money:
    """The amount a label means: the last, unless a currency stands apart at the end."""
    return row.money[-1]


def _is_loose(row: ReceiptRow) -> bool:
    letters = sum(char.isalpha() for char in row.label.replace("RM", ""))
    return len(row.money) == 1 and letters <= 2 and row.anchor is None and not row.summary


def _distance(label: ReceiptRow, value: ReceiptRow) -> float:
    a, b = label.row, value.row
    if a.page != b.page:
        return 9.0
    gap = abs((a.top + a.bottom) / 2 - (b.top + b.bottom) / 2)
    return gap / max(a.height, b.height)


def _total(
    page: ReceiptPage, labelled: Sequence[Labelled], goods: Goods, slack: float
) -> Labelled | None:
    candidates = [
        entry
        for entry in labelled
        if entry.kind == "total" or _is_implied(entry, labelled, goods, slack)
    ]
    candidates += _paid_less_change(page, labelled, goods)
    if not candidates:
        if any(entry.kind == "subtotal" for entry in labelled):
            return None  # what the goods add up to is the subtotal; the total is not there
        return _unlabelled_total(page, goods, slack)
    biggest = max(abs(entry.money.value) for entry in candidates)
    values = [m.value for row in page.rows if not row.summary for m in row.money]
    adjustments = [e.money.value for e in labelled if e.kind == "rounding"]
    last = max(
        (e.row.index for e in candidates if e.kind == "total" and not e.row.summary), default=-1
    )
    plain = any(e.kind == "total" and e.weight >= 0.85 and not e.row.summary for e in candidates)
    changes = [e for e in labelled if e.kind == "change"]
    discounts = [e for e in labelled if e.kind == "discount" and e.money.value]
    paid = [e for e in labelled if e.kind == "paid"]

    def score(entry: Labelled) -> float:
        value = entry.money.value
        points = 2.0 * entry.weight * {"total": 1.0, "rounding": 0.55, "subtotal": 0.35,
                                       "paid": 0.25, "tax": 0.2}[entry.kind]  # fmt: skip
        points += 0.12 * min(sum(abs(v - value) < 0.001 for v in values), 4)
        if any(
            abs(abs(p.money.value) - abs(c.money.value) - value) <= 0.001
            for p, c in product(paid, changes)
            if c.money.value
        ):
            points += 1.2
        elif any(abs(abs(p.money.value) - value) <= 0.001 for p in paid):
            points += 0.7
        if goods.total is not None and abs(goods.total - value) <= slack:
            points += 0.5
        if any(
            abs(other.money.value + step - value) <= 0.001 and other is not entry
            for other in candidates
            for size in adjustments
            for step in (size, -size)
            if size
        ):
            points += 1.0
        if any(
            other.row.index < off.row.index < entry.row.index
            and abs(other.money.value - abs(off.money.value) - value) <= slack
            for other, off in product(candidates, discounts)
        ):
            points += 1.0
        points += (
            0.4 * (entry.weight >= 0.99)
            + 0.3 * (entry.row.index == last)
            + 0.3 * (abs(value) == biggest)
        )
        if entry.row.summary:
            points -= 1.3
        if plain and entry.kind != "total":
            points -= 0.6  # a plain label that other numbers contradict is a conflict to show
        if value <= 0:
            points -= 1.0 if biggest > 0 else 0.3
        return points

    best = max(candidates, key=lambda entry: (score(entry), entry.row.index))
    return best if score(best) > 0.35 else None


def _paid_less_change(
    page: ReceiptPage, labelled: Sequence[Labelled], goods: Goods
) -> list[Labelled]:
    """Amounts whose label is lost and that are what was paid less the change."""
    differences = _differences(labelled)
    return [
        Labelled("total", 0.45, row.money[-1], row, row.row.cells)
        for row in page.rows[goods.end :]
        if row.anchor is None and not row.summary and len(row.money) == 1
        and round(float(row.money[0].value), 4) in differences
    ]  # fmt: skip


def _is_implied(entry: Labelled, labelled: Sequence[Labelled], goods: Goods, slack: float) -> bool:
    """Whether an amount with another label is the total all the same, by the payment.

    A subtotal or a payment alone is none: tax or a tip may follow, or the paper ends there.
    """
    value = entry.money.value
    if entry.row.summary or value <= 0:
        return False
    if entry.kind == "paid":
        returned = any(e.kind == "change" and e.money.value for e in labelled)
        return not returned and goods.total is not None and abs(goods.total - value) <= slack
    if entry.kind not in ("subtotal", "rounding", "tax"):
        return False
    if any(abs(value - difference) <= 0.001 for difference in _differences(labelled)):
        return True
    returned = any(e.kind == "change" for e in labelled)
    return not returned and any(
        e.kind == "paid" and abs(abs(e.money.value) - value) <= 0.001 for e in labelled
    )


def _differences(labelled: Sequence[Labelled]) -> list[float]:
    """What was paid less the change, for every pair."""
    return [
        round(abs(p.money.value) - abs(c.money.value), 4)
        for p in labelled
        if p.kind == "paid"
        for c in labelled
        if c.kind == "change" and c.row.index > p.row.index
    ]


def _unlabelled_total(page: ReceiptPage, goods: Goods, slack: float) -> Labelled | None:
    """An amount that is the sum of all goods above it, under a label that we do not know."""
    for row in page.rows[goods.first :]:
        if not row.money or row.summary or row.anchor:
            continue
        money = row.money[-1]
        above = [
            item.amount.value
            for item in goods.items
            if item.amount and item.amount.cell.middle < money.cell.middle - 1.0
            and item.amount.cell not in row.row.cells
        ]  # fmt: skip
        if len(above) > 1 and abs(sum(above) - money.value) <= slack:
            return Labelled("total", 0.5, money, row, (money.cell,))
    return None


def _payment(
    labelled: Sequence[Labelled], total: Labelled | None, slack: float
) -> tuple[Labelled | None, Labelled | None]:
    paid = [e for e in labelled if e.kind == "paid" and not e.row.summary]
    change = [e for e in labelled if e.kind == "change"]
    known = next((e for e in paid if e.money.value), None)
    if total is None:
        return known, change[-1] if change else None
    for p, c in product(paid, change):
        difference = abs(p.money.value) - abs(c.money.value)
        if abs(difference - total.money.value) <= slack and p.row.index < c.row.index:
            return p, c
    first = next((e for e in paid if abs(e.money.value) >= total.money.value - slack), None)
    return first or known, change[-1] if change else None


def _choose_parts(sums: Sums, rest: Sequence[Labelled], goods: Goods, slack: float) -> None:
    """Chooses the parts that add up to the total where there is a choice."""
    total = sums.total
    value = total.money.value if total else None
    options: dict[str, list[Labelled | None]] = {}
    for kind in _SINGLE:
        entries = [e for e in rest if e.kind == kind and (kind != "rounding" or e is not total)]
        if kind == "subtotal" and total is not None:
            entries += [
                e for e in rest
                if e.kind == "total" and e.row.index < total.row.index and not e.row.summary
                and (e.weight < 0.85 or abs(e.money.value - total.money.value) > slack)
            ]  # fmt: skip
        if kind != "tax":
            entries = [e for e in entries if not e.row.summary] or entries[:0]
        options[kind] = [*entries[:5], None]
    best: tuple[float, dict[str, Labelled | None]] | None = None
    for choice in product(*(options[kind] for kind in _SINGLE)):
        parts: dict[str, Labelled | None] = dict(zip(_SINGLE, choice, strict=True))
        points = _agreement(parts, value, goods, slack)
        if best is None or points > best[0]:
            best = points, parts
    if best is None:
        return
    for kind, entry in best[1].items():
        setattr(sums, kind, entry)


def _agreement(
    parts: dict[str, Labelled | None], total: float | None, goods: Goods, slack: float
) -> float:
    amount = {kind: entry.money.value if entry else 0.0 for kind, entry in parts.items()}
    points = sum(
        (0.3 + 0.4 * entry.weight if kind != "subtotal" else 0.2 + 0.4 * entry.weight)
        for kind, entry in parts.items()
        if entry
    )
    points -= 0.01 * sum(entry.row.index for entry in parts.values() if entry) / 100
    subtotal = parts["subtotal"]
    if subtotal is not None:
        points -= 0.1 * (subtotal.kind == "total")
        expected = (
            amount["subtotal"] - abs(amount["discount"]) + amount["service"] + amount["rounding"]
        )
        if total is not None:
            exclusive = abs(expected + amount["tax"] - total) <= slack
            inclusive = abs(expected - total) <= slack
            points += 1.2 * exclusive + 0.9 * (inclusive and not exclusive)
        if goods.total is not None and abs(goods.total - amount["subtotal"]) <= slack:
            points += 0.3
    whole = abs(amount["subtotal"] if total is None else total)
    if whole and not 0 <= amount["tax"] <= 0.35 * whole:
        points -= 1.5
    if abs(amount["rounding"]) > max(1.0, 0.02 * whole):
        points -= 1.5
    return points


def distinct(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells, each once."""
    return tuple(dict.fromkeys(cells))
