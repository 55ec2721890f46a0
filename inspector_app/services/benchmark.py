"""Speed and memory of the program on this machine: rows measured by the scripts in `benchmarks/`.

They are not part of the installed program and they measure windows too, so they run as a process
of their own; this service only starts it and reads what it tells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.paths import ROOT

ROWS = (
    "decode",
    "decode_large",
    "followup",
    "followup_1000",
    "json",
    "batch",
    "memory",
    "lora",
    "anomaly",
    "anomaly_memory",
    "fit",
    "read",
    "launch",
    "folder_open",
    "first_picture",
    "repaint",
    "frame_p99",
)
KEYS = ("row", "ratio", "low", "high", "ours", "baseline", "unit", "valid", "machine")


def run_rows(wanted: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Measures rows, one after the other, and yields each when it is done.

    Args:
        wanted: Names out of `ROWS`; all of them when empty.

    Yields:
        The keys of `KEYS`: `ratio` is baseline / ours (larger is better) with its 95 % interval
        `low`..`high`; `valid` is false where both sides gave different outputs.

    Raises:
        BadInputError: An unknown row.
        InspectorError: The scripts are not there, or a row could not be measured; the rows that
            could be are yielded before that.
    """
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        raise BadInputError(
            f"There is no row {', '.join(unknown)}.", f"The rows are: {', '.join(ROWS)}."
        )
    script = ROOT / "benchmarks" / "rows.py"
    if not script.is_file():
        raise InspectorError(
            "The benchmarks are not installed with the program.",
            "Run this command from a checkout of its source.",
        )
    return _run(script, wanted or ROWS)


def _run(script: Path, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    command = [sys.executable, str(script), "--rows", ",".join(wanted)]
    troubles: list[str] = []
    told: set[str] = set()
    with subprocess.Popen(  # noqa: S603 - our own script, names of our own table
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                record = _parsed(line)
                if record is None:
                    continue
                if "trouble" in record:
                    troubles.append(f"{record['row']} ({record['trouble']})")
                else:
                    yield {key: record[key] for key in KEYS}
                told.add(record["row"])
        finally:
            # Also when the caller has had enough: nothing is measured for nobody.
            process.terminate()
    troubles += [f"{name} (it ended early)" for name in wanted if name not in told]
    if troubles:
        raise InspectorError(
            f"Could not be measured: {'; '.join(troubles)}.", "The other rows are as told."
        )


def _parsed(line: str) -> dict[str, Any] | None:
    """Returns a row or a trouble; None for anything else that a library wrote."""
    try:
        record: object = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    found = cast("dict[str, Any]", record)
    whole = all(key in found for key in KEYS) or {"row", "trouble"} <= found.keys()
    return found if whole else None
