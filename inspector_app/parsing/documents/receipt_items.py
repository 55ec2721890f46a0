"""Rows of goods: name, quantity, unit price, amount, also where one spreads over several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from inspector_app.parsing.documents.amounts import RawAmount
from inspector_app.parsing.documents.folding import fold
from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.numbers import has_phone_label
from inspector_app.parsing.documents.receipt_rows import Money, ReceiptPage, ReceiptRow

_END = ("total", "subtotal")
_LATE_END = ("tax", "service", "paid", "rounding", "change")
_UNITS = re.compile(
    r"(?i)(?<![a-z])(?:x|pcs?|pc|ea|uni|unit|units|pkts?|pkt|kg|kgs|btl|ctn|box|set|nos?|ly|cái|"
    r"cai|hộp|chai|lon|gói|goi|suất|phần|kota|rm|vnd|vnđ|đ|sr|srs|zrl?|es|st|s|t|z|f|a|n)(?![a-z])"
)
_DETAIL = re.compile(r"^\W*@|^\W*\d+(?:[.,]\d+)?\s?(?:pcs?|x|\*)?\s?@|^@\s?\d", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w.,])\d{5,}(?![\w.,])|^\W*\d{4,}\s+(?=\d+\s|\d*$)")
_META = re.compile(
    r"invoice|receipt|hoa don|phieu|^so\s?[:#]|bill\b|cashier|thu ngan|nhan vien|nguoi ban|^nv\b|"
    r"table|^ban\b|order|www|server|guest|\bgst\b|\bmst\b|ma so thue|terminal|station|counter|"
    r"quay|^ma\b|check\s?#|^chk|customer|khach hang|^pos\b|welcome|dine.?in|"
    r"take.?(?:out|away)|gio\b|^date|^time|^ngay|staff|trans|^mnv\b|le tan|nguoi lap|barista"
)
_COUNT = re.compile(
    r"(?i)^\W*(?P<q>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:[x*×]|pcs?\b|pkts?\b|@)"
    r"|(?<!\w)[x×*]\s?(?P<r>\d{1,3})\s*$|^(?P<o>\d{1,3})$"
)
_UNIT_COLUMN = re.compile(
    r"\W*(?:bo|cai|cay|chai|chiec|coc|cuon|cap|dia|doi|goi|hop|kg|lit|lo|lon|ly|met|mon|noi|ong|"
    r"phan|quyen|thung|to|tui|tuyp|vi|vien)\W*"
)
_UNIT_TIMES = re.compile(r"\W*[^\W\d]\w{0,5}\s*[xX×*]\W*")  # what is left of "4 Hộp x 8.000"


@dataclass(slots=True)
class Item:
    """One row of goods."""

    names: list[Cell] = field(default_factory=list[Cell])
    name: str = ""
    quantity: Money | None = None
    unit_price: Money | None = None
    amount: Money | None = None
    reduction: bool = False

    @property
    def value(self) -> int | float | None:
        """What it adds to the sum: less than nothing for a reduction."""
        if self.amount is None:
            return None
        return -abs(self.amount.value) if self.reduction else self.amount.value


@dataclass(slots=True)
class Goods:
    """What stands between head and totals.

    Attributes:
        items: The goods, and what is taken off between them.
        first: Number of the first row.
        end: Number of the row after the last.
    """

    items: list[Item]
    first: int
    end: int

    @property
    def total(self) -> float | None:
        """Sum of the amounts; None when there is none, or an item without one."""
        values = [item.value for item in self.items if item.value is not None]
        if not values or len(values) < len(self.items):
            return None
        return round(sum(values), 4)


def find_goods(page: ReceiptPage, head_end: int) -> Goods:
    """Finds the goods.

    Args:
        page: All rows.
        head_end: The row after the address and the like; a head of the table may come later.
    """
    first, header = _start(page, head_end)
    end = _without_discount(page, first, _end(page, first))
    body = [row for row in page.rows[first:end] if not row.summary]
    below = _names_come_below(body) if header else False
    goods = Goods([], first, end)
    pending: list[ReceiptRow] = []
    edge = _amount_edge(page, first)
    room = _name_edge(body)
    for row in body:
        if goods.items and (
            _take_times(row, goods.items[-1])
            or (not below and _take_more_name(row, goods.items[-1], room))
        ):
            continue
        aside = bool(row.money) and row.money[-1].right < edge and not _DETAIL.search(row.text)
        _take(replace(row, money=[]) if aside else row, goods, pending, below, header)
    goods.items = [item for item in goods.items if item.name or item.quantity or item.unit_price]
    if "other" in header:
        for number, item in enumerate(goods.items, 1):
            item.name = re.sub(rf"^{number}\s+(?=\D)", "", item.name)
    return goods


def _start(page: ReceiptPage, head_end: int) -> tuple[int, dict[str, float]]:
    first_total = _end(page, head_end)
    for row in page.rows[: max(first_total, 1)]:
        if row.header and not row.money and row.index >= min(head_end, 3) and not row.summary:
            return row.index + 1, row.header
    start = head_end
    for row in page.rows[head_end : max(first_total, head_end)]:
        if row.money:
            break
        if row.dates or has_phone_label(row.text) or _META.search(row.plain.strip()):
            start = row.index + 1
    return start, {}


def _end(page: ReceiptPage, first: int) -> int:
    late = len(page.rows)
    for row in page.rows[first:]:
        anchor = row.anchor
        if anchor is None or (row.header and not row.money):
            continue
        following = page.rows[row.index + 1] if row.index + 1 < len(page.rows) else None
        valued = bool(row.money) or (
            following is not None and bool(following.money) and len(following.label) < 4
        )
        if anchor.kind in _END and anchor.weight >= 0.45 and valued:
            return row.index
        if anchor.kind in _LATE_END and valued and late == len(page.rows):
            late = row.index
    return late


def _amount_edge(page: ReceiptPage, first: int) -> float:
    """Amounts end right of this, in pixels: what ends before it is a size or a price in a name."""
    rights = sorted(row.money[-1].right for row in page.rows[first:] if row.money)
    lefts = [cell.x1 for row in page.rows for cell in row.row.cells]
    if len(rights) < 4:
        return 0.0
    usual = rights[(2 * len(rights)) // 3]
    return usual - 0.33 * (usual - min(lefts))


def _name_edge(body: Sequence[ReceiptRow]) -> float:
    """Right edge of the longest name beside amounts, in pixels."""
    return max(
        (
            cell.x2
            for row in body
            for cell in row.row.cells
            if row.money
            and cell is not row.money[-1].cell
            and sum(char.isalpha() for char in cell.text) >= 3
        ),
        default=0.0,
    )


def _without_discount(page: ReceiptPage, first: int, end: int) -> int:
    """A single discount after all goods is taken off the whole, not off the last of them."""
    rows = [
        row for row in page.rows[first:end]
        if _is_reduction(row)
    ]  # fmt: skip
    if len(rows) == 1 and not any(row.money for row in page.rows[rows[0].index + 1 : end]):
        return rows[0].index
    return end


def _names_come_below(body: Sequence[ReceiptRow]) -> bool:
    for row in body:
        if row.money:
            return not _own_name(row, _read_values(row))[0]
        if sum(char.isalpha() for char in row.text) >= 3:
            return False
    return False


def _take(
    row: ReceiptRow,
    goods: Goods,
    pending: list[ReceiptRow],
    below: bool,
    header: dict[str, float],
) -> None:
    last = goods.items[-1] if goods.items else None
    if _is_reduction(row):
        item = Item(name=_clean(row.label), names=list(row.row.cells), amount=row.money[-1])
        item.reduction = True
        goods.items.append(item)
        return
    if row.anchor and row.anchor.kind == "none" and row.anchor.weight >= 0.8:
        return
    if row.header and not row.money:
        return
    if not row.money:
        if below and last is not None and not last.name:
            last.name, last.names = _clean(row.text), list(row.row.cells)
        elif last is None or not below:
            pending.append(row)
        return
    if last is not None and _DETAIL.search(row.text) and (len(row.money) == 1):
        _detail(row, last)
        return
    values = _read_values(row, header)
    name, cells = _own_name(row, values)
    if not name and pending and not below:
        named = [r for r in pending if sum(char.isalpha() for char in r.text) >= 2]
        name = _clean(named[0].text) if named else ""
        cells = list(named[0].row.cells) if named else []
    pending.clear()
    values.name, values.names = name, cells
    goods.items.append(values)


def _is_reduction(row: ReceiptRow) -> bool:
    """Whether something is taken off; quantity times price is a good, whatever its name is like."""
    if row.anchor is None or row.anchor.kind != "discount" or not row.money:
        return False
    values = _read_values(row)
    return values.quantity is None or values.unit_price is None


def _take_times(row: ReceiptRow, item: Item) -> bool:
    """A row like `2 x 7.000` below name and amount, when it gives that amount."""
    if item.amount is None or item.unit_price is not None or len(row.money) != 1:
        return False
    price = row.money[0]
    left = row.text
    for number in row.numbers:
        left = left.replace(number.text, " ", 1)
    if not re.fullmatch(r"\W*[xX×*](?:\W|[đd]\b)*", left):
        return False
    for number in row.numbers:
        if number is not price and _equal(number.value * price.value, item.amount.value):
            item.quantity, item.unit_price = number, price
            return True
    return False


def _take_more_name(row: ReceiptRow, item: Item, room: float) -> bool:
    """The rest of a name that was too long for its column: its next word would not have fit."""
    if row.money or row.anchor or row.dates or len(row.row.cells) != 1:
        return False
    cell = row.row.cells[0]
    if not item.names or item.amount is None or not re.search(r"[^\W\d]", cell.text):
        return False
    above, amount = item.names[-1], item.amount.cell
    if abs(item.names[0].middle - amount.middle) > 0.7 * amount.height:
        return False  # the name stands above its amount, and this is the next one
    numbered = bool(re.match(r"\W*\d", item.names[0].text))
    indent = cell.x1 - item.names[0].x1
    if not -0.7 * cell.height < indent < (3.5 if numbered else 0.7) * cell.height:
        return False
    if not 0 < cell.y1 + cell.height / 2 - above.y2 < 1.3 * cell.height:
        return False
    letter = (cell.x2 - cell.x1) / len(cell.text)
    if above.x2 + letter * (len(cell.text.split()[0]) + 2) < room:
        return False
    times = _times_at_end(cell) if item.quantity is None else None
    item.quantity = item.quantity or times
    rest = cell.text[: times.raw.start] if times else cell.text
    item.name = _clean(f"{item.name} {rest}")
    item.names.append(cell)
    return True


def _detail(row: ReceiptRow, item: Item) -> None:
    """A row like `@2 X RM 4.19` below an item says quantity and unit price."""
    price = row.money[-1]
    if item.amount is None or item.unit_price is not None:
        return
    for number in row.numbers:
        if number is not price and _equal(number.value * price.value, item.amount.value):
            item.quantity, item.unit_price = number, price
            return
    if (item.quantity is None and _equal(price.value, item.amount.value)) or (
        item.quantity and _equal(item.quantity.value * price.value, item.amount.value)
    ):
        item.unit_price = price


def _read_values(row: ReceiptRow, header: dict[str, float] | None = None) -> Item:
    amount = row.money[-1]
    item = Item(amount=amount)
    left = [number for number in row.numbers if number.left < amount.left]
    for price in reversed(left):
        if price.value <= 0 or len(price.raw.digits) > 12:
            continue
        for count in reversed(left):
            if count is price or count.value == 0 or abs(count.value) > 999_999:
                continue
            weight = _weight(count)
            if weight is not None and _equal(weight.value * price.value, amount.value):
                item.quantity, item.unit_price = weight, price
                return item
            if abs(count.value) > 9999:
                continue
            if count.left > price.left and "x" not in row.plain and "*" not in row.text:
                continue
            if not _equal(count.value * price.value, amount.value):
                continue
            first, second = (count, price)
            whole = second.raw.digits.isdigit()
            if (first in row.money and second not in row.money) or (
                whole and _has_cents(first) and _has_cents(amount)  # `7.90*3` gives 23.70
            ):
                first, second = second, first
            item.quantity, item.unit_price = first, second
            return item
    if header and "quantity" in header:
        under = [n for n in left if abs((n.left + n.right) / 2 - header["quantity"]) < 40]
        if under and under[-1].value and abs(under[-1].value) < 1000:
            item.quantity = under[-1]
        prices = [m for m in row.money[:-1] if m is not item.quantity and m.value]
        short = [n for n in left if len(n.raw.digits) < 8]
        if len(prices) == 1 and item.quantity and len(short) <= 2:
            item.unit_price = prices[0]
        return item
    for cell in row.row.cells:
        found = _COUNT.search(cell.text.strip())
        if found:
            text = found["q"] or found["r"] or found["o"]
            number = next((n for n in left if n.cell is cell and n.raw.digits == text), None)
            if found["r"]:
                number = _times_at_end(cell)
            if number is not None:
                item.quantity = number
                prices = [m for m in row.money[:-1] if m is not number]
                if len(prices) == 1:
                    item.unit_price = prices[0]
                break
    return item


def _has_cents(number: Money) -> bool:
    return re.fullmatch(r"\d+[.,]\d\d", number.raw.digits) is not None


def _weight(number: Money) -> Money | None:
    """A number with three decimals, as scales print them, where they were read as thousands."""
    if not re.fullmatch(r"\d{1,3}[.,]\d{3}", number.raw.digits):
        return None
    return replace(number, value=float(number.raw.digits.replace(",", ".")))


def _times_at_end(cell: Cell) -> Money | None:
    """The quantity behind a name: `Trà đào x2`."""
    found = re.search(r"(?<!\w)[xX×*]\s?(\d{1,3})\s*$", cell.text)
    if found is None or not int(found[1]):
        return None
    raw = RawAmount(found.start(), found.end(), found[0], found[1])
    return Money(int(found[1]), raw, cell, cell.at(found.start()), cell.at(found.end()))


def _own_name(row: ReceiptRow, item: Item) -> tuple[str, list[Cell]]:
    used = [m for m in (item.quantity, item.unit_price, item.amount) if m is not None]
    used += [m for m in row.money if m not in used and m.cell.text.strip() == m.text]
    parts: list[str] = []
    cells: list[Cell] = []
    for cell in row.row.cells:
        text = cell.text
        for money in sorted((m for m in used if m.cell is cell), key=lambda m: -m.raw.start):
            text = text[: money.raw.start] + "  " + text[money.raw.end :]
        if text != cell.text and _UNIT_TIMES.fullmatch(text):
            continue
        if _UNIT_COLUMN.fullmatch(fold(text)) and len(row.row.cells) > 2:
            continue  # a column of its own
        bare = _UNITS.sub(" ", _CODE.sub(" ", text))
        if sum(char.isalpha() for char in bare) >= 2:
            parts.append(_trimmed(text) if text != cell.text else text)
            cells.append(cell)
    return _clean(" ".join(parts)), cells


def _trimmed(text: str) -> str:
    """Cuts what is left of quantity and amount at the ends of a name."""
    text = text.strip()
    text = re.sub(r"\s{2,}(?:[xX*@]\s*)?(?:SR|S|T|Z|ZRL|RM|VND|đ)?\s*$", "", text)
    return re.sub(r"^\s*[xX×*]\s+", "", text)


def _clean(text: str) -> str:
    text = re.sub(r"^\W*\d{1,3}[.)]\s+|^\W*\d{1,3}\s{1,3}(?=[^\W\d]{3})|^#\d+\s+", "", text)
    text = re.sub(r"^\d{5,}\s+(?=\S*[^\W\d])", "", text)
    return " ".join(text.split()).strip(" :*-,")


def _equal(first: float, second: float) -> bool:
    return abs(first - second) <= max(0.011, 0.0006 * abs(second))
