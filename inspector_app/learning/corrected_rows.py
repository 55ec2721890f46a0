"""What people made of documents as lines of a manifest, to train on and to measure by."""

from __future__ import annotations

from typing import Any

from inspector_app.domain.documents import Extraction, Page, Value

# Names of our schema -> names that evaluation knows; all others stay.
_NAMES = {"shop": "company", "phone": "tel"}


def corrected_row(
    image: str, page: Page, extraction: Extraction, split: str, language: str
) -> dict[str, Any]:
    """Returns a line of a receipt manifest; `manifest.receipt_row` reads it.

    Args:
        image: Path, relative to the manifest.
        page: The page that was read.
        extraction: Its fields as they count.
        split: "train", "val" or "test".
        language: Of the document, "en" or "vi".

    Returns:
        Values as texts, amounts with two decimals where they have any, dates as ISO 8601. It has
        no lines of text: nobody checked those.
    """
    receipt = extraction.schema == "receipt"
    fields: dict[str, Any] = {
        (_NAMES.get(field.name, field.name) if receipt else field.name): _text(field.value)
        for field in extraction.fields
    }
    if extraction.items:
        fields["items"] = [
            {field.name: _text(field.value) for field in item} for item in extraction.items
        ]
    return {
        "image": image,
        "split": split,
        "task": "receipt",
        "fields": fields,
        "text_lines": [],
        "line_boxes": [],
        "language": language,
        "width": page.width,
        "height": page.height,
    }


def _text(value: Value | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    two = f"{value:.2f}"
    if isinstance(value, int):
        return str(value)
    return two if abs(float(two) - value) < 1e-9 else f"{value:g}"
