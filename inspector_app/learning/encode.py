"""From samples to tokens with labels, by the engine's own prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Lesson, Sample
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.model_images import ModelImage
from inspector_app.imaging.decode import probe
from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.student import Student


@dataclass(frozen=True, slots=True)
class Draft:
    """A sample before it is put in a model's words.

    Attributes:
        sample: The sample.
        make: Puts it in words; what the model sees of its first image is needed for boxes.
        share: How often it is drawn, in proportion.
    """

    sample: Sample
    make: Callable[[SeenImage | None], Lesson]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A lesson as tokens.

    Attributes:
        lesson: What it says.
        ids: Of prompt and answers.
        labels: The same where an answer or its end stands, else `IGNORED`.
        positions: `[3, n]`, time, row and column.
        image_places: Indices of the tokens that stand for images, in order.
        seen: What the model sees of the first image.
        share: How often it is drawn.
    """

    lesson: Lesson
    ids: tuple[int, ...]
    labels: tuple[int, ...]
    positions: NDArray[np.int64]
    image_places: tuple[int, ...]
    seen: SeenImage | None
    share: float = 1.0

    def __len__(self) -> int:
        return len(self.ids)


def encode(student: Student, draft: Draft) -> Encoded:
    """Writes a sample as the engine would ask about it, and its answers as the model would write.

    Args:
        student: Has tokenizer and prompt.
        draft: The sample. No pixel of it is read, only the size of its images.

    Raises:
        BadInputError: An image cannot be read, or a text holds what stands for an image.
    """
    images = [_unread(student, path) for path in draft.sample.images]
    seen = images[0].seen if images else None
    lesson = draft.make(seen)
    turns = opening(student, lesson)
    ids: list[int] = []
    labels: list[int] = []
    prompt: Any = None
    for number, (question, answer) in enumerate(lesson.turns):
        turns.append(ChatTurn("user", question, tuple(images) if number == 0 else ()))
        prompt = student.prompt(turns, ())
        if list(prompt.ids[: len(ids)]) != ids:
            labels = []  # an earlier answer reads otherwise once it is history: it is not learned
        labels = [*labels, *[IGNORED] * (len(prompt.ids) - len(labels))]
        written = [*student.model.encode_answer(answer), student.model.end]
        ids = [*prompt.ids, *written]
        labels += written
        turns.append(ChatTurn("assistant", answer))
    if prompt is None:
        raise BadInputError("A sample has no question.", "Look at the template.")
    count = len(ids) - len(prompt.ids)
    following = np.arange(prompt.next_position, prompt.next_position + count)
    before = prompt.positions.cpu().numpy()
    positions = np.concatenate((before, np.broadcast_to(following, (3, count))), 1)
    places = tuple(place for place, symbol in enumerate(prompt.symbols) if symbol < 0)
    return Encoded(lesson, tuple(ids), tuple(labels), positions, places, seen, draft.share)


def opening(student: Student, lesson: Lesson) -> list[ChatTurn]:
    """The system message, if there is one."""
    system = lesson.system or student.words["system"]
    return [ChatTurn("system", system)] if system else []


def _unread(student: Student, path: str) -> ModelImage:
    """An image as far as its size tells."""
    info, rule = probe(path), student.model.rule
    seen = rule.seen(info.width, info.height)
    side: int = rule.patch  # type: ignore[attr-defined]  # both rules have it
    grid = (1, (seen.canvas or seen.height) // side, (seen.canvas or seen.width) // side)
    return ModelImage((path,), np.empty(0, np.float32), grid, seen)


def collate(student: Student, lessons: list[Encoded]) -> dict[str, Any]:
    """Puts lessons side by side, padded at the right.

    Returns:
        `input_ids` and `labels` `[b, n]`, `position_ids` `[b, 3, n]`, `image_rows`: indices of all
        image tokens in the flattened batch, and what the student needs of the images.
    """
    import torch

    longest = max(len(lesson) for lesson in lessons)
    shape = (len(lessons), longest)
    ids, labels = np.zeros(shape, np.int64), np.full(shape, IGNORED, np.int64)
    positions = np.zeros((len(lessons), 3, longest), np.int64)
    rows: list[int] = []
    for number, lesson in enumerate(lessons):
        ids[number, : len(lesson)] = lesson.ids
        labels[number, : len(lesson)] = lesson.labels
        positions[number, :, : len(lesson)] = lesson.positions
        rows += [number * longest + place for place in lesson.image_places]
    paths = [path for lesson in lessons for path in lesson.lesson.sample.images]
    return {
        "input_ids": torch.from_numpy(ids),
        "labels": torch.from_numpy(labels),
        "position_ids": torch.from_numpy(positions),
        "image_rows": torch.tensor(rows, dtype=torch.long),
        **student.pictures(paths),
    }
