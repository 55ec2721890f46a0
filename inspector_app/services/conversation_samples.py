"""Conversations as data to learn from: a line of our manifest for each question with its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.asking import Reads
from inspector_app.domain.branches import Tree
from inspector_app.domain.chat import BAD, GOOD, Message, answer_boxes
from inspector_app.domain.errors import BadInputError, InspectorError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import Result
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.learning.importers.nested import flatten
from inspector_app.learning.importers.project import language_of
from inspector_app.learning.importers.rows import RowError
from inspector_app.reports.pictures import has_changed
from inspector_app.services.ways import ways
from inspector_app.store.project import Project

_WITH_BOXES = frozenset({Task.GROUNDING, Task.REFER, Task.DETECTION})


@dataclass(frozen=True, slots=True)
class Lines:
    """What was written.

    Attributes:
        samples: One for each line.
        follow_ups: How many of them were asked after another question, which a line does not hold.
        left_out: Answers that are no lines: marked as bad with nothing put right, stopped, failed,
            without what their task needs, about an image that was changed since, or read in another
            form than the model wrote (fields, places in pixels, citations of a context).
        unmarked: Answers left out because nobody marked them as good.
    """

    samples: tuple[Sample, ...]
    follow_ups: int = 0
    left_out: int = 0
    unmarked: int = 0


def collect(
    project: Project,
    image_ids: Sequence[str],
    *,
    only_good: bool,
    all_branches: bool = False,
    end: str | None = None,
) -> Lines:
    """Returns the answered questions of conversations, what a person put right in its place.

    Args:
        project: The project.
        image_ids: Images whose conversations are read.
        only_good: Only answers that a person marked as good or put right.
        all_branches: Not the branch on show alone.
        end: Last message of the branch of a single image, if it is another than that on show.

    Raises:
        BadInputError: An image is a page of a file with several, which cannot be learned from.
        StoreError: The project cannot be read.
    """
    samples: list[Sample] = []
    follow_ups = left_out = unmarked = 0
    for image_id in image_ids:
        image = project.image(image_id)
        tree = project.talk(image_id)
        boxes = answer_boxes(project.findings(image_id, replaced=True))
        changed = has_changed(image.path, image.sha256)
        for question, answer in _answered(tree, all_branches, end):
            accepted = answer.mark == GOOD or bool(answer.right)
            if only_good and not accepted and answer.mark != BAD:
                unmarked += 1
                continue
            result = _result(project, answer)
            found = boxes.get(answer.result_id or "", ())
            sample = _sample(image, question, answer, result, found)
            if sample is None or changed:
                left_out += 1
                continue
            _one_page(image)
            samples.append(sample)
            follow_ups += bool(tree.parent(question.id))
    return Lines(tuple(samples), follow_ups, left_out, unmarked)


def write(lines: Lines, path: Path) -> None:
    """Writes the lines, as `learning.importers` reads the form "manifest".

    Raises:
        BadInputError: There is none, or an image lies outside the folder of the file.
        ImageError: An image with boxes cannot be read.
        StoreError: Not written.
    """
    from inspector_app.learning.writers import write_manifest

    if not lines.samples:
        what = "There is no answer to learn from."
        mend = "Ask again, or take those too that nobody marked."
        if not lines.unmarked:
            mend = "Mark answers as good, or type what would be right."
        raise BadInputError(what, mend)
    write_manifest(lines.samples, path)


def _answered(tree: Tree, all_branches: bool, end: str | None) -> Iterator[tuple[Message, Message]]:
    shown = tree.shown() if end is None else tree.path(end)
    told: set[str] = set()
    for branch in tree.branches() if all_branches else [shown]:
        for message in branch:
            question = tree.message(tree.parent(message.id))
            if message.role == "user" or question is None or message.id in told:
                continue
            told.add(message.id)
            yield question, message


def _sample(
    image: ImageRef,
    question: Message,
    answer: Message,
    result: Result | None,
    found: tuple[FoundBox, ...],
) -> Sample | None:
    """Returns the line of an answer; None where there is none to be learned."""
    right = answer.right.strip()
    text = right or answer.text.strip()
    if not right and (answer.mark == BAD or answer.status != "done" or not text):
        return None
    if _read_otherwise(answer):
        return None
    task = result.task if result is not None else Task.VQA
    # What a person put right is said of the words; where it lies nobody has said.
    located = found if task in _WITH_BOXES and not right else ()
    if task is Task.REFER and not located:
        return None
    if task is Task.DETECTION and right:
        return None
    if task is Task.IDENTIFY:
        if not question.boxes:
            return None
        located = (FoundBox(text, question.boxes[0]),)
    is_defect = None
    if task is Task.DETECTION:
        rejected = result is not None and result.verdict is Verdict.REJECT
        is_defect = bool(located) or rejected
    return Sample(
        images=(image.path,),
        task=task,
        split="train",
        question=question.text,
        answers=(text,) if task is not Task.DETECTION else (),
        located=located if located or not is_defect else None,
        is_defect=is_defect,
        fields=_fields(text) if task is Task.EXTRACT else (),
        language=language_of(f"{question.text} {text}"),
    )


def _read_otherwise(answer: Message) -> bool:
    """Whether what is shown is not what the model should write when it is asked this."""
    if answer.made is None:
        return False
    way = ways().get(answer.made.ask.way)
    return way is None or way.reads in (Reads.FIELDS, Reads.PLACES, Reads.CITED)


def _fields(text: str) -> tuple[tuple[str, str | None], ...]:
    try:
        return flatten(json.loads(text))
    except (ValueError, RowError):
        return ()


def _result(project: Project, answer: Message) -> Result | None:
    if answer.result_id is None:
        return None
    try:
        return project.result(answer.result_id)
    except InspectorError:
        return None  # replaced by a newer result since


def _one_page(image: ImageRef) -> None:
    if image.page or image.path.lower().endswith(".pdf"):
        raise BadInputError(
            "Pages of files with several cannot be learned from.", "Save the page as an image."
        )
