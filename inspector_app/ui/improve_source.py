"""The dialog that adds a data set: its form, where it lies, and which part of it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.samples import SPLITS
from inspector_app.domain.training import DataSource
from inspector_app.services.improve_data import FORMS
from inspector_app.ui import theme
from inspector_app.ui.improve_words import form_word
from inspector_app.ui.path_row import FolderRow, PathRow

_FOLDERS = ("mvtec", "yolo", "voc", "labelme", "sroie", "viet-receipt")


class _SourceRow(PathRow):
    """Path of a data set: a folder or a file, as its form says."""

    form = "manifest"

    def ask(self) -> str:
        if self.form in _FOLDERS:
            return QFileDialog.getExistingDirectory(self, self._title, self.path())
        return QFileDialog.getOpenFileName(self, self._title, self.path())[0]


class SourceDialog(QDialog):
    """Asks for a data set; `source` is the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add data"))
        self.form = QComboBox()
        for name in FORMS:
            self.form.addItem(form_word(name), name)
        self.form.currentIndexChanged.connect(self._enable)
        self.path = _SourceRow(self.tr("Data set"))
        self.path.changed.connect(self._enable)
        self.images = FolderRow(self.tr("Folder of images"))
        self.images.set_hint(self.tr("only where the data do not say it"))
        self.split = QComboBox()
        self.split.addItem(self.tr("all"), "")
        for name in SPLITS:
            self.split.addItem(name, name)
        self.split.setCurrentIndex(1)  # what is tested on is not learned from
        rows = QFormLayout()
        rows.setSpacing(theme.SMALL)
        rows.addRow(self.tr("Form"), self.form)
        rows.addRow(self.tr("Data set"), self.path)
        rows.addRow(self.tr("Images"), self.images)
        rows.addRow(self.tr("Part"), self.split)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Add"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self.buttons)
        self._enable()

    def source(self) -> DataSource:
        """Returns what was chosen."""
        return DataSource(
            self.path.path(),
            self.form.currentData(),
            self.images.path(),
            self.split.currentData() if self.form.currentData() != "project" else "",
        )

    @Slot()
    def _enable(self) -> None:
        self.path.form = self.form.currentData()
        self.split.setEnabled(self.path.form != "project")
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.path.path()))
