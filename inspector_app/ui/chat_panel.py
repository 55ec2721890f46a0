"""The Ask panel: the conversation about the current image, task buttons, and the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.asking import Ask, Made
from inspector_app.domain.branches import Tree
from inspector_app.domain.chat import Message
from inspector_app.domain.engine import Capabilities
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.ui.chat_ask import AskBox
from inspector_app.ui.chat_editing import EditingLine
from inspector_app.ui.chat_examples import Example, examples
from inspector_app.ui.chat_head import ChatHead
from inspector_app.ui.chat_list import MessageList
from inspector_app.ui.chat_message import AnswerDetails, ChatMessage
from inspector_app.ui.seen_line import SeenLine

_REMEMBERED = 500  # details of this many answers are kept while the program runs


class ChatPanel(QWidget):
    """Questions and answers about one image."""

    question_asked = Signal(str, object, bool)  # text, Task, whether to send it as it is
    stop_requested = Signal()
    retry_requested = Signal(str)  # id of the answer
    edit_requested = Signal(str)  # id of the answer; its question stands in the input already
    box_hovered = Signal(str, int)  # label and index of a box; "" and -1 for none
    box_pointed = Signal(object)  # the FoundBox itself, None for none
    remove_requested = Signal(str)  # id of the answer; its question goes with it
    version_stepped = Signal(str, int)  # id of a message, -1 or 1
    judged = Signal(str, str, str)  # id of the answer, mark, what would be right
    member_chosen = Signal(str, int)  # id of an answer, place of another asked with it
    pair_judged = Signal(str, str)  # id of an answer of the pair, which is better
    back_requested = Signal()  # to the conversation before the empty one
    region_cleared = Signal()
    region_wanted = Signal(bool)  # see `AskBox`
    temperature_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details: dict[str, AnswerDetails] = {}
        self._capabilities = Capabilities(frozenset())
        self._who = self._notice = ""
        self._asked: Task | None = None
        self._language = False
        self._build()
        self.set_capabilities(self._capabilities, "", "")

    # -- engine and state ------------------------------------------------------------

    def set_capabilities(
        self, capabilities: Capabilities, who: str, notice: str, language: bool = False
    ) -> None:
        """Offers what the engine can do.

        Args:
            capabilities: Its tasks decide which buttons there are.
            who: Engine and adapter in words.
            notice: A line that must be shown with its answers; "" for none.
            language: It is a language engine: it takes free words, and its answers may vary.
        """
        self._capabilities, self._who, self._notice = capabilities, who, notice
        self._language = language
        self.head.show_engine(who, notice)
        self.ask.set_tasks(capabilities.tasks, language)
        self.list.set_empty_text(self._empty_text())
        self.list.examples.offer(examples(capabilities.tasks, language))

    def set_busy(self, busy: bool) -> None:
        """While an engine works, the send button stops it."""
        self.ask.set_busy(busy)

    def set_region(self, region: str | None) -> None:
        """Says which region the question is about ("about region 2"); None for none."""
        self.ask.set_region(region)

    def current_task(self) -> Task:
        """Returns the task that the next question is for."""
        return self.ask.task

    def set_temperature(self, temperature: float) -> None:
        """Shows how much the answers of language engines vary."""
        self.ask.temperature.set_value(temperature)

    def set_waiting(self, waits: bool) -> None:
        """Says whether the region asked about is still to be drawn."""
        self.ask.set_waiting(waits)

    def fill(self, text: str, task: Task | None = None, verbatim: bool = False) -> None:
        """Puts a question into the input, for the user to change."""
        self.ask.fill(text, task, verbatim)

    def focus_input(self) -> None:
        """Puts the cursor into the input."""
        self.ask.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- messages --------------------------------------------------------------------

    def set_messages(
        self,
        messages: Sequence[Message],
        details: Mapping[str, AnswerDetails] | None = None,
        tree: Tree | None = None,
    ) -> None:
        """Shows a branch of a conversation from its beginning.

        Args:
            messages: Oldest first.
            details: What is known besides, by message id; what the panel was told before of the
                same answers is kept.
            tree: All that was said, for the switches between versions; a question of it that is
                being edited goes on being edited.
        """
        if not messages or tree is None or self.editing.question not in tree:
            self.editing.cancel()
        for message_id, detail in (details or {}).items():
            self._remember(message_id, detail)
        self.list.clear()
        for message in messages:
            self.list.add_branch(message, self._details, tree)
        self.list.back_button.setVisible(tree is not None and bool(tree.following("")))
        self._tell_box(None, -1)

    def has_messages(self) -> bool:
        """Whether there is a conversation."""
        return bool(self.list.messages())

    def set_removable(self, removable: bool) -> None:
        """Whether questions and answers can be taken out now."""
        self.list.set_removable(removable)

    def show_version(self, message_id: str, step: int) -> None:
        """Shows a version that was stepped to, the focus on its switch."""
        message = self.list.message(message_id)
        if message is not None:
            self.list.keep_in_sight(message)
            message.versions.take_focus(step)

    def set_mark(self, message_id: str, mark: str, right: str) -> None:
        """Shows what a person says of an answer."""
        message = self.list.message(message_id)
        if message is not None:
            message.set_mark(mark, right)

    def current_answer(self) -> ChatMessage | None:
        """Returns the answer that has the focus, else the newest one that is there."""
        answers = [each for each in self.list.messages() if each.message.role != "user"]
        focused = [each for each in answers if each.isAncestorOf(self.window().focusWidget())]
        ended = [each for each in answers if each.message.status != "running"]
        return next(iter((*focused, *ended[::-1])), None)

    def details(self, message_id: str) -> AnswerDetails:
        """Returns what is known of an answer."""
        return self._details.get(message_id, AnswerDetails())

    def add_message(self, message: Message, details: AnswerDetails | None = None) -> None:
        """Adds one message at the end."""
        if details is not None:
            self._remember(message.id, details)
        self._add(message, self._details.get(message.id, AnswerDetails()))

    def know_answer(
        self,
        message_id: str,
        who: str,
        task: Task | None = None,
        verbatim: bool = False,
        seed: int = 0,
    ) -> AnswerDetails:
        """Keeps what is known of an answer that is about to come; see `start_answer`."""
        details = AnswerDetails(who, self._notice, task or self._asked, verbatim, seed)
        self._remember(message_id, details)
        return details

    def start_answer(
        self,
        message_id: str,
        who: str,
        task: Task | None = None,
        verbatim: bool = False,
        seed: int = 0,
    ) -> None:
        """Adds an answer that is about to come.

        Args:
            message_id: Its id.
            who: Engine and adapter in words.
            task: What was asked.
            verbatim: The words went to the model as they were.
            seed: Seed that it is drawn with; 0 for the likeliest answer.
        """
        details = self.know_answer(message_id, who, task, verbatim, seed)
        self._add(Message("", "assistant", "", status="running", id=message_id), details)

    def append_delta(self, message_id: str, text: str) -> None:
        """Adds text to an answer; what belongs to an answer that is not shown is dropped."""
        found = self.list.message(message_id)
        if found is not None and text:
            found.append(text)
            self.list.follow()

    def set_made(self, message_id: str, made: Made, *, anew: bool) -> None:
        """Shows what an answer is made of so far.

        Args:
            message_id: Which.
            made: What it is made of.
            anew: A stage begins: its text stands alone, what was said before is reasoning.
        """
        self._change(message_id, None, "" if anew else None, made=made)

    def set_boxes(self, message_id: str, boxes: Sequence[FoundBox]) -> None:
        """Shows the boxes known so far."""
        self._change(message_id, None, boxes=tuple(boxes))

    def finish_answer(
        self,
        message_id: str,
        seconds: float,
        tokens: int,
        boxes: Sequence[FoundBox] = (),
        answer: str | None = None,
        raw: str = "",
        remarks: Sequence[str] = (),
    ) -> None:
        """Ends an answer.

        Args:
            message_id: Which.
            seconds: Wall time.
            tokens: Tokens written, 0 for experts.
            boxes: All its boxes.
            answer: The whole text, where it differs from the pieces that came.
            raw: The model's text untouched, behind "show raw text".
            remarks: What is to be said of the answer, one sentence each.
        """
        self._change(
            message_id,
            "done",
            answer,
            seconds=seconds,
            tokens=tokens,
            boxes=tuple(boxes),
            raw=raw,
            remarks=tuple(remarks),
        )

    def fail_answer(self, message_id: str, what: str, mend: str = "", details: str = "") -> None:
        """Says what happened to an answer; the text that came stays."""
        self._change(message_id, "failed", what=what, mend=mend, technical=details)

    def cancel_answer(self, message_id: str) -> None:
        """Marks an answer as stopped; the text that came stays."""
        self._change(message_id, "cancelled")

    def highlight(self, index: int, message_id: str | None = None) -> None:
        """Lights the phrase of a box.

        Args:
            index: Its place among the answer's boxes; -1 puts all lights out.
            message_id: The answer; the newest one with boxes when None.
        """
        target = self.list.message(message_id) if message_id else self._newest_with_boxes()
        for message in self.list.messages():
            message.light(index if message is target else -1)

    def highlight_box(self, box: Box | None) -> None:
        """Lights the phrases that name this box, in whatever answer; None puts all out."""
        for message in self.list.messages():
            places = [i for i, found in enumerate(message.details.boxes) if found.box == box]
            message.light(places[0] if places else -1)

    def minimumSizeHint(self) -> QSize:
        """Returns nearly nothing: panels resize to 0."""
        return QSize(0, 0)

    # -- building --------------------------------------------------------------------

    def _build(self) -> None:
        self.head = ChatHead()
        self.who_label, self.notice_label = self.head.who_label, self.head.notice_label
        self.list = MessageList()
        self.list.box_pointed.connect(self._tell_pointed)
        self.list.retry_requested.connect(self.retry_requested)
        self.list.edit_requested.connect(self._edit_question)
        self.list.remove_requested.connect(self.remove_requested)
        self.list.version_stepped.connect(self.version_stepped)
        self.list.judged.connect(self.judged)
        self.list.member_chosen.connect(self.member_chosen)
        self.list.pair_judged.connect(self.pair_judged)
        self.list.back_button.clicked.connect(self.back_requested)
        self.list.examples.chosen.connect(self._take_example)
        self.seen_line = SeenLine()
        self.editing = EditingLine()
        self.ask = AskBox()
        self.ask.question_asked.connect(self._tell_question)
        self.ask.stop_requested.connect(self.stop_requested)
        self.ask.region_cleared.connect(self.region_cleared)
        self.ask.region_wanted.connect(self.region_wanted)
        self.ask.temperature.changed.connect(self.temperature_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.seen_line)
        layout.addWidget(self.editing)
        layout.addWidget(self.ask)
        self.setFocusProxy(self.ask.edit)

    # -- inside ------------------------------------------------------------------------

    def _add(self, message: Message, details: AnswerDetails) -> None:
        self.list.add(ChatMessage(message, details))

    def _remember(self, message_id: str, details: AnswerDetails) -> None:
        self._details.pop(message_id, None)
        self._details[message_id] = details
        while len(self._details) > _REMEMBERED:
            del self._details[next(iter(self._details))]

    def _change(
        self, message_id: str, status: str | None, text: str | None = None, **changes: object
    ) -> None:
        old = self._details.get(message_id, AnswerDetails())
        details = replace(old, **changes)  # type: ignore[arg-type]
        self._remember(message_id, details)
        found = self.list.message(message_id)
        if found is not None:
            found.set_state(status or found.message.status, details, text)
            self.list.follow()

    def _newest_with_boxes(self) -> ChatMessage | None:
        for message in reversed(self.list.messages()):
            if message.details.boxes:
                return message
        return None

    def _empty_text(self) -> str:
        if not self._capabilities.tasks:
            return self.tr("Choose an engine that answers questions.")
        if Task.VQA not in self._capabilities.tasks:
            return self.tr(
                "Ask whether there is a defect, or select a region in the picture and ask what it"
                " is."
            )
        return self.tr(
            "Ask what you see: whether there is a defect, what a region shows, where something is."
            " Select a region in the picture to ask about it."
        )

    @Slot(str, object, bool)
    def _tell_question(self, text: str, task: Task, verbatim: bool) -> None:
        self._asked = task
        self.list.to_end()
        self.question_asked.emit(text, task, verbatim)

    @Slot(str)
    def _edit_question(self, message_id: str) -> None:
        question = self.list.question_before(message_id)
        if question is not None:
            details = self._details.get(message_id)
            task = details.task if details else None
            self.fill(question.text, task, bool(details and details.verbatim))
            self.editing.begin(question.id)
            self.ask.use(details.made.ask if details and details.made else Ask())
        self.edit_requested.emit(message_id)

    @Slot(object)
    def _take_example(self, example: Example) -> None:
        self.fill(example.text, example.task, example.verbatim)

    @Slot(str, int)
    def _tell_pointed(self, message_id: str, box: int) -> None:
        message = self.list.message(message_id)
        found = None
        if message is not None and 0 <= box < len(message.details.boxes):
            found = message.details.boxes[box]
        self._tell_box(found, box)

    def _tell_box(self, found: FoundBox | None, box: int) -> None:
        self.box_hovered.emit(found.label if found else "", box if found else -1)
        self.box_pointed.emit(found)
