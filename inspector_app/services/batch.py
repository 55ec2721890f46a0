"""Batches: every image of a project under one recipe; done work is recognised and skipped."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from inspector_app.domain.engine import Engine, InspectRequest, StopFlag
from inspector_app.domain.errors import EngineError, InspectorError
from inspector_app.domain.events import Cancelled, Failed, Finished
from inspector_app.domain.images import ImageRef
from inspector_app.domain.jobs import BatchFinished, ImageDone
from inspector_app.domain.recipes import Recipe
from inspector_app.domain.tasks import Task
from inspector_app.services.inspect import gather, refresh_image, run, store
from inspector_app.store.project import Project

_GIVE_UP = 3  # equal failures of the engine in a row


def recipe_stamp(recipe: Recipe) -> str:
    """How a recipe is named in provenance: title and hash."""
    return f"{recipe.title} {recipe.sha256[:16]}"


def detection_request(image: ImageRef, recipe: Recipe, language: str = "") -> InspectRequest:
    """The request that decides about one image under a recipe."""
    return InspectRequest(
        (image.path,),
        Task.DETECTION,
        recipe=recipe.path,
        language=language or recipe.language,
        page=image.page,
        dpi=image.dpi,
    )


def run_batch(
    project: Project,
    images: Sequence[ImageRef],
    recipe: Recipe,
    engine: Engine,
    stop: StopFlag,
    *,
    redo: bool = False,
    language: str = "",
) -> Iterator[ImageDone | BatchFinished]:
    """Inspects images one after the other, storing each in one transaction.

    Args:
        project: Where the results go.
        images: The images, in order.
        recipe: The recipe to decide by.
        engine: The engine of the recipe.
        stop: Looked at before each image, and by the engine within one.
        redo: Inspect images again that are done under this recipe.
        language: Language of the reasons; the recipe's own when empty.

    Yields:
        One `ImageDone` an image, then `BatchFinished`. A file that cannot be read is told and
        stored as its trouble; the rest goes on.

    Raises:
        EngineError: The engine failed on several images in a row in the same way.
    """
    stamp = recipe_stamp(recipe)
    begun = time.perf_counter()
    inspected = skipped = failed = done = 0
    total = len(images)
    failures: list[str] = []  # of the engine, one after the other
    for image in images:
        if stop.is_set():
            break
        try:
            image = refresh_image(project, image)
        except InspectorError as error:
            failed += 1
            done += 1
            yield ImageDone(image.id, done, total, trouble=str(error))
            continue
        if not redo and _is_done(project, image, stamp, engine.id):
            skipped += 1
            done += 1
            verdict = project.summary(image.id).verdict
            yield ImageDone(image.id, done, total, verdict, skipped=True)
            continue
        request = detection_request(image, recipe, language)
        gathered = gather(run(request, engine, stop))
        last = gathered.last
        if isinstance(last, Cancelled) or (stop.is_set() and not isinstance(last, Finished)):
            break
        store(project, image, request, gathered)
        done += 1
        if isinstance(last, Finished):
            inspected += 1
            failures.clear()
            yield ImageDone(image.id, done, total, last.verdict, seconds=last.seconds)
        else:
            failed += 1
            trouble = f"{last.what} {last.mend}".strip() if isinstance(last, Failed) else ""
            if isinstance(last, Failed) and last.image:
                # Kept with the image, so that the gallery says why it has no verdict.
                project.update_image(
                    image.id,
                    width=image.width,
                    height=image.height,
                    sha256=image.sha256,
                    trouble=trouble,
                )
                failures.clear()
            else:
                failures.append(trouble)
            yield ImageDone(image.id, done, total, trouble=trouble)
            if failures[-_GIVE_UP:] == [trouble] * _GIVE_UP:
                # A missing bank or a broken driver fails on every image: say it once and end.
                raise EngineError(trouble, f"The batch ended at image {done} of {total}.")
    yield BatchFinished(inspected, skipped, failed, time.perf_counter() - begun, stop.is_set())


def _is_done(project: Project, image: ImageRef, stamp: str, engine_id: str) -> bool:
    result = project.latest_verdict(image.id)
    return (
        result is not None
        and result.image_sha256 == image.sha256
        and result.provenance.recipe == stamp
        and result.provenance.engine == engine_id
    )
