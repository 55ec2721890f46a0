"""Documents that were read, as JSON, CSV and a workbook, with people's corrections put in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from inspector_app.domain.corrected import (
    all_fields,
    corrected,
    counting,
    item_path,
)
from inspector_app.domain.documents import (
    Correction,
    Extraction,
    Reading,
)
from inspector_app.domain.images import ImageRef
from inspector_app.parsing.documents.json_form import to_json
from inspector_app.parsing.documents.titles import Titles, merged, titles_of
from inspector_app.parsing.documents.wording import say_clash
from inspector_app.reports.texts import Words
from inspector_app.reports.workbook import Cell, close_book, open_book, table_sheet, write_csv
from inspector_app.store.project import Project

_WIDE = frozenset(("shop", "branch", "address", "name"))
_NUMBER_STYLE = "value"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of a project.

    Attributes:
        image: The image.
        reading: What was read.
        counted: The corrections that count, by path of the field.
        schema: As it was asked for.
        created: When it was read.
    """

    image: ImageRef
    reading: Reading
    counted: dict[str, Correction]
    schema: str
    created: str

    @property
    def extraction(self) -> Extraction | None:
        """The fields as they count; None where only text was read."""
        found = self.reading.extraction
        return None if found is None else corrected(found, self.counted)


def collect(project: Project, image_ids: Iterable[str] | None = None) -> list[DocumentRow]:
    """Reads documents of a project; None means all that were read."""
    wanted = None if image_ids is None else set(image_ids)
    rows: list[DocumentRow] = []
    for image_id, stored in project.readings().items():
        if wanted is not None and image_id not in wanted:
            continue
        extraction = stored.reading.extraction
        counted = counting(extraction, project.corrections(image_id)) if extraction else {}
        rows.append(
            DocumentRow(
                project.image(image_id), stored.reading, counted, stored.schema, stored.created
            )
        )
    return rows


# -- JSON ------------------------------------------------------------------------------------


def fields_object(reading: Reading, counted: dict[str, Correction] | None = None) -> dict[str, Any]:
    """Returns fields, items and conflicts of a document for `json.dumps`.

    The form is that of `parsing.documents.json_form`; what a person corrected has "corrected" and
    "read" besides.
    """
    if reading.extraction is None:
        return {}
    counted = counted or {}
    before = all_fields(reading.extraction)
    result = to_json(corrected(reading.extraction, counted), reading.document)
    for path in counted:
        entry = _entry(result, path)
        if entry is not None:
            entry |= {"corrected": True, "read": before[path].text}
    return result


