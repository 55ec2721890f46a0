"""Several answers to one question: asked n times and grouped, or asked of two and compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from inspector_app.domain.branches import Tree, together
from inspector_app.domain.chat import COMPARE, REPEAT, Message
from inspector_app.domain.errors import InspectorError
from inspector_app.services import engines, preferences
from inspector_app.services.agreement import groups
from inspector_app.services.preferences import FIRST, SECOND, Compared
from inspector_app.ui.ask_plan import ONCE, Plan
from inspector_app.ui.engine_choice import answers_questions

if TYPE_CHECKING:
    from inspector_app.ui.main_window import MainWindow


class InspectMany(QObject):
    """Glue between the button of several answers, the conversation and the votes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.w = window
        self.session = window.session
        self._plan = ONCE

    def connect_all(self) -> None:
        """Connects everything once the window is built."""
        many, chat = self.w.chat.ask.many, self.w.chat
        many.opened.connect(self._offer)
        many.repeat_wanted.connect(self._repeat)
        many.pair_wanted.connect(self._compare)
        many.warmer_wanted.connect(self._warm)
        chat.member_chosen.connect(self._show_member)
        chat.pair_judged.connect(self._prefer)
        self.w.flows.answers_ended.connect(self._settle)

    def take(self) -> Plan:
        """Returns who answers the question that is sent now, and how often."""
        plan, self._plan = self._plan, ONCE
        return plan

    def show(self, messages: Sequence[Message], tree: Tree) -> None:
        """Shows agreement and votes beside the answers on show."""
        pairs = [together(tree, message, COMPARE) for message in messages]
        seconds = (pair[1].result_id for pair in pairs if len(pair) == 2)
        self.w.viewer.findings_layer.set_dotted(frozenset(filter(None, seconds)))
        for message in messages:
            widget = self.w.chat.list.message(message.id)
            repeated = together(tree, message, REPEAT)
            if widget is not None and len(repeated) > 1:
                said = [each.text if each.status == "done" else "" for each in repeated]
                place = [each.id for each in repeated].index(message.id)
                count = sum(each.status == "done" for each in repeated)
                widget.agreement.show_groups(groups(said, self.session.language), count, place)
                widget.follow_in_tab_order(widget.body.previousInFocusChain() or widget)
            pair = self.w.chat.list.pair_of(message.id)
            if pair is not None:
                compared = self._compared(message.id, tree)
                pair.vote_row.setVisible(compared is not None)
                if compared is not None:
                    judge = self.session.settings.operator
                    won = preferences.preferred(compared, judge)
                    pair.show_vote(won, preferences.standing(compared))

    @Slot()
    def _offer(self) -> None:
        """Fills the choice as things stand now."""
        choice = self.session.choice
        now = (self.session.engine_id(), self.session.adapter())
        found: list[tuple[str, str, str]] = []
        for card in engines.cards():
            if not answers_questions(card) or not choice.is_ready(card):
                continue
            known = ["", *(each.id for each in choice.adapters(card.id) if not each.trouble)]
            found += [
                (card.id, adapter, choice.who(card.id, adapter))
                for adapter in known
                if (card.id, adapter) != now
            ]
        self.w.chat.ask.many.set_seconds(found)
        self.w.chat.ask.many.set_temperature(self.w.settings.get("temperature"))

    @Slot(float)
    def _warm(self, temperature: float) -> None:
        self.w.chat.set_temperature(temperature)
        self.w.chat.temperature_changed.emit(temperature)
        self.w.chat.ask.many.set_temperature(temperature)

    @Slot(int)
    def _repeat(self, times: int) -> None:
        self._send(Plan(REPEAT, times))

    @Slot(str, str)
    def _compare(self, engine_id: str, adapter: str) -> None:
        now = (self.session.engine_id(), self.session.adapter())
        self._send(Plan(COMPARE, 1, (now, (engine_id, adapter))))

    def _send(self, plan: Plan) -> None:
        self._plan = plan
        self.w.chat.ask.send()
        self._plan = ONCE  # where nothing could be sent

    @Slot(str, int)
    def _show_member(self, message_id: str, place: int) -> None:
        tree = self.w.conversation.tree()
        message = tree.message(message_id)
        repeated = together(tree, message, REPEAT) if message is not None else []
        if 0 <= place < len(repeated):
            self.w.conversation.show_branch(tree.end(repeated[place].id))
            shown = self.w.chat.list.message(repeated[place].id)
            if shown is not None:
                self.w.chat.list.keep_in_sight(shown)

    @Slot(str, str, str)
    def _settle(self, image_id: str, question_id: str, asked: str) -> None:
        """Goes on from the first answer of the largest group, or the first of two engines."""
        project = self.session.project
        if not asked or project is None:
            return
        if self.session.read_only:
            self.session.conversation_changed.emit(image_id)  # all have ended: they are counted
            return
        tree = project.talk(image_id)
        shown = tree.shown()
        last = shown[-1] if shown else None
        if last is None or (tree.parent(last.id), last.together) != (question_id, asked):
            return  # somebody went on, or to another branch or version
        answers = together(tree, last, asked)
        found = groups([each.text if each.status == "done" else "" for each in answers])
        best = found[0].members[0] if found and asked.startswith(REPEAT) else 0
        project.show_branch(image_id, answers[best].id)
        self.session.conversation_changed.emit(image_id)

    def _compared(self, message_id: str, tree: Tree) -> Compared | None:
        """Returns the two answers that one of them belongs to; None before both came."""
        project, image, message = self.session.project, self.session.image, tree.message(message_id)
        if project is None or image is None or message is None:
            return None
        answers = together(tree, message, COMPARE)
        question = tree.message(tree.parent(message_id))
        if len(answers) != 2 or question is None or any(each.status != "done" for each in answers):
            return None
        who: list[str] = []
        for each in answers:
            try:
                made = project.result(each.result_id or "").provenance
            except InspectorError:
                return None
            who.append("+".join(filter(None, (made.engine, made.adapter))))
        if who[0] == who[1]:
            return None
        return Compared(
            message.together,
            image.path,
            question.text,
            (who[0], who[1]),
            (answers[0].text, answers[1].text),
        )

    @Slot(str, str)
    def _prefer(self, message_id: str, winner: str) -> None:
        tree = self.w.conversation.tree()
        compared = self._compared(message_id, tree)
        message = tree.message(message_id)
        if compared is None or message is None:
            return
        try:
            preferences.prefer(compared, self.session.settings.operator, winner)
        except InspectorError as error:
            self.w.show_trouble(error)
        side = {FIRST: 0, SECOND: 1}.get(winner)
        if side is not None and not self.session.read_only:
            answer = together(tree, message, COMPARE)[side]
            self.w.conversation.show_branch(tree.end(answer.id))
        else:
            self.w.conversation.show()
