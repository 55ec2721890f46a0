"""Trouble within one request: it is told, and the next request works."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from inspector_app.domain.engine import InspectRequest, Sampling, Turn
from inspector_app.domain.errors import BadInputError, EngineError, UnsupportedTaskError
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    Started,
    TextDelta,
)
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.engines import generation, registry
from inspector_app.engines import sequence as sequences
from inspector_app.engines.qwen_vl import QwenEngine
from inspector_app.engines.sequence import TokenSequence
from inspector_app.services.inspect import run

Engine = QwenEngine


@pytest.fixture
def engine(tiny: str) -> Iterator[Engine]:
    made = registry.create(tiny)
    made.load()
    assert isinstance(made, QwenEngine)
    yield made
    made.unload()


def ask(path: Path | str, task: Task = Task.VQA, question: str = "A dent?", **more: Any) -> Any:
    settings: dict[str, Any] = {"sampling": Sampling(max_tokens=12)} | more
    return InspectRequest((str(path),), task, question, **settings)


def take(engine: Engine, request: InspectRequest) -> list[Event]:
    return list(run(request, engine, threading.Event()))


def talkative(part: Path, count: int = 12) -> Any:
    """A request whose answer is long: greedily, this model would rather say nothing."""
    return ask(part, sampling=Sampling(max_tokens=count, temperature=3.0, seed=1))


def works(engine: Engine, part: Path) -> None:
    """The next request is answered as by an engine that had no trouble."""
    got = take(engine, talkative(part))[-1]
    assert isinstance(got, Finished), got
    assert got.tokens == 12
    fresh = registry.create(engine.id)
    fresh.load()
    wanted = take(fresh, talkative(part))[-1]  # type: ignore[arg-type]
    assert isinstance(wanted, Finished)
    assert got.raw == wanted.raw
    fresh.unload()


def no_memory(*_: Any, **__: Any) -> Any:
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 12.00 GiB")


def broken(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("no such thing")


def failing(first: int, error: Callable[..., Any], works: Any) -> Any:
    """Fails the first times, then works."""
    left = [first]

    def call(*args: Any, **more: Any) -> Any:
        if left[0]:
            left[0] -= 1
            return error()
        return works(*args, **more)

    return call


@pytest.mark.parametrize("error", [no_memory, MemoryError("x")])
def test_out_of_memory_is_tried_again_with_fewer_pixels(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Any
):
    path = tmp_path / "large.png"
    noise = np.random.default_rng(0).integers(0, 256, (1200, 1200, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    seen: list[int] = []
    prefill = TokenSequence.prefill

    def lacking(self: Any, prompt: Any, *args: Any) -> Any:
        seen.append(sum(symbol < 0 for symbol in prompt.symbols))
        if len(seen) == 1:
            if callable(error):
                error()
            raise error
        return prefill(self, prompt, *args)

    monkeypatch.setattr(TokenSequence, "prefill", lacking)
    events = take(engine, ask(path))
    last = events[-1]
    assert isinstance(last, Finished), last
    assert sum(isinstance(event, Started) for event in events) == 1
    assert len(seen) == 2
    assert 0 < seen[1] < 0.55 * seen[0]
    assert len(last.reasons) >= 1
    assert "Memory ran out" in last.reasons[-1]


def test_out_of_memory_twice_fails_in_clear_words(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr(TokenSequence, "prefill", no_memory)
        events = take(engine, ask(part))
    last = events[-1]
    assert isinstance(last, Failed)
    assert "Memory ran out" in last.what
    assert last.mend
    assert "OutOfMemoryError" in last.details
    assert not any(isinstance(event, TextDelta) for event in events)
    works(engine, part)


def test_out_of_memory_in_the_vision_tower_is_tried_again(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch
):
    model = engine._model
    assert model is not None
    tower = model.model.model.get_image_features
    monkeypatch.setattr(model.model.model, "get_image_features", failing(1, no_memory, tower))
    last = take(engine, ask(part))[-1]
    assert isinstance(last, Finished)
    assert "Memory ran out" in last.reasons[-1]


def speaking(engine: Engine, text: str, then: Callable[..., Any] | None = None) -> Any:
    """A `generate` that says a scripted answer, then goes wrong or ends."""
    assert engine._model is not None
    tokens = engine._model.tokenizer.encode(text, add_special_tokens=False)

    def generate(*_: Any, loop: Any, cancelled: Any, **__: Any) -> Iterator[int]:
        loop.end = generation.Loop.STOPPED
        for token in tokens:
            if cancelled():
                loop.end = generation.Loop.CANCELLED
                return
            yield token
        if then is not None:
            then()

    return generate


def test_out_of_memory_after_a_word_fails_and_repeats_nothing(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr(generation, "generate", speaking(engine, "A dent is here. ", no_memory))
        events = take(engine, ask(part))
    told = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert told.strip() == "A dent is here."
    assert isinstance(events[-1], Failed)
    assert "Memory ran out" in events[-1].what
    works(engine, part)


@pytest.mark.parametrize("place", ["prefill", "step"])
def test_any_other_trouble_is_told_with_details(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch, place: str
):
    with monkeypatch.context() as patch:
        patch.setattr(TokenSequence, place, broken)
        last = take(engine, ask(part, Task.CAPTION, "What is in this region?"))[-1]
    assert isinstance(last, Failed)
    assert "ZeroDivisionError" in last.what
    assert "Traceback" in last.details
    assert not last.image
    works(engine, part)


def test_trouble_half_way_through_a_prompt_leaves_no_harm(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch
):
    assert engine._model is not None
    with monkeypatch.context() as patch:
        patch.setattr(sequences, "CHUNK", 16)
        decoder = engine._model.decoder
        real, calls = decoder.run, []

        def run_some(*args: Any, **more: Any) -> Any:
            calls.append(1)
            return broken() if len(calls) == 2 else real(*args, **more)

        patch.setattr(decoder, "run", run_some)
        assert isinstance(take(engine, ask(part))[-1], Failed)
    works(engine, part)


def test_a_missing_image_is_to_blame(engine: Engine, part: Path):
    last = take(engine, ask("/nowhere/none.png"))[-1]
    assert isinstance(last, Failed)
    assert last.image
    assert "none.png" in last.what
    works(engine, part)


def test_a_file_that_is_no_image_is_to_blame(engine: Engine, tmp_path: Path):
    (tmp_path / "x.png").write_text("no image")
    last = take(engine, ask(tmp_path / "x.png"))[-1]
    assert isinstance(last, Failed)
    assert last.image


def test_an_image_too_thin_is_to_blame(engine: Engine, tmp_path: Path):
    Image.new("RGB", (900, 3)).save(tmp_path / "thin.png")
    last = take(engine, ask(tmp_path / "thin.png"))[-1]
    assert isinstance(last, Failed)
    assert last.image
    assert "thin" in last.what


def test_an_unknown_adapter_names_the_choices(
    engine: Engine, part: Path, make_adapter: Callable[..., Path], tmp_path: Path
):
    from inspector_app.engines import adapter_store

    card = engine.card
    make_adapter(tmp_path / "Mine", base_model_name_or_path="")
    adapter_store.add(tmp_path / "Mine", card.id)
    last = take(engine, ask(part, adapter="other"))[-1]
    assert isinstance(last, Failed)
    assert "'other'" in last.what
    assert "mine" in last.mend
    works(engine, part)


class StopAfter:
    """Set once asked so many times."""

    def __init__(self, asked: int) -> None:
        self._left = asked

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


@pytest.mark.parametrize("asked", [0, 1, 2, 3, 6, 10])
def test_a_stop_keeps_what_was_said(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch, asked: int
):
    monkeypatch.setattr(
        generation, "generate", speaking(engine, "A scratch, a dent and a stain here. " * 4)
    )
    events = list(engine.stream(ask(part), StopAfter(asked)))
    last = events[-1]
    assert isinstance(last, Cancelled)
    told = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert last.answer == told
    assert bool(told) is (asked > 1)


def test_a_stop_in_the_middle_of_an_answer(engine: Engine, part: Path):
    stop = threading.Event()
    told, late = "", 0
    for event in engine.stream(talkative(part, 400), stop):
        if isinstance(event, TextDelta):
            told += event.text
            late += stop.is_set()
            stop.set()
        last = event
    assert isinstance(last, Cancelled)
    assert last.answer == told
    assert late <= 1
    works(engine, part)


def test_boxes_come_while_the_answer_streams(
    engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch
):
    answer = (
        "There is a <|object_ref_start|>scratch<|object_ref_end|><|box_start|>(100,200),(300,400)"
        "<|box_end|> on the disc. And a <|object_ref_start|>dent<|object_ref_end|>"
        "<|box_start|>(500,500),(600,700)<|box_end|> below it."
    )
    monkeypatch.setattr(generation, "generate", speaking(engine, answer))
    events = take(engine, ask(part, Task.GROUNDING, ""))
    kinds = [
        event.text if isinstance(event, TextDelta) else event.boxes[0].label
        for event in events
        if isinstance(event, TextDelta | BoxesFound)
    ]
    first, second = kinds.index("scratch"), len(kinds) - 1 - kinds[::-1].index("dent")
    assert "disc" in "".join(kinds[first:second])
    assert "disc" not in "".join(kinds[:first])
    assert "below it." in "".join(kinds[second:])
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.answer == "There is a scratch on the disc. And a dent below it."
    assert last.raw == answer
    assert [(found.label, found.box) for found in last.boxes] == [
        ("scratch", Box(0.1, 0.2, 0.3, 0.4)),
        ("dent", Box(0.5, 0.5, 0.6, 0.7)),
    ]


def test_vietnamese_letters_come_whole(engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch):
    answer = "Có một vết xước dài ở góc trên bên trái, gần mép — 🔍 ừ."
    monkeypatch.setattr(generation, "generate", speaking(engine, answer))
    events = take(engine, ask(part))
    pieces = [event.text for event in events if isinstance(event, TextDelta)]
    assert "".join(pieces) == answer
    assert len(pieces) > 10
    assert not any("\N{REPLACEMENT CHARACTER}" in piece for piece in pieces)


def test_a_file_that_changed_is_read_again(engine: Engine, tmp_path: Path, parts: Path):
    path, other = tmp_path / "part.png", parts / "good" / "good_01.png"
    path.write_bytes((parts / "lot" / "part_1.png").read_bytes())
    before = engine.score(ask(path), ("Yes", "No"))
    path.write_bytes(other.read_bytes())
    assert engine.score(ask(path), ("Yes", "No")) == pytest.approx(
        engine.score(ask(other), ("Yes", "No")), abs=1e-4
    )
    assert engine.score(ask(path), ("Yes", "No")) != pytest.approx(before, abs=1e-4)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_detection_has_a_score_and_decides_nothing(engine: Engine, part: Path, language: str):
    last = take(engine, ask(part, Task.DETECTION, "", language=language))[-1]
    assert isinstance(last, Finished)
    assert last.score is not None
    assert 0 < last.score < 1
    assert last.verdict is None
    assert last.limits is None
    shown = f"{last.score:.2f}"
    assert any((shown.replace(".", ",") if language == "vi" else shown) in r for r in last.reasons)


def test_only_detection_has_a_score(engine: Engine, part: Path):
    last = take(engine, ask(part, Task.VQA))[-1]
    assert isinstance(last, Finished)
    assert last.score is None


def test_a_score_depends_on_the_image(engine: Engine, part: Path, parts: Path):
    scores = set()
    for path in (part, parts / "good" / "good_00.png"):
        last = take(engine, ask(path, Task.DETECTION, ""))[-1]
        assert isinstance(last, Finished)
        scores.add(last.score)
    assert len(scores) == 2


def test_answers_under_a_schema_are_json(engine: Engine, part: Path):
    schema = json.dumps(
        {
            "type": "object",
            "properties": {"total": {"type": "integer"}, "shop": {"type": "string"}},
            "required": ["total", "shop"],
            "additionalProperties": False,
        }
    )
    last = take(engine, ask(part, Task.EXTRACT, "", schema=schema))[-1]
    assert isinstance(last, Finished)
    found = json.loads(last.answer)
    assert isinstance(found["total"], int)
    assert isinstance(found["shop"], str)
    assert last.raw == last.answer
    assert last.tokens > 0


def test_a_bad_schema_fails_by_name(engine: Engine, part: Path):
    last = take(engine, ask(part, Task.EXTRACT, "", schema="{"))[-1]
    assert isinstance(last, Failed)
    assert last.what.startswith("The JSON schema cannot be used")
    works(engine, part)


def test_a_cut_answer_says_so(engine: Engine, part: Path, monkeypatch: pytest.MonkeyPatch):
    assert engine._model is not None
    monkeypatch.setattr(engine._model, "stops", ())
    last = take(engine, ask(part, sampling=Sampling(max_tokens=7)))[-1]
    assert isinstance(last, Finished)
    assert last.tokens == 7
    assert last.reasons == ("The answer was ended at 7 tokens.",)


def test_a_long_conversation_says_what_was_left_out(engine: Engine, part: Path):
    engine.options["context_tokens"] = 300
    history = tuple(
        turn
        for n in range(30)
        for turn in (Turn("user", f"Where {n}?"), Turn("assistant", "Here."))
    )
    last = take(engine, ask(part, history=history))[-1]
    assert isinstance(last, Finished)
    assert "oldest" in last.reasons[-1]


def test_follow_up_through_the_engine_reuses_the_image(engine: Engine, part: Path):
    first = take(engine, ask(part))[-1]
    assert isinstance(first, Finished)
    history = (Turn("user", "A dent?"), Turn("assistant", first.answer or "No."))
    take(engine, ask(part, question="Where?", history=history))
    assert engine._sequence is not None
    assert engine._sequence.reused > 40


def test_scores_rank_answers(engine: Engine, part: Path):
    assert engine._model is not None
    request = ask(part, question="Is there a defect on this part? Answer Yes or No.")
    choices = ("Yes", "No", "A scratch", "Yes")
    got = engine.score(request, choices)
    assert len(got) == 4
    assert all(value < 0 for value in got)
    assert got[0] == pytest.approx(got[3], abs=1e-4)
    alone = [engine.score(request, (choice,))[0] for choice in choices]
    assert list(got) == pytest.approx(alone, abs=1e-3)
    assert engine.score(request, choices[::-1]) == pytest.approx(got[::-1], abs=1e-3)


def test_what_the_model_would_say_scores_best(engine: Engine, part: Path):
    last = take(engine, ask(part, sampling=Sampling(max_tokens=3)))[-1]
    assert isinstance(last, Finished)
    said = engine.score(ask(part), (last.raw, "zebra zebra", "0 0 0 0 0 0 0 0"))
    assert said[0] == max(said)


def test_scoring_says_what_is_wrong(engine: Engine, part: Path):
    with pytest.raises(BadInputError, match="no adapter named"):
        engine.score(ask(part, adapter="none"), ("Yes",))


def test_an_engine_that_is_not_loaded_says_so(tiny: str, part: Path):
    made = registry.create(tiny)
    last = take(made, ask(part))[-1]  # type: ignore[arg-type]
    assert isinstance(last, Failed)
    assert "not loaded" in last.what
    with pytest.raises(EngineError, match="not loaded"):
        made.score(ask(part), ("Yes",))


def test_a_task_that_is_not_on_the_card_is_refused(engine: Engine, part: Path):
    from dataclasses import replace

    engine.card = replace(engine.card, tasks=frozenset({Task.VQA}))
    last = take(engine, ask(part, Task.CAPTION))[-1]
    assert isinstance(last, Failed)
    assert "caption" in last.what
    with pytest.raises(UnsupportedTaskError):
        engine.score(ask(part, Task.CAPTION), ("Yes",))


def test_a_model_that_is_unloaded_is_gone_from_memory(tiny: str):
    import gc
    import weakref

    engine = registry.create(tiny)
    engine.load()
    alive = weakref.ref(engine._model.model)  # type: ignore[attr-defined]
    engine.unload()
    gc.collect()
    assert alive() is None


def test_memory_that_runs_out_while_loading_is_told(tiny: str, monkeypatch: pytest.MonkeyPatch):
    from inspector_app.engines import qwen_model

    def lack(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(qwen_model, "_load", lack)
    with pytest.raises(EngineError, match="Memory ran out while Tiny was loaded") as raised:
        registry.create(tiny).load()
    assert raised.value.mend


def test_only_language_models_may_be_silent_for_long(tiny: str):
    from inspector_app.engines.proxy import SLOW_SILENCE, ProcessEngine

    allowed: list[float | None] = []

    class Recorder:
        def run(self, *_: object, stop: object = None, silence: float | None = None):
            allowed.append(silence)
            return iter(())

    for card in (tiny, "anomaly"):
        engine = ProcessEngine(card, Recorder())  # type: ignore[arg-type]
        list(engine.stream(InspectRequest(("x.png",), Task.VQA), threading.Event()))
    assert allowed == [SLOW_SILENCE, None]
