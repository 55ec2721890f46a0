"""The head of a receipt: who sells, which branch, where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from inspector_app.parsing.documents.folding import fold, label_key, squeeze
from inspector_app.parsing.documents.layout import Cell
from inspector_app.parsing.documents.numbers import find_phone, find_tax_code, has_phone_label
from inspector_app.parsing.documents.receipt_rows import ReceiptPage, ReceiptRow

_LEGAL = re.compile(
    r"\bs(?:dn|nd|on|bn|ndn)\W{0,3}b(?:hd|ho|hb|nd|h0)\b|sdn\W{0,2}bh[do]?|\bs/b\b|(?<=\w\s)s\.?b\.?(?=\(|$)|"
    r"\bpte\W{0,3}ltd|\bltd\b|\bbhd\b|"
    r"\bllc\b|\binc\b\.?|\bgmbh\b|\bplc\b|\bcong ty\b|^cty\b|\bcty\b|\bctcp\b|\btnhh\b|\bdntn\b|"
    r"doanh nghiep|ho kinh doanh|hkd\b|hop tac xa|\bs\.?a\.?\b$|\bco\.,? ?ltd"
)
_KIND = re.compile(
    r"enterprise|trading|restoran|restaurant|stationery|hardware|\bshop\b|store|mart\b|market|"
    r"\bcafe|coffee|kedai|bakery|bistro|pharmacy|hotel|books?\b|station|perniagaan|syarikat|"
    r"kitchen|grill|sushi|pizza|\bbar\b|\bpub\b|gallery|services|centre|center|"
    r"nha hang|sieu thi|cua hang|nha thuoc|khach san|quan |tiem |tra sua|nha sach|pho |bun |"
    r"phong kham|benh vien|salon|spa\b|rap |taxi|shop|thoi trang|cash & carry|petro|sdn"
)
_NOISE = re.compile(
    r"invoice|receipt|welcome|thank|^tq for|copy|order number|guest check|customer|your order|"
    r"www\.|http|@\w+\.|\.com|hoa don|phieu|bien lai|xin chao|kinh chao|cam on|operated by|"
    r"owned by|managed by|duplicate|reprint|original|your receipt|dine.?in|take.?(?:out|away)|"
    r"signature|^table|^ban\b|^date|^ngay|^time|cash sale|^cash$|^bill\b|^order|^tax\b|^chk|"
    r"goods sold|returnable|closed|^#?\d+$|like us|follow us|facebook|wifi|proud|powered|"
    r"^\W*company\s+no|^co\b\W*(?:reg|no)|^reg|^br no|^roc|^tel|^fax|^store\s?#?\d*$"
)
_REG = re.compile(
    r"\s*[(\[]?\s*(?:co\.?\s?(?:reg\.?)?\s?no\.?\s?:?\s?|company\s?no\.?\s?:?\s?|reg\.?\s?no\.?\s?:?\s?)?"
    r"\d{4,}\s?[-–]?\s?[A-Za-z]{0,2}\s?[)\]]?\s*(?:fka\b.*|f\.?k\.?a\..*)?$",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:ja[li1]an|j[li1]n|jl|lorong|lrg|persiaran|lebuh|taman|tmn|bandar|kawasan|kampung|kg|batu|seksyen|sek|"
    r"lot|unit|level|floor|flr|blok|block|b[li1]k|plaza|mall|menara|tower|wisma|bangunan|kompleks|"
    r"street|road|avenue|boulevard|blvd|drive|highway|hwy|suite|lane|parkway|pkwy|"
    r"duong|phuong|quan|huyen|thi xa|thanh pho|tinh|khu pho|khu do thi|kdt|kcn|ap|thon|xa|so nha|"
    r"tang|toa nha|quoc lo|ql|km|ngo|ngach|hem|district|ward|city|tttm|pasar|desa|d\.e)\b|"
    r"\b(?:st|rd|ave|dr|ln|sq)\b\.?(?:,|$|\s)|\bq\.\s?\d|\bp\.\s?\d|\bq\.|\btp\b\.?|\bno\s?[.:]?\s?[a-z]?\d|"
    r"\b[a-z]{2,3}\s?\d{1,2}[a-z]?/\d+[a-z]?\b"
)
_GLUED = re.compile(
    r"jalan|jln|taman|bandar|kawasan|seksyen|selangor|kualalumpur|\d+(?:[ewns]\.?)?[a-z]+"
    r"(?:street|road|avenue|blvd|boulevard|drive|highway|parkway|ave\b|rd\b|st\b|lane)|"
    r"(?:street|road|avenue|boulevard|drive|highway)\b"
)
_TOWN = re.compile(
    r"selangor|kuala\s?lumpur|johor|penang|pulau pinang|perak|melaka|sarawak|sabah|pahang|kedah|"
    r"kelantan|terengganu|negeri sembilan|perlis|putrajaya|labuan|darul|petaling jaya|"
    r"shah alam|malaysia|wilayah|singapore|ha noi|hanoi|ho chi minh|hcm|da nang|can tho|hai phong|"
    r"\bhue\b|nha trang|khanh hoa|dong nai|bien hoa|binh duong|vung tau|da lat|lam dong|"
    r"\b[a-z.]+,?\s?[a-z]{2}\.?\s?\d{5}(?:-\d{4})?\b|\b\d{5}\s+[a-z]{3,}|london|new\s?york"
)
_TITLE = re.compile(r"\binvoice\b|\breceipt\b|hoa don|phieu|bill to|customer")
_ADDRESS_LABEL = re.compile(r"^\W*(?:dia chi|d/c|dc|add(?:ress)?|alamat|cn|cua hang)\s?[.:]\s*")
_STOP = re.compile(
    r"invoice|receipt|\bg[s5][ti1l]\b|gst\s?(?:id|reg|no)|\bmobile\b|whatsapp|care\s?line|hotline|tax\s?(?:id|reg)|^\W*tax\b|\bmst\b|ma so thue|\bdate\b|"
    r"^date|cashier|^bill|\bbill no|^inv\b|^order|^table|^tbl|^chk|^check|^doc|^trn|^trans|^slip|"
    r"^pos\b|^station|^staff|^operator|^counter|^terminal|^server|^guest|^host|welcome|hoa don|"
    r"phieu|bien lai|^ngay|^so\s?[:.#]|^ban\b|thu ngan|nhan vien|e-?mail|website|www|http|@\w+\.|"
    r"\.com\b|^roc\b|co\W{0,2}reg|company\s?(?:no|reg)|^reg\b|^\W*\d{5,}-[a-z]\W*$|^\W*\d{6,}\W*$|"
    r"^abn|^cif|owned by|operated by|opening|shopping hours|^store\s?#|^reg#|\btime\b|description|"
    r"^qty|^item|cash sale|^cash$|receipt|bill to|customer|^member|retail store|thank|order\s?#|"
    r"^\W*-+\s|^ticket|^waiter|^duplicate|guest check|^pump|^regularcheck|^vat\b|^kassa|^auth|^h/p|^ma "
)


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
    if shop_rows:
        head.shop = _shop(shop_rows)
        head.end = shop_rows[-1].index + 1
    if address_rows:
        head.address = _address(address_rows)
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


def _shop_rows(
    rows: Sequence[ReceiptRow], limit: int, first_address: int
) -> list[ReceiptRow]:
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
        if after_owner and row.index > first_address:
            score -= 2.0
        if best is None or score > best[0]:
            best = score, row
    if best is None:
        return []
    return _joined_up(rows, best[1])


def _shop_score(
    row: ReceiptRow, text: str, clean: int, height: float, first_address: int
) -> float | None:
    """How likely a row is the shop's name; None when it cannot be."""
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or row.dates:
        return None
    legal = bool(_LEGAL.search(text))
    if not legal and (_NOISE.search(text) or find_tax_code(row.text) or has_phone_label(row.text)):
        return None
    if legal and re.search(r"^tq for|thank|welcome|bill to|goods", text):
        return None
    if not legal and _is_address(row) >= 2.0:
        return None
    if find_phone(row.text) and not legal:
        return None
    score = 3.0 if legal else 0.0
    score += 0.5 * bool(_KIND.search(text))
    score += max(0.0, 2.0 - 0.55 * clean)
    score += min(max(row.row.height / max(height, 1.0) - 1.2, 0.0), 1.2) * 0.8
    if row.index > first_address:
        score -= 2.2
    digits = sum(char.isdigit() for char in text)
    if digits > letters:
        score -= 1.5
    if re.match(r"\W*\(.*\)\W*$", row.text.strip()) or text.startswith(("branch", "chi nhanh")):
        score -= 1.5
    if row.money:
        score -= 2.0
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
            r"\W*(?:sdn|co\b\.?|bhd|s/b|ltd|pte|enterprise\b|trading\b|\([^)]*\)\s?s[dnio]{1,2}n?\b)", plain
        )
        if not (broken or starts):
            break
        if _NOISE.search(above.plain.strip()) or not re.search(r"[^\W\d]{2}", above.text):
            break
        found.insert(0, above)
    return found


