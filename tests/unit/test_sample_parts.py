"""Rendered sample parts: the same again, exact masks, honest labels."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.paths import RESOURCES
from inspector_app.imaging.sample_files import SOURCE, write_sample
from inspector_app.imaging.sample_parts import DEFECTS, PART_TYPES, boxes_of, render
from inspector_app.learning.manifest import read_detect

SMALL = (240, 180)
KINDS = [(part, kind) for part in PART_TYPES for kind in DEFECTS[part]]


def test_every_part_type_has_defects() -> None:
    assert len(PART_TYPES) >= 3
    assert {kind for kinds in DEFECTS.values() for kind in kinds} >= {
        "scratch", "stain", "dent", "chip", "hole", "missing", "crack",
    }  # fmt: skip


@pytest.mark.parametrize("part", PART_TYPES)
def test_the_same_seed_gives_the_same_picture(part: str) -> None:
    first, again = (render(part, None, 3, SMALL) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert not np.array_equal(first.pixels, render(part, None, 4, SMALL).pixels)


@pytest.mark.parametrize("part", PART_TYPES)
def test_good_parts_have_an_empty_mask_and_real_contrast(part: str) -> None:
    good = render(part, None, 7, SMALL)
    assert good.pixels.shape == (180, 240, 3)
    assert good.pixels.dtype == np.uint8
    assert not good.mask.any()
    assert good.boxes == ()
    assert good.pixels.std() > 8
    assert (good.pixels == 255).mean() < 0.02, "highlights must not burn out"


@pytest.mark.parametrize(("part", "kind"), KINDS)
def test_a_defect_changes_the_picture_inside_its_mask(part: str, kind: str) -> None:
    good, bad = render(part, None, 11, SMALL), render(part, kind, 11, SMALL)
    assert bad.mask.shape == bad.pixels.shape[:2]
    assert bad.boxes
    assert 0 < bad.mask.mean() < 0.1
    change = np.abs(bad.pixels.astype(int) - good.pixels).max(axis=2)
    assert change[bad.mask].mean() > 8, "the defect can be seen"
    # Lens blur, sharpening and the missing piece's shadow reach a little beyond the mask.
    near = _grown(bad.mask, 4)
    assert change[~near].mean() < 0.5
    assert change[near].sum() > 0.8 * change[change > 3].sum()


@pytest.mark.parametrize("part", PART_TYPES)
def test_good_parts_move_by_two_pixels_at_most(part: str) -> None:
    from inspector_app.imaging.sample_surface import Look

    looks = [Look.draw(np.random.default_rng([seed, 0])) for seed in range(300)]
    assert max(abs(look.dx) for look in looks) <= 2
    assert max(abs(look.turn) for look in looks) <= 0.8
    assert np.std([look.exposure for look in looks]) > 0.01
    assert part in PART_TYPES


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="part type"):
        render("bolt", None, 1)
    with pytest.raises(ValueError, match="no defect 'dent'"):
        render("fabric", "dent", 1)


def test_boxes_are_of_eight_connected_pieces() -> None:
    mask = np.zeros((20, 20), bool)
    mask[2:5, 3:6] = True
    mask[5, 6] = True  # touches by a corner
    mask[12:15, 10:16] = True
    mask[18, 0:3] = True  # too small
    assert boxes_of(mask) == ((3, 2, 7, 6), (10, 12, 16, 15))


def test_a_written_sample_can_be_read(tmp_path: Path) -> None:
    manifest = write_sample(tmp_path / "s", 1, 4, 5, ("fabric",), size=(120, 90))
    samples = read_detect(manifest)
    assert [s.split for s in samples] == ["train"] + ["test"] * 7
    bad = [s for s in samples if s.is_defect]
    assert {s.defect_type for s in bad} == set(DEFECTS["fabric"])
    for sample in bad:
        assert sample.mask is not None
        with Image.open(sample.mask) as mask:
            assert mask.mode == "1"
            truth = np.asarray(mask)
        assert sample.boxes == tuple(tuple(map(float, box)) for box in boxes_of(truth))
    names = [Path(s.image).name for s in samples if s.split == "test"]
    assert names == [f"fabric_{i:04d}.png" for i in range(1, 8)]
    with Image.open(samples[0].image) as image:
        assert image.info["Source"] == SOURCE
    assert "not photographs" in (tmp_path / "s" / "README.txt").read_text("utf-8")


def test_the_shipped_sample_is_whole_and_says_what_it_is() -> None:
    folder = RESOURCES / "sample"
    samples = read_detect(folder / "manifest.jsonl")
    parts = [s for s in samples if s.split == "test"]
    assert len([s for s in samples if s.split == "train"]) == 30
    assert (len(parts), sum(s.is_defect for s in parts)) == (14, 8)
    assert len({s.defect_type for s in parts if s.is_defect}) == 7
    listed = {Path(s.image) for s in samples}
    assert listed == {*(folder / "good").iterdir(), *(folder / "parts").iterdir()}
    for path in listed:
        with Image.open(path) as image:
            assert image.size == (640, 480)
            assert SOURCE.encode() in image.info["comment"]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < 4_000_000
    lines = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    assert all(json.loads(line)["source"] == SOURCE for line in lines)


def _grown(mask: np.ndarray, reach: int) -> np.ndarray:
    grown = mask.copy()
    for _ in range(reach):
        padded = np.pad(grown, 1)
        grown = (
            padded[1:-1, 1:-1] | padded[:-2, 1:-1] | padded[2:, 1:-1]
            | padded[1:-1, :-2] | padded[1:-1, 2:]
        )  # fmt: skip
    return grown
