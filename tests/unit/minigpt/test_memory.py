"""What the released sizes need, from headers alone, and how they are loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector_app.engines import registry
from inspector_app.engines.load_plan import Machine, measure, memory_of, plan, wish_of
from inspector_app.engines.model_folder import write_index
from inspector_app.engines.model_size import ModelSize

GB = 1_000_000_000


@pytest.fixture
def released(tmp_path: Path, make_header: Callable[..., None]) -> ModelSize:
    """The released model as far as it is read before loading (facts: sections 1 to 3)."""
    vision = {
        "vision_model.embeddings.class_embedding": [1, 1, 1408],
        "vision_model.embeddings.position_embedding": [1, 1025, 1408],
        "vision_model.embeddings.patch_embedding.weight": [1408, 3, 14, 14],
        "projection.weight": [4096, 5632],
        "projection.bias": [4096],
    }
    for block in range(39):
        at = f"vision_model.encoder.layers.{block}."
        vision |= {
            f"{at}self_attn.qkv.weight": [4224, 1408],
            f"{at}self_attn.projection.weight": [1408, 1408],
            f"{at}mlp.fc1.weight": [6144, 1408], f"{at}mlp.fc2.weight": [1408, 6144],
        }  # fmt: skip
    llama = {"model.embed_tokens.weight": [32000, 4096], "lm_head.weight": [32000, 4096]}
    for layer in range(32):
        at = f"model.layers.{layer}."
        llama |= {f"{at}self_attn.{name}_proj.weight": [4096, 4096] for name in "qkvo"}
        llama |= {f"{at}mlp.{name}_proj.weight": [11008, 4096] for name in ("gate", "up")}
        llama[f"{at}mlp.down_proj.weight"] = [4096, 11008]
    make_header(tmp_path / "vision.safetensors", vision)
    make_header(tmp_path / "model-00001-of-00001.safetensors", llama)
    write_index(tmp_path)
    config = {
        "model_type": "minigpt_v2",
        "text_config": {
            "hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32,
            "num_attention_heads": 32,
        },
        "vision_config": {"hidden_size": 1408, "intermediate_size": 6144, "patch_size": 14},
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(config))
    return measure(tmp_path)


def test_the_released_model_is_measured_from_headers(released: ModelSize):
    assert released.weights(2) == pytest.approx(15.5 * GB, rel=0.01)
    assert released.weights(2, "nf4") == pytest.approx(6.2 * GB, rel=0.03)
    assert released.weights(2, "int8") == pytest.approx(9.0 * GB, rel=0.02)
    assert released.vision == pytest.approx(1.01e9, rel=0.01)
    assert released.token_pixels == 448 * 448 // 256
    assert released.cache_per_token(2) == 2 * 32 * 4096 * 2


def test_the_card_says_what_it_takes(released: ModelSize):
    card = registry.card("minigpt-v2")
    need = memory_of(released, wish_of(card, released))
    assert card.memory_mb == pytest.approx(need / 1e6, rel=0.02)


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (Machine(80 * GB, True, 64 * GB), ("cuda:0", "bfloat16", "")),
        (Machine(24 * GB, False, 64 * GB), ("cuda:0", "float16", "")),  # as published
        (Machine(10 * GB, True, 64 * GB), ("cuda:0", "bfloat16", "nf4")),
        (Machine(None, False, 64 * GB), ("cpu", "float32", "")),
        (Machine(None, False, 24 * GB), ("cpu", "bfloat16", "")),
    ],
)
def test_how_it_is_loaded(released: ModelSize, machine: Machine, expected: tuple[str, str, str]):
    report = plan(released, wish_of(registry.card("minigpt-v2"), released), machine)
    assert (report.device, report.dtype, report.quantisation) == expected
    assert "overflow" not in [note.key for note in report.notes]
    assert report.max_pixels == 448 * 448
