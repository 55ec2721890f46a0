"""Fields and items of a document as tables; what a person types leaves as a signal."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from inspector_app.domain.corrected import item_path, item_row
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import colors, theme
from inspector_app.ui.document_second import difference_icon, how_read, second_lines, second_signs
from inspector_app.ui.document_signs import percent, sign_icon, sign_text
from inspector_app.ui.document_state import Cell, DocumentState, Sign
from inspector_app.ui.document_words import says_the_same, typed_text, value_text
from inspector_app.ui.plain_text import plain_tip, visible_text

_Index = QModelIndex | QPersistentModelIndex
PATH_ROLE = Qt.ItemDataRole.UserRole + 1
_LONGEST = 300
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Column(IntEnum):
    """Columns of the table of fields."""

    NAME = 0
    VALUE = 1
    SECOND = 2  # hidden where no language engine has read
    SCORE = 3
    TEXT = 4


class CellsModel(QAbstractTableModel):
    """Base of both tables: cells by path, and how a cell looks."""

    edited = Signal(str, str)  # path, text

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: DocumentState | None = None
        self.read_only = False
        self.shape = self.shape_of(None)

    # -- what the two differ in ----------------------------------------------------------

    def path_at(self, index: _Index) -> str | None:
        """Returns the field of a cell."""
        raise NotImplementedError

    def index_of(self, path: str) -> QModelIndex:
        """Returns the cell that is edited for a field; an invalid index when it is not here."""
        raise NotImplementedError

    def is_value(self, index: _Index) -> bool:
        """Whether a cell shows the value itself, which can be edited."""
        raise NotImplementedError

    def shape_of(self, state: DocumentState | None) -> tuple[int, tuple[str, ...]]:
        """Returns the number of rows, and what names rows or columns, of a document's table."""
        raise NotImplementedError

    # -- what both share -------------------------------------------------------------------

    def set_state(self, state: DocumentState | None) -> None:
        """Shows a document; the selection stays where rows and columns are the same."""
        before, shape = self.shape, self.shape_of(state)
        if shape[1] != before[1]:
            self.beginResetModel()
            self.state, self.shape = state, shape
            self.endResetModel()
            return
        # An editor on a row must outlive the rows that come and go behind it.
        if shape[0] > before[0]:
            self.beginInsertRows(QModelIndex(), before[0], shape[0] - 1)
        elif shape[0] < before[0]:
            self.beginRemoveRows(QModelIndex(), shape[0], before[0] - 1)
        self.state, self.shape = state, shape
        if shape[0] > before[0]:
            self.endInsertRows()
        elif shape[0] < before[0]:
            self.endRemoveRows()
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def field_name(self, path: str) -> str:
        """Returns what a field is called in the window's language."""
        return self.state.titles.field(path) if self.state is not None else path

    def cell_at(self, index: _Index) -> Cell | None:
        """Returns what stands in a cell."""
        path = self.path_at(index)
        if path is None or self.state is None:
            return None
        return self.state.cells.get(path)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Returns what may be done with a cell."""
        flags = super().flags(index)
        cell = self.cell_at(index)
        if not self.read_only and self.is_value(index) and cell is not None and not cell.removed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tells what a person typed; the cell shows it once it is stored."""
        cell = self.cell_at(index)
        if role != Qt.ItemDataRole.EditRole or cell is None or not self.state or self.read_only:
            return False
        typed = " ".join(str(value).split())
        if typed == value_text(cell.field):
            return False
        self.edited.emit(cell.path, typed_text(cell.path, typed, self.state.kind(cell.path)))
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns what a cell shows."""
        cell = self.cell_at(index)
        if cell is None:
            return None
        if role == PATH_ROLE:
            return cell.path
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(cell, index)
        if role == Qt.ItemDataRole.EditRole:
            return value_text(cell.field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(cell))
        if role == Qt.ItemDataRole.AccessibleTextRole and self.is_value(index):
            signs = self._sign_text(cell)
            return f"{self._shown(cell, index)} ({signs})" if signs else self._shown(cell, index)
        if role == Qt.ItemDataRole.DecorationRole and self.is_value(index) and not cell.removed:
            return self._sign(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(cell, index)
        return None

    def _sign(self, cell: Cell) -> Any:
        return sign_icon(cell.sign)

    def _sign_text(self, cell: Cell) -> str:
        return sign_text(cell)

    def _shown(self, cell: Cell, index: _Index) -> str:
        text = value_text(cell.read if cell.removed else cell.field) or self.missing(cell)
        return " ".join(visible_text(text[:_LONGEST]).split())

    def missing(self, cell: Cell) -> str:
        """Returns what stands for a value that is not there."""
        if cell.author and not cell.removed:
            return QCoreApplication.translate("Document", "not in the document")
        return "–"

    def _color(self, cell: Cell, index: _Index) -> Any:
        palette = QGuiApplication.palette()
        if cell.field.value is None:
            return palette.color(QPalette.ColorRole.PlaceholderText)
        if self.is_value(index) and cell.sign is Sign.CONFLICT:
            return colors.verdict_text_color(Verdict.REJECT, theme.is_dark())
        return None

    def _tip(self, cell: Cell) -> str:
        translate = QCoreApplication.translate
        lines = [f"{self.field_name(cell.path)}: {self._plain(cell)}"]
        if cell.author:
            if cell.removed:
                line = translate("Document", "Row removed by {name}")
            elif cell.confirmed:
                line = translate("Document", "Read right, says {name}")
            else:
                line = translate("Document", "Corrected by {name}")
            lines.append(line.format(name=cell.author))
            read = cell.read.text or translate("Document", "nothing")
            lines.append(translate("Document", "Read: {text}").format(text=read))
        elif cell.read.text:
            lines.append(
                translate("Document", "In the document: {text}").format(text=cell.read.text)
            )
        if cell.field.score is not None:
            lines.append(translate("Document", "Confidence {score}").format(score=percent(cell)))
        if cell.sign is Sign.CONFLICT:
            lines.append(translate("Document", "Does not agree with the other numbers"))
        return "\n".join(lines + second_lines(cell, self.state.second_name if self.state else ""))

    def _plain(self, cell: Cell) -> str:
        return value_text(cell.field) or self.missing(cell)


class FieldsModel(CellsModel):
    """Fields of the document, a row each."""

    def shape_of(self, state: DocumentState | None) -> tuple[int, tuple[str, ...]]:
        cells = state.cells if state is not None else {}
        paths = tuple(path for path in cells if item_row(path) is None)
        return len(paths), paths

    def set_state(self, state: DocumentState | None) -> None:
        super().set_state(state)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.SECOND, Column.SECOND)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Returns the number of fields."""
        return 0 if parent.isValid() else self.shape[0]

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Returns the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == Column.SCORE else _LEFT
        second = self.state.second_name if self.state is not None else ""
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.SECOND:
            return plain_tip(how_read(self.state))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.SECOND: second,
            Column.NAME: self.tr("Field"),
            Column.VALUE: self.tr("Value"),
            Column.SCORE: self.tr("Sure"),
            Column.TEXT: self.tr("In the document"),
        }[Column(section)]

    def path_at(self, index: _Index) -> str | None:
        row = index.row()
        return self.shape[1][row] if index.isValid() and 0 <= row < len(self.shape[1]) else None

    def index_of(self, path: str) -> QModelIndex:
        if path not in self.shape[1]:
            return QModelIndex()
        return self.index(self.shape[1].index(path), Column.VALUE)

    def is_value(self, index: _Index) -> bool:
        return index.column() == Column.VALUE

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns what a cell shows."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == Column.SCORE else _LEFT
        if role == Qt.ItemDataRole.FontRole:
            if index.column() == Column.VALUE:
                return _value_font(self.cell_at(index))
            return theme.tabular() if index.column() in (Column.SECOND, Column.SCORE) else None
        cell = self.cell_at(index)
        if index.column() == Column.SECOND and cell is not None:
            if role == Qt.ItemDataRole.DecorationRole:
                return difference_icon(cell)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                signs = second_signs(cell)
                return f"{self._shown(cell, index)} ({signs})" if signs else None
        return super().data(index, role)

    def _color(self, cell: Cell, index: _Index) -> Any:
        if index.column() != Column.SECOND:
            return super()._color(cell, index)
        if cell.unseen:
            return colors.verdict_text_color(Verdict.REJECT, theme.is_dark())
        if cell.differs:
            return None
        return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)

    def _shown(self, cell: Cell, index: _Index) -> str:
        match Column(index.column()):
            case Column.NAME:
                return self.field_name(cell.path)
            case Column.SECOND:
                text = value_text(cell.second) if cell.second is not None else ""
                return " ".join(visible_text(text[:_LONGEST]).split()) or "–"
            case Column.SCORE:
                return percent(cell)
            case Column.TEXT:
                text = " ".join(visible_text(cell.read.text[:_LONGEST]).split())
                return "" if says_the_same(super()._shown(cell, index), text) else text
            case _:
                return super()._shown(cell, index)


