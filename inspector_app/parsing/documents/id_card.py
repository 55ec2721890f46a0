"""The eight fields of an identity card, Vietnamese with English beside it, or English alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.documents import Document, Extraction, Field, Value
from inspector_app.parsing.documents.dates import find_dates
from inspector_app.parsing.documents.folding import fold
from inspector_app.parsing.documents.layout import Cell, Row, find_rows, places_of, score_of

# Where a label is written in two languages, both are one label.
_LABELS: dict[str, str] = {
    "name": r"ho\W{0,2}(?:va\W{0,2})?ten(?:\W{0,3}full\W?name)?|full\W?name|\bname\b|surname",
    "date_of_birth": r"ngay\W{0,2}(?:thang\W{0,2}nam\W{0,2})?sinh(?:\W{0,3}date\W?of\W?birth)?|"
    r"date\W?of\W?birth|\bdob\b|birth\W?date|\bborn\b",
    "sex": r"gioi\W{0,2}tinh(?:\W{0,3}sex)?|\bsex\b|\bgender\b",
    "nationality": r"quoc\W{0,2}tich(?:\W{0,3}nationality)?|nationality|citizenship",
    "place_of_origin": r"que\W{0,2}quan(?:\W{0,3}place\W?of\W?origin)?|nguyen\W?quan|"
    r"place\W?of\W?origin|"
    r"noi\W?dang\W?ky\W?khai\W?sinh(?:\W{0,3}place\W?of\W?birth)?|place\W?of\W?birth",
    "place_of_residence": r"noi\W{0,2}(?:dkhk\W{0,2})?(?:thuong\W{0,2}tru|cu\W{0,2}tru)"
    r"(?:\W{0,3}place\W?of\W?residence)?|place\W?of\W?residence|\baddress\b|residence",
    "expiry": r"co\W{0,2}gia\W{0,2}tri\W{0,2}den(?:\W{0,3}date\W?of\W?expiry)?|"
    r"ngay\W{0,2}het\W{0,2}han(?:\W{0,3}date\W?of\W?expiry)?|date\W?of\W?expiry|expir(?:y|es|"
    r"ation)(?:\W?date)?|"
    r"valid\W?(?:until|thru)",
    "number": r"so\W{0,3}(?:cccd|cmnd|dinh\W?danh\W?ca\W?nhan)?\W{0,3}(?:no\b\.?|"
    r"personal\W?identification\W?number)|"
    r"\bso\s?(?:cccd|cmnd)?\s?[:.]|\bid\W?(?:no|number|card\W?no)\b\.?|"
    r"identity\W?(?:card\W?)?(?:no|number)\b\.?|"
    r"card\W?(?:no|number)\b\.?|\bno\.",
}
_OTHER = (
    r"dac\W?diem\W?nhan\W?dang|personal\W?identification\b(?!\W?number)|date\W?of\W?issue|"
    r"ngay\W?cap|signature"
)
_TITLE = re.compile(
    r"cong hoa|socialist|doc lap|independence|can cuoc|citizen|identity card|chung minh|id card"
)
_NAMES = ("number", "name", "date_of_birth", "sex", "nationality", "place_of_origin",
          "place_of_residence", "expiry")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    row: int
    start: int
    end: int


def read_id_card(document: Document, names: Sequence[str] = _NAMES) -> Extraction:
    """Reads the fields of a card; what it lacks is None."""
    rows = find_rows(document)
    labels = _labels(rows)
    found: dict[str, Field] = {}
    for label in labels:
        if label.name in found or label.name == "other":
            continue
        text, cells = _text_after(rows, labels, label)
        field = _read(label.name, text, cells)
        if field is not None:
            found[label.name] = field
    if "number" not in found:
        number = _bare_number(rows)
        if number is not None:
            found["number"] = number
    return Extraction("id-card", tuple(found.get(name, Field(name)) for name in names))


def _labels(rows: Sequence[Row]) -> list[_Label]:
    labels: list[_Label] = []
    for row in rows:
        plain = _plain(row)
        taken: list[tuple[int, int]] = []
        for name, pattern in (*_LABELS.items(), ("other", _OTHER)):
            match = re.search(pattern, plain)
            if match is None or any(match.start() < e and s < match.end() for s, e in taken):
                continue
            if name in ("name", "number") and _TITLE.search(plain):
                continue
            taken.append(match.span())
            labels.append(_Label(name, row.index, match.start(), match.end()))
    return sorted(labels, key=lambda label: (label.row, label.start))


def _plain(row: Row) -> str:
    plain = fold(row.text)
    return plain if len(plain) == len(row.text) else fold(row.text)[: len(row.text)]


def _text_after(
    rows: Sequence[Row], labels: Sequence[_Label], label: _Label
) -> tuple[str, tuple[Cell, ...]]:
    """What stands between a label and the next one, on its row and the rows below."""
    following = [other for other in labels if (other.row, other.start) > (label.row, label.start)]
    same_row = [other.start for other in following if other.row == label.row]
    row = rows[label.row]
    text, cells = _slice(row, label.end, min(same_row, default=len(row.text)))
    stop = min((other.row for other in following if other.row > label.row), default=len(rows))
    most = 3 if label.name == "place_of_residence" else 2 if label.name == "place_of_origin" else 1
    if (text and most == 1) or same_row:
        return text, cells
    pieces, used = ([text] if text else []), list(cells)
    for other in rows[label.row + 1 : min(stop, label.row + 1 + most)]:
        if _TITLE.search(fold(other.text)) or (pieces and find_dates(other.text)):
            break
        if other.top - row.bottom > 2.5 * row.height or (pieces and most == 1):
            break
        pieces.append(other.text)
        used += other.cells
        row = other
    if stop < len(rows) and stop <= label.row + most and not pieces:
        # The value may share its row with the label of another field at its end.
        first = next(other for other in following if other.row == stop)
        text, more = _slice(rows[stop], 0, first.start)
        if text:
            pieces, used = [text], list(more)
    return " ".join(pieces), tuple(used)


def _slice(row: Row, start: int, end: int) -> tuple[str, tuple[Cell, ...]]:
    position = 0
    cells: list[Cell] = []
    for cell in row.cells:
        if position < end and position + len(cell.text) > start:
            inside = cell.text[max(0, start - position) : end - position]
            if re.search(r"\w", inside):
                cells.append(cell)
        position += len(cell.text) + 1
    return row.text[start:end].lstrip(" :;.,-/|").rstrip(), tuple(cells)


def _read(name: str, text: str, cells: tuple[Cell, ...]) -> Field | None:
    text = " ".join(text.split()).strip(" :;,-/|")
    if not text or not cells:
        return None
    value: Value = text
    if name == "number":
        match = re.search(r"\d(?:[\d ]{7,14})\d|[A-Z]{0,3}\d{6,14}", text)
        if match is None:
            return None
        text, value = match[0], match[0].replace(" ", "")
    elif name in ("date_of_birth", "expiry"):
        hits = find_dates(text)
        endless = re.search(r"khong thoi han|indefinite|no expir", fold(text))
        if not hits:
            return _made(name, text, text, cells) if endless and name == "expiry" else None
        date = hits[0].read()
        if date is None:
            return None
        text, value = hits[0].text, date.isoformat()
    elif name == "sex":
        word = re.match(r"[^\W\d]+", text)
        if word is None or fold(word[0]) not in ("nam", "nu", "male", "female", "m", "f"):
            return None
        text = value = word[0]
    elif name in ("name", "nationality") and (
        re.search(r"\d{3}", text) or sum(char.isalpha() for char in text) < 2
    ):
        return None
    return _made(name, value, text, cells)


def _made(name: str, value: Value, text: str, cells: tuple[Cell, ...]) -> Field:
    return Field(name, value, text, score_of(cells), places_of(cells))


def _bare_number(rows: Sequence[Row]) -> Field | None:
    """Twelve digits (nine on old cards) that stand alone."""
    for length in (12, 9):
        for row in rows:
            for cell in row.cells:
                match = re.search(rf"(?<!\d)\d(?:\s?\d){{{length - 1}}}(?!\d)", cell.text)
                if match and not find_dates(cell.text):
                    return _made("number", match[0].replace(" ", ""), match[0], (cell,))
    return None
