"""File > Recent projects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from inspector_app.services.settings import Settings


class RecentMenu(QMenu):
    """Projects opened lately, newest first; filled each time it is shown."""

    project_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setTitle(self.tr("Recent projects"))
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._choose)

    @Slot()
    def fill(self) -> None:
        """Reads the list again; projects that are gone are left out."""
        self.clear()
        for path in self._settings.get("recent"):
            if Path(path).exists():
                # A doubled ampersand is shown as one and is no mnemonic.
                action = self.addAction(Path(path).stem.replace("&", "&&"))
                action.setData(path)
                action.setToolTip(path)
        if self.isEmpty():
            self.addAction(self.tr("None yet")).setEnabled(False)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        if action.data():
            self.project_chosen.emit(action.data())