class ItemsModel(CellsModel):
    """Items of the document, a row each; a column for each of their fields."""

    def shape_of(self, state: DocumentState | None) -> tuple[int, tuple[str, ...]]:
        if state is None or not state.columns:
            return 0, ()
        # The last one is for typing another item.
        return len(state.extraction.items) + (not self.read_only), state.columns

    def names(self) -> list[str]:
        """Returns the fields that have a column."""
        return list(self.shape[1])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Returns the number of items."""
        return 0 if parent.isValid() else self.shape[0]

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Returns the number of columns."""
        return 0 if parent.isValid() else len(self.shape[1])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the titles of the columns, and numbers of rows."""
        if orientation == Qt.Orientation.Vertical:
            return QLocale().toString(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if self.shape[1][section] == "name" else _RIGHT
        if role != Qt.ItemDataRole.DisplayRole or self.state is None:
            return None
        return self.state.titles.column(self.shape[1][section])

    def path_at(self, index: _Index) -> str | None:
        if not index.isValid() or index.column() >= len(self.shape[1]):
            return None
        return item_path(index.row(), self.shape[1][index.column()])

    def index_of(self, path: str) -> QModelIndex:
        row, name = item_row(path), path.rsplit(".", 1)[-1]
        if row is None or name not in self.shape[1] or row >= self.shape[0]:
            return QModelIndex()
        return self.index(row, self.shape[1].index(name))

    def is_value(self, index: _Index) -> bool:
        return index.isValid()

    def _sign(self, cell: Cell) -> Any:
        # There is no room for a second table: the sign tells, the words are in the tooltip.
        if cell.sign in (Sign.NONE, Sign.UNSURE):
            return difference_icon(cell) or sign_icon(cell.sign)
        return sign_icon(cell.sign)

    def _sign_text(self, cell: Cell) -> str:
        return ", ".join(filter(None, (sign_text(cell), second_signs(cell))))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns what a cell shows."""
        if not index.isValid():
            return None
        is_name = self.shape[1][index.column()] == "name"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if is_name else _RIGHT
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index, is_name)
        return super().data(index, role)

    def is_blank(self, row: int) -> bool:
        """Whether a row is the one for another item."""
        return self.state is not None and row == len(self.state.extraction.items)

    def _shown(self, cell: Cell, index: _Index) -> str:
        if self.is_blank(index.row()):
            return self.tr("Add an item") if index.column() == 0 else ""
        return super()._shown(cell, index)

    def _tip(self, cell: Cell) -> str:
        if self.is_blank(item_row(cell.path) or 0):
            return self.tr("Type here to add an item that was not read")
        return super()._tip(cell)

    def _font(self, index: _Index, is_name: bool) -> QFont | None:
        cell = self.cell_at(index)
        if cell is None or not (cell.removed or self.is_blank(index.row())):
            return None if is_name else theme.tabular()
        font = theme.tabular()
        font.setStrikeOut(cell.removed)
        font.setItalic(not cell.removed)
        return font


def _value_font(cell: Cell | None) -> QFont:
    font = theme.tabular()
    font.setItalic(cell is not None and cell.field.value is None)
    return font
