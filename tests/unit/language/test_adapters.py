"""LoRA adapters act as in peft, are refused by name where they do not fit, and change no base."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from inspector_app.domain.adapters import AdapterCard
from inspector_app.domain.engine import InspectRequest, Sampling
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.events import Finished, Started
from inspector_app.domain.tasks import Task
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.adapter_keys import layout_of, read_key
from inspector_app.engines.adapters import AdapterSet
from inspector_app.engines.merging import merge_and_export
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_vl import QwenEngine
from inspector_app.services.inspect import run

Lab = Any
WEIGHTS = "adapter_model.safetensors"
ENGINE = QwenEngine(registry.card("qwen2-vl-2b"))
LANGUAGE = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
VISION = r".*visual.*\.(qkv|attn\.proj|fc1|fc2|linear_fc1|linear_fc2|mlp\.0|mlp\.2)"
BOTH = f"({LANGUAGE}|{VISION})"
HALF = r".*language_model.*\.(q_proj|v_proj|down_proj)"


def card_of(folder: Path, name: str = "") -> AdapterCard:
    digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    name = name or folder.name
    return AdapterCard(name, name, "tiny", sha256=digest, path=str(folder))


def plain_model(folder: Path) -> Any:
    import transformers

    return transformers.AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32)


def question(lab: Lab) -> tuple[dict[str, Any], Any]:
    image = lab.image(84, 112)
    prompt = lab.prompt("Is there a dent?", image)
    return lab.inputs(prompt, image), prompt


@contextmanager
def quiet() -> Iterator[None]:
    """peft and transformers warn about each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@quiet()
def train(lab: Lab, out: Path, seed: int = 0, targets: str = BOTH, **more: Any) -> Path:
    """Saves an adapter as people do: peft, a loss, an optimizer, save_pretrained."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(seed)
    settings = {"r": 4, "lora_alpha": 8, "target_modules": targets} | more
    model = get_peft_model(plain_model(lab.folder), LoraConfig(**settings))
    inputs, _ = question(lab)
    labels = torch.randint(20, 200, inputs["input_ids"].shape)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=0.05)
    for _ in range(2):
        optimizer.zero_grad()
        model(**inputs, labels=labels).loss.backward()
        optimizer.step()
    model.save_pretrained(out, save_embedding_layers=False)
    return out


@quiet()
@torch.inference_mode()
def by_peft(lab: Lab, *folders: Path) -> torch.Tensor:
    """Logits as peft gives them; several adapters added up."""
    from peft import PeftModel

    model = PeftModel.from_pretrained(plain_model(lab.folder), folders[0], adapter_name="a0")
    for number, folder in enumerate(folders[1:], 1):
        model.load_adapter(folder, adapter_name=f"a{number}")
    model.base_model.set_adapter([f"a{number}" for number in range(len(folders))])
    return model.eval()(**question(lab)[0]).logits[0, -1]


def ours(lab: Lab, model: QwenModel, adapters: AdapterSet) -> torch.Tensor:
    """Logits of our decoder under the adapters that are on."""
    from inspector_app.engines.conversation import ChatTurn
    from inspector_app.engines.qwen_prompt import build_prompt
    from inspector_app.engines.sequence import TokenSequence

    turns = [
        ChatTurn("system", "You are a helpful assistant."),
        ChatTurn("user", "Is there a dent?", (lab.image(84, 112),)),
    ]
    with torch.inference_mode():
        scope = tuple(adapters._there[name] for name in adapters.active)
        prompt = build_prompt(model, turns, scope)
        sequence = TokenSequence(model.decoder)
        return model.decoder.logits(sequence.prefill(prompt, 1))[0].clone()


def close(a: torch.Tensor, b: torch.Tensor, atol: float = 1e-3) -> None:
    torch.testing.assert_close(a, b, atol=atol, rtol=0)


@pytest.fixture(scope="module")
def trained(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter of each kind of model, on language and vision layers; do not change."""
    return train(lab, tmp_path_factory.mktemp("adapters") / "scratch")


