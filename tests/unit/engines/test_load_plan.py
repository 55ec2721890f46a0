"""What a model needs, and the ladder when it does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.engines import registry
from inspector_app.engines.load_notes import note_texts
from inspector_app.engines.load_plan import (
    Machine,
    ModelSize,
    Wish,
    measure,
    memory_of,
    plan,
    this_machine,
    wish_of,
)

GB = 1_000_000_000
TOKEN = 28 * 28  # pixels


def shapes(hidden: int, inner: int, kv_heads: int, rows: int, tied: bool) -> dict[str, list[int]]:
    """The tensors of Qwen2-VL (facts: 32 vision blocks of 1280, 28 language layers)."""
    found = {"visual.patch_embed.proj.weight": [1280, 3, 2, 14, 14]}
    for number in range(32):
        block = f"visual.blocks.{number}"
        found |= {
            f"{block}.norm1.weight": [1280], f"{block}.norm2.weight": [1280],
            f"{block}.attn.qkv.weight": [3840, 1280], f"{block}.attn.proj.weight": [1280, 1280],
            f"{block}.mlp.fc1.weight": [5120, 1280], f"{block}.mlp.fc2.weight": [1280, 5120],
        }  # fmt: skip
    found |= {
        "visual.merger.mlp.0.weight": [5120, 5120],
        "visual.merger.mlp.2.weight": [hidden, 5120],
    }
    for number in range(28):
        layer = f"model.layers.{number}"
        found |= {
            f"{layer}.self_attn.q_proj.weight": [hidden, hidden],
            f"{layer}.self_attn.k_proj.weight": [kv_heads * 128, hidden],
            f"{layer}.self_attn.v_proj.weight": [kv_heads * 128, hidden],
            f"{layer}.self_attn.o_proj.weight": [hidden, hidden],
            f"{layer}.mlp.gate_proj.weight": [inner, hidden],
            f"{layer}.mlp.up_proj.weight": [inner, hidden],
            f"{layer}.mlp.down_proj.weight": [hidden, inner],
            f"{layer}.input_layernorm.weight": [hidden],
        }  # fmt: skip
    found["model.embed_tokens.weight"] = [rows, hidden]
    if not tied:
        found["lm_head.weight"] = [rows, hidden]
    return found


def real(folder: Path, write: Callable[..., None], seven: bool) -> Path:
    """A folder with the config and the headers of the 2B or the 7B model."""
    hidden, inner, heads, kv_heads, rows = (
        (3584, 18944, 28, 4, 152064) if seven else (1536, 8960, 12, 2, 151936)
    )
    config = {
        "model_type": "qwen2_vl", "hidden_size": hidden, "intermediate_size": inner,
        "num_hidden_layers": 28, "num_attention_heads": heads, "num_key_value_heads": kv_heads,
        "tie_word_embeddings": not seven,
        "vision_config": {
            "depth": 32, "embed_dim": 1280, "hidden_size": hidden, "mlp_ratio": 4,
            "patch_size": 14, "spatial_merge_size": 2,
        },
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    write(folder / "model.safetensors", shapes(hidden, inner, kv_heads, rows, tied=not seven))
    return folder


@pytest.fixture
def two(tmp_path: Path, make_header: Callable[..., None]) -> ModelSize:
    return measure(real(tmp_path, make_header, seven=False))


@pytest.fixture
def seven(tmp_path: Path, make_header: Callable[..., None]) -> ModelSize:
    return measure(real(tmp_path, make_header, seven=True))


def gpu(gigabytes: float, ram: float = 64, bf16: bool = True) -> Machine:
    return Machine(int(gigabytes * GB), bf16, int(ram * GB))


def cpu(ram: float) -> Machine:
    return Machine(None, False, int(ram * GB))


def test_the_small_model_is_measured_from_headers(two: ModelSize):
    assert two.weights(2) == pytest.approx(4.4 * GB, rel=0.01)
    assert two.disk == pytest.approx(4.4 * GB, rel=0.01)
    assert two.vision == pytest.approx(0.66e9, rel=0.03)
    assert two.embeddings == 151936 * 1536
    assert two.cache_per_token(2) == 2 * 28 * 2 * 128 * 2
    assert (two.vision_hidden, two.vision_intermediate, two.token_pixels) == (1280, 5120, TOKEN)


def test_the_large_model_is_measured_from_headers(seven: ModelSize):
    assert seven.weights(2) == pytest.approx(16.6 * GB, rel=0.01)
    assert seven.weights(2, "nf4") == pytest.approx(7.2 * GB, rel=0.03)
    assert seven.weights(2, "int8") == pytest.approx(10.1 * GB, rel=0.03)
    assert seven.embeddings == 2 * 152064 * 3584


def test_a_tied_head_that_was_saved_is_counted_once(
    tmp_path: Path, make_header: Callable[..., None]
):
    folder = real(tmp_path, make_header, seven=False)
    plain = measure(folder)
    found = shapes(1536, 8960, 2, 151936, tied=False)
    make_header(folder / "model.safetensors", found)
    assert measure(folder).embeddings == plain.embeddings


def test_the_form_of_newer_files(tmp_path: Path, make_header: Callable[..., None]):
    config = {
        "model_type": "qwen3_vl", "tie_word_embeddings": True,
        "text_config": {
            "hidden_size": 2048, "intermediate_size": 6144, "num_hidden_layers": 28,
            "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 128,
        },
        "vision_config": {
            "hidden_size": 1024, "intermediate_size": 4096, "patch_size": 16,
            "spatial_merge_size": 2,
        },
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    make_header(
        tmp_path / "model.safetensors",
        {
            "model.visual.blocks.0.attn.qkv.weight": [3072, 1024],
            "model.language_model.layers.0.mlp.up_proj.weight": [6144, 2048],
            "model.language_model.layers.0.self_attn.q_norm.weight": [128],
            "model.language_model.embed_tokens.weight": [100, 2048],
        },
    )
    size = measure(tmp_path)
    assert (size.vision, size.language) == (3072 * 1024, 6144 * 2048)
    assert (size.embeddings, size.other) == (100 * 2048, 128)
    assert (size.token_pixels, size.vision_hidden, size.vision_intermediate) == (1024, 1024, 4096)
    assert size.cache_per_token(2) == 2 * 28 * 8 * 128 * 2


@pytest.mark.parametrize("lacks", ["vision_config", "hidden_size", "num_attention_heads"])
def test_a_config_that_lacks_something(tmp_path: Path, make_model: Callable[..., Path], lacks: str):
    folder = make_model(tmp_path / "m")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    del config[lacks]
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    with pytest.raises(BadInputError, match=lacks):
        measure(folder)


def test_with_room_it_is_loaded_as_wished(two: ModelSize):
    report = plan(two, Wish(), gpu(24))
    assert (report.device, report.dtype, report.quantisation) == ("cuda:0", "bfloat16", "")
    assert report.max_pixels == 1280 * TOKEN
    assert note_texts(report, "en") == ()
    assert 4800 < report.memory_mb < 6000
    assert report.memory_mb * 1_000_000 >= memory_of(two, Wish()) > (report.memory_mb - 1) * 1e6


def test_the_other_gpu_is_named(two: ModelSize):
    assert plan(two, Wish(), replace(gpu(24), gpu="cuda:1")).device == "cuda:1"


def test_first_the_images_shrink(seven: ModelSize):
    full = plan(seven, Wish(), gpu(40)).memory_mb / 1000
    report = plan(seven, Wish(images=4, min_pixels=64 * TOKEN), gpu(full))
    assert (report.device, report.dtype, report.quantisation) == ("cuda:0", "bfloat16", "")
    assert report.max_pixels < 1280 * TOKEN
    (note,) = note_texts(report, "en")
    assert note.startswith("Images are shown to the model at most ")
    assert "instead of 1280" in note
    assert "GB of the GPU are free" in note


def test_images_never_shrink_below_the_least(seven: ModelSize):
    low = 500 * TOKEN
    for free in range(5, 30):
        report = plan(seven, Wish(min_pixels=low), gpu(free))
        assert low <= report.max_pixels <= 1280 * TOKEN
        assert report.max_pixels // TOKEN in (500, 640, 1280)


def test_then_the_language_layers_are_quantised(seven: ModelSize):
    report = plan(seven, Wish(), gpu(12))
    assert (report.device, report.dtype, report.quantisation) == ("cuda:0", "bfloat16", "nf4")
    assert report.max_pixels == 1280 * TOKEN
    (note,) = note_texts(report, "en")
    assert "4 bit" in note
    assert "12.0 GB" in note


def test_then_the_processor(seven: ModelSize):
    report = plan(seven, Wish(), gpu(4))
    assert (report.device, report.dtype, report.quantisation) == ("cpu", "float32", "")
    (note,) = note_texts(report, "en")
    assert "only 4.0 GB of the GPU are free" in note
    report = plan(seven, Wish(), gpu(4, ram=24))
    assert (report.device, report.dtype) == ("cpu", "bfloat16")
    assert len(note_texts(report, "en")) == 2
    assert "bfloat16 instead of float32" in note_texts(report, "en")[1]


def test_without_a_gpu(two: ModelSize):
    report = plan(two, Wish(), cpu(32))
    assert (report.device, report.dtype) == ("cpu", "float32")
    assert note_texts(report, "en") == (
        "The model runs on the processor, because there is no GPU; it is slow.",
    )
    assert plan(two, Wish(device="cpu"), gpu(80)).notes == ()
    assert plan(two, Wish(device="cpu", precision="bfloat16"), cpu(32)).dtype == "bfloat16"


def test_more_room_never_gives_less(seven: ModelSize):
    """With every gigabyte more the model is loaded at least as well."""

    def rank(report) -> tuple[bool, bool, int]:
        return report.device != "cpu", not report.quantisation, report.max_pixels

    ranks = [rank(plan(seven, Wish(min_pixels=64 * TOKEN), gpu(free / 4))) for free in range(120)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 3


def test_what_is_planned_fits(seven: ModelSize):
    for free in range(6, 40):
        report = plan(seven, Wish(), gpu(free))
        limit = 64 if report.device == "cpu" else free
        assert report.memory_mb <= limit * 1000


def test_nothing_fits(seven: ModelSize):
    with pytest.raises(EngineError) as told:
        plan(seven, Wish(), gpu(4, ram=8))
    assert "GB on the GPU, where 4.0 GB are free" in str(told.value)
    assert "in main memory, where 8.0 GB are free" in str(told.value)
    with pytest.raises(EngineError, match="on the GPU") as told:
        plan(seven, Wish(device="cuda"), gpu(4))
    assert "main memory" not in str(told.value)


def test_wishes_that_cannot_be(two: ModelSize):
    with pytest.raises(EngineError, match="No GPU was found"):
        plan(two, Wish(device="cuda"), cpu(64))
    with pytest.raises(BadInputError, match="'int3'"):
        plan(two, Wish(precision="int3"), cpu(64))
    with pytest.raises(BadInputError, match="'tpu'"):
        plan(two, Wish(device="tpu"), cpu(64))


@pytest.mark.parametrize(
    ("precision", "machine", "form", "notes"),
    [
        ("nf4", gpu(80), ("cuda:0", "bfloat16", "nf4"), ()),
        ("int8", gpu(80), ("cuda:0", "bfloat16", "int8"), ()),
        ("float32", gpu(80), ("cuda:0", "float32", ""), ()),
        ("float32", gpu(6), ("cuda:0", "bfloat16", ""), ("bfloat16 instead of float32",)),
        ("float16", gpu(80), ("cuda:0", "float16", ""), ("overflow",)),
        ("nf4", cpu(64), ("cpu", "float32", ""), ("no GPU", "nf4 needs a GPU")),
        ("float16", cpu(64), ("cpu", "float32", ""), ("no GPU", "no float16")),
        ("auto", gpu(80, bf16=False), ("cuda:0", "float32", ""), ()),
        ("auto", gpu(7, bf16=False), ("cuda:0", "float16", ""), ("overflow",)),
        ("bfloat16", gpu(80, bf16=False), ("cuda:0", "float32", ""), ("has no bfloat16",)),
        ("bfloat16", cpu(64), ("cpu", "bfloat16", ""), ("no GPU",)),
    ],
)
def test_precisions(
    two: ModelSize,
    precision: str,
    machine: Machine,
    form: tuple[str, str, str],
    notes: tuple[str, ...],
):
    report = plan(two, Wish(precision=precision), machine)
    assert (report.device, report.dtype, report.quantisation) == form
    assert len(note_texts(report, "en")) == len(notes), note_texts(report, "en")
    for note, says in zip(note_texts(report, "en"), notes, strict=True):
        assert says in note


def test_int8_goes_on_to_four_bits(seven: ModelSize):
    report = plan(seven, Wish(precision="int8"), gpu(10))
    assert report.quantisation == "nf4"
    assert "4 bit" in note_texts(report, "en")[0]


def test_a_card_states_the_wish_in_tokens(two: ModelSize):
    wish = wish_of(registry.card("qwen2-vl-2b"), two)
    assert wish == Wish(max_pixels=1280 * TOKEN, min_pixels=256 * TOKEN)
    wish = wish_of(registry.card("qwen3-vl-2b"), replace(two, patch=16))
    assert wish.max_pixels == 1280 * 32 * 32


def test_the_estimates_on_the_cards_agree(two: ModelSize):
    stated = registry.card("qwen2-vl-2b").memory_mb * 1_000_000
    assert stated == pytest.approx(memory_of(two, Wish()), rel=0.05)


def test_the_large_estimate_on_the_card_agrees(seven: ModelSize):
    stated = registry.card("qwen2-vl-7b").memory_mb * 1_000_000
    assert stated == pytest.approx(memory_of(seven, Wish()), rel=0.05)


def test_this_machine_is_looked_at():
    machine = this_machine()
    assert machine.ram_free > 0
    assert machine.gpu_free is None or machine.gpu_free >= 0


def test_notes_are_said_in_both_languages():
    from inspector_app.parsing.texts import texts

    english, vietnamese = texts("loading", "en"), texts("loading", "vi")
    assert set(english) == set(vietnamese)
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", vietnamese[key]))


def test_a_note_in_vietnamese_has_the_numbers_of_vietnamese(seven: ModelSize):
    (note,) = note_texts(plan(seven, Wish(), gpu(12)), "vi")
    assert "12,0 GB" in note
    assert "4 bit" in note
