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
from inspector_app.engines.unloaded import MINIGPT, square_rule, unloaded
from inspector_app.imaging.model_pixels import PixelRule
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
    minigpt = engine.card.kind == MINIGPT
    student = (_minigpt if minigpt else _qwen)(config, engine, folder)

    def count(lesson: Lesson, seen: SeenImage | None) -> int:
        return len(encode(student, Draft(lesson.sample, lambda _: lesson)))

    return count


def _qwen(config: TrainConfig, engine: LanguageEngine, folder: Path) -> Student:
    from inspector_app.engines.qwen_prompt import build_prompt

    machine = choose_machine(config, engine.card, folder)
    pixels = json.loads((folder / "preprocessor_config.json").read_text("utf-8"))
    most = machine.report.max_pixels
    rule = PixelRule.from_config(pixels, min(machine.min_pixels, most), most)
    return _speaker(unloaded(engine.card, folder, rule), engine, build_prompt)


def _minigpt(config: TrainConfig, engine: LanguageEngine, folder: Path) -> Student:
    from inspector_app.engines.minigpt_prompt import build_prompt

    rule = square_rule(folder, engine.options)
    return _speaker(unloaded(engine.card, folder, rule), engine, build_prompt)


def _speaker(model: Any, engine: LanguageEngine, build_prompt: Any) -> Student:
    """As much of a student as lessons are encoded with."""
    made = SimpleNamespace(
        model=model,
        words=engine.words("en"),
        prompt=lambda turns, scope: build_prompt(model, turns, scope),
    )
    return cast("Student", made)
