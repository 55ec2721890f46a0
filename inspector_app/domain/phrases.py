"""Words of an answer that name its boxes: marked alike in the window and in exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.plain_text import visible_text

_MOST_PHRASES = 500


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place in the text that names a box; `begin` and `length` in characters."""

    begin: int
    length: int
    box: int


def find_phrases(text: str, boxes: Sequence[FoundBox]) -> list[Phrase]:
    """Finds the words that name boxes.

    The first mention of a label belongs to its first box, the second to the second; mentions
    beyond the last box belong to the last. Longer labels go first, so that "deep scratch" is not
    taken for "scratch".
    """
    by_label: dict[str, list[int]] = {}
    for index, box in enumerate(boxes):
        label = visible_text(box.label).strip().casefold()
        if label:
            by_label.setdefault(label, []).append(index)
    if not by_label or not text:
        return []
    labels = sorted(by_label, key=len, reverse=True)
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(label)}(?!\w)" for label in labels), re.IGNORECASE
    )
    told: dict[str, int] = {}
    found: list[Phrase] = []
    for match in pattern.finditer(text):
        label = match[0].casefold()
        if label not in by_label:  # a letter whose case changes with the language
            continue
        mention = told.get(label, 0)
        told[label] = mention + 1
        of_label = by_label[label]
        box = of_label[min(mention, len(of_label) - 1)]
        found.append(Phrase(match.start(), match.end() - match.start(), box))
        if len(found) == _MOST_PHRASES:
            break
    return found
