"""The form for a report: formats and folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from inspector_app.services.report import FORMATS
from inspector_app.ui.path_row import FolderRow
from inspector_app.ui.theme import MEDIUM, SMALL


class ExportDialog(QDialog):
    """See the module's docstring."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export report"))
        words = {
            "pdf": self.tr("PDF, for reading and printing"),
            "html": self.tr("HTML, one file for the browser"),
            "xlsx": self.tr("Excel workbook"),
            "csv": self.tr("CSV table"),
            "json": self.tr("JSON, everything"),
            "coco": self.tr("COCO boxes, for training"),
        }
        self._boxes = {name: QCheckBox(words[name]) for name in FORMATS}
        self._folder = FolderRow(self.tr("Folder of the report"), str(folder))
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        for name, box in self._boxes.items():
            box.setChecked(name in ("pdf", "html"))
            box.toggled.connect(self._check)
            column.addWidget(box)
        form = QFormLayout()
        form.addRow(self.tr("&Folder"), self._folder)
        column.addSpacing(SMALL)
        column.addLayout(form)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._folder.changed.connect(self._check)
        column.addSpacing(SMALL)
        column.addWidget(self._buttons)

    def formats(self) -> tuple[str, ...]:
        """The chosen formats."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def folder(self) -> str:
        """Where the files go."""
        return self._folder.path()

    def _check(self) -> None:
        ready = bool(self.formats()) and bool(self.folder())
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(ready)