@pytest.fixture(scope="module")
def shelf(qwen2: Lab, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Adapters of a Qwen2-VL; do not change."""
    folder = tmp_path_factory.mktemp("shelf")
    return {
        "both": train(qwen2, folder / "both"),
        "half": train(qwen2, folder / "half", 1, HALF, r=2),
        "vision": train(qwen2, folder / "vision", 2, VISION),
        "rslora": train(qwen2, folder / "rslora", 3, use_rslora=True),
        "patterns": train(
            qwen2,
            folder / "patterns",
            4,
            rank_pattern={"q_proj": 7, "model.language_model.layers.1.mlp.up_proj": 3},
            alpha_pattern={"v_proj": 20, "model.language_model.layers.0.mlp.down_proj": 1},
        ),
    }


@pytest.fixture
def mine(qwen2: Lab, load: Callable[..., QwenModel]) -> tuple[QwenModel, AdapterSet]:
    """A Qwen2-VL of one's own."""
    model = load(qwen2.folder)
    return model, AdapterSet(model)


def altered(source: Path, out: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Path:
    """A copy of an adapter with other tensors."""
    shutil.copytree(source, out)
    save_file(change(load_file(source / WEIGHTS)), out / WEIGHTS)
    return out


def old_names(tensors: dict[str, Any]) -> dict[str, Any]:
    """The names before transformers 4.52."""
    return {
        key.replace("model.language_model.", "model.").replace(".model.visual.", ".visual."): tensor
        for key, tensor in tensors.items()
    }


@torch.inference_mode()
def test_logits_are_those_of_peft(lab: Lab, load: Callable[..., QwenModel], trained: Path):
    model = load(lab.folder)
    adapters = AdapterSet(model)
    base = ours(lab, model, adapters)
    adapters.use([card_of(trained)])
    wanted = by_peft(lab, trained)
    close(ours(lab, model, adapters), wanted)
    assert (wanted - base).abs().max() > 0.1
    adapters.use([])
    assert torch.equal(ours(lab, model, adapters), base)


@torch.inference_mode()
def test_steps_are_as_a_prefill_under_an_adapter(qwen2: Lab, mine: Any, shelf: dict[str, Path]):
    from inspector_app.engines.sequence import TokenSequence

    model, adapters = mine
    adapters.use([card_of(shelf["both"])])
    _, prompt = question(qwen2)
    whole, steps = TokenSequence(model.decoder), TokenSequence(model.decoder)
    tokens = [30, 31, 90, 45]
    for sequence in (whole, steps):
        sequence.prefill(prompt, 8)
    got = torch.cat([steps.step(token) for token in tokens])
    close(got, whole.extend(tokens))


@pytest.mark.parametrize("name", ["both", "vision", "rslora", "patterns"])
@torch.inference_mode()
def test_old_and_new_names_give_the_same(
    qwen2: Lab, mine: Any, shelf: dict[str, Path], tmp_path: Path, name: str
):
    model, adapters = mine
    source = shelf[name]
    old = altered(source, tmp_path / "old", old_names)
    modules = {read_key(key).module for key in load_file(old / WEIGHTS)}
    assert layout_of(modules) == "transformers<4.52"
    wanted = by_peft(qwen2, source)
    for folder in (source, old):
        adapters.use([card_of(folder)])
        close(ours(qwen2, model, adapters), wanted)


@torch.inference_mode()
def test_patterns_of_old_names_are_followed(
    qwen2: Lab, mine: Any, shelf: dict[str, Path], tmp_path: Path
):
    model, adapters = mine
    old = altered(shelf["patterns"], tmp_path / "old", old_names)
    path = old / "adapter_config.json"
    config = json.loads(path.read_text("utf-8"))
    for key in ("rank_pattern", "alpha_pattern"):
        config[key] = {
            name.replace("model.language_model.", "model."): n for name, n in config[key].items()
        }
    path.write_text(json.dumps(config), "utf-8")
    adapters.use([card_of(old)])
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["patterns"]))


@torch.inference_mode()
def test_two_at_once_are_added_up(qwen2: Lab, mine: Any, shelf: dict[str, Path]):
    model, adapters = mine
    cards = [card_of(shelf["both"]), card_of(shelf["half"])]
    adapters.use(cards)
    assert adapters.active == ("both", "half")
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["both"], shelf["half"]))
    adapters.use(cards[1:])
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["half"]))


