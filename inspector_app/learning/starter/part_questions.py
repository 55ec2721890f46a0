"""Questions about parts, and those that are asked about shapes too."""

from __future__ import annotations

import numpy as np

from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.learning.box_answers import boxes_text
from inspector_app.learning.starter.asker import DIALECT, Asked, Asker
from inspector_app.learning.starter.scene import DEFECTS, Thing


def _defects(a: Asker) -> tuple[Thing, ...]:
    return a.scene.things


def ask_yes_no(a: Asker) -> Asked:
    return a.made("yes_no", Task.VQA, a.yes(bool(_defects(a))))


def ask_own_yes_no(a: Asker) -> Asked:
    from inspector_app.engines.language_prompts import language_texts

    key = str(a.rng.choice(["defect", "flawless"]))
    it_is = bool(_defects(a)) == (key == "defect")
    question = language_texts(a.language)[key]
    return Asked("own_yes_no", Task.VQA, question, a.yes(it_is), a.language, own=True)


def ask_good(a: Asker) -> Asked:
    return a.made("good", Task.VQA, a.yes(not _defects(a)))


def ask_has(a: Asker) -> Asked:
    there = {thing.label for thing in _defects(a)}
    if there and a.rng.random() < 0.5:
        label = str(a.rng.choice(sorted(there)))
    else:
        label = str(a.rng.choice(DEFECTS))
    return a.made("has", Task.VQA, a.yes(label in there), thing=a.words.names[label])


def ask_kind(a: Asker) -> Asked:
    labels = list(dict.fromkeys(a.words.names[t.label] for t in _defects(a)))
    return a.made("kind", Task.VQA, a.listed(labels) or a.words.answers["no_kind"])


def ask_how_many(a: Asker) -> Asked:
    return a.made("how_many", Task.VQA, str(len(_defects(a))))


def ask_where(a: Asker) -> Asked | None:
    if len(_defects(a)) != 1:
        return None
    return a.made("where", Task.VQA, a.place(_defects(a)[0]))


def ask_detection(a: Asker) -> Asked:
    found = [a.found(thing) for thing in _defects(a)]
    if not found:
        return a.made("detection", Task.DETECTION, a.words.answers["none"])
    return a.boxed("detection", Task.DETECTION, found)


def ask_refer(a: Asker) -> Asked | None:
    if not a.scene.things:
        return None
    one = a.scene.things[int(a.rng.integers(len(a.scene.things)))]
    name = a.called(one)
    same = [a.found(t) for t in a.scene.things if a.called(t) == name]
    return a.boxed("refer", Task.REFER, same, thing=name)


def ask_identify(a: Asker) -> Asked | None:
    height, width = a.scene.pixels.shape[:2]
    things = a.scene.things
    if things and (a.rng.random() < 0.7 or a.scene.kind == "shapes"):
        one = things[int(a.rng.integers(len(things)))]
        box, answer = a.found(one).box, a.called(one)
        shift = a.rng.normal(0, 0.012, 4)  # nobody draws a region to the pixel
        box = Box(
            *(
                float(np.clip(v + s, 0, 0.999))
                for v, s in zip((box.x1, box.y1, box.x2, box.y2), shift, strict=True)
            )
        )
    elif a.scene.kind == "part":
        w, h = a.rng.uniform(0.08, 0.3, 2)
        x, y = a.rng.uniform(0, 1 - w), a.rng.uniform(0, 1 - h)
        box, answer = Box(float(x), float(y), float(x + w), float(y + h)), a.words.answers["fine"]
        part = np.s_[int(y * height) : int((y + h) * height), int(x * width) : int((x + w) * width)]
        if any(thing.mask[part].any() for thing in things):
            return None
    else:
        return None
    if box.area <= 0:
        return None
    made = a.made("identify", Task.IDENTIFY, answer)
    return Asked("identify", made.task, made.question, answer, a.language, (box,))


def ask_grounding(a: Asker) -> Asked:
    named = []
    for thing in a.scene.things:
        boxed = boxes_text([a.found(thing)], DIALECT, a.seen)
        named.append(f"{boxed} {a.place(thing)}" if a.scene.kind == "part" else boxed)
    text = described(a, named)
    made = a.made("grounding", Task.GROUNDING, text)
    return Asked(
        "grounding",
        made.task,
        made.question,
        text,
        a.language,
        truth=tuple(a.found(thing) for thing in a.scene.things),
    )


def ask_caption(a: Asker) -> Asked:
    if a.scene.kind == "label":
        lines = ", ".join(f'"{line}"' for line in a.scene.lines)
        return a.made("caption", Task.CAPTION, a.words.answer("reads", lines=lines))
    if a.scene.kind == "shapes":
        named = [a.called(thing) for thing in a.scene.things]
    else:
        named = [a.words.answer("at", thing=a.called(t), place=a.place(t)) for t in a.scene.things]
    return a.made("caption", Task.CAPTION, described(a, named))


def described(a: Asker, named: list[str]) -> str:
    if a.scene.kind == "shapes":
        text = a.words.answer("shapes", count=str(len(named)), things=a.listed(named))
    else:
        part = a.words.name(a.scene.name)
        if a.scene.colour:
            part = a.words.answer("coloured", colour=a.words.names[a.scene.colour], thing=part)
        key = "a_part" if named else "a_good_part"
        text = a.words.answer(key, part=part, things=a.listed(named))
    return text[:1].upper() + text[1:] + "."


def ask_part_name(a: Asker) -> Asked | None:
    if a.scene.name not in a.words.names:
        return None
    return a.made("part_name", Task.VQA, a.words.names[a.scene.name])


def ask_part_colour(a: Asker) -> Asked | None:
    if not a.scene.colour:
        return None
    return a.made("part_colour", Task.VQA, a.words.names[a.scene.colour])


def ask_steps(a: Asker) -> Asked:
    things = [a.words.answer("at", thing=a.called(t), place=a.place(t)) for t in a.scene.things]
    seen = (
        a.words.answer("sees", things=a.listed(things)) if things else a.words.answers["sees_none"]
    )
    kind = str(a.rng.choice(["yes_no", "kind", "how_many"]))
    made = {"yes_no": ask_yes_no, "kind": ask_kind, "how_many": ask_how_many}[kind](a)
    answer = f"{seen}\n{a.words.answers['answer']}{made.answer}"
    return Asked("steps", Task.VQA, made.question, answer, a.language, steps=True)
