"""Tables to read: plain text in one line, whole in the tooltip, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from inspector_app.ui import theme
from inspector_app.ui.plain_text import plain_tip, visible_text


def table(heads: Sequence[str]) -> QTableWidget:
    """Makes a table to read and choose rows from; the last column stretches."""
    made = QTableWidget(0, len(heads))
    made.setHorizontalHeaderLabels(list(heads))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setAlternatingRowColors(True)
    rows = made.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(0)
    rows.setDefaultSectionSize(made.fontMetrics().lineSpacing() + theme.SMALL)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setFont(theme.tabular(made.font()))
    header = made.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def fill_row(target: QTableWidget, row: int, texts: Sequence[str], tip: str = "") -> None:
    """Fills a row with plain text in one line each.

    Args:
        target: Has this row.
        row: From 0.
        texts: One a column.
        tip: Tooltip of all of them; their whole text when empty.
    """
    for column, text in enumerate(texts):
        item = QTableWidgetItem(" ".join(visible_text(text).split()))
        item.setToolTip(plain_tip(tip or text))
        target.setItem(row, column, item)


def fit_height(target: QTableWidget, rows: int) -> None:
    """Makes a table as high as so many rows."""
    line = target.verticalHeader().defaultSectionSize()
    below = target.horizontalScrollBar().sizeHint().height()  # columns may need more than the width
    target.setFixedHeight(target.horizontalHeader().sizeHint().height() + rows * line + below + 2)
