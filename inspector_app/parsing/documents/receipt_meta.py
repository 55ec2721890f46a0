"""Date, time, number, cashier, tax code and telephone of a receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspector_app.parsing.documents.dates import DateHit, month_comes_first
from inspector_app.parsing.documents.folding import fold
from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.numbers import (
    find_phone,
    find_tax_code,
    is_vietnamese_tax_code,
)
from inspector_app.parsing.documents.receipt_rows import ReceiptPage, ReceiptRow, time_in

_DATE_LABEL = re.compile(
    r"\bdate|^ngay|\bngay\b|thoi gian|\bfecha|biz\s?date|\bdt\b|gio vao|\bdatum"
)
_NOT_DATE = re.compile(
    r"expir|valid|print|until|before|offer|warranty|het han|hsd|\bdob\b|sinh|member|due date|"
    r"goodthru|good thru|thru|between|pickup|delivery|promo|closed|\bact\b|since"
)
_AMERICAN = re.compile(
    r"\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|"
    r"LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|"
    r"DC)\.?,?\s?\d{5}(?:-\d{4})?\b|"
    r"sales\s?tax|\bUSA\b",
)
_TIME_LABEL = re.compile(r"\btime|^gio\b|\bgio\b|\bluc\b|\bhora\b|\bheure")
_NUMBER_LABELS = (
    r"(?:tax\s?)?inv(?:oice)?\W{0,2}(?:slip\s)?(?:no|num|number|#|id)?|bill\W{0,2}(?:no|number|#)|"
    r"receipt\W{0,2}(?:no|number|#)|rcpt\W{0,2}(?:no|#)?|cash\s?inv\W{0,2}no|"
    r"so\s?(?:hoa\s?don|hd|phieu|ct|bill|chung\s?tu)|"
    r"ma\s?(?:hoa\s?don|hd|phieu|bill)|hoa\s?don\s?so|hd\s?(?:so)?(?=\s?[:#])|"
    r"phieu\s?so",
    r"doc(?:ument)?\W{0,2}no|slip\W{0,2}(?:no)?|sales\W{0,2}no|"
    r"ma\s?(?:don\s?hang|don|giao\s?dich|gd|dat\s?(?:ve|phong|ban)|ve)|"
    r"so\s?(?:don(?:\s?hang)?|giao\s?dich|gd|ve|order)(?=\s?[:.]|\s\S*\d)",
    r"order\W{0,2}(?:no|number|#)?|check\W{0,2}(?:no|#)?|chk|ticket\W{0,2}(?:no|#)?|"
    r"ref\W{0,2}(?:no|#)?|so(?=\s?[:.])|^\W*no(?=\s?:\s?[a-z]{0,3}\d{4})",
    r"trans(?:action)?\W{0,2}(?:no|#)?|trn|tran\W{0,2}#",
)
_SERVES = (
    r"cashier|csh|served\s?by|server|waiter|operator|staff|nhan\s?vien\s?thu\s?ngan|thu\s?ngan|"
    r"nhan\s?vien(?:\s?ban\s?hang)?|nguoi\s?(?:ban(?:\s?hang)?|lap(?:\s?phieu)?|thu(?=\s?:))|"
    # "Lê Tấn" is a name too, and the telephone of the sales desk stands behind "Bán hàng:".
    r"(?:phuc\s?vu|le\s?tan|pha\s?che)(?=\s?:)|ban\s?hang(?=\s?:\s?[^\W\d])|barista|"
    r"nv\s?(?:nhan|ban\s?ve|ban\s?hang|thu\s?ngan|phuc\s?vu)|mnv|nvbh|nv|tn|"
    r"your\s?server\s?was|helped\s?by|sales\s?associate|salesperson|host|agent"
)
_CASHIER = re.compile(
    rf"(?<![a-z])(?:{_SERVES})"
    r"(?:\s?(?:name|id|no)|\s?/\s?[Cc]ashier)?(?:\s*[:#]\s*#?\s*|\s{1,3}(?=[A-Z]))(?P<name>\S.*)$"
)
_CASHIER_ALONE = re.compile(
    r"\W*(?:cashier|server|served by|staff|waiter|thu\s?ngan|nhan\s?vien(?:\s?(?:thu\s?ngan|"
    r"ban\s?hang))?|nguoi\s?(?:ban|lap)|le\s?tan\s?:|nv\s?(?:nhan|ban\s?ve|ban\s?hang|thu\s?ngan)?"
    r")\s?#?\W*"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value, its text as it stands, and the cells it was read from."""

    value: str
    text: str
    cells: tuple[Cell, ...]


