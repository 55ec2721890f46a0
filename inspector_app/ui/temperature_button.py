"""How much the answers of a language engine vary: a small button, and a slider that it opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services import sampling
from inspector_app.ui import theme

_WIDTH = 264
_STEPS = round(sampling.HIGHEST / sampling.STEP)


class TemperatureButton(QToolButton):
    """Says the temperature: "T 0.0"; bold when it is not the one for inspection."""

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.popup = TemperaturePopup(self)
        self.popup.slider.valueChanged.connect(self._take)
        self.clicked.connect(self._open)
        self._retell()

    def value(self) -> float:
        """Returns the temperature."""
        return round(self.popup.slider.value() * sampling.STEP, 1)

    def set_value(self, temperature: float) -> None:
        """Shows a temperature; tells nobody."""
        blocked = self.popup.slider.blockSignals(True)
        self.popup.slider.setValue(round(temperature / sampling.STEP))
        self.popup.slider.blockSignals(blocked)
        self._retell()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._retell()

    def _retell(self) -> None:
        value = QLocale().toString(self.value(), "f", 1)
        self.popup.show_value(value)
        font = theme.tabular(theme.small())
        font.setBold(self.value() > 0)
        self.setFont(font)
        self.setText(self.tr("T {value}").format(value=value))
        words = self.tr("Temperature {value}").format(value=value)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}: " + self.popup.meaning(self.value() > 0))

    @Slot()
    def _take(self) -> None:
        self._retell()
        self.changed.emit(self.value())

    @Slot()
    def _open(self) -> None:
        popup = self.popup
        popup.adjustSize()
        place = self.mapToGlobal(QPoint(self.width(), 0))
        place -= QPoint(popup.width(), popup.height() + 1)
        screen = self.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - popup.width())))
        if place.y() < screen.top():
            place.setY(self.mapToGlobal(QPoint(0, self.height() + 1)).y())
        popup.move(place)
        popup.show()
        popup.slider.setFocus(Qt.FocusReason.PopupFocusReason)


class TemperaturePopup(QFrame):
    """The slider with its value and a line that says what it does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        name = QLabel(self.tr("Temperature"))
        self.value_label = QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(5)
        self.slider.setTickInterval(5)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(name.text())
        self.slider.valueChanged.connect(self._say)
        self.meaning_label = QLabel()
        self.meaning_label.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(name, 1)
        row.addWidget(self.value_label)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.setSpacing(theme.TINY)
        column.addLayout(row)
        column.addWidget(self.slider)
        column.addWidget(self.meaning_label)
        self._style()
        self._say()

    def meaning(self, varies: bool) -> str:
        """Returns what the temperature does, in a sentence or two."""
        if varies:
            return self.tr(
                "Answers vary: asking again gives another one. Each answer keeps its seed. For "
                "inspection choose 0."
            )
        return self.tr(
            "The likeliest answer, the same each time: right for inspection. Higher varies."
        )

    def show_value(self, value: str) -> None:
        """Shows the value in words of the user's language."""
        self.value_label.setText(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes as Esc does: what the slider shows holds already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.meaning_label.setPalette(muted)
        self.meaning_label.setFont(theme.small())
        self.value_label.setFont(theme.tabular(self.font()))

    @Slot()
    def _say(self) -> None:
        # Room for the longer of both, so that the popup does not jump under the mouse.
        room = 0
        for varies in (True, False):
            self.meaning_label.setText(self.meaning(varies))
            room = max(room, self.meaning_label.heightForWidth(_WIDTH - 2 * theme.SMALL - 2))
        self.meaning_label.setMinimumHeight(room)
        self.meaning_label.setText(self.meaning(self.slider.value() > 0))
