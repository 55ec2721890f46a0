"""Ways of putting a question, read from their files (`resources/prompts/ways/README.md`)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.asking import Control, Part, Reads, Way, WayTexts
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.tasks import Task
from inspector_app.parsing.texts import LANGUAGES

_Table = dict[str, Any]
_FILLED = frozenset({"question", "format", "options", "context", "fields", "width", "height"})
_KEYS = frozenset({"order", "task", "takes", "needs", "reads", "stages", "controls", *LANGUAGES})
_FIXED = frozenset({"name", "about", "question", "controls"})  # no names for a stage
# What a way must take for its answer to be read as it says.
_WANTS = {Reads.CHOICE: Part.OPTIONS, Reads.CITED: Part.CONTEXT, Reads.FIELDS: Part.FIELDS}


def read_way(path: Path, *, own: bool = False) -> Way:
    """Reads the file of a way.

    Args:
        path: The file.
        own: It is the user's.

    Raises:
        BadInputError: It cannot be used; one line says why.
    """
    try:
        return _way(path.stem, tomllib.loads(path.read_text("utf-8")), own)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise BadInputError(
            f"The way {path.name} is left out: {reason}.", "Mend it, or take the file away."
        ) from error


def fill(text: str, values: dict[str, str]) -> str:
    """Puts values in the place of their names in braces, in one go; braces of others stay.

    White space that empty values leave behind is taken out.
    """
    filled = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)
    lines = [re.sub(r"(?<=\S) {2,}", " ", line).rstrip() for line in filled.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _way(name: str, data: _Table, own: bool) -> Way:
    if unknown := sorted(set(data) - _KEYS):
        raise ValueError(f"{unknown[0]!r} is not known")
    stages = _names(data, "stages")
    if not stages:
        raise ValueError("it has no stages")
    controls = tuple(
        Control(key, _names(_table(data, "controls"), key)) for key in _table(data, "controls")
    )
    for control in controls:
        if not control.values:
            raise ValueError(f"the control {control.name!r} has no values")
    taken = [*stages, *(control.name for control in controls)]
    if clash := [each for each in taken if each in _FILLED | _FIXED or taken.count(each) > 1]:
        raise ValueError(f"the name {clash[0]!r} is taken")
    takes = frozenset(Part(each) for each in _names(data, "takes"))
    needs = frozenset(Part(each) for each in _names(data, "needs"))
    reads = Reads(data.get("reads", Reads.TEXT))
    if (wanted := _WANTS.get(reads)) is not None and wanted not in needs:
        raise ValueError(f"an answer that is read as {reads} needs {wanted}")
    if more := sorted(needs - takes):
        raise ValueError(f"it needs {more[0]} and does not take it")
    if "en" not in data:
        raise ValueError("it has no table [en]")
    order, task = data.get("order", 1000), data.get("task")
    if not isinstance(order, int):
        raise ValueError("its order is no whole number")
    return Way(
        name,
        order,
        None if task is None else Task(task),
        takes,
        needs,
        reads,
        stages,
        controls,
        {key: _texts(_table(data, key), stages, controls) for key in LANGUAGES if key in data},
        own,
    )


def _texts(data: _Table, stages: tuple[str, ...], controls: tuple[Control, ...]) -> WayTexts:
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    prompts: dict[str, str] = {}
    for control in controls:
        table = _table(_table(data, "controls"), control.name)
        names[control.name] = _text(table, "name")
        for value in control.values:
            key, told = f"{control.name}.{value}", table.get(value)
            pair = cast("list[Any]", told) if isinstance(told, list) else [told, ""]
            if len(pair) != 2 or not all(isinstance(each, str) for each in pair):
                raise ValueError(f"{key} is neither a text nor two texts")
            values[key], prompts[key] = map(str, pair)
    known = _FILLED | {control.name for control in controls}
    asked: dict[str, str] = {}
    for stage in stages:
        asked[stage] = _text(data, stage)
        for found in re.findall(r"\{(\w+)\}", asked[stage]):
            if found not in known:
                raise ValueError(f"{{{found}}} in {stage} is not known")
        known = known | {stage}
    question = data.get("question", "")
    if not isinstance(question, str):
        raise ValueError("question is no text")
    return WayTexts(
        _text(data, "name"), _text(data, "about"), question, asked, names, values, prompts
    )


def _table(data: _Table, key: str) -> _Table:
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise ValueError(f"{key} is no table")
    return cast("_Table", found)


def _names(data: _Table, key: str) -> tuple[str, ...]:
    found = data.get(key, [])
    if not isinstance(found, list):
        raise ValueError(f"{key} is no list")
    for each in cast("list[Any]", found):
        if not isinstance(each, str) or not re.fullmatch(r"[a-z][a-z_]*", each):
            raise ValueError(f"{each!r} in {key} is no name of small letters")
    return tuple(cast("list[str]", found))


def _text(data: _Table, key: str) -> str:
    found = data.get(key)
    if not isinstance(found, str) or not found.strip():
        raise ValueError(f"the text {key!r} is missing")
    return found
