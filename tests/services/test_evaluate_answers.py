"""Questions to a scripted engine whose answers are known beforehand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import InspectRequest, StopFlag
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.events import Event, Failed, Finished, Provenance, Started
from inspector_app.domain.tasks import Task
from inspector_app.engines.fake import FakeEngine
from inspector_app.services.evaluate_answers import evaluate_answers

CARD = Card("fake", "Fake", "fake", "", "", frozenset(Task))


class Answering(FakeEngine):
    """Answers by a table of the question's first words."""

    answers: dict[str, str] = {}  # noqa: RUF012 - set by each test
    asked: list[InspectRequest]

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        self.asked = [*getattr(self, "asked", []), request]
        yield Started(request.id, Provenance("fake"))
        for start, answer in self.answers.items():
            if request.question.startswith(start):
                yield Finished(request.id, answer, answer)
                return
        yield Failed(request.id, "No answer.")


def engine(answers: dict[str, str]) -> Answering:
    made = Answering(CARD)
    made.answers = answers
    made.load()
    return made


def write(folder: Path, rows: list[dict[str, object]]) -> str:
    Image.new("RGB", (8, 8)).save(folder / "a.png")
    base = {"image": "a.png", "split": "test", "task": "vqa", "language": "en"}
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(json.dumps(base | row, ensure_ascii=False) for row in rows), "utf-8")
    return str(path)


def run(manifest: str, asked: FakeEngine) -> Evaluation:
    *_, found = evaluate_answers(manifest, "test", asked, threading.Event(), "tuned")
    assert isinstance(found, Evaluation)
    return found


def test_answers_are_counted_by_kind(tmp_path: Path) -> None:
    manifest = write(
        tmp_path,
        [
            {"question": "what colour?", "answer": "red"},
            {"question": "how many?", "answer": "3"},
            {"question": "is it round?", "answer": "yes"},
            {"question": "màu gì?", "answer": "đỏ", "language": "vi"},
            {"question": "nobody knows", "answer": "x"},
        ],
    )
    asked = engine({"what": "A red one", "how": "three", "is": "No.", "màu": "Đỏ"})
    found = run(manifest, asked)
    assert found.n == 5
    assert [item.right for item in found.items] == [False, True, False, True, None]
    assert found.items[4].trouble == "No answer."
    assert found.metrics["exact_match"].value == pytest.approx(2 / 4)
    assert found.metrics["vqa_accuracy"].value == pytest.approx(2 / 4)
    # "red one": one of the two words that are left, and the only right one: F1 = 2/3
    assert found.metrics["token_f1"].value == pytest.approx((2 / 3 + 1 + 0 + 1) / 4)
    assert found.groups["kind"]["number"]["exact_match"].value == 1.0
    assert found.groups["kind"]["yes/no"]["exact_match"].value == 0.0
    assert all(request.adapter == "tuned" for request in asked.asked)
    assert asked.asked[3].language == "vi"
    json.dumps(found.to_json(), allow_nan=False)


def test_reasons_are_asked_for_and_judged(tmp_path: Path) -> None:
    manifest = write(
        tmp_path,
        [
            {"question": "is it new?", "answer": "no", "explanation": ["it is rusty all over"]},
            {
                "question": "a dog?",
                "answer": "yes",
                "explanation": ["it barks", "it has four legs"],
            },
        ],
    )
    found = run(
        manifest, engine({"is": "no because it is rusty all over", "a": "yes because of it"})
    )
    assert [item.given for item in found.items] == ["no", "yes"]
    assert found.metrics["exact_match"].value == 1.0
    # "of it" against "it barks": one word of two both ways; the other reason is less like it.
    assert found.metrics["explanation_rouge_l"].value == pytest.approx((1 + 0.5) / 2)
    assert found.metrics["both_right"].value == 1.0
    assert 0 < found.metrics["explanation_bleu"].value < 1
    assert 0 < found.metrics["explanation_chrf"].value < 1


def test_words_alone_need_no_image(tmp_path: Path) -> None:
    manifest = write(tmp_path, [{"question": "why?", "answer": "so", "image": None}])
    asked = engine({"why": "so"})
    assert run(manifest, asked).metrics["exact_match"].value == 1.0
    assert asked.asked[0].images == ()


def test_nothing_to_ask(tmp_path: Path) -> None:
    manifest = write(tmp_path, [{"question": "why?", "answer": "so", "split": "train"}])
    with pytest.raises(BadInputError):
        run(manifest, engine({}))


def test_an_engine_that_always_fails(tmp_path: Path) -> None:
    manifest = write(tmp_path, [{"question": "why?", "answer": "so"}])
    with pytest.raises(EngineError, match="failed on all 1"):
        run(manifest, engine({}))


def test_an_engine_that_answers_no_questions(tmp_path: Path) -> None:
    manifest = write(tmp_path, [{"question": "why?", "answer": "so"}])
    mute = Answering(Card("fake", "Fake", "fake", "", "", frozenset({Task.DETECTION})))
    with pytest.raises(BadInputError, match="cannot answer questions"):
        run(manifest, mute)


def test_stopping_gives_nothing(tmp_path: Path) -> None:
    manifest = write(tmp_path, [{"question": "why?", "answer": "so"}])
    stop = threading.Event()
    stop.set()
    assert list(evaluate_answers(manifest, "test", engine({"why": "so"}), stop)) == []
