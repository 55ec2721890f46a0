"""The rail at the left: one button a page, the shown one marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolBar, QToolButton, QVBoxLayout, QWidget

from inspector_app.ui import theme

_STRIP = 3
_LETTERS = 10


class Rail(QToolBar):
    """Bar of page buttons; it cannot be moved or hidden, for it is the only way back."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Pages"))
        self.setAccessibleName(self.tr("Pages"))
        self.setObjectName("rail")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.buttons: list[QToolButton] = []
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, theme.TINY, 0, theme.TINY)
        column.setSpacing(theme.TINY)
        for action in actions:
            button = _RailButton()
            button.setDefaultAction(action)
            self.buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        self.addWidget(inner)


class _RailButton(QToolButton):
    """Icon over a word; the page on show has a strip at its left."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.small())
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self.setMinimumHeight(theme.ICON + self.fontMetrics().lineSpacing() + theme.MEDIUM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the button and the strip."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            color = self.palette().color(QPalette.ColorRole.Link)
            painter.fillRect(0, 2, _STRIP, self.height() - 4, color)
            painter.end()
