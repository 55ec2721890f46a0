"""A mapping as YAML gives it -> a frozen dataclass, with every mistake told and none raised."""

from __future__ import annotations

import difflib
import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from inspector_app.domain.training import PARTS, PRECISIONS, SCHEDULES

OPTIMISERS = ("adamw", "adamw_8bit")
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_CHOICES: dict[str, tuple[str, ...]] = {
    "precision": PRECISIONS,
    "optimiser": OPTIMISERS,
    "schedule.kind": SCHEDULES,
    "lora.parts": PARTS,
    "lora.targets": TARGETS,
    "data.split": ("", "train", "val", "test"),
    "validation.split": ("", "train", "val", "test"),
}
_HIGH = 1_000_000_000
_RANGES: dict[str, tuple[float, float]] = {
    "held_back": (0, 0.9),
    "weight_decay": (0, 1),
    "batch": (1, 4096),
    "accumulation": (1, 65536),
    "seed": (0, 2**32 - 1),
    "image_tokens": (0, 16384),
    "image_side": (0, 4096),
    "length": (16, 1_000_000),
    "evaluate_every": (0, _HIGH),
    "patience": (0, _HIGH),
    "save_every": (1, _HIGH),
    "predict": (0, 100),
    "lora.rank": (1, 1024),
    "lora.alpha": (0.001, 65536),
    "lora.dropout": (0, 0.9),
    "schedule.rate": (1e-9, 1),
    "schedule.lowest": (0, 1),
    "schedule.start": (0, 1),
    "schedule.warmup": (0, _HIGH),
    "schedule.steps": (0, _HIGH),
    "schedule.epochs": (0, 100_000),
    "schedule.epoch_steps": (0, _HIGH),
    "data.share": (1e-6, 1e6),
    "validation.share": (1e-6, 1e6),
}


class Troubles:
    """Mistakes of a configuration, each one line: key, what is wrong, what is allowed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._keys: set[str] = set()

    def add(self, key: str, what: str) -> None:
        """Notes a mistake; `what` goes on after "key: "."""
        self.lines.append(f"{key}: {what}")
        self._keys.add(key)

    def has(self, key: str) -> bool:
        """Whether this key, or a part of it, is already known to be wrong."""
        return any(known == key or known.startswith((f"{key}.", f"{key}[")) for known in self._keys)


def build(kind: Any, data: Any, path: str, troubles: Troubles) -> Any:
    """Makes a dataclass out of a mapping.

    Args:
        kind: The dataclass.
        data: As YAML gave it; not of its own kind when it is wrong.
        path: Key that it stands under, empty for the whole file.
        troubles: Told what is wrong; a wrong value counts as the default, so that the rest can be
            looked at too.
    """
    known = {field.name: field for field in fields(kind)}
    if not isinstance(data, Mapping):
        troubles.add(path, f"{_shown(data)} is no table; its keys are {', '.join(known)}.")
        data = {}
    hints = get_type_hints(kind)
    for name in data:
        if name not in known or name == "source":
            troubles.add(_joined(path, str(name)), _unknown(str(name), [*known]))
    values: dict[str, Any] = {}
    for name, field in known.items():
        key = _joined(path, name)
        if name in data and name != "source":
            values[name] = _value(hints[name], data[name], key, troubles, _default(field))
        elif field.default is MISSING and field.default_factory is MISSING:
            troubles.add(key, "is missing.")
            values[name] = _empty(hints[name])
    return kind(**values)


def _value(hint: Any, data: Any, key: str, troubles: Troubles, default: Any) -> Any:
    if is_dataclass(hint):
        return build(hint, data, key, troubles)
    if get_origin(hint) is tuple:
        return _several(get_args(hint)[0], data, key, troubles)
    found = _plain(hint, data)
    if found is None:
        troubles.add(key, f"{_shown(data)} is no {_WORDS[hint]}{_allowed(key)}.")
        return _empty(hint) if default is MISSING else default
    if (rule := _broken_rule(key, found)) is not None:
        troubles.add(key, f"{_shown(data)} is not allowed; {rule}.")
        return _empty(hint) if default is MISSING else default
    return found


def _several(hint: Any, data: Any, key: str, troubles: Troubles) -> tuple[Any, ...]:
    if data is None:
        return ()
    if isinstance(data, str):
        data = [part.strip() for part in data.split(",") if part.strip()]
    if isinstance(data, Mapping) and is_dataclass(hint):
        data = [data]
    if not isinstance(data, Sequence) or isinstance(data, str):
        troubles.add(key, f"{_shown(data)} is no list; write [one, two].")
        return ()
    if is_dataclass(hint):
        return tuple(
            build(
                hint, {"path": row} if isinstance(row, str) else row, f"{key}[{number}]", troubles
            )
            for number, row in enumerate(data)
        )
    found: list[Any] = []
    for part in data:
        value = _plain(hint, part)
        rule = "" if value is None else _broken_rule(key, value)
        if value is None or rule is not None:
            troubles.add(key, f"{_shown(part)} is not allowed; {rule or _WORDS[hint]}.")
        else:
            found.append(value)
    return tuple(found)


def _plain(hint: Any, data: Any) -> Any:
    """The value as its type; None if it is none of that type."""
    if hint is bool:
        return data if isinstance(data, bool) else None
    if hint is str:
        return str(data) if isinstance(data, str | int | float) and data is not True else None
    if isinstance(data, str):  # YAML 1.1 takes 1e-5 for a text
        try:
            data = float(data)
        except ValueError:
            return None
    if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
        return None
    if hint is int:
        return int(data) if data == int(data) else None
    return float(data)


def _broken_rule(key: str, value: Any) -> str | None:
    """What is allowed, where the value is not."""
    bare = _bare(key)
    choices = _CHOICES.get(bare)
    if choices is not None and value not in choices:
        near = difflib.get_close_matches(str(value), choices, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"allowed are {', '.join(choice for choice in choices if choice)}{hint}"
    span = _RANGES.get(bare)
    if span is not None and not span[0] <= value <= span[1]:
        return f"allowed is {span[0]:g} to {span[1]:g}"
    return None


def _allowed(key: str) -> str:
    bare = _bare(key)
    if bare in _RANGES:
        low, high = _RANGES[bare]
        return f"; allowed is {low:g} to {high:g}"
    if bare in _CHOICES:
        return f"; allowed are {', '.join(filter(None, _CHOICES[bare]))}"
    return ""


def _bare(key: str) -> str:
    """A key without the numbers of list entries."""
    return "".join(part.partition("]")[2] if "]" in part else part for part in key.split("["))


def _unknown(name: str, known: list[str]) -> str:
    known = [key for key in known if key != "source"]
    near = difflib.get_close_matches(name, known, 1, 0.5)
    if near:
        return f"there is no such key; did you mean {near[0]}?"
    return f"there is no such key; the keys are {', '.join(known)}."


_WORDS = {int: "whole number", float: "number", str: "text", bool: "yes or no (true, false)"}


def _default(field: Field[Any]) -> Any:
    return field.default


def _empty(hint: Any) -> Any:
    if get_origin(hint) is tuple or isinstance(hint, types.GenericAlias):
        return ()
    return {str: "", int: 0, float: 0.0, bool: False}[hint]


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(data: Any) -> str:
    text = repr(data)
    return text if len(text) <= 60 else text[:57] + "..."
