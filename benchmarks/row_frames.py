"""Row frame_p99: how late the window's timer comes while the engine process inspects a lot."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import numpy as np
from images import parts, variants
from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer
from timing import interleaved, make_row
from window import Opened, opened

from inspector_app.services.fit import FitRequest

UNIT = "ms, 99th percentile gap of a 16 ms timer during a batch; baseline: the idle window"


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row in the program's window; the engine runs in its own process."""
    count = 10 if quick else 60
    good, lot = folder / "good", folder / "lot"
    bases = parts(8)
    _write(good, variants(bases, 20, seed=1))
    _write(lot, variants(bases, count, seed=2))
    request = FitRequest(
        tuple(sorted(str(path) for path in good.iterdir())), str(folder / "frames.toml")
    )
    seconds: list[float] = []
    with opened() as o:
        o.wait(o.window.flows.open_folder(str(lot)))
        o.settle()
        o.wait(o.window.flows.fit(request))
        gaps = Gaps(o.window)

        def ours() -> float:
            begun = time.perf_counter()
            found = _during(o, gaps, o.window.flows.run_all(redo=True))
            seconds.append(time.perf_counter() - begun)
            return found

        def baseline() -> float:
            return _during(o, gaps, asyncio.sleep(float(np.median(seconds))))

        samples = interleaved(ours, baseline, 1 if quick else 5)
        rows = o.window.session.summaries()
        valid = len(rows) == count and all(row.verdict is not None for row in rows)
    return [make_row("frame_p99", samples, UNIT, valid, 1000)]


class Gaps(QObject):
    """A 16 ms timer on the GUI thread that notes when it fires."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.times: list[float] = []
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(16)
        self.timer.timeout.connect(self.note)

    def note(self) -> None:
        """Keeps the moment."""
        self.times.append(time.perf_counter())


def _during(o: Opened, gaps: Gaps, work: Any) -> float:
    """Returns the 99th percentile of the timer's gaps while a coroutine runs."""
    gaps.times.clear()
    gaps.timer.start()
    o.wait(work)
    gaps.timer.stop()
    return float(np.percentile(np.diff(gaps.times), 99))


def _write(folder: Path, images: list[Any]) -> None:
    folder.mkdir(exist_ok=True)
    for number, pixels in enumerate(images):
        Image.fromarray(pixels).save(folder / f"part_{number:03d}.png")
