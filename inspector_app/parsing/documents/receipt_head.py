"""The head of a receipt: who sells, which branch, where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from inspector_app.parsing.documents.folding import fold, label_key
from inspector_app.parsing.documents.head_words import (
    ADDRESS_LABEL,
    GLUED,
    KIND,
    LEGAL,
    NOISE,
    REG,
    STOP,
    STREET,
    TITLE,
    TOWN,
    mend_marks,
    mend_suffix,
    mend_word,
)
from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.numbers import find_phone, find_tax_code, has_phone_label
from inspector_app.parsing.documents.receipt_rows import ReceiptPage, ReceiptRow


@dataclass(frozen=True, slots=True)
class HeadField:
    """Something read from whole cells: value, text as it stands, the cells."""

    value: str
    text: str
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Head:
    """What the head says; `end` is the row after the address."""

    shop: HeadField | None = None
    branch: HeadField | None = None
    address: HeadField | None = None
    end: int = 0


def find_head(page: ReceiptPage) -> Head:
    """Finds shop, branch and address."""
    rows = page.rows
    limit = _head_limit(rows)
    address_rows = _address_rows(rows, limit)
    first_address = address_rows[0].index if address_rows else limit
    shop_rows = _shop_rows(rows, limit, first_address)
    head = Head(end=0)
    if address_rows and shop_rows and address_rows[0] in shop_rows:
        address_rows = address_rows[1:]
    if shop_rows and page.vietnamese:
        shop_rows = _joined_down(rows[:limit], shop_rows)
        address_rows = [row for row in address_rows if row not in shop_rows]
    if shop_rows:
        head.shop = _shop(shop_rows)
        head.end = shop_rows[-1].index + 1
    if address_rows:
        address = _address(address_rows)
        if re.search(r"\d|,", address.value) or len(address.value.split()) > 2:
            head.address = address
        head.end = max(head.end, address_rows[-1].index + 1)
    head.branch = _branch(rows, limit, shop_rows, address_rows)
    return head


def _head_limit(rows: Sequence[ReceiptRow]) -> int:
    """The row where goods or totals begin."""
    for row in rows:
        if row.index > 1 and row.header and not row.money:
            return row.index
        if row.index > 2 and row.money and (row.anchor or row.index > 5):
            return row.index
    return min(len(rows), 16)


def _shop_rows(rows: Sequence[ReceiptRow], limit: int, first_address: int) -> list[ReceiptRow]:
    heights = median([row.row.height for row in rows]) if rows else 1.0
    best: tuple[float, ReceiptRow] | None = None
    clean = 0
    owned = False
    for row in rows[: max(limit, 1)]:
        text = row.plain.strip()
        after_owner = owned
        owned = bool(re.search(r"(?:owned|operated|managed) by\W*$", text))
        score = _shop_score(row, text, clean, heights, first_address)
        if score is None:
            continue
        clean += 1
        if clean == 1 and _stands_apart(rows, row):
            score -= 1.2  # a number or name stamped above the receipt
        if after_owner and row.index > first_address:
            score -= 2.0
        if best is None or score > best[0]:
            best = score, row
    if best is None:
        return []
    return _joined_up(rows, best[1])


def _stands_apart(rows: Sequence[ReceiptRow], row: ReceiptRow) -> bool:
    if row.index + 1 >= len(rows) or LEGAL.search(row.plain):
        return False
    below = rows[row.index + 1].row
    return below.top - row.row.bottom > 1.8 * max(row.row.height, below.height)


def _shop_score(
    row: ReceiptRow, text: str, clean: int, height: float, first_address: int
) -> float | None:
    """How likely a row is the shop's name; None when it cannot be."""
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or row.dates or row.money:
        return None
    legal = bool(LEGAL.search(text))
    if not legal and (NOISE.search(text) or find_tax_code(row.text) or has_phone_label(row.text)):
        return None
    if legal and re.search(r"^tq for|thank|welcome|bill to|goods", text):
        return None
    if not legal and _is_address(row) >= 2.0:
        return None
    if find_phone(row.text) and not legal:
        return None
    score = 3.0 if legal else 0.0
    score += 0.5 * bool(KIND.search(text))
    score += max(0.0, 2.0 - 0.55 * clean)
    score += min(max(row.row.height / max(height, 1.0) - 1.2, 0.0), 1.2) * 0.8
    if row.index > first_address:
        score -= 2.2
    digits = sum(char.isdigit() for char in text)
    if digits > letters:
        score -= 1.5
    if re.match(r"\W*\(.*\)\W*$", row.text.strip()) or text.startswith(("branch", "chi nhanh")):
        score -= 1.5
    return score


