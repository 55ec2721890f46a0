"""Fit of a memory bank with cross-fitted held-back scores.

The training images are cut into consecutive folds (neighbours in time are often near-duplicates,
so a random cut would flatter the scores).  Each fold gives its own coreset; the bank is their
union.  An image is scored against the other folds' entries with the other folds' whitening and
global models, so its held-back score never saw it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .backbones import FeatureExtractor
from .bank import (
    GlobalModel,
    MemoryBank,
    PatchScores,
    combine_parts,
    describe,
    make_global_model,
    score_features,
)
from .coreset import Stopped, greedy_coreset
from .patches import (
    Moments,
    Patches,
    Whitening,
    as_rgb,
    assemble,
    make_whitening,
    resize,
    target_shape,
)
from .settings import AnomalySettings

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]
ImageSource = ImageArray | Callable[[], ImageArray]
Progress = Callable[[int, int, str], None]
Stop = Callable[[], bool]


class FitError(ValueError):
    """A bank cannot be fitted; the message says why."""


@dataclass(frozen=True, slots=True)
class FitResult:
    """What a fit gives.

    Attributes:
        bank: The bank over all images.
        held_back_scores: Score of each image used, by a model that did not see it.
        held_back_peaks: Highest map value of each image used, by the same model; the map's limit
            comes from these.
        used: Position of each image used in the images given.
        notes: Sentences for the engineer.
    """

    bank: MemoryBank
    held_back_scores: tuple[float, ...]
    held_back_peaks: tuple[float, ...]
    used: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fold:
    """Model from some folds: whitening, global models, entries and their sources."""

    whitening: Whitening
    models: tuple[GlobalModel, GlobalModel]
    entries: FloatArray
    sources: NDArray[np.int64]


def embed(image: ImageArray, settings: AnomalySettings, extractor: FeatureExtractor) -> Patches:
    """Patch embeddings of one image of any size.

    Raises:
        ValueError: Not an 8-bit image.
    """
    rgb = as_rgb(image)
    shape = target_shape(rgb.shape[0], rgb.shape[1], settings.input_size, settings.keep_aspect)
    levels = extractor(extractor.normalise(resize(rgb, shape)[None]))
    chosen = [level[0] for level in levels[settings.first_level : settings.last_level + 1]]
    return assemble(chosen, settings.grid_level - settings.first_level)


def variants(image: ImageArray, augment: str) -> list[ImageArray]:
    """The image and its mirrored and turned forms, as ``AnomalySettings.augment`` says."""
    forms = [image]
    if augment in ("flips", "turns"):
        forms += [image[:, ::-1], image[::-1], image[::-1, ::-1]]
    if augment == "turns":
        turned = np.rot90(image)
        forms += [turned, turned[::-1], turned[:, ::-1], turned[::-1, ::-1]]
    return [np.ascontiguousarray(form) for form in forms]


def fit(
    images: Iterable[ImageSource],
    settings: AnomalySettings,
    extractor: FeatureExtractor,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> FitResult:
    """Fit a bank on good images.

    Args:
        images: RGB (or grey) uint8 arrays, or callables that load one.  Order matters: neighbours
            fall into the same fold.
        settings: How to fit.
        extractor: Backbone named in ``settings``.
        progress: Called with (done, all, what) after each image of either pass.
        stop: Asked between images; true ends the fit.

    Raises:
        FitError: No image, an unreadable one, or another backbone than the settings name.
        Stopped: ``stop`` returned true.
    """
    if extractor.backbone != settings.backbone:
        raise FitError(
            f"settings name backbone {settings.backbone}, the extractor is {extractor.backbone}"
        )
    sources = list(images)
    if not sources:
        raise FitError("a bank needs at least one good image")
    used = tuple(range(len(sources)))
    notes: list[str] = []
    if len(sources) > settings.max_images:
        places = np.linspace(0, len(sources) - 1, settings.max_images).round().astype(int)
        used = tuple(int(place) for place in places)
        notes.append(f"{len(used)} of {len(sources)} images used (max_images).")
    count = len(used)
    folds = np.arange(count) * min(settings.folds, count) // count
    total = 2 * count

    def report(done: int, what: str) -> None:
        if stop is not None and stop():
            raise Stopped("fit stopped")
        if progress is not None:
            progress(done, total, what)

    rng = np.random.default_rng(settings.seed)
    share = max(1, settings.candidates // count)
    kept: list[tuple[NDArray[np.float16], tuple[int, int]]] = []
    moments: list[Moments] = []
    candidates: list[Patches] = []  # patches offered to the coreset; shape holds (image, 0)
    places: list[FloatArray] = []
    for number, position in enumerate(used):
        report(number, "features")
        source = sources[position]
        try:
            image = as_rgb(source() if callable(source) else source)
        except (ValueError, OSError) as error:
            raise FitError(f"image {position}: {error}") from error
        for form_number, form in enumerate(variants(image, settings.augment)):
            patches = embed(form, settings, extractor)
            if form_number == 0:
                kept.append((patches.values.astype(np.float16), patches.shape))
                if not moments or folds[number] != folds[number - 1]:
                    moments.append(Moments(patches.values.shape[1]))
            moments[-1].add(patches.values)
            chosen = np.arange(len(patches.values))
            if len(chosen) > share:
                chosen = np.sort(rng.choice(len(chosen), share, replace=False))
            candidates.append(Patches(patches.values[chosen], (number, 0)))
            places.append(_places(patches.shape)[chosen])
    selected = _select(candidates, places, folds, moments, settings, stop)
    raws: list[PatchScores] = []
    if len(moments) > 1:
        for fold in range(len(moments)):
            model = _model(kept, folds, moments, selected, settings, fold)
            for number in np.flatnonzero(folds == fold):
                report(count + len(raws), "held-back scores")
                values, shape = kept[number]
                features = model.whitening(values.astype(np.float32))
                raws.append(score_features(features, shape, model.entries, model.models, settings))
    final = _model(kept, folds, moments, selected, settings, None)
    centre, scale = _standardise(raws, notes)
    bank = MemoryBank(
        settings,
        extractor.digest,
        final.entries,
        final.sources,
        final.whitening,
        final.models,
        centre,
        scale,
    )
    scores = tuple(combine_parts(raw.parts, centre, scale, settings) for raw in raws)
    peaks = tuple(float(bank.heat(raw.smoothed).max()) for raw in raws)
    if progress is not None:
        progress(total, total, "done")
    return FitResult(bank, scores, peaks, used if raws else (), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Selection:
    """Coreset of one fold, raw: values ``[n, C]``, places ``[n, 2]`` (0..1), image numbers."""

    values: FloatArray
    places: FloatArray
    sources: NDArray[np.int64]


def _places(shape: tuple[int, int]) -> FloatArray:
    """Place (y, x in 0..1) of each patch, ``[h * w, 2]``."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    y, x = (rows.ravel() + 0.5) / shape[0], (columns.ravel() + 0.5) / shape[1]
    return np.stack([y, x], axis=1).astype(np.float32)


