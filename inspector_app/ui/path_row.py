"""A line edit with a button that chooses a folder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from inspector_app.ui.theme import SMALL


class FolderRow(QWidget):
    """Path of a folder, typed or chosen."""

    changed = Signal()

    def __init__(self, title: str, path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._edit = QLineEdit(path)
        self._edit.setMinimumWidth(320)
        self._edit.setAccessibleName(title)
        self._edit.textChanged.connect(self.changed)
        button = QPushButton(self.tr("Choose…"))
        button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self._edit, 1)
        row.addWidget(button)
        self.setFocusProxy(self._edit)

    def path(self) -> str:
        """The chosen path, without surrounding space."""
        return self._edit.text().strip()

    def set_path(self, path: str) -> None:
        """Puts a path in."""
        self._edit.setText(path)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._title, self.path())
        if folder:
            self._edit.setText(folder)
