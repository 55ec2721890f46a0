"""Ways of asking kept by name, for each recipe: way, options, sampling, system message, question.

They lie with the user's settings, not in the recipe: a recipe is a locked file, and its hash stands
in every result. The path of the recipe is the key, so that its next version keeps them.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, cast

from inspector_app.domain.asking import Ask
from inspector_app.domain.errors import BadInputError, InspectorError, StoreError
from inspector_app.domain.recipes import Recipe
from inspector_app.services.sampling import accepts
from inspector_app.store.made_json import ask_of
from inspector_app.store.places import config_folder
from inspector_app.store.whole_files import write_whole

log = logging.getLogger(__name__)
_FILE = "prompt_presets.json"


@dataclass(frozen=True, slots=True)
class Preset:
    """What a preset holds.

    Attributes:
        ask: Way, options, system message and question.
        temperature: Of the answers.
        sampling: What else was set, by the names of `Sampling`; the usual for the rest.
    """

    ask: Ask
    temperature: float = 0.0
    sampling: dict[str, float] = field(default_factory=dict[str, float])


def presets(recipe: Recipe | None) -> dict[str, Preset]:
    """Returns the presets of a recipe by name, in the order of the names; of none for None.

    One that cannot be read, because another version wrote it, is left out.
    """
    found: dict[str, Preset] = {}
    for name, data in _load().get(_key(recipe), {}).items():
        try:
            own = {str(key): value for key, value in data["sampling"].items()}
            kept = {key: value for key, value in own.items() if accepts(key, value)}
            found[name] = Preset(ask_of(data["ask"]), float(data["temperature"]), kept)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("preset %r left out: %s", name, error)
    return dict(sorted(found.items(), key=lambda item: item[0].casefold()))


def save(recipe: Recipe | None, name: str, preset: Preset) -> None:
    """Keeps a preset; one of the same name is replaced.

    Raises:
        BadInputError: The name is empty.
        StoreError: It cannot be written, or the presets of before cannot be read. A damaged file
            is put aside first, so that the next time succeeds.
    """
    name = " ".join(name.split())
    if not name:
        raise BadInputError("The preset has no name.", "Give it one.")
    data = _load_to_change()
    data.setdefault(_key(recipe), {})[name] = asdict(preset)
    _write(data)


def remove(recipe: Recipe | None, name: str) -> None:
    """Forgets a preset; nothing happens if there is none of this name.

    Raises:
        StoreError: See `save`.
    """
    data = _load_to_change()
    kept = data.get(_key(recipe), {})
    if kept.pop(name, None) is not None:
        if not kept:
            del data[_key(recipe)]
        _write(data)


def _key(recipe: Recipe | None) -> str:
    return str(Path(recipe.path).resolve()) if recipe is not None and recipe.path else ""


def _load() -> dict[str, dict[str, Any]]:
    try:
        return _read()
    except (OSError, ValueError, InspectorError) as error:
        log.warning("presets ignored: %s", error)
        return {}


def _load_to_change() -> dict[str, dict[str, Any]]:
    """Loads what is written back: what cannot be read must not be written over."""
    path = config_folder() / _FILE
    try:
        return _read()
    except OSError as error:
        raise StoreError(
            f"Cannot read {path}: {error.strerror or error}.", "Make the file readable."
        ) from error
    except ValueError as error:
        kept = _put_aside(path)
        raise StoreError(
            f"The presets of before are damaged; they are kept in {kept}.", "Try again."
        ) from error


def _put_aside(path: Path) -> Path:
    names = (f"{path.name}.bak{number or ''}" for number in count())
    free = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    try:
        return path.rename(free)
    except OSError as error:
        raise StoreError(
            f"Cannot rename {path}: {error.strerror or error}.", "Make the folder writable."
        ) from error


def _read() -> dict[str, dict[str, Any]]:
    try:
        text = (config_folder() / _FILE).read_text("utf-8")
    except FileNotFoundError:
        return {}
    data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError("not a table of presets")
    entries = cast("dict[str, Any]", data)
    if not all(isinstance(value, dict) for value in entries.values()):
        raise ValueError("not a table of presets")
    return entries


def _write(data: dict[str, dict[str, Any]]) -> None:
    write_whole(config_folder() / _FILE, json.dumps(data, indent=2, ensure_ascii=False))
