"""What actions, keys and widgets of the Inspect page do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from inspector_app.domain.findings import FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.verdicts import Verdict
from inspector_app.ui.viewer import Tool

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

TOOLS = {Tool.SELECT: "select_tool", Tool.REGION: "region_tool", Tool.PAN: "pan_tool"}


class InspectCommands(QObject):
    """Connects what the user does to session and flows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._last_label = ""

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        w, s = self.w, self.session
        for name, slot in self._slots().items():
            w.actions_[name].triggered.connect(_without_arguments(slot))
        v = w.viewer
        v.region_drawn.connect(self._region_drawn)
        v.finding_changed.connect(self._finding_moved)
        v.finding_selected.connect(self._select)
        v.delete_requested.connect(self._remove)
        v.context_requested.connect(self._show_menu)
        v.tool_changed.connect(self._tool_changed)
        v.files_dropped.connect(self.add_files)
        f = w.findings
        f.state_requested.connect(s.set_state)
        f.label_edited.connect(self._relabel)
        f.note_edited.connect(s.set_note)
        f.delete_requested.connect(s.remove)
        f.selection_changed.connect(w.page.select_finding)
        f.finding_activated.connect(self._centre_on)
        f.finding_hovered.connect(v.set_hovered)
        w.verdict.overruled.connect(s.set_verdict)
        w.verdict.overrule_cleared.connect(self._withdraw)
        w.opacity.valueChanged.connect(self._opacity_changed)
        v.set_heat_opacity(w.opacity.value() / 100)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Only while the picture has the focus: elsewhere Enter belongs to the widget.
            run = QShortcut(QKeySequence(key), v)
            run.setContext(Qt.ShortcutContext.WidgetShortcut)
            run.activated.connect(w.actions_["run_this"].trigger)
        self.show_keys()

    def show_keys(self) -> None:
        """Shows the keys of the verdicts on their buttons."""
        native = QKeySequence.SequenceFormat.NativeText
        self.w.verdict.set_keys(
            *(
                self.w.actions_[name].shortcut().toString(native)
                for name in ("accept", "review", "reject")
            )
        )

    def _slots(self) -> dict[str, Callable[[], object]]:
        w, s, v = self.w, self.session, self.w.viewer
        start, flows, page = w.flows.start, w.flows, w.page
        return {
            "open_files": w.dialogs.open_files,
            "open_folder": w.dialogs.open_folder,
            "open_project": w.dialogs.open_project,
            "open_sample": lambda: start(flows.open_sample()),
            "save_as": w.dialogs.save_as,
            "export": w.dialogs.export,
            "quit": w.close,
            "undo": s.undo_stack.undo,
            "redo": s.undo_stack.redo,
            "paste": self._paste,
            "copy_picture": lambda: QGuiApplication.clipboard().setPixmap(v.grab()),
            "delete": partial(self._on_selected, s.remove),
            "filter": w.gallery.focus_filter,
            "settings": w.dialogs.settings,
            "fit_view": v.fit,
            "actual_size": v.actual_size,
            "zoom_in": v.zoom_in,
            "zoom_out": v.zoom_out,
            "lock_view": self._lock_view,
            "heat": page.show_layers,
            "boxes": page.show_layers,
            "overlay": page.show_layers,
            "golden": page.show_golden,
            "panels": w.restore_panels,
            "run_this": self._run_this,
            "run_all": lambda: start(flows.run_all()),
            "stop": flows.stop,
            "new_recipe": w.dialogs.new_recipe,
            "open_recipe": w.dialogs.open_recipe,
            "open_evaluation": w.dialogs.open_evaluation,
            "previous": partial(w.gallery.step, -1),
            "next": partial(w.gallery.step, 1),
            "next_review": w.gallery.next_review,
            "select_tool": partial(v.set_tool, Tool.SELECT),
            "region_tool": partial(v.set_tool, Tool.REGION),
            "pan_tool": partial(v.set_tool, Tool.PAN),
            "accept": partial(self._verdict, Verdict.ACCEPT),
            "review": partial(self._verdict, Verdict.REVIEW),
            "reject": partial(self._verdict, Verdict.REJECT),
            "finding_yes": partial(self._on_selected, self._set_state, FindingState.ACCEPTED),
            "finding_no": partial(self._on_selected, self._set_state, FindingState.REJECTED),
            "finding_unsure": partial(self._on_selected, self._set_state, FindingState.UNSURE),
            "palette": w.dialogs.palette,
            "keys": w.dialogs.keys,
            "about": w.dialogs.about,
        }

    @Slot(list)
    def add_files(self, paths: list[str]) -> None:
        """Adds dropped files and folders."""
        self.w.flows.start(self.w.flows.add_files(paths))

    def _run_this(self) -> None:
        if self.session.image is not None:
            self.w.flows.start(self.w.flows.run_one(self.session.image))

    @Slot(Box)
    def _region_drawn(self, box: Box) -> None:
        if self.session.read_only or not self.w.page.is_seen():
            return
        asked = self.w.pointing.armed
        new = self.session.add_region(box, self._last_label or self.tr("defect"))
        self.w.page.select_finding(new)
        self.w.actions_["select_tool"].trigger()
        if asked:  # drawn to ask about it: what is missing now are the words
            self.w.chat.focus_input()

    @Slot(str, Box, Box)
    def _finding_moved(self, finding_id: str, old: Box, new: Box) -> None:
        if self.w.page.is_coming(finding_id):
            self.w.page.show_findings()  # puts it back
        else:
            self.session.edit(finding_id, box=new)

    @Slot(object)
    def _select(self, finding_id: str | None) -> None:
        self.w.page.select_finding(None if self.w.page.is_coming(finding_id) else finding_id)

    @Slot(str)
    def _remove(self, finding_id: str) -> None:
        if not self.w.page.is_coming(finding_id):
            self.session.remove(finding_id)

    @Slot(str, str)
    def _relabel(self, finding_id: str, label: str) -> None:
        self._last_label = label  # the next region is most often of the same kind
        self.session.edit(finding_id, label=label)

    @Slot(str)
    def _centre_on(self, finding_id: str) -> None:
        for finding in self.session.findings():
            if finding.id == finding_id and finding.box is not None:
                self.w.viewer.center_on(finding.box)

    @Slot(str, QPoint)
    def _show_menu(self, finding_id: str, place: QPoint) -> None:
        if not finding_id or self.w.page.is_coming(finding_id):
            return
        self.w.page.select_finding(finding_id)
        a = self.w.actions_
        menu = QMenu(self.w)
        for name in ("finding_yes", "finding_no", "finding_unsure"):
            menu.addAction(a[name])
        menu.addSeparator()
        rename = menu.addAction(self.tr("Edit label"))
        rename.setEnabled(not self.session.read_only)
        rename.triggered.connect(self._edit_label)
        menu.addAction(a["delete"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    @Slot()
    def _edit_label(self) -> None:
        self.w.findings_dock.raise_()
        self.w.findings.edit_label()

    @Slot(object)
    def _tool_changed(self, tool: Tool) -> None:
        self.w.actions_[TOOLS[tool]].setChecked(True)

    def _on_selected(self, do: Callable[..., object], *more: object) -> None:
        selected = self.w.findings.selected_id()
        if selected is not None:
            do(selected, *more)

    def _set_state(self, finding_id: str, state: FindingState) -> None:
        self.session.set_state(finding_id, state)

    def _verdict(self, verdict: Verdict) -> None:
        if self.w.page.is_seen() and not self.session.read_only:
            self.session.set_verdict(verdict, self.w.verdict.code())

    @Slot()
    def _withdraw(self) -> None:
        self.session.set_verdict(None)

    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime else []
        if paths:
            self.add_files(paths)
        else:
            self.w.dialogs.paste_picture()

    @Slot(int)
    def _opacity_changed(self, value: int) -> None:
        self.w.viewer.set_heat_opacity(value / 100)

    def _lock_view(self) -> None:
        locked = self.w.actions_["lock_view"].isChecked()
        self.w.viewer.locked = locked
        self.w.settings.set("lock_view", locked)


def _without_arguments(slot: Callable[[], object]) -> Callable[..., None]:
    """Drops the `checked` argument of `triggered`."""

    def call(_checked: bool = False) -> None:
        slot()

    return call