def _shop(rows: Sequence[ReceiptRow]) -> HeadField:
    cells = [cell for row in rows for cell in row.row.cells if re.search(r"\w", cell.text)]
    texts = [cell.text.strip() for cell in cells]
    text = " ".join(texts)
    value = re.sub(r"^\W*#?\d{4,}\s+(?=\D)", "", text)
    shorter = _REG.sub("", value).strip()
    if len(re.findall(r"[^\W\d]", shorter)) >= 3:
        value = shorter
    value = value.strip(" -*:;,.~=_'\"") if not value.endswith(".") else value.strip(" -*:;,~=_")
    if value.count("(") > value.count(")"):
        value = re.sub(r"\s*\([^)]*$", "", value).strip() or value
    value = _mended_suffix(value)
    return HeadField(" ".join(value.split()), text, tuple(cells))


def _mended_suffix(name: str) -> str:
    """Writes a misread legal form as it must be: "SIN BHD", "SDN 3HD", "5/B"."""
    match = re.search(r"(?<=[\w)])[\s.]*\b(?P<a>[S5$][A-Z0]{0,3})\.?\s{0,2}(?P<b>[B3R8E][HMNA][D0OBU][O.]?)\W{0,2}$",
                      name, re.IGNORECASE)  # fmt: skip
    glued = re.search(r"(?<=[A-Z])S[DO0][NH]BHD\W*\w?$", name)
    if glued:
        return f"{name[: glued.start()]} SDN BHD"
    match = match or re.search(
        r"(?<=[\w)])[\s.]*\b(?P<a>S[DOI0][NIH])\.?\s{0,2}(?P<b>[BH3]?[HIND]{0,2}[DU])\.?(?:[LI.]{0,3})$",
        name, re.IGNORECASE,
    )  # fmt: skip
    if match and squeeze(match["a"] + match["b"]) != "sdnbhd":
        upper = match["b"].isupper()
        return f"{name[: match.start()].rstrip(' .')} {'SDN BHD' if upper else 'Sdn Bhd'}"
    return re.sub(r"(?<=\s)5/B$", "S/B", name)


