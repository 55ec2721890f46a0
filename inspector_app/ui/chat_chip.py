"""The chip of a box under an answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QToolButton, QWidget

from inspector_app.domain.findings import FoundBox
from inspector_app.ui import colors, icons, theme
from inspector_app.ui.plain_text import plain_tip, visible_text
from inspector_app.ui.verdict_words import score_text


class BoxChip(QToolButton):
    """A box of the answer: its colour, label and score."""

    pointed = Signal(int)  # index of the box, -1 when left

    def __init__(self, box: int, found: FoundBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.box, self.found = box, found
        label = " ".join(visible_text(found.label).split()) or "?"
        shown = label if len(label) <= 32 else label[:31] + "…"
        words = " ".join(part for part in (shown, score_text(found.score)) if part)
        self.setText(words.replace("&", "&&"))
        self.setIcon(icons.icon("region", colors.label_color(found.label)))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain_tip(label))
        self.setAccessibleName(words)
        self.setFont(theme.tabular(theme.small()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Points at the box."""
        super().enterEvent(event)
        self.pointed.emit(self.box)

    def leaveEvent(self, event: QEvent) -> None:
        """Points at nothing."""
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Points at the box, for people who use keys."""
        super().focusInEvent(event)
        self.pointed.emit(self.box)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Points at nothing."""
        super().focusOutEvent(event)
        self.pointed.emit(-1)
