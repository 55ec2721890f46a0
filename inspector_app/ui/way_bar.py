"""The row that says how a question is put: the way of asking, presets, how the answer is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from inspector_app.domain.asking import PLAIN, Way
from inspector_app.ui import icons, theme
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.temperature_button import TemperatureButton
from inspector_app.ui.toggle_button import ToggleButton
from inspector_app.ui.way_words import way_texts


class WayBar(QWidget):
    """See the module's docstring."""

    way_chosen = Signal(str)  # id
    options_toggled = Signal(bool)
    preset_chosen = Signal(str)  # name
    preset_removed = Signal(str)
    preset_wanted = Signal()  # what stands there is to be kept under a name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way: Way | None = None
        self._known: dict[str, Way] = {}
        self.way_button = _button()
        self.way_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.way_menu = QMenu(self)
        self.way_menu.setToolTipsVisible(True)
        self.way_button.setMenu(self.way_menu)
        self.options_button = ToggleButton()
        self.options_button.setText(self.tr("Options"))
        self.options_button.setCheckable(True)
        self.options_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.options_button.setToolTip(self.tr("What goes with the question in this way"))
        self.options_button.toggled.connect(self.options_toggled)
        self.preset_button = _button()
        self.preset_button.setIcon(icons.icon("save"))
        self.preset_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.preset_button.setToolTip(self.tr("Presets: ways of asking kept by name"))
        self.preset_button.setAccessibleName(self.tr("Presets"))
        self.preset_menu = QMenu(self)
        self.preset_button.setMenu(self.preset_menu)
        self.temperature = TemperatureButton()
        flow = FlowLayout(self)
        for widget in (
            self.way_button, self.options_button, self.preset_button, self.temperature,
        ):  # fmt: skip
            flow.addWidget(widget)
        self._style()

    def set_ways(self, ways: Iterable[Way], troubles: Sequence[str] = ()) -> None:
        """Offers these; the chosen one stays if it can."""
        self.way_menu.clear()
        group = QActionGroup(self.way_menu)
        known = {way.id: way for way in ways}
        for way in known.values():
            words = way_texts(way)
            action = self.way_menu.addAction(words.name.replace("&", "&&"))
            action.setToolTip(words.about)
            action.setCheckable(True)
            action.setData(way.id)
            action.triggered.connect(self._choose)
            group.addAction(action)
        for trouble in troubles:
            action = self.way_menu.addAction(icons.icon("warning"), trouble.replace("&", "&&"))
            action.setEnabled(False)
        self._known = known
        self.choose(self.way.id if self.way is not None else PLAIN)

    def choose(self, way_id: str) -> None:
        """Shows which way is chosen; the plain one where it is not there. Tells nobody."""
        self.way = self._known.get(way_id) or self._known.get(PLAIN)
        plain = self.way is None or self.way.id == PLAIN
        for action in self.way_menu.actions():
            action.setChecked(self.way is not None and action.data() == self.way.id)
        name = way_texts(self.way).name if self.way is not None else ""
        self.way_button.setText(name.replace("&", "&&") + "  ")  # room for the arrow
        about = way_texts(self.way).about if self.way is not None else ""
        self.way_button.setToolTip(self.tr("Way of asking: {about}").format(about=about))
        self.way_button.setAccessibleName(self.tr("Way of asking: {name}").format(name=name))
        font = theme.small()
        font.setBold(not plain)
        self.way_button.setFont(font)

    def set_presets(self, names: Iterable[str]) -> None:
        """Offers these."""
        self.preset_menu.clear()
        kept = list(names)
        for name in kept:
            action = self.preset_menu.addAction(name.replace("&", "&&"))
            action.setData(name)
            action.triggered.connect(self._choose_preset)
        if not kept:
            self.preset_menu.addAction(self.tr("No preset yet")).setEnabled(False)
        self.preset_menu.addSeparator()
        self.preset_menu.addAction(self.tr("Save as preset…")).triggered.connect(self._want_preset)
        if kept:
            removal = self.preset_menu.addMenu(self.tr("Remove"))
            for name in kept:
                action = removal.addAction(name.replace("&", "&&"))
                action.setData(name)
                action.triggered.connect(self._remove_preset)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._style()

    def _style(self) -> None:
        for button in (self.way_button, self.options_button):
            button.setFont(theme.small())

    @Slot()
    def _choose(self) -> None:
        way_id = str(self.sender().data())  # type: ignore[attr-defined]
        self.choose(way_id)
        self.way_chosen.emit(way_id)

    @Slot()
    def _choose_preset(self) -> None:
        self.preset_chosen.emit(self.sender().data())  # type: ignore[attr-defined]

    @Slot()
    def _remove_preset(self) -> None:
        self.preset_removed.emit(self.sender().data())  # type: ignore[attr-defined]

    @Slot()
    def _want_preset(self) -> None:
        self.preset_wanted.emit()


def _button() -> QToolButton:
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
