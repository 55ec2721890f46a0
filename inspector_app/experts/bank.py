"""The memory bank: what a fit leaves behind, its file, and scoring of patches against it.

The file is safetensors: arrays plus the settings as JSON in the metadata; loading it runs no code.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import RecipeError

from .knn import nearest, reweight
from .patches import Patches, Whitening
from .settings import AnomalySettings
from .synthetic import Discriminant

FloatArray = NDArray[np.float32]
IndexArray = NDArray[np.int64]

_FORMAT = "inspector-anomaly-bank-2"
_ARRAYS = (
    "entries",
    "sources",
    "mean",
    "matrix",
    "global_mean",
    "global_mean_matrix",
    "global_spread",
    "global_spread_matrix",
    "synthetic_weights",
    "synthetic_bias",
    "part_centre",
    "part_scale",
)
PARTS = ("local", "mean", "spread", "synthetic")
Parts = tuple[float, float, float, float]


class BankError(RecipeError):
    """A bank cannot be loaded or used; the message says why."""

    def __init__(self, what: str, mend: str = "Fit the recipe again.") -> None:
        super().__init__(what, mend)


@dataclass(frozen=True, slots=True)
class GlobalModel:
    """Gaussian model of one whole-image descriptor.

    Attributes:
        centre: ``[K]``.
        matrix: ``[K, K]``; the norm of ``(x - centre) @ matrix`` is the Mahalanobis distance.
    """

    centre: FloatArray
    matrix: FloatArray

    def distance(self, descriptor: FloatArray) -> float:
        """Distance of ``[K]``, divided by the square root of K."""
        moved = (descriptor - self.centre) @ self.matrix
        return float(np.sqrt(np.mean(moved.astype(np.float64) ** 2)))


def make_global_model(descriptors: FloatArray, shrinkage: float) -> GlobalModel:
    """Fit a Gaussian with a covariance shrunk towards a sphere.

    Args:
        descriptors: ``[N, K]``, N at least 1.
        shrinkage: 0 keeps the covariance, 1 leaves only its trace.
    """
    centre = descriptors.mean(axis=0, dtype=np.float64)
    moved = descriptors - centre
    width = descriptors.shape[1]
    covariance = moved.T @ moved / len(descriptors)
    variance = max(float(np.trace(covariance)) / width, 1e-6)
    blend = covariance * (1 - shrinkage) + np.eye(width) * variance * max(shrinkage, 1e-3)
    values, directions = np.linalg.eigh(blend)
    matrix = directions / np.sqrt(np.maximum(values, 1e-9 * variance))
    return GlobalModel(centre.astype(np.float32), matrix.astype(np.float32))


@dataclass(frozen=True, slots=True)
class PatchScores:
    """Raw scores of one image against a bank.

    Attributes:
        distances: ``[h, w]`` distance of each patch to its nearest entry, re-weighted if set.
        smoothed: ``[h, w]`` the same after the Gaussian (and less the image's median, if set).
        synthetic: ``[h', w']`` response of the synthetic-defect classifier, smoothed, on its finer
            grid.
        indices: ``[h, w]`` index of the nearest entry.
        parts: Raw values of :data:`PARTS`.
    """

    distances: FloatArray
    smoothed: FloatArray
    synthetic: FloatArray
    indices: IndexArray
    parts: Parts


def with_place(features: FloatArray, shape: tuple[int, int], weight: float) -> FloatArray:
    """Append the patch's place (0..1, scaled) to whitened features when ``weight`` is over 0."""
    if weight <= 0:
        return features
    height, width = shape
    rows, columns = np.mgrid[0:height, 0:width]
    place = np.stack([(rows.ravel() + 0.5) / height, (columns.ravel() + 0.5) / width], axis=1)
    scale = weight * np.sqrt(features.shape[1])
    return np.concatenate([features, (place * scale).astype(np.float32)], axis=1)


def describe(features: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Whole-image descriptors: mean ``[K]`` and log standard deviation ``[K]`` of ``[P, K]``."""
    mean = features.mean(axis=0, dtype=np.float64)
    spread = np.log(features.std(axis=0, dtype=np.float64) + 1e-3)
    return mean.astype(np.float32), spread.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """What scoring needs, learnt from some of the images.

    Attributes:
        whitening: Map from raw patch features to whitened ones.
        models: Gaussian models of the image's mean feature and feature spread.
        discriminant: Classifier learnt from synthetic defects.
        entries: ``[M, K(+2)]`` whitened patch features (with place when position-aware).
        sources: ``[M]`` number of the training image each entry came from.
    """

    whitening: Whitening
    models: tuple[GlobalModel, GlobalModel]
    discriminant: Discriminant
    entries: FloatArray
    sources: IndexArray

    def score(self, patches: Patches, settings: AnomalySettings) -> PatchScores:
        """Raw scores of one image's patches."""
        features = self.whitening(patches.values)
        queries = with_place(features, patches.shape, settings.position_weight)
        distances, indices = nearest(queries, self.entries, 1)
        values = distances[:, 0]
        if settings.neighbours > 1:
            values = reweight(queries, values, indices[:, 0], self.entries, settings.neighbours)
        middle = np.median(values) if settings.own_median else np.float32(0.0)
        grid = np.ascontiguousarray(values.reshape(patches.shape), np.float32)
        local = top_mean(values, settings.top_fraction) - float(middle)
        response = smooth(self.discriminant.response(patches.levels), 1.0)
        mean, spread = describe(features)
        parts = (
            local,
            self.models[0].distance(mean),
            self.models[1].distance(spread),
            top_mean(response.ravel(), settings.synthetic_top),
        )
        smoothed = smooth(grid - np.float32(middle), settings.smoothing)
        return PatchScores(grid, smoothed, response, indices[:, 0].reshape(patches.shape), parts)


def top_mean(values: FloatArray, share: float) -> float:
    """Mean of the highest ``share`` of ``[P]`` values, of one value at least."""
    top = max(1, round(len(values) * share))
    return float(np.partition(values, len(values) - top)[-top:].mean())


def smooth(grid: FloatArray, sigma: float) -> FloatArray:
    """Gaussian over ``[h, w]`` with ``sigma`` in cells; 0 leaves it alone."""
    if sigma <= 0:
        return grid
    import cv2

    blurred = cv2.GaussianBlur(
        np.ascontiguousarray(grid, np.float32), (0, 0), sigma, borderType=cv2.BORDER_REFLECT
    )
    return np.asarray(blurred, np.float32).reshape(grid.shape)


@dataclass(frozen=True, slots=True)
class MemoryBank:
    """A fitted detector without its backbone.

    Attributes:
        settings: Settings of the fit.
        digest: ``FeatureExtractor.digest`` of the backbone used.
        model: What was learnt.
        part_centre: ``[4]`` mean of :data:`PARTS` over held-back good images.
        part_scale: ``[4]`` their standard deviation.
    """

    settings: AnomalySettings
    digest: str
    model: Model
    part_centre: FloatArray
    part_scale: FloatArray

    def score(self, patches: Patches) -> PatchScores:
        """Raw scores of one image's patches."""
        return self.model.score(patches, self.settings)

    def combine(self, parts: Parts) -> float:
        """Image score: weighted mean of the standardised parts.

        0 is the typical held-back good image; a part counts in standard deviations of those.
        """
        weights = np.array(self.settings.weights())
        standardised = (np.array(parts, np.float64) - self.part_centre) / self.part_scale
        return float((weights * standardised).sum() / weights.sum())

    def heat(self, raw: PatchScores) -> FloatArray:
        """Map in the unit of the score, on the finer grid: weighted mean of both maps.

        Each map is standardised as its image-level part is.  When only whole-image parts have
        weight, the distance map alone is given.
        """
        import cv2

        weights = self.settings.weights()
        local, synthetic = (weights[0], weights[3]) if weights[0] + weights[3] > 0 else (1.0, 0.0)
        height, width = raw.synthetic.shape
        first = (raw.smoothed - self.part_centre[0]) / self.part_scale[0]
        second = (raw.synthetic - self.part_centre[3]) / self.part_scale[3]
        wide = cv2.resize(first, (width, height), interpolation=cv2.INTER_LINEAR)
        wide = np.asarray(wide, np.float32).reshape(height, width)
        blend = (local * wide + synthetic * second) / (local + synthetic)
        return np.asarray(blend, np.float32)

    def save(self, path: Path) -> None:
        """Write safetensors under a temporary name, then move it into place.

        Raises:
            OSError: The folder cannot be written.
        """
        from safetensors.numpy import save

        arrays = dict(zip(_ARRAYS, self._arrays(), strict=True))
        metadata = {
            "format": _FORMAT,
            "digest": self.digest,
            "settings": json.dumps(self.settings.to_dict(), sort_keys=True),
        }
        dense = {key: np.ascontiguousarray(value) for key, value in arrays.items()}
        payload = save(dense, metadata)
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(payload)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _arrays(self) -> tuple[NDArray[np.generic], ...]:
        """Arrays in the order of the file."""
        return (
            self.model.entries,
            self.model.sources,
            self.model.whitening.mean,
            self.model.whitening.matrix,
            self.model.models[0].centre,
            self.model.models[0].matrix,
            self.model.models[1].centre,
            self.model.models[1].matrix,
            self.model.discriminant.weights,
            self.model.discriminant.bias,
            self.part_centre,
            self.part_scale,
        )

    @classmethod
    def load(cls, path: Path) -> MemoryBank:
        """Read a bank.

        Raises:
            BankError: The file is missing, damaged, or not a bank.
        """
        from safetensors import safe_open

        try:
            with safe_open(str(path), framework="numpy") as stream:
                metadata = stream.metadata() or {}
                if metadata.get("format") != _FORMAT:
                    raise BankError(
                        f"The file {Path(path).name} is not a memory bank of this version."
                    )
                arrays = {name: stream.get_tensor(name) for name in _ARRAYS}
            settings = AnomalySettings.from_dict(json.loads(metadata["settings"]))
            digest = metadata["digest"]
        except BankError:
            raise
        except Exception as error:  # safetensors raises its own classes
            raise BankError(
                f"The file {Path(path).name} is not a usable memory bank ({error})."
            ) from error
        if any(not np.isfinite(value).all() for value in arrays.values()):
            raise BankError(f"The memory bank {Path(path).name} holds values that are not finite.")
        entries, matrix = arrays["entries"], arrays["matrix"]
        places = 2 if settings.position_weight > 0 else 0
        if entries.ndim != 2 or entries.shape[1] != matrix.shape[1] + places or not len(entries):
            raise BankError(
                f"The entries and the whitening of {Path(path).name} do not fit together."
            )
        model = Model(
            Whitening(arrays["mean"], matrix),
            (
                GlobalModel(arrays["global_mean"], arrays["global_mean_matrix"]),
                GlobalModel(arrays["global_spread"], arrays["global_spread_matrix"]),
            ),
            Discriminant(arrays["synthetic_weights"], arrays["synthetic_bias"]),
            entries,
            arrays["sources"],
        )
        return cls(settings, digest, model, arrays["part_centre"], arrays["part_scale"])
