"""How far several answers to one question agree, with a way to each group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from inspector_app.services.agreement import Group
from inspector_app.ui import theme
from inspector_app.ui.plain_text import plain_tip, visible_text

_LONGEST = 48


class AgreementLines(QWidget):
    """One line for each group: "4 of 5: yes"; pressed it shows the first answer of the group."""

    chosen = Signal(int)  # place of an answer among those asked together

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel()
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setWordWrap(True)
        self.head.setMinimumWidth(1)
        self.buttons: list[QToolButton] = []
        self._places: list[int] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.hide()

    def show_groups(self, groups: Sequence[Group], count: int, shown: int) -> None:
        """Shows the groups.

        Args:
            groups: The largest first.
            count: Answers that came, empty ones included.
            shown: Place of the answer on show.
        """
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons, self._places = [], []
        self.head.setText(self.tr("Agreement of %n answer(s)", "", count))
        for group in groups:
            said = " ".join(visible_text(group.text).split())
            short = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
            words = self.tr("{n} of {count}: {answer}")
            button = QToolButton()
            button.setText(
                words.format(n=group.count, count=count, answer=short).replace("&", "&&")
            )
            button.setAccessibleName(words.format(n=group.count, count=count, answer=short))
            button.setToolTip(plain_tip(said))
            button.setAutoRaise(True)
            button.setCheckable(True)
            button.setChecked(shown in group.members)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setFont(theme.tabular(self.font()))
            button.clicked.connect(self._tell)
            self._column.addWidget(button)
            self.buttons.append(button)
            self._places.append(group.members[0])
        self._style()
        self.setVisible(count > 1)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        self.head.setFont(theme.small())

    @Slot()
    def _tell(self) -> None:
        for button, place in zip(self.buttons, self._places, strict=True):
            if button is self.sender():
                button.setChecked(True)
                self.chosen.emit(place)
