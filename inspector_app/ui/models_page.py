"""The Models page: what can answer, what it takes, and how to get and load it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QSplitter, QToolBar, QVBoxLayout, QWidget

from inspector_app.domain.cards import Card
from inspector_app.domain.conversions import ConvertRequest
from inspector_app.ui import icons, theme
from inspector_app.ui.confirm import confirmed
from inspector_app.ui.convert_dialog import ConvertDialog
from inspector_app.ui.engine_choice import EngineChoice
from inspector_app.ui.model_details import ModelDetails
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.model_list import ModelList
from inspector_app.ui.model_words import size_text


class ModelsPage(QWidget):
    """List at the left, details at the right; does what the buttons say."""

    def __init__(
        self, flows: ModelFlows, choice: EngineChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._flows = flows
        self._choice = choice
        self._wished: ConvertRequest | None = None  # of the last conversion, to mend and repeat
        self.list = ModelList()
        self.tools = self._make_tools()
        self.details = ModelDetails()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        column.addWidget(self.list, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(side)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        letter = self.fontMetrics().averageCharWidth()
        self.splitter.setSizes([letter * 40, letter * 120])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.setFocusProxy(self.list)
        self._connect()
        self._show_all()

    def _make_tools(self) -> QToolBar:
        """Makes the page's tools; the window puts them where the Inspect page has its own."""
        bar = QToolBar(self.tr("Tools for models"))
        bar.setObjectName("model-tools")
        bar.setIconSize(QSize(theme.ICON, theme.ICON))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.add_action = bar.addAction(icons.icon("folder"), self.tr("Add model from folder…"))
        self.add_action.triggered.connect(self._add_model)
        self.look_action = bar.addAction(icons.icon("retry"), self.tr("Look again"))
        self.look_action.setToolTip(self.tr("Look again at what is on this computer"))
        self.look_action.triggered.connect(self.look)
        for action in (self.add_action, self.look_action):
            bar.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return bar

    def _connect(self) -> None:
        self.list.model_chosen.connect(self._show_chosen)
        self.details.pressed.connect(self._act)
        self.details.progress.cancelled.connect(self._cancel)
        self.details.adapters.adapter_chosen.connect(self._use_adapter)
        self.details.adapters.add_requested.connect(self._add_adapter)
        self.details.adapters.remove_requested.connect(self._remove_adapter)
        self._flows.changed.connect(self._show_all)
        self._flows.progressed.connect(self._show_progress)
        self._choice.changed.connect(self._show_all)

    # -- showing -----------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Looks at disk and engine process anew."""
        self._flows.start(self._flows.refresh())

    def chosen(self) -> str:
        """Returns the card id of the model shown, "" for none."""
        return self.list.chosen()

    @Slot()
    def _show_all(self) -> None:
        self.list.set_models(self._flows.views(), self._answering())
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        view = self._flows.view(self.chosen())
        self.details.setVisible(view is not None)
        if view is not None:
            card_id = view.info.card.id
            self.details.show_view(view, self._answering(), self._choice.adapter(card_id))

    @Slot(str)
    def _show_progress(self, card_id: str) -> None:
        view = self._flows.view(card_id)
        if view is None:
            return
        self.list.update_model(view, self._answering())
        if card_id == self.chosen():
            self.details.show_progress(view, self._answering())

    def _answering(self) -> str:
        return self._choice.engine_id()

    # -- doing -------------------------------------------------------------------------

    @Slot(str)
    def _act(self, name: str) -> None:
        card_id, flows = self.chosen(), self._flows
        match name:
            case "pull":
                flows.start(flows.pull(card_id))
            case "convert":
                self._ask_convert(card_id)
            case "load":
                flows.start(flows.load(card_id))
            case "unload":
                flows.start(flows.unload(card_id))
            case "use":
                self._choice.use(card_id)
            case "folder":
                self._choose_folder(card_id)
            case "forget":
                self._forget(card_id)
            case "remove":
                self._remove(card_id)
            case _:
                raise ValueError(name)

    @Slot()
    def _cancel(self) -> None:
        self._flows.cancel(self.chosen())

    def _ask_convert(self, card_id: str) -> None:
        view = self._flows.view(card_id)
        if view is None:
            return
        dialog = ConvertDialog(view.info.card.name, self._wished, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._wished = dialog.request()
            self._flows.start(self._convert(card_id, self._wished))
        dialog.deleteLater()

    async def _convert(self, card_id: str, request: ConvertRequest) -> None:
        made = await self._flows.convert(card_id, request)
        if made and self.chosen() == card_id:  # else the person went on to another one
            self.list.choose(made)

    def _choose_folder(self, card_id: str) -> None:
        folder = self._folder(self.tr("Folder with the files of this model"))
        if folder:
            self._flows.start(self._flows.use_folder(card_id, folder))

    def _forget(self, card_id: str) -> None:
        view = self._flows.view(card_id)
        if view is not None and confirmed(
            self,
            self.tr("Forget folder"),
            self.tr("The program forgets {folder}. The files in it stay as they are.").format(
                folder=view.info.state.folder
            ),
            self.tr("Forget"),
        ):
            self._flows.start(self._flows.forget_folder(card_id))

    def _remove(self, card_id: str) -> None:
        view = self._flows.view(card_id)
        if view is None:
            return
        card, state = view.info.card, view.info.state
        if card.own and (state.folder or not state.disk):
            text = self.tr(
                "{name} is taken out of the list. The files in its folder stay as they are."
            ).format(name=card.name)
            button = self.tr("Take out")
        else:
            text = self.tr(
                "The files of {name} ({size}) are deleted from this computer. To use it again, "
                "they have to be fetched or made again."
            ).format(name=card.name, size=size_text(state.disk))
            button = self.tr("Delete")
        if confirmed(self, self.tr("Remove model"), text, button):
            self._flows.start(self._flows.remove(card_id))

    @Slot()
    def _add_model(self) -> None:
        folder = self._folder(self.tr("Folder of a model to add"))
        if folder:
            self._flows.start(self._add(folder))

    async def _add(self, folder: str) -> None:
        card: Card = await self._flows.add_folder(folder)
        self.list.choose(card.id)

    @Slot(str)
    def _use_adapter(self, adapter_id: str) -> None:
        self._choice.use_adapter(self.chosen(), adapter_id)

    @Slot()
    def _add_adapter(self) -> None:
        folder = self._folder(self.tr("Folder of an adapter to add"))
        if folder:
            self._flows.start(self._flows.add_adapter(self.chosen(), folder))

    @Slot(str)
    def _remove_adapter(self, adapter_id: str) -> None:
        view = self._flows.view(self.chosen())
        names = {each.id: each.name for each in view.info.adapters} if view is not None else {}
        if adapter_id in names and confirmed(
            self,
            self.tr("Remove adapter"),
            self.tr("The adapter {name} is removed from this program.").format(
                name=names[adapter_id]
            ),
            self.tr("Remove"),
        ):
            self._flows.start(self._flows.remove_adapter(self.chosen(), adapter_id))

    def _folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title, str(Path.home()))
