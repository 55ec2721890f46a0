"""A reading with people's corrections put in, as the Document tab shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from inspector_app.domain.corrected import (
    LOW_SCORE,
    all_fields,
    conflict_fields,
    corrected_field,
    counting,
    doubtful,
    is_empty,
    open_conflicts,
)
from inspector_app.domain.documents import Conflict, Correction, Extraction, Field
from inspector_app.domain.geometry import Box
from inspector_app.domain.readings import StoredReading
from inspector_app.services.documents import titles_of
from inspector_app.ui.document_words import language
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
    """

    path: str
    read: Field
    field: Field
    sign: Sign
    author: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a person said that it was read right."""
        return self.sign is Sign.CORRECTED and self.field.text == self.read.text


class DocumentState:
    """What is known of one document; made anew on every change.

    Args:
        stored: The reading.
        corrections: All of its image, oldest first.
        page: Which page of the file the picture shows.
    """

    def __init__(
        self, stored: StoredReading, corrections: Sequence[Correction] = (), page: int = 0
    ) -> None:
        self.stored = stored
        self.reading = stored.reading
        self.extraction = stored.reading.extraction or Extraction("", ())
        self.titles = titles_of(stored.schema, language())
        self.has_fields = stored.reading.extraction is not None
        self.counted = counting(self.extraction, corrections)
        self.conflicts: tuple[Conflict, ...] = open_conflicts(self.extraction, self.counted)
        self.doubtful = doubtful(self.extraction, self.counted)
        self.is_empty = is_empty(self.extraction) and not self.counted
        self._page = page
        clashing = conflict_fields(self.extraction, self.counted)
        self.cells: dict[str, Cell] = {}
        for path, field in all_fields(self.extraction).items():
            correction = self.counted.get(path)
            sign = Sign.NONE
            if correction is not None:
                sign = Sign.CORRECTED
            elif path in clashing:
                sign = Sign.CONFLICT
            elif field.score is not None and field.score < LOW_SCORE:
                sign = Sign.UNSURE
            author = correction.author if correction is not None else ""
            self.cells[path] = Cell(path, field, corrected_field(field, correction), sign, author)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Keys of what must be said of document and pages, each once."""
        pages = (remark for page in self.reading.document.pages for remark in page.remarks)
        return tuple(dict.fromkeys((*pages, *self.extraction.remarks)))

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

    def next_doubt(self, path: str | None) -> str | None:
        """Returns the field to look at after this one, from the start again behind the last."""
        order = list(self.cells)
        at = order.index(path) if path in self.cells else -1
        later = [each for each in self.doubtful if order.index(each) > at]
        return (later or self.doubtful or [None])[0]

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
