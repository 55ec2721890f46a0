"""The two experts that decide about parts, in one form: memory bank and golden comparison."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError, RecipeError
from inspector_app.domain.geometry import Box
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.verdicts import Limits
from inspector_app.experts.anomaly import AnomalyExpert, AnomalyResult, MemoryBank, score_region
from inspector_app.experts.backbones import FeatureExtractor
from inspector_app.experts.comparison import ComparisonSettings, compare
from inspector_app.experts.regions import display_limit, regions
from inspector_app.imaging.decode import decode

Pixels = NDArray[np.uint8]
OpenBackbone = Callable[[str], FeatureExtractor]

_SHARPNESS = 0.6  # best mean IoU of the boxes on train and val of three sets, see the notes


@dataclass(frozen=True, slots=True)
class Place:
    """One place that stands out: its box in image fractions and its score."""

    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class Detection:
    """What one expert says of one image.

    Attributes:
        expert: "bank" or "comparison": key of its words in resources/prompts/expert.toml.
        score: Image score.
        limits: The limits it is judged by.
        heat: float32 map at image resolution, in the unit of `limits.pixel`.
        places: Places over the pixel limit, strongest first; of a part whose score is over the
            review limit also weaker ones.
        trouble: What makes the result doubtful; empty when all is well.
        about: Gives what can be said about a region, as (text key, values) pairs.
        weak: No place is over its limit; the one in `places` is only where to look first.
    """

    expert: str
    score: float
    limits: Limits
    heat: NDArray[np.float32]
    places: tuple[Place, ...]
    trouble: str
    about: Callable[[Box], list[tuple[str, dict[str, Any]]]]
    weak: bool = False


class BankDetector:
    """The memory bank of a recipe."""

    def __init__(self, recipe: Recipe, open_backbone: OpenBackbone) -> None:
        """Loads the bank.

        Raises:
            RecipeError: The bank is missing, broken, or not the one of the recipe.
            EngineError: The backbone cannot be loaded.
        """
        path = Path(recipe.bank)
        if not path.is_file():
            raise RecipeError(
                f"The memory bank {path.name} of the recipe {recipe.title} is not here.",
                "Put it back beside the recipe, or fit the recipe again.",
            )
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if recipe.bank_sha256 and digest != recipe.bank_sha256:
            raise RecipeError(
                f"The memory bank {path.name} is not the one that {recipe.title} was fitted with.",
                "Put the right one back beside the recipe, or fit the recipe again.",
            )
        bank = MemoryBank.load(path)
        self._expert = AnomalyExpert(bank, open_backbone(bank.settings.backbone))
        self._limits = recipe.limits

    def detect(self, pixels: Pixels, golden: Pixels | None) -> Detection:
        """Scores one image `[H, W, 3]` uint8 RGB."""
        result = self._expert.score(pixels)
        height, width = pixels.shape[:2]
        side = max(height, width)
        limit = self._limits.pixel
        # Flagged as a whole, with no place over its own limit: show the one to look at first.
        weak = result.score > self._limits.review and float(result.heat.max()) <= limit
        if weak:
            limit = display_limit(result.heat, limit)
        found = regions(
            result.heat,
            limit,
            min_area=max(9, round((side * 0.008) ** 2)),
            merge_gap=max(2, round(side * 0.015)),
            sharpness=_SHARPNESS,
        )
        if weak:
            found = found[:1]
        places = tuple(Place(Box.from_pixels(r.box, width, height), r.score) for r in found)
        return Detection(
            "bank",
            result.score,
            self._limits,
            result.heat,
            places,
            "",
            lambda box: self._about(result, box, width, height),
            weak,
        )

    def _about(
        self, result: AnomalyResult, box: Box, width: int, height: int
    ) -> list[tuple[str, dict[str, Any]]]:
        pixels = (box.x1 * width, box.y1 * height, box.x2 * width, box.y2 * height)
        value, limit = score_region(result, pixels), self._limits.pixel
        key = "region_over" if value > limit else "region_under"
        return [
            (key, {"value": value, "limit": limit}),
            (
                "region_nearest",
                {
                    "distance": result.nearest_distance(pixels),
                    "typical": float(np.median(result.distances)),
                },
            ),
        ]


class ComparisonDetector:
    """Comparison with the golden image of a recipe, or with the one given with the request."""

    def __init__(self, recipe: Recipe) -> None:
        """Reads the settings and the golden image.

        Raises:
            RecipeError: A setting is unknown or out of range.
            ImageError: The golden image cannot be read.
        """
        try:
            self._settings = ComparisonSettings.from_dict(dict(recipe.comparison))
        except ValueError as error:
            raise RecipeError(
                f"The recipe {recipe.title} says something impossible: {error}.", "Mend that line."
            ) from error
        self._limits = recipe.comparison_limits or recipe.limits
        self._golden = decode(recipe.golden[0]).pixels if recipe.golden else None

    def detect(self, pixels: Pixels, golden: Pixels | None) -> Detection:
        """Compares one image `[H, W, 3]` uint8 RGB.

        Raises:
            EngineError: There is no golden image.
        """
        known = golden if golden is not None else self._golden
        if known is None:
            raise EngineError(
                "There is no golden image to compare with.",
                "Give one with --golden, or name one in the recipe.",
            )
        result = compare(pixels, known, self._settings)
        height, width = pixels.shape[:2]
        places = tuple(
            Place(Box.from_pixels(box, width, height), score) for box, score, _ in result.regions
        )
        limit = self._limits.pixel
        return Detection(
            "comparison",
            result.score,
            self._limits,
            result.heat,
            places,
            result.note,
            lambda box: _differing(result.heat, limit, box),
        )


def _differing(
    heat: NDArray[np.float32], limit: float, box: Box
) -> list[tuple[str, dict[str, Any]]]:
    height, width = heat.shape
    x1, y1, x2, y2 = box.to_pixels(width, height)
    inside = heat[y1 : max(y2, y1 + 1), x1 : max(x2, x1 + 1)]
    share = 100.0 * float(np.mean(inside > limit)) if inside.size else 0.0
    return [("region_comparison", {"share": share})]
