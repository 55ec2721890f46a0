"""Names and wordings of the starter model's lessons, from `resources/prompts/starter.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from inspector_app.domain.paths import RESOURCES


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language.

    Attributes:
        names: Of defects, shapes, colours, parts, fields and places.
        answers: Pieces of answers.
        questions: Wordings by kind.
    """

    names: dict[str, str]
    answers: dict[str, str]
    questions: dict[str, tuple[str, ...]]

    def name(self, key: str) -> str:
        """The name of something."""
        return self.names.get(key, self.names["part"])

    def answer(self, key: str, **values: str) -> str:
        """An answer, filled in."""
        return filled(self.answers[key], **values)


@cache
def words(language: str) -> Words:
    """Reads the words of "en" or "vi"."""
    text = (RESOURCES / "prompts" / "starter.toml").read_text("utf-8")
    table = tomllib.loads(text)[language]
    questions = {kind: tuple(wordings) for kind, wordings in table["questions"].items()}
    return Words(table["names"], table["answers"], questions)


def filled(template: str, **values: str) -> str:
    """Fills {braces} in, in one go."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), template)
