"""The lower part of the Ask panel: task buttons, the region asked about, and the question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inspector_app.domain.tasks import Task
from inspector_app.ui import icons, theme
from inspector_app.ui.chat_input import QuestionEdit
from inspector_app.ui.chat_tasks import NEEDS_NO_QUESTION, task_words
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.flow_layout import FlowLayout
from inspector_app.ui.toggle_button import ToggleButton


class AskBox(QWidget):
    """Where a question is made; it sends itself only when it can be answered."""

    question_asked = Signal(str, object)  # text, Task
    stop_requested = Signal()
    region_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = Task.VQA
        self._picked = False  # whether the user chose the task
        self._tasks: frozenset[Task] = frozenset()
        self._busy = False
        self._build()

    def set_tasks(self, tasks: frozenset[Task]) -> None:
        """Offers these tasks; one that the user picked and that is still there stays chosen."""
        self._tasks = tasks
        for task, button in self.task_buttons.items():
            button.setVisible(task in tasks)
        self.edit.setEnabled(bool(tasks))
        self.edit.setPlaceholderText(
            self.tr("Ask about the image or a region")
            if tasks
            else self.tr("This engine answers no questions")
        )
        self._picked = self._picked and self.task in tasks
        self.choose(self.task if self._picked else self._default_task())
        self._retell()

    def set_busy(self, busy: bool) -> None:
        """While an engine works, the send button stops it."""
        self._busy = busy
        self._retell()

    def set_region(self, region: str | None) -> None:
        """Says which region the question is about; None for the whole image."""
        self.region_label.setText(region or "")
        self._region_row.setVisible(bool(region))

    def choose(self, task: Task) -> None:
        """Makes a task the one that the next question is for."""
        self.task = task
        for each, button in self.task_buttons.items():
            button.setChecked(each is task)
        self.hint_label.setVisible(bool(self._tasks))
        self.hint_label.setText(task_words(task).hint)
        self._retell()

    def fill(self, text: str, task: Task | None = None) -> None:
        """Puts a question into the input, for the user to change."""
        if task is not None and task in self._tasks:
            self._picked = True
            self.choose(task)
        self.edit.setPlainText(text)
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _build(self) -> None:
        tasks = QWidget()
        flow = FlowLayout(tasks)
        self.task_buttons: dict[Task, QToolButton] = {}
        for task in Task:
            words = task_words(task)
            button = ToggleButton()
            button.setText(words.name)
            button.setToolTip(words.hint)
            button.setAccessibleDescription(words.hint)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setProperty("task", task.value)
            button.clicked.connect(self._press_task)
            self.task_buttons[task] = button
            flow.addWidget(button)
        self.hint_label = QLabel()
        self.hint_label.setWordWrap(True)
        self.hint_label.setMinimumWidth(1)
        self._build_region()
        self.edit = QuestionEdit()
        self.edit.setAccessibleName(self.tr("Question"))
        self.edit.sent.connect(self._send)
        self.edit.stopped.connect(self._stop)
        self.edit.textChanged.connect(self._retell)
        self.send_button = QToolButton()
        self.send_button.setIconSize(QSize(theme.ICON, theme.ICON))
        self.send_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.send_button.clicked.connect(self._send_or_stop)
        question = QHBoxLayout()
        question.setSpacing(theme.TINY)
        question.addWidget(self.edit, 1)
        question.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.setSpacing(theme.TINY)
        for widget in (tasks, self.hint_label, self._region_row):
            layout.addWidget(widget)
        layout.addLayout(question)
        self._style()

    def _build_region(self) -> None:
        self.region_label = ElidedLabel()
        self.region_button = QToolButton()
        self.region_button.setIcon(icons.icon("close"))
        self.region_button.setAutoRaise(True)
        self.region_button.setToolTip(self.tr("Ask about the whole image"))
        self.region_button.setAccessibleName(self.tr("Ask about the whole image"))
        self.region_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.region_button.clicked.connect(self._clear_region)
        self._region_sign = QLabel()
        self._region_row = QWidget()
        row = QHBoxLayout(self._region_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.TINY)
        row.addWidget(self._region_sign)
        row.addWidget(self.region_label, 1)
        row.addWidget(self.region_button)
        self._region_row.hide()

    def _style(self) -> None:
        muted = QPalette()
        muted.setColor(QPalette.ColorRole.WindowText, theme.muted())
        self.hint_label.setFont(theme.small())
        self.hint_label.setPalette(muted)
        side = self.fontMetrics().height()
        self._region_sign.setPixmap(
            icons.pixmap("region", side, theme.muted(), self.devicePixelRatioF())
        )

    def _default_task(self) -> Task:
        if Task.VQA in self._tasks or not self._tasks:
            return Task.VQA
        return next(task for task in Task if task in self._tasks)

    def _can_send(self) -> bool:
        has_text = bool(self.edit.toPlainText().strip())
        allowed = self.task in self._tasks
        return allowed and not self._busy and (has_text or self.task in NEEDS_NO_QUESTION)

    def _retell(self) -> None:
        words = self.tr("Stop (Esc)") if self._busy else self.tr("Send (Enter)")
        self.send_button.setIcon(icons.icon("stop" if self._busy else "send"))
        self.send_button.setToolTip(words)
        self.send_button.setAccessibleName(self.tr("Stop") if self._busy else self.tr("Send"))
        self.send_button.setEnabled(self._busy or self._can_send())

    @Slot()
    def _press_task(self) -> None:
        task = Task(self.sender().property("task"))
        old = self.edit.toPlainText().strip()
        prompts = {task_words(each).prompt for each in Task}
        self._picked = True
        self.choose(task)
        if not old or old in prompts:  # what the user typed is never thrown away
            self.edit.setPlainText(task_words(task).prompt)
            self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _send(self) -> None:
        if self._can_send():
            text, task = self.edit.toPlainText().strip(), self.task
            self.edit.clear()
            self._picked = False
            self.choose(self._default_task())
            self.question_asked.emit(text, task)

    @Slot()
    def _stop(self) -> None:
        if self._busy:
            self.stop_requested.emit()

    @Slot()
    def _send_or_stop(self) -> None:
        if self._busy:
            self._stop()
        else:
            self._send()

    @Slot()
    def _clear_region(self) -> None:
        self.set_region(None)
        self.region_cleared.emit()
