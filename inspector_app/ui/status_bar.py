"""The status bar: engine, running work with cancel, pixel under the cursor, zoom."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from inspector_app.ui.busy import Busy
from inspector_app.ui.icons import icon
from inspector_app.ui.theme import SMALL, tabular


class StatusBar(QStatusBar):
    """See the module's docstring."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._engine = QLabel()
        self._engine.setAccessibleName(self.tr("Engine"))
        self._text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._stop = QToolButton()
        self._stop.setIcon(icon("close"))
        self._stop.setAutoRaise(True)
        self._stop.setToolTip(self.tr("Stop (Esc)"))
        self._stop.setAccessibleName(self.tr("Stop"))
        self._stop.clicked.connect(self.stop_requested)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        for widget in (self._text, self._bar, self._stop):
            row.addWidget(widget)
        self._pixel = QLabel()
        self._pixel.setFont(tabular(self._pixel.font()))
        self._pixel.setAccessibleName(self.tr("Pixel under the cursor"))
        self._zoom = QLabel()
        self._zoom.setFont(tabular(self._zoom.font()))
        self._zoom.setAccessibleName(self.tr("Zoom"))
        self.addWidget(self._engine)
        self.addWidget(self._work)
        self.addPermanentWidget(self._pixel)
        self.addPermanentWidget(self._zoom)
        self.set_busy(None)

    def set_engine(self, text: str, notice: str = "") -> None:
        """Says which engine is on, and what must be known of the images."""
        self._engine.setText(" · ".join(part for part in (text, notice) if part))

    def set_busy(self, busy: Busy | None) -> None:
        """Shows what runs, or nothing."""
        self._work.setVisible(busy is not None)
        if busy is None:
            return
        locale = QLocale()
        parts = [busy.text]
        if busy.total and busy.is_share:
            parts.append(f"{locale.toString(100 * busy.done // busy.total)} %")
        elif busy.total:
            parts.append(
                self.tr("{done} / {total}").format(
                    done=locale.toString(busy.done), total=locale.toString(busy.total)
                )
            )
        if busy.seconds_each is not None:
            each = locale.toString(busy.seconds_each, "f", 2)
            parts.append(self.tr("{seconds} s/image").format(seconds=each))
        if busy.seconds_left is not None and busy.seconds_left >= 1:
            parts.append(self._left(busy.seconds_left))
        self._text.setText(" · ".join(parts))
        self._bar.setRange(0, busy.total)
        self._bar.setValue(busy.done)

    def set_view_visible(self, visible: bool) -> None:
        """Shows pixel and zoom only where there is a picture."""
        self._pixel.setVisible(visible)
        self._zoom.setVisible(visible)

    def set_pixel(self, x: int, y: int, value: str) -> None:
        """Shows position and value of the pixel under the cursor."""
        self._pixel.setText(f"x {x}  y {y}  ·  {value}")

    def clear_pixel(self) -> None:
        """The cursor left the picture."""
        self._pixel.clear()

    def set_zoom(self, factor: float) -> None:
        """Shows the zoom, 1.0 being actual size."""
        self._zoom.setText(f"{QLocale().toString(factor * 100, 'f', 0)} %")

    def _left(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("%n second(s) left", "", round(seconds))
        return self.tr("%n minute(s) left", "", round(seconds / 60))
