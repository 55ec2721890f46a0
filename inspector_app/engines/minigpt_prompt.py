"""How MiniGPT-v2 is spoken to: Llama-2's turns with images between the words.

    <s>[INST] <Img><ImageHere></Img> [vqa] question [/INST] answer</s><s>[INST] question [/INST]

Each stretch of text between images, answers and special tokens is tokenised by itself, as in
training, so that an answer has the ids that the model wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from inspector_app.engines.conversation import ChatTurn, Form
from inspector_app.engines.image_spans import Features, Span, embed_stretch
from inspector_app.engines.minigpt_model import MiniGPTModel
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.sequence import Prompt, image_symbols

DIALECT = "minigpt-v2"
IMAGE = "<ImageHere>"
_PLACEHOLDER = 0  # id that stands for an image's tokens; they are never looked up
_MARKS = re.compile(r"[.!\"()*#:;~]")
_SPACES = re.compile(r"\s{2,}")
_MOST_WORDS = 50


def make_form(
    model: MiniGPTModel,
    words: dict[str, str],
    context: int,
    answer: int,
    scope: tuple[str, ...] = (),
) -> Form:
    """How a model is spoken to.

    Args:
        model: Gives tokenizer, sizes and switches.
        words: Its texts.
        context: Positions of prompt and answer above which old turns are left out.
        answer: Tokens that the answer may take.
        scope: Active adapters.
    """
    most = model.positions - answer
    return Form(
        words,
        DIALECT,
        build=lambda turns: build_prompt(model, turns, scope),
        length=len,
        wanted=min(most, context - answer),
        most=most,
    )


def build_prompt(
    model: MiniGPTModel, turns: Sequence[ChatTurn], scope: tuple[str, ...] = ()
) -> Prompt:
    """Writes a conversation as the model was trained to read it.

    Args:
        model: Gives tokenizer and switches.
        turns: Oldest first, the question last; a system message, if any, before all.
        scope: Active adapters: what was computed under others must not be used again.
    """
    if model.quirks.process_text:
        turns = [
            replace(turn, text=process_text(turn.text)) if turn.role == "user" else turn
            for turn in turns
        ]
    return prompt_of(model, write_parts(turns, forget=model.quirks.forget_answers), scope)


def write_parts(turns: Sequence[ChatTurn], *, forget: bool = False) -> list[str | ModelImage]:
    """Texts and images in order; texts side by side are tokenised one by one.

    Args:
        turns: See `build_prompt`.
        forget: Earlier answers are left out, their ends stay.
    """
    parts: list[str | ModelImage] = []
    for turn in turns:
        if turn.role == "system":
            parts.append(turn.text)
        elif turn.role == "assistant":
            parts += ["</s>"] if forget else [turn.text, "</s>"]
        else:
            opening = "<s>[INST] "
            for image in turn.images:
                parts += [f"{opening}<Img>", image]
                opening = "</Img>"
            gap = " " if turn.images and turn.text else ""
            parts.append(f"{opening}{gap}{turn.text} [/INST]")
    return parts


def prompt_of(
    model: MiniGPTModel, parts: Sequence[str | ModelImage], scope: tuple[str, ...]
) -> Prompt:
    """Tokenises texts and places images.

    Args:
        model: Gives tokenizer and switches.
        parts: Texts and images in order.
        scope: Active adapters.
    """
    import torch

    pieces, quirks = model.pieces, model.quirks
    begun = bool(parts) and isinstance(parts[0], str) and parts[0].startswith("<s>")
    ids: list[int] = [pieces.bos] if quirks.two_bos or not begun else []
    symbols = list(ids)
    spans: list[Span] = []
    label: list[str] = []
    for part in parts:
        if isinstance(part, str):
            found = pieces.encode(part, space=quirks.segment_spaces or not label)
            ids += found
            symbols += found
            spaced = bool(label) and label[-1].endswith("[/INST]") and part != "</s>"
            label.append(f" {part}" if spaced else part)
        else:
            spans.append(Span(len(ids), part))
            count = part.seen.tokens
            ids += [_PLACEHOLDER] * count
            symbols += image_symbols(model.number((part.key, scope)), count)
            label.append(IMAGE)

    def look(image: ModelImage) -> Features:
        return model.features((image.key, scope), image.patches)

    def embed(start: int, end: int) -> tuple[Any, Sequence[Any]]:
        return embed_stretch(model.decoder, ids, spans, look, start, end)

    positions = torch.arange(len(ids), device=model.decoder.device).expand(3, -1)
    return Prompt(tuple(ids), tuple(symbols), positions, len(ids), embed, "".join(label))


def process_text(text: str, most: int = _MOST_WORDS) -> str:
    """Writes a text as the training texts were (`blip_caption` of LAVIS).

    Small letters, few marks, no runs of white space, at most 50 words; `?`, `,`, `'`, `-`, `/`
    and the signs of boxes stay.
    """
    text = _SPACES.sub(" ", _MARKS.sub(" ", text.lower()))
    words = text.rstrip("\n").strip(" ").split(" ")
    return " ".join(words[:most])
