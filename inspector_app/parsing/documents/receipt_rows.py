"""What every row of a receipt is: its amounts, its label, and what the label says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from inspector_app.parsing.documents.amounts import (
    Notation,
    RawAmount,
    decide_notation,
    find_amounts,
    find_currency,
)
from inspector_app.parsing.documents.dates import DateHit, find_dates, find_time
from inspector_app.parsing.documents.folding import fold, label_key
from inspector_app.parsing.documents.layout import Cell, Row
from inspector_app.parsing.documents.receipt_words import Anchor, find_anchor

_VIETNAMESE = re.compile(
    r"tong|thanh\s?tien|don\s?gia|hoa\s?don|thu\s?ngan|so\s?luong|dia\s?chi|khach|ngay|cam\s?on|"
    r"giam\s?gia|quan|phuong|cong\s?ty|tien\s?mat"
)
_HEADER_WORDS = {
    "quantity": "qty quantity qnty sl soluong sluong kogus cant quant units unit",
    "unit_price": "price uprice unitprice sprice up u/p dongia dgia dg gia giaban giaban rate each "
    "unitcost hind",
    "amount": "amount amt total thanhtien ttien tien rm amountrm totalrm sotien summa amtrm value",
    "name": "item items description descriptions desc product tenhang tenmon mathang sanpham tensp "
    "tenhanghoa noidung dichvu mon name particulars itemname tensanpham tenhangdv stk model "
    "itemdescription hanghoa nimetus qtyitem",
    "other": "tax code stt tt no disc taxcode tx vat exc sale d uom amtinctaxcode gst dvt",
}
_HEADERS = {word: role for role, words in _HEADER_WORDS.items() for word in words.split()}
_SUMMARY = re.compile(
    r"gst\s*(?:summary|analysis|rate|code)|tax\s*(?:summary|rate|code\b)|vat\s*(?:summary|rate)|"
    r"summary|tax\s?analysis|^\s*rate\s|chi\s?tiet\s?thue|"
    r"(?:amount|amt|goods|net|sales?)\W*(?:\(?rm\)?)?\W+(?:tax|gst|vat)\W*(?:\(?rm\)?|amount|"
    r"amt)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a row.

    Attributes:
        value: In the notation of the document.
        raw: As written.
        cell: Where.
        left: Its left edge, pixels.
        right: Its right edge.
    """

    value: int | float
    raw: RawAmount
    cell: Cell
    left: float
    right: float

    @property
    def text(self) -> str:
        """As it is written."""
        return self.raw.text


@dataclass(slots=True)
class ReceiptRow:
    """A row and what was found in it.

    Attributes:
        row: The row.
        label: Its words before the last amount.
        money: Its amounts that are more than bare digits, left to right.
        numbers: All its numbers, those included.
        anchor: What the label says.
        dates: Dates in it.
        header: Roles of columns when it is the head of the item table.
        summary: Whether it belongs to the summary of taxes below the total.
    """

    row: Row
    label: str = ""
    money: list[Money] = field(default_factory=list[Money])
    numbers: list[Money] = field(default_factory=list[Money])
    anchor: Anchor | None = None
    dates: list[DateHit] = field(default_factory=list[DateHit])
    header: dict[str, float] = field(default_factory=dict[str, float])
    summary: bool = False

    @property
    def index(self) -> int:
        """Number of the row."""
        return self.row.index

    @property
    def text(self) -> str:
        """All of it."""
        return self.row.text

    @property
    def plain(self) -> str:
        """All of it, folded."""
        return fold(self.row.text)

    @property
    def key(self) -> str:
        """All of it, as labels are compared."""
        return label_key(self.row.text)


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """All rows, and what holds for all of them."""

    rows: tuple[ReceiptRow, ...]
    notation: Notation
    vietnamese: bool
    currency: tuple[str, str, Cell] | None


def read_rows(rows: Sequence[Row]) -> ReceiptPage:
    """Looks at every row by itself, then marks the summary of taxes."""
    texts = [fold(row.text) for row in rows]
    vietnamese = sum(bool(_VIETNAMESE.search(text)) for text in texts) >= 2
    raw: list[list[tuple[Cell, RawAmount]]] = []
    for row in rows:
        raw.append(
            [
                (cell, amount)
                for cell in row.cells
                for amount in find_amounts(_parted(_without_dates(cell.text)))
            ]
        )
    # Only numbers that end a column tell the notation: codes and sizes in names do not.
    notation = decide_notation(
        (amount for found in raw for _, amount in found if amount.marked), vietnamese=vietnamese
    )
    read = [
        _read_row(row, found, notation, vietnamese) for row, found in zip(rows, raw, strict=True)
    ]
    _mark_summary(read)
    return ReceiptPage(tuple(read), notation, vietnamese, _currency(rows, raw, vietnamese))


