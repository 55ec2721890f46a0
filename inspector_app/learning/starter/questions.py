"""Which questions are asked about which picture, and how often."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from inspector_app.learning.starter import (
    label_questions,
    part_questions,
    shape_questions,
    way_questions,
)
from inspector_app.learning.starter.asker import Asked, Asker

# By kind of picture: how often each kind of question is drawn, in proportion, and how it is made.
Kinds = dict[str, tuple[float, Callable[[Asker], Asked | None]]]
KINDS: dict[str, Kinds] = {
    "part": {
        "yes_no": (2.0, part_questions.ask_yes_no),
        "own_yes_no": (1.5, part_questions.ask_own_yes_no),
        "good": (0.6, part_questions.ask_good),
        "has": (1.5, part_questions.ask_has),
        "kind": (2.5, part_questions.ask_kind),
        "how_many": (1.0, part_questions.ask_how_many),
        "where": (0.8, part_questions.ask_where),
        "detection": (4.0, part_questions.ask_detection),
        "refer": (2.5, part_questions.ask_refer),
        "identify": (2.0, part_questions.ask_identify),
        "grounding": (1.0, part_questions.ask_grounding),
        "caption": (1.0, part_questions.ask_caption),
        "part_name": (0.8, part_questions.ask_part_name),
        "part_colour": (0.6, part_questions.ask_part_colour),
        "steps": (0.7, part_questions.ask_steps),
        "steps_way": (0.4, way_questions.ask_steps_way),
        "rationale": (0.3, way_questions.ask_rationale),
        "reasoned": (0.4, way_questions.ask_reasoned),
        "choices": (0.6, way_questions.ask_choices),
        "context": (0.6, way_questions.ask_context),
        "count_way": (0.5, way_questions.ask_count_way),
        "locate": (0.2, way_questions.ask_locate),
        "form": (0.8, way_questions.ask_form),
        "caption_way": (0.5, way_questions.ask_caption_way),
    },
    "shapes": {
        "count": (1.5, shape_questions.ask_count),
        "count_kind": (2.5, shape_questions.ask_count_kind),
        "colour_of": (1.5, shape_questions.ask_colour_of),
        "shape_of": (1.2, shape_questions.ask_shape_of),
        "only": (1.2, shape_questions.ask_only),
        "exists": (1.2, shape_questions.ask_exists),
        "bigger": (1.0, shape_questions.ask_bigger),
        "left_of": (0.8, shape_questions.ask_left_of),
        "above": (0.8, shape_questions.ask_above),
        "find_shapes": (1.5, shape_questions.ask_find_shapes),
        "all_shapes": (1.0, shape_questions.ask_all_shapes),
        "refer": (1.2, part_questions.ask_refer),
        "identify": (1.2, part_questions.ask_identify),
        "grounding": (0.6, part_questions.ask_grounding),
        "caption": (0.8, part_questions.ask_caption),
        "choices": (0.5, way_questions.ask_choices),
        "count_way": (0.4, way_questions.ask_count_way),
        "locate": (0.1, way_questions.ask_locate),
    },
    "label": {
        "read": (2.0, label_questions.ask_read),
        "field": (2.5, label_questions.ask_field),
        "caption": (0.5, part_questions.ask_caption),
        "extract": (0.8, label_questions.ask_extract),
        "fields_way": (0.7, way_questions.ask_fields_way),
    },
}

# Kinds that are put in one of the ways of the Ask panel.
WAYS = frozenset(
    {
        "steps_way",
        "rationale",
        "reasoned",
        "choices",
        "context",
        "count_way",
        "locate",
        "form",
        "caption_way",
        "fields_way",
    }
)


def ask(asker: Asker, kind: str) -> Asked | None:
    """Asks a question of a kind of `KINDS`; None where the picture has no answer to it."""
    return KINDS[asker.scene.kind][kind][1](asker)


def draw(asker: Asker, count: int, *, ways: bool = True) -> list[Asked]:
    """Draws different kinds of questions, by their weights.

    Args:
        asker: Of the picture.
        count: How many at most.
        ways: Also in the ways of the Ask panel, whose prompts are long.
    """
    table = KINDS[asker.scene.kind]
    kinds = [kind for kind in table if ways or kind not in WAYS]
    weights = np.array([table[kind][0] for kind in kinds])
    order = asker.rng.choice(len(kinds), len(kinds), replace=False, p=weights / weights.sum())
    made: list[Asked] = []
    for which in order:
        asked = ask(asker, kinds[int(which)])
        if asked is not None:
            made.append(asked)
        if len(made) == count:
            break
    return made
