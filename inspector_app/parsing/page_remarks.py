"""What there is to say about the text of a page as a whole; keys of `prompts/document.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from inspector_app.domain.documents import Document, Page, TextLine
from inspector_app.parsing.documents.layout import find_rows
from inspector_app.parsing.documents.numbers import find_phone, find_tax_code
from inspector_app.parsing.documents.receipt_head import find_head
from inspector_app.parsing.documents.receipt_items import Item, find_goods
from inspector_app.parsing.documents.receipt_rows import read_rows
from inspector_app.parsing.documents.receipt_words import find_anchor

NO_TEXT = "no_text"
TURNED = "turned"
PAGES_CUT = "pages_cut"
OTHER_SCRIPT = "other_script"
TWO_RECEIPTS = "two_receipts"
LOW_CONFIDENCE = "low_confidence"

_LEAST_LETTERS = 5
_LEAST_UNREAD = 5
_LEAST_UNREAD_AMONG_NUMBERS = 2
_LOW_SCORE = 0.8
_MOST_UNREAD = 0.5
_LEAST_LINES = 6
_LEAST_WORDY = 4
_LEAST_GUTTER = 0.04
_LEAST_WIDTH = 0.15
_LEAST_PARTING = 1.2  # of the height of a row
_MOST_PARTINGS = 6
_ROW_SHARE = 0.6
_ROW_NEAR = 0.12
_SIDE = 1000  # pixels of a page whose size does not matter


def page_remarks(
    lines: Sequence[TextLine], turned: int = 0, unread: int = 0, unread_lines: int = 0
) -> tuple[str, ...]:
    """Returns the keys of what there is to say.

    Args:
        lines: Of the page.
        turned: Degrees that it had to be turned by.
        unread: Places that look like text but could not be read.
        unread_lines: Those of them that are as long as lines of words.
    """
    foreign = _is_other_script(lines, unread_lines)
    if not lines:
        return (OTHER_SCRIPT if foreign else NO_TEXT,)
    found: list[str] = []
    if turned:
        found.append(TURNED)
    if foreign:
        found.append(OTHER_SCRIPT)
    if (side_by_side(lines, turned) or one_below(lines, turned)) is not None:
        found.append(TWO_RECEIPTS)
    if _is_unsure(lines, unread):
        found.append(LOW_CONFIDENCE)
    return tuple(found)


def side_by_side(
    lines: Sequence[TextLine], turned: int = 0
) -> tuple[list[TextLine], list[TextLine]] | None:
    """Parts two receipts that lie side by side, only where that is clear.

    Names and prices of one receipt also leave a gap between them. It is two when no line crosses
    the gap, both sides have words of their own, and either their rows do not run on from side to
    side or both sides have a total and a head of their own.

    Returns:
        Lines of the one that is read first and of the other, each in the order they had.
    """
    if turned not in (0, 180) or len(lines) < 2 * _LEAST_LINES:
        return None
    for cut in _gaps(lines):
        left = [line for line in lines if line.box.x2 <= cut]
        right = [line for line in lines if line.box.x1 >= cut]
        if not (_is_block(left) and _is_block(right)):
            continue
        if not _rows_run_on(left, right) or _are_receipts(left, right, turned):
            return (right, left) if turned else (left, right)
    return None


def one_below(
    lines: Sequence[TextLine], turned: int = 0
) -> tuple[list[TextLine], list[TextLine]] | None:
    """Parts two receipts of which one lies below the other, only where that is clear.

    A slip of a card below a receipt is none of its own: both parts need goods, a total, and a date
    or a number of the seller.

    Returns:
        Lines of the upper one and of the lower one, row by row.
    """
    rows = find_rows(Document("", (Page(0, _SIDE, _SIDE, tuple(lines), turned),)))
    if sum(len(row.cells) for row in rows) < 2 * _LEAST_LINES:
        return None
    least = _LEAST_PARTING * median(row.height for row in rows)
    gaps = sorted(
        ((below.top - above.bottom, below.index) for above, below in pairwise(rows)), reverse=True
    )
    summary = [row.summary for row in read_rows(rows).rows]
    for gap, at in gaps[:_MOST_PARTINGS]:
        parts = tuple(
            [cell.line for row in part for cell in row.cells] for part in (rows[:at], rows[at:])
        )
        taxes = summary[at] and not summary[at - 1]
        if gap < least or taxes or min(map(len, parts)) < _LEAST_LINES:
            continue
        both = _marks(parts[0], turned) & _marks(parts[1], turned)
        if {"total", "goods"} < both:
            return parts[0], parts[1]
    return None


def _is_other_script(lines: Sequence[TextLine], unread_lines: int) -> bool:
    """Whether most letters are not Latin, or lines are there and hardly one has letters we know."""
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    if len(letters) < max(_LEAST_LETTERS, len(lines)):
        least = _LEAST_UNREAD_AMONG_NUMBERS if lines else _LEAST_UNREAD
        return unread_lines >= least and unread_lines + len(lines) >= _LEAST_UNREAD
    return latin < len(letters) / 2


def _is_unsure(lines: Sequence[TextLine], unread: int) -> bool:
    scored = [(line.score, len(line.text)) for line in lines if line.score is not None]
    if not scored:
        return False
    mean = sum(score * length for score, length in scored) / sum(length for _, length in scored)
    return mean < _LOW_SCORE or unread > _MOST_UNREAD * (len(lines) + unread)


def _gaps(lines: Sequence[TextLine]) -> list[float]:
    """Returns the middles of upright gaps that no line crosses, the widest first."""
    found: list[tuple[float, float]] = []
    reach = 0.0
    for number, line in enumerate(sorted(lines, key=lambda line: line.box.x1)):
        if number and line.box.x1 - reach > _LEAST_GUTTER:
            found.append((line.box.x1 - reach, (line.box.x1 + reach) / 2))
        reach = max(reach, line.box.x2)
    return [cut for _, cut in sorted(found, reverse=True)]


def _is_block(lines: Sequence[TextLine]) -> bool:
    """Whether lines make up a receipt of their own rather than a column of one."""
    if len(lines) < _LEAST_LINES:
        return False
    width = max(line.box.x2 for line in lines) - min(line.box.x1 for line in lines)
    wordy = sum(sum(letter.isalpha() for letter in line.text) >= 4 for line in lines)
    return width >= _LEAST_WIDTH and wordy >= _LEAST_WORDY


def _rows_run_on(left: Sequence[TextLine], right: Sequence[TextLine]) -> bool:
    """Whether lines of the smaller side stand level with lines of the other side.

    Lines of two dense receipts always have some line beside them, but now above, now below; rows
    of one receipt differ by the same little, if the paper is askew.
    """
    few, many = sorted((left, right), key=len)
    centres = [(line.box.y1 + line.box.y2) / 2 for line in many]
    heights = median(line.box.height for line in few)
    steps: list[float] = []
    for line in few:
        middle = (line.box.y1 + line.box.y2) / 2
        steps.append(min((centre - middle for centre in centres), key=abs) / heights)
    usual = median(steps)
    return sum(abs(step - usual) < _ROW_NEAR for step in steps) > _ROW_SHARE * len(steps)


def _are_receipts(left: Sequence[TextLine], right: Sequence[TextLine], turned: int) -> bool:
    """Whether both sides have a total, and a date or a number of the seller, of their own."""
    marks = [_marks(side, turned) for side in (left, right)]
    both = marks[0] & marks[1]
    return "total" in both and bool(both - {"total", "goods"})


def _marks(lines: Sequence[TextLine], turned: int) -> set[str]:
    """Which of the things that a receipt has once stand in these lines."""
    page = Page(0, _SIDE, _SIDE, tuple(lines), turned)
    receipt = read_rows(find_rows(Document("", (page,))))
    goods = find_goods(receipt, find_head(receipt).end)
    found = {"goods"} if any(map(_is_good, goods.items)) else set[str]()
    for row in receipt.rows:
        if row.money and row.anchor and row.anchor.kind == "total":
            found.add("total")
        if row.dates:
            found.add("date")
        if find_phone(row.text):
            found.add("phone")
        if find_tax_code(row.text):
            found.add("tax_code")
    return found


def _is_good(item: Item) -> bool:
    """Whether it has a name, which is no label of a sum, and an amount."""
    return bool(item.amount and item.name) and find_anchor(item.name) is None