def _joined_up(rows: Sequence[ReceiptRow], row: ReceiptRow) -> list[ReceiptRow]:
    """Adds the rows above that the name began on."""
    found = [row]
    while found[0].index > 0 and len(found) < 4:
        text = " ".join(r.text for r in found)
        plain = fold(text).strip()
        above = rows[found[0].index - 1]
        broken = text.count(")") > text.count("(")
        starts = re.match(
            r"\W*(?:sdn|co\b\.?|bhd|s/b|ltd|pte|enterprise\b|trading\b|"
            r"\([^)]*\)\s?s[dnio]{1,2}n?\b)",
            plain,
        )
        if not (broken or starts):
            break
        if NOISE.search(above.plain.strip()) or not re.search(r"[^\W\d]{2}", above.text):
            break
        found.insert(0, above)
    return found


def _joined_down(rows: Sequence[ReceiptRow], shop: list[ReceiptRow]) -> list[ReceiptRow]:
    """Adds the row that a name too long for the paper goes on in.

    It goes on where the next word would not have fit, in type of the same size, under the same
    middle; a row that begins as a name, a branch or an address does not belong to it.
    """
    last = shop[-1]
    if last.index + 1 >= len(rows) or len(last.row.cells) != 1:
        return shop
    below = rows[last.index + 1]
    plain = below.plain.strip()
    words = below.text.split()
    if len(below.row.cells) != 1 or not 0 < len(words) <= 3 or re.search(r"\d|[:,]", plain):
        return shop
    if below.money or KIND.search(plain) or NOISE.search(plain) or LEGAL.search(plain):
        return shop
    if _stops(below) or _is_address(below) > 0 or below.text.isupper() != last.text.isupper():
        return shop
    name, rest = last.row.cells[0], below.row.cells[0]
    letter = (name.x2 - name.x1) / max(len(name.text), 1)
    room = max(cell.x2 for row in rows for cell in row.row.cells) - min(
        cell.x1 for row in rows for cell in row.row.cells
    )
    apart = abs((name.x1 + name.x2) - (rest.x1 + rest.x2)) / 2
    full = name.x2 - name.x1 + letter * (len(words[0]) + 1) > 0.97 * room
    level = 0.75 < rest.height / name.height < 1.3 and rest.y1 - name.y2 < 0.9 * name.height
    return [*shop, below] if full and level and apart < 2.0 * letter else shop


def _shop(rows: Sequence[ReceiptRow]) -> HeadField:
    cells = [cell for row in rows for cell in row.row.cells if re.search(r"\w", cell.text)]
    texts = [cell.text.strip() for cell in cells]
    text = " ".join(texts)
    value = re.sub(r"^\W*#?\d{4,}\s+(?=\D)", "", text)
    shorter = REG.sub("", value).strip()
    if len(re.findall(r"[^\W\d]", shorter)) >= 3:
        value = shorter
    value = value.strip(" -*:;,.~=_'\"") if not value.endswith(".") else value.strip(" -*:;,~=_")
    if value.count("(") > value.count(")"):
        value = re.sub(r"\s*\([^)]*$", "", value).strip() or value
    value = mend_marks(mend_suffix(value), towns=False)
    return HeadField(" ".join(value.split()), text, tuple(cells))


def _is_address(row: ReceiptRow) -> float:
    """Points for being part of an address."""
    text = row.plain.strip()
    points = 0.0
    if ADDRESS_LABEL.search(text):
        points += 2.0
    street = bool(STREET.search(text)) or bool(GLUED.search(text.replace(" ", "")))
    digits = bool(re.search(r"\d", text))
    points += 1.3 * street + 1.0 * bool(TOWN.search(text))
    points += 0.7 * (street and digits)
    points += 0.4 * bool(re.search(r"\b\d{5,6}\b", text))
    points += 0.4 * min(text.count(","), 2)
    if re.match(r"\W*(?:no\W{0,3}\d|lot\b|unit\b|level\b|\d+[a-z]?[,./ -]|so \d|#\d)", text):
        points += 0.7
    if street and re.search(r"\d[a-z]{3,}", text.replace(" ", "")):
        points += 0.3
    if LEGAL.search(text) and not digits:
        points -= 1.5
    if re.match(r"\W*(?!no\b|lot\b|add|dia chi|alamat)[a-z ]{4,18}\s?:", text):
        points -= 2.0  # another key with its value
    return points


