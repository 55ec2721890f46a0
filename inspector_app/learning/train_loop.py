"""A run from prepared lessons to the best adapter: steps, validation, pause, stop, early end."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.training import (
    CheckpointSaved,
    RunPaused,
    RunStarted,
    StepDone,
    TrainConfig,
    TrainEvent,
    Validated,
)
from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.encode import Encoded, collate
from inspector_app.learning.predictions import predict
from inspector_app.learning.run_folder import RunFolder, RunState
from inspector_app.learning.student import Student
from inspector_app.learning.train_machine import RunMachine
from inspector_app.learning.trainer import Run, make_trainer

_WINDOW = 20  # steps that speed is told over
_POLL = 0.2  # seconds between looks at the pause flag
# Of a configuration, what a run's course does not depend on.
_FREE = ("name", "source", "out", "licence", "predict", "save_every")


class Outcome:
    """How a run ended.

    Attributes:
        step: Its last step.
        stopped: A person stopped it.
        early: Validation got no better.
        state: What it knows of itself.
        weights: Folder of the adapter with the lowest validation loss, or of the last one.
    """

    def __init__(self, step: int, stopped: bool, early: bool, state: RunState, weights: Path):
        self.step, self.stopped, self.early = step, stopped, early
        self.state, self.weights = state, weights


def learn(
    config: TrainConfig,
    student: Student,
    machine: RunMachine,
    lessons: Sequence[Encoded],
    validation: Sequence[Encoded],
    notes: Sequence[str],
    emit: Callable[[TrainEvent], None],
    stop: StopFlag,
    pause: StopFlag,
    resume: bool,
) -> Outcome:
    """Trains.

    Args:
        config: Of the run.
        student: Learns.
        machine: Where.
        lessons: Learned from.
        validation: Measured on; may be empty.
        notes: For the first event.
        emit: Gets the events.
        stop: Ends the run after the step under way, with a checkpoint; before the first step
            without one.
        pause: Holds it between two steps as long as it is set.
        resume: Go on from the last checkpoint of the folder, if there is one.

    Raises:
        BadInputError: There is a run in the folder already, or it is not this one.
        EngineError: The loss is no number any more.
    """
    from accelerate import PartialState
    from accelerate.state import AcceleratorState, GradientState

    AcceleratorState._reset_state()  # of an earlier run of this process, in another precision
    GradientState._reset_state()
    place = PartialState(cpu=not machine.cuda)
    folder = RunFolder(Path(config.out))
    state = RunState(fingerprint=_fingerprint(config, machine, lessons, place.num_processes))
    first, checkpoint = 0, None
    done = folder.checkpoints()
    if done and not resume:
        raise BadInputError(
            f"There is a run in {folder.path} already, at step {done[-1][0]}.",
            "Add --resume to go on with it, or name another folder under `out`.",
        )
    if done:
        first, checkpoint = done[-1]
        before = folder.state(checkpoint)
        if before.fingerprint != state.fingerprint:
            raise BadInputError(
                f"The run in {folder.path} was made with other settings, data or devices.",
                "Set them as they were, or name another folder under `out`.",
            )
        state = before
    if place.is_main_process:
        folder.begin_log(first)

    def tell(event: TrainEvent) -> None:
        if place.is_main_process:
            emit(event)

    run = Run(
        config, student, machine, lessons, validation, folder, state, tell,
        processes=place.num_processes,
    )  # fmt: skip
    watch = _make_watch(run, stop, pause, first)
    trainer = make_trainer(run, watch.validate, watch)
    trainable = sum(weight.numel() for weight in student.peft.parameters() if weight.requires_grad)
    tell(
        RunStarted(
            str(folder.path), run.steps, first, len(lessons), len(validation), trainable,
            f"cuda ({machine.gpu})" if machine.cuda else "cpu",
            machine.report.quantisation or machine.report.dtype, tuple(notes),
        )
    )  # fmt: skip
    if first < run.steps and not watch.early:
        if _any(stop.is_set(), run):  # what was learned so far is no result
            return Outcome(first, True, False, state, folder.best(state.best_step))
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    elif checkpoint is not None:
        student.restore(checkpoint)
    place.wait_for_everyone()
    watch.count_time()
    weights = folder.best(state.best_step)
    if not weights.is_dir() and place.is_main_process:
        with folder.making("last") as part:
            student.save(part)
        weights = folder.path / "last"
    return Outcome(watch.step, watch.stopped, watch.early, state, weights)


def _make_watch(run: Run, stop: StopFlag, pause: StopFlag, first: int) -> Any:
    import transformers

    class Watch(transformers.TrainerCallback):
        """Told of every step by the trainer; tells events, and decides what comes next."""

        def __init__(self) -> None:
            self.step = first
            self.stopped = False
            self.early = _is_over(run)
            self._begun = time.monotonic()
            self._times: deque[float] = deque([time.monotonic()], maxlen=_WINDOW + 1)

        def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:
            if not first and run.validation:
                self._measure(0)
            self._times.clear()
            self._times.append(time.monotonic())

        def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
            self.step = step = state.global_step
            self.count_time()
            last = step >= run.steps
            due = run.config.evaluate_every and step % run.config.evaluate_every == 0
            if run.validation and (due or last):
                control.should_evaluate = True
            if step % run.config.save_every == 0 or last:
                control.should_save = True
            if not last and self._asked_to_stop():
                self.stopped = True
                control.should_save = control.should_training_stop = True

        def on_log(
            self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any
        ) -> None:
            if not logs or "loss" not in logs:
                return
            loss = float(logs["loss"])
            if not math.isfinite(loss):
                raise EngineError(
                    f"The loss is no number any more at step {state.global_step}.",
                    "Lower schedule.rate, or choose another precision than float16.",
                )
            self._times.append(time.monotonic())
            steps = len(self._times) - 1
            a_step = (self._times[-1] - self._times[0]) / steps if steps else 0.0
            size = run.config.batch * run.config.accumulation * run.processes
            run.emit(
                StepDone(
                    state.global_step,
                    run.steps,
                    loss,
                    float(logs["learning_rate"]),
                    size / a_step if a_step else 0.0,
                    _memory(run.machine),
                    a_step * (run.steps - state.global_step),
                )
            )

        def on_save(self, args: Any, state: Any, control: Any, **more: Any) -> None:
            path = run.folder.path / f"checkpoint-{state.global_step}"
            run.emit(CheckpointSaved(state.global_step, str(path)))

        def validate(self, trainer: Any) -> float:
            """Measures; saves what is best, ends what gets no better."""
            loss = self._measure(trainer.state.global_step)
            self.count_time()
            trainer.control.should_evaluate = False
            trainer.control.should_save = True  # the best weights and the state that names them
            if _is_over(run) and trainer.state.global_step < run.steps:
                self.early = True
                trainer.control.should_training_stop = True
            return loss

        def count_time(self) -> None:
            """Adds the time since the last call to the run's."""
            now = time.monotonic()
            run.state.seconds += now - self._begun
            self._begun = now

        def _measure(self, step: int) -> float:
            loss = validation_loss(run.student, run.validation, run.config.batch)
            state = run.state
            best = state.best_loss is None or loss < state.best_loss
            if step == 0:  # nothing is learned yet, so these weights are no candidate
                state.first_loss = loss
            elif best:
                state.best_loss, state.best_step, state.misses = loss, step, 0
                _save_best(run, step)
            else:
                state.misses += 1
            run.emit(Validated(step, loss, best))
            for lesson in run.validation[: run.config.predict]:
                if _is_first():
                    run.emit(predict(run.student, lesson, step))
            return loss

        def _asked_to_stop(self) -> bool:
            """Waits while paused; whether to stop is agreed on by all processes."""
            told = False
            while pause.is_set() and not stop.is_set():
                if not told:
                    run.emit(RunPaused(self.step))
                    told = True
                time.sleep(_POLL)
            if told:
                self._times.clear()
                self._times.append(time.monotonic())
            return _any(stop.is_set(), run)

    return Watch()


