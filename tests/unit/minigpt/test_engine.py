"""The engine as the program uses it: answers, boxes, adapters, habits of the card."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from inspector_app.domain.engine import InspectRequest, Sampling, Turn
from inspector_app.domain.errors import InspectorError
from inspector_app.domain.events import BoxesFound, Event, Finished, Started, TextDelta
from inspector_app.domain.geometry import Box
from inspector_app.domain.images import ImageRef
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.tasks import Task
from inspector_app.engines import adapter_store, generation, registry
from inspector_app.engines.minigpt_v2 import MiniGPTEngine
from inspector_app.services import adapters, seen


@pytest.fixture
def part(tmp_path: Path) -> str:
    path = tmp_path / "part.png"
    pixels = np.random.default_rng(0).integers(0, 256, (60, 120, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return str(path)


def opened(**options: Any) -> MiniGPTEngine:
    card = registry.card("minigpt-v2-test")
    engine = MiniGPTEngine(replace(card, options=tuple((dict(card.options) | options).items())))
    engine.load()
    return engine


@pytest.fixture
def engine(minigpt: str) -> MiniGPTEngine:
    return opened()


def ask(part: str | None, task: Task = Task.VQA, question: str = "so?", **more: Any):
    more = {"sampling": Sampling(max_tokens=12)} | more
    return InspectRequest((part,) if part else (), task, question, **more)


def take(engine: MiniGPTEngine, request: InspectRequest) -> list[Event]:
    return list(engine.stream(request, threading.Event()))


def last(engine: MiniGPTEngine, request: InspectRequest) -> Finished:
    event = take(engine, request)[-1]
    assert isinstance(event, Finished), event
    return event


def says(monkeypatch: pytest.MonkeyPatch, engine: MiniGPTEngine, text: str) -> None:
    """Lets the model write a text."""
    ids = engine.ready()[0].encode_answer(text)

    def generate(*_: object, **__: object) -> Iterator[int]:
        yield from ids

    monkeypatch.setattr(generation, "generate", generate)


def test_boxes_come_with_their_phrases(
    engine: MiniGPTEngine, part: str, monkeypatch: pytest.MonkeyPatch
):
    says(
        monkeypatch, engine,
        "<p>a scratch</p> {<10><20><30><40>}<delim>{<50><60><70><80>} and "
        "<p>a dent</p> {<0><0><9><9>}",
    )  # fmt: skip
    events = take(engine, ask(part, Task.GROUNDING))
    boxes = [box for event in events if isinstance(event, BoxesFound) for box in event.boxes]
    assert [(box.label, box.box) for box in boxes] == [
        ("a scratch", Box(0.1, 0.2, 0.3, 0.4)),
        ("a scratch", Box(0.5, 0.6, 0.7, 0.8)),
        ("a dent", Box(0, 0, 0.09, 0.09)),
    ]
    end = events[-1]
    assert isinstance(end, Finished)
    assert end.answer == "a scratch and a dent"
    assert end.raw.startswith("<p>a scratch</p> {<10>")
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text == end.answer


def test_boxes_of_a_padded_picture_are_those_of_the_original(
    minigpt: str, part: str, monkeypatch: pytest.MonkeyPatch
):
    engine = opened(squash=False)
    says(monkeypatch, engine, "<p>x</p> {<50><25><100><50>}")
    (box,) = last(engine, ask(part, Task.DETECTION)).boxes
    assert box.box == Box(0.5, 0.5, 1, 1)  # the picture is twice as wide as high


def test_what_the_model_sees_is_told(engine: MiniGPTEngine, part: str):
    started = take(engine, ask(part))[0]
    assert isinstance(started, Started)
    assert started.seen == (SeenImage(448, 448, 256),)
    assert (started.width, started.height) == (120, 60)
    assert started.provenance.prompt == "<s>[INST] <Img><ImageHere></Img> [vqa] so? [/INST]"
    assert "sentencepiece" in dict(started.provenance.versions)
    card = registry.card("minigpt-v2-test")
    assert seen.seen(card, 120, 60) == started.seen[0]
    assert seen.preview(ImageRef(part), card).shape == (448, 448, 3)


def test_a_chat_without_an_image_is_answered(engine: MiniGPTEngine):
    assert last(engine, ask(None, question="write a poem", verbatim=True)).tokens > 0


def test_several_images_are_answered(engine: MiniGPTEngine, part: str, tmp_path: Path):
    other = tmp_path / "golden.png"
    Image.new("RGB", (9, 9), "red").save(other)
    both = last(engine, InspectRequest((part, str(other)), Task.VQA, "same?"))
    again = last(engine, InspectRequest((str(other), part), Task.VQA, "same?"))
    assert both.raw != again.raw


def test_detection_has_a_score_that_depends_on_the_image(
    engine: MiniGPTEngine, part: str, tmp_path: Path
):
    other = tmp_path / "other.png"
    Image.new("RGB", (50, 50), "white").save(other)
    scores = [last(engine, ask(path, Task.DETECTION)).score for path in (part, str(other))]
    assert all(score is not None and 0 < score < 1 for score in scores)
    assert scores[0] != scores[1]


def test_answers_under_a_schema_are_json(engine: MiniGPTEngine, part: str):
    schema = '{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}'
    end = last(engine, ask(part, schema=schema, sampling=Sampling(max_tokens=60)))
    assert isinstance(json.loads(end.answer)["n"], int)


def test_documents_are_for_other_engines(engine: MiniGPTEngine, part: str):
    event = take(engine, ask(part, Task.EXTRACT))[-1]
    assert "cannot do the task extract" in event.what  # type: ignore[union-attr]


def test_given_answers_are_scored_to_their_end(engine: MiniGPTEngine, part: str):
    scores = engine.score(ask(part), ("yes", "no", "a long answer of many words"))
    assert all(score < 0 for score in scores)
    assert scores[2] < max(scores)


def test_chance_follows_its_seed(engine: MiniGPTEngine, part: str):
    def answer(seed: int) -> str:
        drawn = Sampling(
            temperature=1.5, top_p=0.9, top_k=50, repetition_penalty=1.05, seed=seed, max_tokens=20
        )
        return last(engine, ask(part, sampling=drawn)).raw

    assert answer(1) == answer(1)
    assert len({answer(seed) for seed in range(5)}) > 1


def test_the_penalty_for_repetition_does_not_see_the_prompt(engine: MiniGPTEngine, part: str):
    sampling = Sampling(repetition_penalty=1.05)
    prompt = engine.talk(ask(part), _scene(engine, part), engine.ready()[0].rule, ()).prompt
    assert engine.sampler(ask(part, sampling=sampling), prompt)._seen == {1}


def _scene(engine: MiniGPTEngine, part: str) -> Any:
    from inspector_app.engines.conversation import load_scene

    return load_scene(ask(part), engine.images, engine.ready()[0].rule)


def test_the_habit_of_forgetting_is_a_switch_of_the_card(minigpt: str, part: str):
    history = (Turn("user", "what is it", task=Task.VQA), Turn("assistant", "a nut"))
    asked = ask(part, history=history)
    prompts = []
    for forget in (False, True):
        started = take(opened(forget_answers=forget), asked)[0]
        assert isinstance(started, Started)
        prompts.append(started.provenance.prompt)
    assert "[/INST] a nut</s><s>[INST]" in prompts[0]
    assert "[/INST]</s><s>[INST]" in prompts[1]


def test_a_batch_gives_the_answers_one_by_one(engine: MiniGPTEngine, part: str, tmp_path: Path):
    other = tmp_path / "other.png"
    Image.new("RGB", (50, 50), "white").save(other)
    requests = [ask(part, question="is it bent or dirty?"), ask(str(other)), ask(None)]
    together = list(engine.stream_many(requests, threading.Event()))
    answers = {e.request_id: e.raw for e in together if isinstance(e, Finished)}
    assert [answers[r.id] for r in requests] == [last(engine, r).raw for r in requests]


# -- adapters -----------------------------------------------------------------------------


@pytest.fixture
def mine(minigpt: str, minigpt_folder: Path, tmp_path: Path) -> str:
    """An adapter of the user's own, of the form that the published pairs have."""
    folder = tmp_path / "mine"
    folder.mkdir()
    config = (minigpt_folder / "adapter" / "adapter_config.json").read_text()
    (folder / "adapter_config.json").write_text(config)
    pairs = load_file(minigpt_folder / "adapter" / "adapter_model.safetensors")
    other = {name: -2 * pair if "lora_B" in name else pair for name, pair in pairs.items()}
    save_file(other, folder / "adapter_model.safetensors")
    return adapter_store.add(folder, minigpt, "mine").id