def _address_rows(rows: Sequence[ReceiptRow], limit: int) -> list[ReceiptRow]:
    best: list[ReceiptRow] = []
    best_points = 0.0
    index = 0
    title = next((row.index for row in rows[2:limit] if TITLE.search(row.plain)), limit)
    while index < limit:
        row = rows[index]
        points = _is_address(row)
        if _stops(row) or points < (1.6 if index else 2.4):
            index += 1
            continue
        block = [row]
        total = points
        for following in rows[index + 1 : limit]:
            if _stops(following) or len(block) >= 6 or re.search(r"malaysia\W*$", block[-1].plain):
                break
            more = _is_address(following)
            if more < 0.9 and not _continues(block[-1], following):
                break
            block.append(following)
            total += more
        total -= 0.3 * max(index - 2, 0) + 2.0 * (title < index)
        if total > best_points:
            best, best_points = block, total
        index += len(block)
    return best if best_points >= 0.9 else []


def _continues(above: ReceiptRow, row: ReceiptRow) -> bool:
    """Whether a row without marks of an address goes on with it all the same."""
    text = row.text.strip()
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or row.money or LEGAL.search(row.plain) or NOISE.search(row.plain.strip()):
        return False
    gap = row.row.top - above.row.bottom
    return gap < 0.9 * max(row.row.height, above.row.height)


def _stops(row: ReceiptRow) -> bool:
    text = row.plain.strip()
    if ADDRESS_LABEL.search(text):
        return False
    first = row.row.cells[0].text
    return bool(
        STOP.search(text.split("tel")[0] if "tel" in text[4:] else text)
        or row.dates
        or has_phone_label(first)
        or (find_phone(first) and not STREET.search(fold(first)))
        or find_tax_code(first)
        or re.search(r"\d{9}", first.replace(" ", ""))
    )


def _address(rows: Sequence[ReceiptRow]) -> HeadField:
    cells: list[Cell] = []
    texts: list[str] = []
    for row in rows:
        for cell in row.row.cells:
            text = cell.text.strip()
            plain = fold(text)
            cut = re.search(
                r"\W*(?:\b(?:tel(?:ephone)?|phone|fax|hotline|sdt|dt|mst|gst\b.*|"
                r"ph)\s?(?:no)?\s?[.:#]+.*"
                r"|\btel\b.*)$",
                plain,
            )
            if cut and len(plain) == len(text):
                text = text[: cut.start()].strip()
            if not re.search(r"\w", text) or has_phone_label(text):
                break
            if cells and cell is not row.row.cells[0] and find_phone(text):
                break
            cells.append(cell)
            texts.append(text)
    raw = " ".join(texts)
    label = ADDRESS_LABEL.match(fold(raw))
    value = raw[label.end() :] if label and len(fold(raw)) == len(raw) else raw
    value = re.sub(r"[^\W\d]+", lambda match: mend_word(match[0]), value)
    value = mend_marks(value, towns=True)
    value = re.sub(r"(?<=, )0(?=\.\s?[A-ZĐ\d])", "Q", value)  # a district, Q read as 0
    return HeadField(" ".join(value.split()).strip(" -:;,"), raw, tuple(cells))


def _branch(
    rows: Sequence[ReceiptRow],
    limit: int,
    shop: Sequence[ReceiptRow],
    address: Sequence[ReceiptRow],
) -> HeadField | None:
    """A row that names an outlet beside the seller and the address."""
    after = shop[-1].index if shop else -1
    named = re.compile(
        r"^\W*(?:chi nhanh|cn\b|ch\s?\d|cua hang|sieu thi|nha hang|outlet|branch|co so|"
        r"store\b|shop\b)"
    )
    for row in rows[:limit]:
        if row in shop or row in address or row.dates or row.money:
            continue
        text = row.plain.strip()
        if NOISE.search(text) or find_tax_code(row.text) or has_phone_label(row.text):
            continue
        bracketed = re.fullmatch(r"\((?P<name>[^()\d]{4,}[^()]*)\)", row.text.strip())
        if bracketed and not re.search(r"\bno\b|reg|gst", text):
            return HeadField(bracketed["name"].strip(), row.text, row.row.cells)
        if named.search(text) and row.index > after and len(label_key(text)) > 4:
            return HeadField(" ".join(row.text.split()), row.text, row.row.cells)
    between = [
        row
        for row in rows[after + 1 : address[0].index if address else after + 1]
        if not NOISE.search(row.plain.strip())
        and not _stops(row)
        and sum(char.isalpha() for char in row.text) > 4
    ]
    if len(between) == 1 and shop and LEGAL.search(" ".join(r.plain for r in shop)):
        row = between[0]
        return HeadField(" ".join(row.text.split()), row.text, row.row.cells)
    return None
