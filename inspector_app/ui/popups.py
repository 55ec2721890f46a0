"""Where the small window of a button opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


def open_above(button: QWidget, popup: QWidget) -> None:
    """Opens a popup above a button, right edges in line; below where there is no room above."""
    popup.adjustSize()
    place = button.mapToGlobal(QPoint(button.width(), 0))
    place -= QPoint(popup.width(), popup.height() + 1)
    screen = button.screen().availableGeometry()
    place.setX(max(screen.left(), min(place.x(), screen.right() - popup.width())))
    if place.y() < screen.top():
        place.setY(button.mapToGlobal(QPoint(0, button.height() + 1)).y())
    popup.move(place)
    popup.show()