def find_date(page: ReceiptPage) -> tuple[Found, ReceiptRow] | None:
    """Finds the date of the sale, and its row."""
    hits: list[tuple[float, ReceiptRow, Cell, DateHit]] = []
    everything: list[DateHit] = []
    for row in page.rows:
        for hit in row.dates:
            cell = next((c for c in row.row.cells if hit.text in c.text), row.row.cells[0])
            everything.append(hit)
            hits.append((_date_score(row, cell, hit), row, cell, hit))
    if not hits:
        return None
    usual = any(_AMERICAN.search(row.text) for row in page.rows)
    month_first = month_comes_first(everything, usual=usual and not page.vietnamese)
    counts: dict[object, int] = {}
    for _, _, _, hit in hits:
        counts[hit.read(month_first)] = counts.get(hit.read(month_first), 0) + 1

    def rank(entry: tuple[float, ReceiptRow, Cell, DateHit]) -> tuple[float, int]:
        return entry[0] + 0.25 * counts[entry[3].read(month_first)], -entry[1].index

    score, row, cell, hit = max(hits, key=rank)
    date = hit.read(month_first)
    if date is None or score < -1.0:
        return None
    cells = (cell,) if hit.text in cell.text else row.row.cells
    return Found(date.isoformat(), hit.text, cells), row


def _date_score(row: ReceiptRow, cell: Cell, hit: DateHit) -> float:
    text = row.plain
    score = 0.0
    if _DATE_LABEL.search(text):
        score += 1.5
    if time_in(row, loose=True):
        score += 1.0
    if _NOT_DATE.search(text):
        score -= 2.0
    if hit.kind == "compact":
        score -= 1.0
    if not 1985 <= hit.year <= 2060:
        score -= 1.5
    before = cell.text[: max(cell.text.find(hit.text), 0)]
    if before and (before[-1].isalnum() or re.search(r"(?i)jalan|jln|batu|lot|no\.?\s*$", before)):
        score -= 1.0
    if re.search(r"(?i)jalan|jln|\bss\d|taman", row.text):
        score -= 1.0
    return score


def find_time_of_day(page: ReceiptPage, date_row: ReceiptRow | None) -> Found | None:
    """Finds the time of the sale: in the row of the date, beside a word for it, or near."""
    if date_row is not None:
        time = time_in(date_row, loose=True)
        if time:
            return Found(time[0], time[1], (time[2],))
    for row in page.rows:
        if _TIME_LABEL.search(row.plain) and "hour" not in row.plain and not row.money:
            time = time_in(row)
            if time:
                return Found(time[0], time[1], (time[2],))
    if date_row is None:
        return None
    near = [row for row in page.rows if 0 < abs(row.index - date_row.index) <= 2]
    for row in sorted(near, key=lambda row: abs(row.index - date_row.index)):
        if "hour" in row.plain or "opening" in row.plain:
            continue
        time = time_in(row)
        if time:
            return Found(time[0], time[1], (time[2],))
    return None


def find_number(page: ReceiptPage, *, invoice: bool = False) -> Found | None:
    """Finds the number of the receipt, the plainest label first.

    Args:
        page: Its rows.
        invoice: Only by a label that says invoice, receipt or bill: an order has a number as well.
    """
    for labels in _NUMBER_LABELS[: 1 if invoice else None]:
        pattern = re.compile(rf"(?<![a-z])(?:{labels})\s*[.:#=]*\s*[.:#]*\s*")
        for row in page.rows:
            plain = fold(row.text)
            if (
                len(plain) != len(row.text)
                or row.header
                or re.search(r"\bgst\b|\btax id|reg", plain)
            ):
                continue
            for match in pattern.finditer(plain):
                found = _number_after(row, match.end(), match[0]) or _number_below(page, row, match)
                if found:
                    return found
    return None


def _number_below(page: ReceiptPage, row: ReceiptRow, match: re.Match[str]) -> Found | None:
    """A number alone in the row below its label, at the same left edge."""
    if match.end() < len(row.text) or match.start() or row.index + 1 >= len(page.rows):
        return None
    below = page.rows[row.index + 1]
    cell, label = below.row.cells[0], row.row.cells[0]
    text = cell.text.strip()
    aligned = abs(cell.x1 - label.x1) < label.height
    if len(below.row.cells) > 1 or not aligned or below.money or below.dates:
        return None
    if not re.fullmatch(r"#?\s?[A-Za-z]{0,4}\d[\w./-]*", text):
        return None
    return Found(text.lstrip("# "), text, (cell,))


