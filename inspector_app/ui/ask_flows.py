"""Asking the engine: from a question to an answer that is stored, streamed and told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.asking import Ask
from inspector_app.domain.chat import Message
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import EngineError, InspectorError
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    StageReached,
    Started,
    TextDelta,
)
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.prompting import Example
from inspector_app.domain.tasks import Task
from inspector_app.services import (
    asking,
    conversation,
    demonstrations,
    engines,
    inspect,
    models,
    projects,
)
from inspector_app.services.advice import Adviser
from inspector_app.services.history import earlier_turns, turns_of
from inspector_app.services.projects import Project
from inspector_app.services.sampling import sampling_of
from inspector_app.ui.ask_plan import END, ONCE, Answers, Asked, Place, Plan
from inspector_app.ui.session import Session
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.worker import Worker

_Job = Callable[[threading.Event], Iterator[tuple[Event, str | None]]]


class AskFlows(Tasks):
    """The conversation's part of the window's jobs."""

    message_unstored = Signal(object)  # Message that is new in a project that cannot be written
    answer_started = Signal(object, str, object)  # Message, engine id, InspectRequest
    answer_seen = Signal(str, object)  # message id, SeenImage of the first image
    answer_boxes = Signal(str, object)  # message id, all FoundBox so far
    answer_grew = Signal(str, str)  # message id, text
    answers_ended = Signal(str, str, str)  # image id, question id, what the answers have together
    conversation_written = Signal(object)  # conversation.Written
    conversation_copied = Signal(str)  # Markdown
    answer_made = Signal(str, object)  # message id, StageReached
    answer_ended = Signal(str, object)  # message id, Finished | Failed | Cancelled

    def __init__(self, session: Session, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._verbatim: set[str] = set()  # questions of this session that went as they were

    async def ask(
        self,
        text: str,
        task: Task,
        boxes: tuple[Box, ...],
        verbatim: bool = False,
        place: Place = END,
        plan: Plan = ONCE,
        ask: Ask | None = None,
    ) -> None:
        """Asks about the current image and keeps the conversation.

        Args:
            text: The user's words.
            task: What is asked.
            boxes: Regions that the question is about.
            verbatim: The words go to the model as they are, without the task's tag and wording.
            place: Where in the conversation.
            plan: Who answers, and how often.
            ask: How the question is put; None for a plain one.
        """
        image, project = self._session.image, self._session.project
        if image is None or project is None:
            return
        question = place.again or Message(image.id, "user", text, boxes=boxes, parent=place.after)
        if verbatim:
            self._verbatim.add(question.id)
        together = f"{plan.kind}{uuid4().hex}" if plan.kind else ""
        if place.before is None:
            parent = place.parent(project.talk(image.id))
            history = earlier_turns(project, image.id, self._verbatim, parent)
        else:
            history = turns_of(project, place.before, self._verbatim)
        asked: list[Asked] = []
        for engine_id, adapter in plan.who or (
            (self._session.engine_id(), self._session.adapter()),
        ):
            for number in range(plan.times):
                answer = Message(
                    image.id, "assistant", "", "cancelled", parent=question.id, together=together
                )
                request = self._request(image, text, task, boxes, engine_id, adapter, verbatim)
                drawn = request.sampling
                if number and drawn.temperature > 0:  # a set seed would draw the same each time
                    # 0 stands for the likeliest answer and is left out.
                    drawn = replace(drawn, seed=(drawn.seed + number - 1) % (2**63 - 1) + 1)
                request = replace(request, history=history, sampling=drawn)
                put = None
                if ask is not None:
                    put = replace(ask, system=request.system, sampling=request.sampling)
                    request = replace(request, task=asking.task_of(ask))
                asked.append(Asked(answer, engine_id, request, put))
        stored = not project.read_only
        if stored and place.again is None:
            project.add_message(question)
        elif place.again is None:
            self.message_unstored.emit(question)
        stop = self._new_stop()
        answers = Answers(asked)
        try:
            self._begin(project, answers.begin(asked[0].request.id))
            async for event, result_id in self._worker.stream(
                self._job(image, asked, stored), stop
            ):
                self._take(project, answers, event, result_id)
        except InspectorError as error:
            for each in answers.open():
                self._take(project, answers, engines.failed_from(each.request.id, error), None)
        finally:
            self._done(stop)
        self.answers_ended.emit(image.id, question.id, together)

    def _request(
        self,
        image: ImageRef,
        text: str,
        task: Task,
        boxes: tuple[Box, ...],
        engine_id: str,
        adapter: str,
        verbatim: bool,
    ) -> InspectRequest:
        recipe = self._session.recipe
        return InspectRequest(
            (image.path,),
            task,
            text,
            boxes,
            recipe.path if recipe else None,
            self._language(),
            sampling=sampling_of(self._session.settings, engines.card(engine_id)),
            page=image.page,
            dpi=image.dpi,
            adapter=adapter,
            system=self._session.settings.get("system"),
            verbatim=verbatim,
        )

    def _job(self, image: ImageRef, asked: Sequence[Asked], stored: bool) -> _Job:
        """Returns what the worker runs: those of one engine and adapter after those of another."""
        project, recipe = self._session.project, self._session.recipe
        assert project is not None
        path = project.path
        deciding = recipe.engine if recipe is not None else None
        absent = {each.engine_id: self._absent(each.engine_id) for each in asked}

        def answers(
            engine_id: str, group: list[Asked], stop: threading.Event
        ) -> Iterator[tuple[Event, str | None]]:
            requests = [each.request for each in group]
            state = models.state(engines.card(engine_id))
            if not state.ready:  # told before the engine process is started for nothing
                absent[engine_id].add_note(state.text)
                for request in requests:
                    yield engines.failed_from(request.id, absent[engine_id]), None
                return
            engine: engines.Engine = engines.in_process(engine_id, self._worker.process)
            if deciding is not None and deciding != engine_id:
                engine = Adviser(engine)
            put = [(each.ask, each.request) for each in group if each.ask is not None]
            if not stored:
                size = (image.width, image.height)
                events = inspect.run_many(requests, engine, stop) if not put else ()
                streams = (asking.run(ask, each, engine, stop, size) for ask, each in put)
                yield from ((event, None) for event in chain(events, *streams))
                return
            with projects.open_project(path) as own:
                if not put:
                    yield from inspect.run_and_store_many(own, image, requests, engine, stop)
                for ask, request in put:
                    if not stop.is_set():
                        yield from asking.run_and_store(own, image, ask, request, engine, stop)

        def job(stop: threading.Event) -> Iterator[tuple[Event, str | None]]:
            alike = groupby(asked, key=lambda each: (each.engine_id, each.request.adapter))
            for (engine_id, _), group in alike:
                if not stop.is_set():
                    yield from answers(engine_id, list(group), stop)

        return job

    def _absent(self, engine_id: str) -> EngineError:
        return EngineError(
            self.tr("{name} is not on this computer.").format(name=engines.card(engine_id).name),
            self.tr("Get it on the Models page, or choose another engine."),
        )

    def _store(self, project: Project, write: Callable[[Project], None]) -> None:
        """Writes to the project of the question, which may not be the one on show any more."""
        if project.read_only:
            return
        try:
            if self._session.project is project:
                write(project)
            else:
                with projects.open_project(project.path) as own:
                    write(own)
        except InspectorError as error:
            self.trouble_found.emit(error)

    def _begin(self, project: Project, asked: Asked) -> None:
        if project.read_only:
            self.message_unstored.emit(asked.answer)
        self._store(project, lambda own: own.add_message(asked.answer))  # stopped until it is whole
        self.answer_started.emit(asked.answer, asked.engine_id, asked.request)

    def _take(
        self, project: Project, answers: Answers, event: Event, result_id: str | None
    ) -> None:
        """Takes one event of one of the answers."""
        if not answers.has_begun(event.request_id):
            if isinstance(event, Cancelled) and not event.answer:
                return  # stopped before it could begin
            self._begin(project, answers.begin(event.request_id))
        asked = answers.add(event)
        message_id = asked.answer.id
        match event:
            case Started():
                if event.seen:
                    self.answer_seen.emit(message_id, event.seen[0])
            case BoxesFound():
                self.answer_boxes.emit(message_id, tuple(asked.boxes))
            case TextDelta():
                self.answer_grew.emit(message_id, event.text)
            case StageReached():
                self.answer_made.emit(message_id, event)
            case Finished() | Failed() | Cancelled():
                try:
                    self._keep_answer(project, asked, event, result_id)
                finally:  # else it would be shown as running for ever
                    self.answer_ended.emit(message_id, event)
                self._session.refresh(asked.answer.image_id)
            case _:
                pass

    def _keep_answer(
        self,
        project: Project,
        asked: Asked,
        event: Finished | Failed | Cancelled,
        result_id: str | None,
    ) -> None:
        text = "".join(asked.text)
        match event:
            case Finished():
                text, status = event.answer, "done"
            case Failed():
                text, status = text or f"{event.what} {event.mend}".strip(), "failed"
            case Cancelled():
                status = "cancelled"
        kept = (asked.answer.id, text, status, result_id, asked.made)
        self._store(project, lambda own: own.update_message(*kept))

    async def accepted_examples(self, but: str) -> list[Example]:
        """Returns what can be shown as an example, see `demonstrations.accepted_examples`."""
        project = self._session.project
        if project is None:
            return []
        place, language = project.path, self._language()

        def find() -> list[Example]:
            with projects.open_project(place, read_only=True) as own:
                return demonstrations.accepted_examples(own, but, language)

        return await self._away(find)

    async def export_conversation(self, image_id: str, path: str, wish: conversation.Wish) -> None:
        """Writes the conversation about an image to a file."""
        project = self._session.project
        if project is None:
            return
        place, language = project.path, self._language()

        def write() -> conversation.Written:
            with projects.open_project(place, read_only=True) as own:
                return conversation.write(own, image_id, Path(path), language, wish)

        self.conversation_written.emit(await self._away(write))

    async def copy_conversation(self, image_id: str, end: str | None = None) -> None:
        """Makes the text of the conversation about an image, for the clipboard."""
        project = self._session.project
        if project is None:
            return
        place, language = project.path, self._language()

        def text() -> str:
            with projects.open_project(place, read_only=True) as own:
                return conversation.markdown(own, image_id, language, end)

        self.conversation_copied.emit(await self._away(text))

    def _language(self) -> str:
        return self._session.language