@torch.inference_mode()
def test_switching_leaves_the_base_as_it_was(qwen2: Lab, mine: Any, shelf: dict[str, Path]):
    model, adapters = mine
    kept = {key: value.clone() for key, value in model.model.state_dict().items()}
    base = ours(qwen2, model, adapters)
    for _ in range(2):
        for name in ("both", "half", "vision"):
            adapters.use([card_of(shelf[name])])
            assert not torch.equal(ours(qwen2, model, adapters), base)
        adapters.use([])
        assert torch.equal(ours(qwen2, model, adapters), base)
    now = {
        key.replace(".base_layer", ""): value
        for key, value in model.model.state_dict().items()
        if ".lora_" not in key
    }
    assert now.keys() == kept.keys()
    assert all(torch.equal(now[key], kept[key]) for key in kept)


def test_a_switch_reads_no_file_again(mine: Any, shelf: dict[str, Path], tmp_path: Path):
    model, adapters = mine
    loaded = model.model
    copies = [shutil.copytree(shelf[name], tmp_path / name) for name in ("both", "half")]
    cards = [card_of(copy) for copy in copies]
    for card in cards:
        adapters.use([card])
    for copy in copies:
        shutil.rmtree(copy)
    begun = time.perf_counter()
    for card in cards * 3:
        adapters.use([card])
        assert adapters.active == (card.id,)
    assert time.perf_counter() - begun < 1.0
    assert model.model is loaded


def with_strange_key(tensors: dict[str, Any]) -> dict[str, Any]:
    key = "base_model.model.model.language_model.layers.9.mlp.up_proj.lora_{}.weight"
    return tensors | {key.format("A"): torch.ones(4, 64), key.format("B"): torch.ones(128, 4)}


def with_saved_module(tensors: dict[str, Any]) -> dict[str, Any]:
    return tensors | {"base_model.model.lm_head.weight": torch.ones(1024, 64)}


def with_other_width(tensors: dict[str, Any]) -> dict[str, Any]:
    key = next(key for key in tensors if "q_proj.lora_A" in key)
    return tensors | {key: torch.ones(tensors[key].shape[0], 96)}


def without_partner(tensors: dict[str, Any]) -> dict[str, Any]:
    key = next(key for key in tensors if "q_proj.lora_B" in key)
    return {name: tensor for name, tensor in tensors.items() if name != key}


def with_zero_b(tensors: dict[str, Any]) -> dict[str, Any]:
    return {key: t * (0 if ".lora_B" in key else 1) for key, t in tensors.items()}


def on_the_embedding(tensors: dict[str, Any]) -> dict[str, Any]:
    key = "base_model.model.model.language_model.norm.lora_{}.weight"
    return tensors | {key.format("A"): torch.ones(4, 64), key.format("B"): torch.ones(64, 4)}


REFUSED = [
    (with_strange_key, "model.language_model.layers.9.mlp.up_proj"),
    (with_saved_module, "lm_head.weight"),
    (with_other_width, "q_proj is for 96 -> 64 values"),
    (without_partner, "q_proj is not whole"),
    (with_zero_b, "spoilt changes nothing"),
    (on_the_embedding, "language_model.norm is no linear layer"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
@torch.inference_mode()
def test_what_does_not_fit_is_refused_by_name(
    qwen2: Lab,
    mine: Any,
    shelf: dict[str, Path],
    tmp_path: Path,
    change: Callable[..., Any],
    says: str,
):
    model, adapters = mine
    base = ours(qwen2, model, adapters)
    bad = card_of(altered(shelf["half"], tmp_path / "spoilt", change))
    for _ in range(2):
        with pytest.raises(BadInputError, match=says) as caught:
            adapters.use([bad])
        assert caught.value.mend
        assert torch.equal(ours(qwen2, model, adapters), base)
    adapters.use([card_of(shelf["half"])])
    good = ours(qwen2, model, adapters)
    close(good, by_peft(qwen2, shelf["half"]))
    with pytest.raises(BadInputError):
        adapters.use([card_of(shelf["half"]), bad])
    adapters.use([])
    assert torch.equal(ours(qwen2, model, adapters), base)
    adapters.use([card_of(shelf["half"])])
    assert torch.equal(ours(qwen2, model, adapters), good)


def test_a_dora_is_refused(mine: Any, shelf: dict[str, Path], tmp_path: Path):
    _, adapters = mine
    copy = Path(shutil.copytree(shelf["half"], tmp_path / "dora"))
    path = copy / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"use_dora": True}), "utf-8")
    with pytest.raises(BadInputError, match="DoRA"):
        adapters.use([card_of(copy)])


