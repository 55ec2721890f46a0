"""Settings of the memory-bank detector: flat, so that they fit a TOML recipe."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from inspector_app.domain.errors import RecipeError

_AUGMENT = ("none", "flips", "turns", "jitter")


class SettingsError(RecipeError):
    """A setting is unknown or out of range; the message names it."""

    def __init__(self, what: str, mend: str = "Mend or drop that setting.") -> None:
        super().__init__(what, mend)


@dataclass(frozen=True, slots=True)
class AnomalySettings:
    """How a bank is made and how it scores.

    Attributes:
        backbone: Name in ``backbones.BACKBONES``.
        input_size: Square root of the pixels worked at; sides are multiples of 32.
        keep_aspect: Keep the aspect ratio instead of squashing to a square.
        crop_left: Left edge of the part of the image looked at, as a share of the width.
        crop_top: Its top edge, as a share of the height.
        crop_right: Its right edge; 1 is the image's.
        crop_bottom: Its bottom edge; 1 is the image's.
        first_level: First feature level of the backbone used (0 is the finest, stride 4).
        last_level: Last feature level used (3 is the coarsest, stride 32).
        grid_level: Level whose grid the patches lie on.
        whiten: Decorrelate the features with the good images' covariance.
        whiten_epsilon: Variance added, as a share of the mean variance.
        components: Whitened directions kept; 0 keeps all.
        bank_size: Entries of the bank.
        candidates: Patches offered to the coreset search, over all folds.
        projection: Dimensions of the coreset's random projection.
        neighbours: Neighbours b of PatchCore's re-weighting; 1 turns it off.
        position_weight: Weight of the place in the distance; over 0 only for parts fixed in place.
        augment: ``none``, ``flips`` (mirrored golden images), ``turns`` (and turned by 90, 180 and
            270 degrees) or ``jitter`` (tilted by up to 4 degrees and scaled by 3 %).
        even_brightness: Scale each image to the same median brightness first.
        own_median: Take each image's median patch distance off its distances, for parts that
            differ as a whole from one lot to the next.
        top_fraction: Share of the highest patch distances averaged for the image score.
        local_weight: Weight of the local part of the score.
        mean_weight: Weight of the image's mean feature (global part).
        spread_weight: Weight of the image's feature spread (global part).
        synthetic_weight: Weight of the classifier learnt from synthetic defects.
        synthetic_rounds: Spoilt copies of each golden image that teach it; 0 turns it off.
        synthetic_top: Share of its highest cells averaged for the image score.
        descriptor_shrinkage: Shrinkage of the global parts' covariance towards a sphere, 0..1.
        smoothing: Sigma of the map's Gaussian in grid cells.
        folds: Folds of the held-back scores, of consecutive images; with up to 20 images each is a
            fold of its own.  More are nearer to what the bank does, but the neighbours of a
            held-back image are often near-duplicates of it, and then its score is too low.
        max_images: Most images a fit uses (evenly chosen over the set).
        seed: Seed of everything random.
    """

    backbone: str = "lite2"
    input_size: int = 256
    keep_aspect: bool = True
    crop_left: float = 0.0
    crop_top: float = 0.0
    crop_right: float = 1.0
    crop_bottom: float = 1.0
    first_level: int = 1
    last_level: int = 3
    grid_level: int = 2
    whiten: bool = True
    whiten_epsilon: float = 0.01
    components: int = 0
    bank_size: int = 4000
    candidates: int = 40000
    projection: int = 64
    neighbours: int = 1
    position_weight: float = 0.0
    augment: str = "none"
    even_brightness: bool = False
    own_median: bool = False
    top_fraction: float = 0.1
    local_weight: float = 1.0
    mean_weight: float = 0.5
    spread_weight: float = 0.5
    synthetic_weight: float = 0.5
    synthetic_rounds: int = 2
    synthetic_top: float = 0.003
    descriptor_shrinkage: float = 0.5
    smoothing: float = 0.7
    folds: int = 20
    max_images: int = 400
    seed: int = 0

    def __post_init__(self) -> None:
        """Check types and ranges.

        Raises:
            SettingsError: A value is of the wrong type or out of range.
        """
        for field in fields(self):
            value = getattr(self, field.name)
            kind = type(field.default)
            if kind is float and type(value) is int:
                object.__setattr__(self, field.name, float(value))
            elif type(value) is not kind:
                raise SettingsError(
                    f"The setting {field.name} must be of type {kind.__name__}, not {value!r}."
                )
            if isinstance(value, float) and not math.isfinite(value):
                raise SettingsError(f"The setting {field.name} must be finite.")
        limits: dict[str, tuple[float, float]] = {
            "input_size": (32, 2048),
            "crop_left": (0.0, 0.99),
            "crop_top": (0.0, 0.99),
            "crop_right": (self.crop_left + 0.01, 1.0),
            "crop_bottom": (self.crop_top + 0.01, 1.0),
            "first_level": (0, 3),
            "last_level": (self.first_level, 3),
            "grid_level": (self.first_level, self.last_level),
            "whiten_epsilon": (0.0, 10.0),
            "components": (0, 4096),
            "bank_size": (16, 200_000),
            "candidates": (16, 2_000_000),
            "projection": (0, 4096),
            "neighbours": (1, 100),
            "position_weight": (0.0, 100.0),
            "top_fraction": (0.0, 1.0),
            "local_weight": (0.0, 100.0),
            "mean_weight": (0.0, 100.0),
            "spread_weight": (0.0, 100.0),
            "synthetic_weight": (0.0, 100.0),
            "synthetic_rounds": (0, 20),
            "synthetic_top": (0.0, 1.0),
            "descriptor_shrinkage": (0.0, 1.0),
            "smoothing": (0.0, 20.0),
            "folds": (2, 50),
            "max_images": (1, 100_000),
            "seed": (0, 2**31),
        }
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise SettingsError(
                    f"The setting {name} must lie between {low} and {high}, "
                    f"not be {getattr(self, name)}."
                )
        if self.augment not in _AUGMENT:
            raise SettingsError(f"The setting augment must be one of {', '.join(_AUGMENT)}.")
        if sum(self.weights()) <= 0:
            raise SettingsError("One of the weights of the score must be over 0.")

    def weights(self) -> tuple[float, float, float, float]:
        """Weights of the parts local, mean, spread and synthetic."""
        synthetic = self.synthetic_weight if self.synthetic_rounds > 0 else 0.0
        return self.local_weight, self.mean_weight, self.spread_weight, synthetic

    def to_dict(self) -> dict[str, Any]:
        """Flat mapping of plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> AnomalySettings:
        """Settings from a mapping; missing keys keep their defaults.

        Raises:
            SettingsError: An unknown key, or a value of wrong type or range.
        """
        known = [field.name for field in fields(cls)]
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise SettingsError(
                f"The memory bank has no setting {', '.join(unknown)}.",
                f"Known are: {', '.join(known)}.",
            )
        return cls(**values)
