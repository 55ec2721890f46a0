"""Ways of putting a question to a language model, what a person chose of one, and what came of it.

A way is data: a file in `resources/prompts/ways` or in the user's folder. It has one stage or
more; each is one request to the engine, and what it brings may stand in the words of the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.prompting import Example, Sampling
from inspector_app.domain.tasks import Task

PLAIN = "zero-shot"  # the way in which nothing is added to the question


class Part(StrEnum):
    """What a way takes besides the question."""

    EXAMPLES = "examples"  # questions with their answers
    DEMONSTRATIONS = "demonstrations"  # images with their answers
    FORMAT = "format"
    OPTIONS = "options"
    CONTEXT = "context"
    GOLDEN = "golden"
    FIELDS = "fields"


class Reads(StrEnum):
    """How the answer of the last stage is read."""

    TEXT = "text"
    STEPS = "steps"  # reasoning, then a line with the answer
    CHOICE = "choice"  # nothing is written: the options are scored
    COUNT = "count"  # a number, checked against the boxes
    PLACES = "places"  # JSON with boxes in pixels of a size that the prompt names or asks for
    FIELDS = "fields"  # JSON with a text for each field
    CITED = "cited"  # words that name regions of the context by number


class Form(StrEnum):
    """The form that an answer is asked to have."""

    NONE = "none"
    LINE = "line"  # "Answer: <answer>"
    WORD = "word"
    YES_NO = "yes_no"
    NUMBER = "number"
    JSON = "json"
    OWN = "own"  # in the user's words


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """Form of an answer; `text` is the user's words for `Form.OWN`."""

    form: Form = Form.NONE
    text: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """A choice that a way offers, told in its prompt.

    Attributes:
        name: Stands in braces in the way's texts.
        values: Names of what can be chosen; the first is the usual one.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayTexts:
    """A way in one language.

    Attributes:
        name: On the menu.
        about: One sentence: what it is good for.
        question: Asked when the user gives none; empty where one must be given.
        stages: What each stage asks, by its name; what stands in braces is filled in.
        controls: Name of each control.
        values: Name of each value of a control, "control.value" -> words.
        prompts: What each value puts into the prompt, "control.value" -> words.
    """

    name: str
    about: str
    question: str = ""
    stages: dict[str, str] = field(default_factory=dict[str, str])
    controls: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, str] = field(default_factory=dict[str, str])
    prompts: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Way:
    """A way of putting a question.

    Attributes:
        id: Name of its file.
        order: Place on the menu.
        task: What the engine is asked; None for the task that the user chose.
        takes: What it takes besides the question.
        needs: Which of that must be given.
        reads: How the answer is read.
        stages: Names of its stages; all but the last are kept as reasoning.
        controls: Choices that it offers.
        texts: By language; English is always there.
        own: It lies in the user's folder.
    """

    id: str
    order: int
    task: Task | None
    takes: frozenset[Part]
    needs: frozenset[Part]
    reads: Reads
    stages: tuple[str, ...]
    controls: tuple[Control, ...]
    texts: dict[str, WayTexts]
    own: bool = False

    def words(self, language: str) -> WayTexts:
        """Returns its texts, English where a language is missing."""
        return self.texts.get(language) or self.texts["en"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Everything that was chosen for one question.

    Attributes:
        question: The user's words.
        way: Id of the way.
        task: Of the question, where the way leaves that to the user.
        verbatim: The words go to the model as they are, without the task's tag and wording.
        examples: Demonstrations, by text alone or with an image.
        format: Form of the answer.
        options: Answers to choose from.
        context: What is told about the image beside it, as the user left it.
        regions: Regions that the context numbers, the first as 1; without area where the user
            wrote the line anew.
        golden: Images of good parts that go with the question.
        fields: Of a document, or the text of a JSON schema.
        controls: Chosen values by name; the usual one of those that are missing.
        system: System message; empty for the usual one.
        sampling: How the answer is drawn.
    """

    question: str = ""
    way: str = PLAIN
    task: Task = Task.VQA
    verbatim: bool = False
    examples: tuple[Example, ...] = ()
    format: AnswerFormat = field(default_factory=AnswerFormat)
    options: tuple[str, ...] = ()
    context: str = ""
    regions: tuple[FoundBox, ...] = ()
    golden: tuple[str, ...] = ()
    fields: str = ""
    controls: tuple[tuple[str, str], ...] = ()
    system: str = ""
    sampling: Sampling = field(default_factory=Sampling)

    def has(self, part: Part) -> bool:
        """Whether something is given for a part."""
        given: dict[Part, object] = {
            Part.EXAMPLES: self.examples,
            Part.DEMONSTRATIONS: any(example.image for example in self.examples),
            Part.FORMAT: self.format.form is not Form.NONE,
            Part.OPTIONS: self.options,
            Part.CONTEXT: self.context.strip(),
            Part.GOLDEN: self.golden,
            Part.FIELDS: self.fields.strip(),
        }
        return bool(given[part])

    def only(self, way: Way) -> Ask:
        """Leaves out what the way does not take; it may be left from another one."""
        takes = way.takes
        shown = {Part.EXAMPLES, Part.DEMONSTRATIONS} & takes
        wants_images = Part.DEMONSTRATIONS in takes
        return replace(
            self,
            examples=tuple(e for e in self.examples if shown and (wants_images or not e.image)),
            format=self.format if Part.FORMAT in takes else AnswerFormat(),
            options=self.options if Part.OPTIONS in takes else (),
            context=self.context if Part.CONTEXT in takes else "",
            regions=self.regions if Part.CONTEXT in takes else (),
            golden=self.golden if Part.GOLDEN in takes else (),
            fields=self.fields if Part.FIELDS in takes else "",
            controls=tuple(
                (control.name, dict(self.controls).get(control.name, control.values[0]))
                for control in way.controls
            ),
        )


@dataclass(frozen=True, slots=True)
class ScoredOption:
    """An answer to choose from, as the model scores it.

    Attributes:
        text: The answer.
        log_likelihood: log p(answer | image, question), in nats.
        share: Of its likelihood among all options, 0..1; they add up to 1.
        share_by_length: The same of likelihoods by byte of the answer, so that a long answer is
            not worse for its length alone.
    """

    text: str
    log_likelihood: float
    share: float
    share_by_length: float


@dataclass(frozen=True, slots=True)
class Made:
    """What an answer was made of; kept with it.

    Attributes:
        ask: What was chosen.
        rationale: Reasoning before the answer.
        options: Scores of the options, in the order they were given.
        cited: Numbers of the context that the answer names.
        unknown: Numbers that it names and that do not stand in the context.
        prompts: Whole prompt of each stage, as the model saw it.
    """

    ask: Ask
    rationale: str = ""
    options: tuple[ScoredOption, ...] = ()
    cited: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    prompts: tuple[str, ...] = ()

    @property
    def cited_regions(self) -> tuple[FoundBox, ...]:
        """The regions of the context that the answer names, labelled by their numbers."""
        regions = self.ask.regions
        return tuple(
            replace(regions[number - 1], label=f"[{number}]")
            for number in self.cited
            if 0 < number <= len(regions) and regions[number - 1].box.area > 0
        )
