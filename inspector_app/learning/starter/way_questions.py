"""Questions put in each of the ways of the Ask panel (`resources/prompts/ways`)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from inspector_app.domain.asking import Way
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.paths import RESOURCES
from inspector_app.domain.tasks import Task
from inspector_app.learning.box_answers import boxes_text
from inspector_app.learning.starter.asker import DIALECT, Asked, Asker
from inspector_app.learning.starter.part_questions import (
    ask_how_many,
    ask_kind,
    ask_yes_no,
    described,
)
from inspector_app.learning.starter.scene import COLOURS, DEFECTS
from inspector_app.parsing.answer_forms import fields_schema, places_schema
from inspector_app.parsing.texts import texts
from inspector_app.parsing.way_files import fill, read_way

_LETTERS = "ABCDEFGH"


@cache
def _way(name: str) -> Way:
    return read_way(RESOURCES / "prompts" / "ways" / f"{name}.toml")


def put(name: str, stage: str, language: str, question: str, **values: str) -> str:
    """A question as a way puts it; `question` may be empty for the way's own."""
    words = _way(name).words(language)
    known = {"question": question or words.question, "format": "", **values}
    return fill(words.stages[stage], known)


def prompt(name: str, control: str, value: str, language: str) -> str:
    """What a value of a control puts into the prompt."""
    return _way(name).words(language).prompts[f"{control}.{value}"]


def _asked(a: Asker, kind: str, question: str, answer: str, task: Task = Task.VQA) -> Asked:
    return Asked(kind, task, question, answer, a.language)


def _short(a: Asker) -> Asked:
    return [ask_yes_no, ask_kind, ask_how_many][int(a.rng.integers(3))](a)


def _looked(a: Asker) -> str:
    """What is to be seen, in a sentence: the reasoning that an answer follows from."""
    things = [a.words.answer("at", thing=a.called(t), place=a.place(t)) for t in a.scene.things]
    if not things:
        return a.words.answers["sees_none"]
    return a.words.answer("sees", things=a.listed(things))


def ask_steps_way(a: Asker) -> Asked:
    short = _short(a)
    marker = texts("asking", a.language)["marker"]
    question = put("step-by-step", "answer", a.language, short.question)
    return _asked(a, "steps_way", question, f"{_looked(a)}\n{marker} {short.answer}")


def ask_rationale(a: Asker) -> Asked:
    question = put("two-stage", "rationale", a.language, _short(a).question)
    return _asked(a, "rationale", question, _looked(a))


def ask_reasoned(a: Asker) -> Asked:
    short = _short(a)
    question = put("two-stage", "answer", a.language, short.question, rationale=_looked(a))
    return _asked(a, "reasoned", question, short.answer)


def ask_choices(a: Asker) -> Asked | None:
    names = a.words.names
    if a.scene.kind == "shapes":
        if len({thing.colour for thing in a.scene.things}) != 1:
            return None
        right, others = names[a.scene.things[0].colour], [names[colour] for colour in COLOURS]
        kind = "only_colour"
    else:
        labels = {thing.label for thing in a.scene.things}
        if len(labels) > 1:
            return None
        right = names[labels.pop()] if labels else a.words.answers["fine"]
        others = [*(names[defect] for defect in DEFECTS), a.words.answers["fine"]]
        kind = "kind"
    wrong = a.rng.permutation([each for each in others if each != right])
    options = [right, *(str(each) for each in wrong[: int(a.rng.integers(1, 4))])]
    listed = [str(each) for each in a.rng.permutation(options)]
    lettered = "\n".join(f"{_LETTERS[n]}. {option}" for n, option in enumerate(listed))
    question = a.made(kind, Task.VQA, right).question
    asked = put("choices", "answer", a.language, question, options=lettered)
    return _asked(a, "choices", asked, right)


def ask_context(a: Asker) -> Asked:
    """Experts told of the true regions, sometimes of one where nothing is."""
    words = texts("asking", a.language)
    known = [(a.found(thing), True) for thing in a.scene.things]
    if not known or a.rng.random() < 0.25:
        x, y = a.rng.uniform(0, 0.8, 2)
        box = Box(float(x), float(y), float(x) + 0.15, float(y) + 0.15)
        known.append((FoundBox(a.words.names[str(a.rng.choice(DEFECTS))], box), False))
    known = [known[int(each)] for each in a.rng.permutation(len(known))]
    lines: list[str] = []
    cited: list[str] = []
    for number, (found, true) in enumerate(known, 1):
        sides = {"left": found.box.x1, "top": found.box.y1}
        sides |= {"right": found.box.x2, "bottom": found.box.y2}
        score = f"{a.rng.uniform(0.3, 1):.2f}"
        lines.append(
            words["context_region"].format(
                number=number,
                label=found.label,
                score=words["context_score"].format(
                    score=score.replace(".", ",") if a.language == "vi" else score
                ),
                place=words["context_place"].format(
                    **{side: f"{100 * value:.0f}" for side, value in sides.items()}
                ),
            )
        )
        if true:
            cited.append(f"{found.label} [{number}]")
    question = "" if a.rng.random() < 0.4 else ask_kind(a).question
    asked = put("context", "answer", a.language, question, context="\n".join(lines))
    return _asked(a, "context", asked, a.listed(cited) or a.words.answers["none"])


