"""Row launch: from the start of the interpreter to the first paint of the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from timing import interleaved, make_row

CHILD = Path(__file__).with_name("launch_child.py")
UNIT = "ms from interpreter start to first paint; baseline: a bare QMainWindow"


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row; each sample is a process of its own."""
    heavy: list[str] = []
    # As on any second start: compiled modules are there, wherever the program is installed.
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def sample(kind: str) -> float:
        told = json.loads(
            subprocess.run(
                [sys.executable, str(CHILD), kind, repr(time.monotonic())],
                check=True,
                capture_output=True,
                text=True,
                env=environment,
            ).stdout
        )
        heavy.extend(told["heavy"])
        return told["seconds"]

    samples = interleaved(
        lambda: sample("window"), lambda: sample("bare"), 1 if quick else 10, warm=1
    )
    return [make_row("launch", samples, UNIT, not heavy, 1000)]
