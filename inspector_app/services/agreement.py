"""How far several answers to one question agree: counted, and never called a likelihood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.learning.answer_match import normal

# The last line of an answer with reasoning, as the prompts in `resources/prompts` ask for it.
_WORDS = "final answer|answer|đáp án|trả lời|câu trả lời"
_GIVEN = re.compile(rf"^[\s*_#>]*(?:{_WORDS})\s*[*_]*\s*:(.*)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that say the same.

    Attributes:
        text: The first of them, as it was given.
        members: Their places among all answers, in order.
    """

    text: str
    members: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.members)


def given_answer(text: str) -> str:
    """Returns the answer at the end of one with reasoning ("Answer: yes"), else the whole."""
    found = [
        match[1].strip(" *_\t") for match in _GIVEN.finditer(unicodedata.normalize("NFC", text))
    ]
    return next((answer for answer in reversed(found) if answer), text.strip())


def groups(answers: Sequence[str], language: str = "en") -> tuple[Group, ...]:
    """Groups answers by what they say, the largest group first, of equal ones the earlier.

    Args:
        answers: As they were given; empty ones belong to no group.
        language: "en" or "vi", for the normal form.
    """
    found: dict[str, list[int]] = {}
    for place, text in enumerate(answers):
        given = given_answer(text)
        if given:
            # A sign alone ("?") has no normal form, yet is an answer.
            found.setdefault(normal(given, language) or given, []).append(place)
    made = [Group(given_answer(answers[places[0]]), tuple(places)) for places in found.values()]
    return tuple(sorted(made, key=lambda group: (-group.count, group.members)))
