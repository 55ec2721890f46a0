"""F1: all keys of the window in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.filters import fold
from inspector_app.ui import theme
from inspector_app.ui.command_palette import action_text, keys_text


class ShortcutsDialog(QDialog):
    """Table of actions and their keys.

    Args:
        actions: The window's actions; those without keys are left out.
        parent: The window.
        more: Further rows (words, keys) for keys that are no actions, such as the wheel.
    """

    def __init__(
        self,
        actions: Iterable[QAction],
        parent: QWidget | None = None,
        more: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        rows = [(action_text(action), keys_text(action)) for action in actions if keys_text(action)]
        rows.extend(more)
        self._words = [fold(" ".join(row)) for row in rows]
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Search by action or key"))
        self.edit.setAccessibleName(self.tr("Search keys"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self._filter)
        self.table = QTableWidget(len(rows), 2)
        self.table.setAccessibleName(self.tr("Keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self.edit)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)

    def sizeHint(self) -> QSize:
        """Returns room for about twenty rows."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 72, metrics.lineSpacing() * 34)

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = fold(text.strip())
        for row in range(self.table.rowCount()):
            self.table.setRowHidden(row, wanted not in self._words[row])
