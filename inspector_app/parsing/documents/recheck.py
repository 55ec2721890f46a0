"""What a document says once people have corrected it: the sums are run again over what counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.corrected import (
    AMOUNTS,
    corrected,
    counting,
    is_nothing,
    item_path,
    item_row,
    last_name,
    row_of,
    row_path,
    settled,
)
from inspector_app.domain.documents import Conflict, Correction, Extraction, Field
from inspector_app.domain.readings import StoredReading
from inspector_app.parsing.documents.checks import check, marked
from inspector_app.parsing.documents.receipt import read_receipt
from inspector_app.parsing.documents.titles import kinds_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A reading as it counts.

    Attributes:
        read: What was read.
        now: With corrections; its conflicts are those that nobody has settled.
        corrections: Those that count, by path.
    """

    read: Extraction
    now: Extraction
    corrections: dict[str, Correction]


def count(
    stored: StoredReading, corrections: Iterable[Correction], columns: Iterable[str] = ()
) -> Counted:
    """Puts corrections into a reading and checks its sums again.

    Args:
        stored: With fields or without.
        corrections: All of its image, oldest first.
        columns: Of the table of its schema.
    """
    read = stored.reading.extraction or Extraction("", ())
    counted = counting(read, corrections)
    now = corrected(read, counted, columns, kinds_of(stored.schema) if counted else None)
    conflicts = read.conflicts
    if any(row_of(path) is not None or path in AMOUNTS for path in counted):
        # A schema of the user's may not ask for the tax that the sums need.
        beside = () if read.schema == "receipt" else read_receipt(stored.reading.document).fields
        conflicts = _check_again(read, now, counted, beside)
    done = settled(conflicts, counted)
    return Counted(read, marked(now, tuple(c for c in conflicts if c not in done)), counted)


def count_open(stored: StoredReading, corrections: Iterable[Correction]) -> int:
    """Returns how many conflicts of a reading wait for a person."""
    return len(count(stored, corrections).now.conflicts)


def compact(counted: Counted) -> Counted:
    """Leaves out rows without values, for files; the rows behind them move up."""
    kept = [row for row, item in enumerate(counted.now.items) if not is_nothing(item)]
    places = {row: place for place, row in enumerate(kept)}

    def moved(path: str) -> str:
        row = item_row(path)
        return path if row is None else item_path(places[row], last_name(path))

    conflicts = tuple(
        replace(
            each,
            fields=tuple(map(moved, each.fields)),
            proposal=each.proposal and (moved(each.proposal[0]), each.proposal[1]),
        )
        for each in counted.now.conflicts
    )
    read = counted.read.items
    return Counted(
        replace(counted.read, items=tuple(read[row] if row < len(read) else () for row in kept)),
        replace(
            counted.now, items=tuple(counted.now.items[row] for row in kept), conflicts=conflicts
        ),
        {
            moved(path): correction
            for path, correction in counted.corrections.items()
            if (row := row_of(path)) is None or (row in places and path != row_path(row))
        },
    )


def _check_again(
    read: Extraction,
    now: Extraction,
    counted: Mapping[str, Correction],
    beside: Sequence[Field],
) -> tuple[Conflict, ...]:
    # What the reader found too unsure to be told as a conflict stays untold; what it told is told
    # until it holds, and so is the sum of goods that a person went through.
    known = {conflict.key for conflict in read.conflicts}
    if any(
        row is not None and (path == row_path(row) or last_name(path) == "amount")
        for path in counted
        for row in (row_of(path),)
    ):
        known.add("items_sum")
    unsure = {conflict.key for conflict in check(read, beside=beside).conflicts} - known
    empty = {row for row, item in enumerate(now.items) if is_nothing(item)}
    # No digit of what a person wrote is misread, so there is no text to mend; a row that is not
    # there costs nothing.
    found = check(
        replace(
            now,
            fields=tuple(
                replace(field, text="") if field.name in counted else field for field in now.fields
            ),
            items=tuple(
                (Field("amount", 0),)
                if row in empty
                else tuple(
                    replace(field, text="") if item_path(row, field.name) in counted else field
                    for field in item
                )
                for row, item in enumerate(now.items)
            ),
        ),
        unsure,
        known,
        beside,
    ).conflicts
    return tuple(
        replace(each, fields=tuple(name for name in each.fields if item_row(name) not in empty))
        for each in found
    )
