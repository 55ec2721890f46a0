"""The confusion matrix: what was wanted against what was given; a cell chosen tells its items."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from inspector_app.domain.evaluation import Evaluation, confusion
from inspector_app.ui import theme
from inspector_app.ui.evaluation_words import said_word
from inspector_app.ui.plain_text import plain_tip, visible_text

_LONGEST = 24
_MOST_ALPHA = 150


class ConfusionTable(QTableWidget):
    """Rows are what was wanted, columns what was given; the ground is darker for larger shares."""

    cell_chosen = Signal(object, str)  # places of its items, what they have in common

    def __init__(self, evaluation: Evaluation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = confusion(evaluation.items)
        self._task = evaluation.task
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFont(theme.tabular(self.font()))
        self.setRowCount(len(self._found.wanted))
        self.setColumnCount(len(self._found.given))
        for place, name in enumerate(self._found.given):
            head = self.tr("given: {what}").format(what=self._short(name))
            self.setHorizontalHeaderItem(place, self._head(head, name))
        for row, name in enumerate(self._found.wanted):
            head = self.tr("wanted: {what}").format(what=self._short(name))
            self.setVerticalHeaderItem(row, self._head(head, name))
            for column, members in enumerate(self._found.items[row]):
                item = QTableWidgetItem(str(len(members)))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setToolTip(plain_tip(self._name(row, column)))
                if name == self._found.given[column]:
                    font = self.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(row, column, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setDefaultSectionSize(
            self.fontMetrics().lineSpacing() + 2 * theme.TINY
        )
        self._color()
        self.cellClicked.connect(self._choose)
        self.cellActivated.connect(self._choose)

    @Slot(int, int)
    def _choose(self, row: int, column: int) -> None:
        self.cell_chosen.emit(self._found.items[row][column], self._name(row, column))

    def _name(self, row: int, column: int) -> str:
        wanted, given = self._found.wanted[row], self._found.given[column]
        return self.tr("Wanted {wanted}, given {given} ({n})").format(
            wanted=self._short(wanted),
            given=self._short(given),
            n=len(self._found.items[row][column]),
        )

    def _short(self, text: str) -> str:
        shown = " ".join(visible_text(said_word(text, self._task)).split()) or self.tr("(nothing)")
        return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"

    def _head(self, text: str, whole: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(plain_tip(said_word(whole, self._task)))
        return item

    def _color(self) -> None:
        ground = self.palette().color(QPalette.ColorRole.Highlight)
        for row, cells in enumerate(self._found.items):
            whole = sum(map(len, cells)) or 1
            for column, members in enumerate(cells):
                color = QColor(ground)
                color.setAlpha(round(_MOST_ALPHA * len(members) / whole))
                item = self.item(row, column)
                if item is not None:
                    item.setBackground(color)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.rowCount():
            self._color()
