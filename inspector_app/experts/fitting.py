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

from inspector_app.domain.errors import BadInputError

from .backbones import FeatureExtractor
from .bank import MemoryBank, Model, PatchScores, describe, make_global_model
from .coreset import StoppedError, greedy_coreset
from .patches import (
    Moments,
    Patches,
    as_rgb,
    assemble,
    even_brightness,
    make_whitening,
    resize,
    target_shape,
)
from .settings import AnomalySettings
from .synthetic import ClassMoments, label_cells, make_discriminant, spoil

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]
ImageSource = ImageArray | Callable[[], ImageArray]
Progress = Callable[[int, int, str], None]
Stop = Callable[[], bool]

_LEAVE_ONE_OUT = 20
_JITTER = ((-4.0, 1.0), (4.0, 1.0), (-2.0, 1.03), (2.0, 0.97))  # degrees, scale
_KEPT_PIXELS = 90_000_000  # features kept during a fit take about 3 bytes a pixel


class FitError(BadInputError):
    """A bank cannot be fitted; the message says why."""


@dataclass(frozen=True, slots=True)
class FitResult:
    """What a fit gives.

    Attributes:
        bank: The bank over all images.
        held_back_scores: Score of each image used, by a model that did not see it.
        held_back_peaks: Highest map value of each image used, by the same model; the map's limit
            comes from these.
        held_back_parts: Standardised ``bank.PARTS`` behind each held-back score.
        used: Position of each image used in the images given.
        notes: Sentences for the engineer.
    """

    bank: MemoryBank
    held_back_scores: tuple[float, ...]
    held_back_peaks: tuple[float, ...]
    held_back_parts: tuple[tuple[float, ...], ...]
    used: tuple[int, ...]
    notes: tuple[str, ...]


def embed(image: ImageArray, settings: AnomalySettings, extractor: FeatureExtractor) -> Patches:
    """Patch embeddings of one image of any size.

    Raises:
        ValueError: Not an 8-bit image.
    """
    levels = _levels(prepare(image, settings), settings, extractor)
    return assemble(levels, settings.grid_level - settings.first_level)


def prepare(image: ImageArray, settings: AnomalySettings) -> ImageArray:
    """Image at the size (and brightness) that the backbone sees, RGB ``[H, W, 3]``."""
    rgb = as_rgb(image)
    left, top, right, bottom = crop_box(rgb.shape[0], rgb.shape[1], settings)
    rgb = np.ascontiguousarray(rgb[top:bottom, left:right])
    shape = target_shape(rgb.shape[0], rgb.shape[1], settings.input_size, settings.keep_aspect)
    sized = resize(rgb, shape)
    return even_brightness(sized) if settings.even_brightness else sized


def crop_box(height: int, width: int, settings: AnomalySettings) -> tuple[int, int, int, int]:
    """Part of an image looked at: ``(x1, y1, x2, y2)`` in pixels, one pixel at least."""
    left = min(round(settings.crop_left * width), width - 1)
    top = min(round(settings.crop_top * height), height - 1)
    right = max(left + 1, round(settings.crop_right * width))
    bottom = max(top + 1, round(settings.crop_bottom * height))
    return left, top, right, bottom


def _levels(
    prepared: ImageArray, settings: AnomalySettings, extractor: FeatureExtractor
) -> list[FloatArray]:
    """Chosen feature levels ``[C, h, w]`` of a prepared image."""
    levels = extractor(extractor.normalise(prepared[None]))
    return [level[0] for level in levels[settings.first_level : settings.last_level + 1]]


def variants(image: ImageArray, augment: str) -> list[ImageArray]:
    """The image and its mirrored, turned or tilted forms, see ``AnomalySettings.augment``."""
    forms = [image]
    if augment in ("flips", "turns"):
        forms += [image[:, ::-1], image[::-1], image[::-1, ::-1]]
    if augment == "turns":
        turned = np.rot90(image)
        forms += [turned, turned[::-1], turned[:, ::-1], turned[::-1, ::-1]]
    if augment == "jitter":
        forms += [_tilted(image, angle, scale) for angle, scale in _JITTER]
    return [np.ascontiguousarray(form) for form in forms]


