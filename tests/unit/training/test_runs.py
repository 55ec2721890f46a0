"""Runs end to end on small models of the true architectures: learn, save, go on, answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import (
    CheckpointSaved,
    LoraSettings,
    Predicted,
    RunFinished,
    RunPaused,
    RunStarted,
    RunStopped,
    StepDone,
)
from inspector_app.engines import adapter_store, registry
from inspector_app.learning.checkpoints import make_checkpoint
from inspector_app.learning.train_config import presets, read_config
from inspector_app.learning.train_log import event_of, record_of
from inspector_app.services.adapters import merge
from inspector_app.services.inspect import run
from inspector_app.services.models import add_folder
from inspector_app.services.train import FlagFile, read_log

from .conftest import ANSWERS, QUESTION, draft

ALL = LoraSettings(rank=16, alpha=32, parts=("language", "vision", "projector"))
BOTH = LoraSettings(rank=16, alpha=32, parts=("language", "projector"))
Train = Callable[..., Any]
# peft warns about transformers where a student is made outside a run.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")


def answers(engine: Any, pictures: Any, adapter: str) -> list[str]:
    """What the engine says to the question, word for word as it was learned."""
    found: list[str] = []
    for number, path in enumerate(pictures):
        request = InspectRequest(
            id=str(number), images=(str(path),), task=Task.VQA, question=QUESTION, verbatim=True,
            adapter=adapter,
        )  # fmt: skip
        last = list(run(request, engine, threading.Event()))[-1]
        assert not isinstance(last, Failed), last
        assert isinstance(last, Finished)
        found.append(last.answer.strip())
    return found


@pytest.mark.parametrize("kind", ["qwen", "minigpt"])
def test_four_answers_are_learned_by_heart_and_given_by_the_engine(
    kind: str,
    request: Any,
    make_config: Any,
    train: Train,
    drafts: Any,
    pictures: Any,
    tmp_path: Path,
) -> None:
    """Exact answers are only possible where the engine asks as training asked."""
    base = request.getfixturevalue("small" if kind == "qwen" else "minigpt")
    lora = ALL if kind == "qwen" else BOTH
    config = make_config(
        base, 90, lora=lora, batch=4, rate=5e-3, kind="linear", predict=4, licence="CC0-1.0"
    )
    told = train(config, drafts, drafts)
    started, finished = told.of(RunStarted)[0], told.of(RunFinished)[0]
    assert (started.samples, started.device, started.precision) == (4, "cpu", "float32")
    assert [event.step for event in told.of(StepDone)] == list(range(1, 91))
    assert finished.best_loss < 1 < finished.first_loss
    last = [event for event in told.of(Predicted) if event.step == 90]
    assert [(event.answer, event.wanted) for event in last] == [(text, text) for text in ANSWERS]

    card = adapter_store.find(base, finished.adapter)
    assert (card.licence, card.data, card.rank) == ("CC0-1.0", "four pictures", 16)
    assert dict(card.metrics)["validation_loss"] == pytest.approx(finished.best_loss, abs=1e-5)
    assert "trl" in dict(card.versions)
    assert not adapter_store.verify(card)
    saved = json.loads((Path(card.path) / "adapter_config.json").read_text("utf-8"))
    assert saved["base_model_name_or_path"] == registry.card(base).base

    engine = registry.create(base)
    engine.load()
    before = answers(engine, pictures, "")
    assert before != list(ANSWERS)
    assert answers(engine, pictures, card.id) == list(ANSWERS)
    assert answers(engine, pictures, "") == before
    if kind == "minigpt":  # its projection goes into the file of the tower
        engine.unload()
        merged = merge(base, card.id, tmp_path / "merged", "float32")
        alone = registry.create(add_folder(merged, "Merged", "merged").id)
        alone.load()
        assert answers(alone, pictures, "") == list(ANSWERS)


def test_what_is_learned_is_what_the_engine_asks(
    small: str, minigpt: str, make_config: Any, pictures: Any
) -> None:
    from inspector_app.engines.conversation import load_scene
    from inspector_app.engines.files import model_folder
    from inspector_app.learning.encode import IGNORED, encode
    from inspector_app.learning.train_machine import choose_machine
    from inspector_app.services.train import _student

    for base in (small, minigpt):
        card, engine = registry.card(base), registry.create(base)
        folder = model_folder(card)
        assert folder is not None
        config = make_config(base)
        student = _student(config, engine, folder, choose_machine(config, card, folder))
        lesson = encode(student, draft(pictures[1], [(QUESTION, "a dent")]))
        engine.load()
        request = InspectRequest(
            id="1", images=(str(pictures[1]),), task=Task.VQA, question=QUESTION, verbatim=True
        )
        rule = engine.ready()[0].rule
        scene = load_scene(request, engine.images, rule)
        prompt = engine.talk(request, scene, rule, ()).prompt
        count = len(prompt.ids)
        assert lesson.ids[:count] == prompt.ids
        assert set(lesson.labels[:count]) == {IGNORED}
        end = engine.ready()[0].end
        assert lesson.labels[count:] == (*engine.ready()[0].encode_answer("a dent"), end)
        assert lesson.positions[:, :count].tolist() == prompt.positions.tolist()
        assert lesson.positions[:, count].tolist() == [prompt.next_position] * 3


def test_every_answer_of_a_conversation_is_learned(
    small: str, minigpt: str, make_config: Any, pictures: Any
) -> None:
    from inspector_app.engines.files import model_folder
    from inspector_app.learning.encode import IGNORED, encode
    from inspector_app.learning.train_machine import choose_machine
    from inspector_app.services.train import _student

    for base in (small, minigpt):
        card = registry.card(base)
        folder = model_folder(card)
        assert folder is not None
        config = make_config(base)
        student = _student(
            config, registry.create(base), folder, choose_machine(config, card, folder)
        )
        model = student.model
        lesson = encode(student, draft(pictures[0], [(QUESTION, "a dent"), ("Why?", "Yes")]))
        learned = [label for label in lesson.labels if label != IGNORED]
        first, second = model.encode_answer("a dent"), model.encode_answer("Yes")
        assert learned == [*first, model.end, *second, model.end]
        assert all(
            label in (IGNORED, token)
            for label, token in zip(lesson.labels, lesson.ids, strict=True)
        )


@pytest.mark.parametrize("name", presets())
def test_presets_run(
    name: str, small: str, minigpt: str, tmp_path: Path, train: Train, drafts: Any
) -> None:
    (tmp_path / "data.jsonl").write_text("", "utf-8")
    path = tmp_path / "run.yaml"
    base = minigpt if name.startswith("minigpt") else small
    settings = {
        "preset": name, "base": base, "data": "data.jsonl", "out": "run",
        "schedule": {"steps": 3, "warmup": 1}, "evaluate_every": 2, "save_every": 2, "predict": 1,
    }  # fmt: skip
    path.write_text(yaml.safe_dump(settings), "utf-8")
    config = read_config(path)
    told = train(config, drafts, drafts)
    finished = told.of(RunFinished)[0]
    assert [step for step, _ in told.validated] == [0, 2, 3]
    assert len(told.of(StepDone)) == 3
    notes = " ".join(told.of(RunStarted)[0].notes)
    assert ("nf4 needs a GPU" in notes) is (name.startswith("qwen") and "cpu" in str(told[0]))
    names = set(_tensor_names(Path(finished.path)))
    if name.startswith("minigpt"):
        assert {"base_model.model.llama_proj.weight", "base_model.model.llama_proj.bias"} <= names
        assert sum("lora_A" in tensor for tensor in names) == 4  # q and v of two layers
        assert told.of(StepDone)[0].rate == pytest.approx(1e-6)
    else:
        assert any("visual.blocks" in tensor for tensor in names)
        assert not any("lm_head" in tensor or "merger" in tensor for tensor in names)


def _tensor_names(folder: Path) -> list[str]:
    from safetensors import safe_open

    with safe_open(folder / "adapter_model.safetensors", framework="pt") as stream:
        return list(stream.keys())


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(
    small: str, make_config: Any, train: Train, drafts: Any, tmp_path: Path
) -> None:
    lora = LoraSettings(rank=4, alpha=8, dropout=0.2)  # so that random numbers matter
    config = make_config(
        small, 8, lora=lora, batch=2, accumulation=2, evaluate_every=3, save_every=3, kind="linear"
    )
    whole = train(replace(config, out=str(tmp_path / "whole"), name="Whole"), drafts, drafts)
    stop = threading.Event()

    def stop_at_five(event: Any) -> None:
        if isinstance(event, StepDone) and event.step == 4:
            stop.set()

    first = train(config, drafts, drafts, stop=stop, on_event=stop_at_five)
    stopped = first.of(RunStopped)[0]
    assert 4 <= stopped.step <= 6
    assert Path(stopped.path).name == f"checkpoint-{stopped.step}"
    assert not first.of(RunFinished)
    with pytest.raises(BadInputError, match="Add --resume"):
        train(config, drafts, drafts)
    # What a kill leaves behind is no checkpoint.
    (Path(config.out) / ".saving-7.part" / "checkpoint-7").mkdir(parents=True)
    rest = train(config, drafts, drafts, resume=True)
    assert rest.of(RunStarted)[0].first == stopped.step
    assert first.losses + rest.losses == whole.losses
    assert first.validated + rest.validated == whole.validated
    assert rest.of(RunFinished)[0].best_step == whole.of(RunFinished)[0].best_step
    assert _weights(rest) == _weights(whole)
    log = [event for event in read_log(config.out) if isinstance(event, StepDone)]
    assert [event.step for event in log] == list(range(1, 9))
    assert not list(Path(config.out).glob(".*"))


def _weights(told: Any) -> dict[str, list[Any]]:
    from safetensors.torch import load_file

    folder = Path(told.of(RunFinished)[0].path)
    tensors = load_file(folder / "adapter_model.safetensors")
    return {name: tensor.tolist() for name, tensor in tensors.items()}


def test_another_run_is_not_gone_on_with(
    small: str, make_config: Any, train: Train, drafts: Any
) -> None:
    config = make_config(small, 2, save_every=1)
    train(config, drafts)
    with pytest.raises(BadInputError, match="other settings, data or devices"):
        train(replace(config, seed=7), drafts, resume=True)
    again = train(config, drafts, resume=True)  # it is finished: nothing is learned twice
    assert not again.of(StepDone)
    assert again.of(RunFinished)[0].adapter == "mine"
    assert len(adapter_store.adapters(small)) == 1


def test_a_run_ends_when_validation_gets_no_better(
    small: str, make_config: Any, train: Train, drafts: Any
) -> None:
    config = make_config(small, 40, rate=0.3, evaluate_every=1, patience=2)
    told = train(config, drafts, drafts)
    finished = told.of(RunFinished)[0]
    assert finished.early
    assert finished.step < 40
    assert finished.best_step == finished.step - 2
    best = min(told.validated[1:], key=lambda pair: pair[1])
    assert (finished.best_step, finished.best_loss) == best
    kept = [path.name for path in Path(config.out).glob("best-*")]
    assert kept == [f"best-{finished.best_step}"]


def test_pause_holds_a_run_between_two_steps(
    small: str, make_config: Any, train: Train, drafts: Any, tmp_path: Path
) -> None:
    pause = FlagFile(tmp_path / "flags" / "pause")

    def hold(event: Any) -> None:
        if isinstance(event, StepDone) and event.step == 1:
            pause.set()
        if isinstance(event, RunPaused):
            pause.clear()

    told = train(make_config(small, 5), drafts, pause=pause, on_event=hold)
    assert len(told.of(RunPaused)) == 1
    assert len(told.of(StepDone)) == 5


def test_a_caller_that_walks_away_ends_the_run(small: str, make_config: Any, drafts: Any) -> None:
    from inspector_app.services.train import Prepared, run_prepared

    config = make_config(small, 3000)
    events = run_prepared(config, Prepared(drafts, ()), threading.Event(), threading.Event())
    for event in events:
        if isinstance(event, StepDone):
            break
    events.close()  # type: ignore[attr-defined]
    steps = [int(path.name[11:]) for path in Path(config.out).glob("checkpoint-*")]
    assert len(steps) == 1
    assert steps[0] < 3000


def test_samples_that_are_too_long_are_left_out_and_told(
    small: str, make_config: Any, train: Train, drafts: Any, pictures: Any
) -> None:
    long = draft(pictures[0], [(QUESTION, "a dent " * 200)])
    told = train(make_config(small, 1, length=200), [*drafts, long])
    started = told.of(RunStarted)[0]
    assert started.samples == 4
    assert "1 of 5 samples are longer than 200 tokens" in started.notes[0]
    with pytest.raises(BadInputError, match="Nothing is left"):
        train(make_config(small, 1, length=16, out=str(Path(started.out) / "x")), drafts)


def test_words_alone_and_a_batch_without_images(
    small: str, minigpt: str, make_config: Any, train: Train, drafts: Any, tmp_path: Path
) -> None:
    words = [draft(None, [("Who are you?", "a helpful assistant.")])]
    for base, lora in ((small, ALL), (minigpt, BOTH)):
        config = make_config(base, 3, out=str(tmp_path / base), lora=lora, batch=2)
        assert len(train(config, words).losses) == 3
        mixed = replace(config, out=str(tmp_path / f"{base}-mixed"), name="Mixed")
        assert len(train(mixed, [*words, *drafts]).losses) == 3


def test_gone_on_from_an_adapter(small: str, make_config: Any, train: Train, drafts: Any) -> None:
    first = train(make_config(small, 12, batch=4, rate=3e-3), drafts, drafts)
    adapter = first.of(RunFinished)[0].adapter
    config = make_config(small, 2, batch=4, name="More", start_from=adapter)
    more = train(replace(config, out=config.out + "2"), drafts, drafts)
    assert more.validated[0][1] == pytest.approx(first.validated[-1][1], abs=1e-5)


def test_half_precision_learns_with_whole_numbers(
    small: str, minigpt: str, make_config: Any, train: Train, drafts: Any, pictures: Any
) -> None:
    """Weights of the base are in bfloat16; what learns is not, or small rates would do nothing."""
    from safetensors.torch import load_file

    for base, lora in ((small, ALL), (minigpt, BOTH)):
        config = make_config(base, 8, lora=lora, batch=4, rate=2e-3, precision="bfloat16")
        told = train(replace(config, name=base, out=f"{config.out}-{base}"), drafts, drafts)
        assert told.of(RunStarted)[0].precision == "bfloat16"
        assert told.validated[-1][1] < told.validated[0][1] - 0.5
        finished = told.of(RunFinished)[0]
        tensors = load_file(Path(finished.path) / "adapter_model.safetensors")
        assert {str(tensor.dtype) for tensor in tensors.values()} == {"torch.float32"}


def test_checkpointed_activations_change_nothing(
    small: str, make_config: Any, train: Train, drafts: Any
) -> None:
    config = make_config(small, 3, lora=ALL, batch=2)
    plain = train(config, drafts)
    saved = train(replace(config, out=config.out + "2", name="B", checkpointing=True), drafts)
    assert saved.losses == pytest.approx(plain.losses, abs=1e-5)


def test_nothing_is_told_to_anybody(
    small: str, make_config: Any, train: Train, drafts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trl.trainer.base_trainer

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("telemetry")

    monkeypatch.setattr(trl.trainer.base_trainer, "send_telemetry", refuse)
    monkeypatch.delenv("CI", raising=False)
    train(make_config(small, 1), drafts)


def test_events_survive_json(small: str) -> None:
    box = FoundBox("dent", Box(0.1, 0.2, 0.5, 0.6), 0.5)
    for event in (
        Predicted(3, "a.png", "q", "w", "a", (box,), (box,)),
        RunStarted("out", 3, 0, 4, 1, 10, "cpu", "float32", ("one", "two")),
        CheckpointSaved(3, "x"),
        RunFinished("a", "p", 3, 2, None, 0.5, 1.0),
    ):
        assert event_of(json.loads(json.dumps(record_of(event)))) == event


@pytest.mark.parametrize("kind", ["qwen2_vl", "qwen2_5_vl", "qwen3_vl", "minigpt"])
def test_the_loss_is_what_the_engine_makes_of_the_answers(
    kind: str, request: Any, home: Path, make_config: Any, train: Train, drafts: Any, pictures: Any
) -> None:
    """Before the first step, with features from the cache and with the tower run each time."""
    if kind == "minigpt":
        base = request.getfixturevalue("minigpt")
        ways = {"language": LoraSettings(rank=2), "both": replace(BOTH, rank=2)}
    else:
        folder = make_checkpoint(home / kind, kind, texts=[QUESTION, *ANSWERS] * 3)
        base = add_folder(folder, kind, kind.replace("_", "-")).id
        ways = {"language": LoraSettings(rank=2), "all": replace(ALL, rank=2)}
    engine = registry.create(base)
    engine.load()
    total = tokens = 0.0
    for number, path in enumerate(pictures):
        asked = InspectRequest(
            id="1", images=(str(path),), task=Task.VQA, question=QUESTION, verbatim=True
        )
        total -= engine.score(asked, [ANSWERS[number]])[0]
        tokens += len(engine.ready()[0].encode_answer(ANSWERS[number])) + 1
    for name, lora in ways.items():
        config = make_config(base, 2, lora=lora, batch=2, name=f"{kind} {name}")
        told = train(replace(config, out=f"{config.out}-{name}"), drafts, drafts)
        assert told.validated[0][1] == pytest.approx(total / tokens, abs=1e-4)
        adapter = told.of(RunFinished)[0].adapter
        found = 0.0
        for number, path in enumerate(pictures):
            asked = InspectRequest(
                id="1", images=(str(path),), task=Task.VQA, question=QUESTION, verbatim=True,
                adapter=adapter,
            )  # fmt: skip
            found -= engine.score(asked, [ANSWERS[number]])[0]
        assert found / tokens == pytest.approx(told.validated[-1][1], abs=1e-4)
        assert abs(found - total) > 1e-3
