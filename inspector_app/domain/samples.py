"""Truth about images, to learn from and to judge answers by, in no model's words."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.tasks import Task

SPLITS = ("train", "val", "test")


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of a data set, whatever form it came in.

    Attributes:
        images: Absolute paths, the image asked about first; empty for text alone.
        task: What is asked.
        split: One of `SPLITS`.
        question: As the data set has it; empty where the task needs none.
        answers: What is right, the usual one first; several where people were asked.
        located: Labelled boxes, in fractions of the upright image; None where the place of a defect
            is unknown, empty where there is nothing to find.
        is_defect: None where the data say nothing of it.
        fields: Fields of a document, name -> text; None for what it lacks.
        explanations: Why the answer is right, as people wrote it.
        question_type: As the data set names it ("number", "yes/no"); of a part, that of its defect.
        category: What is shown ("hazelnut").
        language: "en" or "vi"; of question and answer.
        mask: Absolute path of a one-bit mask of the defect; empty without one.
        golden: Absolute path of a good part of the same kind; empty without one.
        source: The file and line it came from, for people.
    """

    images: tuple[str, ...]
    task: Task
    split: str
    question: str = ""
    answers: tuple[str, ...] = ()
    located: tuple[FoundBox, ...] | None = ()
    is_defect: bool | None = None
    fields: tuple[tuple[str, str | None], ...] = ()
    explanations: tuple[str, ...] = ()
    question_type: str = ""
    category: str = ""
    language: str = "en"
    mask: str = ""
    golden: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sample as a model reads it: a conversation in its own dialect.

    Attributes:
        sample: Where it comes from.
        turns: Question and answer of each turn; images stand before the first question.
        system: System message; empty for the model's usual one.
    """

    sample: Sample
    turns: tuple[tuple[str, str], ...]
    system: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A sample of a run.

    Attributes:
        sample: The sample.
        template: Instruction template that it is put by.
        share: How often it is drawn, in proportion to the others; 1 for all unless a run says so.
    """

    sample: Sample
    template: str = "auto"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Concern:
    """Something about data that a person should know before a run.

    Attributes:
        severity: "error" (the run is refused), "warning", or "note".
        what: One sentence.
        where: Files and lines, the first few.
        count: How many samples it is about.
    """

    severity: str
    what: str
    where: tuple[str, ...] = ()
    count: int = 1
