"""Instruction templates as they stand in `resources/prompts/instructions.toml` and the user's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.paths import RESOURCES
from inspector_app.store.places import config_folder

KINDS = (
    "vqa", "caption", "grounding", "summarize", "extract", "explanation", "detection", "yes_no",
    "refer", "identify",
)  # fmt: skip
AUTO = "auto"
_FILE = "instructions.toml"
_WORDS = "words"
_MEND = "Mend it, or take the file away."


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of lesson is put in one language; see the file for what may stand in braces.

    Attributes:
        questions: One is drawn.
        answer: What is to be learned.
        label: What every box is called; empty for its own label.
        good: What a part without defect is called; empty for a sentence.
    """

    questions: tuple[str, ...]
    answer: str
    label: str = ""
    good: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template.

    Attributes:
        name: Of its table.
        about: For people.
        auto: Kinds that are put in the program's own words.
        wordings: By kind and language.
        frame: What is put around a question, by language; empty for nothing.
    """

    name: str
    about: str
    auto: tuple[str, ...] = ()
    wordings: dict[str, dict[str, Wording]] = field(default_factory=dict)
    frame: dict[str, str] = field(default_factory=dict)

    def wording(self, kind: str, language: str) -> Wording:
        """Returns the wording of a kind, English where a language is missing."""
        found = self.wordings[kind]
        return found.get(language) or found["en"]


def templates() -> dict[str, Template]:
    """Returns all templates by name, the user's own included.

    Raises:
        BadInputError: A file is broken; the entry is named.
    """
    return dict(_all(config_folder() / "prompts" / _FILE))


def template(name: str) -> Template:
    """Returns a template; an empty name stands for "auto".

    Raises:
        BadInputError: There is none of this name, or a file is broken.
    """
    known = templates()
    name = name or AUTO
    if name not in known:
        raise BadInputError(
            f"There is no instruction template {name!r}.", f"Choose one of: {', '.join(known)}."
        )
    return known[name]


def words(language: str) -> dict[str, str]:
    """Returns the single words that lessons are put together with."""
    table = _load(RESOURCES / "prompts" / _FILE)[_WORDS]
    return table["en"] | table.get(language, {})


@lru_cache(maxsize=4)
def _all(own: Path) -> dict[str, Template]:
    tables = _load(RESOURCES / "prompts" / _FILE)
    if own.is_file():
        tables = tables | _load(own)
    return {
        name: _template(name, table, own if own.is_file() else RESOURCES / "prompts" / _FILE)
        for name, table in tables.items()
        if name != _WORDS
    }


@lru_cache(maxsize=4)
def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(f"The templates {path} cannot be read: {error}.", _MEND) from error


def _template(name: str, table: Any, path: Path) -> Template:
    try:
        if not isinstance(table, dict):
            raise TypeError("it is no table")
        wordings = {
            kind: {language: _wording(entry) for language, entry in table[kind].items()}
            for kind in KINDS
            if kind in table
        }
        if any("en" not in entry for entry in wordings.values()):
            raise KeyError("en")
        auto = _texts(table.get("auto", []))
        unknown = [key for key in table if key not in (*KINDS, "about", "auto", "frame")]
        unknown += [kind for kind in auto if kind not in KINDS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not known")
        frame = {key: str(value) for key, value in table.get("frame", {}).items()}
        if any("{instruction}" not in text for text in frame.values()):
            raise ValueError("a frame lacks {instruction}")
        if frame and "en" not in frame:
            raise KeyError("en")
    except KeyError as error:
        raise BadInputError(f"{name} in {path} lacks {error.args[0]!r}.", _MEND) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadInputError(f"{name} in {path} cannot be used: {error}.", _MEND) from error
    return Template(name, str(table.get("about", "")), auto, wordings, frame)


def _wording(entry: dict[str, Any]) -> Wording:
    found = Wording(
        _texts(entry["questions"]),
        str(entry["answer"]),
        str(entry.get("label", "")),
        str(entry.get("good", "")),
    )
    if not found.questions or not all(found.questions):
        raise ValueError("questions is empty")
    return found


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("a list of texts is wanted")
    return tuple(values)
