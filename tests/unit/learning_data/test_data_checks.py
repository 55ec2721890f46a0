from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.samples import Concern, Pick, Sample
from inspector_app.domain.tasks import Task
from inspector_app.imaging.model_pixels import PixelRule
from inspector_app.imaging.square_pixels import SquareRule
from inspector_app.learning import image_prints
from inspector_app.learning.data_checks import Reader, check, overlap_concerns
from inspector_app.learning.image_prints import find_overlaps, overlaps, take_prints
from tests.conftest import REAL_DATA

QWEN = Reader("qwen2-vl", PixelRule(min_pixels=28 * 28 * 4, max_pixels=28 * 28 * 64))
MINIGPT = Reader("minigpt-v2", SquareRule())


def photo(path: Path, seed: int, size: tuple[int, int] = (320, 240), **options: object) -> str:
    """Something with structure at all scales, as photographs have."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size[1], size[0]), np.float32)
    for cells in (4, 12, 40, 120):
        noise = Image.fromarray(rng.random((cells, cells)).astype(np.float32))
        total += np.asarray(noise.resize(size, Image.Resampling.BICUBIC)) / 4
    Image.fromarray((255 * total.clip(0, 1)).astype(np.uint8)).convert("RGB").save(path, **options)
    return str(path)


def part(path: str, box: Box | None = None, **more: object) -> Pick:
    located = (FoundBox("pit", box),) if box else ()
    sample = Sample(
        (path,),
        Task.DETECTION,
        "train",
        located=located,
        is_defect=bool(box),
        source=Path(path).name,
    )
    return Pick(replace(sample, **more))


def of(concerns: list[Concern], part: str) -> Concern:
    (found,) = [each for each in concerns if part in each.what]
    return found


def test_broken_images_are_errors_with_their_place(tmp_path: Path):
    good = photo(tmp_path / "a.png", 1)
    broken = tmp_path / "b.png"
    broken.write_bytes(Path(good).read_bytes()[:500])
    thin = tmp_path / "c.png"
    Image.new("RGB", (1000, 2)).save(thin)
    found = check([part(good), part(str(broken)), part(str(thin))], [part("/no/d.png")], QWEN)
    concern = of(found, "cannot be read")
    assert (concern.severity, concern.count) == ("error", 2)
    assert concern.where[0].startswith("b.png: ")
    assert of(found, "a shape that the model cannot see").severity == "error"
    assert found[0].severity == "error"


def test_small_boxes_are_told_for_the_grid_they_are_lost_in(tmp_path: Path):
    path = photo(tmp_path / "a.png", 1)
    picks = [part(path, Box(0.501, 0.501, 0.5055, 0.5055))]
    assert "so small" in of(check(picks, [], MINIGPT), "so small").what
    assert not [each for each in check(picks, [], QWEN) if "small" in each.what]


def test_lessons_that_cannot_be_made_and_empty_answers(tmp_path: Path):
    path = photo(tmp_path / "a.png", 1)
    silent = Pick(Sample((path,), Task.VQA, "train", "q", source="s:1"))
    unplaced = part(path, located=None, is_defect=None, source="s:2")
    blank = Pick(Sample((path,), Task.VQA, "train", "q", ("  ",), source="s:3"))
    found = check([silent, unplaced, blank], [], QWEN)
    assert of(found, "task vqa, because the answer is missing").where == ("s:1", "s:3")
    assert of(found, "task detection, because").where == ("s:2",)
    assert all(each.severity == "error" for each in found[:2])


def test_lengths_are_counted_and_too_long_ones_told(tmp_path: Path):
    path = photo(tmp_path / "a.png", 1)
    picks = [Pick(Sample((path,), Task.VQA, "train", "w " * n, ("a",))) for n in (1, 2, 30)]
    reader = replace(QWEN, count=lambda lesson, seen: len(lesson.turns[0][0].split()), length=20)
    found = check(picks, [], reader)
    assert of(found, "2 tokens in the middle and 30 at most").severity == "note"
    assert (of(found, "more than 20 tokens").severity, of(found, "more than 20").count) == (
        "warning",
        1,
    )
    found = check(picks[2:], [], reader)
    assert of(found, "more than 20 tokens").severity == "error"


def test_the_same_twice_and_contradictions(tmp_path: Path):
    path = photo(tmp_path / "a.png", 1)
    yes = Pick(Sample((path,), Task.VQA, "train", "q", ("yes",), source="s:1"))
    no = Pick(replace(yes.sample, answers=("no",), source="s:3"))
    found = check([yes, replace(yes, sample=replace(yes.sample, source="s:2")), no], [], QWEN)
    assert of(found, "come twice").where == ("s:1, s:2",)
    assert of(found, "two different answers").where == ("s:1, s:3",)


def test_copies_are_found_and_other_photographs_are_not(tmp_path: Path):
    first = photo(tmp_path / "a.png", 1)
    others = [photo(tmp_path / f"o{seed}.png", seed) for seed in range(2, 12)]
    small = tmp_path / "small.jpg"
    Image.open(first).resize((240, 180)).save(small, quality=60)
    same = tmp_path / "same.bmp"
    Image.open(first).save(same)
    found = overlaps([first, *others], [str(small), str(same), others[0], "/no/x.png"])
    assert [(each.first, each.second, each.exact) for each in found] == [
        (first, str(small), False),
        (first, str(same), True),
    ]


def test_like_parts_of_one_fixture_are_no_copies(tmp_path: Path):
    rng = np.random.default_rng(5)
    base = np.asarray(Image.open(photo(tmp_path / "base.png", 3)).convert("L"), np.float32)
    coarse = Image.fromarray(base.astype(np.uint8)).resize((12, 9)).resize((320, 240))
    paths = []
    for number in range(2):
        grain = rng.normal(0, 12, (60, 80)).astype(np.float32)
        fine = np.asarray(Image.fromarray(grain).resize((320, 240)))
        pixels = (np.asarray(coarse, np.float32) + fine).clip(0, 255).astype(np.uint8)
        paths.append(str(tmp_path / f"part{number}.png"))
        Image.fromarray(pixels).save(paths[-1])
    assert overlaps(paths[:1], paths[1:]) == []


def test_what_is_learned_and_measured_on_is_told(tmp_path: Path):
    first, second = (photo(tmp_path / f"{n}.png", n) for n in (1, 2))
    copy = tmp_path / "copy.jpg"
    Image.open(first).save(copy, quality=80)
    found = check([part(first)], [part(str(copy)), part(second)], QWEN)
    assert of(found, "measured on too").where == (f"{first} = {copy}",)
    found = check([part(first), part(second)], [part(first)], QWEN)
    assert of(found, "measured on too").where == (first,)
    train, test = [part(first).sample], [part(str(copy)).sample, part(second).sample]
    (concern,) = overlap_concerns(train, test)
    assert "almost unchanged in the test set" in concern.what
    assert overlap_concerns([part(second).sample], [part(first).sample]) == []


def test_balance(tmp_path: Path):
    path = photo(tmp_path / "a.png", 1)
    good, bad = part(path), part(path, Box(0, 0, 0.5, 0.5))

    def said(*picks: Pick) -> str:
        return " ".join(each.what for each in check(picks, [], QWEN))

    assert "few defects" in said(*[good] * 19, bad)
    assert "few good parts" in said(*[bad] * 19, good)
    assert "no good part" in said(*[bad] * 10)
    assert "no defect among" in said(*[good] * 10)
    assert "10 good parts, 10 with defects. Boxes: pit 10." in said(*[good] * 10, *[bad] * 10)
    asked = [
        Pick(Sample((path,), Task.VQA, "train", f"q{n}", ("yes" if n else "no",)))
        for n in range(10)
    ]
    assert "9 of 10 questions have the answer 'yes'" in said(*asked)


def test_progress_is_told_and_stop_ends_it(tmp_path: Path):
    paths = [photo(tmp_path / f"{n}.png", n) for n in range(3)]
    told: list[tuple[int, int]] = []
    stop = threading.Event()

    def tell(done: int, count: int) -> None:
        told.append((done, count))
        if done == 2:
            stop.set()

    prints, _ = take_prints([*paths, paths[0]], tell, stop)
    assert told == [(1, 3), (2, 3)]
    assert len(prints) == 2


@pytest.mark.real
def test_exposures_of_one_tile_are_the_same_photograph():
    folder = REAL_DATA / "magnetic_tile" / "images" / "train"
    names = ["blowhole_exp1_num_6984.jpg", "blowhole_exp4_num_7036.jpg"]
    first, second = [str(folder / name) for name in names]
    assert len(overlaps([first], [second])) == 1


def test_each_image_is_decoded_once_and_each_pair_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Also when more images are alike than any cache would hold."""
    paths = [photo(tmp_path / f"{number}.jpg", 1, quality=60 + number) for number in range(20)]
    paths.append(photo(tmp_path / "other.png", 2))
    prints = list(take_prints(paths)[0].values())
    looked: list[str] = []
    real = image_prints._detail

    def counted(path: str):
        looked.append(path)
        return real(path)

    monkeypatch.setattr(image_prints, "_detail", counted)
    found = find_overlaps(prints, prints)
    assert len(looked) == len(set(looked)) == 20
    both = find_overlaps(prints, list(prints))  # another list: each pair both ways
    assert len(both) == 2 * len(found) == 20 * 19
    assert {frozenset((each.first, each.second)) for each in both} == {
        frozenset((each.first, each.second)) for each in found
    }
    stop = threading.Event()
    stop.set()
    assert find_overlaps(prints, prints, stop) == []
