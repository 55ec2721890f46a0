"""The fields of a document as JSON, places in pixels of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspector_app.domain.documents import Conflict, Document, Extraction, Field, Place

Sizes = dict[int, tuple[int, int]]


def to_json(
    extraction: Extraction, document: Document, missing: str | None = None, table: str = "items"
) -> dict[str, Any]:
    """Returns the form fixed by the command-line contract.

    Args:
        extraction: The fields.
        document: Where they were read: its pages say how large a pixel is.
        missing: What stands for a field that the document lacks ("N/A"); None for null.
        table: Name of the table of goods.

    Returns:
        `{NAME: {"value", "text", "score", "boxes", "conflict"}, ..., TABLE: [...],
        "conflicts": [...]}`; a box is `[x1, y1, x2, y2]`, and where a document has several pages
        "pages" says, counted from 1, on which each of them lies.
    """
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    result: dict[str, Any] = {
        field.name: _field(field, sizes, missing) for field in extraction.fields
    }
    result[table] = [
        {field.name: _field(field, sizes, None) for field in item} for item in extraction.items
    ]
    result["conflicts"] = [_conflict(conflict, sizes) for conflict in extraction.conflicts]
    return result


def _field(field: Field, sizes: Sizes, missing: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "value": missing if field.value is None else field.value,
        "text": field.text,
        "score": field.score if field.score is None else round(field.score, 4),
        "boxes": _boxes(field.places, sizes),
        "conflict": field.conflict,
    }
    if len(sizes) > 1:
        entry["pages"] = [place.page + 1 for place in field.places if place.page in sizes]
    return entry


def _conflict(conflict: Conflict, sizes: Sizes) -> dict[str, Any]:
    proposal = conflict.proposal
    return {
        "key": conflict.key,
        "fields": list(conflict.fields),
        "found": conflict.found,
        "expected": conflict.expected,
        "boxes": _boxes(conflict.places, sizes),
        "proposal": None if proposal is None else {"field": proposal[0], "text": proposal[1]},
    }


def _boxes(places: Sequence[Place], sizes: Sizes) -> list[list[int]]:
    return [list(p.box.to_pixels(*sizes[p.page])) for p in places if p.page in sizes]
