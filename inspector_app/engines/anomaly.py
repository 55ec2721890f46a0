"""The expert engine: decides by memory bank and golden comparison, as the recipe says.

It needs no GPU and no network. It cannot name things or answer free questions, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspector_app.domain.cards import Card
from inspector_app.domain.engine import Capabilities, InspectRequest, StopFlag
from inspector_app.domain.errors import (
    EngineError,
    ImageError,
    InspectorError,
    RecipeError,
    UnsupportedTaskError,
)
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    MapReady,
    Provenance,
    Started,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Verdict
from inspector_app.engines.backbones import open_backbone
from inspector_app.engines.detectors import (
    BankDetector,
    ComparisonDetector,
    Detection,
    Place,
)
from inspector_app.engines.versions import versions
from inspector_app.experts.backbones import FeatureExtractor
from inspector_app.imaging.decode import decode
from inspector_app.imaging.heat import heat_from_array
from inspector_app.parsing.recipe_files import read_recipe
from inspector_app.parsing.texts import texts

_ORDER = (Verdict.ACCEPT, Verdict.REVIEW, Verdict.REJECT)
_LIBRARIES = ("onnxruntime", "numpy", "opencv-python-headless")
_SAME = 0.3  # boxes of the two experts that overlap more than this are one place


def create(card: Card) -> AnomalyEngine:
    """Makes the engine; nothing is loaded yet."""
    return AnomalyEngine(card)


@dataclass(frozen=True, slots=True)
class _Loaded:
    recipe: Recipe
    detectors: tuple[BankDetector | ComparisonDetector, ...]


class AnomalyEngine:
    """See the module's docstring. Recipes are loaded when first asked for, and kept."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._backbones: dict[str, FeatureExtractor] = {}
        self._recipes: dict[str, _Loaded] = {}

    @property
    def id(self) -> str:
        return self._card.id

    @property
    def capabilities(self) -> Capabilities:
        return self._card.capabilities

    def load(self) -> LoadReport:
        """Nothing is needed before a recipe names it."""
        return LoadReport()

    def unload(self) -> None:
        self._backbones.clear()
        self._recipes.clear()

    def score(
        self, request: InspectRequest, choices: Sequence[str], stop: StopFlag | None = None
    ) -> tuple[float, ...]:
        raise UnsupportedTaskError(
            f"{self._card.name} has no likelihoods of answers.", "Load a language engine for that."
        )

    def stream(self, request: InspectRequest, stop: StopFlag) -> Iterator[Event]:
        """Decides about an image, or says what can be said about a region."""
        begun = time.perf_counter()
        try:
            if request.task not in self._card.tasks:
                raise UnsupportedTaskError(
                    f"{self._card.name} cannot do the task {request.task.value}.",
                    "Load a language engine for that.",
                )
            loaded = self._recipe(request)
            picture = decode(request.images[0], page=request.page, dpi=request.dpi)
            golden = decode(request.images[1]).pixels if len(request.images) > 1 else None
            yield Started(
                request.id, self._provenance(loaded.recipe), picture.width, picture.height
            )
            found: list[Detection] = []
            for detector in loaded.detectors:
                if stop.is_set():
                    yield Cancelled(request.id)
                    return
                found.append(detector.detect(picture.pixels, golden))
        except InspectorError as error:
            about_image = isinstance(error, ImageError)
            yield Failed(request.id, error.what, error.mend, image=about_image)
            return
        words = texts("expert", request.language)
        main = found[0]
        limit = main.limits.pixel
        yield MapReady(request.id, heat_from_array(main.heat, *_scale(main, limit)))
        if request.task is Task.IDENTIFY and request.boxes:
            yield from self._identify(request, found, words, begun)
        else:
            yield from self._decide(request, found, words, begun, (picture.width, picture.height))

    def _decide(
        self,
        request: InspectRequest,
        found: list[Detection],
        words: dict[str, str],
        begun: float,
        size: tuple[int, int],
    ) -> Iterator[Event]:
        verdicts = [one.limits.decide(one.score) for one in found]
        verdict = max(verdicts, key=_ORDER.index)
        # The expert whose verdict counts gives score and limits.
        decisive = found[verdicts.index(verdict)]
        places = _joined(found) if verdict is not Verdict.ACCEPT else ()
        boxes = tuple(
            FoundBox(words[f"label_{expert}"], place.box, place.score) for expert, place in places
        )
        if boxes:
            yield BoxesFound(request.id, boxes)
        lines = [_verdict_reason(one, its, words) for one, its in zip(found, verdicts, strict=True)]
        # Score and limits are shown as numbers everywhere; only a second expert's need words.
        reasons = lines[1:]
        if verdict is not Verdict.ACCEPT:
            weak = all(one.weak or not one.places for one in found)
            reasons.append(_place_reason([place for _, place in places], weak, words, size))
        reasons += [
            words["not_registered"].format(note=one.trouble) for one in found if one.trouble
        ]
        answer = " ".join([lines[0], *reasons])
        if request.question and request.task is Task.IDENTIFY:
            answer = f"{words['no_question']} {answer}"
        yield TextDelta(request.id, answer)
        yield Finished(
            request.id,
            answer,
            answer,
            boxes,
            decisive.score,
            decisive.limits,
            verdict if request.task is Task.DETECTION else None,
            tuple(reasons),
            time.perf_counter() - begun,
        )

    def _identify(
        self,
        request: InspectRequest,
        found: list[Detection],
        words: dict[str, str],
        begun: float,
    ) -> Iterator[Event]:
        lines = [words["region_intro"]]
        for one in found:
            for key, values in one.about(request.boxes[0]):
                shown = {name: _number(value, words) for name, value in values.items()}
                lines.append(words[key].format(**shown))
        answer = " ".join(lines)
        yield TextDelta(request.id, answer)
        yield Finished(request.id, answer, answer, seconds=time.perf_counter() - begun)

    def _provenance(self, recipe: Recipe) -> Provenance:
        return Provenance(
            self.id, recipe=f"{recipe.title} {recipe.sha256[:16]}", versions=versions(_LIBRARIES)
        )

    def _recipe(self, request: InspectRequest) -> _Loaded:
        if request.recipe is None:
            raise EngineError(
                f"{self._card.name} needs a recipe.",
                "Make one from good images: inspector fit GOOD_FOLDER --out R.toml",
            )
        recipe = read_recipe(request.recipe)
        loaded = self._recipes.get(recipe.sha256)
        if loaded is None:
            self._recipes.clear()  # one recipe at a time: banks take memory
            try:
                detectors = self._detectors(recipe)
            except ImageError as error:  # its golden image: no fault of the image asked about
                raise RecipeError(error.what, error.mend) from error
            loaded = self._recipes[recipe.sha256] = _Loaded(recipe, detectors)
        return loaded

    def _detectors(self, recipe: Recipe) -> tuple[BankDetector | ComparisonDetector, ...]:
        made: list[BankDetector | ComparisonDetector] = []
        if recipe.bank:
            made.append(BankDetector(recipe, self._backbone))
        if recipe.comparison:
            made.append(ComparisonDetector(recipe))
        if not made:
            raise EngineError(
                f"The recipe {recipe.title} has neither a memory bank nor a comparison.",
                "Fit it again from good images.",
            )
        return tuple(made)

    def _backbone(self, name: str) -> FeatureExtractor:
        if name not in self._backbones:
            self._backbones[name] = open_backbone(name)
        return self._backbones[name]


