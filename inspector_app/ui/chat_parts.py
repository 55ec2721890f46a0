"""Small widgets that messages are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from inspector_app.ui import icons


def text_label() -> QLabel:
    """Returns a label of plain text that wraps and may become as narrow as its panel."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    return label


def tool_button(icon: str, text: str, *, words: bool = False) -> QToolButton:
    """Returns a small button.

    Args:
        icon: Name of its icon; empty for none.
        text: What it does, for its tip and for screen readers.
        words: The text is shown too.
    """
    button = QToolButton()
    if icon:
        button.setIcon(icons.icon(icon))
    button.setText(text)
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setAutoRaise(not words or not icon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if words:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
