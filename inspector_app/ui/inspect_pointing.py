"""Asking by drawing: while "identify" waits for a region, the picture is ready to draw one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from inspector_app.ui.viewer import Tool

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectPointing(QObject):
    """Glue between the task in the Ask panel and the tool in the picture."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.armed = False  # the next region drawn is what is asked about

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        self.w.chat.region_wanted.connect(self._want)
        self.w.viewer.tool_changed.connect(self._tool_changed)

    @Slot(bool)
    def _want(self, wanted: bool) -> None:
        actions = self.w.actions_
        if wanted:
            # Not in a read-only project, where drawing would make a finding: a region can still
            # be selected there, as the hint of the task says.
            self.armed = actions["region_tool"].isEnabled()
            if self.armed:
                actions["region_tool"].trigger()
            else:
                self.w.chat.set_waiting(False)
        elif self.armed:
            self.armed = False
            if self.w.viewer.tool() is Tool.REGION:
                actions["select_tool"].trigger()

    @Slot(object)
    def _tool_changed(self, tool: Tool) -> None:
        if self.armed and tool is not Tool.REGION:  # another tool, chosen by hand
            self.armed = False
            self.w.chat.set_waiting(False)