def _scale(detection: Detection, limit: float) -> tuple[float, float]:
    low, high = float(detection.heat.min()), float(detection.heat.max())
    return min(low, 0.0), max(high, 2.0 * limit)


def _joined(found: list[Detection]) -> tuple[tuple[str, Place], ...]:
    """Places of all experts, a place that two experts see told once."""
    kept: list[tuple[str, Place]] = []
    for one in found:
        for place in one.places:
            if all(place.box.iou(other.box) < _SAME for _, other in kept):
                kept.append((one.expert, place))
    return tuple(kept)


def _verdict_reason(one: Detection, verdict: Verdict, words: dict[str, str]) -> str:
    limit = one.limits.reject if verdict is Verdict.REJECT else one.limits.review
    value, shown = _apart(one.score, limit, words)
    score = words[f"score_{one.expert}"].format(value=value)
    return words[verdict.value].format(score=score, limit=shown)


def _place_reason(
    places: list[Place], weak: bool, words: dict[str, str], size: tuple[int, int]
) -> str:
    if not places:
        return words["whole_only"]
    box = places[0].box
    x1, y1, x2, y2 = box.to_pixels(*size)
    key = "regions_one" if len(places) == 1 else "regions_many"
    if weak:
        key = "whole_weak"
    return words[key].format(
        count=len(places), place=words[_place_key(box)], width=x2 - x1, height=y2 - y1
    )


def _place_key(box: Box) -> str:
    column = min(2, int((box.x1 + box.x2) / 2 * 3)) + 1
    row = min(2, int((box.y1 + box.y2) / 2 * 3)) + 1
    return f"place_{row}{column}"


def _apart(score: float, limit: float, words: dict[str, str]) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to see which is larger."""
    value, shown = _number(score, words), _number(limit, words)
    digits = 3
    while value == shown and score != limit and digits < 9:
        value, shown = _number(score, words, digits), _number(limit, words, digits)
        digits += 1
    return value, shown


def _number(value: float, words: dict[str, str], digits: int = 2) -> str:
    """A number as the language writes it; large ones without a fraction."""
    text = f"{value:.{digits}f}" if abs(value) < 100 or digits > 2 else f"{value:.0f}"
    return text.replace(".", words["decimal"])
