"""Boxes as an answer that a model should give, and what is left of them when it is read again."""

from __future__ import annotations

from collections.abc import Sequence

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.loading import SeenImage
from inspector_app.parsing.box_json import JsonDialect
from inspector_app.parsing.box_tags import TagDialect
from inspector_app.parsing.box_text import DIALECTS, BoxReader, plain, write_box

_BETWEEN = {"minigpt-v2": "<delim>"}  # boxes of one phrase


def boxes_text(found: Sequence[FoundBox], dialect: str, seen: SeenImage) -> str:
    """Returns the answer that names these boxes; `write_box` says what it raises.

    Boxes with the same label stand together, labels in the order of their first box.

    Args:
        found: One or more.
        dialect: How the model writes boxes.
        seen: The image, as the model sees it.
    """
    groups: dict[str, list[FoundBox]] = {}
    for each in found:
        groups.setdefault(each.label, []).append(each)
    parts: list[str] = []
    for label, group in groups.items():
        if dialect in _BETWEEN:
            first, *others = group
            texts = [write_box(dialect, first.box, seen, label)]
            texts += [write_box(dialect, each.box, seen) for each in others]
            parts.append(_BETWEEN[dialect].join(texts))
        else:
            parts += [write_box(dialect, each.box, seen, label) for each in group]
    if isinstance(DIALECTS.get(dialect), JsonDialect):
        return f"[{', '.join(parts)}]"
    return (" " if dialect in _BETWEEN else "").join(parts)


def phrase_text(label: str, dialect: str) -> str:
    """Returns a label as the model writes one that has no box."""
    known = DIALECTS.get(dialect)
    opening, closing = known.phrase if isinstance(known, TagDialect) else ("", "")
    return f"{opening}{plain(label)}{closing}"


def read_boxes(answer: str, dialect: str, seen: SeenImage) -> tuple[FoundBox, ...]:
    """Returns the boxes that the program will read from an answer."""
    reader = BoxReader(dialect, seen)
    return (*reader.feed(answer).boxes, *reader.end().boxes)
