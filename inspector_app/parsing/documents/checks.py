"""A receipt checks itself: lines, sum, total and change must agree.

Nothing is ever changed here: what does not agree is named, with what the other numbers give and,
where one or two misread digits explain it, with the text that would make the sums agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.documents import Conflict, Extraction, Field
from inspector_app.parsing.documents.misread import mend

_PARTS = ("subtotal", "discount", "tax", "service", "rounding", "total", "paid", "change")


@dataclass(frozen=True, slots=True)
class _Sum:
    """Numbers that must give another: `sum(factor * field) = target`."""

    key: str
    terms: tuple[tuple[float, str, Field], ...]
    target: tuple[str, Field]
    slack: float

    @property
    def expected(self) -> float:
        return sum(factor * _number(field) for factor, _, field in self.terms)

    @property
    def gap(self) -> float:
        return _number(self.target[1]) - self.expected

    @property
    def names(self) -> tuple[str, ...]:
        return (*(name for _, name, _ in self.terms), self.target[0])

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.slack + 1e-9


def check(
    extraction: Extraction,
    unsure: Collection[str] = (),
    sure: Collection[str] = (),
    beside: Sequence[Field] = (),
) -> Extraction:
    """Returns the extraction with its conflicts named, and marked at the fields involved.

    Args:
        extraction: What was read, or what was read and corrected.
        unsure: Keys of sums that may lack a part: they are conflicts only where a misread digit
            explains them.
        sure: Keys of sums that lack no part: they are conflicts whenever they do not hold.
        beside: What else stands on the paper (a tax that a schema does not ask for): it enters the
            sums, but what does not agree with it is not told.
    """
    known = {field.name for field in extraction.fields}
    extra = {field.name: field for field in beside if field.name not in known}
    found = {
        name: field for name in _PARTS if _known(field := extra.get(name, extraction.field(name)))
    }
    slack = _slack(extraction)
    sums = list(_sums(extraction, found, slack, "items_sum" in sure))
    broken = [s for s in sums if not s.holds]
    goods = next((s for s in sums if s.key == "items_sum"), None)
    lines = _line_conflicts(extraction, slack, goods)
    conflicts = [_conflict(s, broken, lines) for s in broken]
    kept = [
        c for c in conflicts
        if (c.key not in unsure or c.proposal is not None) and extra.keys().isdisjoint(c.fields)
    ]  # fmt: skip
    return marked(extraction, (*lines, *kept))


def _sums(
    extraction: Extraction, found: dict[str, Field], slack: float, goods_sure: bool
) -> Iterable[_Sum]:
    """The sums that this receipt must satisfy, in the form nearest to what it says."""
    if "total" not in found:
        return
    goods = _goods_sum(extraction, found, slack, goods_sure)
    if goods is not None:
        yield goods
    if "subtotal" in found:
        yield _total_sum(found, slack)
    if "paid" in found and "change" in found and _number(found["paid"]) > 0:
        terms = ((1.0, "paid", found["paid"]), (-1.0, "change", found["change"]))
        total = ("total", found["total"])
        exact = _Sum("change", terms, total, max(slack, 0.05 if slack < 0.5 else slack))
        if _number(found["total"]) > 0:
            yield exact


def _total_sum(found: dict[str, Field], slack: float) -> _Sum:
    """Subtotal less discount plus tax, service and rounding; tax may be inside the subtotal."""
    signs = (("discount", -1.0), ("tax", 1.0), ("service", 1.0), ("rounding", 1.0))
    wide = max(slack, 0.05) if "rounding" not in found and slack < 0.5 else slack
    forms: list[_Sum] = []
    for left_out in ((), ("tax",), ("discount",), ("discount", "tax"), ("service",),
                     ("tax", "service"), ("rounding",), ("tax", "rounding")):  # fmt: skip
        if any(name not in found for name in left_out):
            continue
        terms = [(1.0, "subtotal", found["subtotal"])]
        terms += [
            (sign, name, found[name])
            for name, sign in signs
            if name in found and name not in left_out
        ]
        forms.append(_Sum("total", tuple(terms), ("total", found["total"]), wide))
    # Tax inside the subtotal, a discount already taken off: forms of receipts, not conflicts.
    return next((form for form in forms if form.holds), forms[0])


def _goods_sum(
    extraction: Extraction, found: dict[str, Field], slack: float, sure: bool
) -> _Sum | None:
    """The sum of the goods against subtotal or total; None where the goods are not all known."""
    amounts: list[tuple[float, str, Field]] = []
    for number, item in enumerate(extraction.items):
        amount = _part(item, "amount")
        if not _known(amount):
            return None
        amounts.append((1.0, f"items.{number}.amount", amount))
    if not amounts:
        return None
    terms = tuple(amounts)
    wide = max(slack, 0.05) if slack < 0.5 else slack
    plain = [
        _Sum("items_sum", terms, (name, found[name]), wide)
        for name in ("subtotal", "total")
        if name in found
    ]
    total = ("total", found["total"])
    others: list[_Sum] = []
    for kept in (("tax",), ("discount",), ("service",), ("rounding",), ("tax", "service"),
                 ("tax", "rounding"), ("tax", "discount"), ("service", "rounding"),
                 ("tax", "service", "rounding"), ("discount", "rounding"),
                 ("tax", "service", "discount"),
                 ("tax", "service", "discount", "rounding")):  # fmt: skip
        if all(name in found for name in kept):
            extra = tuple((-1.0 if name == "discount" else 1.0, name, found[name]) for name in kept)
            others.append(_Sum("items_sum", (*terms, *extra), total, wide))
    held = next((s for s in (*plain, *others) if s.holds), None)
    if held is not None:
        return held
    subtotal = found.get("subtotal")
    if subtotal is not None and "tax" in found:  # goods with tax, subtotal without
        inside = (*terms, (-1.0, "tax", found["tax"]))
        form = _Sum("items_sum", inside, ("subtotal", subtotal), wide)
        if form.holds:
            return form
    return plain[0] if sure or _goods_are_sure(extraction, plain[0], slack) else None


def _goods_are_sure(extraction: Extraction, goods: _Sum, slack: float) -> bool:
    """Whether a sum that fails tells of a misread number rather than of rows not understood."""
    lines = [_line(item) for item in extraction.items]
    proven = sum(line is not None and _line_holds(line, slack) for line in lines)
    return proven >= 0.6 * len(lines) or _proposal(goods, []) is not None


def _line_conflicts(extraction: Extraction, slack: float, goods: _Sum | None) -> list[Conflict]:
    conflicts: list[Conflict] = []
    for number, item in enumerate(extraction.items):
        line = _line(item)
        if line is None or _line_holds(line, slack):
            continue
        quantity, price, amount = line
        names = tuple(f"items.{number}.{part}" for part in ("quantity", "unit_price", "amount"))
        expected = _number(quantity) * _number(price)
        # Amounts that add up are right; one whose mending mends the sum is the one to mend.
        sound = goods is not None and goods.holds
        guilty = goods is not None and not sound and abs(
            goods.gap - _effect(goods, names[2]) * (_number(amount) - expected)
        ) <= goods.slack  # fmt: skip
        proposals = [
            (cost - 2.0 * (guilty and name == names[2]), name, text)
            for name, field, wanted in (
                (names[2], amount, expected),
                (names[1], price, _ratio(amount, quantity)),
                (names[0], quantity, _ratio(amount, price)),
            )
            if wanted is not None and not (sound and name == names[2])
            for cost, text in (mend(field.text, _number(field), wanted, 0.005) or (9.0, ""),)
            if text
        ]
        cheapest = min(proposals, default=None)
        conflicts.append(
            Conflict(
                "line_amount",
                names,
                _number(amount),
                round(expected, 4),
                tuple(p for field in line for p in field.places),
                (cheapest[1], cheapest[2]) if cheapest else None,
            )
        )
    return conflicts


def _conflict(broken: _Sum, others: Sequence[_Sum], lines: Sequence[Conflict]) -> Conflict:
    field = broken.target[1]
    places = [*field.places, *(p for _, _, f in broken.terms for p in f.places)]
    from_lines = [c.proposal for c in lines if c.proposal and c.proposal[0] in broken.names]
    proposal = _proposal(broken, [s for s in others if s is not broken])
    if from_lines and broken.key == "items_sum":
        proposal = from_lines[0]
    return Conflict(
        broken.key,
        broken.names,
        round(_number(field), 4),
        round(broken.expected, 4),
        tuple(dict.fromkeys(places)),
        proposal,
    )


def _proposal(broken: _Sum, others: Sequence[_Sum]) -> tuple[str, str] | None:
    """The cheapest misreading that explains a sum; one that explains others too goes first."""
    found: list[tuple[float, float, str, str]] = []
    candidates = [(1.0, *broken.target), *((-f, name, field) for f, name, field in broken.terms)]
    for factor, name, field in candidates:
        wanted = _number(field) - broken.gap / factor
        mended = mend(field.text, _number(field), wanted, min(broken.slack, 0.005))
        if mended is None:
            continue
        helps = sum(
            abs(other.gap - _effect(other, name) * (broken.gap / factor)) <= other.slack
            for other in others
        )
        found.append((mended[0] - 2.0 * helps, field.score or 0.0, name, mended[1]))
    if not found:
        return None
    found.sort()
    if len(found) > 1 and found[0][:2] == found[1][:2] and len(broken.terms) > 1:
        return None  # two explanations as good as each other
    return found[0][2], found[0][3]


def _effect(other: _Sum, name: str) -> float:
    """How the gap of a sum changes with a field: 1 for its target, minus the factor for a term."""
    if other.target[0] == name:
        return 1.0
    return next((-factor for factor, term, _ in other.terms if term == name), 0.0)


def _line(item: tuple[Field, ...]) -> tuple[Field, Field, Field] | None:
    parts = _part(item, "quantity"), _part(item, "unit_price"), _part(item, "amount")
    return parts if all(_known(part) for part in parts) else None


def _line_holds(line: tuple[Field, Field, Field], slack: float) -> bool:
    quantity, price, amount = (_number(field) for field in line)
    # Both factors are rounded: a weight to three decimals, a price to its last digit.
    allowed = max(slack, 0.006 * abs(quantity) if slack < 0.5 else 0.5 * abs(quantity))
    return abs(quantity * price - amount) <= allowed + 0.0006 * abs(price)


def _ratio(amount: Field, other: Field) -> float | None:
    return _number(amount) / _number(other) if _number(other) else None


def _part(item: tuple[Field, ...], name: str) -> Field:
    return next((field for field in item if field.name == name), Field(name))


def _known(field: Field) -> bool:
    return isinstance(field.value, int | float) and not isinstance(field.value, bool)


def _number(field: Field) -> float:
    return float(field.value) if isinstance(field.value, int | float) else 0.0


def _slack(extraction: Extraction) -> float:
    """Half a cent for amounts with decimals, a unit for those without."""
    values = [extraction.field(name).value for name in _PARTS]
    values += [_part(item, "amount").value for item in extraction.items]
    numbers = [value for value in values if isinstance(value, int | float)]
    return 1.0 if numbers and all(isinstance(value, int) for value in numbers) else 0.021


def marked(extraction: Extraction, conflicts: tuple[Conflict, ...]) -> Extraction:
    """Returns an extraction with these conflicts, told at each field of them."""
    keys: dict[str, str] = {}
    for conflict in conflicts:
        for name in conflict.fields:
            keys.setdefault(name, conflict.key)
    fields = tuple(replace(field, conflict=keys.get(field.name, "")) for field in extraction.fields)
    items = tuple(
        tuple(replace(f, conflict=keys.get(f"items.{number}.{f.name}", "")) for f in item)
        for number, item in enumerate(extraction.items)
    )
    return replace(extraction, fields=fields, items=items, conflicts=conflicts)
