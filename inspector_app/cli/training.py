"""inspector train: a configuration becomes an adapter."""

from __future__ import annotations

import argparse
import threading

from inspector_app.cli.console import emit, say, stop_on_interrupt, warn
from inspector_app.domain.training import (
    CheckpointSaved,
    Predicted,
    RunFinished,
    RunPaused,
    RunStarted,
    RunStopped,
    StepDone,
    TrainConfig,
    TrainEvent,
    Validated,
)


def add_parser(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("config", metavar="CONFIG.yaml", help="see section 15 of the guide")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--check", action="store_true", help="look at settings and data, then end")
    parser.add_argument(
        "--sheet", metavar="OUT.png|OUT.pdf", help="draw samples as the model will see them"
    )
    parser.add_argument("--json", action="store_true", help="events, one object a line")
    parser.set_defaults(run=train)


def train(options: argparse.Namespace) -> int:
    """Fine-tunes a model."""
    from inspector_app.services import train as service

    config = service.read_config(options.config, resume=options.resume)
    if options.sheet:
        service.draw_sheet(config, options.sheet)
        say(options.sheet)
        return 0
    if options.check:
        return _check(config)
    with stop_on_interrupt() as stop:
        for event in service.run_training(config, stop, threading.Event(), options.resume):
            if options.json:
                emit(service.event_record(event))
            _tell(event, options.config, quiet=options.json)
            if isinstance(event, RunStopped):
                return 1
    return 0


def _check(config: TrainConfig) -> int:
    from inspector_app.services import train as service

    with stop_on_interrupt() as stop:
        prepared = service.prepare(config, stop)
    if prepared is None:
        warn("Stopped before all data were looked at.")
        return 1
    for note in (*service.machine_notes(config), *prepared.notes):
        warn(note)
    say(f"{config.name}: {prepared.data}; the run can begin.")
    return 0


def _tell(event: TrainEvent, config: str, *, quiet: bool) -> None:
    match event:
        case RunStarted():
            for note in event.notes:
                warn(note)
            warn(
                f"{event.samples} samples, {event.validated} measured on, {event.trainable:,} "
                f"values learned, {event.steps} steps on {event.device} in {event.precision}; "
                f"folder {event.out}"
            )
        case StepDone():
            warn(
                f"step {event.step}/{event.steps} loss {event.loss:.4f} rate {event.rate:.3g} "
                f"{event.samples_per_second:.2f} samples/s {event.memory_mb} MB "
                f"{_time(event.eta_seconds)} left"
            )
        case Validated():
            mark = " (lowest so far)" if event.best else ""
            warn(f"validation at step {event.step}: loss {event.loss:.4f}{mark}")
        case Predicted():
            warn(f"asked {event.question!r}: {event.answer!r}, right is {event.wanted!r}")
        case CheckpointSaved():
            warn(f"saved {event.path}")
        case RunPaused():
            warn(f"paused after step {event.step}")
        case RunStopped():
            warn(f"Stopped after step {event.step}. Go on with: inspector train {config} --resume")
        case RunFinished() if not quiet:
            ended = " (ended early: validation got no better)" if event.early else ""
            loss = ""
            if event.first_loss is not None and event.best_loss is not None:
                loss = f", validation loss {event.first_loss:.4f} -> {event.best_loss:.4f}"
            say(
                f"{event.adapter}: weights of step {event.best_step} of {event.step}{loss}, "
                f"{_time(event.seconds)}{ended}"
            )
        case _:
            pass


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
