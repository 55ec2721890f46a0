"""ROC, precision against recall and the scores, drawn when they are first looked at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from inspector_app.services.evaluation_curves import Curves, Points
from inspector_app.ui import theme

_GOOD, _DEFECT = "#0072B2", "#D55E00"
_LINE = 2


class CurvePlots(QWidget):
    """Three plots; pyqtgraph and NumPy are loaded only for them."""

    def __init__(self, curves: Curves, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves = curves
        self.plots: list[Any] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        self._grid.setSpacing(theme.SMALL)

    def showEvent(self, event: QShowEvent) -> None:
        """Draws them the first time."""
        super().showEvent(event)
        if not self.plots:
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._style()

    def _draw(self) -> None:
        found = self._curves
        if found.roc:
            self._add(
                self._curve(
                    self.tr("ROC"), found.roc, self.tr("False alarms"), self.tr("Defects found")
                ),
                0,
                0,
            )
            self._add(
                self._curve(
                    self.tr("Precision and recall"),
                    found.precision_recall,
                    self.tr("Recall"),
                    self.tr("Precision"),
                ),
                0,
                1,
            )
        else:
            note = QLabel(
                self.tr("Curves need scores of both good and defective parts; one kind is missing.")
            )
            note.setWordWrap(True)
            self._grid.addWidget(note, 0, 0, 1, 2)
        self._add(self._bars(), 1, 0, 2)
        self._style()

    def _add(self, plot: Any, row: int, column: int, span: int = 1) -> None:
        self.plots.append(plot)
        self._grid.addWidget(plot, row, column, 1, span)
        self._grid.setRowStretch(row, 1)

    def _plot(self, title: str, below: str, left: str) -> Any:
        import pyqtgraph

        plot = pyqtgraph.PlotWidget()
        plot.setAccessibleName(title)
        plot.setTitle(title)
        plot.setLabel("bottom", below)
        plot.setLabel("left", left)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(False, False)
        plot.showGrid(x=True, y=True, alpha=0.2)
        return plot

    def _curve(self, title: str, points: Points, below: str, left: str) -> Any:
        import pyqtgraph

        plot = self._plot(title, below, left)
        plot.setRange(xRange=(0, 1), yRange=(0, 1), padding=0.02)
        x, y = zip(*points, strict=True)
        plot.plot(list(x), list(y), pen=pyqtgraph.mkPen(_GOOD, width=_LINE))
        return plot

    def _bars(self) -> Any:
        import pyqtgraph

        found = self._curves
        plot = self._plot(self.tr("Scores"), self.tr("Score"), self.tr("Parts"))
        plot.addLegend(offset=(-theme.SMALL, theme.SMALL))
        width = (found.edges[1] - found.edges[0]) / 2
        # Side by side: one over the other would hide the lower one.
        for shift, counts, color, name in (
            (0.5, found.good, _GOOD, self.tr("good")),
            (1.5, found.defect, _DEFECT, self.tr("defective")),
        ):
            x = [edge + shift * width for edge in found.edges[:-1]]
            bars = pyqtgraph.BarGraphItem(
                x=x, height=list(counts), width=width, brush=color, pen=None, name=name
            )
            plot.addItem(bars)
        return plot

    def _style(self) -> None:
        base = self.palette().color(QPalette.ColorRole.Base)
        text = self.palette().color(QPalette.ColorRole.Text)
        for plot in self.plots:
            plot.setBackground(base)
            item = plot.getPlotItem()
            item.setTitle(plot.accessibleName(), color=text.name())
            for side in ("bottom", "left"):
                axis = item.getAxis(side)
                axis.setPen(text)
                axis.setTextPen(text)
            if item.legend is not None:
                item.legend.setLabelTextColor(text)
                for _, label in item.legend.items:
                    label.setText(label.text, color=text.name())
