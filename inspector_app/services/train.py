"""Fine-tuning from a configuration to an adapter in the model manager, as a stream of events."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, EngineError, EngineLostError, InspectorError
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Concern, Lesson, Pick
from inspector_app.domain.training import RunFinished, RunStopped, TrainConfig, TrainEvent
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.files import model_folder
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.process import EngineProcess, Patience
from inspector_app.engines.versions import versions
from inspector_app.learning.encode import Draft, Encoded, encode
from inspector_app.learning.pump import pumped
from inspector_app.learning.run_folder import RunFolder
from inspector_app.learning.student import Student
from inspector_app.learning.templates import lesson_rng, make_lesson
from inspector_app.learning.train_config import ConfigError, presets, read_config
from inspector_app.learning.train_log import record_of
from inspector_app.learning.train_loop import learn
from inspector_app.learning.train_machine import RunMachine, choose_machine
from inspector_app.services import training_data

__all__ = [
    "ConfigError",
    "FlagFile",
    "presets",
    "read_config",
    "read_log",
    "run_prepared",
    "run_training",
    "train_in_process",
]

_LIBRARIES = ("torch", "transformers", "peft", "trl", "accelerate", "bitsandbytes")

# A step takes minutes on a processor, and after Stop it is still finished and saved.
_PATIENCE = Patience(stop=600.0)
_SILENCE = 86_400.0  # a pause says nothing either


@dataclass(frozen=True, slots=True)
class Prepared:
    """Data of a run, read and split.

    Attributes:
        lessons: Learned from.
        validation: Measured on.
        data: In words, for the card of the adapter.
        notes: What is to be said of them.
    """

    lessons: Sequence[Draft]
    validation: Sequence[Draft]
    data: str = ""
    notes: tuple[str, ...] = ()


class FlagFile:
    """A flag that another process sees: it is set while a file is there.

    Args:
        path: The file; its folder is made when the flag is set.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def set(self) -> None:
        """Sets it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()

    def clear(self) -> None:
        """Takes it back."""
        self._path.unlink(missing_ok=True)

    def is_set(self) -> bool:
        """Whether it is set."""
        return self._path.exists()


def run_prepared(
    config: TrainConfig,
    prepared: Prepared,
    stop: StopFlag,
    pause: StopFlag,
    resume: bool = False,
) -> Iterator[TrainEvent]:
    """Trains; what it tells is also in the log of the run's folder.

    Args:
        config: Read and checked.
        prepared: The data.
        stop: Ends it after the step under way; `resume` goes on from there.
        pause: Holds it between two steps.
        resume: Go on from the last checkpoint.

    Raises:
        InspectorError: Data, model or folder cannot be used, or training failed.
    """
    ended = _Either(stop)

    def work(report: Callable[[TrainEvent], None]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # trl, transformers and peft warn about each other
            _train(config, prepared, ended, pause, resume, report)

    folder = RunFolder(Path(config.out))
    events = pumped(work)
    try:
        for event in events:
            folder.append(event)
            yield event
    except BaseException:  # the caller walked away, or the log cannot be written
        ended.set()
        events.close()  # which waits for the end of the step under way
        raise


def run_training(
    config: TrainConfig, stop: StopFlag, pause: StopFlag, resume: bool = False
) -> Iterator[TrainEvent]:
    """Reads the data as the configuration says and trains; see `run_prepared`."""
    prepared = prepare(config, stop)
    if prepared is None:
        yield _stopped(config, 0)
    else:
        yield from run_prepared(config, prepared, stop, pause, resume)


def train_in_process(
    config: TrainConfig, stop: StopFlag, pause: FlagFile, resume: bool = False
) -> Iterator[TrainEvent]:
    """Trains in a process of its own, which ends with the run; see `run_training`.

    Raises:
        InspectorError: As `run_training`; or the process was lost. The last checkpoint is there.
    """
    process = EngineProcess(_PATIENCE)
    try:
        yield from process.run(
            "inspector_app.services.train:job", config, pause, resume, stop=stop, silence=_SILENCE
        )
    except EngineLostError as error:
        lost = EngineLostError(error.what, "Free memory and resume the run from its checkpoint.")
        for note in getattr(error, "__notes__", ()):
            lost.add_note(note)
        raise lost from error
    finally:
        process.close()


def job(config: TrainConfig, pause: StopFlag, resume: bool, stop: StopFlag) -> Iterator[TrainEvent]:
    """`run_training` as the process calls it."""
    return run_training(config, stop, pause, resume)


def prepare(config: TrainConfig, stop: StopFlag) -> Prepared | None:
    """Reads and checks the data of a run; None when it was stopped.

    Raises:
        BadInputError: A data set is broken, or holds what cannot be learned from; all is told.
    """
    data = training_data.load(config, stop=stop)
    concerns = training_data.check_data(config, data, training_data.count_tokens(config), stop=stop)
    if stop.is_set():
        return None
    told = [concern_text(concern) for concern in concerns]
    if any(concern.severity == "error" for concern in concerns):
        errors = [
            text
            for text, concern in zip(told, concerns, strict=True)
            if concern.severity == "error"
        ]
        raise BadInputError("\n".join(("The data cannot be learned from:", *errors)))
    dialect = registry.card(config.base).dialect

    def draft(pick: Pick) -> Draft:
        def make(seen: SeenImage | None) -> Lesson:
            # Its words stay the same in every pass, so that a run can go on where it was.
            rng = lesson_rng(config.seed, 0, pick.sample)
            return make_lesson(pick.sample, pick.template, dialect, seen, rng)

        return Draft(pick.sample, make, pick.share)

    names = ", ".join(Path(source.path).name for source in config.data)
    held = f"; {len(data.validation)} measured on" if data.validation else ""
    return Prepared(
        [draft(pick) for pick in data.train],
        [draft(pick) for pick in data.validation],
        f"{names}: {len(data.train)} samples{held}",
        tuple(told),
    )


def draw_sheet(config: TrainConfig, path: str | Path) -> None:
    """Draws samples of a run as its model will see them; see `training_data.draw_sheet`."""
    training_data.draw_sheet(config, training_data.load(config), Path(path))


def concern_text(concern: Concern) -> str:
    """A concern in one line."""
    where = f" ({', '.join(concern.where)})" if concern.where else ""
    return f"{concern.severity}: {concern.what}{where}"


def event_record(event: TrainEvent) -> dict[str, Any]:
    """An event as one JSON object."""
    return record_of(event)


def machine_notes(config: TrainConfig) -> tuple[str, ...]:
    """What will not be as the configuration says, on this computer."""
    card = registry.card(config.base)
    folder = model_folder(card)
    return choose_machine(config, card, folder).notes if folder is not None else ()


def read_log(folder: str | Path) -> list[TrainEvent]:
    """Returns the events of a run, for its curves; empty if there was none."""
    path = Path(folder)
    return RunFolder(path).log() if path.is_dir() else []


def is_first_process() -> bool:
    """Whether this process tells what happens, where `accelerate launch` started several."""
    return os.environ.get("RANK", "0") == "0"


class _Either:
    """Set when the caller's flag is, or by us when the caller walked away."""

    def __init__(self, other: StopFlag) -> None:
        self._other, self._own = other, False

    def set(self) -> None:
        self._own = True

    def is_set(self) -> bool:
        return self._own or self._other.is_set()


