"""Events of a run as JSON, a line each: on the command line and in the log of a run."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.training import (
    CheckpointSaved,
    Predicted,
    RunFinished,
    RunPaused,
    RunStarted,
    RunStopped,
    StepDone,
    TrainEvent,
    Validated,
)

_KINDS: dict[str, type[Any]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind
    for kind in (
        RunStarted, StepDone, Validated, Predicted, CheckpointSaved, RunPaused, RunFinished,
        RunStopped,
    )
}  # fmt: skip
_NAMES = {kind: name for name, kind in _KINDS.items()}


def record_of(event: TrainEvent) -> dict[str, Any]:
    """An event as JSON: its kind under "event", then its attributes; boxes in fractions."""
    record: dict[str, Any] = {"event": _NAMES[type(event)]}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, tuple):
            value = [_box(part) if isinstance(part, FoundBox) else part for part in value]
        record[field.name] = value
    return record


def event_of(record: dict[str, Any]) -> TrainEvent:
    """The event again.

    Raises:
        KeyError: Of no known kind.
        TypeError: Something is missing or too much.
    """
    values = dict(record)
    kind = _KINDS[values.pop("event")]
    for name in ("boxes", "truth"):
        if name in values:
            values[name] = tuple(
                FoundBox(row["label"], Box(*row["xyxy"]), row.get("score")) for row in values[name]
            )
    if "notes" in values:
        values["notes"] = tuple(values["notes"])
    return kind(**values)


def _box(found: FoundBox) -> dict[str, Any]:
    box = found.box
    return {
        "label": found.label,
        "xyxy": [round(value, 6) for value in (box.x1, box.y1, box.x2, box.y2)],
        "score": found.score,
    }
