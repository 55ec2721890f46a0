"""The conversation about the current image: from the panel to the engine and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from inspector_app.domain.asking import Ask
from inspector_app.domain.branches import Tree, together
from inspector_app.domain.chat import COMPARE, Message, answer_boxes
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.events import Cancelled, Failed, Finished, StageReached
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.ui.ask_plan import END, Place
from inspector_app.ui.busy import Busy
from inspector_app.ui.chat_message import AnswerDetails
from inspector_app.ui.engine_choice import find_card
from inspector_app.ui.unstored import Unstored

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow

_DELTA_MS = 30  # text that comes faster than this is painted together


class InspectChat(QObject):
    """Glue between chat panel, flows and project."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._deltas: dict[str, list[str]] = {}
        self._asked: dict[str, tuple[str, str]] = {}  # image and engine by message
        self._texts: dict[str, str] = {}  # what came so far of running answers
        self._ends: dict[str, str] = {}  # of branches on show in a project that cannot be written
        self._unstored = Unstored()
        self._how: dict[str, tuple[Task, bool]] = {}  # task and verbatim by answer
        self._flush = QTimer(self)
        self._flush.setInterval(_DELTA_MS)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._flush_deltas)

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        chat, flows = self.w.chat, self.w.flows
        chat.question_asked.connect(self._ask)
        chat.stop_requested.connect(flows.stop)
        chat.retry_requested.connect(self._retry)
        chat.region_cleared.connect(self._clear_region)
        chat.box_pointed.connect(self._point)
        chat.edit_requested.connect(self._show_region)
        self.w.viewer.finding_hovered.connect(self._light)
        flows.message_unstored.connect(self._unstored_came)
        flows.answer_started.connect(self._started)
        flows.answer_grew.connect(self._grew)
        flows.answer_boxes.connect(self._boxes_came)
        flows.answer_made.connect(self._made)
        flows.answer_ended.connect(self._ended)

    def show(self) -> None:
        """Shows the conversation about the current image, running answers as they stand."""
        self._flush_deltas()
        tree = self.tree()
        self._show(self.shown(tree), tree)
        self.w.page.enable()

    def tree(self) -> Tree:
        """Returns all that was said about the image on show, running answers as they stand."""
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return Tree([])
        tree = project.talk(image.id)
        if self.session.read_only:
            tree = self._unstored.merged(tree, image.id)
        found = ((text, tree.message(id_)) for id_, text in self._texts.items())
        return tree.with_changes(
            {m.id: replace(m, text=text, status="running") for text, m in found if m is not None}
        )

    def shown(self, tree: Tree | None = None) -> list[Message]:
        """Returns the branch on show."""
        tree, image = tree or self.tree(), self.session.image
        end = self._ends.get(image.id) if image is not None else None
        return tree.shown() if end is None or end not in tree else tree.path(end)

    def stored(self) -> list[Message]:
        """Returns the part of the branch on show that the project holds."""
        return [each for each in self.shown() if each.id not in self._unstored]

    def end(self) -> str | None:
        """Returns the last stored message of the branch on show where that could not be kept."""
        image = self.session.image
        stored = self.stored() if image is not None and image.id in self._ends else []
        return stored[-1].id if stored else None

    def show_branch(self, end: str) -> None:
        """Shows the branch with this end; "" for an empty one."""
        project, image = self.session.project, self.session.image
        if project is None or image is None:
            return
        self.w.chat.editing.cancel()
        if self.session.read_only:
            self._ends[image.id] = end
        else:
            project.show_branch(image.id, end)
        self.show()

    def is_answering(self) -> bool:
        """Whether an answer about the image on show is coming."""
        return any(self.is_about_shown(message_id) for message_id in self._asked)

    def is_about_shown(self, message_id: str) -> bool:
        """Whether a running answer is about the image on show."""
        asked, image = self._asked.get(message_id), self.session.image
        return asked is not None and image is not None and asked[0] == image.id

    def _show(self, messages: list[Message], tree: Tree) -> None:
        project, image = self.session.project, self.session.image
        found = {}
        if project is not None and image is not None and messages:
            found = answer_boxes(project.findings(image.id, replaced=True))
        beside = [each for m in messages for each in together(tree, m, COMPARE)]
        details = {
            m.id: self._details(m, found.get(m.result_id or "", ()))
            for m in (*messages, *beside)
            if m.result_id is not None or m.made is not None  # else the panel knows it
        }
        self.w.chat.set_messages(messages, details, tree)
        self.w.many.show(messages, tree)

    def _details(self, message: Message, boxes: tuple[FoundBox, ...] = ()) -> AnswerDetails:
        assert self.session.project is not None
        made = message.made
        if message.result_id is None:
            return AnswerDetails(made=made)
        try:
            result = self.session.project.result(message.result_id)
        except InspectorError:
            return AnswerDetails(made=made)  # replaced by a newer result since
        card = find_card(result.provenance.engine)
        return AnswerDetails(
            who=self.session.choice.who(result.provenance.engine, result.provenance.adapter),
            notice=card.notice if card is not None else "",  # None: taken out since
            task=result.task,
            verbatim=self._how.get(message.id, (result.task, False))[1],
            seed=result.provenance.seed,
            seconds=result.seconds,
            tokens=self.w.chat.details(message.id).tokens,  # not stored, but maybe told
            boxes=boxes or (made.cited_regions if made is not None else ()),
            raw=result.raw,
            remarks=result.reasons if result.verdict is None else (),
            made=made,
        )

    @Slot(str, object, bool)
    def _ask(self, text: str, task: Task, verbatim: bool) -> None:
        selected = self.w.findings.selected_id()
        boxes = tuple(
            finding.box
            for finding in self.session.findings()
            if finding.id == selected and finding.box is not None
        )
        ask = self.w.chat.ask.ask_for(text, task, verbatim)
        self._send(text, task, boxes, verbatim, self._place(text, boxes), ask)

    def _place(self, text: str, boxes: tuple[Box, ...]) -> Place:
        """Where a question goes: behind what is on show, or beside the one that is edited."""
        tree = self.tree()
        edited = tree.message(self.w.chat.editing.take())
        if edited is None:
            return END
        if (edited.text, edited.boxes) == (text, boxes):
            return Place(again=edited)
        return Place(after=tree.parent(edited.id))

    def _send(
        self,
        text: str,
        task: Task,
        boxes: tuple[Box, ...],
        verbatim: bool,
        place: Place,
        ask: Ask | None,
    ) -> None:
        plan = self.w.many.take()
        if self.session.read_only:
            tree = self.tree()
            parent = place.parent(tree)
            before = self.shown(tree) if parent is None else tree.path(parent)
            after = before[-1].id if before else ""
            place = Place(after, place.again, tuple(before))
        self.w.flows.start(self.w.flows.ask(text, task, boxes, verbatim, place, plan, ask))

    @Slot(str)
    def _retry(self, message_id: str) -> None:
        message, question = self._turn(message_id)
        if message is None or question is None:
            return
        task, verbatim = self._how.get(message_id, (None, False))
        if task is None and message.result_id:
            task = self._details(message).task
        task = task or self.w.chat.current_task()
        made = message.made or self.w.chat.details(message_id).made
        ask = made.ask if made is not None else None
        self._send(question.text, task, question.boxes, verbatim, Place(again=question), ask)

    def _turn(self, message_id: str) -> tuple[Message | None, Message | None]:
        """An answer and its question."""
        tree = self.tree()
        message = tree.message(message_id)
        question = tree.message(tree.parent(message_id)) if message is not None else None
        return message, question

    @Slot(str)
    def _show_region(self, message_id: str) -> None:
        """Selects the region that a question was about, so that it is asked about again."""
        _, question = self._turn(message_id)
        for finding in self.session.findings():
            if question is not None and finding.box in question.boxes:
                self.w.page.select_finding(finding.id)
                return

    @Slot()
    def _clear_region(self) -> None:
        self.w.page.select_finding(None)

    @Slot(object)
    def _point(self, found: FoundBox | None) -> None:
        hovered = None
        if found is not None:
            for finding in self.session.findings():
                if finding.box == found.box:
                    hovered = finding.id
        self.w.page.show_pointed(found if hovered is None else None)
        self.w.viewer.set_hovered(hovered)

    @Slot(object)
    def _light(self, finding_id: str | None) -> None:
        box = None
        for finding in self.session.findings():
            if finding.id == finding_id:
                box = finding.box
        self.w.chat.highlight_box(box)

    @Slot(object)
    def _unstored_came(self, message: Message) -> None:
        self._unstored.add(message)

    @Slot(object, str, object)
    def _started(self, answer: Message, engine_id: str, request: InspectRequest) -> None:
        self._how[answer.id] = (request.task, request.verbatim)
        self._asked[answer.id] = (answer.image_id, engine_id)
        self._texts[answer.id] = ""
        self._ends.pop(answer.image_id, None)
        if answer.id in self._unstored:
            self._ends[answer.image_id] = answer.id
        if self.is_about_shown(answer.id):
            tree = self.tree()
            who = self.session.choice.who(engine_id, request.adapter)
            told = (who, request.task, request.verbatim, request.sampling.seed)
            if answer.id in tree:
                self.w.chat.know_answer(answer.id, *told)
                self._show(self.shown(tree), tree)
            else:  # it could not be written
                self._show(self.shown(tree), tree)
                self.w.chat.start_answer(answer.id, *told)
            self.w.chat.list.to_end()
        self.w.page.show_busy(Busy(self.tr("Answering…")))

    @Slot(str, str)
    def _grew(self, message_id: str, text: str) -> None:
        self._texts[message_id] = self._texts.get(message_id, "") + text
        self._deltas.setdefault(message_id, []).append(text)
        if not self._flush.isActive():
            self._flush.start()

    @Slot()
    def _flush_deltas(self) -> None:
        for message_id, parts in self._deltas.items():
            self.w.chat.append_delta(message_id, "".join(parts))
        self._deltas.clear()

    @Slot(str, object)
    def _made(self, message_id: str, event: StageReached) -> None:
        self._flush_deltas()
        if event.anew:
            self._texts[message_id] = ""
        self.w.chat.set_made(message_id, event.made, anew=event.anew)

    @Slot(str, object)
    def _boxes_came(self, message_id: str, boxes: tuple[FoundBox, ...]) -> None:
        self._flush_deltas()  # a box's phrase stands before it
        self.w.chat.set_boxes(message_id, boxes)
        if message_id in self._asked:
            self.w.page.show_coming(*self._asked[message_id], boxes)

    @Slot(str, object)
    def _ended(self, message_id: str, event: Finished | Failed | Cancelled) -> None:
        self._flush_deltas()
        text = self._texts.pop(message_id, "")
        if message_id in self._asked:
            # The stored ones take their place; what is not stored is not a finding.
            self.w.page.show_coming(*self._asked.pop(message_id), ())
        chat = self.w.chat
        match event:
            case Finished():
                text, status = event.answer, "done"
                made = chat.details(message_id).made
                chat.finish_answer(
                    message_id,
                    event.seconds,
                    event.tokens,
                    event.boxes or (made.cited_regions if made is not None else ()),
                    event.answer,
                    event.raw,
                    event.reasons if event.verdict is None else (),
                )
            case Failed():
                text, status = text or f"{event.what} {event.mend}".strip(), "failed"
                chat.fail_answer(message_id, event.what, event.mend, event.details)
            case Cancelled():
                status = "cancelled"
                chat.cancel_answer(message_id)
        self._unstored.end(message_id, text, status)
