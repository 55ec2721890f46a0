"""Runs that end before they are over publish nothing."""

from __future__ import annotations

import errno
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.cli.main import run
from inspector_app.domain.errors import StoreError
from inspector_app.domain.training import RunFinished, RunStarted, RunStopped, StepDone
from inspector_app.engines import adapter_store
from inspector_app.learning.run_folder import RunFolder
from inspector_app.services.train import read_config, run_training

from .conftest import Told

# peft warns about transformers where a student is made outside a run.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")


class StopAt:
    """A flag that is set from the nth look at it."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_stopped_before_the_first_step(
    small: str, make_config: Any, train: Any, drafts: Any
) -> None:
    stop = threading.Event()
    stop.set()
    config = make_config(small, 4, save_every=2)
    told = train(config, drafts, drafts, stop=stop)
    assert told[-1] == RunStopped(0, "")
    assert not told.of(RunFinished)
    assert not adapter_store.adapters(small)
    assert not (Path(config.out) / "last").exists()

    halfway = threading.Event()

    def stop_at_two(event: Any) -> None:
        if isinstance(event, StepDone) and event.step == 2:
            halfway.set()

    first = train(config, drafts, drafts, stop=halfway, on_event=stop_at_two, resume=True)
    again = train(config, drafts, drafts, stop=stop, resume=True)
    assert again[-1] == first[-1]
    assert again[-1].path
    assert not adapter_store.adapters(small)
    whole = train(config, drafts, drafts, resume=True)
    assert whole.of(RunStarted)[0].first == again[-1].step
    # A run that is over is published though it is told to stop.
    assert train(config, drafts, drafts, stop=stop, resume=True).of(RunFinished)


@pytest.mark.parametrize("looks", [0, 2, 6])
def test_stopped_while_data_are_read(write: Any, small: str, looks: int) -> None:
    config = read_config(write())
    told = list(run_training(config, StopAt(looks), threading.Event()))
    assert told == [RunStopped(0, "")]
    assert not adapter_store.adapters(small)


def test_a_check_that_was_stopped_does_not_say_that_the_run_can_begin(
    write: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from contextlib import contextmanager

    @contextmanager
    def stopped() -> Any:
        yield StopAt(2)

    monkeypatch.setattr("inspector_app.cli.training.stop_on_interrupt", stopped)
    assert run(["train", str(write()), "--check"]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert err.splitlines() == ["Stopped before all data were looked at."]


def test_a_log_that_cannot_be_written_ends_the_run(
    small: str, make_config: Any, train: Any, drafts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(make_config(small, 500), save_every=1000)
    real = Path.open

    def full(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if path.name == "log.jsonl" and mode == "a" and len(told) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, mode, *more, **named)

    told = Told()
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StoreError, match=r"Cannot write .*log\.jsonl: No space left") as caught:
        train(config, drafts, on_event=told.append)
    assert "Free some space" in str(caught.value)
    assert not [thread for thread in threading.enumerate() if thread.name == "training"]
    assert not adapter_store.adapters(small)
    assert RunFolder(Path(config.out)).checkpoints()[-1][0] < 500
