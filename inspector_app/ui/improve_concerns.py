"""What there is to say about data: a list with sign, sentence, count and the first places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from inspector_app.domain.samples import Concern
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui import theme
from inspector_app.ui.colors import verdict_text_color
from inspector_app.ui.improve_words import SIGNS, severity_word
from inspector_app.ui.plain_text import plain_tip, visible_text

_MOST_ROWS = 8  # seen without scrolling
_COLORS = {"error": Verdict.REJECT, "warning": Verdict.REVIEW}


class ConcernList(QTreeWidget):
    """Rows of concerns; the places of one are below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Concern, ...] = ()
        self.setHeaderLabels([self.tr("Severity"), self.tr("What"), self.tr("Samples")])
        self.setAccessibleName(self.tr("Concerns about the data"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.itemExpanded.connect(self._fit)
        self.itemCollapsed.connect(self._fit)

    def set_concerns(self, concerns: Sequence[Concern]) -> None:
        """Shows these; what is unfolded stays so while they are the same."""
        self.setVisible(bool(concerns))
        if tuple(concerns) == self._shown:
            return
        self._shown = tuple(concerns)
        self.clear()
        for concern in concerns:
            sign = f"{SIGNS[concern.severity]} {severity_word(concern.severity)}"
            text = visible_text(concern.what)
            row = QTreeWidgetItem([sign, text, QLocale().toString(concern.count)])
            row.setToolTip(1, plain_tip(text))
            row.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            if concern.severity in _COLORS:
                color = verdict_text_color(_COLORS[concern.severity], theme.is_dark())
                row.setForeground(0, color)
            for place in concern.where:
                child = QTreeWidgetItem(["", visible_text(place), ""])
                child.setToolTip(1, plain_tip(visible_text(place)))
                row.addChild(child)
            self.addTopLevelItem(row)
            if concern.severity == "error":
                row.setExpanded(True)
        self._fit()

    def texts(self) -> list[str]:
        """Returns sign and sentence of every row."""
        rows = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        return [f"{row.text(0)}: {row.text(1)}" for row in rows if row is not None]

    def _fit(self) -> None:
        rows = sum(1 + row.childCount() * row.isExpanded() for row in self._rows())
        line = self.fontMetrics().lineSpacing() + theme.SMALL
        self.setFixedHeight(line * (min(_MOST_ROWS, rows) + 1) + theme.SMALL)

    def _rows(self) -> list[QTreeWidgetItem]:
        found = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        return [row for row in found if row is not None]
