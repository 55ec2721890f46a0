"""How many tokens a lesson has, from the tokenizer files of a base; no weights are loaded."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Lesson
from inspector_app.domain.training import TrainConfig
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.engines.model_folder import read_config
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.imaging.square_pixels import SquareRule
from inspector_app.learning.data_checks import CountTokens
from inspector_app.learning.encode import Draft, encode
from inspector_app.learning.student import Student
from inspector_app.learning.train_machine import choose_machine


def token_counter(config: TrainConfig, engine: LanguageEngine, folder: Path) -> CountTokens:
    """Returns what counts the tokens of a lesson as the run will write it, images included.

    Args:
        config: Of the run.
        engine: Of its base; not loaded.
        folder: Of the base's files.

    Raises:
        EngineError: The tokenizer cannot be read.
    """
    minigpt = engine.card.kind == "minigpt-v2"
    student = (_minigpt if minigpt else _qwen)(config, engine, folder)

    def count(lesson: Lesson, seen: SeenImage | None) -> int:
        return len(encode(student, Draft(lesson.sample, lambda _: lesson)))

    return count


def _qwen(config: TrainConfig, engine: LanguageEngine, folder: Path) -> Student:
    from inspector_app.engines.qwen_model import chat_tokenizer
    from inspector_app.engines.qwen_prompt import build_prompt

    tokenizer = chat_tokenizer(folder)
    sizes = read_config(folder)
    machine = choose_machine(config, engine.card, folder)
    pixels = json.loads((folder / "preprocessor_config.json").read_text("utf-8"))
    most = machine.report.max_pixels
    model = _without_weights(
        tokenizer=tokenizer,
        image_token=sizes["image_token_id"],
        merge=sizes["vision_config"].get("spatial_merge_size", 2),
        end=tokenizer.convert_tokens_to_ids("<|im_end|>"),
        rule=PixelRule.from_config(pixels, min(machine.min_pixels, most), most),
        encode_answer=lambda text: tokenizer.encode(text, add_special_tokens=False),
    )
    return _speaker(model, engine, build_prompt)


def _minigpt(config: TrainConfig, engine: LanguageEngine, folder: Path) -> Student:
    from inspector_app.engines.minigpt_prompt import build_prompt
    from inspector_app.engines.minigpt_quirks import quirks_of
    from inspector_app.engines.minigpt_tokens import PieceTokenizer

    sizes = read_config(folder)["vision_config"]
    quirks = quirks_of(engine.options)
    pieces = PieceTokenizer(folder)
    model = _without_weights(
        pieces=pieces,
        quirks=quirks,
        end=pieces.eos,
        rule=SquareRule(side=sizes["image_size"], patch=sizes["patch_size"], squash=quirks.squash),
        encode_answer=pieces.encode,
    )
    return _speaker(model, engine, build_prompt)


def _without_weights(**parts: Any) -> Any:
    """As much of a model as prompts are written with."""
    return SimpleNamespace(decoder=SimpleNamespace(device="cpu"), number=lambda _: 1, **parts)


def _speaker(model: Any, engine: LanguageEngine, build_prompt: Any) -> Student:
    """As much of a student as lessons are encoded with."""
    made = SimpleNamespace(
        model=model,
        words=engine.words("en"),
        prompt=lambda turns, scope: build_prompt(model, turns, scope),
    )
    return cast("Student", made)