def test_each_of_a_batch_has_its_own_adapter(engine: MiniGPTEngine, part: str, mine: str):
    requests = [ask(part), ask(part, adapter=mine)]
    alone = [last(engine, each).raw for each in requests]
    assert alone[0] != alone[1]
    events = list(engine.stream_many(requests, threading.Event()))
    answers = {e.request_id: e.raw for e in events if isinstance(e, Finished)}
    assert [answers[each.id] for each in requests] == alone


def test_an_adapter_comes_on_top_of_the_models_own_pairs(
    engine: MiniGPTEngine, part: str, mine: str
):
    @torch.inference_mode()
    def logits() -> torch.Tensor:
        model, sequence = engine.ready()
        scene = _scene(engine, part)
        talk = engine.talk(ask(part), scene, model.rule, ())
        sequence.forget()
        return model.decoder.logits(sequence.prefill(talk.prompt, 1))[0].clone()

    base = logits()
    first = last(engine, ask(part)).raw
    tuned = last(engine, ask(part, adapter=mine))
    with_mine = logits()
    assert not torch.allclose(base, with_mine, atol=1e-3)
    assert tuned.tokens
    assert last(engine, ask(part)).raw == first
    assert torch.equal(logits(), base)
    started = take(engine, ask(part, adapter=mine))[0]
    assert isinstance(started, Started)
    assert started.provenance.adapter.startswith(f"{mine}@")


def test_a_model_with_its_pairs_merged_in_answers_the_same(
    engine: MiniGPTEngine, part: str, mine: str, tmp_path: Path, minigpt: str
):
    from inspector_app.services.models import add_folder

    out = adapters.merge(minigpt, mine, tmp_path / "merged", "float32")
    assert not (out / "adapter").exists()
    add_folder(out, card_id="merged")
    merged = MiniGPTEngine(registry.card("merged"))
    merged.load()
    expected = engine.score(ask(part, adapter=mine), ("yes", "no"))
    assert merged.score(ask(part), ("yes", "no")) == pytest.approx(expected, abs=1e-3)


def test_a_card_with_an_impossible_switch_is_told(minigpt: str):
    with pytest.raises(InspectorError, match="two_bos"):
        opened(two_bos="perhaps")


def test_memory_that_runs_out_is_told_without_trying_smaller_images(
    engine: MiniGPTEngine, part: str, monkeypatch: pytest.MonkeyPatch
):
    calls: list[int] = []

    def lacking(*_: object, **__: object) -> Callable[..., Any]:
        calls.append(1)
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(engine.ready()[0].vision, "residual", lacking)
    event = take(engine, ask(part))[-1]
    assert "Memory ran out" in event.what  # type: ignore[union-attr]
    assert len(calls) == 1
