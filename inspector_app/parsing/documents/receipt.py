"""The fields of a receipt from its lines and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inspector_app.domain.documents import Document, Extraction, Field, Page, Value
from inspector_app.parsing.documents.checks import check
from inspector_app.parsing.documents.layout import Cell, find_rows, places_of, score_of
from inspector_app.parsing.documents.receipt_head import HeadField, find_head
from inspector_app.parsing.documents.receipt_items import Item, find_goods
from inspector_app.parsing.documents.receipt_meta import (
    Found,
    find_cashier,
    find_date,
    find_number,
    find_tax_number,
    find_telephone,
    find_time_of_day,
)
from inspector_app.parsing.documents.receipt_money import Labelled, Sums, find_sums
from inspector_app.parsing.documents.receipt_rows import Money, ReceiptPage, read_rows
from inspector_app.parsing.page_remarks import one_below, side_by_side

FIELDS = (
    "shop", "branch", "address", "phone", "tax_code", "date", "time", "number", "cashier",
    "subtotal", "discount", "tax", "service", "rounding", "total", "paid", "change", "currency",
)  # fmt: skip
TOTAL_DERIVED = "total_derived"
LEFT_RECEIPT = "left_receipt"
UPPER_RECEIPT = "upper_receipt"
ITEM_FIELDS = ("name", "quantity", "unit_price", "amount")


def read_receipt(document: Document, names: Sequence[str] = FIELDS) -> Extraction:
    """Reads the fields; what the receipt does not say is None.

    Of two receipts side by side the left one is read, of two below one another the upper one; the
    remarks `LEFT_RECEIPT` and `UPPER_RECEIPT` tell so.

    Args:
        document: Its lines.
        names: The fields wanted, in this order.
    """
    first, remarks = _first_receipt(document)
    page = read_rows(find_rows(first))
    fields = {field.name: field for field in _fields(page)}
    items: list[tuple[Field, ...]] = []
    unsure: tuple[str, ...] = ()
    if page.rows:
        head = find_head(page)
        goods = find_goods(page, head.end)
        sums = find_sums(page, goods)
        fields |= {
            field.name: field for field in _head_fields(page, head.shop, head.branch, head.address)
        }
        fields |= {field.name: field for field in _sum_fields(sums)}
        unsure = ("total",) if sums.unused else ()
        if sums.derived and "total" in names:
            remarks = (*remarks, TOTAL_DERIVED)
        items = [_item_fields(number, item) for number, item in enumerate(goods.items)]
    wanted = tuple(fields.get(name, Field(name)) for name in names)
    return check(Extraction("receipt", wanted, tuple(items), remarks=remarks), unsure)


def _first_receipt(document: Document) -> tuple[Document, tuple[str, ...]]:
    """The document without the second of two receipts on a page, and what to say of that."""
    pages: list[Page] = []
    remarks: list[str] = []
    for page in document.pages:
        parts, remark = side_by_side(page.lines, page.turned), LEFT_RECEIPT
        if parts is None:
            parts, remark = one_below(page.lines, page.turned), UPPER_RECEIPT
        if parts is None:
            pages.append(page)
        else:
            pages.append(replace(page, lines=tuple(parts[0])))
            remarks.append(remark)
    return replace(document, pages=tuple(pages)), tuple(dict.fromkeys(remarks))


def _fields(page: ReceiptPage) -> list[Field]:
    if not page.rows:
        return []
    dated = find_date(page)
    date, row = dated if dated else (None, None)
    found: dict[str, Found | None] = {
        "date": date,
        "time": find_time_of_day(page, row),
        "number": find_number(page),
        "cashier": find_cashier(page),
        "tax_code": find_tax_number(page),
        "phone": find_telephone(page, 12),
    }
    fields = [make_field(name, f.value, f.text, f.cells) for name, f in found.items() if f]
    if page.currency:
        code, text, cell = page.currency
        fields.append(make_field("currency", code, text, (cell,)))
    return fields


def _head_fields(
    page: ReceiptPage, shop: HeadField | None, branch: HeadField | None, address: HeadField | None
) -> list[Field]:
    named = (("shop", shop), ("branch", branch), ("address", address))
    return [make_field(name, f.value, f.text, f.cells) for name, f in named if f and f.value]


def _sum_fields(sums: Sums) -> list[Field]:
    fields: list[Field] = []
    for name in ("subtotal", "discount", "tax", "service", "rounding", "total", "paid", "change"):
        entry: Labelled | None = getattr(sums, name)
        if entry is not None:
            money = entry.money
            value = (
                money.value
                if name in ("rounding", "total", "subtotal", "tax")
                else abs(money.value)
            )
            fields.append(make_field(name, value, money.text, (money.cell,)))
    return fields


def _item_fields(number: int, item: Item) -> tuple[Field, ...]:
    name = Field("name")
    if item.name:
        text = " ".join(cell.text for cell in item.names)
        name = make_field("name", item.name, text, tuple(item.names))
    parts: list[Field] = [name]
    money: tuple[tuple[str, Money | None], ...] = (
        ("quantity", item.quantity),
        ("unit_price", item.unit_price),
        ("amount", item.amount),
    )
    for key, entry in money:
        if entry is None:
            parts.append(Field(key))
        else:
            value = item.value if key == "amount" and item.value is not None else entry.value
            if key == "quantity" and float(value).is_integer():
                value = int(value)
            parts.append(make_field(key, value, entry.text, (entry.cell,)))
    return tuple(parts)


def make_field(name: str, value: Value, text: str, cells: Sequence[Cell]) -> Field:
    """Builds a field with the places of its cells and the lowest of their scores."""
    return Field(name, value, text, score_of(cells), places_of(cells))
