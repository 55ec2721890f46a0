"""Workbooks and CSV files, whatever stands in them. No cell is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

Cell = str | int | float | datetime | None

_FORMULA = "=+-@\t\r\n＝＋－＠"  # Excel takes the wide forms for the same
_MOST_LETTERS = 32_000  # of a cell; Excel's own limit is 32,767


def guarded(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula when it opens a CSV file."""
    start = text.lstrip(" \u00a0")[:1]
    return f"'{text}" if start and start in _FORMULA else text


def write_csv(path: Path, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Writes a table as CSV for spreadsheets.

    Raises:
        OSError: Not written.
    """
    # With the mark at the start Excel reads UTF-8; without it Vietnamese turns to rubbish.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([guarded(head) for head in heads])
        for row in rows:
            writer.writerow([_csv_cell(cell) for cell in row])


def _csv_cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime():
            return cell.isoformat(" ")
        case _:
            return cell


def open_book(path: Path, title: str, created: datetime) -> tuple[Any, dict[str, Any]]:
    """Begins a workbook; returns it with its formats by name."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": title, "author": "Inspector", "created": created})
    styles = {
        "head": book.add_format(
            {
                "bold": True,
                "bg_color": "#E9ECEF",
                "bottom": 1,
                "valign": "vcenter",
                "text_wrap": True,
            }
        ),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "note": book.add_format({"italic": True, "font_color": "#8A4B00"}),
        "text": book.add_format({"valign": "top", "num_format": "@"}),
        "wrap": book.add_format({"valign": "top", "num_format": "@", "text_wrap": True}),
        "whole": book.add_format({"valign": "top", "num_format": "#,##0"}),
        "real": book.add_format({"valign": "top", "num_format": "0.000"}),
        "time": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"}),
        "share": book.add_format({"num_format": "0.0%"}),
    }
    return book, styles


def close_book(book: Any) -> None:
    """Writes the workbook.

    Raises:
        OSError: Not written.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def put(sheet: Any, at: tuple[int, int], cell: Cell, styles: dict[str, Any], style: str) -> None:
    """Writes a cell as what it is: text as text, numbers as numbers."""
    match cell:
        case None | "":
            sheet.write_blank(*at, None, styles[style])
        case str():
            # write_string, never write: nothing is taken for a formula, a number or a link
            sheet.write_string(*at, cell[:_MOST_LETTERS], styles[style])
        case datetime():
            sheet.write_datetime(*at, cell, styles["time"])
        case _:
            sheet.write_number(*at, cell, styles[style])


def table_sheet(
    book: Any,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    kinds: Sequence[str],
    styles: dict[str, Any],
) -> Any:
    """Adds a sheet with a table: heads that stay in sight, a filter, laid out for paper."""
    sheet = book.add_worksheet(sheet_name(name))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
        put(sheet, (0, column), heads[column], styles, "head")
    sheet.set_row(0, 32)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            put(sheet, (line, column), cell, styles, kinds[column])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def sheet_name(name: str) -> str:
    """Returns a name that a sheet may have."""
    # Excel takes 31 letters and none of these.
    return "".join("_" if c in "[]:*?/\\" else c for c in name)[:31]
