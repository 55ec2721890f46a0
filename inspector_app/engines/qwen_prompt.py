"""From a request to tokens: chat turns, the model's template, image tokens, positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import BadInputError
from inspector_app.engines.conversation import ChatTurn, Form
from inspector_app.engines.image_spans import Features, Span, embed_stretch
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.sequence import Prompt, image_symbols


def make_form(
    model: QwenModel, words: dict[str, str], dialect: str, context: int, scope: tuple[str, ...]
) -> Form:
    """How a model is spoken to.

    Args:
        model: Gives tokenizer and sizes.
        words: Its texts.
        dialect: How it writes boxes.
        context: Tokens of text at most; images come on top.
        scope: Active adapters.
    """
    return Form(
        words,
        dialect,
        build=lambda turns: build_prompt(model, turns, scope),
        length=lambda prompt: sum(symbol >= 0 for symbol in prompt.symbols),
        wanted=context,
        most=context,
    )


def build_prompt(model: QwenModel, turns: Sequence[ChatTurn], scope: tuple[str, ...]) -> Prompt:
    """Writes a conversation as the model was trained to read it.

    Args:
        model: Gives tokenizer and sizes.
        turns: Oldest first, the question last. With several images in one turn they are numbered
            ("Picture 1: ..."), so that the text can name them.
        scope: Active adapters: what was computed under others must not be used again.

    Raises:
        BadInputError: A text holds what stands for an image.
    """
    several = any(len(turn.images) > 1 for turn in turns)
    text = model.tokenizer.apply_chat_template(
        [_message(turn) for turn in turns],
        tokenize=False,
        add_generation_prompt=True,
        add_vision_id=several,
    )
    images = [image for turn in turns for image in turn.images]
    short = model.tokenizer.encode(text, add_special_tokens=False)
    if short.count(model.image_token) != len(images):
        raise BadInputError(
            "The question holds a mark that stands for an image.", "Take it out and ask again."
        )
    ids: list[int] = []
    symbols: list[int] = []
    spans: list[Span] = []
    left = iter(images)
    for token in short:
        if token != model.image_token:
            ids.append(token)
            symbols.append(token)
            continue
        image = next(left)
        spans.append(Span(len(ids), image))
        ids += [token] * image.seen.tokens
        symbols += image_symbols(model.number((image.key, scope)), image.seen.tokens)
    positions, following = mrope_positions(len(ids), spans, model.merge)

    def look(image: ModelImage) -> Features:
        return model.features((image.key, scope), image.patches, image.grid)

    def embed(start: int, end: int) -> tuple[Any, Sequence[Any]]:
        return embed_stretch(model.decoder, ids, spans, look, start, end)

    import torch

    on_device = torch.from_numpy(positions).to(model.decoder.device)
    return Prompt(tuple(ids), tuple(symbols), on_device, following, embed, text)


def mrope_positions(
    length: int, spans: Sequence[Span], merge: int
) -> tuple[NDArray[np.int64], int]:
    """Multimodal rotary positions (Wang et al. 2024, "Qwen2-VL", section 2.1).

    Text counts on in all three axes alike; an image stands still in time and counts rows and
    columns of its merged grid; the text after it goes on one past the largest of the three.

    Args:
        length: Tokens of the prompt.
        spans: Images in it, in order.
        merge: Patches a side that become one token.

    Returns:
        `[3, length]` for time, row and column, and the position of the next token.
    """
    positions = np.empty((3, length), np.int64)
    token = position = 0
    for span in spans:
        count = span.start - token
        positions[:, token : span.start] = np.arange(position, position + count)
        position += count
        rows, columns = span.image.grid[1] // merge, span.image.grid[2] // merge
        positions[0, span.start : span.end] = position
        positions[1, span.start : span.end] = position + np.repeat(np.arange(rows), columns)
        positions[2, span.start : span.end] = position + np.tile(np.arange(columns), rows)
        position += max(rows, columns)
        token = span.end
    positions[:, token:] = np.arange(position, position + length - token)
    return positions, position + length - token


def _message(turn: ChatTurn) -> dict[str, Any]:
    if not turn.images:
        return {"role": turn.role, "content": turn.text}
    pictures: list[dict[str, str]] = [{"type": "image"} for _ in turn.images]
    return {"role": turn.role, "content": [*pictures, {"type": "text", "text": turn.text}]}
