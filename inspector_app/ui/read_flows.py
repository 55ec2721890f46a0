"""Reading documents: one, or all of a project, in the engine process; writing them to files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Signal

from inspector_app.domain.documents import Extraction, Reading, ReadRequest, SecondReading
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import ImageRef
from inspector_app.domain.jobs import ImageDone, Progress
from inspector_app.services import (
    documents,
    engine_summary,
    engines,
    projects,
    read_batch,
    second_reading,
)
from inspector_app.services.read_batch import ReadAllFinished
from inspector_app.ui.ask_flows import AskFlows
from inspector_app.ui.busy import Busy, Clock
from inspector_app.ui.worker import Worker


class ReadFlows(AskFlows):
    """The documents' part of the window's jobs."""

    reading_started = Signal(str)  # image id
    reading_progressed = Signal(str, object)  # image id, Progress
    reading_came = Signal(str, object)  # image id, Reading
    reading_ended = Signal(str, str)  # image id, why it failed or ""
    reading_all_ended = Signal(object, list)  # ReadAllFinished, one line for each failed image
    # Image id; fields, length and tone it was asked for; EngineSummary.
    summary_came = Signal(str, object, object)
    documents_written = Signal(object)  # Path
    document_copied = Signal(str)  # JSON

    async def read(self, image: ImageRef, how: ReadRequest) -> None:
        """Reads one image; in a read-only project it is shown, but not kept.

        Args:
            image: Which.
            how: Schema, language and style.
        """
        project = self._session.project
        if project is None:
            return
        path, stored, run = project.path, not project.read_only, self._run_read

        def job(stop: threading.Event) -> Iterator[Progress | Reading]:
            if not stored:
                for event in run(read_batch.request_for(image, how), stop):
                    if isinstance(event, Progress | Reading):
                        yield event
                return
            with projects.open_project(path) as own:
                yield from read_batch.read_and_store(own, image, how, run, stop)

        stop = self._new_stop()
        trouble = ""
        self.reading_started.emit(image.id)
        self.busy_changed.emit(Busy(self.tr("Reading…")))
        try:
            async for event in self._worker.stream(job, stop):
                if isinstance(event, Reading):
                    self.reading_came.emit(image.id, event)
                else:
                    self.reading_progressed.emit(image.id, event)
        except InspectorError as error:
            trouble = str(error)
        finally:
            self._done(stop)
            self.reading_ended.emit(image.id, trouble)
            self._session.refresh(image.id)

    async def read_second(
        self, image: ImageRef, how: ReadRequest, engine_id: str, adapter: str, who: str
    ) -> None:
        """Lets a language engine read an image that was read, and keeps what it gives.

        Args:
            image: Which.
            how: Schema of the reading, and language.
            engine_id: Card id of the engine.
            adapter: Adapter to answer with; "" for the base model.
            who: Both in words.
        """
        project = self._session.project
        if project is None:
            return
        path, engine = project.path, engines.in_process(engine_id, self._worker.process)
        with_text: bool = self._session.settings.get("second_with_text")

        def job(stop: threading.Event) -> Iterator[Progress | SecondReading]:
            with projects.open_project(path) as own:
                yield from second_reading.read_again_and_store(
                    own, image, how, engine, stop, adapter=adapter, with_text=with_text
                )

        stop = self._new_stop()
        trouble = ""
        words = self.tr("{engine} is reading…").format(engine=who)
        self.reading_started.emit(image.id)
        self.reading_progressed.emit(image.id, Progress(0, 0, words))
        self.busy_changed.emit(Busy(words))
        try:
            async for event in self._worker.stream(job, stop):
                if isinstance(event, Progress):
                    told = self.tr("%n token(s)", "", event.done)
                    self.reading_progressed.emit(image.id, Progress(0, 0, f"{words} {told}"))
        except InspectorError as error:
            trouble = str(error)
        finally:
            self._done(stop)
            self.reading_ended.emit(image.id, trouble)
            self._session.refresh(image.id)

    async def write_summary(
        self,
        image: ImageRef,
        extraction: Extraction,
        how: ReadRequest,
        engine_id: str,
        adapter: str,
    ) -> None:
        """Lets a language engine write about a document; trouble is told, nothing is stored.

        Args:
            image: Which.
            extraction: Its fields as they count.
            how: Language, length and tone.
            engine_id: Card id of the engine.
            adapter: Adapter to answer with; "" for the base model.
        """
        engine = engines.in_process(engine_id, self._worker.process)
        request = read_batch.request_for(image, how)
        stop = self._new_stop()
        self.busy_changed.emit(Busy(self.tr("Writing the summary…")))
        try:
            async for event in self._worker.stream(
                lambda flag: engine_summary.write_summary(
                    extraction, request, engine, flag, adapter=adapter
                ),
                stop,
            ):
                self.summary_came.emit(image.id, (extraction, how.long, how.formal), event)
        finally:
            self._done(stop)

    async def read_all(self, how: ReadRequest, redo: bool = False) -> None:
        """Reads all images of the project; those that were read are skipped.

        Args:
            how: Schema, language and style.
            redo: Read them all again.
        """
        project, images = self._session.project, self._session.images()
        if project is None or not images:
            return
        if project.read_only:
            raise InspectorError(
                self.tr("This project is read-only, so no reading can be stored."),
                self.tr("Save it elsewhere first (File > Save project as)."),
            )
        path, run = project.path, self._run_read

        def job(stop: threading.Event) -> Iterator[ImageDone | ReadAllFinished]:
            with projects.open_project(path) as own:
                yield from read_batch.read_all(own, images, how, run, stop, redo=redo)

        await self._read_each(job, len(images), self.tr("Reading documents"))

    async def read_all_second(
        self, how: ReadRequest, engine_id: str, adapter: str, who: str
    ) -> None:
        """Lets a language engine read all images that were read; see `read_second`."""
        project, images = self._session.project, self._session.images()
        if project is None or not images or project.read_only:
            return
        path, engine = project.path, engines.in_process(engine_id, self._worker.process)
        with_text: bool = self._session.settings.get("second_with_text")

        def job(stop: threading.Event) -> Iterator[ImageDone | ReadAllFinished]:
            with projects.open_project(path) as own:
                yield from second_reading.read_all_again(
                    own, images, how, engine, stop, adapter=adapter, with_text=with_text
                )

        words = self.tr("{engine} is reading…").format(engine=who)
        await self._read_each(job, len(images), words)

    async def _read_each(
        self,
        job: Callable[[threading.Event], Iterator[ImageDone | ReadAllFinished]],
        total: int,
        words: str,
    ) -> None:
        stop = self._new_stop()
        clock = Clock()
        troubles: list[str] = []
        self.busy_changed.emit(Busy(words, 0, total))
        try:
            async for event in self._worker.stream(
                job, stop, priority=Worker.BACKGROUND, interruptible=True
            ):
                if isinstance(event, ReadAllFinished):
                    self.reading_all_ended.emit(event, troubles)
                    continue
                if event.trouble:
                    troubles.append(event.trouble)
                if not event.skipped:
                    self._session.refresh(event.image_id)
                    self._session.document_changed.emit(event.image_id)
                self.busy_changed.emit(clock.busy(event, words))
        finally:
            self._done(stop)

    async def export_documents(
        self, image_ids: list[str] | None, path: str, how: ReadRequest
    ) -> None:
        """Writes documents of the project to a file.

        Args:
            image_ids: Of which images; None means all that were read.
            path: The file.
            how: The wanted schema; language and style of summaries.
        """
        project = self._session.project
        if project is None:
            return
        place = project.path

        def write() -> Path:
            with projects.open_project(place, read_only=True) as own:
                return documents.write(
                    own,
                    image_ids,
                    Path(path),
                    how.language,
                    long=how.long,
                    formal=how.formal,
                    schema=how.schema,
                )

        self.documents_written.emit(await self._away(write))

    async def copy_document(self, image_id: str, schema: str) -> None:
        """Makes the JSON of a document under a schema, for the clipboard."""
        project = self._session.project
        if project is None:
            return
        place = project.path

        def text() -> str:
            with projects.open_project(place, read_only=True) as own:
                return documents.json_text(own, image_id, schema)

        self.document_copied.emit(await self._away(text))

    def _run_read(self, request: ReadRequest, stop: StopFlag) -> Iterator[object]:
        # The name is looked up at every call: it is the one thing that tests put another in for.
        return self._worker.process.run(read_batch.READ_JOB, request, stop=stop)
