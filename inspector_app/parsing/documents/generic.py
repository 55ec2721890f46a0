"""Fields of the user's own schema, found by how like their names are to what stands as a key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inspector_app.domain.documents import Document, Extraction, Field, Value
from inspector_app.parsing.documents.amounts import Notation, decide_notation, find_amounts
from inspector_app.parsing.documents.dates import find_dates, find_time, month_comes_first
from inspector_app.parsing.documents.folding import label_key, similarity
from inspector_app.parsing.documents.layout import find_rows, places_of, score_of
from inspector_app.parsing.documents.pairs import Pair, find_pairs
from inspector_app.parsing.documents.receipt import TOTAL_DERIVED, read_receipt
from inspector_app.parsing.documents.schemas import Schema, SchemaField, load_schema

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


def read_generic(document: Document, schema: Schema) -> Extraction:
    """Reads the fields of any schema.

    A field whose name or title stands as a key takes the value beside or below it. One that a
    receipt has too, by name, is read as on a receipt where no key says it.
    """
    rows = find_rows(document)
    pairs = find_pairs(rows)
    texts = [cell.text for row in rows for cell in row.cells]
    notation = decide_notation(
        amount for text in texts for amount in find_amounts(text) if amount.marked
    )
    month_first = month_comes_first(hit for text in texts for hit in find_dates(text))
    known = _receipt_names()
    receipt: Extraction | None = None
    fields: list[Field] = []
    for wanted in schema.fields:
        found = _by_key(wanted, pairs, notation, month_first)
        name = _SAME.get(wanted.name.casefold(), wanted.name.casefold())
        if found is None and name in known:
            receipt = receipt or read_receipt(document)
            found = _renamed(receipt.field(name), wanted)
        fields.append(found or Field(wanted.name))
    items: tuple[tuple[Field, ...], ...] = ()
    if schema.table:
        receipt = receipt or read_receipt(document)
        items = _table(receipt, schema)
    remarks = _remarks(receipt, fields) if receipt else ()
    return Extraction(schema.name, tuple(fields), items, remarks=remarks)


def _remarks(receipt: Extraction, fields: Sequence[Field]) -> tuple[str, ...]:
    """What there is to say about a receipt; of its total only where that was taken over."""
    total = receipt.field("total")
    taken = any((f.value, f.places) == (total.value, total.places) for f in fields)
    return tuple(key for key in receipt.remarks if key != TOTAL_DERIVED or taken)


def _receipt_names() -> frozenset[str]:
    return frozenset(load_schema("receipt").names)


def _by_key(
    wanted: SchemaField, pairs: Sequence[Pair], notation: Notation, month_first: bool
) -> Field | None:
    names = {wanted.name.replace("_", " "), wanted.name, *wanted.titles.values()}
    best: tuple[float, Field] | None = None
    for pair in pairs:
        likeness = max(_likeness(name, pair.key) for name in names)
        if likeness < _LIKE or (best is not None and likeness <= best[0]):
            continue
        read = _value(wanted, pair.value, notation, month_first)
        if read is not None:
            value, text = read
            cells = pair.value_cells
            best = (
                likeness,
                Field(wanted.name, value, text, score_of(cells), places_of(cells)),
            )
    return best[1] if best else None


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


def _value(
    wanted: SchemaField, text: str, notation: Notation, month_first: bool
) -> tuple[Value, str] | None:
    """Reads a value of the field's kind; None when the text holds none."""
    if wanted.choices:
        chosen = max(wanted.choices, key=lambda choice: similarity(choice, text))
        return (chosen, text) if similarity(chosen, text) >= _LIKE else None
    if wanted.kind in ("number", "integer"):
        for amount in find_amounts(text):
            value = notation.read(amount)
            if value is not None and (wanted.kind == "number" or float(value).is_integer()):
                return (int(value) if wanted.kind == "integer" else value), amount.text
        return None
    if wanted.kind == "date":
        for hit in find_dates(text):
            date = hit.read(month_first)
            if date is not None:
                return date.isoformat(), hit.text
        return None
    if wanted.kind == "time":
        return find_time(text, loose=True)
    if wanted.kind == "boolean":
        return None
    return " ".join(text.split()), text


def _renamed(field: Field, wanted: SchemaField) -> Field | None:
    if field.value is None or (wanted.kind in ("number", "integer")) != isinstance(
        field.value, int | float
    ):
        return None
    return Field(wanted.name, field.value, field.text, field.score, field.places)


def _table(receipt: Extraction, schema: Schema) -> tuple[tuple[Field, ...], ...]:
    """Rows of a receipt under the columns of the schema that a receipt has too."""
    same = {"price": "unit_price", "unit_price": "unit_price", "qty": "quantity", "total": "amount",
            "description": "name", "product": "name", "item": "name"}  # fmt: skip
    rows: list[tuple[Field, ...]] = []
    for item in receipt.items:
        by_name = {field.name: field for field in item}
        row: list[Field] = []
        for column in schema.columns:
            key = column.name.casefold()
            field = by_name.get(same.get(key, key))
            row.append((_renamed(field, column) if field else None) or Field(column.name))
        rows.append(tuple(row))
    return tuple(row for row in rows if any(field.value is not None for field in row))
