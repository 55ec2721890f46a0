"""Habits of the published MiniGPT-v2 that answers depend on, each a switch of the card.

What is published is the default; the sections are those of the specification in docs/minigpt-v2.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from inspector_app.domain.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Quirks:
    """The switches.

    Attributes:
        two_bos: A prompt begins with two BOS tokens: one of the tokenizer, one of the template.
            All published figures were made with it, training had one.
        segment_spaces: Every text between images and special tokens begins with SentencePiece's
            dummy space, as with the slow tokenizer of 2023; without, only the first one does.
        vision_norm: The tower's output is normalised (LayerNorm, eps 1e-5) with neither weight nor
            bias; without, it goes on as it is. BLIP-2's trained norm was never loaded.
        horizontal_merge: Four patches of a row become one token; without, two by two.
        squash: Pictures are squashed to the square; without, they keep their proportions.
        process_text: Questions are written as the training texts were (small letters, few marks).
            The published demo does not.
        end: What ends an answer; the class default of the original is a line break.
        forget_answers: The model does not see its own earlier answers. The published demo does
            that by accident; it keeps long conversations from drifting.
    """

    two_bos: bool = True
    segment_spaces: bool = True
    vision_norm: bool = True
    horizontal_merge: bool = True
    squash: bool = True
    process_text: bool = False
    end: str = "</s>"
    forget_answers: bool = False


def quirks_of(options: Mapping[str, object]) -> Quirks:
    """Reads the switches that a card sets.

    Args:
        options: Of the card; other entries are left alone.

    Raises:
        BadInputError: A switch has a value of the wrong type.
    """
    found: dict[str, object] = {}
    for field in fields(Quirks):
        value = options.get(field.name, field.default)
        if type(value) is not type(field.default) or value == "":
            raise BadInputError(
                f"The card says {field.name} = {value!r}.",
                f"Write it like {str(field.default).lower()}.",
            )
        found[field.name] = value
    return Quirks(**found)  # type: ignore[arg-type]
