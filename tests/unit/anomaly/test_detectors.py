"""The bank as detector: places of flagged and of accepted parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inspector_app.domain.errors import RecipeError
from inspector_app.domain.geometry import Box
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.verdicts import Limits
from inspector_app.engines.detectors import BankDetector
from inspector_app.experts.anomaly import AnomalySettings, fit

from .conftest import make_good

SETTINGS = AnomalySettings(input_size=96, bank_size=200, candidates=2000, folds=3)
SPOT = Box(64 / 96, 60 / 96, 80 / 96, 76 / 96)


def spoilt() -> np.ndarray:
    image = make_good(99).copy()
    image[60:76, 64:80] = 10
    return image


@pytest.fixture
def recipe(good: list[np.ndarray], extractor: Any, tmp_path: Path) -> Recipe:
    path = tmp_path / "r.bank.safetensors"
    fit(good, SETTINGS, extractor).bank.save(path)
    return Recipe(
        name="plate", version=1, engine="anomaly", limits=Limits(3.0, 6.0, 4.0), bank=str(path)
    )


def detector(recipe: Recipe, extractor: Any, limits: Limits) -> BankDetector:
    return BankDetector(replace(recipe, limits=limits), lambda _: extractor)


def holds_the_spot(box: Box) -> bool:
    return box.x1 < SPOT.x1 and box.y1 < SPOT.y1 and box.x2 > SPOT.x2 and box.y2 > SPOT.y2


def test_box_of_a_strong_defect_is_no_halo(recipe: Recipe, extractor: Any) -> None:
    # A cell is a sixth of the image, so that even a good box is four cells wide here.
    found = detector(recipe, extractor, Limits(3.0, 6.0, 4.0)).detect(spoilt(), None)
    box = found.places[0].box
    over = np.argwhere(found.heat > 4.0)
    halo = (np.ptp(over[:, 0]) + 1) * (np.ptp(over[:, 1]) + 1) / found.heat.size
    assert holds_the_spot(box)
    assert (box.x2 - box.x1) * (box.y2 - box.y1) < 0.7 * halo


def test_flagged_part_shows_a_place_even_under_the_pixel_limit(
    recipe: Recipe, extractor: Any
) -> None:
    found = detector(recipe, extractor, Limits(3.0, 6.0, 1e6)).detect(spoilt(), None)
    assert found.score > 3.0
    assert len(found.places) == 1
    assert holds_the_spot(found.places[0].box)


def test_accepted_part_shows_no_weak_place(recipe: Recipe, extractor: Any) -> None:
    found = detector(recipe, extractor, Limits(1e6, 1e6, 1e6)).detect(spoilt(), None)
    assert found.places == ()


def test_missing_bank_is_named(recipe: Recipe, extractor: Any, tmp_path: Path) -> None:
    gone = replace(recipe, bank=str(tmp_path / "gone.safetensors"))
    with pytest.raises(RecipeError, match=r"gone\.safetensors"):
        BankDetector(gone, lambda _: extractor)


def test_damaged_bank_is_a_recipe_error(recipe: Recipe, extractor: Any) -> None:
    Path(recipe.bank).write_bytes(b"no bank")
    with pytest.raises(RecipeError, match="not a usable memory bank") as caught:
        BankDetector(recipe, lambda _: extractor)
    assert caught.value.mend == "Fit the recipe again."
