"""An adapter that a run goes on from: what it was made with is known before weights load."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.training import DataSource, LoraSettings, RunFinished
from inspector_app.engines import adapter_store, registry
from inspector_app.engines.files import model_folder
from inspector_app.learning.checkpoints import make_checkpoint
from inspector_app.learning.start_from import layers_of, settings_of
from inspector_app.learning.train_config import ConfigError, read_config
from inspector_app.learning.train_machine import TRAINABLE, choose_machine
from inspector_app.services import improve, improve_data
from inspector_app.services.models import add_folder
from inspector_app.services.train import _student

# peft warns about transformers where a student is made outside a run.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")


@pytest.mark.parametrize("kind", ["qwen2_vl", "qwen2_5_vl", "qwen3_vl", "minigpt"])
@pytest.mark.parametrize("targets", [(), ("q_proj", "v_proj")])
def test_layers_known_from_files_are_those_that_learn(
    kind: str, targets: tuple[str, ...], request: Any, home: Path, make_config: Any, tmp_path: Path
) -> None:
    if kind == "minigpt":
        base = request.getfixturevalue("minigpt")
    else:
        base = add_folder(make_checkpoint(home / kind, kind), kind, kind.replace("_", "-")).id
    card = registry.card(base)
    folder = model_folder(card)
    assert folder is not None
    lora = LoraSettings(rank=4, alpha=6, parts=TRAINABLE[card.kind], targets=targets)
    config = make_config(base, lora=lora)
    student = _student(config, registry.create(base), folder, choose_machine(config, card, folder))
    pairs, whole = student.layers()
    assert set(layers_of(lora, card.kind, folder)) == {*pairs, *whole}
    assert layers_of(lora, card.kind, folder)

    student.save(tmp_path / "saved")
    adapter = adapter_store.add(tmp_path / "saved", base, "saved")
    found = settings_of(adapter, card.kind, folder)
    assert found == replace(lora, parts=found.parts)
    assert set(found.parts) == set(lora.parts)


@pytest.fixture
def learned(small: str, make_config: Any, train: Any, drafts: Any) -> str:
    """Id of an adapter with settings that are nobody's default."""
    lora = LoraSettings(8, 24, parts=("language", "projector"), targets=("q_proj", "v_proj"))
    told = train(make_config(small, 1, lora=lora, name="Old"), drafts)
    return told.of(RunFinished)[0].adapter


def mistakes(path: Path) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    return dict(line.partition(": ")[::2] for line in caught.value.lines)


def test_settings_that_differ_are_told_with_what_to_write(learned: str, write: Any) -> None:
    told = mistakes(write(start_from=learned))
    assert set(told) == {"lora.rank", "lora.alpha", "lora.parts", "lora.targets"}
    assert told["lora.alpha"] == "16 is not that of old, where it starts; write 24."
    assert "write [language, projector]." in told["lora.parts"]
    assert "write [q_proj, v_proj]." in told["lora.targets"]
    right = {
        "rank": 8, "alpha": 24, "parts": ["projector", "language"], "targets": ["v_proj", "q_proj"],
    }  # fmt: skip
    assert read_config(write(start_from=learned, lora=right)).lora.alpha == 24
    assert list(mistakes(write(start_from=learned, lora=right | {"targets": []}))) == [
        "lora.targets"
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"use_rslora": True}, "use_rslora"),
        ({"use_dora": True}, "use_dora"),
        ({"alpha_pattern": {"q_proj": 3}}, "alpha_pattern"),
    ],
)
def test_adapters_that_no_run_makes_are_refused(
    learned: str, small: str, write: Any, changes: dict[str, Any], why: str
) -> None:
    path = Path(adapter_store.find(small, learned).path) / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    assert why in mistakes(write(start_from=learned))["start_from"]


def test_an_adapter_of_some_layers_alone_is_refused(
    learned: str, small: str, tmp_path: Path
) -> None:
    from safetensors.torch import load_file, save_file

    card = adapter_store.find(small, learned)
    folder = model_folder(registry.card(small))
    assert folder is not None
    weights = Path(card.path) / "adapter_model.safetensors"
    tensors = load_file(weights)
    save_file({key: each for key, each in tensors.items() if "layers.0." not in key}, weights)
    with pytest.raises(BadInputError, match=r"other layers, for instance .*layers\.0\."):
        settings_of(card, "qwen-vl", folder)
    shrunk = {key: each[:2] if "lora_A" in key else each for key, each in tensors.items()}
    one = next(key for key in tensors if "lora_A" in key)
    save_file(shrunk | {one: tensors[one]}, weights)
    with pytest.raises(BadInputError, match="different ranks"):
        settings_of(card, "qwen-vl", folder)


def test_improve_goes_on_with_the_settings_of_the_adapter(
    learned: str, small: str, write: Any, tmp_path: Path
) -> None:
    write()  # its data
    source = DataSource(str(tmp_path / "data.jsonl"), split="train")
    made = improve.begin("Nut 2", small, learned, [source], "qwen2-vl-2b-receipts")
    concerns: list[Any] = []
    config = improve_data._config(made, concerns)
    assert config is not None, concerns
    wanted = (8, 24, ("language", "projector"), ("q_proj", "v_proj"))
    assert (config.lora.rank, config.lora.alpha, config.lora.parts, config.lora.targets) == wanted
    # What the page writes names the rank alone.
    lora = improve_data.change_settings(made, {"lora": {"rank": 8}, "precision": "auto"}).lora
    assert (lora.rank, lora.alpha, lora.parts, lora.targets) == wanted
    assert yaml.safe_load(improve.config_path(made).read_text("utf-8"))["precision"] == "auto"
