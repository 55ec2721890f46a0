"""inspector train: on the command line, in a process of its own, killed and resumed, in two."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from inspector_app.cli.main import run
from inspector_app.domain.training import RunFinished, RunPaused, StepDone
from inspector_app.engines import adapter_store
from inspector_app.services.train import FlagFile, read_config, read_log, train_in_process


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_events_are_json_lines_and_the_adapter_is_there(
    write: Any, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write()
    assert run(["train", str(path), "--json"]) == 0
    out, err = capsys.readouterr()
    told = events(out)
    assert len(told) == len(out.splitlines())
    kinds = [event["event"] for event in told]
    assert kinds[0] == "run_started"
    assert kinds[-1] == "run_finished"
    assert kinds.count("step_done") == 3
    assert "step 3/3 loss" in err
    card = adapter_store.find(small, told[-1]["adapter"])
    assert card.data == "data.jsonl: 3 samples; 1 measured on"
    assert run(["train", str(path)]) == 2
    assert "there is an adapter mine already" in capsys.readouterr().err
    assert run(["train", str(path), "--resume"]) == 0
    assert "mine: weights of step 3 of 3" in capsys.readouterr().out


def test_check_looks_and_learns_nothing(
    write: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", str(write(precision="nf4")), "--check"]) == 0
    out, err = capsys.readouterr()
    assert "the run can begin" in out
    import torch

    assert torch.cuda.is_available() or "nf4 needs a GPU" in err
    assert not (tmp_path / "run").exists()
    sheet = tmp_path / "sheet.png"
    assert run(["train", str(write()), "--sheet", str(sheet)]) == 0
    assert sheet.stat().st_size > 1000
    (tmp_path / "data.jsonl").write_text("{", "utf-8")
    assert run(["train", str(write()), "--check"]) == 2
    assert run(["train", str(write(batch=0, seed="x")), "--check"]) == 2
    assert "has 2 mistakes" in capsys.readouterr().err


def test_a_run_in_a_process_of_its_own_can_be_held_and_stopped(write: Any, tmp_path: Path) -> None:
    config = read_config(write(2000, held_back=0))
    pause, stop = FlagFile(tmp_path / "pause"), threading.Event()
    paused = 0
    for event in train_in_process(config, stop, pause):
        if isinstance(event, StepDone) and event.step == 1:
            pause.set()
        if isinstance(event, RunPaused):
            paused += 1
            pause.clear()
            stop.set()
    last = read_log(config.out)[-1]
    assert type(last).__name__ == "RunStopped"
    assert paused == 1


def command(path: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "inspector_app", "train", str(path), "--json", *more]


@pytest.mark.slow
def test_a_run_that_was_killed_gives_the_same_curve(write: Any, tmp_path: Path) -> None:
    path = write(12, name="Killed", evaluate_every=3)
    process = subprocess.Popen(command(path), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first: list[dict[str, Any]] = []
    for line in process.stdout:
        first += events(line)
        if first and first[-1]["event"] == "step_done" and first[-1]["step"] == 7:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    again = subprocess.run(
        command(path, "--resume"), check=True, capture_output=True, text=True
    ).stdout
    rest = events(again)
    assert 2 <= rest[0]["first"] < 12
    done = read_log(tmp_path / "run")
    whole = write(12, name="Whole", out="whole", evaluate_every=3)
    told = events(subprocess.run(command(whole), check=True, capture_output=True, text=True).stdout)
    for kind, name in ((StepDone, "step_done"), (RunFinished, "run_finished")):
        ours = [event for event in done if isinstance(event, kind)]
        theirs = [event for event in told if event["event"] == name]
        assert len(ours) == len(theirs)
        if kind is StepDone:
            losses = [event["loss"] for event in theirs]
            assert [getattr(event, "loss", None) for event in ours] == losses


@pytest.mark.slow
def test_two_processes_learn_together(write: Any, tmp_path: Path) -> None:
    path = write(3, name="Two", batch=1, lora={"rank": 2})
    launch = [
        # What `accelerate launch` starts on GPUs; on the processor it leaves it to this.
        sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "--standalone",
        "-m", "inspector_app", "train", str(path), "--json",
    ]  # fmt: skip
    out = subprocess.run(launch, check=True, capture_output=True, text=True, timeout=280).stdout
    told = events(out)
    assert [event["event"] for event in told].count("run_started") == 1
    assert [event["event"] for event in told].count("step_done") == 3
    together = [event["loss"] for event in told if event["event"] == "step_done"]
    alone = write(3, name="One", batch=2, lora={"rank": 2}, out="one")
    assert run(["train", str(alone), "--json"]) == 0
    losses = [event.loss for event in read_log(tmp_path / "one") if isinstance(event, StepDone)]
    assert together == pytest.approx(losses, abs=1e-4)