def _select(
    candidates: Sequence[Patches],
    places: Sequence[FloatArray],
    folds: NDArray[np.int64],
    moments: Sequence[Moments],
    settings: AnomalySettings,
    stop: Stop | None,
) -> list[_Selection]:
    """Coreset of each fold, in the whitened space of all images."""
    whitening = make_whitening(
        moments[0].merged(moments[1:]),
        settings.whiten_epsilon,
        settings.components,
        settings.whiten,
    )
    size = max(1, settings.bank_size // len(moments))
    result = []
    for fold in range(len(moments)):
        members = [n for n, part in enumerate(candidates) if folds[part.shape[0]] == fold]
        values = np.concatenate([candidates[n].values for n in members])
        spots = np.concatenate([places[n] for n in members])
        numbers = np.concatenate(
            [np.full(len(candidates[n].values), candidates[n].shape[0], np.int64) for n in members]
        )
        points = _placed(whitening(values), spots, settings.position_weight)
        index = greedy_coreset(points, size, settings.seed + fold, settings.projection, stop)
        result.append(_Selection(values[index], spots[index], numbers[index]))
    return result


def _placed(features: FloatArray, places: FloatArray, weight: float) -> FloatArray:
    """Append known places to whitened features, scaled as ``bank.with_place`` does."""
    if weight <= 0:
        return features
    scale = np.float32(weight * np.sqrt(features.shape[1]))
    return np.concatenate([features, places * scale], axis=1)


def _model(
    kept: Sequence[tuple[NDArray[np.float16], tuple[int, int]]],
    folds: NDArray[np.int64],
    moments: Sequence[Moments],
    selected: Sequence[_Selection],
    settings: AnomalySettings,
    without: int | None,
) -> _Fold:
    """Model from all folds but ``without``."""
    rest = [fold for fold in range(len(moments)) if fold != without]
    whitening = make_whitening(
        moments[rest[0]].merged([moments[fold] for fold in rest[1:]]),
        settings.whiten_epsilon,
        settings.components,
        settings.whiten,
    )
    described = [
        describe(whitening(kept[number][0].astype(np.float32)))
        for number in range(len(kept))
        if folds[number] != without
    ]
    models = (
        make_global_model(np.stack([mean for mean, _ in described]), settings.descriptor_shrinkage),
        make_global_model(np.stack([std for _, std in described]), settings.descriptor_shrinkage),
    )
    values = np.concatenate([selected[fold].values for fold in rest])
    spots = np.concatenate([selected[fold].places for fold in rest])
    entries = _placed(whitening(values), spots, settings.position_weight)
    numbers = np.concatenate([selected[fold].sources for fold in rest])
    return _Fold(whitening, models, np.ascontiguousarray(entries, np.float32), numbers)


def _standardise(raws: Sequence[PatchScores], notes: list[str]) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each part over the held-back images, ``[3]`` each."""
    if not raws:
        notes.append("One image only: no held-back scores, so no limits can be set.")
        return np.zeros(3, np.float32), np.ones(3, np.float32)
    table = np.array([raw.parts for raw in raws], np.float64)
    centre = table.mean(axis=0)
    scale = table.std(axis=0, ddof=1) if len(table) > 1 else np.zeros(3)
    if len(table) < 10:
        notes.append(f"{len(table)} good images: the score's scale is a rough guess.")
    return (
        centre.astype(np.float32),
        np.maximum(scale, np.maximum(0.01 * np.abs(centre), 1e-6)).astype(np.float32),
    )
