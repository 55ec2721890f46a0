"""The report as a workbook and as CSV. No cell is ever a formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from inspector_app.domain.verdicts import Limits
from inspector_app.reports.charts import nice_ceiling
from inspector_app.reports.summary import ImageRow, ReportData
from inspector_app.reports.texts import Words
from inspector_app.reports.wording import facts
from inspector_app.reports.workbook import (
    Cell,
    close_book,
    guarded,
    open_book,
    put,
    sheet_name,
    table_sheet,
    write_csv,
)

__all__ = [
    "findings_table",
    "guarded",
    "images_table",
    "write_findings_csv",
    "write_images_csv",
    "write_xlsx",
]

_COLORS = {"accept": "#D5F0E6", "review": "#FBEBCB", "reject": "#F9DCCB"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table of images: its head, width in letters, kind, and what is in it."""

    head: str
    width: int
    style: str
    cell: Callable[[ImageRow], Cell]


def _columns(words: Words) -> list[_Column]:
    def column(key: str, width: int, style: str, cell: Callable[[ImageRow], Cell]) -> _Column:
        return _Column(words(key), width, style, cell)

    def limit(key: str, width: int, cell: Callable[[Limits], Cell]) -> _Column:
        head = words(key, value="").strip()
        return _Column(
            head[:1].upper() + head[1:],
            width,
            "real",
            lambda row: cell(row.limits) if row.limits else None,
        )

    def reject(limits: Limits) -> Cell:
        return words("no_reject") if math.isinf(limits.reject) else _number(limits.reject)

    def code(row: ImageRow) -> str:
        return ": ".join(part for part in (row.code, row.code_text) if part)

    def engines(row: ImageRow) -> str:
        return words(row.engine_verdict.value) if row.engine_verdict else ""

    def labels(row: ImageRow) -> str:
        return ", ".join(dict.fromkeys(finding.label for finding in row.standing))

    return [
        column("image", 26, "text", lambda row: row.name),
        column("verdict", 15, "text", lambda row: words(row.status)),
        column("score", 9, "real", lambda row: _number(row.score)),
        limit("review_limit", 10, lambda limits: _number(limits.review)),
        limit("reject_limit", 18, reject),
        column("findings", 11, "whole", lambda row: len(row.standing)),
        column("label", 24, "text", labels),
        column("reasons", 56, "wrap", lambda row: " ".join(row.reasons)),
        column("engine_verdict", 15, "text", engines),
        column("person", 20, "text", lambda row: row.person),
        column("code", 20, "text", code),
        column("note", 30, "wrap", lambda row: row.person_note),
        column("trouble", 40, "wrap", lambda row: row.trouble),
        column("engine", 16, "text", lambda row: row.engine),
        column("adapter", 14, "text", lambda row: row.adapter),
        column("recipe", 24, "text", lambda row: row.recipe),
        column("seconds", 9, "real", lambda row: _number(row.seconds)),
        column("when", 22, "time", lambda row: _time(row.created)),
        column("page", 7, "whole", lambda row: row.page + 1),
        column("width", 8, "whole", lambda row: row.width or None),
        column("height", 8, "whole", lambda row: row.height or None),
        column("folder", 40, "text", lambda row: str(PurePath(row.path).parent)),
        column("hash", 68, "text", lambda row: row.sha256),
    ]


