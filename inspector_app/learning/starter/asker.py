"""A question about a rendered picture with its answer, and what the kinds of questions share."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.tasks import Task
from inspector_app.learning.box_answers import boxes_text
from inspector_app.learning.starter.scene import Scene, Thing
from inspector_app.learning.starter.surface import Rng
from inspector_app.learning.starter.words import Words, filled, words

DIALECT = "qwen2-vl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a picture and its answer.

    Attributes:
        kind: Of the question, a key of the wordings.
        task: As the program would ask it.
        question: In words; empty for the program's own words of the task.
        answer: As the model should write it.
        language: "en" or "vi".
        boxes: Regions that the question is about.
        steps: Reasons come first.
        schema: JSON schema that the answer follows.
        own: The program's own wording stands in `question`: it is asked as it is.
        truth: Boxes of the answer, for figures.
    """

    kind: str
    task: Task
    question: str
    answer: str
    language: str
    boxes: tuple[Box, ...] = ()
    steps: bool = False
    schema: str = ""
    own: bool = False
    truth: tuple[FoundBox, ...] = ()


class Asker:
    """Draws questions about one picture.

    Args:
        rng: Source of chance.
        scene: The picture.
        language: "en" or "vi".
        seen: What the model sees of it.
    """

    def __init__(self, rng: Rng, scene: Scene, language: str, seen: SeenImage) -> None:
        self.rng, self.scene, self.language, self.seen = rng, scene, language, seen
        self.words: Words = words(language)

    def made(self, kind: str, task: Task, answer: str, /, **values: str) -> Asked:
        """A question in one of the wordings of its kind."""
        wording = str(self.rng.choice(self.words.questions[kind]))
        question = filled(wording, **values)
        return Asked(kind, task, question[:1].upper() + question[1:], answer, self.language)

    def yes(self, it_is: bool) -> str:
        """Yes or no."""
        return self.words.answers["yes" if it_is else "no"]

    def called(self, thing: Thing) -> str:
        """A thing in words, with its colour if it has one."""
        if not thing.colour:
            return self.words.name(thing.label)
        return self.coloured(thing.label, thing.colour)

    def coloured(self, shape: str, colour: str) -> str:
        """A coloured shape in words."""
        names = self.words.names
        return self.words.answer("coloured", colour=names[colour], thing=names[shape])

    def found(self, thing: Thing, label: str = "") -> FoundBox:
        """A thing with its box in fractions of the picture."""
        height, width = self.scene.pixels.shape[:2]
        x1, y1, x2, y2 = thing.box
        most = 0.999  # "1000" is more than one number for the model
        box = Box(x1 / width, y1 / height, min(most, x2 / width), min(most, y2 / height))
        return FoundBox(label or self.called(thing), box)

    def place(self, thing: Thing) -> str:
        """Where a thing is, in words."""
        height, width = self.scene.pixels.shape[:2]
        x1, y1, x2, y2 = thing.box
        column = int(3 * (x1 + x2) / 2 / width)
        row = int(3 * (y1 + y2) / 2 / height)
        keys = (
            ("top_left", "top", "top_right"),
            ("left", "middle", "right"),
            ("bottom_left", "bottom", "bottom_right"),
        )
        return self.words.names[keys[min(2, row)][min(2, column)]]

    def boxed(self, kind: str, task: Task, found: list[FoundBox], /, **values: str) -> Asked:
        """A question whose answer is boxes."""
        asked = self.made(kind, task, boxes_text(found, DIALECT, self.seen), **values)
        return Asked(
            asked.kind, task, asked.question, asked.answer, self.language, truth=tuple(found)
        )

    def listed(self, texts: list[str]) -> str:
        """Several names in a row."""
        if len(texts) < 2:
            return "".join(texts)
        return ", ".join(texts[:-1]) + self.words.answers["and"] + texts[-1]