def _without_dates(text: str) -> str:
    for hit in find_dates(text):
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return re.sub(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)", lambda match: " " * len(match[0]), text)


def _parted(text: str) -> str:
    """The text with the sign of times taken off the number it is glued to: "2 x18.000"."""
    return re.sub(r"(?<=\s)[xX×](?=\d)", " ", text)


def _read_row(
    row: Row, found: list[tuple[Cell, RawAmount]], notation: Notation, vietnamese: bool
) -> ReceiptRow:
    result = ReceiptRow(row)
    result.dates = [hit for cell in row.cells for hit in find_dates(cell.text)]
    if not result.dates and len(row.cells) > 1:  # parted at a space
        result.dates = [
            hit
            for a, b in zip(row.cells, row.cells[1:], strict=False)
            for hit in find_dates(f"{a.text} {b.text}")
            if hit.kind == "named"
        ]
    for cell, amount in found:
        value = notation.read(amount)
        if value is None:
            continue
        money = Money(value, amount, cell, cell.at(amount.start), cell.at(amount.end))
        result.numbers.append(money)
        if _is_money(amount, cell, notation):
            result.money.append(money)
    result.label = _label(result)
    result.header = _header(row)
    result.anchor = _anchor(result)
    if result.anchor and result.anchor.kind != "none" and not result.dates:
        money = None
        if not result.money:
            small = not vietnamese or result.anchor.kind == "rounding"
            money = _spaced(result, notation) or _bare(result, small)
        elif not re.search(r"[.,]", result.money[-1].raw.digits) and result.money[-1].value:
            money = _spaced(result, notation)
        if money:
            result.money.append(money)
    return result


def _anchor(row: ReceiptRow) -> Anchor | None:
    """What the words nearest to the last amount say, or the whole label where they say nothing."""
    if row.money:
        amount = row.money[-1]
        left: list[str] = []
        edge = amount.left
        for cell in reversed(row.row.cells):
            if cell.x1 >= amount.left:
                continue
            text = cell.text[: amount.raw.start] if cell is amount.cell else cell.text
            if cell is not amount.cell and edge - cell.x2 > 1.5 * cell.height and left:
                break
            between = [m for m in row.money if m.cell is cell and m is not amount]
            if between:
                text = text[between[-1].raw.end :] if cell is amount.cell else ""
                if sum(char.isalpha() for char in "".join(left) + text) < 3:
                    break
            if sum(char.isalpha() for char in text) >= 3:
                left.insert(0, text)
                edge = cell.x1
            if between:
                break
        near = " ".join(left)
        if len(near) < len(row.label) - 3:
            anchor = find_anchor(_bare_label(near))
            if anchor:
                return anchor
    return find_anchor(row.label) if row.label else None


def _bare(row: ReceiptRow, small: bool) -> Money | None:
    """A bare number where a label asks for one: "CHANGE 0", "ROUNDING ADJ. 0"."""
    if not row.numbers:
        return None
    last = row.numbers[-1]
    whole = last.cell.text.strip() == last.text
    if not whole and (last.raw.start == 0 or last.raw.end < len(last.cell.text) - 1):
        return None
    if last.value == 0 or len(last.raw.digits) > 8:
        return last if last.value == 0 else None
    return last if (whole if small else abs(last.value) >= 500) else None


def _spaced(row: ReceiptRow, notation: Notation) -> Money | None:
    """An amount whose point was lost or misread: `37 71`, `367-10`, `0:45`."""
    if not notation.decimal:
        return None
    cell = row.row.cells[-1]
    match = re.search(
        r"(?<![\d/.,:-])(\d{1,5})\s?[ :;~_-]\s?(\d{2})(?:\s?[A-Z]{1,2})?\s*$", cell.text
    )
    if match is None:
        return None
    text = cell.text[match.start() : match.end(2)]
    raw = RawAmount(match.start(), match.end(2), text, f"{match[1]}.{match[2]}")
    return Money(
        float(f"{match[1]}.{match[2]}"), raw, cell, cell.at(match.start()), cell.at(match.end(2))
    )


