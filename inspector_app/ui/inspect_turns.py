"""The conversation as a whole: begun anew, one turn taken out, each to be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from inspector_app.domain.chat import BAD, GOOD

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
        self.w.chat.version_stepped.connect(self._step)
        self.w.chat.back_requested.connect(self._go_back)
        self.w.chat.judged.connect(self._judge)
        actions["answer_good"].triggered.connect(self._mark_good)
        actions["answer_bad"].triggered.connect(self._mark_bad)
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
        for name in ("answer_good", "answer_bad"):
            self.w.actions_[name].setEnabled(there and free)

    def _is_stored(self) -> bool:
        """Whether what is on show can be read from the project; asked of a read-only one."""
        return not self.session.read_only or bool(self.w.conversation.stored())

    @Slot()
    def _begin_anew(self) -> None:
        project, image = self.session.project, self.session.image
        shown = self.w.conversation.shown()
        if project is None or image is None or not shown:
            return
        end = shown[-1].id

        def undo() -> None:
            if end in project.talk(image.id):
                project.show_branch(image.id, end)

        self._push(self.tr("New conversation"), lambda: project.show_branch(image.id, ""), undo)

    @Slot()
    def _go_back(self) -> None:
        beginnings = self.w.conversation.tree().following("")
        if beginnings:
            last = max(beginnings, key=lambda each: each.picked)
            self.w.conversation.show_branch(self.w.conversation.tree().end(last.id))
            self.w.chat.focus_input()

    @Slot(str, int)
    def _step(self, message_id: str, step: int) -> None:
        """Shows the version before or after one."""
        tree = self.w.conversation.tree()
        if message_id not in tree:
            return
        versions = [each.id for each in tree.siblings(message_id)]
        at = versions.index(message_id) + step
        if 0 <= at < len(versions):
            self.w.conversation.show_branch(tree.end(versions[at]))
            self.w.chat.show_version(versions[at], step)

    @Slot(str)
    def _remove(self, message_id: str) -> None:
        project, image = self.session.project, self.session.image
        tree = self.w.conversation.tree()
        if project is None or image is None or message_id not in tree:
            return
        ids = tree.removed_with(message_id)
        gone = [message for message in map(tree.message, ids) if message is not None]
        moved = tree.adopted(ids)
        shown = self.w.conversation.shown(tree)

        def do() -> None:
            # What was asked since stays too.
            project.change_talk(image.id, ids, parents=project.talk(image.id).adopted(ids))

        def undo() -> None:
            now = project.talk(image.id)
            parents = {each: tree.parent(each) for each in moved if each in now}
            project.change_talk(image.id, add=gone, parents=parents)
            end = [each.id for each in shown if each.id in project.talk(image.id)]
            project.show_branch(image.id, project.talk(image.id).end(end[-1]))

        many = len(ids) > 2 or tree.is_fork(message_id)
        words = self.tr("Remove version") if many else self.tr("Remove question and answer")
        self._push(words, do, undo)

    @Slot(str, str, str)
    def _judge(self, message_id: str, mark: str, right: str) -> None:
        """Stores what a person says of an answer; the text of a field that is left comes too."""
        project, image = self.session.project, self.session.image
        old = self.w.conversation.tree().message(message_id)
        if project is None or image is None or old is None or self.session.read_only:
            return
        if (old.mark, old.right) == (mark, right):
            return

        def put(mark: str, right: str) -> None:
            project.mark_message(message_id, mark, right)
            self.w.chat.set_mark(message_id, mark, right)

        # Nothing is shown anew: the field that is typed in must stay.
        self.session.push(
            self.tr("Mark answer"),
            image.id,
            lambda: put(mark, right),
            lambda: put(old.mark, old.right),
            lambda _: None,
        )

    @Slot()
    def _mark_good(self) -> None:
        self._mark(GOOD)

    @Slot()
    def _mark_bad(self) -> None:
        self._mark(BAD)

    def _mark(self, mark: str) -> None:
        """Marks the answer that has the focus, else the newest one."""
        answer = self.w.chat.current_answer()
        if answer is not None:
            same = answer.message.mark == mark
            self._judge(answer.message.id, "" if same else mark, answer.message.right)

    @Slot()
    def _copy(self) -> None:
        if self.session.image is not None:
            self.w.flows.start(
                self.w.flows.copy_conversation(self.session.image.id, self.w.conversation.end())
            )

    @Slot(str)
    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _export(self) -> None:
        image = self.session.image
        path = self.w.dialogs.conversation_file() if image is not None else ""
        wish = self.w.dialogs.conversation_wish(path) if path else None
        if wish is not None and image is not None:
            self.w.flows.start(self.w.flows.export_conversation(image.id, path, wish))

    def _push(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        assert self.session.image is not None
        image_id = self.session.image.id
        self.session.push(words, image_id, do, undo, self.session.conversation_changed.emit)
        self.w.chat.focus_input()  # the button that had the focus is gone

    @Slot(str)
    def _show(self, image_id: str) -> None:
        image = self.session.image
        if image is not None and image.id == image_id:
            self.w.conversation.show()
