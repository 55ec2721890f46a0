"""A reading with people's corrections put in, as the Document tab shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from inspector_app.domain.corrected import (
    ITEMS,
    LOW_SCORE,
    all_fields,
    doubtful,
    is_confirmed,
    is_empty,
    item_path,
    item_row,
    kind_of,
    last_name,
    open_differences,
    removed_rows,
    row_path,
)
from inspector_app.domain.documents import Conflict, Correction, Field, SecondReading
from inspector_app.domain.geometry import Box
from inspector_app.domain.readings import StoredReading
from inspector_app.services.documents import count, kinds_of, summary_of, titles_of
from inspector_app.ui.document_words import language, value_text
from inspector_app.ui.places_layer import PlaceKind, PlaceMark


class Sign(Enum):
    """What must be said of a field beside its value."""

    NONE = ""
    CONFLICT = "conflict"
    CORRECTED = "corrected"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it counts.

    Attributes:
        path: "total", "items.2.amount".
        read: As it was read.
        field: As it counts now.
        sign: What must be said of it.
        author: Who corrected it; empty for nobody.
        confirmed: Whether a person said that it was read right.
        removed: Whether its row is not in the document.
        second: As a language engine reads it; None where none did.
        differs: The two differ, and nobody has decided.
        unseen: The engine writes a number that stands nowhere in the text, and nobody has decided.
    """

    path: str
    read: Field
    field: Field
    sign: Sign
    author: str = ""
    confirmed: bool = False
    removed: bool = False
    second: Field | None = None
    differs: bool = False
    unseen: bool = False


class DocumentState:
    """What is known of one document; made anew on every change.

    Args:
        stored: The reading.
        corrections: All of its image, oldest first.
        page: Which page of the file the picture shows.
        second: What a language engine read of it.
        second_name: Who that is, in words.
    """

    def __init__(
        self,
        stored: StoredReading,
        corrections: Sequence[Correction] = (),
        page: int = 0,
        second: SecondReading | None = None,
        second_name: str = "",
    ) -> None:
        self.stored = stored
        self.reading = stored.reading
        self.has_fields = stored.reading.extraction is not None
        self.titles = titles_of(stored.schema, language())
        self.kinds = kinds_of(stored.schema)
        counted = count(stored, corrections, self.titles.columns)
        self.read, self.extraction = counted.read, counted.now
        self.corrections = counted.corrections
        self.conflicts: tuple[Conflict, ...] = self.extraction.conflicts
        self.second, self.second_name = second, second_name
        self.differing = open_differences(second, self.read, self.corrections) if second else []
        unsure = doubtful(self.extraction, self.corrections)
        self.doubtful = [path for path in self.differing if path != ITEMS]
        self.doubtful += [path for path in unsure if path not in self.doubtful]
        self.is_empty = is_empty(self.extraction) and not self.corrections
        self.removed = removed_rows(self.corrections)
        names = (field.name for item in self.extraction.items for field in item)
        self.columns = tuple(dict.fromkeys((*self.titles.columns, *names)))
        self._page = page
        clashing = {name for conflict in self.conflicts for name in conflict.fields}
        read, now = all_fields(self.read), all_fields(self.extraction)
        blank = len(self.extraction.items)  # a row to type into, behind the last one
        now |= {item_path(blank, name): Field(name) for name in self.columns}
        again = all_fields(second.extraction) if second is not None else {}
        doubted = frozenset(self.differing)
        self.cells: dict[str, Cell] = {}
        for path, field in now.items():
            row = item_row(path)
            removed = row in self.removed
            correction = self.corrections.get(row_path(row or 0) if removed else path)
            sign = Sign.NONE
            if path in clashing and not is_confirmed(correction):
                sign = Sign.CONFLICT
            elif correction is not None:
                sign = Sign.CORRECTED
            elif field.score is not None and field.score < LOW_SCORE:
                sign = Sign.UNSURE
            before = read.get(path, Field(last_name(path)))
            self.cells[path] = Cell(
                path,
                before,
                field,
                sign,
                correction.author if correction is not None else "",
                correction is not None and field.text == before.text and not removed,
                removed,
                again.get(path, Field(last_name(path))) if second is not None else None,
                second is not None and path in doubted.intersection(second.differing),
                second is not None and path in doubted.intersection(second.unseen),
            )

    @property
    def remarks(self) -> tuple[str, ...]:
        """Keys of what must be said of document and pages, each once."""
        pages = (remark for page in self.reading.document.pages for remark in page.remarks)
        return tuple(dict.fromkeys((*pages, *self.extraction.remarks)))

    def summary(self, long: bool, formal: bool) -> str:
        """Returns the paragraph about it; "" where only text was read."""
        if not self.has_fields:
            return ""
        schema = self.stored.schema
        return summary_of(self.extraction, schema, language(), long=long, formal=formal)

    @property
    def text(self) -> str:
        """All that was read, line by line."""
        return "\n\n".join(page.text for page in self.reading.document.pages)

    def boxes(self, path: str) -> list[Box]:
        """Returns where a field stands on the page on show."""
        cell = self.cells.get(path)
        if cell is None:
            return []
        return [place.box for place in cell.read.places if self._is_shown(place.page)]

    def box(self, path: str) -> Box | None:
        """Returns the box around all places of a field on the page on show."""
        return around(self.boxes(path))

    def marks(self) -> list[PlaceMark]:
        """Returns the frames for the picture."""
        kinds = {Sign.CONFLICT: PlaceKind.CONFLICT, Sign.CORRECTED: PlaceKind.CORRECTED}
        return [
            PlaceMark(path, box, kinds.get(cell.sign, PlaceKind.PLAIN))
            for path, cell in self.cells.items()
            for box in self.boxes(path)
        ]

    def kind(self, path: str) -> str:
        """Returns the kind of a field, as the schema says; "" where that is unknown."""
        return kind_of(path, self.kinds)

    def next_doubt(self, path: str | None) -> str | None:
        """Returns the field to look at after this one, from the start again behind the last.

        Those come first that a second reader gives differently.
        """
        doubted = {*self.second.differing, *self.second.unseen} if self.second else set[str]()
        order = sorted(self.cells, key=lambda each: each not in doubted)
        at = order.index(path) if path in self.cells else -1
        later = [each for each in self.doubtful if order.index(each) > at]
        return (later or self.doubtful or [None])[0]

    def extra_rows(self) -> list[tuple[str, bool]]:
        """Returns the items that only the second reader has.

        Returns:
            Each in words, and whether a number of it stands nowhere in the text.
        """
        if self.second is None:
            return []
        found: list[tuple[str, bool]] = []
        first = len(self.read.items)
        for row, item in enumerate(self.second.extraction.items[first:], first):
            paths = (item_path(row, field.name) for field in item)
            words = " ".join(value_text(field) for field in item if field.value is not None)
            found.append((words, any(path in self.second.unseen for path in paths)))
        return found

    def _is_shown(self, page: int) -> bool:
        pages = self.reading.document.pages
        return page == self._page or len(pages) == 1


def around(boxes: Sequence[Box]) -> Box | None:
    """Returns the smallest box around all of these; None for none."""
    if not boxes:
        return None
    return Box(
        min(box.x1 for box in boxes),
        min(box.y1 for box in boxes),
        max(box.x2 for box in boxes),
        max(box.y2 for box in boxes),
    )
