"""What goes on with a model: a bar, words, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from inspector_app.ui import theme
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.model_info import ModelView, Phase
from inspector_app.ui.model_words import pull_text

_STEPS = 1000  # bytes do not fit the bar's numbers


class ModelProgress(QWidget):
    """Shown only while something goes on."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        self.words = ElidedLabel()
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addLayout(line)
        column.addWidget(self.words)
        self.hide()

    def show_view(self, view: ModelView) -> None:
        """Shows how far it is, or nothing."""
        pull = view.pull
        self.setVisible(pull is not None or view.phase is Phase.LOADING)
        if pull is not None:
            self.words.setText(pull_text(pull))
            self.bar.setRange(0, _STEPS if pull.total else 0)
            if pull.total:
                self.bar.setValue(_STEPS * pull.done // pull.total)
        elif view.phase is Phase.LOADING:
            self.bar.setRange(0, 0)
            self.words.setText(
                self.tr("Loading; the first time on a computer this may take a minute.")
            )
        self.cancel_button.setEnabled(not view.stopping)
        if view.stopping:
            self.words.setText(self.tr("Stopping…"))
