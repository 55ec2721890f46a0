"""Training on rendered lines: it learns, and it goes on where it stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from inspector_app.domain.errors import EngineError
from inspector_app.experts.line_charset import CHARSET
from inspector_app.learning import line_recipe
from inspector_app.learning.line_batches import Batches, hard_share
from inspector_app.learning.line_fonts import Font
from inspector_app.learning.line_net import NetSizes
from inspector_app.learning.line_recipe import LineRecipe, LineTraining, greedy, one_cycle, run

torch = pytest.importorskip("torch")
SMALL = NetSizes(stem=4, width=16, blocks=1, reach=5)
QUICK = LineRecipe(size=4, half=False, corpus="", rate=3e-3)


def training(folder: Path, font: Font, recipe: LineRecipe = QUICK) -> LineTraining:
    made = LineTraining(recipe, folder, SMALL)
    made.batches = Batches([font], seed=recipe.seed, size=recipe.size)
    return made


def test_a_resumed_run_takes_the_same_steps(tmp_path: Path, font: Font) -> None:
    first = training(tmp_path, font)
    for _ in range(3):
        first.step(0.3)
    first.seconds = 7.0
    first.save()
    wanted = [first.step(0.3) for _ in range(2)]
    second = training(tmp_path, font)
    second.resume()
    assert (second.number, second.seconds) == (3, 7.0)
    assert second.batches.get(3).texts == first.batches.get(3).texts
    assert [second.step(0.3) for _ in range(2)] == pytest.approx(wanted, rel=1e-4)


def test_a_checkpoint_of_other_letters_is_refused(
    tmp_path: Path, font: Font, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = training(tmp_path, font)
    made.save()
    monkeypatch.setattr(line_recipe, "CHARSET", CHARSET + "中")
    with pytest.raises(EngineError, match="other letters"):
        made.resume()


def test_without_fonts_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_recipe, "find_fonts", lambda _: ())
    monkeypatch.setattr(line_recipe, "missing_families", lambda: ["NotoSans (fonts-noto-core)"])
    with pytest.raises(EngineError) as caught:
        LineTraining(QUICK, tmp_path)
    assert "fonts-noto-core" in str(caught.value.mend)


def test_greedy_reading_joins_repeats() -> None:
    a, b = CHARSET.index("a") + 1, CHARSET.index("ậ") + 1
    assert greedy([0, a, a, 0, a, b, b, 0]) == "aaậ"
    assert greedy([]) == ""


def test_rate_and_hardness_follow_their_curves() -> None:
    assert one_cycle(0) < 0.1 < one_cycle(0.125) == pytest.approx(1.0)
    assert one_cycle(1.0) < 0.01
    assert hard_share(0) < hard_share(1000) <= hard_share(10**6) < 0.7


@pytest.mark.slow
def test_half_a_minute_lowers_the_loss(tmp_path: Path, font: Font) -> None:
    made = LineTraining(LineRecipe(minutes=0.5, size=16, corpus=""), tmp_path)
    first = made.step(0.1)
    start = time.monotonic()
    told = list(run(made))
    assert time.monotonic() - start < 120
    assert (tmp_path / "last.pt").is_file()
    assert "val_cer" in told[-1]
    last = made.step(0.99)
    assert last < 0.6 * first
