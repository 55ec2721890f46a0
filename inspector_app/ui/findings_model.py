"""Findings of one image as table rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from inspector_app.domain.findings import AuthorKind, Finding, FindingState
from inspector_app.ui import colors, theme
from inspector_app.ui.plain_text import plain_tip, visible_text
from inspector_app.ui.verdict_words import score_text

_Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole + 1
_SWATCH = 16


class Column(IntEnum):
    """Columns of the table."""

    SIGN = 0
    LABEL = 1
    SCORE = 2
    AUTHOR = 3
    STATE = 4
    SIZE = 5
    NOTE = 6


_NUMBERS = (Column.SCORE, Column.SIZE)


class FindingsModel(QAbstractTableModel):
    """Table of findings; what a person types leaves as a signal, `set_findings` brings it back."""

    label_edited = Signal(str, str)
    note_edited = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: list[Finding] = []
        self._width = self._height = 0
        self.read_only = False

    # -- what Qt asks ------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Returns the number of findings."""
        return 0 if parent.isValid() else len(self._findings)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Returns the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns column titles and row numbers (the numbers of the regions)."""
        numbers = orientation == Qt.Orientation.Horizontal and section in _NUMBERS
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return QLocale().toString(section + 1)
        return {
            Column.SIGN: "",
            Column.LABEL: self.tr("Label"),
            Column.SCORE: self.tr("Score"),
            Column.AUTHOR: self.tr("Author"),
            Column.STATE: self.tr("State"),
            Column.SIZE: self.tr("Size (px)"),
            Column.NOTE: self.tr("Note"),
        }.get(Column(section))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Returns what may be done with a cell."""
        flags = super().flags(index)
        if index.isValid() and not self.read_only and index.column() in (Column.LABEL, Column.NOTE):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns what a cell shows."""
        if not index.isValid() or not 0 <= index.row() < len(self._findings):
            return None
        finding, column = self._findings[index.row()], Column(index.column())
        if role == ID_ROLE:
            return finding.id
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(visible_text(self._text(finding, column)[:400]).split())
        if role == Qt.ItemDataRole.EditRole:
            return finding.note if column is Column.NOTE else finding.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(finding, column)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.SIGN:
            return self._state(finding.state)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.LABEL:
            return _swatch(colors.label_color(finding.label), finding.author.kind)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(finding, column)
        if role == Qt.ItemDataRole.ForegroundRole and finding.state is FindingState.REJECTED:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tells what a person typed; the cell shows it once it is stored."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.read_only:
            return False
        finding, text = self._findings[index.row()], " ".join(str(value).split())
        if index.column() == Column.LABEL:
            if not text or text == finding.label:
                return False
            self.label_edited.emit(finding.id, text)
            return True
        if index.column() == Column.NOTE and text != finding.note:
            self.note_edited.emit(finding.id, text)
            return True
        return False

    # -- what the table asks ---------------------------------------------------------

    def set_findings(self, findings: Sequence[Finding], width: int, height: int) -> bool:
        """Shows these findings of an image of that size in pixels.

        Returns:
            Whether rows came, went or changed places (selection and editors are lost then).
        """
        same = [f.id for f in findings] == [f.id for f in self._findings]
        if same:
            self._findings = list(findings)
            self._width, self._height = width, height
            if findings:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(findings) - 1, len(Column) - 1)
                )
            return False
        self.beginResetModel()
        self._findings = list(findings)
        self._width, self._height = width, height
        self.endResetModel()
        return True

    def finding_at(self, row: int) -> Finding:
        """Returns the finding of a row."""
        return self._findings[row]

    def row_of(self, finding_id: str | None) -> int:
        """Returns the row of a finding, -1 if it is not there."""
        for row, finding in enumerate(self._findings):
            if finding.id == finding_id:
                return row
        return -1

    def labels(self) -> list[str]:
        """Returns the labels in use, each once."""
        return list(dict.fromkeys(finding.label for finding in self._findings))

    # -- inside ----------------------------------------------------------------------

    def _text(self, finding: Finding, column: Column) -> str:
        if column is Column.SIGN:
            return colors.state_sign(finding.state)
        if column is Column.LABEL:
            return finding.label
        if column is Column.SCORE:
            return score_text(finding.score)
        if column is Column.AUTHOR:
            return finding.author.name
        if column is Column.STATE:
            return self._state(finding.state)
        if column is Column.SIZE:
            return self._size(finding)
        return finding.note

    def _size(self, finding: Finding) -> str:
        if finding.box is None:
            return self.tr("whole image")
        if not self._width or not self._height:
            return ""
        locale = QLocale()
        x1, y1, x2, y2 = finding.box.to_pixels(self._width, self._height)
        return f"{locale.toString(x2 - x1)} × {locale.toString(y2 - y1)}"

    def _state(self, state: FindingState) -> str:
        if state is FindingState.ACCEPTED:
            return self.tr("accepted")
        if state is FindingState.REJECTED:
            return self.tr("rejected")
        if state is FindingState.UNSURE:
            return self.tr("unsure")
        if state is FindingState.EDITED:
            return self.tr("edited")
        return self.tr("proposed")

    @staticmethod
    def _font(finding: Finding, column: Column) -> QFont | None:
        if column in _NUMBERS:
            return theme.tabular()
        if column is Column.LABEL and finding.state is FindingState.REJECTED:
            font = QFont(QGuiApplication.font())
            font.setStrikeOut(True)
            return font
        return None


def _swatch(color: QColor, author: AuthorKind) -> QIcon:
    """Returns the label's colour as the box is drawn: solid by an engine, dashed by a person."""
    pixmap = QPixmap(_SWATCH * 2, _SWATCH * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    pen = painter.pen()
    pen.setColor(color)
    pen.setWidthF(2.5)
    if author is AuthorKind.PERSON:
        pen.setDashPattern([1.6, 1.2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRect(2, 2, _SWATCH - 4, _SWATCH - 4)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # else the style tints it with the highlight
    return icon
