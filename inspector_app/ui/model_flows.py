"""What people do with models: fetch, convert, load, remove; each without blocking."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.cards import Card
from inspector_app.domain.conversions import Converted, ConvertRequest
from inspector_app.domain.errors import EngineLostError, InspectorError
from inspector_app.domain.jobs import JobCancelled, Progress
from inspector_app.domain.loading import LoadReport
from inspector_app.services import adapters, convert, engines, models
from inspector_app.ui.engine_choice import EngineChoice
from inspector_app.ui.model_info import ModelInfo, ModelView, Phase, Pull
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.worker import Worker

_HOST = "inspector_app.engines.host"
_TELL_SECONDS = 0.1  # progress more often than this is not seen, only paid for


class ModelFlows(Tasks):
    """Keeps what is known of the models, and runs the jobs that change it."""

    changed = Signal()  # disk or engine process: everything is to be shown anew
    progressed = Signal(str)  # card id
    told = Signal(str)  # good news in words

    def __init__(
        self,
        choice: EngineChoice,
        worker: Worker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._worker = worker
        self._fetchers = ThreadPoolExecutor(2, thread_name_prefix="inspector-fetch")
        self._infos: dict[str, ModelInfo] = {}
        self._reports: dict[str, LoadReport] = {}
        self._pulls: dict[str, Pull] = {}
        self._loading: set[str] = set()
        self._flags: dict[str, threading.Event] = {}
        self._cancelled: set[str] = set()  # by the person; a finished job sets its flag too
        self._told_troubles: set[str] = set()
        self._closing = False

    # -- what is known -----------------------------------------------------------------

    def views(self) -> list[ModelView]:
        """Returns all models, those that answer questions first."""
        found = sorted(
            self._infos.values(),
            key=lambda info: (not info.language, info.card.name.casefold()),
        )
        return [self._view(info) for info in found]

    def view(self, card_id: str) -> ModelView | None:
        """Returns one model."""
        info = self._infos.get(card_id)
        return self._view(info) if info is not None else None

    def report(self, card_id: str) -> LoadReport | None:
        """Returns how a model is loaded; None while it is not."""
        return self._reports.get(card_id)

    def pulls(self) -> list[Pull]:
        """Returns the running fetches and conversions."""
        return list(self._pulls.values())

    def _view(self, info: ModelInfo) -> ModelView:
        name = info.card.id
        pull, report = self._pulls.get(name), self._reports.get(name)
        if pull is not None:
            phase = Phase.CONVERTING if pull.converting else Phase.FETCHING
        elif name in self._loading:
            phase = Phase.LOADING
        elif report is not None:
            phase = Phase.LOADED
        else:
            phase = Phase.READY if info.state.ready else Phase.ABSENT
        return ModelView(info, phase, report, pull, name in self._cancelled)

    # -- looking -----------------------------------------------------------------------

    async def refresh(self) -> None:
        """Looks at the disk and asks the engine process what it holds."""
        await self._look()
        await self.refresh_loaded()

    async def refresh_loaded(self) -> None:
        """Asks the engine process what it holds; starts none for that."""
        found: dict[str, LoadReport] = {}
        process = self._worker.process
        if process.pid is not None:
            # A process that ends just now holds nothing; whoever used it tells of that.
            with contextlib.suppress(EngineLostError):
                async for event in self._worker.stream(
                    lambda stop: process.run(f"{_HOST}:loaded", stop=stop)
                ):
                    found = event
        if found != self._reports:
            self._reports = found
            self.changed.emit()

    async def _look(self) -> None:
        found, troubles = await self._away(_look, self._choice.engine_id())
        self._infos = {info.card.id: info for info in found}
        self._choice.tell_models(
            {info.card.id: info.state.ready for info in found},
            {info.card.id: info.adapters for info in found},
        )
        self.changed.emit()
        for line in troubles:
            if line not in self._told_troubles:  # once, not at every look
                self._told_troubles.add(line)
                self.trouble_found.emit(InspectorError(line))

    # -- fetching and converting --------------------------------------------------------

    async def pull(self, card_id: str) -> None:
        """Fetches a model's files; goes on where an earlier fetch was stopped."""
        info = self._infos.get(card_id)
        if info is None or card_id in self._pulls:
            return
        _, stopped = await self._work(card_id, Pull(), lambda stop: models.pull(info.card, stop))
        await self._look()
        if stopped:
            self.told.emit(
                self.tr(
                    "Fetching {name} was stopped. What came is kept; Fetch goes on from there."
                ).format(name=info.card.name)
            )

    async def convert(self, card_id: str, request: ConvertRequest) -> str:
        """Converts published files; returns the id of the model that came of it, "" for none."""
        info = self._infos.get(card_id)
        if info is None or card_id in self._pulls:
            return ""
        made, _ = await self._work(
            card_id,
            Pull(converting=True),
            lambda stop: convert.convert_in_process(request, stop),
        )
        await self._look()
        if isinstance(made, JobCancelled):
            self.told.emit(
                self.tr("Converting {name} was stopped. Nothing was changed.").format(
                    name=info.card.name
                )
            )
        if not isinstance(made, Converted):
            return ""
        name = self._infos[made.card_id].card.name
        words = self.tr("{name} can be used now.").format(name=name)
        self.told.emit(" ".join([words, *made.notes]))
        return made.card_id

    async def _work(
        self, card_id: str, pull: Pull, make: Callable[[threading.Event], Iterator[object]]
    ) -> tuple[object, bool]:
        """Runs a long job on a model beside everything else.

        Args:
            card_id: The model.
            pull: Kept up to date.
            make: Given the stop flag, returns the job's events.

        Returns:
            The last event that is no progress, and whether the job was stopped.
        """
        self._pulls[card_id] = pull
        stop = self._begin(card_id)
        self.changed.emit()
        loop = asyncio.get_running_loop()

        def take(event: Progress) -> None:
            pull.add(event)
            self.progressed.emit(card_id)

        def run() -> object:
            last, name, found = 0.0, "", None
            for event in make(stop):
                if not isinstance(event, Progress):
                    found = event
                    continue
                now = time.monotonic()
                if now - last >= _TELL_SECONDS or event.text != name or event.done == event.total:
                    last, name = now, event.text
                    loop.call_soon_threadsafe(take, event)
            return found

        try:
            return await loop.run_in_executor(self._fetchers, run), stop.is_set()
        finally:
            self._pulls.pop(card_id, None)
            self._end(card_id)
            self.changed.emit()

    def cancel(self, card_id: str) -> None:
        """Stops fetching, converting or loading a model."""
        flag = self._flags.get(card_id)
        if flag is not None:
            self._cancelled.add(card_id)
            flag.set()
            self.changed.emit()

    # -- loading -----------------------------------------------------------------------

    async def load(self, card_id: str) -> None:
        """Loads a model into the engine process."""
        if card_id in self._loading:
            return
        self._loading.add(card_id)
        stop = self._begin(card_id)
        self.changed.emit()
        process = self._worker.process
        try:
            async for event in self._worker.stream(
                lambda flag: process.run(
                    f"{_HOST}:load", card_id, stop=flag, silence=engines.SLOW_SILENCE
                ),
                stop,
            ):
                self._reports[card_id] = event
        except InspectorError:
            # Loading cannot be interrupted: stopping it ends the process, which was the wish.
            if card_id not in self._cancelled:
                raise
        finally:
            self._loading.discard(card_id)
            self._end(card_id)
            self.changed.emit()
            if not self._closing:
                self.start(self.refresh_loaded())  # another one may have made room

    async def unload(self, card_id: str) -> None:
        """Frees a model."""
        process = self._worker.process
        if process.pid is not None:
            async for _ in self._worker.stream(
                lambda flag: process.run(f"{_HOST}:unload", card_id, stop=flag)
            ):
                pass
        await self.refresh_loaded()

    # -- folders and files -------------------------------------------------------------

    async def use_folder(self, card_id: str, folder: str) -> None:
        """Takes a model's files from a folder the user chose."""
        await self.unload_if_loaded(card_id)
        await self._change(lambda: models.use_folder(card_id, folder))

    async def forget_folder(self, card_id: str) -> None:
        """Forgets the folder the user chose; its files stay."""
        await self.unload_if_loaded(card_id)
        await self._change(lambda: models.forget_folder(card_id))

    async def add_folder(self, folder: str) -> Card:
        """Makes a card for a model folder; returns it."""
        card = await self._away(models.add_folder, folder)
        await self._look()
        return card

    async def remove(self, card_id: str) -> None:
        """Deletes what was fetched for a model."""
        info = self._infos.get(card_id)
        if info is None:
            return
        await self.unload_if_loaded(card_id)
        await self._change(lambda: models.remove(info.card))

    async def add_adapter(self, card_id: str, folder: str) -> None:
        """Adds an adapter and answers with it."""
        found = await self._away(adapters.add, folder, card_id)
        await self._look()
        if not found.trouble:
            self._choice.use_adapter(card_id, found.id)

    async def remove_adapter(self, card_id: str, adapter_id: str) -> None:
        """Removes an adapter; the base model answers if it was in use."""
        if self._choice.adapter(card_id) == adapter_id:
            self._choice.use_adapter(card_id, "")
        await self._change(lambda: adapters.remove(adapter_id))

    async def unload_if_loaded(self, card_id: str) -> None:
        """Frees a model whose files are about to change."""
        if card_id in self._reports:
            await self.unload(card_id)

    async def close(self) -> None:
        """Stops everything and waits for it."""
        self._closing = True
        for flag in self._flags.values():
            flag.set()
        await super().close()
        self._fetchers.shutdown(wait=True, cancel_futures=True)

    # -- inside ------------------------------------------------------------------------

    async def _change(self, action: Callable[[], object]) -> None:
        await self._away(action)
        await self._look()

    def _begin(self, card_id: str) -> threading.Event:
        flag = self._flags[card_id] = self._new_stop()
        return flag

    def _end(self, card_id: str) -> None:
        self._cancelled.discard(card_id)
        self._done(self._flags.pop(card_id))


def _look(chosen: str) -> tuple[list[ModelInfo], tuple[str, ...]]:
    """Reads cards, files and adapters; runs on another thread.

    Returns:
        The models, and one line for each card of the user's that cannot be used.
    """
    shown = engines.cards()
    if all(card.id != chosen for card in shown):  # a hidden one, chosen by name
        shown = [*shown, *(card for card in engines.cards(hidden=True) if card.id == chosen)]
    return [_info(card) for card in shown], models.troubles()


def _info(card: Card) -> ModelInfo:
    return ModelInfo(
        card,
        models.state(card),
        models.need(card),
        models.is_language(card),
        str(models.folder(card) or ""),
        adapters=tuple(adapters.adapters(card.id)) if card.capabilities.adapters else (),
        convertible=models.convertible(card),
    )
