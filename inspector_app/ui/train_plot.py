"""The live plot of a run: loss of training and of validation over steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.training import StepDone, TrainEvent, Validated
from inspector_app.ui import theme

# Of Okabe and Ito, one of them dashed with marks, so that colour is never alone.
_COLORS = {False: ("#0072B2", "#A34700"), True: ("#56B4E9", "#FF9B57")}
_LINES = 14  # high, in lines of text


class TrainPlot(QWidget):
    """Two curves; `show_events` draws them anew, `add` goes on with one more event."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph as pg  # takes its time: only when a run is looked at

        self._pg = pg
        self.train_points: list[tuple[int, float]] = []
        self.validation_points: list[tuple[int, float]] = []
        self.plot: Any = pg.PlotWidget(self)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(False, False)
        self.plot.setAccessibleName(self.tr("Loss over steps"))
        self.legend = self.plot.addLegend(offset=(-10, 1), colCount=2)
        self.train_curve: Any = self.plot.plot(name=self.tr("training"))
        self.validation_curve: Any = self.plot.plot(name=self.tr("validation"))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self._style()

    def show_events(self, events: Sequence[TrainEvent]) -> None:
        """Draws the curves of a run."""
        self.train_points = [(e.step, e.loss) for e in events if isinstance(e, StepDone)]
        self.validation_points = [(e.step, e.loss) for e in events if isinstance(e, Validated)]
        self._draw()

    def add(self, event: TrainEvent) -> None:
        """Takes one more event."""
        if isinstance(event, StepDone):
            self.train_points.append((event.step, event.loss))
        elif isinstance(event, Validated):
            self.validation_points.append((event.step, event.loss))
        else:
            return
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follows theme and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "validation_curve"):
            self._style()

    def _draw(self) -> None:
        for curve, points in (
            (self.train_curve, self.train_points),
            (self.validation_curve, self.validation_points),
        ):
            curve.setData([step for step, _ in points], [loss for _, loss in points])
        losses = [loss for _, loss in (*self.train_points, *self.validation_points)]
        losses = [loss for loss in losses if math.isfinite(loss)]
        if losses:
            low, high = min(losses), max(losses)
            room = (high - low) or abs(high) or 1.0
            # Above the curves is room for the legend, which would lie over them.
            self.plot.setYRange(low - 0.05 * room, high + 0.25 * room, padding=0)

    def _style(self) -> None:
        pg, palette = self._pg, self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        self.plot.setBackground(palette.color(QPalette.ColorRole.Base))
        first, second = (QColor(name) for name in _COLORS[theme.is_dark()])
        self.train_curve.setPen(pg.mkPen(first, width=2))
        self.validation_curve.setPen(pg.mkPen(second, width=2, style=Qt.PenStyle.DashLine))
        self.validation_curve.setSymbol("o")
        self.validation_curve.setSymbolSize(7)
        self.validation_curve.setSymbolBrush(second)
        self.validation_curve.setSymbolPen(second)
        for side, words in (("bottom", self.tr("Step")), ("left", self.tr("Loss"))):
            axis = self.plot.getAxis(side)
            axis.setPen(text)
            axis.setTextPen(text)
            axis.setTickFont(theme.tabular(self.font()))
            axis.setLabel(words, color=text.name())
            axis.enableAutoSIPrefix(False)
        self.legend.setLabelTextColor(text)
        for _, label in self.legend.items:
            label.setText(label.text, color=text.name())
        self.plot.showGrid(x=False, y=True, alpha=0.2)