def _entry(result: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The JSON of a field, by its name in corrections: "total", "items.2.amount"."""
    name, *rest = path.split(".")
    if not rest:
        return result.get(name)
    row, column = int(rest[0]), rest[1]
    rows = result[name]
    return rows[row].get(column) if row < len(rows) else None


def json_text(rows: Sequence[DocumentRow], single: bool) -> str:
    """Returns documents as JSON: the fields of one, or a list with image and fields of each."""
    if single and len(rows) == 1:
        found: Any = fields_object(rows[0].reading, rows[0].counted)
    else:
        found = [
            {
                "image": row.image.path,
                "page": row.image.page,
                "schema": row.schema,
                "reader": row.reading.document.reader,
                "summary": row.reading.summary,
                "fields": fields_object(row.reading, row.counted),
            }
            for row in rows
        ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


# -- tables ----------------------------------------------------------------------------------


def csv_table(rows: Sequence[DocumentRow], single: bool) -> tuple[list[str], list[list[Cell]]]:
    """Returns heads and rows: a row for every field, with the image where there are several."""
    table: list[list[Cell]] = []
    for row in rows:
        extraction = row.extraction
        for path, field in all_fields(extraction).items() if extraction else ():
            mark = "yes" if path in row.counted else ""
            cells: list[Cell] = [path, field.value, field.text, mark]
            table.append(cells if single else [_image_name(row), *cells])
    heads = ["field", "value", "text", "corrected"]
    return (heads if single else ["image", *heads]), table


def documents_table(
    rows: Sequence[DocumentRow], language: str
) -> tuple[list[str], list[int], list[str], list[list[Cell]]]:
    """Returns heads, widths, styles and rows: one row for every document."""
    names, words = _field_names(rows), Words(language)
    titles = _titles(rows, language)
    together = merged(list(titles.values()))
    keys = ("image", "page", "schema")
    ends = ("conflicts", "corrected", "summary", "reader", "read_at")
    heads = [words(key) for key in keys]
    heads += [together.field(name) for name in names]
    heads += [words(key) for key in ends]
    widths = [26, 7, 14, *(34 if name in _WIDE else 16 for name in names), 48, 24, 60, 26, 22]
    styles = ["text", "whole", "text", *[_NUMBER_STYLE] * len(names)]
    styles += ["wrap", "wrap", "wrap", "text", "time"]
    table: list[list[Cell]] = []
    for row in rows:
        extraction = row.extraction or Extraction("", ())
        values = {field.name: field.value for field in extraction.fields}
        own = titles[row.schema]
        told = [say_clash(each, extraction, language) for each in extraction.conflicts]
        table.append(
            [
                PurePath(row.image.path).name,
                row.image.page + 1,
                own.schema,
                *(values.get(name) for name in names),
                "\n".join(told),
                ", ".join(own.field(path) for path in row.counted),
                row.reading.summary,
                row.reading.document.reader,
                _time(row.created),
            ]
        )
    return heads, widths, styles, table


def items_table(
    rows: Sequence[DocumentRow], language: str
) -> tuple[list[str], list[int], list[str], list[list[Cell]]]:
    """Returns heads, widths, styles and rows: one row for every item of every document."""
    names = list(
        dict.fromkeys(
            field.name
            for row in rows
            if row.reading.extraction
            for item in row.reading.extraction.items
            for field in item
        )
    ) or ["name", "quantity", "unit_price", "amount"]
    words = Words(language)
    titles = _titles(rows, language)
    together = merged(list(titles.values()))
    heads = [words("image"), words("row"), *map(together.column, names), words("corrected")]
    widths = [26, 7, *(40 if name in _WIDE else 14 for name in names), 24]
    styles = ["text", "whole", *[_NUMBER_STYLE] * len(names), "wrap"]
    table: list[list[Cell]] = []
    for row in rows:
        extraction = row.extraction
        for number, item in enumerate(extraction.items if extraction else ()):
            values = {field.name: field.value for field in item}
            changed = [name for name in names if item_path(number, name) in row.counted]
            table.append(
                [
                    _image_name(row),
                    number + 1,
                    *(values.get(name) for name in names),
                    ", ".join(map(titles[row.schema].column, changed)),
                ]
            )
    return heads, widths, styles, table


def write(path: Path, rows: Sequence[DocumentRow], language: str, single: bool) -> None:
    """Writes documents; the form follows from the suffix: .json, .csv, .xlsx.

    Raises:
        OSError: Not written.
    """
    if path.suffix == ".json":
        path.write_text(json_text(rows, single), "utf-8", newline="\n")
    elif path.suffix == ".csv":
        write_csv(path, *csv_table(rows, single))
    else:
        write_xlsx(path, rows, language)


def write_xlsx(path: Path, rows: Sequence[DocumentRow], language: str) -> None:
    """Writes the workbook: a sheet with a row a document, a sheet with a row an item.

    Raises:
        OSError: Not written.
    """
    newest = max((row.created for row in rows), default="")
    at = _time(newest)
    words = Words(language)
    title = words("documents")
    book, styles = open_book(path, title, at if isinstance(at, datetime) else datetime(2000, 1, 1))
    # No number format of its own: 41.2 and 114000 stand in the same column of two documents.
    styles[_NUMBER_STYLE] = book.add_format({"valign": "top"})
    for name, (heads, widths, kinds, table) in (
        (title, documents_table(rows, language)),
        (words("items"), items_table(rows, language)),
    ):
        table_sheet(book, name, heads, table, widths, kinds, styles)
    close_book(book)


def _titles(rows: Sequence[DocumentRow], language: str) -> dict[str, Titles]:
    return {row.schema: titles_of(row.schema, language) for row in rows}


def _field_names(rows: Sequence[DocumentRow]) -> list[str]:
    return list(
        dict.fromkeys(
            field.name
            for row in rows
            if row.reading.extraction
            for field in row.reading.extraction.fields
        )
    )


def _image_name(row: DocumentRow) -> str:
    name = PurePath(row.image.path).name
    return f"{name} ({row.image.page + 1})" if row.image.page else name


def _time(stamp: str) -> Cell:
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return stamp or None
