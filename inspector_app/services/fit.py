"""Fitting: a folder of golden images becomes a recipe with a memory bank and limits."""

from __future__ import annotations

import hashlib
import queue
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError, ImageError, InspectorError, RecipeError
from inspector_app.domain.jobs import FitFinished, JobCancelled, Progress
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.verdicts import Limits
from inspector_app.engines.backbones import open_backbone
from inspector_app.experts import limits as limits_module
from inspector_app.experts.anomaly import (
    AnomalyExpert,
    AnomalySettings,
    FitResult,
    MemoryBank,
    StoppedError,
    fit,
)
from inspector_app.experts.comparison import ComparisonSettings, compare
from inspector_app.imaging.decode import decode
from inspector_app.parsing.recipe_files import read_recipe, write_recipe
from inspector_app.parsing.texts import texts
from inspector_app.services.fit_request import FitRequest

ENGINE = "anomaly"

Job = Iterator[Progress | FitFinished | JobCancelled]


def run_fit(request: FitRequest, stop: StopFlag) -> Job:
    """Fits and writes the recipe; files that cannot be read are left out and named.

    Raises:
        InspectorError: Nothing could be fitted; the message says why.
    """
    begun = time.perf_counter()
    words = texts("expert", request.language)
    usable, skipped = _readable(request.images)
    held_back, more = _readable(request.held_back)
    skipped += more
    if request.bank and not usable:
        raise BadInputError(
            f"None of the {len(request.images)} good images can be read: {skipped[0]}",
            "Check the files.",
        )
    out = Path(request.out).resolve()
    before = _recipe_before(out)
    if request.bank and request.comparison:
        # Two experts, each of which may flag a good part: each gets half of the rate.
        request = replace(request, false_alarm_rate=request.false_alarm_rate / 2)
    recipe = Recipe(
        name=request.name or out.stem,
        # One more than the recipe that is written over, so that results can be told apart.
        version=before.version + 1 if before else 1,
        reject_codes=before.reject_codes if before else (),
        engine=ENGINE,
        limits=Limits(0.0, 0.0, 0.0),
        golden=tuple(usable[:1]),
        language=request.language,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    bank: MemoryBank | None = None
    try:
        if request.bank:
            recipe, bank = yield from _fit_bank(request, recipe, usable, held_back, words, stop)
        if request.comparison:
            recipe = yield from _fit_comparison(request, recipe, usable, held_back, words, stop)
    except StoppedError:
        yield JobCancelled()
        return
    # Written only now: a fit that is stopped leaves the recipe before it whole.
    recipe = _with_golden(recipe, out)
    if bank is not None:
        path = out.with_suffix(".bank.safetensors")
        bank.save(path)
        recipe = replace(recipe, bank=str(path), bank_sha256=_sha256(path))
    written = write_recipe(recipe, out)
    yield FitFinished(
        written.path,
        len(usable),
        tuple(skipped),
        written.notes,
        time.perf_counter() - begun,
    )


def _fit_bank(
    request: FitRequest,
    recipe: Recipe,
    images: list[str],
    held_back: list[str],
    words: dict[str, str],
    stop: StopFlag,
) -> Generator[Progress, None, tuple[Recipe, MemoryBank]]:
    settings = AnomalySettings.from_dict(dict(request.settings))
    yield Progress(0, 0, "backbone")
    extractor = open_backbone(settings.backbone)
    sources = [_loader(path) for path in images]
    result = yield from _with_progress(
        lambda tell: fit(sources, settings, extractor, tell, stop.is_set)
    )
    scores, peaks = list(result.held_back_scores), list(result.held_back_peaks)
    expert = AnomalyExpert(result.bank, extractor)
    for number, path in enumerate(held_back):
        _stop_if(stop)
        judged = expert.score(decode(path).pixels)
        scores.append(judged.score)
        peaks.append(float(judged.heat.max()))
        yield Progress(number + 1, len(held_back), "held-back images")
    if not scores:
        # A single image leaves nothing to hold back; its own score is all there is.
        judged = expert.score(decode(images[0]).pixels)
        scores, peaks = [judged.score], [float(judged.heat.max())]
    limits = _limits(scores, peaks, request.false_alarm_rate)
    notes = _limit_notes(limits, len(scores), words)
    if len(result.used) < len(images) and result.used:
        notes.append(words["fit_fewer"].format(used=len(result.used), given=len(images)))
    typical = images[_typical(result, images)]
    made = replace(
        recipe,
        limits=limits,
        golden=(typical,),
        bank=request.out,  # for the comparison to know; the path comes when it is written
        anomaly=tuple(sorted(settings.to_dict().items())),
        notes=(*recipe.notes, *notes),
    )
    return made, result.bank


def _fit_comparison(
    request: FitRequest,
    recipe: Recipe,
    images: list[str],
    held_back: list[str],
    words: dict[str, str],
    stop: StopFlag,
) -> Generator[Progress, None, Recipe]:
    try:
        settings = ComparisonSettings.from_dict(dict(request.comparison_settings))
    except ValueError as error:
        raise RecipeError(f"A setting cannot be used: {error}.", "Mend or drop it.") from error
    pixel = settings.contrast * settings.contrast_low / 255.0
    golden = recipe.golden[0] if recipe.golden else None
    scores: list[float] = []
    if golden is not None:
        known = decode(golden).pixels
        others = [path for path in (*images, *held_back) if path != golden]
        for number, path in enumerate(others):
            _stop_if(stop)
            scores.append(compare(decode(path).pixels, known, settings).score)
            yield Progress(number + 1, len(others), "comparison")
    if any(scores):
        limits = replace(_limits(scores, scores, request.false_alarm_rate), pixel=pixel)
        notes = _limit_notes(limits, len(scores), words)
    else:  # no good part differs at all, or there is only one: nothing to set a limit by
        limits = Limits(0.0, float("inf"), pixel, request.false_alarm_rate)
        notes = [words["fit_no_reject"]]
    made = replace(
        recipe,
        comparison=tuple(sorted(settings.to_dict().items())),
        comparison_limits=limits,
        notes=(*recipe.notes, *notes),
    )
    return made if recipe.bank else replace(made, limits=limits)


def _with_progress(
    work: Callable[[Callable[[int, int, str], None]], FitResult],
) -> Generator[Progress, None, FitResult]:
    """Runs a function that reports through a callback as a generator of `Progress`."""
    told: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
    outcome: list[FitResult] = []
    trouble: list[BaseException] = []

    def target() -> None:
        try:
            outcome.append(work(lambda done, total, text: told.put(Progress(done, total, text))))
        except BaseException as error:  # noqa: BLE001 - raised again below, on the caller's side
            trouble.append(error)
        finally:
            told.put(None)

    thread = threading.Thread(target=target, name="inspector-fit")
    thread.start()
    while (progress := told.get()) is not None:
        yield progress
    thread.join()
    if trouble:
        raise trouble[0]
    return outcome[0]


def _limits(scores: Sequence[float], peaks: Sequence[float], rate: float) -> Limits:
    found = limits_module.calibrate(scores, rate)
    places = limits_module.calibrate(peaks, rate)
    return Limits(
        found.review,
        found.reject,
        places.review,
        rate,
        found.n,
        found.promised,
        found.confidence,
    )


def _limit_notes(limits: Limits, n: int, words: dict[str, str]) -> list[str]:
    key = "fit_promised" if limits.promised else "fit_not_promised"
    note = words[key].format(
        n=n,
        rate=_percent(limits.false_alarm_rate),
        confidence=_percent(limits.confidence),
        needed=limits_module.images_needed(limits.false_alarm_rate, limits.confidence),
    )
    margin = limits_module.tolerance_rank(n, limits.false_alarm_rate / 10, limits.confidence)
    return [note] if margin is not None else [note, words["fit_margin"]]


def _percent(share: float) -> str:
    return f"{share * 100:g} %"


def _typical(result: FitResult, images: list[str]) -> int:
    """The good image most like the others: the one with the lowest held-back score."""
    if not result.held_back_scores:
        return 0
    return result.used[int(np.argmin(result.held_back_scores))]


def _readable(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    usable: list[str] = []
    skipped: list[str] = []
    for path in paths:
        try:
            decode(path)  # whole, because a file that ends early has a good header
        except ImageError as error:
            skipped.append(f"{error} Left out.")
        else:
            usable.append(path)
    return usable, skipped


def _loader(path: str) -> Callable[[], Any]:
    return lambda: decode(path).pixels


def _stop_if(stop: StopFlag) -> None:
    if stop.is_set():
        raise StoppedError


def _recipe_before(out: Path) -> Recipe | None:
    """The recipe that will be written over, None if there is none that can be read."""
    try:
        return read_recipe(out)
    except InspectorError:
        return None


def _with_golden(recipe: Recipe, out: Path) -> Recipe:
    """Copies the golden image beside the recipe, so that the folder can be moved as a whole."""
    if not recipe.golden:
        return recipe
    source = Path(recipe.golden[0])
    target = out.with_suffix(f".golden{source.suffix.lower()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if source.resolve() != target:
            shutil.copyfile(source, target)
    except OSError as error:
        raise RecipeError(
            f"Cannot write {target.name}: {error.strerror}.",
            "Choose another folder or free some space.",
        ) from error
    return replace(recipe, golden=(str(target),))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