def images_table(data: ReportData, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """Returns heads and rows of the images; numbers are numbers, times are times."""
    columns = _columns(words)
    rows = [[column.cell(row) for column in columns] for row in data.images]
    return [column.head for column in columns], rows


def findings_table(data: ReportData, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """Returns heads and rows of the findings, boxes in pixels."""
    heads = [words("image"), words("verdict"), words("label"), "x1", "y1", "x2", "y2"]
    heads += [words(key) for key in ("score", "author", "engine_author", "state", "note", "when")]
    heads[9] = f"{words('engine_author')} / {words('person_author')}"
    rows: list[list[Cell]] = []
    for row in data.images:
        for finding in row.findings:
            box: Sequence[Cell] = finding.pixels or (None,) * 4
            kind = words("person_author" if finding.by_person else "engine_author")
            state = words(finding.state.value)
            rows.append(
                [
                    row.name, words(row.status), finding.label, *box, _number(finding.score),
                    finding.author, kind, state, finding.note, _time(finding.created),
                ]
            )  # fmt: skip
    return heads, rows


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _time(stamp: str) -> Cell:
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return stamp


def write_images_csv(path: Path, data: ReportData, words: Words) -> None:
    """Writes the images as CSV.

    Raises:
        OSError: Not written.
    """
    write_csv(path, *images_table(data, words))


def write_findings_csv(path: Path, data: ReportData, words: Words) -> None:
    """Writes the findings as CSV.

    Raises:
        OSError: Not written.
    """
    write_csv(path, *findings_table(data, words))


def write_xlsx(path: Path, data: ReportData, words: Words) -> None:
    """Writes the workbook: summary, images, findings, defects with a Pareto chart.

    Raises:
        OSError: Not written.
    """
    created = _time(data.changed or data.created)
    at = created if isinstance(created, datetime) else datetime(2000, 1, 1)
    book, styles = open_book(path, data.title, at)
    styles |= {key: book.add_format({"bg_color": color}) for key, color in _COLORS.items()}
    _summary_sheet(book, data, words, styles)
    columns = _columns(words)
    heads, rows = images_table(data, words)
    sheet = table_sheet(
        book, words("images"), heads, rows, [c.width for c in columns],
        [c.style for c in columns], styles,
    )  # fmt: skip
    sheet.print_area(0, 0, max(1, len(rows)), 12)  # on paper without the columns for machines
    if rows:
        for key in _COLORS:
            rule = {"type": "cell", "criteria": "==", "value": f'"{words(key)}"'}
            for column in (1, 8):  # the verdict that counts, and the engine's
                rule_here = {**rule, "format": styles[key]}
                sheet.conditional_format(1, column, len(rows), column, rule_here)
    heads, rows = findings_table(data, words)
    widths = [26, 15, 24, 7, 7, 7, 7, 9, 20, 14, 13, 40, 22]
    kinds = ["text"] * 3 + ["whole"] * 4 + ["real"] + ["text"] * 3 + ["wrap", "time"]
    table_sheet(book, words("findings"), heads, rows, widths, kinds, styles)
    _pareto_sheet(book, data, words, styles)
    close_book(book)


def _summary_sheet(book: Any, data: ReportData, words: Words, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_name(words("summary")))
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 12)
    sheet.set_row(1, 26)
    put(sheet, (0, 0), words("report"), styles, "text")
    put(sheet, (1, 0), data.title, styles, "title")
    line = 2
    if data.rendered:
        put(sheet, (line, 0), words("rendered"), styles, "note")
        line += 1
    for name, value in facts(data, words):
        put(sheet, (line, 0), name, styles, "bold")
        put(sheet, (line, 1), value, styles, "text")
        line += 1
    line += 1
    for column, key in enumerate(("verdict", "images", "share")):
        put(sheet, (line, column), words(key), styles, "head")
    total = len(data.images)
    for i, (key, count) in enumerate(data.counts, 1):
        put(sheet, (line + i, 0), words(key), styles, key if key in _COLORS else "text")
        put(sheet, (line + i, 1), count, styles, "whole")
        put(sheet, (line + i, 2), count / total if total else 0.0, styles, "share")
    line += len(data.counts) + 1
    put(sheet, (line, 0), words("total"), styles, "bold")
    put(sheet, (line, 1), total, styles, "whole")


def _pareto_sheet(book: Any, data: ReportData, words: Words, styles: dict[str, Any]) -> None:
    name = "Pareto"
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 16)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for column, key in enumerate(("label", "count", "running")):
        put(sheet, (0, column), words(key), styles, "head")
    sheet.freeze_panes(1, 0)
    total = sum(count for _, count in data.pareto)
    running = 0
    for line, (label, count) in enumerate(data.pareto, 1):
        running += count
        put(sheet, (line, 0), label, styles, "text")
        put(sheet, (line, 1), count, styles, "whole")
        put(sheet, (line, 2), running / total, styles, "share")
    if not data.pareto:
        put(sheet, (1, 0), words("pareto_empty"), styles, "text")
        return
    last = min(len(data.pareto), 20)
    bars = book.add_chart({"type": "column"})
    bars.add_series(
        {
            "name": words("count"),
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 1, last, 1],
            "fill": {"color": "#4C78A8"},
            "gap": 60,
        }
    )
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": words("running"),
            "categories": [name, 1, 0, last, 0],
            "values": [name, 1, 2, last, 2],
            "y2_axis": True,
            "line": {"color": "#333333", "width": 1.5},
            "marker": {"type": "circle", "size": 4, "fill": {"color": "#333333"}},
        }
    )
    bars.combine(line)
    bars.set_title({"name": words("pareto"), "name_font": {"size": 12}})
    ceiling, step = nice_ceiling(data.pareto[0][1])
    grid = {"visible": True, "line": {"color": "#E3E5E8"}}
    axis = {"min": 0, "max": ceiling, "major_unit": step, "num_format": "#,##0"}
    bars.set_y_axis({**axis, "major_gridlines": grid})
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%"})
    bars.set_legend({"position": "bottom"})
    bars.set_size({"width": 720, "height": 380})
    sheet.insert_chart(1, 4, bars)