def validation_loss(student: Student, lessons: Sequence[Encoded], batch: int) -> float:
    """Mean negative log-likelihood of all answer tokens, in nats; every process takes its share."""
    import torch
    from accelerate import PartialState
    from accelerate.utils import reduce

    place = PartialState()
    network = student.network
    training = network.training
    network.eval()
    device = student.model.decoder.device
    sums = torch.zeros(2, dtype=torch.float64, device=device)
    mine = sorted(lessons, key=len)[place.process_index :: place.num_processes]
    with torch.no_grad():
        for start in range(0, len(mine), batch):
            inputs = collate(student, mine[start : start + batch])
            inputs = {name: tensor.to(device) for name, tensor in inputs.items()}
            sums[0] += network(**inputs)
            sums[1] += (inputs["labels"][:, 1:] != IGNORED).sum()
    if place.num_processes > 1:
        sums = reduce(sums.float(), "sum")
    network.train(training)
    return float(sums[0] / sums[1])


def _save_best(run: Run, step: int) -> None:
    if _is_first():
        with run.folder.making(f"best-{step}") as part:
            run.student.save(part)


def _is_over(run: Run) -> bool:
    return bool(run.config.patience) and run.state.misses >= run.config.patience


def _is_first() -> bool:
    from accelerate import PartialState

    return PartialState().is_main_process


def _any(flag: bool, run: Run) -> bool:
    if run.processes == 1:
        return flag
    import torch
    from accelerate.utils import reduce

    device = run.student.model.decoder.device
    total: Any = reduce(torch.tensor([float(flag)], device=device), "sum")
    return bool(total.item())


def _memory(machine: RunMachine) -> int:
    """MB taken by this process, on the GPU if it runs there."""
    import psutil
    import torch

    if machine.cuda:
        return torch.cuda.max_memory_reserved() // 1_000_000
    return psutil.Process().memory_info().rss // 1_000_000


def _fingerprint(
    config: TrainConfig, machine: RunMachine, lessons: Sequence[Encoded], processes: int
) -> str:
    """Hash of what the course of a run depends on."""
    settings = {key: value for key, value in asdict(config).items() if key not in _FREE}
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    digest.update(f"{machine.report.dtype} {machine.optimiser} {processes}".encode())
    for lesson in lessons:
        digest.update(repr((lesson.ids, lesson.lesson.sample.images)).encode())
    return digest.hexdigest()