def _is_money(amount: RawAmount, cell: Cell, notation: Notation) -> bool:
    if not amount.marked:
        return False
    after = cell.text[amount.end : amount.end + 3]
    if re.match(r"\s?#|[xX*]\s?\d|[A-WYZa-z]{1,3}\d", after):
        return False  # a size or a code
    if amount.currency or amount.thousands:
        return True
    if re.match(r"\s?%|\s?(?:kg|g|l|ml|cm|mm|m)\b", after, re.IGNORECASE):
        return False
    digits = amount.digits
    if notation.decimal:
        return bool(re.search(r"[.,]\d{2}$|[.,]\d{4}$|[.,]\d$", digits)) or bool(
            re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits) and digits[-4] != notation.decimal
        )
    return bool(re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits))


def _label(row: ReceiptRow) -> str:
    """The words of a row without its amounts."""
    parts: list[str] = []
    for cell in row.row.cells:
        text = cell.text
        for money in reversed([money for money in row.money if money.cell is cell]):
            text = text[: money.raw.start] + " " + text[money.raw.end :]
        parts.append(text)
    return _bare_label(" ".join(parts))


def _bare_label(text: str) -> str:
    text = re.sub(r"\(?@?\s?\d+(?:[.,]\d+)?\s?%\)?", " ", text)
    return " ".join(text.split()).strip(" :.-*=")


def _header(row: Row) -> dict[str, float]:
    """Roles of columns by their right or left edges; empty when this is no head of a table."""
    roles: dict[str, float] = {}
    words = 0
    strange = 0
    for cell in row.cells:
        position = 0
        for word in re.findall(r"\S+(?:\s(?=giá|gia|tiền|tien|lượng|luong|hàng|hang|món|mon)\S+)?",
                               cell.text):  # fmt: skip
            position = cell.text.find(word, position)
            role = head_role(word)
            if role is None:
                strange += len(label_key(word)) > 2
                continue
            words += 1
            middle = cell.at(position + len(word) / 2.0)
            roles.setdefault(role, middle)
            if role == "amount":
                roles[role] = middle
    named = [role for role in roles if role != "other"]
    return roles if len(named) >= 2 and words > strange else {}


def head_role(word: str) -> str | None:
    """Returns what the head of a column means on receipts: "quantity", "amount"; None if unknown.

    A head that says something else, such as a tax code, is "other".
    """
    return _HEADERS.get(label_key(re.sub(r"\((?:rm|vnd|đ|d|\$)\)", "", word.casefold())))


def _mark_summary(rows: Sequence[ReceiptRow]) -> None:
    """Marks what follows the head of a summary of taxes, as long as it looks like one."""
    left = 0
    summed = False
    for row in rows:
        summed = summed or bool(
            row.anchor and row.anchor.kind in ("total", "subtotal") and row.money and row.index > 2
        )
        if summed and _SUMMARY.search(row.plain) and not row.money and "name" not in row.header:
            left = 6
            row.summary = True
            continue
        if left:
            kind = row.anchor.kind if row.anchor else ""
            if kind in ("paid", "change", "rounding", "subtotal") or row.header:
                left = 0
                continue
            row.summary = True
            left -= 1


def _currency(
    rows: Sequence[Row], raw: list[list[tuple[Cell, RawAmount]]], vietnamese: bool
) -> tuple[str, str, Cell] | None:
    """The currency by its most frequent sign: code, text, cell."""
    counts: dict[str, int] = {}
    first: dict[str, tuple[str, Cell]] = {}
    for found in raw:
        for cell, amount in found:
            if amount.currency:
                sign = find_currency(amount.text) or find_currency(" " + amount.text)
                text = sign[0].strip() if sign else re.sub(r"[\d.,\s\-()]", "", amount.text)
                counts[amount.currency] = counts.get(amount.currency, 0) + 1
                first.setdefault(amount.currency, (text, cell))
    if not counts:
        from_words = [
            (sign[0].strip(), cell)
            for row in rows
            for cell in row.cells
            if (sign := re.search(r"(?<![A-Za-z])(?:RM|VN[DĐÐ]|MYR|SGD|USD|EUR)(?![A-Za-z])",
                                  cell.text)) is not None
        ]  # fmt: skip
        if not from_words:
            return None
        text, cell = from_words[0]
        code = {"RM": "MYR", "VNĐ": "VND", "VNÐ": "VND"}.get(text, text)
        return code, text, cell
    code = max(counts, key=lambda code: counts[code])
    if vietnamese and "VND" in counts:
        code = "VND"
    text, cell = first[code]
    return code, text, cell


def time_in(row: ReceiptRow, *, loose: bool = False) -> tuple[str, str, Cell] | None:
    """Finds a time of day in a row, dates left out."""
    for cell in row.row.cells:
        text = cell.text
        for hit in find_dates(text):
            text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
        time = find_time(text, loose=loose)
        if time and time[1] in cell.text:
            return time[0], time[1], cell
    return None
