"""Rendered pictures: the same seed gives the same one, and the truth about it is exact."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from inspector_app.domain.loading import SeenImage
from inspector_app.domain.training import DataSource
from inspector_app.learning import importers
from inspector_app.learning.box_answers import read_boxes
from inspector_app.learning.manifest import read_detect
from inspector_app.learning.starter.asker import DIALECT, Asker
from inspector_app.learning.starter.dense import CELL, LABELS, dense
from inspector_app.learning.starter.labels import label
from inspector_app.learning.starter.parts import HELD_OUTLINED, HELD_SHEETS, part
from inspector_app.learning.starter.questions import KINDS, ask
from inspector_app.learning.starter.scene import DEFECTS, SHAPES, Scene
from inspector_app.learning.starter.shapes import shapes
from inspector_app.learning.starter.testset import write_testset

SIZE = (224, 168)
SEEN = SeenImage(*SIZE, 48)


def scenes(count: int, **options: bool) -> list[Scene]:
    """Pictures of all kinds."""
    draw = (part, shapes, label)
    return [draw[n % 3](np.random.default_rng(n), SIZE, **options) for n in range(count)]


def test_same_seed_same_picture() -> None:
    for draw in (part, shapes, label):
        first, again, other = (draw(np.random.default_rng(s), SIZE) for s in (5, 5, 6))
        assert np.array_equal(first.pixels, again.pixels)
        assert not np.array_equal(first.pixels, other.pixels)


def test_every_defect_and_shape_is_drawn_inside_the_picture() -> None:
    seen: Counter[str] = Counter()
    for number in range(160):
        draw = shapes if number % 4 == 0 else part
        scene = draw(np.random.default_rng(number), SIZE)
        assert scene.pixels.shape == (SIZE[1], SIZE[0], 3)
        for thing in scene.things:
            x1, y1, x2, y2 = thing.box
            assert 0 <= x1 < x2 <= SIZE[0] and 0 <= y1 < y2 <= SIZE[1]
            seen[thing.label] += 1
    assert set(seen) == {*DEFECTS, *SHAPES}


@pytest.mark.parametrize("kind", ["hole", "stain", "crack"])
def test_a_defect_changes_the_picture_where_its_mask_says(kind: str) -> None:
    """The same part without its damage differs from it inside the mask, not elsewhere."""
    from inspector_app.learning.starter.damage import Canvas, damage

    shape = (168, 168)
    full = np.ones(shape, np.float32)
    for seed in range(5):
        grey = np.full((*shape, 3), 0.5, np.float32)
        canvas = Canvas(grey.copy(), np.zeros(shape, np.float32), full.copy(), grey * 0, 1.0)
        mask = damage(np.random.default_rng(seed), canvas, kind)
        assert mask is not None
        changed = np.abs(canvas.image - grey).max(-1) > 0.2
        assert (changed & mask).sum() > 0.9 * changed.sum()
        assert changed[mask].mean() > 0.8


def test_held_parts_are_never_learned_from() -> None:
    held = {*HELD_OUTLINED, *HELD_SHEETS}
    assert not held & {part(np.random.default_rng(n), SIZE).name for n in range(60)}
    assert {part(np.random.default_rng(n), SIZE, held=True).name for n in range(60)} == held


def test_cells_know_the_box_of_their_thing() -> None:
    for scene in scenes(30):
        targets = dense(scene)
        rows, columns = SIZE[1] // CELL, SIZE[0] // CELL
        assert targets.label.shape == (rows * columns,)
        for cell in np.flatnonzero(targets.label > 0):
            box = targets.box[cell] * (SIZE[0], SIZE[1], SIZE[0], SIZE[1])
            name = LABELS[targets.label[cell]]
            assert any(
                thing.label == name and np.allclose(thing.box, box, atol=0.01)
                for thing in scene.things
            )
        assert targets.middle.sum() <= len(scene.things)
        if scene.kind == "label":
            assert (targets.letters > 0).sum() > 3


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_kind_of_question_has_true_answers(language: str) -> None:
    asked_kinds: set[tuple[str, str]] = set()
    for number, scene in enumerate(scenes(150)):
        asker = Asker(np.random.default_rng(number), scene, language, SEEN)
        for kind in KINDS[scene.kind]:
            asked = ask(asker, kind)
            if asked is None:
                continue
            asked_kinds.add((scene.kind, kind))
            assert "{" not in asked.question and asked.answer
            boxes = read_boxes(asked.answer, DIALECT, SEEN)
            assert len(boxes) == len(asked.truth)
            for box, true in zip(boxes, sorted(asked.truth, key=str), strict=False):
                assert box.label in {t.label for t in asked.truth}, true
            if kind == "count":
                assert asked.answer == str(len(scene.things))
            if kind == "extract":
                assert set(json.loads(asked.schema)["required"]) == set(json.loads(asked.answer))
    assert asked_kinds == {(kind, each) for kind, table in KINDS.items() for each in table}


def test_test_bench_is_a_manifest(tmp_path: Path) -> None:
    path = write_testset(tmp_path, "test", 12)
    parts = read_detect(path, ["test"])
    assert len(parts) == 12
    assert {sample.category for sample in parts} <= {*HELD_OUTLINED, *HELD_SHEETS}
    assert all(bool(sample.boxes) == sample.is_defect for sample in parts)
    asked = importers.read(DataSource(str(path), split="test")).samples
    assert {sample.language for sample in asked} == {"en", "vi"}
    assert any(sample.category == "count (vi)" for sample in asked)
