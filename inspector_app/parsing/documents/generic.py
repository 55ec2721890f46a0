"""Fields of the user's own schema, found by how like their names are to what stands as a key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.documents import Document, Extraction, Field, Value
from inspector_app.parsing.documents.amounts import Notation, decide_notation, find_amounts
from inspector_app.parsing.documents.checks import check
from inspector_app.parsing.documents.dates import find_dates, find_time, month_comes_first
from inspector_app.parsing.documents.folding import label_key, similarity
from inspector_app.parsing.documents.layout import Cell, Row, find_rows
from inspector_app.parsing.documents.pairs import Pair, find_pairs
from inspector_app.parsing.documents.receipt import TOTAL_DERIVED, make_field, read_receipt
from inspector_app.parsing.documents.receipt_meta import find_number
from inspector_app.parsing.documents.receipt_rows import head_role, read_rows
from inspector_app.parsing.documents.schemas import Schema, SchemaField
from inspector_app.parsing.documents.tables import find_table
from inspector_app.parsing.documents.ticks import find_ticks, read_tick

_LIKE = 0.74
_SAME = {
    "company": "shop", "store": "shop", "seller": "shop", "vendor": "shop", "merchant": "shop",
    "supplier": "shop", "invoice_number": "number", "receipt_number": "number",
    "invoice_no": "number", "vat": "tax", "gst": "tax", "sum": "total", "amount": "total",
    "grand_total": "total", "total_amount": "total", "telephone": "phone", "tel": "phone",
    "cua_hang": "shop", "dia_chi": "address", "ngay": "date", "gio": "time",
    "tong_cong": "total", "tong_tien": "total", "thue": "tax", "ma_so_thue": "tax_code",
    "giam_gia": "discount", "thu_ngan": "cashier", "so_hoa_don": "number",
}  # fmt: skip
_GOODS = {"price": "unit_price", "qty": "quantity", "total": "amount", "description": "name",
          "product": "name", "item": "name"}  # fmt: skip


def read_generic(document: Document, schema: Schema) -> Extraction:
    """Reads the fields of any schema.

    A field whose name or title stands as a key takes the value beside or below it. One that a
    receipt has too, by name, is read as on a receipt where no key says it. A table is found by its
    heads; one of goods, as on a receipt. Sums are checked where fields are named as on a receipt.
    """
    rows = find_rows(document)
    cells = [cell for row in rows for cell in row.cells]
    pairs = find_pairs(rows)
    ticks = find_ticks(cells)
    forms = _Forms(
        decide_notation(a for cell in cells for a in find_amounts(cell.text) if a.marked),
        month_comes_first(hit for cell in cells for hit in find_dates(cell.text)),
    )
    receipt = read_receipt(document)
    known = {field.name for field in receipt.fields}
    number = find_number(read_rows(rows), invoice=True)
    fields: list[Field] = []
    for wanted in schema.fields:
        found = _by_key(wanted, [*ticks, *pairs] if wanted.kind == "boolean" else pairs, forms)
        name = _SAME.get(wanted.name.casefold(), wanted.name.casefold())
        if found is None and name == "number":
            found = number and make_field(wanted.name, number.value, number.text, number.cells)
        elif found is None and name in known:
            found = _renamed(receipt.field(name), wanted)
        fields.append(found or Field(wanted.name))
    items = _table(rows, receipt, schema, forms) if schema.table else ()
    remarks = _remarks(receipt, fields)
    read = Extraction(schema.name, tuple(fields), items, remarks=remarks)
    return check(read, beside=receipt.fields)


@dataclass(frozen=True, slots=True)
class _Forms:
    """How the document writes numbers and dates."""

    notation: Notation
    month_first: bool


def _remarks(receipt: Extraction, fields: Sequence[Field]) -> tuple[str, ...]:
    """What there is to say about the total of a receipt where that was taken over."""
    total = receipt.field("total")
    taken = any((f.value, f.places) == (total.value, total.places) for f in fields)
    return (TOTAL_DERIVED,) if taken and TOTAL_DERIVED in receipt.remarks else ()


def _by_key(wanted: SchemaField, pairs: Sequence[Pair], forms: _Forms) -> Field | None:
    best: tuple[float, Field] | None = None
    for pair in pairs:
        likeness = _fits(wanted, pair.key)
        if likeness < _LIKE or (best is not None and likeness <= best[0]):
            continue
        read = _value(wanted, pair.value, forms)
        if read is not None:
            best = likeness, make_field(wanted.name, *read, pair.value_cells)
    return best[1] if best else None


def _fits(wanted: SchemaField, key: str) -> float:
    """How like a key is to the name or a title of a field, 0..1."""
    names = {wanted.name.replace("_", " "), wanted.name, *wanted.titles.values()}
    return max(_likeness(name, key) for name in names)


def _likeness(name: str, key: str) -> float:
    """How like a key is to a name; a key in two languages is compared part by part."""
    parts = [key, *re.split(r"\s*[/|(]\s*", key.rstrip(")"))]
    best = 0.0
    for part in parts:
        a, b = label_key(name), label_key(part)
        if a and a == b:
            return 1.0
        best = max(best, similarity(name, part))
    return best


def _value(wanted: SchemaField, text: str, forms: _Forms) -> tuple[Value, str] | None:
    """Reads a value of the field's kind; None when the text holds none."""
    if wanted.choices:
        chosen = max(wanted.choices, key=lambda choice: similarity(choice, text))
        return (chosen, text) if similarity(chosen, text) >= _LIKE else None
    if wanted.kind in ("number", "integer"):
        for amount in find_amounts(text):
            value = forms.notation.read(amount)
            if value is not None and (wanted.kind == "number" or float(value).is_integer()):
                return (int(value) if wanted.kind == "integer" else value), amount.text
        return None
    if wanted.kind == "date":
        for hit in find_dates(text):
            date = hit.read(forms.month_first)
            if date is not None:
                return date.isoformat(), hit.text
        return None
    if wanted.kind == "time":
        return find_time(text, loose=True)
    if wanted.kind == "boolean":
        return read_tick(text)
    return " ".join(text.split()), text


