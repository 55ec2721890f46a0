"""Facts in two columns: what it is, muted, and its value, to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from inspector_app.ui import theme
from inspector_app.ui.plain_text import visible_text

_LETTERS = 20  # of the longest words in either language, so that forms line up


class FactForm(QWidget):
    """Rows of facts; made anew only when the words change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.TINY)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().averageCharWidth() * _LETTERS)

    def rows(self) -> list[tuple[str, str]]:
        """Returns the rows shown."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Shows these rows."""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        while len(self._labels) < len(rows):
            self._add_line()
        for index, pair in enumerate(self._labels):
            there = index < len(rows)
            for label, text in zip(pair, rows[index] if there else ("", ""), strict=True):
                label.setText(visible_text(text))
                label.setVisible(there)
        self.setVisible(bool(rows))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._style()

    def _add_line(self) -> None:
        line = len(self._labels)
        words, value = QLabel(), QLabel()
        for label in (words, value):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        value.setWordWrap(True)
        value.setMinimumWidth(1)
        value.setFont(theme.tabular(value.font()))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._labels.append((words, value))
        self._grid.addWidget(words, line, 0)
        self._grid.addWidget(value, line, 1)
        self._style()

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        for words, _ in self._labels:
            words.setPalette(muted)