@torch.inference_mode()
def test_new_weights_of_the_same_id_take_the_place_of_the_old(
    qwen2: Lab, mine: Any, shelf: dict[str, Path]
):
    model, adapters = mine
    adapters.use([card_of(shelf["vision"], "one")])
    adapters.use([card_of(shelf["half"], "two")])
    adapters.use([card_of(shelf["both"], "one")])
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["both"]))
    adapters.use([card_of(shelf["half"], "one")])
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["half"]))


@torch.inference_mode()
def test_new_weights_that_change_nothing_are_refused_too(
    qwen2: Lab, mine: Any, shelf: dict[str, Path], tmp_path: Path
):
    model, adapters = mine
    base = ours(qwen2, model, adapters)
    adapters.use([card_of(shelf["vision"], "one")])
    spoilt = altered(shelf["vision"], tmp_path / "spoilt", with_zero_b)
    with pytest.raises(BadInputError, match="changes nothing"):
        adapters.use([card_of(spoilt, "one")])
    assert torch.equal(ours(qwen2, model, adapters), base)


@pytest.mark.parametrize("name", ["v1.5", "train", "keys", "weight", "default", "a-b_c"])
@torch.inference_mode()
def test_any_id_will_do(qwen2: Lab, mine: Any, shelf: dict[str, Path], name: str):
    model, adapters = mine
    adapters.use([card_of(shelf["half"], name)])
    assert adapters.active == (name,)
    close(ours(qwen2, model, adapters), by_peft(qwen2, shelf["half"]))


def test_scaling_of_rslora(mine: Any, shelf: dict[str, Path]):
    from peft.tuners.lora import LoraLayer

    model, adapters = mine
    adapters.use([card_of(shelf["rslora"])])
    layers = [layer for layer in model.model.modules() if isinstance(layer, LoraLayer)]
    assert layers
    for layer in layers:
        assert list(layer.scaling.values()) == [pytest.approx(8 / math.sqrt(4))]


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
@torch.inference_mode()
def test_a_merged_model_is_the_model_with_its_adapter(
    lab: Lab, load: Callable[..., QwenModel], trained: Path, tmp_path: Path, dtype: str
):
    out = merge_and_export(
        ENGINE, lab.folder, [card_of(trained)], tmp_path / lab.folder.parent.name, dtype
    )
    merged = load(out)
    got = ours(lab, merged, AdapterSet(merged))
    wanted = by_peft(lab, trained)
    if dtype == "float32":
        close(got, wanted)
    else:
        # Rounded weights: nearer to the adapted model than to the base by far.
        base = lab.logits(lab.prompt("Is there a dent?", lab.image(84, 112)))
        assert (got - wanted).norm() < 0.2 * (wanted - base).norm()


def names_in(folder: Path) -> dict[str, str]:
    found = {}
    for path in folder.glob("*.safetensors"):
        with safe_open(path, "pt") as file:
            found |= {key: file.get_slice(key).get_dtype() for key in file.keys()}  # noqa: SIM118
    return found


def test_an_export_looks_like_a_release(lab: Lab, trained: Path, tmp_path: Path):
    from inspector_app.engines.model_folder import check_folder

    out = merge_and_export(ENGINE, lab.folder, [card_of(trained)], tmp_path / "out")
    names, before = names_in(out), names_in(lab.folder)
    assert names.keys() == before.keys()
    assert set(names.values()) == {"BF16"}
    config = json.loads((out / "config.json").read_text("utf-8"))
    assert config.get("dtype", config.get("torch_dtype")) == "bfloat16"
    for name in ("tokenizer.json", "tokenizer_config.json", "preprocessor_config.json"):
        assert (out / name).read_bytes() == (lab.folder / name).read_bytes()
    assert check_folder(out)
    assert not list(out.glob("adapter_*"))