def _renamed(field: Field, wanted: SchemaField) -> Field | None:
    if field.value is None or (wanted.kind in ("number", "integer")) != isinstance(
        field.value, int | float
    ):
        return None
    return Field(wanted.name, field.value, field.text, field.score, field.places)


def _table(
    rows: Sequence[Row], receipt: Extraction, schema: Schema, forms: _Forms
) -> tuple[tuple[Field, ...], ...]:
    """Rows of goods where all columns are those of a receipt, else those below a row of heads."""
    goods = {name for item in receipt.items for name in (field.name for field in item)}
    same = [_GOODS.get(column.name.casefold(), column.name.casefold()) for column in schema.columns]
    if goods.issuperset(same):
        return _goods(receipt, schema, same)
    found: list[tuple[Field, ...]] = []

    def likeness(column: int, head: str) -> float:
        alike = same[column] == head_role(head)
        return 1.0 if alike else _fits(schema.columns[column], head)

    for parts in find_table(rows, len(schema.columns), likeness):
        row = tuple(
            _cell(column, cells, forms) for column, cells in zip(schema.columns, parts, strict=True)
        )
        told = [field for field in row if field.value is not None]
        if found and len(told) == 1 and isinstance(told[0].value, str) and len(row) > 1:
            found[-1] = _went_on(found[-1], told[0])
        elif told:
            found.append(row)
    return tuple(found) if found else _goods(receipt, schema, same)


def _cell(column: SchemaField, cells: Sequence[Cell], forms: _Forms) -> Field:
    text = " ".join(cell.text for cell in cells)
    read = _value(column, text, forms) if text.strip() else None
    if read is None:
        return Field(column.name)
    return make_field(column.name, read[0], read[1], cells)


def _went_on(row: tuple[Field, ...], more: Field) -> tuple[Field, ...]:
    """A row whose text goes on in the row below, where nothing else stands."""
    return tuple(
        replace(
            field, value=f"{field.value} {more.value}", text=f"{field.text} {more.text}",
            score=None if field.score is None or more.score is None
            else min(field.score, more.score),
            places=(*field.places, *more.places),
        )
        if field.name == more.name and isinstance(field.value, str) else field
        for field in row
    )  # fmt: skip


def _goods(
    receipt: Extraction, schema: Schema, same: Sequence[str]
) -> tuple[tuple[Field, ...], ...]:
    """Rows of a receipt under the columns of the schema that a receipt has too."""
    rows: list[tuple[Field, ...]] = []
    for item in receipt.items:
        by_name = {field.name: field for field in item}
        row = [
            (name in by_name and _renamed(by_name[name], column)) or Field(column.name)
            for column, name in zip(schema.columns, same, strict=True)
        ]
        rows.append(tuple(row))
    return tuple(row for row in rows if any(field.value is not None for field in row))
