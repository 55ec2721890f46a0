"""From the published files to a folder: what is asserted, what is refused, what comes out."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from inspector_app.domain.conversions import Converted, ConvertRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.engines import registry
from inspector_app.engines.minigpt_convert import read_originals
from inspector_app.engines.minigpt_originals import read_tower, spread_positions
from inspector_app.engines.model_folder import check_folder
from inspector_app.engines.weights import quiet
from inspector_app.learning.minigpt_files import Files, MiniGPTSizes, make_files
from inspector_app.services import models
from inspector_app.services.convert import run_convert

from .conftest import Convert, request_for

LORA = "llama_model.base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"
TEXTS = ("is there a scratch on the surface? [vqa] </Img> {<1><2><3><4>} yes no defect",) * 20


@pytest.fixture
def files(minigpt_files: Files, tmp_path: Path) -> Files:
    """A copy to spoil."""
    folder = tmp_path / "published"
    shutil.copytree(minigpt_files.checkpoint.parent, folder)
    return Files(folder / "checkpoint.pth", folder / "eva_vit.pth", folder / "llama")


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = torch.load(path, weights_only=True)
    change(data)
    torch.save(data, path)


def refused(files: Files, words: str, **changes: object) -> str:
    with pytest.raises(BadInputError, match=words) as raised:
        read_originals(request_for(files, **changes))
    assert raised.value.mend
    return raised.value.what


def test_the_folder_holds_everything_and_passes_the_check(convert: Convert):
    folder = convert()
    assert check_folder(folder) == "minigpt-v2"
    config = json.loads((folder / "config.json").read_text())
    assert config["lora"] == "adapter"
    assert config["vision_config"]["num_hidden_layers"] == 2  # of three blocks in the file
    assert set(config["sources"]) == {"checkpoint.pth", "eva_vit.pth", "model.safetensors"}
    assert not list(folder.rglob("*.pth"))
    vision = load_file(folder / "vision.safetensors")
    assert vision["vision_model.embeddings.position_embedding"].shape == (1, 1025, 32)
    assert not any("layers.2." in name for name in vision)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # of what peft calls in transformers
def test_the_pairs_are_an_adapter_that_peft_loads(convert: Convert):
    import transformers
    from peft import PeftModel

    quiet()
    folder = convert()
    base = transformers.LlamaForCausalLM.from_pretrained(
        folder, config=transformers.LlamaConfig(**_text_config(folder)), dtype=torch.float32
    )
    tuned = PeftModel.from_pretrained(base, folder / "adapter")
    pairs = [name for name, _ in tuned.named_parameters() if "lora_" in name]
    assert len(pairs) == 8
    assert tuned.peft_config["default"].lora_alpha / tuned.peft_config["default"].r == 4


def test_positions_are_spread_by_bicubic_interpolation():
    positions = torch.randn(1, 257, 5, generator=torch.Generator().manual_seed(0))
    spread = spread_positions(positions, 32)
    assert torch.equal(spread[:, 0], positions[:, 0])
    grid = spread[0, 1:].reshape(32, 32, 5)
    source = positions[0, 1:].reshape(16, 16, 5)
    for row, column in ((0, 0), (0, 31), (7, 12), (20, 3), (31, 31)):
        assert torch.allclose(grid[row, column], _bicubic(source, row, column), atol=1e-5)


def _bicubic(source: torch.Tensor, row: int, column: int) -> torch.Tensor:
    """Keys' cubic convolution (1981) with a = -0.75 at half the step, edges repeated."""

    def weight(x: float) -> float:
        x, a = abs(x), -0.75
        if x <= 1:
            return (a + 2) * x**3 - (a + 3) * x**2 + 1
        return a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0

    y, x = (row + 0.5) / 2 - 0.5, (column + 0.5) / 2 - 0.5
    total = torch.zeros(source.shape[-1])
    for i in range(int(y // 1) - 1, int(y // 1) + 3):
        for j in range(int(x // 1) - 1, int(x // 1) + 3):
            share = weight(y - i) * weight(x - j)
            total += share * source[min(max(i, 0), 15), min(max(j, 0), 15)]
    return total


def test_the_released_sizes_have_128_pairs_and_39_of_40_blocks(tmp_path: Path):
    small = MiniGPTSizes(hidden=16, heads=2, intermediate=16, width=16, mlp=16)
    files = make_files(tmp_path / "deep", TEXTS, replace(small, layers=32, blocks=40))
    found = read_originals(request_for(files))
    assert sum(len(pair) for pair in found.trained.pairs.values()) == 128
    assert found.tower.config["num_hidden_layers"] == 39
    assert not found.published


def test_a_tower_of_the_released_width_must_have_40_blocks(tmp_path: Path):
    short = tmp_path / "short.pth"
    zero = torch.zeros(1)
    state = {"cls_token": zero.expand(1, 1, 1408)}
    state |= {f"blocks.{n}.norm1.weight": zero.expand(1408) for n in range(39)}
    torch.save(state, short)
    with pytest.raises(BadInputError, match="39 blocks instead of 40"):
        read_tower(short, 16)


@pytest.mark.parametrize("old", [LORA, "llama_proj.bias"])
def test_a_missing_tensor_is_refused_by_name(files: Files, old: str):
    changed(files.checkpoint, lambda data: data["model"].pop(old))
    assert old in refused(files, "of 10 expected, 1 tensors are missing")


def test_an_unknown_tensor_is_refused_by_name(files: Files):
    changed(files.checkpoint, lambda data: data["model"].update(query_tokens=torch.zeros(1)))
    assert "query_tokens" in refused(files, "1 tensors are unknown")


def test_an_unknown_tensor_of_the_tower_is_refused_by_name(files: Files):
    changed(files.vit, lambda data: data.update(rel_pos=torch.zeros(1)))
    assert "rel_pos" in refused(files, "1 tensors are unknown")


def test_a_missing_tensor_of_the_tower_is_refused_by_name(files: Files):
    changed(files.vit, lambda data: data.pop("blocks.1.attn.q_bias"))
    assert "blocks.1.attn.q_bias" in refused(files, "1 tensors are missing")


def test_what_is_never_built_may_be_there(files: Files):
    changed(files.vit, lambda data: data.update({"norm.weight": torch.zeros(1)}))
    changed(files.vit, lambda data: data.pop("blocks.2.attn.q_bias"))  # of the last block
    read_originals(request_for(files))


def test_names_of_later_peft_are_known(files: Files):
    def rename(data: dict[str, Any]) -> None:
        data["model"] = {
            name.replace("lora_A.weight", "lora_A.default.weight"): tensor
            for name, tensor in data["model"].items()
        }

    changed(files.checkpoint, rename)
    read_originals(request_for(files))


def test_an_untrained_checkpoint_is_refused(files: Files):
    def clear(data: dict[str, Any]) -> None:
        for name, tensor in data["model"].items():
            if "lora_B" in name:
                tensor.zero_()

    changed(files.checkpoint, clear)
    refused(files, "untrained")


def test_files_of_different_sizes_are_refused(files: Files, tmp_path: Path):
    other = make_files(tmp_path / "other", TEXTS, MiniGPTSizes(width=64, hidden=32))
    refused(replace(files, vit=other.vit), r"llama_proj.weight is \[64, 128\] instead of")
    refused(replace(files, llama=other.llama), "lora_A is")


class _Danger:
    def __reduce__(self) -> Any:
        return (print, ("this must not run",))


def test_a_pickle_that_may_run_code_is_refused(files: Files, capsys: pytest.CaptureFixture[str]):
    files.checkpoint.write_bytes(pickle.dumps({"model": _Danger()}))
    refused(files, "may run code")
    torch.save({"model": _Danger()}, files.checkpoint)
    refused(files, "may run code")
    assert "must not run" not in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"no pickle at all", b"PK\x03\x04 cut"])
def test_a_damaged_file_is_told(files: Files, content: bytes):
    files.checkpoint.write_bytes(content)
    refused(files, "checkpoint.pth")


def test_a_list_is_no_checkpoint(files: Files):
    torch.save([1, 2], files.checkpoint)
    refused(files, "no table of weights")


def test_a_llama_folder_without_its_sentencepiece_file_is_refused(files: Files):
    (files.llama / "tokenizer.model").unlink()
    refused(files, "has no tokenizer.model")


def test_another_kind_of_language_model_is_refused(files: Files):
    config = files.llama / "config.json"
    config.write_text(config.read_text().replace('"llama"', '"gpt2"'))
    refused(files, "'gpt2', not llama")


def test_a_folder_without_the_fast_tokenizer_gets_one(files: Files, convert: Convert):
    (files.llama / "tokenizer.json").unlink()
    folder = convert(files)
    assert (folder / "tokenizer.json").is_file()


def test_the_heads_of_a_small_tower_are_told_or_named(files: Files):
    found = read_originals(request_for(files))
    assert found.tower.config["num_attention_heads"] == 2
    assert "--vit-heads" in found.notes[0]
    assert read_originals(request_for(files, vit_heads=4)).notes == ()
    refused(files, "cannot have 5 heads", vit_heads=5)
    (files.vit.parent / "config.json").write_text('{"vit": {"num_heads": 8}}')
    assert read_originals(request_for(files)).tower.config["num_attention_heads"] == 8


# -- the job -----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose cache no other test shares."""
    monkeypatch.setenv("INSPECTOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache" / "models"


def run(files: Files, stop: threading.Event | None = None, **changes: object) -> list[Any]:
    return list(run_convert(request_for(files, **changes), stop or threading.Event()))


def test_a_small_model_becomes_a_card_of_its_own(minigpt_files: Files):
    done = run(minigpt_files)[-1]
    assert isinstance(done, Converted)
    assert done.card_id == "minigpt-v2-test"
    card = registry.card("minigpt-v2-test")
    assert card.own
    assert {file.name for file in card.files} >= {"vision.safetensors", "config.json"}
    assert all(len(file.sha256) == 64 and file.size for file in card.files)
    assert models.state(card).ready
    assert models.check(card) == []
    weights = Path(done.folder) / "vision.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    (trouble,) = models.check(card)
    assert "another hash" in trouble


def test_a_second_one_needs_another_id(minigpt_files: Files):
    run(minigpt_files)
    with pytest.raises(BadInputError, match="There is a model 'minigpt-v2-test' already"):
        run(minigpt_files)
    assert run(minigpt_files, card_id="other", name="Mine")[-1].card_id == "other"
    assert registry.card("other").name == "Mine"


def test_a_folder_of_the_user_is_used_and_kept(minigpt_files: Files, tmp_path: Path):
    out = tmp_path / "out"
    run(minigpt_files, out=str(out))
    card = registry.card("minigpt-v2-test")
    assert models.state(card).folder == str(out)
    assert models.check(card) == []
    models.remove(card)
    assert (out / "vision.safetensors").is_file()
    with pytest.raises(BadInputError, match="not empty"):
        run(minigpt_files, out=str(out))


def test_a_stopped_conversion_leaves_nothing(minigpt_files: Files, own_cache: Path):
    stop = threading.Event()
    job = run_convert(request_for(minigpt_files), stop)
    next(job)
    next(job)
    stop.set()
    list(job)
    assert not list(own_cache.glob("minigpt*"))
    assert "minigpt-v2-test" not in registry.cards()


def test_a_failed_conversion_leaves_nothing(files: Files, own_cache: Path):
    (files.llama / "tokenizer.json").write_text("{")
    (files.llama / "tokenizer.json").unlink()
    (files.llama / "tokenizer.model").write_bytes(b"broken")
    with pytest.raises(BadInputError, match="tokenizer"):
        run(files)
    assert not list(own_cache.glob("minigpt*"))


@pytest.mark.parametrize("change", [{"lora": "both"}, {"dtype": "int3"}, {"card_id": "No Id"}])
def test_impossible_wishes_are_refused(minigpt_files: Files, change: dict[str, str]):
    with pytest.raises(BadInputError):
        run(minigpt_files, **change)


def _text_config(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "config.json").read_text())["text_config"]


def test_requests_are_plain_data():
    made = ConvertRequest("a", "b", "c")
    assert pickle.loads(pickle.dumps(made)) == made
