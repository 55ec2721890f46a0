"""The conversation as a whole: begun anew, one turn taken out, each to be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.chat import turn_of

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectTurns(QObject):
    """Glue between the actions on a conversation and the project."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        actions = window.actions_
        window.chat.head.set_actions(
            actions["new_conversation"],
            [actions["copy_conversation"], actions["export_conversation"]],
        )

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        actions, flows = self.w.actions_, self.w.flows
        actions["new_conversation"].triggered.connect(self._begin_anew)
        actions["copy_conversation"].triggered.connect(self._copy)
        actions["export_conversation"].triggered.connect(self._export)
        flows.conversation_copied.connect(self._put_on_clipboard)
        self.w.chat.remove_requested.connect(self._remove)
        self.session.conversation_changed.connect(self._show)

    def enable(self) -> None:
        """Enables what can be done with the conversation on show."""
        there = self.w.chat.has_messages()
        # An answer that is still coming would come back into what was just cleared, and would be
        # written as one that was stopped.
        whole = not self.w.conversation.is_answering()
        free = whole and not self.session.read_only
        self.w.actions_["new_conversation"].setEnabled(there and free)
        for name in ("copy_conversation", "export_conversation"):
            self.w.actions_[name].setEnabled(there and whole and self._is_stored())
        self.w.chat.set_removable(free)

    def _is_stored(self) -> bool:
        """Whether what is on show can be read from the project; asked of a read-only one."""
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return False
        return not self.session.read_only or bool(project.messages(image.id))

    @Slot()
    def _begin_anew(self) -> None:
        project, image = self.session.project, self.session.image
        if project is not None and image is not None:
            ids = frozenset(message.id for message in project.messages(image.id))
            self._take_out(ids, self.tr("New conversation"))

    @Slot(str)
    def _remove(self, message_id: str) -> None:
        project, image = self.session.project, self.session.image
        if project is not None and image is not None:
            ids = turn_of(project.messages(image.id), message_id)
            self._take_out(ids, self.tr("Remove question and answer"))

    @Slot()
    def _copy(self) -> None:
        if self.session.image is not None:
            self.w.flows.start(self.w.flows.copy_conversation(self.session.image.id))

    @Slot(str)
    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _export(self) -> None:
        image = self.session.image
        path = self.w.dialogs.conversation_file() if image is not None else ""
        if path and image is not None:
            self.w.flows.start(self.w.flows.export_conversation(image.id, path))

    def _take_out(self, ids: frozenset[str], words: str) -> None:
        if ids:
            self.session.remove_messages(ids, words)
            self.w.chat.focus_input()  # the button that had the focus is gone

    @Slot(str)
    def _show(self, image_id: str) -> None:
        image = self.session.image
        if image is not None and image.id == image_id:
            self.w.conversation.show()
