"""Reads a document under a schema: the one entry to everything in this package."""

from __future__ import annotations

from collections.abc import Callable

from inspector_app.domain.documents import Document, Extraction
from inspector_app.parsing.documents.generic import read_generic
from inspector_app.parsing.documents.id_card import read_id_card
from inspector_app.parsing.documents.receipt import read_receipt
from inspector_app.parsing.documents.schemas import Schema, load_schema

_READERS: dict[str, Callable[[Document, tuple[str, ...]], Extraction]] = {
    "receipt": read_receipt,
    "id-card": read_id_card,
}


def extract(document: Document, schema: Schema | str = "receipt") -> Extraction:
    """Reads the fields of a document.

    Args:
        document: Its lines with places.
        schema: A schema, the name of one of ours, or the path of the user's own.

    Returns:
        All fields of the schema in its order; what the document does not say is None.

    Raises:
        BadInputError: The schema cannot be used.
    """
    if isinstance(schema, str):
        schema = load_schema(schema)
    reader = _READERS.get(schema.name)
    if reader is None or schema != load_schema(schema.name):  # the user's file of the same name
        return read_generic(document, schema)
    return reader(document, schema.names)
