"""From the published files to an answer, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector_app.__main__ import main
from inspector_app.learning.minigpt_files import Files

ENGINE = "minigpt-v2-test"


@pytest.fixture(autouse=True)
def own_home(models_home: Path) -> Path:
    return models_home


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def options(files: Files) -> list[object]:
    return ["--checkpoint", files.checkpoint, "--vit", files.vit, "--llama", files.llama]


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_convert_check_inspect_remove(
    capsys: pytest.CaptureFixture[str], minigpt_files: Files, parts: Path
):
    code, out, err = run(capsys, "models", "convert", "minigpt-v2", *options(minigpt_files))
    assert code == 0
    assert f"--engine {ENGINE}" in out
    assert "--vit-heads" in err  # what was guessed is told
    code, out, err = run(capsys, "models", "check", ENGINE)
    assert (code, err) == (0, "")
    part = parts / "lot" / "part_1.png"
    more = ("--engine", ENGINE, "--json", "--max-tokens", 12)
    code, out, _ = run(capsys, "inspect", part, "--task", "detection", *more)
    assert code == 0
    (record,) = records(out)
    assert (record["task"], record["engine"]) == ("detection", ENGINE)
    assert 0 <= record["score"] <= 1
    for task in ("vqa", "caption", "grounding", "refer", "identify"):
        code, out, _ = run(
            capsys, "inspect", part, "--task", task, "--question", "the nut",
            "--box", "1,1,30,30", *more,
        )  # fmt: skip
        assert code == 0, task
        assert records(out)[0]["task"] == task
    code, out, _ = run(capsys, "models", "remove", ENGINE)
    assert code == 0
    assert "0.0 MB" not in out
    assert run(capsys, "inspect", part, "--task", "vqa", *more)[0] == 2


def test_what_does_not_fit_is_one_line(capsys: pytest.CaptureFixture[str], minigpt_files: Files):
    wrong = Files(minigpt_files.vit, minigpt_files.vit, minigpt_files.llama)
    code, out, err = run(capsys, "models", "convert", "minigpt-v2", *options(wrong))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "does not fit" in err
    missing = Files(Path("nowhere.pth"), minigpt_files.vit, minigpt_files.llama)
    code, _, err = run(capsys, "models", "convert", "minigpt-v2", *options(missing))
    assert code == 2
    assert "There is no file nowhere.pth" in err


def test_the_published_model_says_how_to_get_it(capsys: pytest.CaptureFixture[str], parts: Path):
    part = parts / "lot" / "part_1.png"
    code, _, err = run(capsys, "inspect", part, "--engine", "minigpt-v2", "--task", "vqa")
    assert code != 0
    assert "inspector models convert minigpt-v2" in err
