"""Evaluations in files, and two of them compared."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Evaluation, Item, Metric
from inspector_app.services.evaluations import compare, read_evaluation, write_evaluation


def evaluation(right: list[bool | None], adapter: str = "") -> Evaluation:
    items = tuple(
        Item(
            f"/data/set/images/test/{n}.png",
            "defect",
            "defect" if ok else "good",
            ok,
            score=0.5 + n,
            boxes=((1.0, 2.0, 3.5, 4.0),),
            truth=((1.0, 2.0, 3.0, 4.0),) if n % 2 else None,
            groups=(("defect_type", "scratch" if n < 4 else "hole"),),
            said="a scratch",
            trouble="" if ok is not None else "It failed.",
            seconds=0.1,
        )
        for n, ok in enumerate(right)
    )
    share = sum(bool(ok) for ok in right) / len(right)
    figures = {
        "recall": Metric(share, 0.1, 0.9, len(right)),
        "f1": Metric(math.nan, math.nan, math.nan, 0),
    }
    return Evaluation(
        "qwen", adapter, "detect", "m.jsonl", "test", figures, items,
        {"defect_type": {"scratch": figures}}, "boxes", "abc",
    )  # fmt: skip


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one = evaluation([True, False, None])
    write_evaluation(one, tmp_path / "deep" / "one.json")
    found = read_evaluation(tmp_path / "deep" / "one.json")
    assert found.items == one.items
    assert found.metrics["recall"] == one.metrics["recall"]
    assert math.isnan(found.metrics["f1"].value)
    assert found.to_json() == one.to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"engine": "x"}', '{"items": [{"image": 1}]}'])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInputError, match=r"other\.json"):
        read_evaluation(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="There is no file"):
        read_evaluation(tmp_path / "none.json")


def test_two_are_compared_item_by_item() -> None:
    first = evaluation([True, True, False, False, True, True])
    second = evaluation([True, False, True, True, True, None], "tuned")
    found = compare(first, second)
    assert (found.first, found.second, found.n) == ("qwen", "qwen+tuned", 5)
    assert (found.paired.first, found.paired.second, found.paired.even) == (1, 2, 2)
    assert found.paired.p == 1.0
    assert found.only_first == (1,)
    assert found.only_second == (2, 3)
    scratch = next(row for row in found.groups if row.value == "scratch")
    assert (scratch.n, scratch.first, scratch.second) == (4, 0.5, 0.75)
    assert found.metrics["recall"] == (first.metrics["recall"], second.metrics["recall"])
    assert found.concerns == ("Items left out, as not both answered them: 1.",)
    json.dumps(found.to_json(), allow_nan=False)


def test_other_data_are_told() -> None:
    first = evaluation([True])
    assert "not the same" in compare(first, replace(first, data_sha256="other")).concerns[0]
    assert "not known" in compare(first, replace(first, data_sha256="")).concerns[0]
    assert "verdict" in compare(first, replace(first, decided_by="verdict")).concerns[0]
    assert compare(first, replace(first, data_sha256=""), "vi").concerns[0].startswith("Không biết")


def test_what_cannot_be_compared() -> None:
    first = evaluation([True])
    with pytest.raises(BadInputError, match="same task"):
        compare(first, replace(first, task="vqa"))
    with pytest.raises(BadInputError, match="no item in common"):
        compare(first, evaluation([None]))


def test_items_of_the_same_name_are_not_mixed_up() -> None:
    def named(right: tuple[bool, bool]) -> Evaluation:
        items = tuple(
            Item(f"/data/{kind}/test/good/000.png", "good", "good", ok)
            for kind, ok in zip(("bottle", "cable"), right, strict=True)
        )
        return replace(evaluation([True]), items=items)

    found = compare(named((True, True)), named((False, True)))
    assert (found.n, found.paired.first, found.only_first) == (2, 1, (0,))


def test_the_same_question_may_be_asked_twice() -> None:
    def asked(right: list[bool]) -> Evaluation:
        items = tuple(Item("", "yes", "yes", ok, "why?") for ok in right)
        return replace(evaluation([True]), items=items)

    found = compare(asked([True, True, False]), asked([False, True, False]))
    assert (found.n, found.paired.first, found.paired.even) == (3, 1, 2)


def test_data_may_lie_elsewhere() -> None:
    first = evaluation([True, False])
    moved = tuple(replace(item, image=item.image.replace("/data", "/mnt")) for item in first.items)
    assert compare(first, replace(first, items=moved)).n == 2
