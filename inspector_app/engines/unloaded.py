"""As much of a model as prompts are written with, from its small files; no weights are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from inspector_app.domain.cards import Card
from inspector_app.engines.minigpt_quirks import quirks_of
from inspector_app.engines.model_folder import read_config
from inspector_app.engines.model_images import ModelImage, ModelImages
from inspector_app.imaging.decode import probe
from inspector_app.imaging.image_rule import ImageRule
from inspector_app.imaging.square_pixels import SquareRule

MINIGPT = "minigpt-v2"


def unloaded(card: Card, folder: Path, rule: ImageRule) -> Any:
    """Returns what writes the prompts of a card's model.

    Args:
        card: Its card.
        folder: Of its files.
        rule: How large pictures are for it.

    Raises:
        EngineError: The tokenizer cannot be read.
    """
    if card.kind == MINIGPT:
        return _minigpt(folder, dict(card.options), rule)
    return _qwen(folder, rule)


def square_rule(folder: Path, options: Mapping[str, Any]) -> SquareRule:
    """Returns how large pictures are for a MiniGPT-v2.

    Args:
        folder: Of its files.
        options: Of its card.
    """
    sizes = read_config(folder)["vision_config"]
    squash = quirks_of(options).squash
    return SquareRule(side=sizes["image_size"], patch=sizes["patch_size"], squash=squash)


class SizedImages(ModelImages):
    """Images as far as a prompt has room for them: sizes from the headers, no pixel is decoded."""

    def get(
        self, path: str, page: int, rule: ImageRule, dpi: int = 0
    ) -> tuple[ModelImage, tuple[int, int]]:
        info = probe(path, page, dpi)
        seen = rule.seen(info.width, info.height)
        side = getattr(rule, "patch", 14)
        grid = (1, seen.height // side, seen.width // side)
        key = (path, page, dpi)
        return ModelImage(key, np.empty((0, 0), np.float32), grid, seen), (info.width, info.height)


def _qwen(folder: Path, rule: ImageRule) -> Any:
    from inspector_app.engines.qwen_model import chat_tokenizer

    tokenizer = chat_tokenizer(folder)
    sizes = read_config(folder)
    return _without_weights(
        tokenizer=tokenizer,
        image_token=sizes["image_token_id"],
        merge=sizes["vision_config"].get("spatial_merge_size", 2),
        end=tokenizer.convert_tokens_to_ids("<|im_end|>"),
        rule=rule,
        encode_answer=lambda text: tokenizer.encode(text, add_special_tokens=False),
    )


def _minigpt(folder: Path, options: Mapping[str, Any], rule: ImageRule) -> Any:
    from inspector_app.engines.minigpt_tokens import PieceTokenizer

    pieces = PieceTokenizer(folder)
    config = read_config(folder)
    return _without_weights(
        pieces=pieces,
        quirks=quirks_of(options),
        end=pieces.eos,
        rule=rule,
        positions=int(config["text_config"]["max_position_embeddings"]),
        encode_answer=pieces.encode,
    )


def _without_weights(**parts: Any) -> Any:
    return SimpleNamespace(decoder=SimpleNamespace(device="cpu"), number=lambda _: 1, **parts)
