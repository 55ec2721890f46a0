"""Fitting: limits, notes, bad files, stopping."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from inspector_app.domain.errors import BadInputError, RecipeError
from inspector_app.domain.jobs import FitFinished, JobCancelled, Progress
from inspector_app.services.fit import run_fit
from inspector_app.services.fit_request import FitRequest, request_from
from inspector_app.services.recipes import read_recipe

SMALL = (("bank_size", 100), ("input_size", 64))


def fit(request: FitRequest, stop: threading.Event | None = None):
    return list(run_fit(request, stop or threading.Event()))


def images(parts: Path, count: int) -> tuple[str, ...]:
    return tuple(str(path) for path in sorted((parts / "good").iterdir())[:count])


def test_thirty_images_promise_the_rate(fitted: Path):
    recipe = read_recipe(fitted)
    assert recipe.limits.promised
    assert recipe.limits.good_images == 30
    assert 0 < recipe.limits.review <= recipe.limits.reject
    assert "30 good images" in recipe.notes[0]
    assert Path(recipe.golden[0]).is_file()
    assert dict(recipe.anomaly)["input_size"] == 192


def test_few_images_promise_nothing_and_say_so(parts: Path, tmp_path: Path):
    events = fit(FitRequest(images(parts, 5), str(tmp_path / "r.toml"), settings=SMALL))
    last = events[-1]
    assert isinstance(last, FitFinished)
    assert not read_recipe(last.recipe).limits.promised
    assert "cannot be promised" in last.notes[0]
    assert "29" in last.notes[0]
    assert "only the best estimate" in last.notes[0]
    assert any(isinstance(event, Progress) for event in events)


def test_notes_speak_vietnamese(parts: Path, tmp_path: Path):
    request = FitRequest(images(parts, 4), str(tmp_path / "r.toml"), settings=SMALL, language="vi")
    assert "không bảo đảm" in fit(request)[-1].notes[0]


def test_one_image_is_enough_to_start(parts: Path, tmp_path: Path):
    last = fit(FitRequest(images(parts, 1), str(tmp_path / "r.toml"), settings=SMALL))[-1]
    assert isinstance(last, FitFinished)
    assert read_recipe(last.recipe).limits.good_images == 1


def test_bad_files_are_left_out_by_name(parts: Path, tmp_path: Path):
    good = Path(shutil.copytree(parts / "good", tmp_path / "good"))
    (good / "broken.png").write_bytes(b"nothing")
    paths = tuple(str(path) for path in [*sorted(good.glob("good*"))[:4], good / "broken.png"])
    last = fit(FitRequest(paths, str(tmp_path / "r.toml"), settings=SMALL))[-1]
    assert len(last.skipped) == 1
    assert "broken.png" in last.skipped[0]
    assert last.used == 4


def test_nothing_usable_writes_nothing(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(BadInputError, match="None of the 1"):
        fit(FitRequest((str(tmp_path / "a.png"),), str(tmp_path / "r.toml")))
    assert not (tmp_path / "r.toml").exists()


def test_unknown_setting_is_named(parts: Path, tmp_path: Path):
    with pytest.raises(RecipeError, match="colour"):
        fit(FitRequest(images(parts, 3), str(tmp_path / "r.toml"), settings=(("colour", 1),)))


def test_stop_writes_no_recipe(parts: Path, tmp_path: Path):
    stop = threading.Event()
    stop.set()
    events = fit(FitRequest(images(parts, 5), str(tmp_path / "r.toml"), settings=SMALL), stop)
    assert isinstance(events[-1], JobCancelled)
    assert not (tmp_path / "r.toml").exists()


def test_fitting_again_counts_the_version_up(parts: Path, tmp_path: Path):
    request = FitRequest(images(parts, 3), str(tmp_path / "r.toml"), settings=SMALL)
    fit(request)
    fit(request)
    assert read_recipe(tmp_path / "r.toml").version == 2


def test_comparison_alone_with_one_golden_image(parts: Path, tmp_path: Path):
    request = FitRequest(images(parts, 1), str(tmp_path / "r.toml"), bank=False, comparison=True)
    last = fit(request)[-1]
    recipe = read_recipe(last.recipe)
    assert recipe.bank == ""
    assert recipe.limits.review == 0.0
    assert recipe.limits.reject == float("inf")
    assert "any difference goes to review" in last.notes[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"folder": None}, "either a folder"),
        ({"false_alarm_rate": 2.0}, "not between 0 and 1"),
        ({"overrides": ["seed"]}, "NAME=VALUE"),
    ],
)
def test_bad_options_are_named(parts: Path, change: dict[str, object], says: str):
    options: dict[str, object] = {
        "folder": str(parts / "good"),
        "manifest": None,
        "out": "r.toml",
        "name": "",
        "false_alarm_rate": 0.1,
        "overrides": [],
        "comparison": False,
        "bank": True,
        "language": "en",
    }
    with pytest.raises(BadInputError, match=says):
        request_from(**(options | change))  # type: ignore[arg-type]


def test_empty_folder_is_said(tmp_path: Path):
    with pytest.raises(BadInputError, match="There is no good image"):
        request_from(
            folder=str(tmp_path),
            manifest=None,
            out="r.toml",
            name="",
            false_alarm_rate=0.1,
            overrides=[],
            comparison=False,
            bank=True,
            language="en",
        )


def test_golden_image_and_bank_lie_beside_the_recipe(fitted: Path):
    recipe = read_recipe(fitted)
    assert Path(recipe.golden[0]).parent == fitted.parent
    assert Path(recipe.bank).parent == fitted.parent


def test_another_bank_is_refused(fitted: Path, parts: Path, tmp_path: Path):
    from inspector_app.domain.events import Failed
    from inspector_app.domain.images import ImageRef
    from inspector_app.services import engines
    from inspector_app.services.batch import detection_request
    from inspector_app.services.inspect import gather, never, run

    moved = Path(shutil.copytree(fitted.parent, tmp_path / "moved")) / fitted.name
    bank = Path(read_recipe(moved).bank)
    request = detection_request(ImageRef(str(parts / "lot" / "part_0.png")), read_recipe(moved))
    engine = engines.local("anomaly")
    assert not isinstance(gather(run(request, engine, never())).last, Failed)
    bank.write_bytes(bank.read_bytes()[:-4] + b"\0\0\0\1")
    engine.unload()
    last = gather(run(request, engine, never())).last
    assert isinstance(last, Failed)
    assert "not the one" in last.what


def test_refitting_keeps_reject_codes_and_a_stopped_fit_keeps_the_recipe(
    parts: Path, tmp_path: Path
):
    from dataclasses import replace

    from inspector_app.domain.verdicts import RejectCode
    from inspector_app.services.recipes import write_recipe

    request = FitRequest(images(parts, 3), str(tmp_path / "r.toml"), settings=SMALL)
    fit(request)
    codes = (RejectCode("S1", "scratch"),)
    write_recipe(replace(read_recipe(tmp_path / "r.toml"), reject_codes=codes), tmp_path / "r.toml")
    stop = threading.Event()
    stop.set()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    fit(request, stop)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    fit(request)
    assert read_recipe(tmp_path / "r.toml").reject_codes == codes


def test_two_experts_share_the_rate(parts: Path, tmp_path: Path):
    request = FitRequest(
        images(parts, 4), str(tmp_path / "r.toml"), settings=SMALL, comparison=True
    )
    fit(request)
    recipe = read_recipe(tmp_path / "r.toml")
    assert recipe.limits.false_alarm_rate == 0.05
    assert recipe.comparison_limits is not None
    assert recipe.comparison_limits.false_alarm_rate == 0.05
