from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Pick, Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource, TrainConfig
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.imaging.square_pixels import SquareRule
from inspector_app.learning.image_prints import Overlap
from inspector_app.services.training_data import check_data, hold_back, load, reader_of
from tests.conftest import REAL_DATA


def data_set(folder: Path, good: int, bad: int, split: str = "train") -> DataSource:
    folder.mkdir(parents=True)
    rows = []
    for number in range(good + bad):
        name = f"{number}.png"
        Image.new("RGB", (60, 60), (number % 256, number // 256, 90)).save(folder / name)
        rows.append(
            {
                "image": name, "split": split, "task": "detect", "is_defect": number >= good,
                "boxes": [[1, 1, 30, 30]] if number >= good else [], "width": 60, "height": 60,
            }
        )  # fmt: skip
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return DataSource(str(folder))


def config(*sources: DataSource, **more: object) -> TrainConfig:
    return TrainConfig("run", "qwen2-vl-2b", sources, **more)


def states(picks: tuple[Pick, ...]) -> Counter[bool | None]:
    return Counter(pick.sample.is_defect for pick in picks)


def test_good_and_bad_are_held_back_alike_and_always_the_same(tmp_path: Path):
    source = data_set(tmp_path / "a", 30, 10)
    data = load(config(source, held_back=0.2))
    assert states(data.validation) == {False: 6, True: 2}
    assert len(data.train) == 32
    assert load(config(source, held_back=0.2)) == data
    assert load(config(source, held_back=0.2, seed=1)).validation != data.validation
    assert load(config(source, held_back=0.0)).validation == ()


def test_questions_about_one_image_stay_together():
    picks = [
        Pick(Sample((f"/{n // 5}.png",), Task.VQA, "train", f"q{n}", ("a",))) for n in range(50)
    ]
    kept, held = hold_back(picks, 0.2, 42)
    assert len(held) == 10
    assert not {p.sample.images for p in kept} & {p.sample.images for p in held}
    with pytest.raises(BadInputError, match="too few images"):
        hold_back(picks[:5], 0.2, 42)


def test_the_same_photographs_stay_together():
    picks = [Pick(Sample((f"/{n}.png",), Task.VQA, "train", "q", ("a",))) for n in range(20)]
    alike = [Overlap(f"/{n}.png", f"/{n + 10}.png", False) for n in range(10)]
    for seed in range(5):
        _, held = hold_back(picks, 0.2, seed, alike)
        numbers = {int(Path(pick.sample.images[0]).stem) % 10 for pick in held}
        assert (len(held), len(numbers)) == (4, 2)
    chain = [Overlap(f"/{n}.png", f"/{n + 1}.png", True) for n in range(19)]
    assert len(hold_back(picks, 0.2, 42, chain)[1]) == 4  # all are one: then each by itself


def test_rounding_is_shared_between_kinds():
    picks = [
        Pick(Sample((f"/{n}.png",), Task.VQA, "train", "q", ("a",), category=f"c{n // 3}"))
        for n in range(60)
    ]
    assert len(hold_back(picks, 0.1, 42)[1]) == 6


def test_own_validation_shares_and_templates(tmp_path: Path):
    large, small = data_set(tmp_path / "a", 30, 10), data_set(tmp_path / "b", 4, 4)
    val = data_set(tmp_path / "c", 2, 2, "val")
    data = load(config(large, small, validation=(val,), template="defect-yes-no"))
    assert {pick.share for pick in data.train} == {1.0}
    assert (len(data.train), len(data.validation)) == (48, 4)
    assert {pick.template for pick in data.train} == {"defect-yes-no"}
    twice = DataSource(small.path, share=3.0, template="auto")
    data = load(config(large, twice, validation=(val,)))
    shares = [sum(p.share for p in data.train if p.template == "auto")]
    assert shares == [pytest.approx(4.0)]
    assert sum(pick.share for pick in data.train[-8:]) == pytest.approx(3.0)


def test_test_samples_among_them_are_told(tmp_path: Path):
    source = data_set(tmp_path / "a", 5, 5, "test")
    (concern,) = load(config(source)).concerns
    assert "split test are learned from" in concern.what
    assert concern.count == 10
    named = DataSource(source.path, split="test")
    assert load(config(named)).concerns == ()


def test_what_a_template_has_no_words_for_is_left_out(tmp_path: Path):
    source = data_set(tmp_path / "a", 5, 5)
    path = tmp_path / "a" / "manifest.jsonl"
    rows = path.read_text("utf-8").splitlines()
    asked = {"image": "0.png", "split": "train", "task": "vqa", "question": "q", "answer": "a"}
    silent = {"image": "1.png", "split": "train", "task": "vqa", "question": "q"}
    path.write_text("\n".join([*rows, json.dumps(asked), json.dumps(silent)]), "utf-8")
    given = config(source, template="defect-words", held_back=0.0)
    data = load(given)
    assert len(data.train) == 11  # an answer that is missing is a fault, not another task
    assert (data.concerns[0].severity, data.concerns[0].count) == ("note", 1)
    assert "the answer is missing" in check_data(given, data)[0].what
    with pytest.raises(BadInputError, match="no words for any sample"):
        load(config(data_set(tmp_path / "b", 5, 5), template="receipt-fields"))


def test_checks_follow_the_card_of_the_base(tmp_path: Path):
    source = data_set(tmp_path / "a", 10, 10)
    assert reader_of(config(source, image_tokens=64)).rule.most_tokens == 64
    assert isinstance(reader_of(config(source)).rule, PixelRule)
    square = TrainConfig("run", "minigpt-v2", (source,), image_side=224)
    assert reader_of(square).rule == SquareRule(side=224)
    with pytest.raises(BadInputError, match="no language model"):
        reader_of(TrainConfig("run", "anomaly", (source,)))
    given = config(source, held_back=0.1)
    found = check_data(given, load(given))
    assert any("9 good parts, 9 with defects" in each.what for each in found)


@pytest.mark.real
@pytest.mark.parametrize("base", ["qwen2-vl-2b", "minigpt-v2"])
@pytest.mark.parametrize(
    "name", ["magnetic_tile", "neu_det", "elpv", "easy_vqa", "sroie", "wildreceipt", "vivqa_x_text"]
)
def test_real_sets_can_be_learned_from(name: str, base: str):
    split = "val" if name == "vivqa_x_text" else "train"
    given = TrainConfig("run", base, (DataSource(str(REAL_DATA / name), split=split),))
    data = load(given)
    assert abs(len(data.validation) / (len(data.train) + len(data.validation)) - 0.1) < 0.02
    assert not [each for each in check_data(given, data) if each.severity == "error"]
