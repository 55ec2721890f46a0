"""Where the Improve page stands: the page is made when it is first shown, the window opens fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QToolBar, QVBoxLayout, QWidget

from inspector_app.ui import icons, theme
from inspector_app.ui.busy import Busy
from inspector_app.ui.confirm import confirmed
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.session import Session
from inspector_app.ui.worker import Worker

if TYPE_CHECKING:
    from inspector_app.ui.improve_flows import ImproveFlows
    from inspector_app.ui.improve_page import ImprovePage


class ImproveSlot(QWidget):
    """Holds the page, and passes on what the window must know of its work."""

    trouble_found = Signal(object)  # InspectorError
    busy_changed = Signal()
    models_requested = Signal()

    def __init__(
        self, session: Session, models: ModelFlows, worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = session, models, worker
        self._busy: Busy | None = None
        self.page: ImprovePage | None = None
        self.flows: ImproveFlows | None = None
        self.tools = QToolBar(self.tr("Tools for rounds"))
        self.tools.setObjectName("improve-tools")
        self.tools.setIconSize(QSize(theme.ICON, theme.ICON))
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tools.setMovable(False)
        self.tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        look = self.tools.addAction(icons.icon("retry"), self.tr("Look again"))
        look.setToolTip(self.tr("Look again at rounds and models"))
        look.triggered.connect(self.look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @Slot()
    def look(self) -> None:
        """Makes the page if it is not there yet, and looks at rounds and models anew."""
        if self.page is None:
            self._make()
        assert self.page is not None
        self.page.look()

    def busy(self) -> Busy | None:
        """What the status bar says of the job under way."""
        return self._busy

    def stop(self) -> None:
        """Stops the job under way."""
        if self.flows is not None:
            self.flows.halt()

    def may_close(self) -> bool:
        """Asks before a run ends with the window."""
        return (
            self.flows is None
            or not self.flows.is_training
            or confirmed(
                self,
                self.tr("A run is going on"),
                self.tr(
                    "With the window the run ends too. The step under way is finished and saved "
                    "first, which may take a minute; Resume goes on from there."
                ),
                self.tr("Stop and close"),
            )
        )

    async def shut_down(self) -> None:
        """Ends the job and waits for it."""
        if self.flows is not None:
            await self.flows.close()

    def _make(self) -> None:
        from inspector_app.ui.improve_flows import ImproveFlows
        from inspector_app.ui.improve_page import ImprovePage

        session, models, worker = self._parts
        self.flows = ImproveFlows(session, models, worker, self)
        self.flows.trouble_found.connect(self.trouble_found)
        self.flows.busy_changed.connect(self._keep_busy)
        self.page = ImprovePage(self.flows, models, session)
        self.page.models_requested.connect(self.models_requested)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.page)
        self.setFocusProxy(self.page)

    @Slot(object)
    def _keep_busy(self, busy: Busy | None) -> None:
        self._busy = busy
        self.busy_changed.emit()
