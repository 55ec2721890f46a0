"""Looking at an evaluation: its figures, what was mistaken for what, every item, the curves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.services.evaluation_curves import curves
from inspector_app.services.evaluations import read_evaluation
from inspector_app.ui import theme
from inspector_app.ui.comparison_dialog import ComparisonDialog
from inspector_app.ui.confusion_table import ConfusionTable
from inspector_app.ui.curve_plots import CurvePlots
from inspector_app.ui.evaluation_words import (
    NONE,
    interval_text,
    metric_meaning,
    metric_name,
    metric_tip,
    value_text,
    word,
)
from inspector_app.ui.item_gallery import ItemGallery
from inspector_app.ui.message_bar import MessageBar
from inspector_app.ui.plain_table import fill_row, table
from inspector_app.ui.plain_text import plain_tip, visible_text

_SIZE = (1200, 800)
_MATRIX_ROWS = 6


class EvaluationDialog(QDialog):
    """Stays beside the window; closing it frees it."""

    def __init__(
        self, evaluation: Evaluation, judge_name: str, parent: QWidget | None = None
    ) -> None:
        """Shows an evaluation.

        Args:
            evaluation: What is shown.
            judge_name: Under which the person judges blind.
            parent: The window.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._evaluation, self._judge = evaluation, judge_name
        self.setWindowTitle(self.tr("Evaluation of {who}").format(who=evaluation.who))
        self.setMinimumSize(720, 480)
        self.resize(*_SIZE)
        self.messages = MessageBar()
        self.head = QLabel(self._head())
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setWordWrap(True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.metrics = self._metrics_table()
        self.matrix = ConfusionTable(evaluation)
        self.gallery = ItemGallery(evaluation)
        self.matrix.cell_chosen.connect(self.gallery.choose)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.metrics, self.tr("Figures"))
        self.tabs.addTab(self._items_page(), self.tr("Items"))
        found = curves(evaluation)
        if found is not None:
            self.plots = CurvePlots(found)
            self.tabs.addTab(self.plots, self.tr("Curves"))
        if evaluation.groups:
            self.groups = self._groups_table()
            self.tabs.addTab(self.groups, self.tr("Classes"))
        self.compare_button = QPushButton(self.tr("Compare with…"))
        self.compare_button.setAutoDefault(False)
        self.compare_button.clicked.connect(self._choose_second)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)  # Enter on a cell chooses it and nothing else
        self.close_button.clicked.connect(self.close)
        end = QHBoxLayout()
        end.setSpacing(theme.SMALL)
        end.addWidget(self.compare_button)
        end.addStretch(1)
        end.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.messages)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        column.addLayout(end)

    def compare_with(self, path: Path) -> ComparisonDialog | None:
        """Compares with the evaluation in a file; trouble is told in the dialog.

        Args:
            path: Of the second one.
        """
        try:
            dialog = ComparisonDialog(
                self._evaluation, read_evaluation(path), self._judge, self.parentWidget() or self
            )
        except InspectorError as error:
            self.messages.show_error(str(error))
            return None
        dialog.show()
        return dialog

    def _head(self) -> str:
        found = self._evaluation
        failed = sum(item.right is None for item in found.items)
        right = sum(item.right is True for item in found.items)
        lines = [
            self.tr("{who}: {task}. {manifest}, split {split}.").format(
                who=found.who, task=word(found.task), manifest=found.manifest, split=found.split
            ),
            self.tr("{right} of {n} items right, {failed} failed.").format(
                right=right, n=found.n, failed=failed
            ),
        ]
        if found.decided_by:
            lines[1] += " " + self.tr("“Defective” rests on {what}.").format(
                what=word(found.decided_by)
            )
        return visible_text("\n".join(lines))

    def _items_page(self) -> QWidget:
        page = QSplitter(Qt.Orientation.Vertical)
        page.addWidget(self.matrix)
        page.addWidget(self.gallery)
        page.setChildrenCollapsible(False)
        page.setStretchFactor(1, 1)
        line = self.matrix.verticalHeader().defaultSectionSize()
        rows = min(self.matrix.rowCount(), _MATRIX_ROWS) + 1
        page.setSizes([rows * line + 2 * theme.SMALL, 10_000])
        return page

    def _metrics_table(self) -> QTableWidget:
        made = table(
            (
                self.tr("Figure"),
                self.tr("Value"),
                self.tr("95 % interval"),
                self.tr("Items"),
                self.tr("What it is"),
            )
        )
        made.setAccessibleName(self.tr("Figures"))
        made.setRowCount(len(self._evaluation.metrics))
        for row, (name, metric) in enumerate(self._evaluation.metrics.items()):
            texts = (
                metric_name(name),
                value_text(metric.value),
                interval_text(metric),
                str(metric.n),
                metric_meaning(name),
            )
            fill_row(made, row, texts, metric_tip(name))
        return made

    def _groups_table(self) -> QTableWidget:
        rows = [
            (word(group), value, figures)
            for group, values in self._evaluation.groups.items()
            for value, figures in values.items()
        ]
        names = list(dict.fromkeys(name for _, _, figures in rows for name in figures))
        heads = (self.tr("Kind"), self.tr("Which"), self.tr("Items"))
        made = table((*heads, *map(metric_name, names)))
        made.setAccessibleName(self.tr("Classes"))
        for place, name in enumerate(names, len(heads)):
            head = made.horizontalHeaderItem(place)
            if head is not None:
                head.setToolTip(plain_tip(metric_tip(name)))
        made.setRowCount(len(rows))
        for row, (group, value, figures) in enumerate(rows):
            cells = [value_text(figures[n].value) if n in figures else NONE for n in names]
            count = max((metric.n for metric in figures.values()), default=0)
            fill_row(made, row, (group, value, str(count), *cells))
        return made

    @Slot()
    def _choose_second(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Evaluation to compare with"),
            "",
            self.tr("Evaluations (*.json);;All files (*)"),
        )
        if path:
            self.compare_with(Path(path))
