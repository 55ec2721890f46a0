"""A configuration is read whole: all mistakes are told at once, with key and what is allowed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspector_app.domain.training import TrainConfig
from inspector_app.engines import registry
from inspector_app.engines.files import model_folder
from inspector_app.engines.load_plan import Machine
from inspector_app.learning.train_config import ConfigError, presets, read_config
from inspector_app.learning.train_machine import choose_machine

GPU = Machine(80_000_000_000, True, 64_000_000_000)
OLD_GPU = Machine(16_000_000_000, False, 64_000_000_000)
BARE = Machine(None, False, 64_000_000_000)


@pytest.fixture
def write(tmp_path: Path, tiny: str) -> Any:
    """`write(key=value, ...)`: a configuration that is right but for what is given."""
    (tmp_path / "train.jsonl").write_text("", "utf-8")

    def made(drop: str = "", **changes: Any) -> Path:
        data: dict[str, Any] = {
            "name": "Mine", "base": tiny, "data": [{"path": "train.jsonl"}],
        }  # fmt: skip
        data |= changes
        data.pop(drop, None)
        path = tmp_path / "run.yaml"
        path.write_text(yaml.safe_dump(data), "utf-8")
        return path

    return made


def lines(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert all(line in str(caught.value) for line in caught.value.lines)
    return caught.value.lines


def test_a_right_file_is_read_with_its_defaults(write: Any, tmp_path: Path, tiny: str) -> None:
    config = read_config(write(schedule={"rate": "1e-4", "steps": 30}))
    assert (config.name, config.base) == ("Mine", tiny)
    assert config.data[0].path == str(tmp_path / "train.jsonl")
    assert config.schedule.rate == pytest.approx(1e-4)
    assert config.lora == TrainConfig("", "", ()).lora
    assert Path(config.out).name == "mine"


def test_all_mistakes_are_told_at_once(write: Any) -> None:
    path = write(
        drop="name",
        base="tinny",
        data=[{"path": "nowhere.jsonl", "spit": "train"}],
        lora={"rank": 0, "parts": ["langage"], "dropout": "much"},
        schedule={"kind": "linaer", "rate": 3},
        batch=1.5,
        acumulation=2,
        precision="fp16",
        checkpointing="perhaps",
    )
    told = dict(line.partition(": ")[::2] for line in lines(path))
    assert told["name"] == "is missing."
    assert "did you mean tiny?" in told["base"]
    assert "there is no" in told["data[0].path"]
    assert "did you mean split?" in told["data[0].spit"]
    assert "allowed is 1 to 1024" in told["lora.rank"]
    assert "did you mean language?" in told["lora.parts"]
    assert "is no number" in told["lora.dropout"]
    assert "did you mean linear?" in told["schedule.kind"]
    assert "allowed is 1e-09 to 1" in told["schedule.rate"]
    assert "whole number" in told["batch"]
    assert "did you mean accumulation?" in told["acumulation"]
    assert "float16" in told["precision"]
    assert "true, false" in told["checkpointing"]
    assert len(told) == 13


@pytest.mark.parametrize(
    ("changes", "key", "what"),
    [
        ({"schedule": {"steps": 0, "epochs": 0}}, "schedule", "neither steps nor epochs"),
        ({"schedule": {"rate": 1e-4, "lowest": 1e-3}}, "schedule.lowest", "more than the rate"),
        ({"schedule": {"steps": 5, "warmup": 5}}, "schedule.warmup", "not less than the 5 steps"),
        ({"patience": 2}, "patience", "needs evaluate_every"),
        (
            {"patience": 2, "evaluate_every": 5, "held_back": 0},
            "patience",
            "needs validation or held_back",
        ),
        ({"lora": {"parts": []}}, "lora.parts", "is empty"),
        ({"data": []}, "data", "is empty"),
        ({"data": 3}, "data", "is no list"),
        ({"name": " "}, "name", "is empty"),
        ({"base": "anomaly"}, "base", "cannot be fine-tuned"),
        ({"base": "qwen2-vl-2b"}, "base", "is not on this computer"),
        ({"start_from": "nothing"}, "start_from", "no adapter named"),
        ({"precision": "float16"}, "precision", "cannot be trained in on the processor"),
        ({"image_side": 448}, "image_side", "images of any shape"),
        ({"preset": "minigpt"}, "preset", "there is none named"),
        ({"lora": 4}, "lora", "is no table"),
        ({"lora": {"targets": ["qproj"]}}, "lora.targets", "did you mean q_proj?"),
        ({"template": "alpacka"}, "template", "did you mean alpaca?"),
        ({"data": [{"path": "train.jsonl", "form": "cocoa"}]}, "data[0].form", "allowed are"),
        ({"source": "x"}, "source", "there is no such key"),
    ],
)
def test_each_mistake_names_its_key(
    write: Any, changes: dict[str, Any], key: str, what: str
) -> None:
    if key == "precision":
        pytest.importorskip("torch")
        import torch

        if torch.cuda.is_available():
            pytest.skip("there is a GPU here")
    told = [line for line in lines(write(**changes)) if line.startswith(f"{key}: ")]
    assert told
    assert what in told[0]


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no file"):
        read_config(tmp_path / "no.yaml")
    (tmp_path / "bad.yaml").write_text("a: [", "utf-8")
    with pytest.raises(ConfigError, match="is not YAML"):
        read_config(tmp_path / "bad.yaml")
    (tmp_path / "list.yaml").write_text("- a", "utf-8")
    with pytest.raises(ConfigError, match="holds no keys"):
        read_config(tmp_path / "list.yaml")


def test_a_name_that_is_taken(write: Any, home: Path, make_adapter: Any) -> None:
    make_adapter(home / "data" / "adapters" / "mine")
    (home / "data" / "adapters" / "mine" / "card.toml").write_text('name = "Mine"\nbase = "tiny"\n')
    assert "there is an adapter mine already" in lines(write())[0]
    assert read_config(write(), resume=True).name == "Mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(write: Any, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    assert "cannot be written" in lines(write(out="shut/run"))[0]


def test_an_out_that_is_a_file(write: Any) -> None:
    assert "is a file" in lines(write(out="train.jsonl"))[0]


def test_minigpt_has_no_tower_to_learn(write: Any, minigpt: str) -> None:
    told = lines(write(base=minigpt, lora={"parts": ["vision"]}, image_side=224, image_tokens=64))
    keys = [line.partition(":")[0] for line in told]
    assert keys == ["lora.parts", "image_side", "image_tokens"]


@pytest.mark.parametrize("name", presets())
def test_presets_hold_the_published_settings(
    name: str, write: Any, tiny: str, minigpt: str
) -> None:
    base = minigpt if name.startswith("minigpt") else tiny
    path = write(drop="name", preset=name, base=base)
    config = read_config(path)
    if name.startswith("minigpt"):
        plan = config.schedule
        assert (config.lora.rank, config.lora.alpha, config.lora.dropout) == (64, 16, 0.05)
        assert config.lora.targets == ("q_proj", "v_proj")
        assert config.lora.parts == ("language", "projector")
        assert (plan.kind, plan.start, plan.rate, plan.lowest) == (
            "linear_warmup_cosine", 1e-6, 1e-5, 1e-6,
        )  # fmt: skip
        assert plan.warmup == (500 if name.endswith("vivqa") else 1000)
        assert (plan.epochs, plan.epoch_steps, config.batch, config.seed) == (2, 2000, 2, 42)
        assert (config.weight_decay, config.image_side) == (0.05, 448)
    else:
        assert (config.precision, config.optimiser, config.seed) == ("nf4", "adamw_8bit", 59)
        assert (config.lora.rank, config.lora.alpha) == (16, 16)
        assert set(config.lora.parts) == {"language", "vision"}
        assert (config.schedule.kind, config.schedule.rate) == ("linear", 2e-4)
        assert (config.schedule.warmup, config.schedule.steps) == (5, 200)
        assert (config.batch, config.accumulation) == (1, 2)
        assert (config.weight_decay, config.length) == (0.01, 2048)


def test_a_preset_gives_way_to_the_file(write: Any, minigpt: str) -> None:
    path = write(preset="minigpt-v2-vivqa", base=minigpt, schedule={"steps": 7, "warmup": 2})
    config = read_config(path)
    assert (config.schedule.steps, config.schedule.warmup, config.schedule.rate) == (7, 2, 1e-5)
    assert config.lora.rank == 64


def machine_for(write: Any, machine: Machine, **changes: Any) -> Any:
    config = replace(read_config(write()), **changes)
    card = registry.card(config.base)
    folder = model_folder(card)
    assert folder is not None
    return choose_machine(config, card, folder, machine)


def test_four_bits_without_a_gpu_are_whole_numbers_and_told(write: Any) -> None:
    found = machine_for(write, BARE, precision="nf4", optimiser="adamw_8bit")
    assert (found.report.dtype, found.report.quantisation) == ("float32", "")
    assert found.optimiser == "adamw"
    assert len(found.notes) == 2
    assert "nf4" in found.notes[0]
    assert not found.troubles


def test_precision_follows_the_gpu(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector_app.learning.train_machine._gpu_name", lambda machine: "G")
    found = machine_for(write, GPU, precision="nf4", optimiser="adamw_8bit")
    assert (found.report.device, found.report.dtype) == ("cuda:0", "bfloat16")
    assert (found.report.quantisation, found.optimiser, found.notes) == ("nf4", "adamw_8bit", ())
    monkeypatch.setenv("LOCAL_RANK", "3")
    assert machine_for(write, GPU).report.device == "cuda:3"
    old = machine_for(write, OLD_GPU, precision="bfloat16")
    assert old.troubles[0][0] == "precision"
    assert machine_for(write, OLD_GPU).report.dtype == "float32"


def test_images_smaller_than_the_engine_shows_are_told(write: Any) -> None:
    assert "at most 64 tokens" in machine_for(write, BARE, image_tokens=64).notes[0]


def test_weights_that_do_not_fit(write: Any) -> None:
    found = machine_for(write, Machine(None, False, 1000))
    assert "main memory" in found.troubles[0][1]
