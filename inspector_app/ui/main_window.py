"""The window: gallery, picture with verdict bar, ask and findings panels, status bar."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, Slot
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QSlider,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.events import Failed
from inspector_app.services.settings import Settings
from inspector_app.ui import theme
from inspector_app.ui.actions import Actions
from inspector_app.ui.chat_panel import ChatPanel
from inspector_app.ui.dialogs import Dialogs
from inspector_app.ui.document_panel import DocumentPanel
from inspector_app.ui.empty_state import EmptyState
from inspector_app.ui.engine_button import EngineButton
from inspector_app.ui.findings_table import FindingsTable
from inspector_app.ui.flows import Flows
from inspector_app.ui.gallery import Gallery
from inspector_app.ui.improve_slot import ImproveSlot
from inspector_app.ui.inspect_chat import InspectChat
from inspector_app.ui.inspect_commands import InspectCommands
from inspector_app.ui.inspect_document import InspectDocument
from inspector_app.ui.inspect_files import InspectFiles
from inspector_app.ui.inspect_many import InspectMany
from inspector_app.ui.inspect_page import InspectPage
from inspector_app.ui.inspect_pointing import InspectPointing
from inspector_app.ui.inspect_reading import InspectReading
from inspector_app.ui.inspect_second import InspectSecond
from inspector_app.ui.inspect_seen import InspectSeen
from inspector_app.ui.inspect_telling import InspectTelling
from inspector_app.ui.inspect_turns import InspectTurns
from inspector_app.ui.inspect_ways import InspectWays
from inspector_app.ui.message_bar import MessageBar
from inspector_app.ui.model_busy import ModelBusy
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.models_page import ModelsPage
from inspector_app.ui.pages import ACTIONS, IMPROVE, INSPECT, MODELS, Pages
from inspector_app.ui.pictures import Pictures
from inspector_app.ui.rail import Rail
from inspector_app.ui.recent_menu import RecentMenu
from inspector_app.ui.session import Session
from inspector_app.ui.status_bar import StatusBar
from inspector_app.ui.verdict_bar import VerdictBar
from inspector_app.ui.viewer import ImageViewer
from inspector_app.ui.worker import Worker


class MainWindow(QMainWindow):
    """Puts the widgets together; what they do with each other is in `InspectPage`."""

    def __init__(self, settings: Settings, worker: Worker) -> None:
        super().__init__()
        self.settings = settings
        self.session = Session(settings, self)
        self.worker = worker
        self.flows = Flows(self.session, worker, self)
        self.models = ModelFlows(self.session.choice, worker, self)
        self.model_busy = ModelBusy(self.models, self)
        self.pictures = Pictures()
        self._closing = False
        self.setMinimumSize(960, 600)
        self.resize(*theme.MINIMUM_WINDOW)
        self.setAcceptDrops(True)
        self.actions_ = Actions(self, settings.get("shortcuts"))
        menus = self.actions_.fill(self.menuBar())
        self.recent = RecentMenu(settings, self)
        menus["file"].insertMenu(self.actions_["open_sample"], self.recent)
        self._build_centre()
        self._build_docks()
        self._build_toolbar()
        self._build_rail()
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self.dialogs = Dialogs(self)
        self.page = InspectPage(self)
        self.commands = InspectCommands(self)
        self.conversation = InspectChat(self)
        self.turns = InspectTurns(self)
        self.many = InspectMany(self)
        self.pointing = InspectPointing(self)
        self.seen = InspectSeen(self)
        self.documents = InspectDocument(self)
        self.reading = InspectReading(self)
        self.files = InspectFiles(self)
        self.second = InspectSecond(self)
        self.telling = InspectTelling(self)
        self.asking = InspectWays(self)
        self.pages = Pages(self)
        self._connect()
        self._default_state = self.saveState()
        self._restore_layout()
        self.page.refresh_all()

    # -- building --------------------------------------------------------------------

    def _build_centre(self) -> None:
        self.messages = MessageBar()
        self.viewer = ImageViewer()
        self.viewer.locked = bool(self.settings.get("lock_view"))
        self.verdict = VerdictBar()
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.viewer, 1)
        column.addWidget(self.verdict)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(picture)
        self.models_page = ModelsPage(self.models, self.session.choice)
        self.improve = ImproveSlot(self.session, self.models, self.worker)
        self.page_stack = QStackedWidget()  # in the order of `pages.ACTIONS`
        self.page_stack.addWidget(self.stack)
        self.page_stack.addWidget(self.improve)
        self.page_stack.addWidget(self.models_page)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.page_stack, 1)
        self.setCentralWidget(centre)

    def _build_docks(self) -> None:
        self.gallery = Gallery()
        self.chat = ChatPanel()
        self.findings = FindingsTable()
        self.document = DocumentPanel()
        self.gallery_dock = self._dock(
            "gallery", self.tr("Images"), self.gallery, Qt.DockWidgetArea.LeftDockWidgetArea
        )
        area = Qt.DockWidgetArea.RightDockWidgetArea
        self.chat_dock = self._dock("ask", self.tr("Ask"), self.chat, area)
        self.findings_dock = self._dock("findings", self.tr("Findings"), self.findings, area)
        self.document_dock = self._dock("document", self.tr("Document"), self.document, area)
        self.tabifyDockWidget(self.chat_dock, self.findings_dock)
        self.tabifyDockWidget(self.findings_dock, self.document_dock)
        self.chat_dock.raise_()
        self.setTabPosition(area, QTabWidget.TabPosition.North)
        self.resizeDocks([self.gallery_dock, self.chat_dock], [250, 380], Qt.Orientation.Horizontal)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _build_toolbar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setIconSize(QSize(theme.ICON, theme.ICON))
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        a = self.actions_
        bar.addAction(a["open_folder"])
        self.recipe_button = QToolButton()
        self.recipe_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.recipe_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.recipe_button.addActions([a["open_recipe"], a["new_recipe"]])
        self.recipe_button.setAccessibleName(self.tr("Recipe"))
        bar.addWidget(self.recipe_button)
        bar.addSeparator()
        for name, text in (
            ("run_this", self.tr("This")),
            ("run_all", self.tr("All")),
            ("stop", self.tr("Stop")),
        ):
            a[name].setIconText(text)
            bar.addAction(a[name])
            button = bar.widgetForAction(a[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addSeparator()
        self._tools = QActionGroup(self)
        for name in ("select_tool", "region_tool", "pan_tool"):
            self._tools.addAction(a[name])
            bar.addAction(a[name])
        bar.addSeparator()
        for name in ("previous", "next", "fit_view", "actual_size"):
            bar.addAction(a[name])
        bar.addSeparator()
        bar.addAction(a["heat"])
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setFixedWidth(96)
        self.opacity.setValue(round(100 * self.settings.get("heat_opacity")))
        self.opacity.setToolTip(self.tr("Opacity of the heat map"))
        self.opacity.setAccessibleName(self.tr("Opacity of the heat map"))
        bar.addWidget(self.opacity)
        for name in ("boxes", "golden"):
            bar.addAction(a[name])
        bar.addSeparator()
        self.engine_button = EngineButton(self.session.choice, self.models, a["page_models"])
        bar.addWidget(self.engine_button)
        self.tools = bar
        self.addToolBar(bar)
        # Of one height, so that the rail stays where it is when the page changes.
        self.improve_tools = self.improve.tools
        for other in (self.models_page.tools, self.improve_tools):
            other.setMinimumHeight(bar.sizeHint().height())
            self.addToolBar(other)
            other.hide()

    def _build_rail(self) -> None:
        for name, text in (
            ("page_inspect", self.tr("Inspect")),
            ("page_improve", self.tr("Improve")),
            ("page_models", self.tr("Models")),
        ):
            self.actions_[name].setIconText(text)
        self.rail = Rail([self.actions_[name] for name in ACTIONS.values()])
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)

    def _connect(self) -> None:
        flows = self.flows
        flows.busy_changed.connect(self.page.show_busy)
        flows.trouble_found.connect(self.show_trouble)
        self.session.trouble_found.connect(self.show_trouble)
        self.status.stop_requested.connect(self._stop)
        self.models.trouble_found.connect(self.show_trouble)
        self.models.told.connect(self._tell)
        self.improve.trouble_found.connect(self.show_trouble)
        self.improve.busy_changed.connect(self._show_model_work)
        self.improve.models_requested.connect(self.actions_["page_models"].trigger)
        self.models.changed.connect(self._show_model_work)
        self.models.progressed.connect(self._show_model_work)
        self.engine_button.engine_chosen.connect(self.session.choice.use)
        self.pages.changed.connect(self._show_page)
        self.recent.project_chosen.connect(self._open_recent)
        for part in (
            *(self.page, self.commands, self.conversation, self.turns, self.many, self.pointing),
            *(self.seen, self.pages, self.documents, self.reading),
            *(self.second, self.files, self.telling, self.asking),
        ):
            part.connect_all()

    @Slot(str)
    def _open_recent(self, path: str) -> None:
        self.flows.start(self.flows.open_project(path))

    @Slot()
    def _stop(self) -> None:
        # One line of the status bar, one thing that its cross stops: the one it tells of.
        if not self.flows.stop() and not self.models.stop():
            self.improve.stop()

    @Slot(str)
    def _show_page(self, name: str) -> None:
        if name == MODELS:
            self.models_page.look()
        elif name == IMPROVE:
            self.improve.look()

    @Slot()
    def _show_model_work(self) -> None:
        if not self.flows.running:
            self.page.show_busy(None)

    # -- telling -----------------------------------------------------------------------

    @Slot(object)
    def show_trouble(self, error: InspectorError) -> None:
        """Shows trouble in the inline bar."""
        details = "\n".join(getattr(error, "__notes__", ()))
        self.messages.show_error(str(error), details=details)

    def show_failure(self, failed: Failed) -> None:
        """Shows a failed request in the inline bar."""
        self.messages.show_error(f"{failed.what} {failed.mend}".strip(), details=failed.details)

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.messages.show_info(text)

    # -- Qt ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.viewer.set_golden_blink(True)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.viewer.set_golden_blink(False)
            return
        super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.source() is None:  # not from the gallery itself
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.pages.show(INSPECT)  # where what was dropped can be seen
            self.commands.add_files(paths)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.translate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.improve.may_close():
            event.ignore()
            return
        self._save_layout()
        self._closing = True
        super().closeEvent(event)

    async def shut_down(self) -> None:
        """Stops all work and frees everything; the window may be deleted after it."""
        self.files.close()
        await self.flows.close()
        await self.improve.shut_down()
        await self.models.close()
        self.gallery.shut_down()
        self.pictures.close()
        self.worker.close()
        self.session.close()

    def restore_panels(self) -> None:
        """Puts docks and toolbars where they were at first."""
        self.restoreState(self._default_state)
        for dock in self.docks():
            dock.show()

    def docks(self) -> tuple[QDockWidget, ...]:
        """The docks of the Inspect page."""
        return self.gallery_dock, self.chat_dock, self.findings_dock, self.document_dock

    def _layout_file(self) -> QSettings:
        return QSettings(
            str(self.settings.path.with_name("window.ini")), QSettings.Format.IniFormat
        )

    def _save_layout(self) -> None:
        self.settings.set("heat_opacity", self.opacity.value() / 100)
        store = self._layout_file()
        store.setValue("geometry", self.saveGeometry())
        store.setValue("state", self.pages.layout_state())
        store.setValue("docks", [dock.objectName() for dock in self.docks()])

    def _restore_layout(self) -> None:
        store = self._layout_file()
        for key, restore in (("geometry", self.restoreGeometry), ("state", self.restoreState)):
            value = store.value(key)
            if isinstance(value, QByteArray):
                restore(value)
        if store.contains("state") and "document" not in (store.value("docks") or ()):
            # Arranged before there was this tab: Qt leaves a dock that it does not know outside.
            self.tabifyDockWidget(self.findings_dock, self.document_dock)
            self.document_dock.show()
            self.chat_dock.raise_()