def ask_count_way(a: Asker) -> Asked:
    found = [a.found(thing) for thing in a.scene.things]
    marker = texts("asking", a.language)["count_marker"]
    own = a.scene.kind == "part" and a.rng.random() < 0.5
    question = "" if own else a.made(_counts(a), Task.VQA, "").question
    boxes = f"\n{boxes_text(found, DIALECT, a.seen)}" if found else ""
    asked = put("count", "answer", a.language, question)
    made = _asked(a, "count_way", asked, f"{marker} {len(found)}{boxes}", Task.GROUNDING)
    return replace(made, truth=tuple(found))


def _counts(a: Asker) -> str:
    return "how_many" if a.scene.kind == "part" else "count"


def ask_locate(a: Asker) -> Asked:
    """Boxes in pixels of the original, which the model sees smaller; its size is told."""
    scale = float(a.rng.uniform(1, 5))
    height, width = (round(side * scale) for side in a.scene.pixels.shape[:2])
    size = fill(
        prompt("locate", "size", "given", a.language), {"width": str(width), "height": str(height)}
    )
    boxes = [
        {"label": a.called(thing), "box": [round(scale * v) for v in thing.box]}
        for thing in a.scene.things
    ]
    question = "" if a.scene.kind == "part" else a.made("all_shapes", Task.VQA, "").question
    asked = put("locate", "answer", a.language, question, size=size)
    answer = json.dumps({"boxes": boxes}, ensure_ascii=False)
    return replace(_asked(a, "locate", asked, answer), schema=places_schema(asks_size=False))


def ask_form(a: Asker) -> Asked | None:
    """A question with the form that its answer must have."""
    words = texts("asking", a.language)
    short = _short(a)
    form = str(a.rng.choice(["line", "word", "yes_no", "number"]))
    wanted = {"yes_no": "yes_no", "number": "how_many"}
    if form in wanted and short.kind != wanted[form]:
        return None
    answer = short.answer
    if form == "line":
        answer = f"{words['marker']} {answer}"
    elif form == "word" and " " in answer:
        return None
    question = put("zero-shot", "answer", a.language, short.question, format=words[f"form_{form}"])
    return _asked(a, "form", question, answer)


def ask_caption_way(a: Asker) -> Asked:
    length = str(a.rng.choice(["sentence", "words", "paragraph"]))
    chosen = {"length": length}
    for control, values in (
        ("tone", ("neutral", "positive", "negative")),
        ("truth", ("factual", "imaginative")),
    ):
        chosen[control] = str(a.rng.choice(values))
    filled = {name: prompt("caption", name, value, a.language) for name, value in chosen.items()}
    question = put("caption", "answer", a.language, "", **filled)
    part = a.words.name(a.scene.name)
    labels = list(dict.fromkeys(a.words.names[t.label] for t in a.scene.things))
    if length == "words":
        answer = f"{part}, {a.listed(labels) or a.words.answers['fine']}"
    else:
        places = [a.words.answer("at", thing=a.called(t), place=a.place(t)) for t in a.scene.things]
        answer = described(a, places)
        if length == "paragraph":
            count = ask_how_many(a)
            verdict = ask_yes_no(a)
            answer = " ".join(
                (
                    answer,
                    f"{count.question} {count.answer}.",
                    f"{verdict.question} {verdict.answer}.",
                )
            )
    return _asked(a, "caption_way", question, answer[:1].upper() + answer[1:], Task.CAPTION)


def ask_fields_way(a: Asker) -> Asked:
    names = list(a.scene.fields)
    if a.rng.random() < 0.5:
        names.append(str(a.rng.choice(["lot", "date", "quantity", "total", "code"])))
    shown = {a.words.names[name]: a.scene.fields.get(name, "N/A") for name in dict.fromkeys(names)}
    order = [str(name) for name in a.rng.permutation(list(shown))]
    fields = ", ".join(order)
    answer = json.dumps({name: shown[name] for name in order}, ensure_ascii=False)
    asked = put("fields", "answer", a.language, "", fields=fields)
    return replace(_asked(a, "fields_way", asked, answer), schema=fields_schema(fields))
