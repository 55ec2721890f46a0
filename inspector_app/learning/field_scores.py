"""Exact match of the fields of documents against the truth of a data set.

What counts as the same, and nothing else does:

* names and addresses (`company`, `store_name`, `address`): without case and accents, letters and
  digits only, so that punctuation and spaces do not count; of WildReceipt the truth is put
  together from lines without a reliable order, so its pieces may stand in any;
* dates and times: the same day and time of day; day and month may be swapped only where the truth
  itself is ambiguous and the set (WildReceipt) has both orders;
* amounts: the same number; telephones: the same digits;
* of manifests that use the names of our schema (`shop`, as rendered receipts do) every text must be
  the same letter by letter, with case, marks and signs; only spaces do not count;
* alternatives in the truth, parted by " | ", are all accepted;
* where the truth is null, only no value is right: an invented field is a miss.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspector_app.domain.documents import Document, Extraction, Field, Page, TextLine
from inspector_app.domain.geometry import Box
from inspector_app.learning.manifest import ReceiptSample
from inspector_app.learning.metrics import Metric
from inspector_app.parsing.documents.amounts import decide_notation, find_amounts
from inspector_app.parsing.documents.dates import find_dates, find_time
from inspector_app.parsing.documents.folding import squeeze

# Names of the data sets -> names of our schema, and how they are compared.
_FIELDS: dict[str, tuple[str, str]] = {
    "company": ("shop", "text"),
    "store_name": ("shop", "pieces"),
    "address": ("address", "text"),
    "date": ("date", "date"),
    "time": ("time", "time"),
    "total": ("total", "amount"),
    "subtotal": ("subtotal", "amount"),
    "tax": ("tax", "amount"),
    "tel": ("phone", "digits"),
} | {
    name: (name, kind)
    for kind, names in {
        "exact": ("shop", "branch", "number", "cashier", "currency"),
        "digits": ("phone", "tax_code"),
        "amount": ("discount", "service", "rounding", "paid", "change"),
    }.items()
    for name in names
}

SCHEMA_NAMES = {name: field for name, (field, _) in _FIELDS.items()}


@dataclass(frozen=True, slots=True)
class FieldCompared:
    """A field beside the truth, and whether it is as the truth says."""

    image: str
    field: str
    truth: str | None
    found: Field
    same: bool = False


@dataclass(frozen=True, slots=True)
class FieldReport:
    """Figures of a split, and every miss.

    Attributes:
        n: Receipts.
        metrics: `field_exact.FIELD`, and `field_exact` over all. `field_spurious.FIELD` and
            `field_spurious`: of the fields that the truth leaves empty, the share that was filled
            all the same; not there where the truth has a value for every one.
        fields: Every field that was compared.
    """

    n: int
    metrics: dict[str, Metric]
    fields: tuple[FieldCompared, ...]

    @property
    def misses(self) -> tuple[FieldCompared, ...]:
        """Fields that are not right."""
        return tuple(each for each in self.fields if not each.same)


def given_lines(sample: ReceiptSample) -> Document:
    """The lines that the data set gives, as if a perfect reader had read them."""
    lines = tuple(
        TextLine(text, Box.from_pixels(box, sample.width, sample.height))
        for text, box in zip(sample.text_lines, sample.line_boxes, strict=True)
    )
    page = Page(0, sample.width, sample.height, lines)
    return Document(sample.image, (page,), reader="given lines")


def evaluate_fields(
    samples: Sequence[ReceiptSample],
    read: Callable[[ReceiptSample], Document],
    extract: Callable[[Document], Extraction],
) -> FieldReport:
    """Compares the fields of every sample with the truth.

    Args:
        samples: Of one split.
        read: Gives the lines of a sample: a reader, or `given_lines`.
        extract: Gives the fields of a document.
    """
    right: dict[str, int] = {}
    asked: dict[str, int] = {}
    filled: dict[str, int] = {}
    empty: dict[str, int] = {}
    compared: list[FieldCompared] = []
    for sample in samples:
        extraction = extract(read(sample))
        wild, own = "store_name" in sample.fields, is_own(sample)
        for name, truth in sample.fields.items():
            if name not in _FIELDS:
                continue
            found = extraction.field(_FIELDS[name][0])
            same = is_same(name, truth, found, wild=wild, own=own)
            asked[name] = asked.get(name, 0) + 1
            right[name] = right.get(name, 0) + same
            if not _is_told(truth):
                empty[name] = empty.get(name, 0) + 1
                filled[name] = filled.get(name, 0) + (found.value is not None)
            compared.append(FieldCompared(sample.image, name, truth, found, same))
    metrics = {f"field_exact.{name}": wilson(right[name], n) for name, n in asked.items()}
    metrics["field_exact"] = wilson(sum(right.values()), sum(asked.values()))
    if empty:
        metrics |= {f"field_spurious.{name}": wilson(filled[name], n) for name, n in empty.items()}
        metrics["field_spurious"] = wilson(sum(filled.values()), sum(empty.values()))
    return FieldReport(len(samples), metrics, tuple(compared))


def is_own(sample: ReceiptSample) -> bool:
    """Whether the truth of a sample is stated letter by letter under the names of our schema."""
    return "shop" in sample.fields


def is_same(
    name: str, truth: str | None, found: Field, *, wild: bool = False, own: bool = False
) -> bool:
    """Whether a field is what the truth says, as the module states it."""
    if truth is None or not _is_told(truth):
        return found.value is None
    if found.value is None:
        return False
    how = _FIELDS[name][1]
    if wild and how == "text":
        how = "pieces"
    if own and how == "text":
        how = "exact"
    return any(_SAME[how](part, found, wild) for part in truth.split(" | "))


def _is_told(truth: str | None) -> bool:
    """Whether the truth says what stands in a field."""
    return truth is not None and bool(truth.strip())


def wilson(right: int, n: int, z: float = 1.959964) -> Metric:
    """A share with its 95 % score interval (Wilson 1927)."""
    if n == 0:
        return Metric(float("nan"), float("nan"), float("nan"), 0)
    share = right / n
    scale = 1.0 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    return Metric(share, max(0.0, middle - half), min(1.0, middle + half), n)


def _same_text(truth: str, found: Field, wild: bool) -> bool:
    return _letters(truth) == _letters(str(found.value))


def _same_exact(truth: str, found: Field, wild: bool) -> bool:
    return "".join(truth.split()) == "".join(str(found.value).split())


def _same_pieces(truth: str, found: Field, wild: bool) -> bool:
    value = _letters(str(found.value))
    pieces = [_letters(piece) for piece in truth.split()]
    if value == "".join(pieces):
        return True
    for piece in sorted(pieces, key=len, reverse=True):
        if piece not in value:
            return False
        value = value.replace(piece, "", 1)
    return not value


def _same_date(truth: str, found: Field, wild: bool) -> bool:
    hits = find_dates(truth)
    for hit in hits:
        dates = [hit.read(), hit.read(True)] if wild else [hit.read()]
        if found.value in [date.isoformat() for date in dates if date]:
            return True
    return not hits and squeeze(truth) == squeeze(found.text)


def _same_time(truth: str, found: Field, wild: bool) -> bool:
    time = find_time(truth, loose=True)
    if time is not None:
        return found.value == time[0]
    return squeeze(truth) == squeeze(found.text)


def _same_amount(truth: str, found: Field, wild: bool) -> bool:
    if not isinstance(found.value, int | float):
        return False
    amounts = find_amounts(truth)
    notation = decide_notation(amounts)
    values = [notation.read(amount) for amount in amounts]
    if any(value is not None and abs(value - found.value) < 0.005 for value in values):
        return True
    return wild and _digits(truth) == _digits(found.text)


def _same_digits(truth: str, found: Field, wild: bool) -> bool:
    return _digits(truth) == _digits(found.text)


def _letters(text: str) -> str:
    return squeeze(text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


_SAME: dict[str, Callable[[str, Field, bool], bool]] = {
    "text": _same_text,
    "exact": _same_exact,
    "pieces": _same_pieces,
    "date": _same_date,
    "time": _same_time,
    "amount": _same_amount,
    "digits": _same_digits,
}
