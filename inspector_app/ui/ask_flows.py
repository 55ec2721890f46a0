"""Asking the engine: from a question to an answer that is stored, streamed and told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.chat import Message
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import EngineError, InspectorError
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.services import conversation, engines, inspect, models, projects
from inspector_app.services.advice import Adviser
from inspector_app.services.history import earlier_turns
from inspector_app.services.sampling import sampling_of
from inspector_app.ui.session import Session
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.worker import Worker


class AskFlows(Tasks):
    """The conversation's part of the window's jobs."""

    answer_started = Signal(str, str, object)  # message id, engine id, InspectRequest
    answer_seen = Signal(str, object)  # message id, SeenImage of the first image
    answer_boxes = Signal(str, object)  # message id, all FoundBox so far
    answer_grew = Signal(str, str)  # message id, text
    conversation_written = Signal(object)  # Path
    conversation_copied = Signal(str)  # Markdown
    answer_ended = Signal(str, object)  # message id, Finished | Failed | Cancelled

    def __init__(self, session: Session, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._verbatim: set[str] = set()  # questions of this session that went as they were

    async def ask(
        self, text: str, task: Task, boxes: tuple[Box, ...], verbatim: bool = False
    ) -> None:
        """Asks the engine about the current image and keeps the conversation.

        Args:
            text: The user's words.
            task: What is asked.
            boxes: Regions that the question is about.
            verbatim: The words go to the model as they are, without the task's tag and wording.
        """
        image, project, recipe = (
            self._session.image,
            self._session.project,
            self._session.recipe,
        )
        if image is None or project is None:
            return
        engine_id, adapter = self._session.engine_id(), self._session.adapter()
        card = engines.card(engine_id)
        absent = EngineError(
            self.tr("{name} is not on this computer.").format(name=card.name),
            self.tr("Get it on the Models page, or choose another engine."),
        )
        engine: engines.Engine = engines.in_process(engine_id, self._worker.process)
        if recipe is not None and recipe.engine != engine_id:
            engine = Adviser(engine)
        request = InspectRequest(
            (image.path,),
            task,
            text,
            boxes,
            recipe.path if recipe else None,
            self._language(),
            earlier_turns(project, image.id, self._verbatim),
            sampling=sampling_of(self._session.settings, card),
            page=image.page,
            dpi=image.dpi,
            adapter=adapter,
            verbatim=verbatim,
        )
        question = Message(image.id, "user", text, boxes=boxes)
        if verbatim:
            self._verbatim.add(question.id)
        answer = Message(image.id, "assistant", "", status="cancelled")
        stored = not project.read_only
        if stored:
            project.add_message(question)
            project.add_message(answer)  # kept as stopped until it is whole
        path = project.path

        def job(stop: threading.Event) -> Iterator[tuple[Event, str | None]]:
            state = models.state(card)
            if not state.ready:  # told before the engine process is started for nothing
                absent.add_note(state.text)
                raise absent
            if not stored:
                yield from ((event, None) for event in inspect.run(request, engine, stop))
                return
            with projects.open_project(path) as own:
                yield from inspect.run_and_store(own, image, request, engine, stop)

        stop = self._new_stop()
        self.answer_started.emit(answer.id, engine_id, request)
        text_so_far: list[str] = []
        boxes_so_far: list[FoundBox] = []
        try:
            async for event, result_id in self._worker.stream(job, stop):
                match event:
                    case Started():
                        if event.seen:
                            self.answer_seen.emit(answer.id, event.seen[0])
                    case BoxesFound():
                        boxes_so_far.extend(event.boxes)
                        self.answer_boxes.emit(answer.id, tuple(boxes_so_far))
                    case TextDelta():
                        text_so_far.append(event.text)
                        self.answer_grew.emit(answer.id, event.text)
                    case Finished() | Failed() | Cancelled():
                        if stored:
                            self._keep_answer(answer, "".join(text_so_far), event, result_id)
                        self.answer_ended.emit(answer.id, event)
                        self._session.refresh(image.id)
                    case _:
                        pass
        except InspectorError as error:
            failed = engines.failed_from(request.id, error)
            if stored:
                self._keep_answer(answer, "".join(text_so_far), failed, None)
            self.answer_ended.emit(answer.id, failed)
        finally:
            self._done(stop)

    def _keep_answer(
        self,
        answer: Message,
        text: str,
        event: Finished | Failed | Cancelled,
        result_id: str | None,
    ) -> None:
        project = self._session.project
        if project is None:
            return
        match event:
            case Finished():
                project.update_message(answer.id, event.answer, "done", result_id)
            case Failed():
                words = f"{event.what} {event.mend}".strip()
                project.update_message(answer.id, text or words, "failed", result_id)
            case Cancelled():
                project.update_message(answer.id, text, "cancelled", result_id)

    async def export_conversation(self, image_id: str, path: str) -> None:
        """Writes the conversation about an image to a file."""
        project = self._session.project
        if project is None:
            return
        place, language = project.path, self._language()

        def write() -> Path:
            with projects.open_project(place, read_only=True) as own:
                return conversation.write(own, image_id, Path(path), language)

        self.conversation_written.emit(await self._away(write))

    async def copy_conversation(self, image_id: str) -> None:
        """Makes the text of the conversation about an image, for the clipboard."""
        project = self._session.project
        if project is None:
            return
        place, language = project.path, self._language()

        def text() -> str:
            with projects.open_project(place, read_only=True) as own:
                return conversation.markdown(own, image_id, language)

        self.conversation_copied.emit(await self._away(text))

    def _language(self) -> str:
        return self._session.language
