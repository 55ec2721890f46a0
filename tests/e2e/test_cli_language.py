"""inspector inspect with a language engine: answers, adapters, given answers, schemas, trouble."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.__main__ import main
from inspector_app.domain.engine import InspectRequest
from inspector_app.services import inspect as inspect_service

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
SCHEMA = {
    "type": "object",
    "properties": {"defect": {"type": "boolean"}, "kind": {"enum": ["scratch", "dent"]}},
    "required": ["defect", "kind"],
    "additionalProperties": False,
}


@pytest.fixture
def lot(parts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parts / "lot", tmp_path / "lot"))


@pytest.fixture
def ask(tiny: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `inspect --engine tiny --json` and returns code, records and what was warned."""

    def run(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        more = [str(argument) for argument in arguments]
        code = main(["inspect", "--engine", tiny, "--json", "--max-tokens", "12", *more])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def test_a_question_is_answered_in_the_fixed_form(ask: Run, lot: Path):
    code, (record,), _ = ask(lot / "part_1.png", "--question", "Is there a defect?")
    assert code == 0
    assert set(record) == {"image", "task", "engine", "answer", "boxes", "seconds"}
    assert record["task"] == "vqa"
    assert record["engine"] == "tiny"


def test_a_folder_of_images_is_answered_as_one_by_one(ask: Run, lot: Path):
    paths = sorted(lot.iterdir())
    _, together, _ = ask(*paths, "--question", "Is there a defect?")
    alone = [ask(path, "--question", "Is there a defect?")[1][0] for path in paths]
    assert [r["answer"] for r in together] == [r["answer"] for r in alone]
    assert [r["image"] for r in together] == [str(path) for path in paths]


def test_an_unreadable_image_does_not_stop_the_others(ask: Run, lot: Path):
    (lot / "part_0.png").write_bytes(b"no image")
    code, records, warned = ask(*sorted(lot.iterdir()), "--question", "What is this?")
    assert code == 1
    assert sum("error" in record for record in records) == 1
    assert sum("answer" in record for record in records) == 5
    assert "part_0.png" in warned


def test_detection_has_a_score_and_no_verdict(ask: Run, lot: Path):
    _, (record,), _ = ask(lot / "part_1.png", "--task", "detection")
    assert 0 <= record["score"] <= 1
    assert "verdict" not in record


def test_given_answers_are_scored(ask: Run, lot: Path):
    code, (record,), _ = ask(lot / "part_1.png", "--question", "Good?", "--choices", "Yes|No|Maybe")
    assert code == 0
    assert set(record["choices"]) == {"Yes", "No", "Maybe"}
    assert sum(record["choices"].values()) == pytest.approx(1, abs=1e-5)
    assert record["answer"] == max(record["choices"], key=record["choices"].__getitem__)


def test_an_answer_under_a_schema_comes_as_fields(ask: Run, lot: Path, tmp_path: Path):
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    _, (record,), _ = ask(lot / "part_1.png", "--schema", tmp_path / "schema.json")
    assert set(record["fields"]) == {"defect", "kind"}
    assert json.loads(record["answer"]) == record["fields"]


def test_an_extraction_is_json_without_a_schema_too(ask: Run, lot: Path):
    code, records, _ = ask(lot / "part_1.png", lot / "part_0.png", "--task", "extract")
    assert code == 0
    for record in records:
        assert isinstance(record["fields"], dict)
        assert json.loads(record["answer"]) == record["fields"]


def test_demonstrations_steps_and_a_system_message_reach_the_model(
    ask: Run, lot: Path, monkeypatch: pytest.MonkeyPatch
):
    from inspector_app.engines import language_engine

    prompts: list[str] = []
    write = language_engine.write_prompt

    def watched(*arguments: Any, **more: Any) -> Any:
        talk = write(*arguments, **more)
        prompts.append(talk.prompt.label)
        return talk

    monkeypatch.setattr(language_engine, "write_prompt", watched)
    good = lot / "part_0.png"
    ask(
        lot / "part_1.png", "--question", "And this?", "--system", "You inspect nuts.", "--steps",
        "--example", "Is 5 > 3?|Yes", "--example", f"{good}|Is this good?|Yes, it is.",
    )  # fmt: skip
    (prompt,) = prompts
    assert "You inspect nuts." in prompt
    assert "Is 5 > 3?" in prompt
    assert "Yes, it is." in prompt
    assert "step by step" in prompt
    assert prompt.count("<|image_pad|>") == 2


def test_sampling_follows_its_seed(ask: Run, lot: Path):
    def answer(seed: int) -> str:
        _, (record,), _ = ask(
            lot / "part_1.png", "--question", "What?", "--temperature", "1.5", "--seed", seed
        )
        return record["answer"]

    assert answer(1) == answer(1)
    assert len({answer(seed) for seed in range(4)}) > 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--temperature", "-1"], "--temperature"),
        (["--top-p", "2"], "--top-p"),
        (["--max-tokens", "0"], "--max-tokens"),
        (["--example", "only a question"], "--example"),
        (["--example", "/none.png|q|a"], "/none.png"),
        (["--schema", "/none.json"], "/none.json"),
        (["--choices", "Yes"], "--choices"),
        (["--adapter", "none"], "none"),
        (["--verbatim"], "--question"),
    ],
)
def test_bad_options_are_one_line(ask: Run, lot: Path, options: list[str], words: str):
    code, _, warned = ask(lot / "part_1.png", *options)
    assert code == 2
    told = [line for line in warned.splitlines() if words in line]
    assert len(told) == 1
    assert "Traceback" not in warned


def test_free_words_go_to_the_engine_as_they_are(
    ask: Run, lot: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[InspectRequest] = []
    real = inspect_service.run_many

    def run_many(requests: Any, engine: Any, stop: Any) -> Any:
        asked.extend(requests)
        return real(requests, engine, stop)

    monkeypatch.setattr(inspect_service, "run_many", run_many)
    code, (record,), _ = ask(lot / "part_1.png", "--question", "[vqa] hi", "--verbatim")
    assert code == 0
    assert record["task"] == "vqa"
    assert [(request.question, request.verbatim) for request in asked] == [("[vqa] hi", True)]


def test_a_broken_schema_is_named(ask: Run, lot: Path, tmp_path: Path):
    (tmp_path / "broken.json").write_text("{")
    code, _, warned = ask(lot / "part_1.png", "--schema", tmp_path / "broken.json")
    assert code == 2
    assert "broken.json" in warned


def test_a_model_that_is_not_here_says_how_to_get_it(lot: Path, capsys: pytest.CaptureFixture[str]):
    code = main(["inspect", str(lot / "part_1.png"), "--engine", "qwen2-vl-2b", "--question", "?"])
    _, err = capsys.readouterr()
    assert code == 1
    assert "inspector models pull qwen2-vl-2b" in err
    assert "inspector models use qwen2-vl-2b FOLDER" in err


def test_experts_refuse_what_only_language_engines_can(
    lot: Path, fitted: Path, capsys: pytest.CaptureFixture[str]
):
    free = ["--question", "hi", "--verbatim"]
    for option in (["--adapter", "x"], ["--choices", "a|b"], free):
        code = main(["inspect", str(lot / "part_1.png"), "--recipe", str(fitted), *option])
        assert code == 2
        assert "anomaly" in capsys.readouterr().err
