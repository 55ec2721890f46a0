"""Measures speed and memory of the program on this machine; one JSON object a line.

python benchmarks/rows.py [--rows a,b] [--quick]

Each row is measured in a process of its own, against its baseline in the same run. `--quick` takes
one round of everything: good enough to see that a row works, not to quote it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Name of the row: module and function that measure it.
ROWS = {
    "decode": ("row_decode", "measure"),
    "decode_large": ("row_decode", "measure_large"),
    "followup": ("row_followup", "measure"),
    "followup_1000": ("row_followup", "measure_1000"),
    "json": ("row_json", "measure"),
    "batch": ("row_batch", "measure"),
    "memory": ("row_memory", "measure"),
    "lora": ("row_lora", "measure"),
    "anomaly": ("row_anomaly", "measure"),
    "anomaly_memory": ("row_fit", "measure_memory"),
    "fit": ("row_fit", "measure_fit"),
    "read": ("row_read", "measure"),
    "launch": ("row_launch", "measure"),
    "folder_open": ("row_folder", "measure"),
    "first_picture": ("row_picture", "measure"),
    "repaint": ("row_repaint", "measure"),
    "frame_p99": ("row_frames", "measure"),
}
# Measured only by name: its two sides do not write the same words, and that is told with it.
APART = {"decode_int8": ("row_decode", "measure_int8")}


def main(arguments: list[str]) -> int:
    """Measures the rows asked for; 1 if one of them could not be measured."""
    parser = argparse.ArgumentParser(description="Measures speed and memory, a row a line.")
    parser.add_argument("--rows", default=",".join(ROWS), metavar="LIST")
    parser.add_argument("--quick", action="store_true", help="one round only")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    wanted = [name.strip() for name in options.rows.split(",") if name.strip()]
    known = ROWS | APART
    unknown = [name for name in wanted if name not in known]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    if options.here:
        return _measure(wanted[0], options.quick)
    # Ended from outside, the row under way must end too, and the temporary folder go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="inspector-benchmark-") as home:
        codes = [_in_its_own_process(name, options.quick, home) for name in wanted]
    return max(codes, default=0)


def _in_its_own_process(name: str, quick: bool, home: str) -> int:
    command = [sys.executable, __file__, "--here", "--rows", name, *(["--quick"] * quick)]
    environment = os.environ | {
        "INSPECTOR_HOME": home,
        "QT_QPA_PLATFORM": "offscreen",
        "ORT_DISABLE_TELEMETRY": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(
            os.pathsep
        ),
    }
    code = subprocess.call(command, env=environment)
    if code < 0:
        _tell({"row": name, "trouble": f"its process was ended by signal {-code}"})
    return min(1, abs(code))


def _measure(name: str, quick: bool) -> int:
    module, function = (ROWS | APART)[name]
    folder = Path(os.environ["INSPECTOR_HOME"])
    try:
        for row in getattr(importlib.import_module(module), function)(folder, quick):
            _tell(row)
    except Exception as error:  # noqa: BLE001 - one row that fails must not take the others along
        _tell({"row": name, "trouble": f"{type(error).__name__}: {error}"})
        return 1
    return 0


def _tell(record: dict[str, object]) -> None:
    print(json.dumps(record), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
