"""A request as a conversation: system message, demonstrations, history, question, with images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inspector_app.domain.engine import InspectRequest, Turn
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.loading import SeenImage
from inspector_app.engines.language_prompts import question_text, region_text
from inspector_app.engines.model_images import ModelImage, ModelImages
from inspector_app.engines.sequence import Prompt
from inspector_app.imaging.image_rule import ImageRule
from inspector_app.parsing.box_text import plain


@dataclass(frozen=True, slots=True)
class Scene:
    """The images of a request.

    Attributes:
        images: As the model takes them, in the order of the request.
        size: Width and height of the first upright original.
    """

    images: tuple[ModelImage, ...]
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One message: role, text, and the images that stand before the text."""

    role: str
    text: str
    images: tuple[ModelImage, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A prompt and what had to be left out of the conversation for it."""

    prompt: Prompt
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """How a model wants to be spoken to.

    Attributes:
        words: Its texts, see `language_prompts.language_texts`.
        dialect: How it writes boxes.
        build: Writes turns as the model was trained to read them.
        length: Of a prompt, in the unit of the limits.
        wanted: Length above which old turns are left out.
        most: Length that the model cannot take any more.
    """

    words: dict[str, str]
    dialect: str
    build: Callable[[Sequence[ChatTurn]], Prompt]
    length: Callable[[Prompt], int]
    wanted: int
    most: int


def load_scene(request: InspectRequest, images: ModelImages, rule: ImageRule) -> Scene:
    """Reads the images of a request; without any, the answer is about words alone.

    Raises:
        ImageError: One cannot be read.
    """
    found = [
        images.get(path, 0, rule) if index else images.get(path, request.page, rule, request.dpi)
        for index, path in enumerate(request.images)
    ]
    return Scene(tuple(image for image, _ in found), found[0][1] if found else (0, 0))


def write_prompt(
    request: InspectRequest,
    scene: Scene,
    images: ModelImages,
    rule: ImageRule,
    form: Form,
    question: str = "",
) -> Talk:
    """Writes the prompt of a request.

    A conversation too long for the model loses its oldest turns, never its images.

    Args:
        request: What is asked.
        scene: Its images.
        images: Reads the images of demonstrations.
        rule: How large images are for the model.
        form: How the model is spoken to.
        question: Asked instead of the request's own question, without its history.

    Raises:
        BadInputError: The question alone is too long.
        ImageError: The image of a demonstration cannot be read.
    """
    seen = scene.images[0].seen if scene.images else None
    asked = question or question_text(request, form.words, form.dialect, seen)
    opening: list[ChatTurn] = []
    system = plain(request.system).strip() or form.words["system"]
    if system:
        opening.append(ChatTurn("system", system))
    for example in request.examples:
        shown = (images.get(example.image, 0, rule)[0],) if example.image else ()
        opening.append(ChatTurn("user", plain(example.question), shown))
        opening.append(ChatTurn("assistant", plain(example.answer)))
    history = [] if question else _from_user(request.history)
    left_out = 0
    while True:
        turns = [ChatTurn(turn.role, _said(turn, request, form, seen)) for turn in history]
        turns.append(ChatTurn("user", asked))
        turns[0] = ChatTurn("user", turns[0].text, scene.images)
        prompt = form.build([*opening, *turns])
        length = form.length(prompt)
        if length <= form.wanted or (not history and length <= form.most):
            return Talk(prompt, left_out)
        if not history:
            raise BadInputError(
                f"The question is too long for the model: {length} tokens, "
                f"and it takes {form.most}.",
                "Shorten it, or leave out demonstrations.",
            )
        shorter = _from_user(history[1:])
        left_out += len(history) - len(shorter)
        history = shorter


def _said(turn: Turn, request: InspectRequest, form: Form, seen: SeenImage | None) -> str:
    """What a turn of the history said, as it was written to the model."""
    if turn.role == "user" and turn.task is not None:
        asked = replace(
            request, images=request.images[:1], task=turn.task, question=turn.text,
            boxes=turn.boxes, schema="", steps=False, verbatim=False,
        )  # fmt: skip
        return question_text(asked, form.words, form.dialect, seen)
    return f"{plain(turn.text)} {region_text(turn.boxes, form.dialect, seen)}".strip()


def _from_user(history: Sequence[Turn]) -> list[Turn]:
    """Turns that say something, from the first one of the user on; unanswered ones are left out."""
    turns = [turn for turn in history if turn.text.strip()]
    while turns and turns[0].role != "user":
        turns.pop(0)
    answered = [
        turn.role != "user" or following.role != "user" for turn, following in pairwise(turns)
    ]
    kept = [turn for turn, good in zip(turns, answered, strict=False) if good]
    return kept + [turn for turn in turns[-1:] if turn.role != "user"]
