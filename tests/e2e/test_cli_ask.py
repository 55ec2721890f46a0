"""inspector ask: ways of asking from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.__main__ import main

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def ask(tiny: str, part: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `ask PART --engine tiny --json` and returns code, records and what was warned."""

    def run(*arguments: object, engine: str = tiny) -> tuple[int, list[dict[str, Any]], str]:
        more = [str(argument) for argument in arguments]
        code = main(["ask", str(part), "--engine", engine, "--json", "--max-tokens", "8", *more])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def test_two_stages(ask: Run):
    code, (record,), _ = ask("--question", "Is it good?", "--way", "two-stage")
    assert code == 0
    assert record["way"] == "two-stage"
    assert record["rationale"]
    assert "answer" in record
    assert "options" not in record


def test_options(ask: Run):
    code, (record,), _ = ask("--question", "Which?", "--way", "choices", "--option", "a dent",
                             "--option", "a scratch")  # fmt: skip
    assert code == 0
    assert record["answer"] in ("a dent", "a scratch")
    shares = [option["share"] for option in record["options"]]
    assert sum(shares) == pytest.approx(1)


def test_demonstrations_context_controls_and_fields(ask: Run, parts: Path, tmp_path: Path):
    demo = parts / "lot" / "part_0.png"
    assert ask("--way", "few-shot-images", "--question", "Good?", "--demo", f"{demo}=yes")[0] == 0
    assert ask("--way", "few-shot", "--question", "Good?", "--example", "Is 1=1?=yes")[0] == 0
    context = tmp_path / "context.txt"
    context.write_text("[1] a scratch", "utf-8")
    code, (record,), err = ask("--way", "context", "--context", f"@{context}", "--golden", demo)
    assert code == 0
    assert "cites nothing" in err or record["cited"] == [1]
    assert ask("--way", "caption", "--set", "tone=negative", "--task", "caption")[0] == 0
    code, (record,), err = ask("--way", "fields", "--fields", "a,b")
    assert code == 0
    assert set(record.get("fields", {"a": 1, "b": 1})) == {"a", "b"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--way", "list"], "zero-shot, few-shot"),
        (["--way", "choices", "--option", "a"], "two or more"),
        (["--way", "few-shot", "--example", "no answer"], "Write QUESTION=ANSWER"),
        (["--way", "few-shot-images", "--demo", "none.png=yes"], "no image none.png"),
        (["--way", "context", "--context", "@none.txt"], "none.txt"),
        (["--way", "caption", "--set", "tone=loud"], "loud"),
        (["--format", " "], "form of the answer is empty"),
        (["--page", "0"], "Pages count from 1"),
        (["--top-p", "2"], "out of range"),
    ],
)
def test_bad_input_is_one_line(ask: Run, options: list[str], says: str):
    code, records, err = ask(*options)
    assert code == 2
    assert records == []
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_trouble_of_the_engine_is_told(ask: Run):
    code, (record,), err = ask("--question", "script:fail", engine="fake")
    assert code == 1
    assert "The script says: fail." in err
    assert "The script says: fail." in record["error"]
