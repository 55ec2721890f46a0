"""A request as a conversation: system message, demonstrations, history, question, with images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.engine import InspectRequest, Turn
from inspector_app.domain.errors import BadInputError
from inspector_app.engines.language_prompts import language_texts, question_text, region_text
from inspector_app.engines.model_images import ModelImages
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import ChatTurn, ModelImage, build_prompt
from inspector_app.engines.sequence import Prompt
from inspector_app.imaging.model_pixels import PixelRule
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
class Talk:
    """A prompt and what had to be left out of the conversation for it."""

    prompt: Prompt
    left_out: int = 0


def load_scene(request: InspectRequest, images: ModelImages, rule: PixelRule) -> Scene:
    """Reads the images of a request; without any, the answer is about words alone.

    Raises:
        ImageError: One cannot be read.
    """
    found = [
        images.get(path, request.page if index == 0 else 0, rule)
        for index, path in enumerate(request.images)
    ]
    return Scene(tuple(image for image, _ in found), found[0][1] if found else (0, 0))


def write_prompt(
    request: InspectRequest,
    scene: Scene,
    model: QwenModel,
    images: ModelImages,
    rule: PixelRule,
    *,
    dialect: str,
    context: int,
    scope: tuple[str, ...],
    question: str = "",
) -> Talk:
    """Writes the prompt of a request.

    A conversation too long for the model loses its oldest turns, never its images.

    Args:
        request: What is asked.
        scene: Its images.
        model: Gives tokenizer and sizes.
        images: Reads the images of demonstrations.
        rule: How large images are for the model.
        dialect: How the model writes boxes.
        context: Tokens of text at most.
        scope: Active adapters.
        question: Asked instead of the request's own question, without its history.

    Raises:
        BadInputError: The question alone is too long.
        ImageError: The image of a demonstration cannot be read.
    """
    seen = scene.images[0].seen if scene.images else None
    asked = question or question_text(request, dialect, seen)
    system = plain(request.system).strip() or language_texts(request.language)["system"]
    opening = [ChatTurn("system", system)]
    for example in request.examples:
        shown = (images.get(example.image, 0, rule)[0],) if example.image else ()
        opening.append(ChatTurn("user", plain(example.question), shown))
        opening.append(ChatTurn("assistant", plain(example.answer)))
    history = [] if question else _from_user(request.history)
    left_out = 0
    while True:
        turns = [
            ChatTurn(
                turn.role, f"{plain(turn.text)} {region_text(turn.boxes, dialect, seen)}".strip()
            )
            for turn in history
        ]
        turns.append(ChatTurn("user", asked))
        turns[0] = ChatTurn("user", turns[0].text, scene.images)
        prompt = build_prompt(model, [*opening, *turns], scope)
        text = sum(symbol >= 0 for symbol in prompt.symbols)
        if text <= context:
            return Talk(prompt, left_out)
        if not history:
            raise BadInputError(
                f"The question is too long for the model: {text} tokens, and it takes {context}.",
                "Shorten it, or leave out demonstrations.",
            )
        shorter = _from_user(history[1:])
        left_out += len(history) - len(shorter)
        history = shorter


def _from_user(history: Sequence[Turn]) -> list[Turn]:
    """Turns that say something, from the first one of the user on."""
    turns = [turn for turn in history if turn.text.strip()]
    while turns and turns[0].role != "user":
        turns.pop(0)
    return turns
