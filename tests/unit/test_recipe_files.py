"""Recipe files: what is written is read; what is broken is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.domain.errors import RecipeError
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.verdicts import Limits, RejectCode
from inspector_app.parsing.recipe_files import read_recipe, write_recipe


def recipe(folder: Path) -> Recipe:
    return Recipe(
        name="đai ốc M8",
        version=3,
        engine="anomaly",
        limits=Limits(0.4, 0.8, 0.5, 0.1, 40, True),
        golden=(str(folder / "good" / "a.png"),),
        bank=str(folder / "r.bank.safetensors"),
        bank_sha256="ab" * 32,
        anomaly=(("input_size", 256), ("keep_aspect", True)),
        comparison=(("contrast", 40.0),),
        comparison_limits=Limits(0.0, float("inf"), 0.1),
        reject_codes=(RejectCode("S1", "scratch"),),
        notes=("40 good images",),
    )


def test_round_trip(tmp_path: Path):
    written = write_recipe(recipe(tmp_path), tmp_path / "r.toml")
    again = read_recipe(tmp_path / "r.toml")
    assert again == written
    assert again.golden == (str(tmp_path / "good" / "a.png"),)
    assert again.title == "đai ốc M8 v3"


def test_folder_can_be_moved(tmp_path: Path):
    (tmp_path / "a").mkdir()
    write_recipe(recipe(tmp_path / "a"), tmp_path / "a" / "r.toml")
    (tmp_path / "a").rename(tmp_path / "b")
    assert read_recipe(tmp_path / "b" / "r.toml").bank == str(tmp_path / "b" / "r.bank.safetensors")


def test_hash_changes_with_a_limit(tmp_path: Path):
    first = write_recipe(recipe(tmp_path), tmp_path / "r.toml")
    text = (tmp_path / "r.toml").read_text("utf-8").replace("reject = 0.8", "reject = 0.9")
    (tmp_path / "r.toml").write_text(text, "utf-8")
    assert read_recipe(tmp_path / "r.toml").sha256 != first.sha256


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("review = 0.4", "review = 4.0"), "below review limit"),
        (('engine = "anomaly"', ""), "lacks 'engine'"),
        (("form = 1", "form = 99"), "newer version"),
        (("[limits]", "[limits"), "not valid TOML"),
        (("review = 0.4", "revue = 0.4"), "revue"),
    ],
)
def test_broken_recipes_are_named(tmp_path: Path, change: tuple[str, str], says: str):
    write_recipe(recipe(tmp_path), tmp_path / "r.toml")
    text = (tmp_path / "r.toml").read_text("utf-8")
    assert change[0] in text
    (tmp_path / "r.toml").write_text(text.replace(*change), "utf-8")
    with pytest.raises(RecipeError, match=says) as caught:
        read_recipe(tmp_path / "r.toml")
    assert "\n" not in str(caught.value)


def test_missing_recipe(tmp_path: Path):
    with pytest.raises(RecipeError, match="inspector fit"):
        read_recipe(tmp_path / "none.toml")
