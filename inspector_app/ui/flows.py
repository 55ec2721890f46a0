"""What the user sets going: coroutines over the worker's events, each cancellable."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.images import ImageRef
from inspector_app.domain.jobs import BatchFinished, FitFinished, ImageDone, Progress
from inspector_app.services import batch, engines, projects, report, sample, seen
from inspector_app.services.fit_request import FitRequest
from inspector_app.services.recipes import read_recipe
from inspector_app.ui.busy import Busy, Clock
from inspector_app.ui.page_flows import PageFlows
from inspector_app.ui.session import Contents, read_contents
from inspector_app.ui.worker import Worker


class Flows(PageFlows):
    """Runs the window's jobs one beside the other and tells how they go."""

    request_failed = Signal(object)  # Failed
    batch_finished = Signal(object, list)  # BatchFinished, one line for each failed image
    recipe_fitted = Signal(object)  # FitFinished
    reports_written = Signal(object)  # list[Path]
    recipe_missing = Signal()

    # -- opening -----------------------------------------------------------------------

    async def open_folder(self, folder: str) -> None:
        """Opens a folder as a project."""
        await self._away(projects.list_images, folder)  # trouble before anything is made
        await self._open(projects.project_path_for(folder), lambda: projects.open_folder(folder))

    async def open_project(self, path: str) -> None:
        """Opens a project file."""
        await self._open(Path(path), lambda: projects.open_project(path))

    async def open_sample(self) -> None:
        """Opens the sample, fits its recipe if need be, and inspects what is not inspected."""
        path = sample.project_path()
        await self._open(path, lambda: sample.open_sample(path))
        if self._session.recipe is None:
            await self.fit(sample.fit_request(language=self._language()))
        if self._session.recipe is not None:
            await self.run_all()

    async def add_files(self, paths: list[str]) -> None:
        """Adds dropped files to the project, or opens a single dropped folder or project."""
        if len(paths) == 1 and Path(paths[0]).is_dir():
            await self.open_folder(paths[0])
            return
        if len(paths) == 1 and paths[0].endswith(projects.SUFFIX):
            await self.open_project(paths[0])
            return
        files = await self._away(projects.expand, paths)
        if self._session.project is None or self._session.read_only:
            folder = Path(files[0]).parent if files else Path.cwd()
            path = projects.project_path_for(folder)
            await self._open(path, lambda: projects.open_files(files, path))
            return
        projects.add_paths(self._session.project, files)
        self._session.reload_images()
        self._session.project_changed.emit()
        added = (image.id for image in self._session.images() if image.path == files[0])
        self._session.select(next(added, None))
        self.start(self.expand_pages(self._session.project.path))

    async def _open(self, path: Path, make: Callable[[], projects.Project]) -> None:
        self.stop()
        lock = projects.ProjectLock(path)
        mine = self._session.project is not None and self._session.project.path == path.resolve()
        held = mine or lock.acquire()
        try:
            if held:
                # Made on another thread so that the window stays free; a connection belongs to
                # its thread, so the window then opens its own.
                await self._away(lambda: make().close())
            contents = await self._away(_contents, path)
            project = projects.open_project(path, read_only=not held)
        except InspectorError:
            if held and not mine:
                lock.release()
            raise
        if mine:
            self._session.set_project(project, None, contents)
            lock.acquire()
            self._session.take_lock(lock)
        else:
            self._session.set_project(project, lock if held else None, contents)
        if not held:
            self.trouble_found.emit(
                InspectorError(
                    self.tr("This project is open elsewhere ({owner}).").format(owner=lock.owner()),
                    self.tr("It is shown read-only here; close it there to work on it."),
                )
            )
        elif project.read_only:
            self.trouble_found.emit(
                InspectorError(
                    self.tr("This project is read-only: {reason}").format(
                        reason=project.read_only_reason
                    ),
                    self.tr("You can look and export; save it elsewhere to change it."),
                )
            )
        self._session.settings.add_recent(str(project.path))
        self._restore_recipe()
        if not project.read_only:
            self.start(self.expand_pages(project.path))

    def _restore_recipe(self) -> None:
        assert self._session.project is not None
        path = self._session.project.get_meta("recipe")
        try:
            self._session.set_recipe(read_recipe(path) if path else None)
        except InspectorError as error:
            self._session.set_recipe(None)
            self.trouble_found.emit(error)

    async def use_recipe(self, path: str) -> None:
        """Chooses a recipe file."""
        self._session.set_recipe(await self._away(read_recipe, path))

    # -- inspecting -----------------------------------------------------------------------

    async def run_one(self, image: ImageRef) -> None:
        """Inspects one image."""
        await self._run([image], redo=True, urgent=True)

    async def run_all(self, redo: bool = False) -> None:
        """Inspects all images; done ones are skipped."""
        await self._run(self._session.images(), redo=redo, urgent=False)

    async def _run(self, images: list[ImageRef], *, redo: bool, urgent: bool) -> None:
        project = self._session.project
        if project is None or not images:
            return
        if self._session.recipe is None:
            self.recipe_missing.emit()
            return
        # The file may have been edited since; results must carry the hash of what decided.
        recipe = await self._away(read_recipe, self._session.recipe.path)
        if recipe.sha256 != self._session.recipe.sha256:
            self._session.set_recipe(recipe)
        if project.read_only:
            raise InspectorError(
                self.tr("This project is read-only, so no result can be stored."),
                self.tr("Save it elsewhere first (File > Save project as)."),
            )
        engine = engines.in_process(recipe.engine, self._worker.process)
        path, language = project.path, self._language()

        def job(stop: threading.Event) -> Iterator[ImageDone | BatchFinished]:
            with projects.open_project(path) as own:
                yield from batch.run_batch(
                    own, images, recipe, engine, stop, redo=redo, language=language
                )

        stop = self._new_stop()
        clock = Clock()
        troubles: list[str] = []
        if not urgent:
            self.busy_changed.emit(Busy(self.tr("Loading the engine…"), 0, len(images)))
        try:
            priority = Worker.INTERACTIVE if urgent else Worker.BACKGROUND
            async for event in self._worker.stream(
                job, stop, priority=priority, interruptible=not urgent
            ):
                if isinstance(event, BatchFinished):
                    self.batch_finished.emit(event, troubles)
                    continue
                if event.trouble:
                    troubles.append(event.trouble)
                if not event.skipped:
                    self._session.refresh(event.image_id)
                if urgent and event.trouble:
                    raise InspectorError(event.trouble)
                if not urgent:
                    self.busy_changed.emit(clock.busy(event, self.tr("Inspecting")))
        finally:
            self._done(stop)

    async def preview_seen(self, image: ImageRef, card: engines.Card, max_pixels: int) -> Any:
        """Returns the picture that a language model gets, uint8 `[h, w, 3]`."""
        return await self._away(seen.preview, image, card, max_pixels)

    # -- recipes and reports ------------------------------------------------------------------

    async def fit(self, request: FitRequest) -> None:
        """Fits a recipe in the engine process and uses it."""
        stop = self._new_stop()
        process = self._worker.process
        self.busy_changed.emit(Busy(self.tr("Learning from the golden images…")))
        try:
            async for event in self._worker.stream(
                lambda flag: process.run("inspector_app.services.fit:run_fit", request, stop=flag),
                stop,
            ):
                match event:
                    case Progress():
                        text = self.tr("Learning from the golden images…")
                        self.busy_changed.emit(Busy(text, event.done, event.total))
                    case FitFinished():
                        self._session.set_recipe(await self._away(read_recipe, event.recipe))
                        self.recipe_fitted.emit(event)
                    case _:
                        pass
        finally:
            self._done(stop)

    async def export(self, formats: tuple[str, ...], out: str) -> None:
        """Writes reports of the shown project."""
        project = self._session.project
        if project is None:
            return
        path, language = project.path, self._language()
        stop = self._new_stop()
        loop = asyncio.get_running_loop()
        self.busy_changed.emit(Busy(self.tr("Writing the report…")))

        def tell(done: int, total: int, text: str) -> None:
            busy = Busy(self.tr("Writing the report…"), done, total)
            loop.call_soon_threadsafe(self.busy_changed.emit, busy)

        def write() -> list[Path]:
            with projects.open_project(path, read_only=True) as own:
                return report.write_reports(own, formats, Path(out), language, tell, stop)

        try:
            self.reports_written.emit(await self._away(write))
        finally:
            self._done(stop)

    async def save_as(self, path: str) -> None:
        """Writes the project to another file and goes on with that one."""
        if self._session.project is None:
            return
        await self._away(projects.save_copy, self._session.project, path)
        await self.open_project(path)


def _contents(path: Path) -> Contents:
    with projects.open_project(path, read_only=True) as own:
        return read_contents(own)
