"""A tool button whose "on" can be seen in every theme: Fusion's dark one hardly shows it."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton

_LINE = 2


class ToggleButton(QToolButton):
    """Draws a line under itself while it is checked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the button, and the line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            color = self.palette().color(QPalette.ColorRole.Link)
            painter.fillRect(2, self.height() - _LINE - 1, self.width() - 4, _LINE, color)
            painter.end()
