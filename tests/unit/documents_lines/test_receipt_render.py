"""Rendered receipts: the same for a seed, true to themselves, split, and readable."""

from __future__ import annotations

import json
import threading
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.evaluation import Evaluation
from inspector_app.domain.paths import RESOURCES
from inspector_app.learning import receipt_render
from inspector_app.learning.line_fonts import HELD_OUT, Font
from inspector_app.learning.manifest import read_receipts
from inspector_app.learning.receipt_layouts import LAYOUTS
from inspector_app.learning.receipt_render import Receipt, main, render_receipt, write_receipts
from inspector_app.learning.receipt_vocabulary import POOLS
from inspector_app.services.evaluate_receipts import evaluate_receipts

FONTS = (Font(str(RESOURCES / "fonts" / "NotoSans-Regular.ttf"), "NotoSans", frozenset()),)
EVERY = [(split, name) for split in ("develop", "held", "fresh") for name in LAYOUTS[split]]


def draw(split: str, layout: str, grade: str = "normal", seed: int = 3) -> Receipt:
    return render_receipt(split, layout, grade, seed, FONTS)


@pytest.mark.parametrize("grade", ["normal", "hard"])
def test_a_receipt_follows_from_its_seed(grade: str):
    first, again, other = (draw("fresh", "karaoke", grade, seed) for seed in (5, 5, 6))
    assert np.array_equal(first.image, again.image)
    assert (first.lines, first.fields, first.items) == (again.lines, again.fields, again.items)
    assert first.fields != other.fields


@pytest.mark.parametrize(("split", "layout"), EVERY)
def test_the_truth_agrees_with_itself_and_stands_there(split: str, layout: str):
    for seed in range(6):
        receipt = draw(split, layout, seed=seed)
        fields = receipt.fields
        money = {
            name: float(fields[name] or 0)
            for name in ("subtotal", "discount", "tax", "service", "total", "paid", "change")
        }
        goods = sum(float(row["amount"] or 0) for row in receipt.items)
        for row in receipt.items:
            if row["quantity"] and row["unit_price"]:
                product = float(row["quantity"]) * float(row["unit_price"])
                assert abs(product - float(row["amount"] or 0)) <= 0.5
        if fields["subtotal"]:
            assert money["subtotal"] == goods
        if fields["paid"]:
            assert money["paid"] - money["change"] == money["total"]
        reckoned = goods - money["discount"] + money["service"] + float(fields["rounding"] or 0)
        # The tax is added or contained; a fee for delivery has no field of its own.
        assert money["total"] in (reckoned, reckoned + money["tax"]) or "Phí" in str(receipt.lines)
        printed = "".join("".join(text.split()) for text, _ in receipt.lines)
        names = [row["name"] for row in receipt.items]
        for value in [*(fields[name] for name in ("shop", "address", "number")), *names]:
            if value:
                assert any("".join(v.split()) in printed for v in value.split(" | ")), value


@pytest.mark.parametrize("grade", ["normal", "hard"])
@pytest.mark.parametrize("layout", ["grid_invoice", "courier_bill"])
def test_boxes_lie_on_the_ink(layout: str, grade: str):
    receipt = draw("held", layout, grade)
    height, width = receipt.image.shape
    ink = receipt.image < np.median(receipt.image)
    for text, (x1, y1, x2, y2) in receipt.lines:
        assert 0 <= x1 < x2 <= width, text
        assert 0 <= y1 < y2 <= height, text
        if grade == "normal":
            inside = receipt.image[int(y1) : int(y2) + 1, int(x1) : int(x2) + 1]
            assert inside.min() < np.median(inside) - 25, text
    assert ink.any()


@pytest.mark.parametrize(("side", "other"), list(combinations(POOLS, 2)))
def test_words_and_layouts_of_the_sides_are_no_others(side: str, other: str):
    assert not set(LAYOUTS[side]) & set(LAYOUTS[other])
    for part in ("companies", "streets", "wards", "towns", "people", "thanks"):
        assert not set(getattr(POOLS[side], part)) & set(getattr(POOLS[other], part))
    for kind in ("shops", "goods"):
        ours, theirs = (
            {word for words in getattr(POOLS[name], kind).values() for word in words}
            for name in (side, other)
        )
        assert not ours & theirs


def test_held_out_fonts_are_no_others():
    fonts = {split: entry[1] for split, entry in receipt_render.SPLITS.items()}
    assert fonts == {"train": "train", "develop": "val", "held": "test", "fresh": "test"}
    assert not set(HELD_OUT["val"]) & set(HELD_OUT["test"])


def test_the_manifest_is_read_back(tmp_path: Path):
    path = write_receipts(tmp_path, "develop", 3, "normal", 1, FONTS)
    samples = read_receipts(path, ["val"])
    assert len(samples) == 3
    layouts = sorted(LAYOUTS["develop"])
    for at, sample in enumerate(samples):
        receipt = render_receipt("develop", layouts[at], "normal", 1_000_000 + at, FONTS)
        assert sample.fields == receipt.fields
        assert sample.items == receipt.items
        assert sample.text_lines == tuple(text for text, _ in receipt.lines)
        assert (sample.height, sample.width) == receipt.image.shape


@pytest.mark.parametrize("items", ["x", [3], [{"name": 3}]])
def test_broken_goods_are_refused(tmp_path: Path, items: object):
    path = write_receipts(tmp_path, "develop", 1, "normal", 1, FONTS)
    row = json.loads(path.read_text("utf-8"))
    row["fields"]["items"] = items
    path.write_text(json.dumps(row), "utf-8")
    with pytest.raises(BadInputError, match="items"):
        read_receipts(path)


def test_without_fonts_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(receipt_render, "find_fonts", lambda split: ())
    monkeypatch.setattr("sys.argv", ["x", "--out", str(tmp_path), "--split", "held"])
    assert main() == 2
    assert "No font for the split held" in capsys.readouterr().err


def test_rendered_receipts_are_read(tmp_path: Path):
    """A few pages through the whole reader; the floors lie a little under what it gives."""
    path = write_receipts(tmp_path, "develop", 2, "normal", 4, FONTS)
    *_, report = evaluate_receipts(str(path), "val", threading.Event())
    assert isinstance(report, Evaluation)
    values = {name: metric.value for name, metric in report.metrics.items()}
    assert values["cer_exact"] <= 0.02
    assert values["field_exact"] >= 0.9
    assert values["items.amount"] >= 0.9
