"""From a sample to a lesson: the question as a model is asked, the answer as it should give it.

What the texts are is data (`template_files`). The template "auto" asks as the program asks when it
inspects, so that an adapter meets there what it has learned.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Lesson, Sample
from inspector_app.domain.tasks import Task
from inspector_app.engines.language_prompts import language_texts, question_text, region_text
from inspector_app.learning.box_answers import boxes_text, phrase_text
from inspector_app.learning.document_answers import document_answer
from inspector_app.learning.template_files import Template, Wording, template, words
from inspector_app.parsing.box_text import plain
from inspector_app.parsing.texts import texts

__all__ = [
    "explanation_parts",
    "explanation_question",
    "has_words",
    "lesson_rng",
    "make_lesson",
]

_FAMILIES = {"minigpt-v2": "minigpt"}  # dialect -> file of texts
_TAGGED = re.compile(r"\[[a-z]+\]")
_TAGS = {"yes_no": "vqa", "explanation": "vqa"}  # kinds that go under the tag of another
_ANY = "defect"


def lesson_rng(seed: int, epoch: int, sample: Sample) -> Random:
    """Returns what wordings are drawn with: the same for a sample in an epoch, on any machine."""
    name = Path(sample.images[0]).name if sample.images else ""
    return Random(f"{seed}/{epoch}/{sample.source}/{name}/{sample.question}")


def make_lesson(
    sample: Sample, name: str, dialect: str, seen: SeenImage | None, rng: Random
) -> Lesson:
    """Puts a sample to a model.

    Args:
        sample: The sample.
        name: Of an instruction template.
        dialect: How the model writes boxes, key of `DIALECTS`.
        seen: What the model sees of the first image; None without one.
        rng: Draws the wording, see `lesson_rng`.

    Raises:
        BadInputError: There is no such template, or it has no words for the sample.
        EngineError: The dialect is not known.
    """
    chosen = template(name)
    if sample.images and seen is None:
        raise BadInputError("A lesson about an image needs the size that the model sees it in.")
    usable = _usable(sample, chosen)
    if not usable:
        why = (
            " with what is known of it."
            if _kinds(sample)[0]
            else ", because the answer is missing."
        )
        raise BadInputError(
            f"The template {chosen.name} has no words for the task {sample.task.value}{why}",
            "Choose another template for this data set, or leave it out.",
        )
    kind = rng.choice(usable)
    family = language_texts(sample.language, _FAMILIES.get(dialect, ""))
    if kind in chosen.wordings:
        wording = chosen.wording(kind, sample.language)
        question, answer = _worded(sample, kind, wording, dialect, seen, rng)
        tag = family.get(f"{_TAGS.get(kind, kind)}_tag", "")
        if tag and not chosen.frame and not _TAGGED.match(question):
            question = f"{tag} {question}"
    else:
        question, answer = _own_words(sample, kind, family, dialect, seen, rng)
    return Lesson(sample, ((_framed(question, chosen, sample.language), answer),))


def has_words(sample: Sample, name: str) -> bool:
    """Whether a template has words for what is known of a sample.

    A sample whose answer is missing counts as one with words: that is a fault of the data, which
    `make_lesson` tells.

    Raises:
        BadInputError: There is no such template.
    """
    return bool(_usable(sample, template(name))) or not _kinds(sample)[0]


def explanation_question(sample: Sample) -> str:
    """Returns the question of a sample with the wish for a reason, as "auto" puts it."""
    return f"{sample.question} {words(sample.language)['ask_why']}"


def explanation_parts(answer: str, language: str) -> tuple[str, str]:
    """Returns answer and reason of an explained answer; no reason where none is given."""
    first, _, reason = answer.partition(f" {words(language)['because']} ")
    return first.strip(), reason.strip()


def _usable(sample: Sample, chosen: Template) -> list[str]:
    own, derived = _kinds(sample)
    worded = set(chosen.wordings)
    if not sample.fields:
        worded.discard("extract")  # its words speak of a schema
    usable = [kind for kind in own if kind in chosen.auto or kind in worded]
    return usable + [kind for kind in derived if kind in worded]


def _kinds(sample: Sample) -> tuple[list[str], list[str]]:
    """Returns the kinds that a sample is of, and those that can be made of it besides."""
    if sample.task is Task.DETECTION:
        own = ["detection"] if sample.located is not None else []
        own += ["yes_no"] if sample.is_defect is not None else []
        derived = ["refer"] if _single(sample) else []
        derived += ["identify"] if sample.located else []
        return own, derived
    if sample.task is Task.EXTRACT:
        return (["extract"] if sample.fields or _answer(sample) else []), []
    if sample.task is Task.REFER:
        return (["refer"] if sample.located else []), []
    if not _answer(sample):
        return [], []
    if sample.task is Task.IDENTIFY:
        return (["identify"] if sample.located else []), []
    explained = ["explanation"] if sample.task is Task.VQA and any(sample.explanations) else []
    return [*explained, sample.task.value], []


def _own_words(
    sample: Sample,
    kind: str,
    family: dict[str, str],
    dialect: str,
    seen: SeenImage | None,
    rng: Random,
) -> tuple[str, str]:
    """Question as the engines put it, and answer."""
    if kind == "yes_no":
        wording = rng.choice(("defect", "flawless"))
        yes = sample.is_defect is (wording == "defect")
        return family[wording], family["yes" if yes else "no"].split("|")[0]
    request = InspectRequest(sample.images, sample.task, sample.question, language=sample.language)
    if kind == "explanation":
        request = replace(request, question=explanation_question(sample))
        joined = f"{{answer}} {words(sample.language)['because']} {{explanation}}"
        answer = _filled(joined, _values(sample, rng))
    elif kind == "extract":
        question = sample.question or texts("document", sample.language)["read_fields"]
        # An answer that is a text is not asked for as JSON.
        schema, answer = document_answer(sample) if sample.fields else ("", _answer(sample))
        request = replace(request, question=question, schema=schema, verbatim=not schema)
    elif kind == "detection":
        answer = _found(sample, Wording(("",), ""), dialect, seen)
    elif kind == "refer":
        request = replace(request, question=sample.question or _located(sample)[0].label)
        answer = _boxes(_located(sample), dialect, seen)
    else:
        if kind == "identify":
            request = replace(request, boxes=(_located(sample)[0].box,))
        answer = _answer(sample)
    return question_text(request, family, dialect, seen), answer


def _worded(
    sample: Sample,
    kind: str,
    wording: Wording,
    dialect: str,
    seen: SeenImage | None,
    rng: Random,
) -> tuple[str, str]:
    """Question and answer in the words of a template."""
    values = _values(sample, rng)
    if kind == "extract":
        values["schema"], values["fields"] = document_answer(sample)
    if kind == "detection":
        values["boxes"] = _found(sample, wording, dialect, seen)
    if kind in ("refer", "identify"):
        of_detection = sample.task is Task.DETECTION and kind == "refer"
        each = rng.choice(_single(sample) if of_detection else _located(sample))
        values["label"] = plain(each.label)
        if kind == "refer":
            values["label"] = plain(sample.question) or values["label"]
            values["boxes"] = _boxes((each,), dialect, seen)
        else:
            values["label"] = _answer(sample) or values["label"]
            values["region"] = region_text((each.box,), dialect, seen)
    question = _filled(rng.choice(wording.questions), values)
    return question.strip(), _filled(wording.answer, values).strip()


def _values(sample: Sample, rng: Random) -> dict[str, str]:
    explanations = [text for text in sample.explanations if text.strip()]
    found = sample.located or ()
    # Asked for by name, a defect would be given away by the question.
    names = sorted({each.label for each in found}) if sample.is_defect is None else []
    return {
        "question": plain(sample.question).strip(),
        "answer": _answer(sample),
        "explanation": plain(rng.choice(explanations)).strip() if explanations else "",
        "category": plain(sample.category) or "part",
        "labels": plain(", ".join(names)) or _ANY,
    }


def _found(sample: Sample, wording: Wording, dialect: str, seen: SeenImage | None) -> str:
    category = plain(sample.category) or "part"
    if not sample.located:
        if wording.good:
            return phrase_text(_filled(wording.good, {"category": category}), dialect)
        return words(sample.language)["nothing"]
    found = _located(sample)
    if wording.label:
        label = _filled(wording.label, {"category": category})
        found = tuple(FoundBox(label, each.box) for each in found)
    return _boxes(found, dialect, seen)


def _boxes(found: tuple[FoundBox, ...], dialect: str, seen: SeenImage | None) -> str:
    if seen is None:
        raise BadInputError("Boxes are given for a sample without an image.")
    return boxes_text(found, dialect, seen)


def _located(sample: Sample) -> tuple[FoundBox, ...]:
    return sample.located or ()


def _single(sample: Sample) -> list[FoundBox]:
    """Boxes whose label no other box has."""
    counts = Counter(each.label for each in _located(sample))
    return [each for each in _located(sample) if counts[each.label] == 1]


def _answer(sample: Sample) -> str:
    return plain(sample.answers[0]).strip() if sample.answers else ""


def _framed(question: str, chosen: Template, language: str) -> str:
    frame = chosen.frame.get(language) or chosen.frame.get("en", "")
    return _filled(frame, {"instruction": question}) if frame else question


def _filled(text: str, values: dict[str, str]) -> str:
    # In one go: what stands in the data is not filled in again.
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)
