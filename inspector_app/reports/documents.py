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
    counting,
    item_path,
    item_row,
    last_name,
    open_differences,
)
from inspector_app.domain.documents import Extraction, SecondReading
from inspector_app.domain.images import ImageRef
from inspector_app.domain.readings import StoredReading
from inspector_app.parsing.documents.json_form import to_json
from inspector_app.parsing.documents.recheck import Counted, compact, count
from inspector_app.parsing.documents.schemas import Schema
from inspector_app.parsing.documents.summary import summarize
from inspector_app.parsing.documents.titles import Titles, find_schema, merged, titles_of
from inspector_app.parsing.documents.wording import say_clash
from inspector_app.reports.texts import Words
from inspector_app.reports.workbook import Cell, close_book, open_book, table_sheet, write_csv
from inspector_app.store.project import Project

_WIDE = frozenset(("shop", "branch", "address", "name"))
_NUMBER_STYLE = "value"


@dataclass(frozen=True, slots=True)
class Style:
    """How summaries are written.

    Attributes:
        language: "en" or "vi".
        long: Goods, tax and payment too.
        formal: Whole sentences.
    """

    language: str = "en"
    long: bool = False
    formal: bool = True


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of a project.

    Attributes:
        image: The image.
        stored: What was read.
        counted: The same with corrections, rows without values left out; None where only text was
            read.
        schema: None for text alone, and where the user's file is gone by now.
        summary: Of the fields as they count.
        second: What a language engine read beside it; None where none did.
        undecided: Where that one differs, and nobody has decided.
    """

    image: ImageRef
    stored: StoredReading
    counted: Counted | None
    schema: Schema | None = None
    summary: str = ""
    second: SecondReading | None = None
    undecided: tuple[str, ...] = ()


def collect(
    project: Project,
    image_ids: Iterable[str] | None = None,
    style: Style = Style(),
    schema_name: str | None = None,
) -> list[DocumentRow]:
    """Reads documents of a project.

    Args:
        project: The project.
        image_ids: Of which images; None means all that were read.
        style: Of their summaries.
        schema_name: Images that were read under it count as read so, whatever came later, as the
            window shows them; None for the newest reading of each.
    """
    wanted = None if image_ids is None else set(image_ids)
    rows: list[DocumentRow] = []
    for image_id, stored in project.readings().items():
        if wanted is not None and image_id not in wanted:
            continue
        if schema_name is not None and stored.schema != schema_name:
            stored = project.reading(image_id, schema_name) or stored
        image = project.image(image_id)
        if stored.reading.extraction is None:
            rows.append(DocumentRow(image, stored, None))
            continue
        schema = find_schema(stored.schema)
        columns = [column.name for column in schema.columns] if schema else []
        corrections = project.corrections(image_id)
        counted = compact(count(stored, corrections, columns))
        summary = summarize(
            counted.now, style.language, long=style.long, formal=style.formal, schema=schema
        )
        kept = project.second(image_id, stored.schema)
        second = kept.second if kept is not None else None
        undecided: list[str] = []
        if second is not None:
            read = stored.reading.extraction
            undecided = open_differences(second, read, counting(read, corrections))
        rows.append(DocumentRow(image, stored, counted, schema, summary, second, tuple(undecided)))
    return rows


# -- JSON ------------------------------------------------------------------------------------


def _fields_object(row: DocumentRow) -> dict[str, Any]:
    """Fields, items and conflicts in the form of `parsing.documents.json_form`.

    What a person corrected has "corrected" and "read" besides.
    """
    if row.counted is None:
        return {}
    before = all_fields(row.counted.read)
    table = (row.schema.table if row.schema else "") or "items"
    missing = row.schema.missing if row.schema else None
    result = to_json(row.counted.now, row.stored.reading.document, missing, table)
    for path in row.counted.corrections:
        name, number = last_name(path), item_row(path)
        entry = result[name] if number is None else result[table][number][name]
        entry |= {"corrected": True, "read": before[path].text if path in before else ""}
    if row.second is not None:
        result["second"] = {
            "engine": row.second.engine,
            "with_text": row.second.with_text,
            "fields": to_json(row.second.extraction, row.stored.reading.document, missing, table),
            "unseen": list(row.second.unseen),
            "differing": list(row.second.differing),
            "undecided": list(row.undecided),
        }
    return result


def json_text(rows: Sequence[DocumentRow], single: bool) -> str:
    """Returns documents as JSON: the fields of one, or a list with image and fields of each."""
    if single and len(rows) == 1:
        found: Any = _fields_object(rows[0])
    else:
        found = [
            {
                "image": row.image.path,
                "page": row.image.page,
                "schema": row.stored.schema,
                "reader": row.stored.reading.document.reader,
                "summary": row.summary,
                "fields": _fields_object(row),
            }
            for row in rows
        ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


# -- tables ----------------------------------------------------------------------------------


def csv_table(rows: Sequence[DocumentRow], single: bool) -> tuple[list[str], list[list[Cell]]]:
    """Returns heads and rows: a row for every field, with the image where there are several."""
    table: list[list[Cell]] = []
    for row in rows:
        counted = row.counted
        for path, field in all_fields(counted.now).items() if counted else ():
            mark = "yes" if counted and path in counted.corrections else ""
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
        extraction = row.counted.now if row.counted else Extraction("", ())
        values = {field.name: field.value for field in extraction.fields}
        own = titles[row.stored.schema]
        told = [say_clash(each, extraction, language) for each in extraction.conflicts]
        table.append(
            [
                PurePath(row.image.path).name,
                row.image.page + 1,
                own.schema,
                *(values.get(name) for name in names),
                "\n".join(told),
                ", ".join(own.field(path) for path in row.counted.corrections)
                if row.counted
                else "",
                row.summary,
                row.stored.reading.document.reader,
                _time(row.stored.created),
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
            if row.counted
            for item in row.counted.now.items
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
        if row.counted is None:
            continue
        for number, item in enumerate(row.counted.now.items):
            values = {field.name: field.value for field in item}
            changed = [n for n in names if item_path(number, n) in row.counted.corrections]
            table.append(
                [
                    _image_name(row),
                    number + 1,
                    *(values.get(name) for name in names),
                    ", ".join(map(titles[row.stored.schema].column, changed)),
                ]
            )
    return heads, widths, styles, table


def second_table(
    rows: Sequence[DocumentRow], language: str
) -> tuple[list[str], list[int], list[str], list[list[Cell]]]:
    """Returns heads, widths, styles and rows: one row for each field that two readers differ in."""
    words = Words(language)
    titles = _titles(rows, language)
    keys = ("image", "field", "value", "second", "unseen", "decided", "reader")
    heads = [words(key) for key in keys]
    table: list[list[Cell]] = []
    for row in rows:
        first = row.stored.reading.extraction
        if row.second is None or first is None:
            continue
        read, again = all_fields(first), all_fields(row.second.extraction)
        doubted = dict.fromkeys((*row.second.differing, *row.second.unseen))
        for path in (path for path in doubted if path in again):
            before = read.get(path)
            table.append(
                [
                    _image_name(row),
                    titles[row.stored.schema].field(path),
                    before.value if before is not None else None,
                    again[path].value,
                    words("yes") if path in row.second.unseen else "",
                    "" if path in row.undecided or before is None else words("yes"),
                    row.second.engine,
                ]
            )
    return (
        heads,
        [26, 24, 30, 30, 16, 12, 26],
        ["text", "text", *["value"] * 2, *["text"] * 3],
        table,
    )


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
    """Writes the workbook: sheets with a row a document, an item, a field that readers differ in.

    Raises:
        OSError: Not written.
    """
    newest = max((row.stored.created for row in rows), default="")
    at = _time(newest)
    words = Words(language)
    title = words("documents")
    book, styles = open_book(path, title, at if isinstance(at, datetime) else datetime(2000, 1, 1))
    # No number format of its own: 41.2 and 114000 stand in the same column of two documents.
    styles[_NUMBER_STYLE] = book.add_format({"valign": "top"})
    sheets = [
        (title, documents_table(rows, language)),
        (words("items"), items_table(rows, language)),
    ]
    if any(row.second is not None for row in rows):
        sheets.append((words("second"), second_table(rows, language)))
    for name, (heads, widths, kinds, table) in sheets:
        table_sheet(book, name, heads, table, widths, kinds, styles)
    close_book(book)


def _titles(rows: Sequence[DocumentRow], language: str) -> dict[str, Titles]:
    return {row.stored.schema: titles_of(row.stored.schema, language) for row in rows}


def _field_names(rows: Sequence[DocumentRow]) -> list[str]:
    return list(
        dict.fromkeys(field.name for row in rows if row.counted for field in row.counted.now.fields)
    )


def _image_name(row: DocumentRow) -> str:
    name = PurePath(row.image.path).name
    return f"{name} ({row.image.page + 1})" if row.image.page else name


def _time(stamp: str) -> Cell:
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return stamp or None