def _tilted(image: ImageArray, angle: float, scale: float) -> ImageArray:
    """Image turned by ``angle`` degrees and scaled about its middle; the border is mirrored."""
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale)
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(turned, np.uint8)


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
        StoppedError: ``stop`` returned true.
    """
    if extractor.backbone != settings.backbone:
        raise FitError(
            f"The settings name the backbone {settings.backbone}, "
            f"but {extractor.backbone} is loaded.",
            "Load the one that the settings name.",
        )
    sources = list(images)
    if not sources:
        raise FitError("A memory bank needs a good image.", "Give one at least.")
    used = tuple(range(len(sources)))
    notes: list[str] = []
    most = min(settings.max_images, max(1, _KEPT_PIXELS // settings.input_size**2))
    if len(sources) > most:
        places = np.linspace(0, len(sources) - 1, most).round().astype(int)
        used = tuple(int(place) for place in places)
        notes.append(f"{len(used)} of {len(sources)} images used (max_images, or memory).")
    parts = len(used) if len(used) <= _LEAVE_ONE_OUT else min(settings.folds, len(used))
    folds = np.arange(len(used)) * parts // len(used)
    total = 2 * len(used)

    def report(done: int, what: str) -> None:
        if stop is not None and stop():
            raise StoppedError
        if progress is not None:
            progress(done, total, what)

    gathered = _Gathered(settings, folds, extractor)
    for number, position in enumerate(used):
        report(number, "features")
        source = sources[position]
        try:
            image = prepare(source() if callable(source) else source, settings)
        except (ValueError, OSError) as error:
            raise FitError(
                f"Good image {position + 1} of {len(sources)} cannot be used: {error}.",
                "Leave it out.",
            ) from error
        gathered.add(number, image)
    selected = _select(gathered, stop)
    raws: list[PatchScores] = []
    if folds[-1] > 0:
        for fold in range(int(folds[-1]) + 1):
            model = _model(gathered, selected, fold)
            for number in np.flatnonzero(folds == fold):
                report(len(used) + len(raws), "held-back scores")
                raws.append(model.score(gathered.patches(int(number)), settings))
    centre, scale = _standardise(raws, notes)
    final = _model(gathered, selected, None)
    bank = MemoryBank(settings, extractor.digest, final, centre, scale)
    scores = tuple(bank.combine(raw.parts) for raw in raws)
    peaks = tuple(float(bank.heat(raw).max()) for raw in raws)
    if progress is not None:
        progress(total, total, "done")
    standardised = tuple(
        tuple(float(value) for value in (np.array(raw.parts) - centre) / scale) for raw in raws
    )
    return FitResult(bank, scores, peaks, standardised, used if raws else (), tuple(notes))


class _Gathered:
    """What the pass over the images leaves: features, moments by fold, coreset candidates."""

    def __init__(
        self, settings: AnomalySettings, folds: NDArray[np.int64], extractor: FeatureExtractor
    ) -> None:
        self.settings = settings
        self.folds = folds
        self.moments: list[Moments] = []
        self.classes: list[ClassMoments] = []
        self.candidates: list[_Selection] = []
        self._extractor = extractor
        self._levels: list[list[NDArray[np.float16]]] = []
        self._rng = np.random.default_rng(settings.seed)
        self._share = max(1, settings.candidates // len(folds))

    def add(self, number: int, image: ImageArray) -> None:
        """Take the prepared image ``number`` in (in order)."""
        settings = self.settings
        grid = settings.grid_level - settings.first_level
        forms = variants(image, settings.augment)
        for form_number, form in enumerate(forms):
            levels = _levels(form, settings, self._extractor)
            if form_number == 0:
                self._levels.append([level.astype(np.float16) for level in levels])
            patches = assemble(levels, grid)
            if int(self.folds[number]) == len(self.moments):
                self.moments.append(Moments(patches.values.shape[1]))
                self.classes.append(ClassMoments(patches.values.shape[1]))
            self.moments[-1].add(patches.values)
            chosen = np.arange(len(patches.values))
            share = max(1, self._share // len(forms))
            if len(chosen) > share:
                chosen = np.sort(self._rng.choice(len(chosen), share, replace=False))
            spots = _places(patches.shape)[chosen]
            numbers = np.full(len(chosen), number, np.int64)
            self.candidates.append(_Selection(patches.values[chosen], spots, numbers))
        for _ in range(settings.synthetic_rounds):
            spoilt, mask = spoil(image, self._rng)
            fine = assemble(_levels(spoilt, settings, self._extractor), 0)
            self.classes[-1].add(fine.values, label_cells(mask, fine.shape, self._rng))
        if settings.synthetic_rounds > 0:
            fine = assemble([level.astype(np.float32) for level in self._levels[-1]], 0)
            some = self._rng.choice(len(fine.values), min(60, len(fine.values)), replace=False)
            self.classes[-1].clean.add(fine.values[some])

    def patches(self, number: int) -> Patches:
        """Patches of image ``number`` again."""
        levels = [level.astype(np.float32) for level in self._levels[number]]
        return assemble(levels, self.settings.grid_level - self.settings.first_level)


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


def _select(gathered: _Gathered, stop: Stop | None) -> list[_Selection]:
    """Coreset of each fold, in the whitened space of all images."""
    settings, moments = gathered.settings, gathered.moments
    whitening = make_whitening(
        moments[0].merged(moments[1:]),
        settings.whiten_epsilon,
        settings.components,
        settings.whiten,
    )
    size = max(1, settings.bank_size // len(moments))
    result = []
    for fold in range(len(moments)):
        offered = _joined(
            [part for part in gathered.candidates if gathered.folds[part.sources[0]] == fold]
        )
        points = _placed(whitening(offered.values), offered.places, settings.position_weight)
        index = greedy_coreset(points, size, settings.seed + fold, settings.projection, stop)
        result.append(
            _Selection(offered.values[index], offered.places[index], offered.sources[index])
        )
    return result


def _joined(parts: Sequence[_Selection]) -> _Selection:
    """Several selections as one."""
    return _Selection(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.sources for part in parts]),
    )


def _placed(features: FloatArray, places: FloatArray, weight: float) -> FloatArray:
    """Append known places to whitened features, scaled as ``bank.with_place`` does."""
    if weight <= 0:
        return features
    scale = np.float32(weight * np.sqrt(features.shape[1]))
    return np.concatenate([features, places * scale], axis=1)


def _model(gathered: _Gathered, selected: Sequence[_Selection], without: int | None) -> Model:
    """Model from all folds but ``without``."""
    settings = gathered.settings
    rest = [fold for fold in range(len(selected)) if fold != without]
    whitening = make_whitening(
        gathered.moments[rest[0]].merged([gathered.moments[fold] for fold in rest[1:]]),
        settings.whiten_epsilon,
        settings.components,
        settings.whiten,
    )
    described = [
        describe(whitening(gathered.patches(number).values))
        for number in range(len(gathered.folds))
        if gathered.folds[number] != without
    ]
    models = (
        make_global_model(np.stack([mean for mean, _ in described]), settings.descriptor_shrinkage),
        make_global_model(np.stack([std for _, std in described]), settings.descriptor_shrinkage),
    )
    classes = gathered.classes[rest[0]].merged([gathered.classes[fold] for fold in rest[1:]])
    chosen = _joined([selected[fold] for fold in rest])
    entries = _placed(whitening(chosen.values), chosen.places, settings.position_weight)
    return Model(
        whitening,
        models,
        make_discriminant(classes, whitening),
        np.ascontiguousarray(entries, np.float32),
        chosen.sources,
    )


def _standardise(raws: Sequence[PatchScores], notes: list[str]) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of each part over the held-back images, ``[4]`` each."""
    if not raws:
        notes.append("One image only: no held-back scores, so no limits can be set.")
        return np.zeros(4, np.float32), np.ones(4, np.float32)
    table = np.array([raw.parts for raw in raws], np.float64)
    centre = table.mean(axis=0)
    scale = table.std(axis=0, ddof=1) if len(table) > 1 else np.zeros(4)
    if len(table) < 10:
        notes.append(f"{len(table)} good images: the score's scale is a rough guess.")
    return (
        centre.astype(np.float32),
        np.maximum(scale, np.maximum(0.01 * np.abs(centre), 1e-6)).astype(np.float32),
    )