def test_names_of_an_exported_qwen2_are_those_of_its_release(
    qwen2: Lab, shelf: dict[str, Path], tmp_path: Path
):
    out = merge_and_export(ENGINE, qwen2.folder, [card_of(shelf["both"])], tmp_path / "out")
    assert all(name.startswith(("visual.", "model.")) for name in names_in(out))
    assert "model.layers.0.self_attn.q_proj.weight" in names_in(out)
    assert "visual.blocks.0.attn.qkv.weight" in names_in(out)


@torch.inference_mode()
def test_two_adapters_are_merged_as_their_sum(
    qwen2: Lab, load: Callable[..., QwenModel], shelf: dict[str, Path], tmp_path: Path
):
    cards = [card_of(shelf["half"]), card_of(shelf["vision"])]
    merged = load(merge_and_export(ENGINE, qwen2.folder, cards, tmp_path / "out", "float32"))
    close(ours(qwen2, merged, AdapterSet(merged)), by_peft(qwen2, shelf["half"], shelf["vision"]))


def test_an_export_overwrites_nothing(qwen2: Lab, shelf: dict[str, Path], tmp_path: Path):
    (tmp_path / "kept.txt").write_text("x")
    with pytest.raises(BadInputError, match="not empty"):
        merge_and_export(ENGINE, qwen2.folder, [card_of(shelf["half"])], tmp_path)


def ask(path: Path, adapter: str) -> InspectRequest:
    return InspectRequest(
        (str(path),), Task.VQA, "A dent?", adapter=adapter, sampling=Sampling(max_tokens=8)
    )


def likelihoods(engine: Any, path: Path, adapter: str) -> Any:
    return pytest.approx(engine.score(ask(path, adapter), ("Yes", "No", "A dent.")), abs=1e-4)


def named(engine: Any, path: Path, adapter: str) -> str:
    """The adapter that an answer says it came from."""
    events = list(run(ask(path, adapter), engine, threading.Event()))
    assert isinstance(events[-1], Finished), events[-1]
    assert isinstance(events[0], Started)
    return events[0].provenance.adapter


@pytest.fixture
def two_adapters(
    tiny: str, tiny_checkpoint: Path, make_lab: Callable[[str], Lab], shelf: dict[str, Path]
) -> tuple[AdapterCard, AdapterCard]:
    """Adapters that the small engine knows."""
    return adapter_store.add(shelf["both"], tiny, "One"), adapter_store.add(
        shelf["half"], tiny, "Two"
    )


def test_answers_after_a_switch_are_those_of_a_fresh_engine(
    tiny: str, two_adapters: tuple[AdapterCard, AdapterCard], part: Path
):
    fresh = {}
    for adapter in ("", "one", "two", "one+two"):
        engine = registry.create(tiny)
        engine.load()
        fresh[adapter] = likelihoods(engine, part, adapter)
        engine.unload()
    values = list(fresh.values())
    assert not any(a == b.expected for n, a in enumerate(values) for b in values[:n])
    engine = registry.create(tiny)
    engine.load()
    loaded = engine._model
    for adapter in ("", "one", "two", "one+two", "", "two", "one"):
        assert likelihoods(engine, part, adapter).expected == fresh[adapter]
    assert engine._model is loaded


def test_an_answer_names_its_adapters(
    tiny: str, two_adapters: tuple[AdapterCard, AdapterCard], part: Path
):
    engine = registry.create(tiny)
    engine.load()
    one, two = (f"{card.id}@{card.sha256[:16]}" for card in two_adapters)
    got = [named(engine, part, adapter) for adapter in ("", "one", "one+two", "two")]
    assert got == ["", one, f"{one}+{two}", two]


def test_nothing_computed_under_another_adapter_is_reused(
    tiny: str, two_adapters: tuple[AdapterCard, AdapterCard], part: Path
):
    engine = registry.create(tiny)
    engine.load()
    reused = []
    for adapter in ("", "one", "one", "two", ""):
        named(engine, part, adapter)
        reused.append(engine._sequence.reused > 0)
    assert reused == [False, False, True, False, False]
