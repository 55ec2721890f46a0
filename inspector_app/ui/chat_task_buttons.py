"""The row of buttons that say what is asked: free words, or one of the tasks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from inspector_app.domain.tasks import Task
from inspector_app.ui.chat_tasks import TaskWords, free_words, task_words
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.toggle_button import ToggleButton


class TaskButtons(QWidget):
    """Free words first, then the tasks; only those that the engine can do."""

    pressed = Signal(object, bool)  # Task, whether the words go to the model as they are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.free = self._button(free_words())
        self.free.clicked.connect(self._press_free)
        self.by_task: dict[Task, ToggleButton] = {}
        for task in Task:
            button = self._button(task_words(task))
            button.setProperty("task", task.value)
            button.clicked.connect(self._press_task)
            self.by_task[task] = button

    def offer(self, tasks: frozenset[Task], free: bool) -> None:
        """Shows the buttons of these tasks, and the one for free words if they are taken."""
        self.free.setVisible(free)
        for task, button in self.by_task.items():
            button.setVisible(task in tasks)

    def check(self, task: Task, verbatim: bool) -> None:
        """Shows which one is chosen."""
        self.free.setChecked(verbatim)
        for each, button in self.by_task.items():
            button.setChecked(each is task and not verbatim)

    def _button(self, words: TaskWords) -> ToggleButton:
        button = ToggleButton()
        button.setText(words.name)
        button.setToolTip(words.hint)
        button.setAccessibleDescription(words.hint)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._flow.addWidget(button)
        return button

    @Slot()
    def _press_task(self) -> None:
        self.pressed.emit(Task(self.sender().property("task")), False)

    @Slot()
    def _press_free(self) -> None:
        self.pressed.emit(Task.VQA, True)
