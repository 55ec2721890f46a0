"""Running fetches and conversions in the words of the status bar."""

from __future__ import annotations

from PySide6.QtCore import QObject

from inspector_app.ui.busy import Busy
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.model_info import Phase


class ModelBusy(QObject):
    """Says in the status bar what goes on with models while another page is on show."""

    def __init__(self, flows: ModelFlows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flows = flows

    def busy(self) -> Busy | None:
        """Returns the first running fetch, conversion or load, None if there is none."""
        for view in self._flows.views():
            name = view.info.card.name
            if view.pull is not None:
                steps = 1000 if view.pull.total else 0
                done = steps * view.pull.done // view.pull.total if view.pull.total else 0
                converting = view.pull.converting
                words = self.tr("Converting {name}") if converting else self.tr("Fetching {name}")
                return Busy(
                    words.format(name=name),
                    done,
                    steps,
                    view.pull.seconds_left(),
                    is_share=True,
                )
            if view.phase is Phase.LOADING:
                return Busy(self.tr("Loading {name}").format(name=name))
        return None