def _is_address(row: ReceiptRow) -> float:
    """Points for being part of an address."""
    text = row.plain.strip()
    points = 0.0
    if _ADDRESS_LABEL.search(text):
        points += 2.0
    street = bool(_STREET.search(text)) or bool(_GLUED.search(text.replace(" ", "")))
    digits = bool(re.search(r"\d", text))
    points += 1.3 * street + 1.0 * bool(_TOWN.search(text))
    points += 0.7 * (street and digits)
    points += 0.4 * bool(re.search(r"\b\d{5,6}\b", text))
    points += 0.4 * min(text.count(","), 2)
    if re.match(r"\W*(?:no\W{0,3}\d|lot\b|unit\b|level\b|\d+[a-z]?[,./ -]|so \d|#\d)", text):
        points += 0.7
    if street and re.search(r"\d[a-z]{3,}", text.replace(" ", "")):
        points += 0.3
    if _LEGAL.search(text) and not digits:
        points -= 1.5
    return points


def _address_rows(rows: Sequence[ReceiptRow], limit: int) -> list[ReceiptRow]:
    best: list[ReceiptRow] = []
    best_points = 0.0
    index = 0
    title = next((row.index for row in rows[2:limit] if _TITLE.search(row.plain)), limit)
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
    if letters < 3 or _LEGAL.search(row.plain) or _NOISE.search(row.plain.strip()):
        return False
    gap = row.row.top - above.row.bottom
    return gap < 0.9 * max(row.row.height, above.row.height)


def _stops(row: ReceiptRow) -> bool:
    text = row.plain.strip()
    if _ADDRESS_LABEL.search(text):
        return False
    first = row.row.cells[0].text
    return bool(
        _STOP.search(text.split("tel")[0] if "tel" in text[4:] else text)
        or row.dates
        or has_phone_label(first)
        or (find_phone(first) and not _STREET.search(fold(first)))
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
                r"\W*(?:\b(?:tel(?:ephone)?|phone|fax|hotline|sdt|dt|mst|gst\b.*|ph)\s?(?:no)?\s?[.:#]+.*"
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
    label = _ADDRESS_LABEL.match(fold(raw))
    value = raw[label.end() :] if label and len(fold(raw)) == len(raw) else raw
    value = re.sub(r"[^\W\d]+", lambda match: _mended_word(match[0]), value)
    return HeadField(" ".join(value.split()).strip(" -:;,"), raw, tuple(cells))


_KNOWN = {
    skeleton: word
    for word in (
        "jalan jln blk blok block lot taman bandar kawasan perindustrian seksyen selangor malaysia "
        "kuala lumpur level floor lorong plaza mall street avenue building city village"
    ).split()
    for skeleton in (word.replace("i", "l"),)
}


def _mended_word(word: str) -> str:
    """Puts right I, i and l in the words that addresses are made of: "JaIan", "BIk"."""
    known = _KNOWN.get(word.casefold().replace("i", "l"))
    if known is None or known == word.casefold():
        return word
    return known.upper() if word[1:].upper() == word[1:] else known.capitalize()


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
        if _NOISE.search(text) or find_tax_code(row.text) or has_phone_label(row.text):
            continue
        bracketed = re.fullmatch(r"\((?P<name>[^()\d]{4,}[^()]*)\)", row.text.strip())
        if bracketed and not re.search(r"\bno\b|reg|gst", text):
            return HeadField(bracketed["name"].strip(), row.text, row.row.cells)
        if named.search(text) and row.index > after and len(label_key(text)) > 4:
            return HeadField(" ".join(row.text.split()), row.text, row.row.cells)
    between = [
        row
        for row in rows[after + 1 : address[0].index if address else after + 1]
        if not _NOISE.search(row.plain.strip())
        and not _stops(row)
        and sum(char.isalpha() for char in row.text) > 4
    ]
    if len(between) == 1 and shop and _LEGAL.search(" ".join(r.plain for r in shop)):
        row = between[0]
        return HeadField(" ".join(row.text.split()), row.text, row.row.cells)
    return None
