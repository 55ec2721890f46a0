"""The main job without a window: sample project, fit, inspect, all six reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.jobs import BatchFinished, JobCancelled, Progress
from inspector_app.services import engines, sample
from inspector_app.services.batch import run_batch
from inspector_app.services.recipes import read_recipe
from inspector_app.services.report import FORMATS, write_reports


def run_demo(out: Path, stop: StopFlag, language: str = "en") -> Iterator[Progress | str]:
    """Does the job into a folder.

    Yields:
        `Progress`, and lines for people.

    Raises:
        BadInputError: The folder is a file.
        InspectorError: A step failed; the message says which and why.
        OSError: The folder cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise BadInputError(
            f"{out} cannot be a folder: a file is in its place.", "Choose another folder."
        ) from error
    yield f"Sample project: {sample.NAME}. The images are rendered, not photographs."
    for event in sample.fit_sample(stop, out, language):
        if isinstance(event, Progress):
            yield event
        elif isinstance(event, JobCancelled):
            return
        else:
            yield f"Recipe from {event.used} golden images: {event.recipe}"
            yield from event.notes
    recipe = read_recipe(sample.recipe_path(out))
    engine = engines.local(recipe.engine)
    with sample.open_sample(out / "sample.inspect") as project:
        names = {image.id: Path(image.path).name for image in project.images()}
        for event in run_batch(project, project.images(), recipe, engine, stop):
            if isinstance(event, BatchFinished):
                if event.stopped:
                    return
                yield (
                    f"{event.inspected} parts inspected, {event.skipped} done before, "
                    f"{event.failed} failed, {event.seconds:.1f} s."
                )
            else:
                verdict = event.verdict.value if event.verdict else event.trouble
                yield f"  {names[event.image_id]:<16} {verdict}"
                yield Progress(event.done, event.total, names[event.image_id])
        for path in write_reports(project, FORMATS, out / "report", language):
            yield f"Report: {path}"
