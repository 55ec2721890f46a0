"""Lessons are as long as the check says, without the weights of the model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspector_app.cli.main import run
from inspector_app.engines import registry
from inspector_app.engines.files import model_folder
from inspector_app.engines.language_engine import LanguageEngine
from inspector_app.learning.encode import encode
from inspector_app.learning.lesson_length import token_counter
from inspector_app.learning.train_machine import choose_machine
from inspector_app.services.train import _student

from .conftest import QUESTION, draft

# peft warns about transformers where a student is made outside a run.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")


@pytest.mark.parametrize("kind", ["small", "minigpt"])
def test_the_count_is_that_of_the_run(
    kind: str, request: Any, make_config: Any, pictures: list[Path]
) -> None:
    base = request.getfixturevalue(kind)
    card, engine = registry.card(base), registry.create(base)
    folder = model_folder(card)
    assert folder is not None
    assert isinstance(engine, LanguageEngine)
    config = replace(make_config(base), image_tokens=9 if kind == "small" else 0)
    count = token_counter(config, engine, folder)
    student = _student(config, engine, folder, choose_machine(config, card, folder))
    for each in (
        draft(pictures[1], [(QUESTION, "a dent"), ("Why?", "Yes, two stains.")]),
        draft(pictures[3], [(QUESTION, "no scratch here")]),
        draft(None, [("Who are you?", "a helpful assistant.")]),
    ):
        lesson = each.make(None)
        assert count(lesson, None) == len(encode(student, each)) > 5


def test_lessons_that_are_all_too_long_are_told_before_a_run(
    write: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", str(write()), "--check"]) == 0
    out, err = capsys.readouterr()
    assert "the run can begin" in out
    assert "A lesson has" in err
    assert run(["train", str(write(length=16)), "--check"]) != 0
    out, err = capsys.readouterr()
    assert "can begin" not in out
    assert "Lessons of more than 16 tokens are left out" in err
