"""What fields and kinds of documents are called: by the titles of the schema, in a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.domain.corrected import ITEMS, item_row, last_name
from inspector_app.domain.errors import BadInputError
from inspector_app.parsing.documents.schemas import Schema, load_schema
from inspector_app.parsing.texts import texts


@dataclass(frozen=True, slots=True)
class Titles:
    """Names for people.

    Attributes:
        schema: Of the kind of document.
        fields: Of single fields, by their own names.
        columns: Of the columns of the table, likewise, in the order of the schema.
    """

    schema: str
    fields: dict[str, str] = field(default_factory=dict[str, str])
    columns: dict[str, str] = field(default_factory=dict[str, str])

    def field(self, path: str) -> str:
        """Returns what a field is called: "total", or "items.2.amount", which becomes "Amount 3".

        A field that the schema has not is called as it is, without dashes.
        """
        name, row = last_name(path), item_row(path)
        if row is not None:
            return f"{self.column(name)} {row + 1}"
        return self.fields.get(name) or _spaced(name)

    def column(self, name: str) -> str:
        """Returns what a column of the table is called."""
        return self.columns.get(name) or _spaced(name)


def find_schema(schema: str) -> Schema | None:
    """Loads a schema; None for text alone and for a file that is gone or broken by now."""
    try:
        return load_schema(schema) if schema else None
    except BadInputError:
        return None


def kinds_of(schema: str) -> dict[str, str]:
    """Returns the kinds of a schema's fields, those of columns under "items.NAME"."""
    found = find_schema(schema)
    if found is None:
        return {}
    kinds = {each.name: each.kind for each in found.fields}
    return kinds | {f"{ITEMS}.{each.name}": each.kind for each in found.columns}


def titles_of(schema: str, language: str) -> Titles:
    """Returns the titles of a schema.

    Args:
        schema: A name, the path of the user's own, or "" for text alone.
        language: "en" or "vi"; English where the schema has no title in it.
    """
    if not schema:
        return Titles(texts("document", language)["text_only"])
    found = find_schema(schema)
    if found is None:
        return Titles(Path(schema.replace("\\", "/")).stem)
    return Titles(
        found.title(language),
        {each.name: _large(each.title(language)) for each in found.fields},
        {each.name: _large(each.title(language)) for each in found.columns},
    )


def merged(several: Sequence[Titles]) -> Titles:
    """Returns the titles of several schemas as one, for a table that holds documents of all."""
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    for each in reversed(several):  # the first one's titles win
        fields |= each.fields
        columns |= each.columns
    return Titles("", fields, columns)


def _spaced(name: str) -> str:
    return _large(name.replace("_", " ").replace("-", " ").strip()) or name


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]