def _number_after(row: ReceiptRow, position: int, label: str) -> Found | None:
    rest = row.text[position:]
    token = re.match(r"[A-Z0-9](?:[\w./\-]|\s(?=-\s?\d)|(?<=-)\s(?=\d))*", rest, re.IGNORECASE)
    if token is None:
        return None
    if not re.search(r"[:#.]|no|so|hd", label) and not token[0][0].isdigit():
        return None
    text = token[0].strip("-./ ")
    if not re.search(r"\d", text) or (row.dates and text in " ".join(h.text for h in row.dates)):
        return None
    if re.fullmatch(r"\d{1,2}[:/]\d.*|\d+%?", text) and len(text) < 2:
        return None
    if re.match(r"\s?(?:%|x\b|pcs)", rest[len(token[0]) :], re.IGNORECASE):
        return None
    cells = tuple(cell for cell in row.row.cells if text in cell.text) or row.row.cells
    return Found(text, text, cells)


def find_cashier(page: ReceiptPage) -> Found | None:
    """Finds who served."""
    for row in page.rows:
        cells = row.row.cells
        for number, cell in enumerate(cells):
            text = cell.text
            plain = fold(text)
            if len(plain) != len(text):
                continue
            following = cells[number + 1] if number + 1 < len(cells) else None
            used = (cell,)
            if following is not None and _CASHIER_ALONE.fullmatch(plain):
                text, plain, used = (
                    f"{text.rstrip(' :')}: {following.text.lstrip(' :')}",
                    "",
                    (cell, following),
                )
                plain = fold(text)
            match = _CASHIER.search(_cased(plain, text))
            if match is None:
                continue
            raw = text[match.start("name") :]
            name = re.split(
                r"\s{2,}|\b(?:Date|DATE|Time|TIME|Table|COVER|PAX|Pax|POS|Trans|TRANS|Chk|Tbl)\b",
                raw,
            )[0].strip(" :.#-[]")
            name = re.sub(r"\s+\d{1,2}[/:.-]\d{1,2}.*$", "", name)
            more = _rest_below(page, row, cell) if number and used == (cell,) else None
            if more is not None and not row.money:
                whole = f"{name} {more.text}"
                return Found(whole, whole, (cell, more))
            if len(name) >= 2 and not row.money and any(name in c.text for c in used):
                return Found(name, name, tuple(c for c in used if name in c.text))
    return None


def _rest_below(page: ReceiptPage, row: ReceiptRow, cell: Cell) -> Cell | None:
    """A word or two alone in the next row, under a cell that is not the first of its row."""
    below = page.rows[row.index + 1].row.cells if row.index + 1 < len(page.rows) else ()
    if len(below) != 1 or abs(below[0].x1 - cell.x1) > 0.7 * cell.height:
        return None
    return below[0] if re.fullmatch(r"[^\W\d]{1,8}(?: [^\W\d]{1,8})?", below[0].text) else None


def _cased(plain: str, text: str) -> str:
    """The folded text, upper case kept where the pattern looks for the beginning of a name."""
    return "".join(
        o if o.isupper() and o.isascii() and i and not text[i - 1].isalnum() and i > 5 else p
        for i, (p, o) in enumerate(zip(plain, text, strict=True))
    )


def find_tax_number(page: ReceiptPage) -> Found | None:
    """Finds the seller's tax number."""
    found: list[Found] = []
    for row in page.rows:
        for source, cells in _sources(row):
            code = find_tax_code(source)
            if code:
                found.append(Found(code[0], code[1], cells))
                break
    if page.vietnamese:
        for code in found:
            if is_vietnamese_tax_code(code.value):
                return code
    return found[0] if found else None


def find_telephone(page: ReceiptPage, before: int) -> Found | None:
    """Finds the seller's telephone: in the head, or with a label anywhere."""
    for row in page.rows:
        plain = row.plain
        labelled = re.search(
            r"(?<![a-z])(?:tel|phone|ph|dien\s?thoai|d\.?t|sdt|hotline|tong dai|zalo|"
            r"dat (?:ban|phong)|lien he)\b|"
            r"telephone",
            plain,
        )
        if row.index > before and not labelled:
            continue
        if row.money or (re.search(r"\bfax\b", plain) and not labelled):
            continue
        if re.search(
            r"\b(?:sdt|d\.?t|dien\s?thoai|tel)\W{0,2}(?:cua )?khach|^\W*khach hang\b", plain
        ):
            continue  # the buyer's
        for source, cells in _sources(row):
            if find_tax_code(source) and not labelled:
                break
            phone = find_phone(source)
            if phone:
                return Found(phone[0], phone[1], cells)
    return None


def _sources(row: ReceiptRow) -> Sequence[tuple[str, tuple[Cell, ...]]]:
    """Every cell by itself, then neighbours together: a label may stand in a cell of its own."""
    cells = row.row.cells
    alone = [(cell.text, (cell,)) for cell in cells]
    pairs = [(f"{a.text} {b.text}", (a, b)) for a, b in pairwise(cells)]
    return [*alone, *pairs]
