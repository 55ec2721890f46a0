"""The settings a person may change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.read_text import reader_trouble
from inspector_app.services.settings import Settings
from inspector_app.ui import theme
from inspector_app.ui.page_dialog import dpi_words


class SettingsDialog(QDialog):
    """See the module's docstring."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self._language = self._choice(
            "language",
            {"system": self.tr("As the system"), "en": "English", "vi": "Tiếng Việt"},
        )
        self._theme = self._choice(
            "theme",
            {
                "system": self.tr("As the system"),
                "light": self.tr("Light"),
                "dark": self.tr("Dark"),
            },
        )
        self._reader = self._choice(
            "reader",
            {
                "rapidocr": self.tr("Built in (RapidOCR and Vietnamese lines)"),
                "tesseract": "Tesseract",
            },
        )
        self._operator = QLineEdit(settings.get("operator"))
        self._operator.setPlaceholderText(settings.operator)
        self._operator.setMinimumWidth(240)
        self._rate = QDoubleSpinBox()
        self._rate.setRange(0.1, 50.0)
        self._rate.setDecimals(1)
        self._rate.setSuffix(" %")
        self._rate.setValue(100 * settings.get("false_alarm_rate"))
        self._dpi = self._choice("pdf_dpi", dpi_words())
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow(self.tr("&Theme"), self._theme)
        form.addRow(self.tr("&Reader of documents"), self._reader)
        form.addRow(self.tr("Your &name on corrections"), self._operator)
        form.addRow(self.tr("Good parts &flagged at most, for new recipes"), self._rate)
        form.addRow(self.tr("&Pages of PDFs drawn at"), self._dpi)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(form)
        column.addWidget(buttons)

    def _choice(self, key: str, words: Mapping[Any, str]) -> QComboBox:
        box = QComboBox()
        for value, text in words.items():
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(self._settings.get(key)))
        return box

    def apply(self) -> list[str]:
        """Saves; returns lines for the user about what needs a restart."""
        language = self._language.currentData()
        lines: list[str] = []
        if language != self._settings.get("language"):
            lines.append(self.tr("The language changes when Inspector is started again."))
        self._settings.set("language", language)
        self._settings.set("theme", self._theme.currentData())
        reader = self._reader.currentData()
        if reader != self._settings.get("reader") and reader_trouble(reader):
            lines.append(
                self.tr(
                    "Tesseract with its Vietnamese data is not usable here, so no document can be "
                    "read with it. The command “inspector doctor” says why."
                )
            )
        self._settings.set("reader", reader)
        self._settings.set("operator", self._operator.text().strip())
        self._settings.set("false_alarm_rate", round(self._rate.value() / 100, 4))
        self._settings.set("pdf_dpi", self._dpi.currentData())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._theme.currentData())
        return lines
