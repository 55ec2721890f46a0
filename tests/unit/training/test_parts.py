"""The parts of a run: rates, order, cached features, whole layers, half-written checkpoints."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import torch

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.training import CheckpointSaved, Schedule, StepDone, Validated
from inspector_app.engines.adapter_keys import layout_of, read_key
from inspector_app.engines.whole_layers import WholeLayers
from inspector_app.learning.answer_logits import IGNORED, answer_loss
from inspector_app.learning.run_folder import RunFolder, RunState
from inspector_app.learning.train_order import make_order
from inspector_app.learning.train_schedule import count_steps, rate_at
from inspector_app.learning.vision_cache import VisionCache, hash_weights

PUBLISHED = Schedule("linear_warmup_cosine", 1e-5, 1e-6, 1e-6, 1000, 0, 2, 2000)


@pytest.mark.parametrize(
    ("step", "rate"),
    # Of the specification of the published program: the rate jumps down when warm-up ends.
    [(0, 1e-6), (500, 5.5e-6), (999, 9.991e-6), (1000, 8.682e-6), (2000, 5.5e-6), (4000, 1e-6)],
)
def test_rates_of_minigpt_are_the_published_ones(step: int, rate: float) -> None:
    steps, epoch = count_steps(PUBLISHED, 10, 2)
    assert (steps, epoch) == (4000, 2000)
    assert rate_at(PUBLISHED, step, steps, epoch) == pytest.approx(rate, rel=1e-4)


def test_a_warm_up_longer_than_an_epoch_begins_anew_in_each() -> None:
    plan = Schedule("linear_warmup_cosine", 1e-5, 1e-6, 1e-6, 30)
    assert rate_at(plan, 20, 100, 20) == pytest.approx(1e-6)
    assert rate_at(plan, 19, 100, 20) == pytest.approx(1e-6 + 9e-6 * 19 / 30)


@pytest.mark.parametrize(
    ("kind", "middle", "end"),
    [("linear", 1e-4, 0), ("cosine", 1e-4, 0), ("constant", 2e-4, 2e-4)],
)
def test_other_rates(kind: str, middle: float, end: float) -> None:
    plan = Schedule(kind, 2e-4, warmup=5, steps=105)
    assert rate_at(plan, 0, 105, 10) == 0
    assert rate_at(plan, 5, 105, 10) == pytest.approx(2e-4)
    assert rate_at(plan, 55, 105, 10) == pytest.approx(middle)
    assert rate_at(plan, 105, 105, 10) == pytest.approx(end, abs=1e-12)


def test_steps_go_by_the_data_where_nothing_else_is_said() -> None:
    assert count_steps(Schedule(epochs=2), 10, 4) == (6, 3)
    assert count_steps(Schedule(steps=7), 10, 4) == (7, 3)


def test_order_is_seeded_whole_and_of_like_lengths() -> None:
    rng = random.Random(0)
    lengths = [rng.randrange(10, 500) for _ in range(400)]
    even = [1.0] * 400
    order = make_order(lengths, even, 4, 800, 7)
    assert order == make_order(lengths, even, 4, 800, 7)
    assert order != make_order(lengths, even, 4, 800, 8)
    assert sorted(order) == sorted([*range(400), *range(400)])
    assert order[:400] != sorted(order[:400], key=lambda index: lengths[index])
    spans = [
        max(lengths[i] for i in order[at : at + 4]) - min(lengths[i] for i in order[at : at + 4])
        for at in range(0, 800, 4)
    ]
    assert sum(spans) / len(spans) < 20  # by chance it would be about 290


def test_shares_draw_sources_in_proportion() -> None:
    order = make_order([5] * 100, [3.0] * 50 + [1.0] * 50, 1, 4000, 0)
    assert sum(index < 50 for index in order) / 4000 == pytest.approx(0.75, abs=0.03)


def test_loss_of_answers_is_that_of_all_logits() -> None:
    torch.manual_seed(0)
    hidden, head = torch.randn(2, 6, 8), torch.nn.Linear(8, 20)
    labels = torch.tensor([[IGNORED, 3, IGNORED, 4, 5, IGNORED], [IGNORED] * 5 + [7]])
    logits = head(hidden)[:, :-1].reshape(-1, 20)
    expected = torch.nn.functional.cross_entropy(
        logits, labels[:, 1:].reshape(-1), ignore_index=IGNORED, reduction="sum"
    )
    assert answer_loss(hidden, labels, head).item() == pytest.approx(expected.item(), rel=1e-6)


def test_features_are_computed_once_an_image(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"one")
    (tmp_path / "b.png").write_bytes(b"one")  # a copy is the same image
    (tmp_path / "c.png").write_bytes(b"two")

    def make() -> dict[str, Any]:
        return {"tokens": torch.ones(2, 3)}

    cache = VisionCache("f" * 64, tmp_path / "cache")
    for name in ("a.png", "b.png", "c.png", "a.png"):
        assert torch.equal(cache.get(str(tmp_path / name), make)["tokens"], torch.ones(2, 3))
    assert cache.made == 2
    again = VisionCache("f" * 64, tmp_path / "cache")
    again.get(str(tmp_path / "a.png"), make)
    assert again.made == 0
    files = sorted((tmp_path / "cache").rglob("*.safetensors"))
    files[0].write_bytes(b"half")  # cut off by a full disk
    for name in ("a.png", "c.png"):
        again.get(str(tmp_path / name), make)
    assert again.made == 1
    other = VisionCache("e" * 64, tmp_path / "cache")  # other weights
    other.get(str(tmp_path / "a.png"), make)
    assert other.made == 1
    other.trim(most=0)
    assert not list((tmp_path / "cache").rglob("*.safetensors"))


def test_the_hash_of_a_tower_tells_weights_types_and_rules_apart() -> None:
    layer = torch.nn.Linear(2, 2)
    first = hash_weights(layer, "rule")
    assert first == hash_weights(layer, "rule")
    assert first != hash_weights(layer, "other rule")
    assert first != hash_weights(layer.to(torch.bfloat16), "rule")


class FakeModel:
    """A model whose projection may be replaced."""

    def __init__(self) -> None:
        self.layer = torch.nn.Linear(2, 2)
        self.replaceable = {"llama_proj": self.layer}


def test_whole_layers_are_put_on_added_up_and_taken_off() -> None:
    model: Any = FakeModel()
    own = model.layer.weight.detach().clone()
    key = read_key("base_model.model.llama_proj.weight")
    whole = WholeLayers(model)
    whole.add("a", {key: own + 1})
    whole.add("b", {key: own + 2})
    whole.use(("a",))
    assert torch.equal(model.layer.weight, own + 1)
    whole.use(("a", "b"))
    assert torch.allclose(model.layer.weight, own + 3)
    whole.use(())
    assert torch.equal(model.layer.weight, own)
    with pytest.raises(BadInputError, match="of the size"):
        whole.add("c", {key: torch.zeros(3, 3)})
    model.replaceable = {}
    with pytest.raises(BadInputError, match="not in the model"):
        whole.add("c", {key: torch.zeros(2, 2)})


def test_only_the_projection_may_come_whole() -> None:
    assert read_key("base_model.model.llama_proj.bias").whole
    with pytest.raises(BadInputError, match="no part of a LoRA"):
        read_key("base_model.model.lm_head.weight")
    assert layout_of(["model.layers.0.mlp.up_proj", "llama_proj"]) == "transformers<4.52"


def test_a_folder_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    with pytest.raises(OSError, match="no disk"), folder.making("best-3") as part:
        (part / "no disk" / "x").write_text("x")
    assert not folder.best(3).exists()
    with folder.making("checkpoint-3") as part:
        folder.write_state(part, RunState("f", 1.0, 0.5, 2, 1, 3.0))
    (tmp_path / "run" / ".saving-4.part" / "checkpoint-4").mkdir(parents=True)
    assert [step for step, _ in folder.checkpoints()] == [3]
    assert folder.state(folder.checkpoints()[0][1]) == RunState("f", 1.0, 0.5, 2, 1, 3.0)
    folder.keep(1, 0)
    assert not list((tmp_path / "run").glob(".*"))


def test_the_log_takes_back_what_will_come_again(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    steps = [StepDone(step, 9, 1.0, 1e-3, 1.0, 10, 5.0) for step in range(1, 6)]
    for event in (Validated(0, 2.0, True), *steps):
        folder.append(event)
    with (tmp_path / "log.jsonl").open("a") as stream:
        stream.write('{"event": "step_do')  # the process was killed here
    folder.begin_log(3)
    assert folder.log() == [Validated(0, 2.0, True), *steps[:3]]
    folder.begin_log(0)
    assert folder.log() == []


def test_a_line_break_of_unicode_in_the_log_ends_no_line(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    saved = CheckpointSaved(1, "/runs/a\u2028b\u0085c")
    folder.append(saved)
    assert folder.log() == [saved]
