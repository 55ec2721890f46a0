"""More than one answer to a question: the small button beside Send, and what it opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui import icons, theme
from inspector_app.ui.popups import open_above

MOST = 20
VARIED = 0.7  # temperature that is offered where all answers would be the same
_WIDTH = 300


class ManyButton(QToolButton):
    """Opens the choice of several answers."""

    repeat_wanted = Signal(int)
    pair_wanted = Signal(str, str)  # card id and adapter of the second
    warmer_wanted = Signal(float)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon("ask-many"))
        words = self.tr("Ask several times, or two engines")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.popup = ManyPopup(self)
        self.popup.repeat_button.clicked.connect(self._repeat)
        self.popup.pair_button.clicked.connect(self._pair)
        self.popup.warmer_button.clicked.connect(self._warm)
        self.clicked.connect(self._open)

    def set_sendable(self, sendable: bool) -> None:
        """Says whether there is a question that can be sent."""
        self.popup.repeat_button.setEnabled(sendable)
        self.popup.pair_button.setEnabled(sendable)

    def set_temperature(self, temperature: float) -> None:
        """Says how much answers vary."""
        self.popup.show_temperature(temperature)

    def set_seconds(self, who: Sequence[tuple[str, str, str]]) -> None:
        """Offers engines to compare with: card id, adapter and name of each."""
        self.popup.offer(who)

    @Slot()
    def _open(self) -> None:
        self.opened.emit()
        open_above(self, self.popup)
        self.popup.times.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _repeat(self) -> None:
        self.popup.close()
        self.repeat_wanted.emit(self.popup.times.value())

    @Slot()
    def _pair(self) -> None:
        self.popup.close()
        engine_id, adapter = self.popup.second.currentData()
        self.pair_wanted.emit(engine_id, adapter)

    @Slot()
    def _warm(self) -> None:
        self.warmer_wanted.emit(VARIED)


class ManyPopup(QFrame):
    """How often, and which second engine."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        self.times = QSpinBox()
        self.times.setRange(2, MOST)
        self.times.setValue(5)
        self.times.setAccessibleName(self.tr("How often"))
        self.repeat_button = QPushButton()
        self.same_label = self._label(self.tr("At temperature 0 all answers will be the same."))
        value = QLocale().toString(VARIED, "f", 1)
        self.warmer_button = QPushButton(
            self.tr("Set the temperature to {value}").format(value=value)
        )
        self.second = QComboBox()
        self.second.setAccessibleName(self.tr("Second engine"))
        self.second.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.pair_button = QPushButton(self.tr("Ask both"))
        self.none_label = self._label(
            self.tr("There is no second engine or adapter on this computer that answers this.")
        )
        for button in (self.repeat_button, self.warmer_button, self.pair_button):
            button.setAutoDefault(False)
        self.times.valueChanged.connect(self._say)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(_row(self.times, self.repeat_button))
        column.addWidget(self.same_label)
        column.addWidget(self.warmer_button)
        column.addWidget(_line())
        column.addWidget(self._label(self.tr("Ask two engines and compare")))
        column.addLayout(_row(self.second, self.pair_button, stretch=0))
        column.addWidget(self.none_label)
        self._say()
        self.show_temperature(0.0)
        self.offer(())

    def show_temperature(self, temperature: float) -> None:
        """Says what the temperature means for several answers."""
        self.same_label.setVisible(temperature <= 0)
        self.warmer_button.setVisible(temperature <= 0)
        self.adjustSize()

    def offer(self, who: Sequence[tuple[str, str, str]]) -> None:
        """Offers engines: card id, adapter and name of each; the choice stays if it can."""
        before = self.second.currentData()
        self.second.clear()
        for engine_id, adapter, name in who:
            self.second.addItem(name, (engine_id, adapter))
        found = [n for n in range(self.second.count()) if self.second.itemData(n) == before]
        self.second.setCurrentIndex(found[0] if found else 0)
        self.second.setVisible(bool(who))
        self.pair_button.setVisible(bool(who))
        self.none_label.setVisible(not who)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            for label in (self.same_label, self.none_label):
                label.setFont(theme.small())

    @Slot()
    def _say(self) -> None:
        self.repeat_button.setText(self.tr("Ask %n time(s)", "", self.times.value()))

    @staticmethod
    def _label(text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label


def _row(first: QWidget, second: QWidget, stretch: int = 1) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    row.addWidget(first, 1 - stretch)
    row.addWidget(second, stretch)
    return row


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
