"""Jobs of the Improve page that answer to the test: a run step by step, evaluations by adapter."""

from __future__ import annotations

import gc
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.errors import EngineLostError
from inspector_app.domain.evaluation import Evaluation, Item, Metric
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.improving import EvaluateRequest
from inspector_app.domain.jobs import Progress
from inspector_app.domain.training import (
    CheckpointSaved,
    Predicted,
    RunFinished,
    RunPaused,
    RunStarted,
    RunStopped,
    StepDone,
    TrainConfig,
    Validated,
)
from inspector_app.learning.run_folder import RunFolder
from inspector_app.services import adapters, improve_data, run_evaluation, train

STEPS = 12
REAL_LOOK = improve_data.look


def write_manifest(folder: Path, count: int = 12) -> Path:
    """Grey parts, every second one with a dark bar; the last four are the test set."""
    rows = []
    for n in range(count):
        picture = Image.effect_noise((160, 120), 40 + 9 * n).convert("RGB")
        box = [30 + n, 40, 80 + n, 60]
        if n % 2:
            picture.paste((20, 20, 20), tuple(box))
        picture.save(folder / f"{n}.png")
        rows.append(
            {"image": f"{n}.png", "split": "test" if n >= count - 4 else "train", "task": "detect",
             "is_defect": bool(n % 2), "boxes": [box] if n % 2 else [],
             "defect_type": "scratch" if n % 2 else None, "category": "plate"}
        )  # fmt: skip
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def look(*args: Any) -> Iterator[Any]:
    """The real check, but on a thread: widgets must not be freed there by the collector."""
    gc.disable()
    try:
        yield from REAL_LOOK(*args)
    finally:
        gc.enable()


class FakeJobs:
    """Stands in for the processes; the data check is the real one, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = threading.Semaphore(0)  # one step each
        self.fail_at = 0
        self.configs: list[tuple[TrainConfig, bool]] = []
        self.requests: list[EvaluateRequest] = []
        self.known: list[AdapterCard] = []
        monkeypatch.setattr(improve_data, "look_in_process", look)
        monkeypatch.setattr(train, "train_in_process", self.train)
        monkeypatch.setattr(run_evaluation, "evaluate_in_process", self.evaluate)
        monkeypatch.setattr(
            adapters, "adapters", lambda base="": [a for a in self.known if base in ("", a.base)]
        )

    def steps(self, count: int) -> None:
        """Lets the run make so many steps."""
        for _ in range(count):
            self.go.release()

    def train(self, config: TrainConfig, stop: Any, pause: Any, resume: bool) -> Iterator[Any]:
        self.configs.append((config, resume))
        folder = RunFolder(Path(config.out))
        for event in self._events(config, stop, pause, resume):
            folder.append(event)
            yield event

    def _events(self, config: TrainConfig, stop: Any, pause: Any, resume: bool) -> Iterator[Any]:
        log = train.read_log(config.out)
        first = max([e.step for e in log if isinstance(e, CheckpointSaved)], default=0) * resume
        yield RunStarted(config.out, STEPS, first, 8, 2, 1_200_000, "cpu", "float32")
        if not first:
            yield Validated(0, 2.5, True)
        for step in range(first + 1, STEPS + 1):
            while not self.go.acquire(timeout=0.005):
                if stop.is_set():
                    yield CheckpointSaved(step - 1, "")
                    yield RunStopped(step - 1, "")
                    return
                if pause.is_set():
                    yield RunPaused(step - 1)
                    while pause.is_set() and not stop.is_set():
                        time.sleep(0.005)
            if step == self.fail_at:
                raise EngineLostError("The engine process ended.", "Free memory and resume.")
            yield StepDone(
                step, STEPS, 3.0 / step, 2e-4 * step / STEPS, 1.5, 2048, 5.0 * (STEPS - step)
            )
            if step % 4 == 0:
                yield Validated(step, 2.5 / step, True)
                yield self._predicted(step, config)
                yield CheckpointSaved(step, "")
        self.known.append(AdapterCard("nut-2", config.name, config.base))
        yield RunFinished("nut-2", config.out, STEPS, STEPS, 2.5, 2.5 / STEPS, 321.0)

    @staticmethod
    def _predicted(step: int, config: TrainConfig) -> Predicted:
        source = Path(config.data[0].path)
        image = source.parent / "1.png"
        return Predicted(
            step,
            str(image) if image.exists() else "",
            "Is there a defect? Where?",
            "scratch",
            f"scratch, seen at step {step}",
            (FoundBox("scratch", Box(0.22, 0.3, 0.52, 0.48)),),
            (FoundBox("scratch", Box(0.2, 0.34, 0.5, 0.5)),),
        )

    def evaluate(self, request: EvaluateRequest, stop: Any) -> Iterator[Any]:
        """The new adapter has all right, the one of now half of it."""
        self.requests.append(request)
        items = []
        for n in range(4):
            yield Progress(n, 4)
            right = bool(request.adapter) or n % 2 == 0
            items.append(
                Item(f"/data/plates/{n}.png", "defect", "defect" if right else "good", right,
                     groups=(("defect_type", "scratch" if n < 2 else "stain"),))
            )  # fmt: skip
        good = 1.0 if request.adapter else 0.5
        low = {"f1": 0.1, "accuracy": 0.2}
        metrics = {name: Metric(good, good - off, good, 4) for name, off in low.items()}
        yield Evaluation(
            request.engine, request.adapter, request.task, request.manifest, request.split,
            metrics, tuple(items), {}, "boxes", "0" * 64,
        )  # fmt: skip
