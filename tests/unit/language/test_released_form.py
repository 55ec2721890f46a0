"""Folders as the released models have them: flat old configuration, shards, template apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.load_plan import Wish, measure, plan, this_machine
from inspector_app.engines.model_folder import check_folder
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sequence import TokenSequence
from inspector_app.learning.checkpoints import make_checkpoint

KINDS = {"qwen2_vl": "qwen2-vl", "qwen2_5_vl": "qwen2.5-vl"}
SHARDS = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def today(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(kind) / "today"
    return make_checkpoint(folder, kind, texts=["Is there a defect on this part?"] * 3)


@pytest.fixture(scope="module")
def released(kind: str, today: Path) -> Path:
    folder = Path(shutil.copytree(today, today.with_name("released")))
    _flatten(folder, kind)
    _shard(folder)
    settings = _read(folder / "tokenizer_config.json")
    template = {"chat_template": settings.pop("chat_template")}
    _write(folder / "tokenizer_config.json", settings)
    _write(folder / "chat_template.json", template)
    ends = _read(folder / "generation_config.json")["eos_token_id"]
    # What some copies carry; an answer must not depend on which copy was fetched.
    _write(
        folder / "generation_config.json",
        {
            "do_sample": True,
            "eos_token_id": ends,
            "repetition_penalty": 1.05,
            "temperature": 0.1,
            "top_k": 1,
            "top_p": 0.001,
            "transformers_version": "4.41.2",
        },
    )
    return folder


def _flatten(folder: Path, kind: str) -> None:
    config = _read(folder / "config.json")
    text: dict[str, Any] = config.pop("text_config")
    for key in ("model_type", "layer_types", "dtype", "pad_token_id"):
        text.pop(key, None)
    rope = text.pop("rope_parameters")
    vision: dict[str, Any] = config["vision_config"]
    for key in ("model_type", "rope_parameters", "in_channels", "dtype"):
        vision.pop(key, None)
    vision |= {"in_chans": 3, "spatial_patch_size": 14}
    config |= text | {
        "rope_theta": rope["rope_theta"],
        "rope_scaling": {"type": "mrope", "mrope_section": rope["mrope_section"]},
        "sliding_window": 32768,
        "use_sliding_window": False,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.41.2",
        "model_type": kind,
    }
    config.pop("dtype", None)
    _write(folder / "config.json", config)


def _shard(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    names = sorted(weights)
    half = len(names) // 2
    save_file({name: weights[name] for name in names[:half]}, folder / SHARDS[0])
    save_file({name: weights[name] for name in names[half:]}, folder / SHARDS[1])
    where = {name: SHARDS[index >= half] for index, name in enumerate(names)}
    index = {"metadata": {"total_size": 0}, "weight_map": where}
    _write(folder / "model.safetensors.index.json", index)


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data), "utf-8")


@torch.inference_mode()
def logits(folder: Path) -> torch.Tensor:
    report = LoadReport("cpu", "float32", max_pixels=64 * 784)
    model = QwenModel(folder, report, 4 * 784)
    prompt = build_prompt(model, [ChatTurn("user", "Is there a defect on this part?")], ())
    return model.decoder.logits(TokenSequence(model.decoder).prefill(prompt, 1))


def test_names_are_those_of_released_weights(released: Path):
    names = set(_read(released / "model.safetensors.index.json")["weight_map"])
    assert "model.embed_tokens.weight" in names
    assert "model.layers.0.self_attn.q_proj.weight" in names
    assert "visual.blocks.0.attn.qkv.weight" in names
    assert "visual.merger.mlp.0.weight" in names
    assert "lm_head.weight" not in names  # tied


def test_the_folder_is_accepted_and_measured_the_same(kind: str, released: Path, today: Path):
    assert check_folder(released) == KINDS[kind]
    sizes = [measure(folder) for folder in (released, today)]
    plans = [plan(size, Wish(), this_machine()) for size in sizes]
    assert (sizes[0].vision, sizes[0].language) == (sizes[1].vision, sizes[1].language)
    assert plans[0].memory_mb == plans[1].memory_mb


def test_it_answers_the_same(released: Path, today: Path):
    assert torch.equal(logits(released), logits(today))
