"""The lower part of the Ask panel: task buttons, the region asked about, and the question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inspector_app.domain.tasks import Task
from inspector_app.ui import icons, theme
from inspector_app.ui.chat_input import QuestionEdit
from inspector_app.ui.chat_task_buttons import TaskButtons
from inspector_app.ui.chat_tasks import NEEDS_NO_QUESTION, free_words, task_words
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.temperature_button import TemperatureButton


class AskBox(QWidget):
    """Where a question is made; it sends itself only when it can be answered."""

    question_asked = Signal(str, object, bool)  # text, Task, whether to send it as it is
    stop_requested = Signal()
    region_cleared = Signal()
    region_wanted = Signal(bool)  # the next region drawn is what is asked about, or not any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = Task.VQA
        self.verbatim = False  # the words go to the model as they are
        self._picked = False  # whether the user chose the task
        self._free = False
        self._waits = False  # for a region to be drawn
        self._tasks: frozenset[Task] = frozenset()
        self._busy = False
        self._build()

    def set_tasks(self, tasks: frozenset[Task], language: bool = False) -> None:
        """Offers these tasks; one that the user picked and that is still there stays chosen.

        Args:
            tasks: What the engine can do.
            language: It is a language engine: it takes free words, and its answers may vary.
        """
        self._tasks, self._free = tasks, language
        self.buttons.offer(tasks, language)
        self.temperature.setVisible(language)
        self.edit.setEnabled(bool(tasks))
        self.edit.setPlaceholderText(
            self.tr("Ask about the image or a region")
            if tasks
            else self.tr("This engine answers no questions")
        )
        self._picked = self._picked and self.task in tasks and (language or not self.verbatim)
        if self._picked:
            self.choose(self.task, self.verbatim)
        else:
            self.choose(self._default_task())
        self._retell()

    def set_busy(self, busy: bool) -> None:
        """While an engine works, the send button stops it."""
        self._busy = busy
        self._retell()

    def set_region(self, region: str | None) -> None:
        """Says which region the question is about; None for the whole image."""
        self.region_label.setText(region or "")
        self._region_row.setVisible(bool(region))
        if region:
            self._wait(False)

    def set_waiting(self, waits: bool) -> None:
        """Says whether the region asked about is still to be drawn."""
        self._waits = waits
        self._show_hint()

    def choose(self, task: Task, verbatim: bool = False) -> None:
        """Makes a task the one that the next question is for."""
        self.task, self.verbatim = task, verbatim
        self.buttons.check(task, verbatim)
        if task is not Task.IDENTIFY:
            self._wait(False)
        self._show_hint()
        self._retell()

    def pick(self, task: Task, verbatim: bool = False) -> None:
        """Chooses a task for the user, who then asks about a region by drawing it."""
        self._picked = True
        self.choose(task, verbatim)
        if task is Task.IDENTIFY and not self.region_label.text():
            self._wait(True)

    def fill(self, text: str, task: Task | None = None, verbatim: bool = False) -> None:
        """Puts a question into the input, for the user to change."""
        if verbatim and self._free:
            self.pick(Task.VQA, verbatim=True)
        elif task is not None and task in self._tasks:
            self.pick(task)
        self.edit.setPlainText(text)
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follows font and theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._style()

    def _build(self) -> None:
        self.buttons = TaskButtons()
        self.buttons.pressed.connect(self._press_task)
        self.task_buttons = self.buttons.by_task
        self.temperature = TemperatureButton()
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
        hints = QHBoxLayout()
        hints.setSpacing(theme.TINY)
        hints.addWidget(self.hint_label, 1)
        hints.addWidget(self.temperature, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.buttons)
        layout.addLayout(hints)
        layout.addWidget(self._region_row)
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
        self.hint_label.setPalette(QPalette() if self._waits else muted)
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
        allowed = self._free if self.verbatim else self.task in self._tasks
        return allowed and not self._busy and (has_text or self.task in NEEDS_NO_QUESTION)

    def _wait(self, waits: bool) -> None:
        if waits != self._waits:
            self._waits = waits
            self._show_hint()
            self.region_wanted.emit(waits)

    def _show_hint(self) -> None:
        words = free_words() if self.verbatim else task_words(self.task)
        hint = words.hint
        if self._waits:
            hint = self.tr("Draw a box around what you mean, then send.")
        self.hint_label.setVisible(bool(self._tasks))
        self.hint_label.setText(hint)
        self._style()  # what is to be done now is no side note

    def _retell(self) -> None:
        words = self.tr("Stop (Esc)") if self._busy else self.tr("Send (Enter)")
        self.send_button.setIcon(icons.icon("stop" if self._busy else "send"))
        self.send_button.setToolTip(words)
        self.send_button.setAccessibleName(self.tr("Stop") if self._busy else self.tr("Send"))
        self.send_button.setEnabled(self._busy or self._can_send())

    @Slot(object, bool)
    def _press_task(self, task: Task, verbatim: bool) -> None:
        old = self.edit.toPlainText().strip()
        prompts = {task_words(each).prompt for each in Task}
        self.pick(task, verbatim)
        if not old or old in prompts:  # what the user typed is never thrown away
            self.edit.setPlainText("" if verbatim else task_words(task).prompt)
            self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _send(self) -> None:
        if self._can_send():
            text, task, verbatim = self.edit.toPlainText().strip(), self.task, self.verbatim
            self.edit.clear()
            self._picked = False
            self.choose(self._default_task())
            self.question_asked.emit(text, task, verbatim)

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
