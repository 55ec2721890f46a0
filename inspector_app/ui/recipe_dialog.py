"""The form for a new recipe: golden images, name, false-alarm rate."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import PDFS, SUFFIXES
from inspector_app.services.fit_request import PROMISE_IMAGES, FitRequest
from inspector_app.services.projects import data_folder, list_images
from inspector_app.services.settings import Settings
from inspector_app.ui.path_row import FolderRow
from inspector_app.ui.theme import MEDIUM, SMALL


class RecipeDialog(QDialog):
    """See the module's docstring."""

    def __init__(self, settings: Settings, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New recipe from golden images"))
        self._language = language
        self._images: list[str] = []
        self._folder = FolderRow(self.tr("Folder of good parts"))
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Product"))
        self._rate = QDoubleSpinBox()
        self._rate.setAccessibleName(self.tr("Good parts flagged at most"))
        self._rate.setRange(0.1, 50.0)
        self._rate.setDecimals(1)
        self._rate.setSuffix(" %")
        self._rate.setValue(100 * settings.get("false_alarm_rate"))
        self._comparison = QCheckBox(
            self.tr("Also compare with the golden image (printed patterns, fixed parts)")
        )
        self._state = QLabel()
        self._state.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(SMALL)
        form.addRow(self.tr("Folder of &good parts"), self._folder)
        form.addRow(self.tr("&Product"), self._name)
        form.addRow(self.tr("Good parts &flagged at most"), self._rate)
        form.addRow("", self._comparison)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Learn"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(MEDIUM)
        column.addLayout(form)
        column.addWidget(self._state)
        column.addWidget(self._buttons)
        self._folder.changed.connect(self._check)
        self._name.textEdited.connect(self._check)
        self._check()

    def request(self) -> FitRequest:
        """What to fit."""
        name = self._name.text().strip()
        file = re.sub(r"[^\w.-]+", "_", name) or "recipe"
        return FitRequest(
            tuple(sorted(self._images)),
            str(data_folder() / "recipes" / file / f"{file}.toml"),
            name=name,
            false_alarm_rate=self._rate.value() / 100,
            comparison=self._comparison.isChecked(),
            language=self._language,
        )

    def set_folder(self, folder: str) -> None:
        """Puts a folder in."""
        self._folder.set_path(folder)

    @Slot()
    def _check(self) -> None:
        folder = self._folder.path()
        if not folder:
            self._images = []
            text = self.tr("Choose a folder that holds images of good parts only.")
        else:
            try:
                self._images = list_images(folder, SUFFIXES - PDFS)
            except InspectorError as error:
                self._images = []
                text = str(error)
            else:
                text = self._words(len(self._images))
                if self._images and not self._name.isModified():
                    self._name.setText(_product(Path(folder)))
        self._state.setText(text)
        self._ok.setEnabled(bool(self._images) and bool(self._name.text().strip()))

    def _words(self, count: int) -> str:
        if count == 0:
            return self.tr("There is no image in this folder.")
        text = self.tr("%n image(s).", "", count)
        if count < PROMISE_IMAGES:
            text += " " + self.tr(
                "With fewer than {needed} good images a false-alarm rate of 10 % cannot be "
                "promised; more images make the limits safer."
            ).format(needed=PROMISE_IMAGES)
        return text


def _product(folder: Path) -> str:
    plain = {"good", "train", "ok", "golden"}
    for part in (folder, *folder.parents):
        if part.name and part.name.lower() not in plain:
            return part.name
    return folder.name
