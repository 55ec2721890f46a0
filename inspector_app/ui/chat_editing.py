"""The line that says that an earlier question is being edited, with a way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from inspector_app.ui import icons, theme


class EditingLine(QWidget):
    """Shown while the next question is to be another version of an earlier one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = ""
        self.label = QLabel(self.tr("Sends another version of that question; the old one stays."))
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(1)
        self.cancel_button = QToolButton()
        self.cancel_button.setIcon(icons.icon("close"))
        self.cancel_button.setAutoRaise(True)
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = self.tr("Ask it as a new question instead")
        self.cancel_button.setToolTip(words)
        self.cancel_button.setAccessibleName(words)
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, 0)
        row.setSpacing(theme.TINY)
        row.addWidget(self.label, 1)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignTop)
        self._style()
        self.hide()

    def begin(self, question_id: str) -> None:
        """Says that the next question is another version of this one."""
        self._question = question_id
        self.show()

    @property
    def question(self) -> str:
        """Id of the question that is edited; "" for none."""
        return self._question

    def take(self) -> str:
        """Returns the question that is edited, "" for none, and forgets it."""
        question = self._question
        self.cancel()
        return question

    @Slot()
    def cancel(self) -> None:
        """Forgets the question."""
        self._question = ""
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.label.setFont(theme.small())
        self.label.setPalette(muted)
