"""The lower part of the Ask panel: task buttons, the region asked about, and the question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inspector_app.domain.asking import PLAIN, Ask, Part, Way
from inspector_app.domain.tasks import Task
from inspector_app.ui import icons, theme
from inspector_app.ui.chat_input import QuestionEdit
from inspector_app.ui.chat_many import ManyButton
from inspector_app.ui.chat_task_buttons import TaskButtons
from inspector_app.ui.chat_tasks import NEEDS_NO_QUESTION, free_words, task_words
from inspector_app.ui.elided_label import ElidedLabel
from inspector_app.ui.way_bar import WayBar
from inspector_app.ui.way_strip import WayStrip
from inspector_app.ui.way_words import way_texts


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
        self._show_way()

    def set_tasks(self, tasks: frozenset[Task], language: bool = False) -> None:
        """Offers these tasks; one that the user picked and that is still there stays chosen.

        Args:
            tasks: What the engine can do.
            language: It is a language engine: it takes free words, and its answers may vary.
        """
        self._tasks, self._free = tasks, language
        self.buttons.offer(tasks, language)
        self.ways.setVisible(language)
        self._show_strip()
        self.many.setVisible(Task.VQA in tasks)
        self.edit.setEnabled(bool(tasks))
        self._picked = self._picked and self.task in tasks and (language or not self.verbatim)
        if self._picked:
            self.choose(self.task, self.verbatim)
        else:
            self.choose(self._default_task())
        self._show_placeholder()
        self._retell()

    def set_ways(self, ways: Iterable[Way], troubles: Sequence[str] = ()) -> None:
        """Offers these ways of asking to language engines; see `WayBar.set_ways`."""
        before = self.ways.way
        self.ways.set_ways(ways, troubles)
        if self.ways.way != before:  # else what is chosen for it stays
            self._show_way()

    def ask_for(self, text: str, task: Task, verbatim: bool) -> Ask | None:
        """Returns everything that is chosen for a question; None for a plain one.

        Args:
            text: The user's words.
            task: Of the question, where the way leaves that to the user.
            verbatim: The words go to the model as they are.
        """
        way = self.way()
        if way is None:
            return None
        chosen = self.strip.chosen()
        if way.id == PLAIN and not (chosen.has(Part.FORMAT) or chosen.golden):
            return None
        return replace(chosen, question=text, task=task, verbatim=verbatim)

    def way(self) -> Way | None:
        """Returns the way of asking; None where the engine takes the question as it is."""
        return self.ways.way if self._free else None

    def use(self, ask: Ask) -> None:
        """Chooses what was chosen for a question before."""
        self.ways.choose(ask.way)
        self._show_way()
        self.strip.take(ask)

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
        fixed = self._fixed_task()
        self.buttons.check(fixed or task, verbatim and fixed is None)
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
        self.ways = WayBar()
        self.temperature = self.ways.temperature
        self.ways.way_chosen.connect(self._take_way)
        self.ways.options_toggled.connect(self._show_strip)
        self.strip = WayStrip()
        self.strip.changed.connect(self._strip_changed)
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
        self.many = ManyButton()
        question.addWidget(self.edit, 1)
        question.addWidget(self.many, 0, Qt.AlignmentFlag.AlignBottom)
        question.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.setSpacing(theme.TINY)
        layout.addWidget(self.buttons)
        layout.addWidget(self.hint_label)
        layout.addWidget(self._region_row)
        layout.addWidget(self.strip)
        layout.addWidget(self.ways)
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
        fixed, way = self._fixed_task(), self.way()
        free = self.verbatim and fixed is None
        allowed = self._free if free else (fixed or self.task) in self._tasks
        asks = bool(way is not None and way_texts(way).question)
        asks = asks or (fixed or self.task) in NEEDS_NO_QUESTION
        whole = way is None or not self.strip.missing()
        return allowed and not self._busy and whole and (has_text or asks)

    def _fixed_task(self) -> Task | None:
        """The task of a way that leaves none to the user."""
        way = self.way()
        return way.task if way is not None else None

    def _show_way(self) -> None:
        way = self.ways.way
        self.strip.set_way(way)
        self.ways.options_button.setVisible(not self.strip.is_empty())
        self.ways.options_button.setChecked(way is not None and way.id != PLAIN)
        self._show_strip()
        self.choose(self.task, self.verbatim)
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        way = self.way()
        usual = way_texts(way).question if way is not None else ""
        words = usual or self.tr("Ask about the image or a region")
        no_task = self.tr("This engine answers no questions")
        self.edit.setPlaceholderText(words if self._tasks else no_task)

    def _wait(self, waits: bool) -> None:
        if waits != self._waits:
            self._waits = waits
            self._show_hint()
            self.region_wanted.emit(waits)

    def _show_hint(self) -> None:
        words = free_words() if self.verbatim else task_words(self.task)
        hint, way = words.hint, self.way()
        if way is not None and way.id != PLAIN:
            hint = self.strip.missing() or way_texts(way).about
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
        self.many.setEnabled(not self._busy)
        self.many.set_sendable(self._can_send())

    @Slot()
    def _show_strip(self) -> None:
        opened = self.ways.options_button.isChecked() and not self.strip.is_empty()
        self.strip.setVisible(self._free and opened)

    @Slot()
    def _take_way(self) -> None:
        self._show_way()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _strip_changed(self) -> None:
        self._show_hint()
        self._retell()

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
    def send(self) -> None:
        """Sends the question, as Enter does."""
        self._send()

    @Slot()
    def _send(self) -> None:
        if self._can_send():
            text, task, verbatim = self.edit.toPlainText().strip(), self.task, self.verbatim
            way = self.way()
            if not text and way is not None:
                text = way_texts(way).question  # what is asked is what the conversation shows
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
