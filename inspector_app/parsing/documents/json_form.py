"""The fields of a document as JSON, places in pixels of its pages."""

from __future__ import annotations

from typing import Any

from inspector_app.domain.documents import Conflict, Document, Extraction, Field, Place


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
        `{NAME: {"value", "text", "score", "boxes": [{"page", "xyxy"}], "conflict"}, ...}`, then
        the table where there are rows, and `conflicts` where there are any. `value` always stands;
        the other keys only where they apply.
    """
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    result: dict[str, Any] = {
        field.name: _field(field, sizes, missing) for field in extraction.fields
    }
    if extraction.items:
        result[table] = [
            {field.name: _field(field, sizes, None) for field in item} for item in extraction.items
        ]
    if extraction.conflicts:
        result["conflicts"] = [_conflict(conflict, sizes) for conflict in extraction.conflicts]
    return result


def _field(field: Field, sizes: dict[int, tuple[int, int]], missing: str | None) -> dict[str, Any]:
    if field.value is None:
        return {"value": missing}
    entry: dict[str, Any] = {"value": field.value, "text": field.text}
    if field.score is not None:
        entry["score"] = round(field.score, 4)
    entry["boxes"] = [box for place in field.places if (box := _box(place, sizes))]
    if field.conflict:
        entry["conflict"] = field.conflict
    return entry


def _conflict(conflict: Conflict, sizes: dict[int, tuple[int, int]]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "key": conflict.key,
        "fields": list(conflict.fields),
        "found": conflict.found,
        "expected": conflict.expected,
        "boxes": [box for place in conflict.places if (box := _box(place, sizes))],
    }
    if conflict.proposal is not None:
        name, text = conflict.proposal
        entry["proposal"] = {"field": name, "text": text}
    return entry


def _box(place: Place, sizes: dict[int, tuple[int, int]]) -> dict[str, Any] | None:
    size = sizes.get(place.page)
    if size is None:
        return None
    return {"page": place.page, "xyxy": list(place.box.to_pixels(*size))}
