"""How answers of a language engine are drawn: a small button, and the popup that it opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from inspector_app.domain.prompting import Sampling
from inspector_app.services import sampling
from inspector_app.ui import theme
from inspector_app.ui.popups import open_above
from inspector_app.ui.sampling_popup import SamplingPopup


class TemperatureButton(QToolButton):
    """Says the temperature: "T 0.0"; bold when something is not as it is for inspection."""

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.popup = SamplingPopup(self)
        self.popup.slider.valueChanged.connect(self._take)
        self.popup.own_changed.connect(self._retell)
        self.popup.system_changed.connect(self._retell)
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

    def show_own(self, own: dict[str, float], system: str, usual: Sampling) -> None:
        """Shows what is set besides; see `SamplingPopup.show_own`."""
        self.popup.show_own(own, system, usual)
        self._retell()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._retell()

    @Slot()
    def _retell(self) -> None:
        value = QLocale().toString(self.value(), "f", 1)
        self.popup.show_value(value)
        font = theme.tabular(theme.small())
        font.setBold(self.value() > 0 or not self.popup.is_usual())
        self.setFont(font)
        mark = "" if self.popup.is_usual() else " +"
        self.setText(self.tr("T {value}").format(value=value) + mark)
        words = self.tr("Temperature {value}").format(value=value)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}: " + self.popup.meaning(self.value() > 0))

    @Slot()
    def _take(self) -> None:
        self._retell()
        self.changed.emit(self.value())

    @Slot()
    def _open(self) -> None:
        open_above(self, self.popup)
        self.popup.slider.setFocus(Qt.FocusReason.PopupFocusReason)
