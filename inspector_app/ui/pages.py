"""The pages of the window: which one is on show, and what belongs to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

INSPECT, IMPROVE, MODELS = "inspect", "improve", "models"
ACTIONS = {INSPECT: "page_inspect", IMPROVE: "page_improve", MODELS: "page_models"}


class Pages(QObject):
    """Switches pages; docks and tools of the Inspect page go and come back as they were."""

    changed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.current = INSPECT
        self._layout = QByteArray()  # docks and toolbars of the Inspect page while it is away
        self._focus: dict[str, QWidget] = {}
        self._project: object = None
        self._group = QActionGroup(self)
        for name in ACTIONS.values():
            self._group.addAction(window.actions_[name])

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        for name in ACTIONS:
            self.w.actions_[ACTIONS[name]].triggered.connect(self._choose)
        self.w.session.project_changed.connect(self._follow_project)

    def show(self, name: str) -> None:
        """Shows a page."""
        if name == self.current:
            return
        self._keep_focus()
        if self.current == INSPECT:
            self._layout = self.w.saveState()
        self.current = name
        self.w.actions_[ACTIONS[name]].setChecked(True)
        here = name == INSPECT
        self.w.page_stack.setCurrentIndex(list(ACTIONS).index(name))
        if here:
            self.w.restoreState(self._layout)
        else:
            for part in (*self.w.docks(), self.w.tools):
                part.hide()
            self.w.models_page.tools.setVisible(name == MODELS)
            self.w.improve_tools.setVisible(name == IMPROVE)
        self.w.status.set_view_visible(here)
        self.w.page.enable()
        self.changed.emit(name)
        self._give_focus()

    def layout_state(self) -> QByteArray:
        """Returns the arrangement of the Inspect page, whichever page is on show."""
        return self.w.saveState() if self.current == INSPECT else self._layout

    @property
    def is_inspect(self) -> bool:
        """Whether the Inspect page is on show."""
        return self.current == INSPECT

    @Slot()
    def _choose(self) -> None:
        for name, action in ACTIONS.items():
            if self.w.actions_[action].isChecked():
                self.show(name)

    @Slot()
    def _follow_project(self) -> None:
        # Whoever opens a project wants to see it; new pages of the same one move nobody.
        project = self.w.session.project
        if project is not None and project is not self._project:
            self.show(INSPECT)
        self._project = project

    def _keep_focus(self) -> None:
        focus = self.w.focusWidget()
        # A button of the rail is on every page; going back to it would help nobody.
        if focus is not None and not self.w.rail.isAncestorOf(focus):
            self._focus[self.current] = focus

    def _give_focus(self) -> None:
        if self.w.rail.isAncestorOf(self.w.focusWidget() or self.w):
            return  # switched by key on the rail: stay there
        pages: dict[str, QWidget] = {
            INSPECT: self.w.viewer,
            IMPROVE: self.w.improve,
            MODELS: self.w.models_page,
        }
        fallback = pages[self.current]
        wanted = self._focus.get(self.current, fallback)
        (wanted if isValid(wanted) else fallback).setFocus()
