"""A line edit with a button that chooses a folder or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from inspector_app.ui.theme import SMALL


class PathRow(QWidget):
    """Path, typed or chosen.

    Args:
        title: What it is the path of.
        path: The path at first.
        parent: Its widget.
    """

    changed = Signal()

    def __init__(self, title: str, path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._edit = QLineEdit(path)
        self._edit.setMinimumWidth(320)
        self._edit.setAccessibleName(title)
        self._edit.textChanged.connect(self.changed)
        self._button = QPushButton(self.tr("Choose…"))
        self._button.setAutoDefault(False)  # Enter is for the dialog's own button
        self._button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self._edit, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self._edit)

    def path(self) -> str:
        """The chosen path, without surrounding space."""
        return self._edit.text().strip()

    def set_path(self, path: str) -> None:
        """Puts a path in."""
        self._edit.setText(path)

    def set_hint(self, hint: str) -> None:
        """Shows a hint while there is no path."""
        self._edit.setPlaceholderText(hint)

    def ask(self) -> str:
        """Asks for a path; returns "" for none."""
        raise NotImplementedError

    def _choose(self) -> None:
        path = self.ask()
        if path:
            self._edit.setText(path)


class FolderRow(PathRow):
    """Path of a folder."""

    def ask(self) -> str:
        return QFileDialog.getExistingDirectory(self, self._title, self.path())


class FileRow(PathRow):
    """Path of a file.

    Args:
        title: What it is the path of.
        patterns: Such names are offered, "*.pth" for instance.
        path: The path at first.
        parent: Its widget.
    """

    def __init__(
        self, title: str, patterns: str, path: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, path, parent)
        self._patterns = patterns

    def ask(self) -> str:
        others = self.tr("All files")
        kinds = f"{self._title} ({self._patterns});;{others} (*)"
        begin = self.path() or str(Path.home())
        return QFileDialog.getOpenFileName(self, self._title, begin, kinds)[0]
