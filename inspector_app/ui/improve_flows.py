"""What people do on the Improve page: check data, train, evaluate, judge, decide; none blocks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.errors import InspectorError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.improving import COMPARE, DATA, DONE, TRAIN, Improvement
from inspector_app.domain.judging import Match, Standing
from inspector_app.domain.training import (
    DataSource,
    RunFinished,
    RunPaused,
    RunStarted,
    StepDone,
    TrainConfig,
    TrainEvent,
)
from inspector_app.services import (
    engines,
    improve,
    improve_data,
    judging,
    run_evaluation,
    train,
)
from inspector_app.services.improve_data import DataLook
from inspector_app.ui.busy import Busy
from inspector_app.ui.document_words import language
from inspector_app.ui.improve_jobs import ImproveJobs
from inspector_app.ui.improve_state import RUNNING, Phase, Round
from inspector_app.ui.model_flows import ModelFlows
from inspector_app.ui.session import Session
from inspector_app.ui.worker import Worker

# How long closing waits: a step takes minutes on a processor, other jobs end at once.
_STEP_SECONDS, _JOB_SECONDS = 660.0, 15.0


class ImproveFlows(ImproveJobs):
    """Keeps the rounds, and runs one job at a time in a process of its own."""

    event_told = Signal(object)  # TrainEvent of the round on show

    def __init__(
        self, session: Session, models: ModelFlows, worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._models = session, models
        self._window_worker = worker  # holds the engines that answer
        self._rounds: list[Round] = []
        self.current = Round()
        self._pause: train.FlagFile | None = None

    # -- rounds ------------------------------------------------------------------------

    def rounds(self) -> list[Round]:
        """Returns all stored rounds, the newest first."""
        return list(self._rounds)

    async def refresh(self) -> None:
        """Reads what is stored; what is known of rounds stays."""
        found = await self._away(improve.improvements)
        known = {each.stored.id: each for each in self._rounds if each.stored is not None}
        fresh = self.current.stored is None and not self._rounds and self.busy is None
        self._rounds = [known.get(each.id) or Round(each) for each in found]
        if fresh and self._rounds and self._rounds[0].step != DONE:
            await self.open(self._rounds[0])  # go on where it was left
        self.changed.emit()

    def begin_new(self) -> None:
        """Shows an empty round."""
        self.current = self.busy if self.busy is not None and not self.busy.stored else Round()
        self.changed.emit()

    async def open(self, chosen: Round) -> None:
        """Shows a round, with what its run and its evaluations left."""
        self.current = chosen
        self.changed.emit()
        stored = chosen.stored
        if stored is None or chosen is self.busy:
            return
        if stored.run and not chosen.events:
            chosen.events = await self._away(train.read_log, stored.run)
        last = chosen.events[-1] if chosen.events else None
        if isinstance(last, RunFinished) and not stored.adapter:
            # The window was closed before it heard of the end.
            stored = chosen.stored = improve.keep(replace(stored, adapter=last.adapter))
        if stored.checked and chosen.config is None:
            try:
                chosen.config = await self._away(improve_data.settings, stored)
            except InspectorError as error:
                if stored.step == TRAIN:
                    self._fail(chosen, Phase.LOADING, error)
        if stored.first and stored.second and chosen.comparison is None:
            await self._compare(chosen)
        self.changed.emit()

    async def remove(self, chosen: Round) -> None:
        """Deletes a round with its run."""
        if chosen.stored is None or chosen is self.busy:
            return
        await self._away(improve.remove, chosen.stored)
        self._rounds.remove(chosen)
        if chosen is self.current:
            self.current = Round()
        self.changed.emit()

    def back_to(self, step: str) -> None:
        """Takes the round on show back to a step."""
        shown = self.current
        if shown.stored is None or self.busy is shown:
            return
        if step in (DATA, TRAIN):
            shown.events, shown.config = [], shown.config if step == TRAIN else None
            shown.stored = improve_data.forget_run(shown.stored)
        shown.stored = improve.keep(shown.stored.back_to(step))
        shown.comparison, shown.standings, shown.trouble = None, (), None
        self.changed.emit()

    # -- 1. data -----------------------------------------------------------------------

    async def check(
        self,
        name: str,
        base: str,
        sources: Sequence[DataSource],
        preset: str,
        test: tuple[str, str, str],
    ) -> None:
        """Begins the round, or begins it anew, and looks at its data.

        Args:
            name: Of the adapter.
            base: Card id.
            sources: Learned from.
            preset: Its name, empty for none.
            test: Manifest, split and task of the test set.
        """
        shown = self.current
        if self.busy is not None:
            return
        current = self._session.choice.adapter(base)
        if shown.stored is None:
            shown.stored = improve.begin(name, base, current, sources, preset)
            self._rounds.insert(0, shown)
        else:
            made = shown.stored.back_to(DATA)
            made = replace(
                made, name=name, base=base, current=current, sources=tuple(sources), preset=preset
            )
            shown.stored = improve.keep(made)
        stored, language = shown.stored, self._session.language
        shown.look, shown.config = None, None
        with self._job(shown, Phase.CHECKING):
            async for event in self._run(
                shown, lambda stop: improve_data.look_in_process(stored, *test, language, stop)
            ):
                if isinstance(event, DataLook):
                    shown.look = event
            found = shown.look
            if found is not None:
                made = replace(stored, frozen=found.frozen, checked=found.ready)
                shown.stored = improve.keep(made)
                if found.ready:
                    shown.config = await self._away(improve_data.settings, shown.stored)

    # -- 2. train ----------------------------------------------------------------------

    async def train(self, changes: dict[str, object], *, resume: bool) -> None:
        """Trains; a run that is resumed keeps the settings it began with."""
        shown = self.current
        if shown.stored is None or self.busy is not None:
            return
        with self._job(shown, Phase.LOADING):
            config = await self._away(self._configure, shown.stored, changes, resume)
            shown.config = config
            shown.stored = improve.keep(replace(shown.stored, run=config.out))
            if not resume:
                shown.events = []
            self._pause = train.FlagFile(Path(config.out).with_name("pause"))
            self._pause.clear()
            pause = self._pause
            await self._free_memory()
            async for event in self._run(
                shown, lambda stop: train.train_in_process(config, stop, pause, resume)
            ):
                self._take(shown, event)
        if shown.stored.adapter:
            await self._models.refresh()

    def _configure(
        self, stored: Improvement, changes: dict[str, object], resume: bool
    ) -> TrainConfig:
        path = improve.config_path(stored)
        if resume:
            return train.read_config(path, resume=True)
        config = improve_data.change_settings(stored, changes)
        improve_data.forget_run(stored)
        return config

    def _take(self, shown: Round, event: TrainEvent) -> None:
        if isinstance(event, RunStarted) and event.first:
            # What came after the checkpoint comes again.
            shown.events = [e for e in shown.events if getattr(e, "step", 0) <= event.first]
        shown.events.append(event)
        if isinstance(event, RunFinished) and shown.stored is not None:
            shown.stored = improve.keep(replace(shown.stored, adapter=event.adapter))
        if shown.phase is not Phase.STOPPING:
            phase = shown.phase
            if isinstance(event, RunPaused):
                phase = Phase.PAUSED
            elif isinstance(event, RunStarted | StepDone):
                phase = Phase.TRAINING
            if phase is not shown.phase:
                shown.phase = phase
                self.changed.emit()
        if isinstance(event, StepDone):
            self.busy_changed.emit(
                Busy(self._job_words(shown), event.step, event.steps, event.eta_seconds, None, True)
            )
        if shown is self.current:
            self.event_told.emit(event)

    def pause(self) -> None:
        """Holds the run between two steps."""
        if self._pause is not None:
            self._pause.set()
            self.changed.emit()

    def go_on(self) -> None:
        """Lets a paused run go on."""
        if self._pause is not None:
            self._pause.clear()
            self.changed.emit()

    @property
    def is_pausing(self) -> bool:
        """Whether the run was told to hold."""
        return self._pause is not None and self._pause.is_set()

    def halt(self) -> None:
        """Stops the job under way; a run can be resumed."""
        if self.busy is not None and self._stop is not None:
            for stop in self._stops:
                stop.set()
            if self._pause is not None:
                self._pause.clear()
            self.busy.phase = Phase.STOPPING if self.busy.phase in RUNNING else self.busy.phase
            self.changed.emit()

    # -- 3. evaluate -------------------------------------------------------------------

    async def evaluate(self) -> None:
        """Measures both adapters; one that was measured already is not measured again."""
        shown = self.current
        if shown.stored is None or self.busy is not None:
            return
        with self._job(shown, Phase.EVALUATING):
            requests = await self._away(improve.requests, shown.stored)
            await self._free_memory()
            for place, request in enumerate(requests):
                if shown.stored.second if place else shown.stored.first:
                    continue
                found = shown.progress = None
                self.changed.emit()
                async for event in self._run(
                    shown,
                    lambda stop, request=request: run_evaluation.evaluate_in_process(request, stop),
                ):
                    found = event if isinstance(event, Evaluation) else found
                if found is None:
                    return
                shown.stored = improve.keep_evaluation(shown.stored, found)
            await self._compare(shown)

    async def _compare(self, shown: Round) -> None:
        stored = shown.stored
        assert stored is not None
        try:
            shown.comparison = await self._away(improve.comparison, stored, language())
            if stored.step == COMPARE:
                shown.stored, _ = await self._away(improve.begin_match, stored)
            shown.standings = await self._away(self._read_standings, shown.stored)
        except InspectorError as error:
            self._fail(shown, Phase.EVALUATING, error)

    # -- 4. compare --------------------------------------------------------------------

    @staticmethod
    def _read_standings(stored: Improvement) -> tuple[Standing, ...]:
        found = match_of(stored)
        return judging.standings(found) if found is not None else ()

    async def look_at_votes(self) -> None:
        """Reads anew what judges say."""
        if self.current.stored is not None:
            self.current.standings = await self._away(self._read_standings, self.current.stored)
            self.changed.emit()

    async def judge(self, engine_id: str) -> None:
        """Lets a loaded language model judge."""
        shown = self.current
        match = match_of(shown.stored) if shown.stored is not None else None
        if match is None or self.busy is not None:
            return
        worker, language = self._window_worker, self._session.language
        engine = engines.in_process(engine_id, worker.process)
        with self._job(shown, Phase.JUDGING):
            async for _ in self._run(
                shown,
                lambda stop: judging.judge_by_model(match, engine, stop, language),
                worker,
            ):
                pass
        await self.look_at_votes()

    # -- 5. decide ---------------------------------------------------------------------

    def decide(self, *, promote: bool) -> None:
        """Ends the round; the adapter that was decided for answers from now on."""
        shown = self.current
        if shown.stored is None:
            return
        shown.stored, adapter = improve.decide(shown.stored, promote=promote)
        self._session.choice.use(shown.stored.base, adapter)
        self.changed.emit()

    async def _free_memory(self) -> None:
        """Two copies of a model rarely fit: what the window holds is given back first."""
        for view in self._models.views():
            if view.report is not None:
                await self._models.unload(view.info.card.id)

    async def close(self) -> None:
        """Ends the job in good order: a run finishes its step and saves it."""
        patience = _STEP_SECONDS if self.is_training else _JOB_SECONDS
        self.halt()
        self.stop()
        if tasks := list(self._tasks):
            await asyncio.wait(tasks, timeout=patience)
        await super().close()
        if self._worker is not None:
            self._worker.close()


def match_of(stored: Improvement) -> Match | None:
    """Returns the blind comparison of a round."""
    return next((each for each in judging.matches() if each.id == stored.match), None)
