"""The recipe: asks as the engine asks, resumes, makes a model that the engine loads."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Finished
from inspector_app.domain.loading import LoadReport, SeenImage
from inspector_app.domain.tasks import Task
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.learning.answer_logits import IGNORED
from inspector_app.learning.starter import recipe
from inspector_app.learning.starter.export import export
from inspector_app.learning.starter.lessons import Lessons, Mix
from inspector_app.learning.starter.net import SIZES, StarterNet, make, numerals
from inspector_app.learning.starter.samples import write
from inspector_app.learning.starter.texts import corpus
from inspector_app.services import engines
from inspector_app.services.models import add_folder

TINY = replace(
    SIZES,
    hidden=64,
    layers=2,
    heads=2,
    kv_heads=1,
    intermediate=96,
    vision_width=48,
    vision_depth=2,
    vision_heads=2,
)
DENSE = Mix(tokens=0)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained starter model of tiny sizes; do not change."""
    return make(tmp_path_factory.mktemp("starter") / "base", TINY, islice(corpus(3), 300), 1)


@pytest.fixture(scope="module")
def run_folder(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a run makes first, so that each test need not; do not change."""
    folder = tmp_path_factory.mktemp("run")
    write(folder / "samples.npz", 4)
    (folder / "base").symlink_to(base)
    return folder


@pytest.fixture
def out(run_folder: Path, tmp_path: Path) -> Path:
    for name in ("samples.npz", "base"):
        (tmp_path / name).symlink_to(run_folder / name)
    return tmp_path


def opened(out: Path) -> recipe.Run:
    return recipe.Run(out, large=False, size=4, scale=1, seed=1, workers=0, device="cpu")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages of two batches."""
    stages = tuple(replace(stage, pictures=8) for stage in recipe.stages(1))
    monkeypatch.setattr(recipe, "stages", lambda _: stages)


def test_numbers_are_one_piece(base: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base)
    assert all(len(tokenizer.encode(n, add_special_tokens=False)) == 1 for n in numerals())


def test_a_lesson_is_what_the_engine_asks(base: Path) -> None:
    """Ids and positions of picture and question are those of the engine's own prompt."""
    lessons = Lessons(base, None, 7, 2)
    batch = lessons.batch(3, Mix(parts=1, labels=0, talks=0))
    report = LoadReport("cpu", "float32", max_pixels=200 * 28 * 28)
    model = QwenModel(base, report, 28 * 28)
    _, down, across = batch.grid
    seen = SeenImage(across * 14, down * 14, down * across // 4)
    image = ModelImage(("x",), batch.patches[: down * across], batch.grid, seen)
    row = batch.parts[0] == 1
    labels = batch.labels[0][row]
    asked = batch.ids[0][row][labels == IGNORED]
    end = model.tokenizer.decode(asked)
    question = end.removesuffix("<|im_end|>\n<|im_start|>assistant\n")
    turns = [
        ChatTurn("system", "You are a helpful assistant."),
        ChatTurn("user", question, (image,)),
    ]
    prompt = build_prompt(model, turns, ())
    prefix = batch.parts[0] == 0
    ours = [*batch.ids[0][prefix], *asked]
    assert ours == list(prompt.ids)
    places = np.concatenate((batch.positions[0][:, prefix], batch.positions[0][:, row]), 1)
    assert np.array_equal(places[:, : len(ours)], prompt.positions.numpy())


def test_questions_about_a_picture_do_not_see_one_another(base: Path) -> None:
    net = StarterNet(base)
    batch = Lessons(base, None, 7, 2).batch(1, Mix(parts=1, labels=0, talks=0))
    second = torch.from_numpy(batch.parts == 2)
    with torch.inference_mode():
        tokens = net.look(batch)
        before = net.read(batch, tokens)[0][second]
        batch.ids[batch.parts == 1] = 5
        after = net.read(batch, tokens)[0][second]
    assert torch.allclose(before, after, atol=1e-5)


def test_batches_follow_from_seed_and_number(base: Path) -> None:
    first, again = (Lessons(base, None, 7, 3).batch(9, Mix()) for _ in range(2))
    assert np.array_equal(first.patches, again.patches)
    assert np.array_equal(first.ids, again.ids)
    other = Lessons(base, None, 8, 3).batch(9, Mix())
    assert first.patches.shape != other.patches.shape or not np.array_equal(
        first.patches, other.patches
    )


@pytest.mark.usefixtures("short")
def test_a_stopped_run_goes_on_as_if_it_had_not(out: Path, tmp_path_factory: Any) -> None:
    whole = opened(out)
    expected = [whole.step() for _ in range(2)]
    half = opened(out)
    half.step()
    half.save()
    rest = opened(out)
    rest.resume()
    again = rest.step()
    assert again == pytest.approx(expected[1], abs=1e-5)
    assert rest.number == whole.number == 2


@pytest.mark.usefixtures("short")
def test_stages_follow_one_another(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe.Run, "check", lambda _: {"n": 0})
    run = opened(out)
    told = list(run.train(60))
    assert [t["stage_ended"] for t in told if "stage_ended" in t] == [
        "dense",
        "places",
        "read",
        "whole",
    ]
    done = opened(out)
    done.resume()
    assert list(done.train(60)) == []  # nothing is left to do


def test_the_tower_learns(base: Path, run_folder: Path, tmp_path: Path, short: None) -> None:
    for name in ("samples.npz", "base"):
        (tmp_path / name).symlink_to(run_folder / name)
    run = opened(tmp_path)
    batch = run.lessons.batch(0, DENSE)
    run.lessons.batch = lambda *_: batch  # type: ignore[method-assign]
    run.done = 2000  # past the warm-up
    run.stages = (replace(run.stages[0], pictures=100_000), *run.stages[1:])
    first = last = run.step()
    for _ in range(70):
        last = run.step()
    assert last["label"] < 0.5 * first["label"]
    assert last["overlap"] < first["overlap"]


@pytest.mark.usefixtures("home", "short")
def test_the_engine_loads_what_is_exported(out: Path) -> None:
    run = opened(out)
    run.step()
    run.save()
    weights = export(out, out / "model")
    assert weights.stat().st_size < 4_000_000
    card = add_folder(out / "model", name="Mine", card_id="mine")
    picture = out / "a.png"
    Image.new("RGB", (196, 196), "grey").save(picture)
    engine = engines.local(card.id)
    engine.load()
    try:
        request = InspectRequest((str(picture),), Task.VQA, "Is there a defect?")
        events = list(engine.stream(request, threading.Event()))
        assert isinstance(events[-1], Finished)
    finally:
        engine.unload()


def test_check_measures_what_it_says(base: Path) -> None:
    from inspector_app.learning.starter.check import dense_check

    found = dense_check(StarterNet(base), Lessons(base, None, 600_000_000, 4), batches=2)
    assert found["n"] == 8
    assert all(0 <= found[name] <= 1 for name in ("good", "defective", "overlap", "kind"))
