"""One line of the Ask panel: in what size the model sees the image, with a look at it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from inspector_app.domain.loading import SeenImage
from inspector_app.ui import theme
from inspector_app.ui.elided_label import ElidedLabel


class SeenLine(QWidget):
    """Hidden for experts, which see the image in their own way."""

    preview_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel()
        self.button = QToolButton()
        self.button.setText(self.tr("Preview"))
        self.button.setToolTip(self.tr("Show the picture that the model gets"))
        self.button.clicked.connect(self.preview_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._style()
        self.set_seen(None)

    def words(self, seen: SeenImage) -> str:
        """Returns the numbers in words: "The model sees 1,008 × 756 px, 972 tokens"."""
        locale = QLocale()
        return self.tr("The model sees {width} × {height} px, %n token(s)", "", seen.tokens).format(
            width=locale.toString(seen.width), height=locale.toString(seen.height)
        )

    def set_seen(self, seen: SeenImage | None) -> None:
        """Shows the numbers; None hides the line."""
        self.setVisible(seen is not None)
        self.label.setText(self.words(seen) if seen is not None else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        font = theme.tabular(theme.small())
        self.label.setFont(font)
        self.button.setFont(font)
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.label.setPalette(muted)