def _train(
    config: TrainConfig,
    prepared: Prepared,
    stop: StopFlag,
    pause: StopFlag,
    resume: bool,
    report: Callable[[TrainEvent], None],
) -> None:
    card = registry.card(config.base)
    folder = model_folder(card)
    engine = registry.create(card.id)
    if folder is None or not isinstance(engine, LanguageEngine):
        raise EngineError(
            f"{card.name} is not on this computer.", f"Fetch it: inspector models pull {card.id}"
        )
    machine = choose_machine(config, card, folder)
    student = _student(config, engine, folder, machine)
    if config.start_from:
        student.restore(Path(adapter_store.find(card.id, config.start_from).path))
    notes = [*machine.notes, *prepared.notes]
    lessons = _encoded(student, prepared.lessons, config, notes)
    validation = _encoded(student, prepared.validation, config, notes)
    if not lessons:
        raise BadInputError(
            "Nothing is left to learn from.", "Look at the data; raise length if all are too long."
        )
    done = learn(config, student, machine, lessons, validation, notes, report, stop, pause, resume)
    if not is_first_process():
        return
    if done.stopped:
        report(_stopped(config, done.step))
        return
    adapter = _publish(config, done.weights, done.state.first_loss, done.state.best_loss, prepared)
    report(
        RunFinished(
            adapter.id,
            adapter.path,
            done.step,
            done.state.best_step or done.step,
            done.state.first_loss,
            done.state.best_loss,
            done.state.seconds,
            done.early,
        )
    )


def _stopped(config: TrainConfig, step: int) -> RunStopped:
    path = Path(config.out)
    steps = RunFolder(path).checkpoints() if path.is_dir() else []
    return RunStopped(max(step, steps[-1][0]), str(steps[-1][1])) if steps else RunStopped(step, "")


def _student(
    config: TrainConfig, engine: LanguageEngine, folder: Path, machine: RunMachine
) -> Student:
    if engine.card.kind == "minigpt-v2":
        from inspector_app.learning.lora_minigpt import MiniGPTStudent as Kind
    else:
        from inspector_app.learning.lora_qwen import QwenStudent as Kind
    return Kind(config, engine.card, engine, folder, machine)


def _encoded(
    student: Student, drafts: Sequence[Draft], config: TrainConfig, notes: list[str]
) -> list[Encoded]:
    found: list[Encoded] = []
    longest = 0
    too_long: list[str] = []
    broken: list[str] = []
    for draft in drafts:
        try:
            lesson = encode(student, draft)
        except InspectorError as error:
            broken.append(f"{draft.sample.source or draft.sample.images}: {error.what}")
            continue
        if len(lesson) > config.length:
            too_long.append(draft.sample.source)
            longest = max(longest, len(lesson))
        else:
            found.append(lesson)
    if too_long:
        notes.append(
            f"{len(too_long)} of {len(drafts)} samples are longer than {config.length} tokens "
            f"(up to {longest}) and left out, for instance {too_long[0]}; an image is never cut."
        )
    if broken:
        notes.append(f"{len(broken)} of {len(drafts)} samples were left out: {broken[0]}")
    return found


def _publish(
    config: TrainConfig,
    weights: Path,
    first: float | None,
    best: float | None,
    prepared: Prepared,
) -> AdapterCard:
    """Puts the adapter into the model manager."""
    card = registry.card(config.base)
    metrics = (("validation_loss_before", first), ("validation_loss", best))
    told = AdapterCard(
        config.name,
        config.name,
        card.id,
        versions=versions(_LIBRARIES),
        data=prepared.data,
        metrics=tuple((name, round(value, 6)) for name, value in metrics if value is not None),
        licence=config.licence,
        path=str(weights),
    )
    adapter_store.write_card(told)
    for adapter in adapter_store.adapters(card.id):
        same = adapter.name == config.name and not adapter_store.verify(adapter)
        if same and adapter.sha256 == adapter_store.weights_hash(weights):
            return adapter  # this run was finished before
    return adapter_store.add(weights, card.id, config.name)
