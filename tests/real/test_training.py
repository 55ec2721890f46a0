"""A run of minutes on real data: validation loss falls, and the adapter answers in the engine."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import Finished
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import RunFinished, Validated
from inspector_app.engines import registry
from inspector_app.engines.card_files import write_card
from inspector_app.services.inspect import run

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
EASY = ROOT.parent / "shared" / "data" / "easy_vqa"
CONFIG = ROOT / "tests" / "data" / "easy-vqa.yaml"
ASKED = 60  # questions of the val split that the engine is asked in the end

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(3600)]


def test_shapes_are_learned(home: Path, tmp_path: Path) -> None:
    from inspector_app.learning.checkpoints import Sizes, make_checkpoint
    from inspector_app.learning.importers import read
    from inspector_app.learning.templates import lesson_rng, make_lesson
    from inspector_app.services.models import add_folder
    from inspector_app.services.train import read_config, run_training

    rows = [json.loads(line) for line in (EASY / "manifest.jsonl").read_text("utf-8").splitlines()]
    texts = [f"{row['question']} {row['answer']}" for row in rows if row["split"] == "train"]
    texts.append("You are a helpful assistant. Answer with a single word or a short phrase.")
    sizes = Sizes(hidden=128, layers=4, vision_width=64, vision_heads=4, intermediate=256)
    card = add_folder(make_checkpoint(tmp_path / "m", sizes=sizes, texts=texts), "Tiny", "tiny")
    options = {**dict(card.options), "min_tokens": 4, "max_tokens": 16}
    write_card(
        replace(card, options=tuple(options.items())), registry.own_cards_folder() / "tiny.toml"
    )
    config_file = tmp_path / "easy.yaml"
    shutil.copyfile(CONFIG, config_file)
    text = config_file.read_text("utf-8").replace("manifest.jsonl", str(EASY / "manifest.jsonl"))
    config_file.write_text(text, "utf-8")
    config = read_config(config_file)
    told = []
    for event in run_training(config, threading.Event(), threading.Event()):
        if not isinstance(event, Validated | RunFinished):
            continue
        log.warning("%s", event)
        told.append(event)
    finished = told[-1]
    assert isinstance(finished, RunFinished)
    assert finished.best_loss is not None
    assert finished.first_loss is not None
    assert finished.best_loss < 0.2 * finished.first_loss

    engine = registry.create("tiny")
    engine.load()
    rule = engine.ready()[0].rule
    samples = list(read(config.validation[0]).samples)[:: max(1, 140 // ASKED)][:ASKED]
    right = {"": 0, finished.adapter: 0}
    for sample in samples:
        rng = lesson_rng(config.seed, 0, sample)
        lesson = make_lesson(sample, config.template, card.dialect, rule.seen(64, 64), rng)
        for adapter in right:
            request = InspectRequest(
                id="1", images=sample.images, task=Task.VQA, question=lesson.turns[0][0],
                verbatim=True, adapter=adapter,
            )  # fmt: skip
            last = list(run(request, engine, threading.Event()))[-1]
            assert isinstance(last, Finished)
            right[adapter] += last.answer.strip() == sample.answers[0]
    log.warning("exact answers of %d val questions: %s", len(samples), right)
    assert right[finished.adapter] > right[""] + len(samples) // 4
