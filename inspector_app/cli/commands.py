"""The commands: each turns options into a call of a service and prints what comes."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.domain.events import Failed, Finished
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.geometry import Box
from inspector_app.domain.jobs import BatchFinished, FitFinished, JobCancelled, Progress
from inspector_app.domain.tasks import Task
from inspector_app.services import doctor as doctor_service
from inspector_app.services import engines, projects
from inspector_app.services import inspect as inspect_service
from inspector_app.services.images import image_size
from inspector_app.services.recipes import read_recipe


def doctor(options: argparse.Namespace) -> int:
    """Prints what works here."""
    checks = doctor_service.examine()
    for check in checks:
        mark = {True: "ok  ", False: "NO  ", None: "    "}[check.ok]
        say(f"{mark}{check.name:<20} {check.text}")
    return 1 if any(check.ok is False for check in checks) else 0


def demo(options: argparse.Namespace) -> int:
    """Does the main job on the sample project and writes all reports."""
    from inspector_app.services.demo import run_demo

    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for event in run_demo(Path(options.out), stop, options.language):
            if isinstance(event, Progress):
                line.show(event)
            else:
                say(event)
    return 0


def inspect(options: argparse.Namespace) -> int:
    """Decides about images, or asks about them, one after the other."""
    recipe = read_recipe(options.recipe) if options.recipe else None
    engine = engines.local(options.engine or (recipe.engine if recipe else "anomaly"))
    task = Task(options.task) if options.task else _usual_task(options)
    failed = 0
    with stop_on_interrupt() as stop:
        for path in options.images:
            if stop.is_set():
                return 1
            record: dict[str, Any] = {"image": path, "task": task.value, "engine": engine.id}
            try:
                width, height = image_size(path)
                request = InspectRequest(
                    tuple(filter(None, (path, options.golden))),
                    task,
                    options.question,
                    _boxes(options.box, width, height),
                    options.recipe,
                    options.language,
                )
            except BadInputError as error:
                failed += 1
                warn(str(error))
                if options.json:
                    emit(record | {"error": str(error)})
                continue
            gathered = inspect_service.gather(inspect_service.run(request, engine, stop))
            last = gathered.last
            if isinstance(last, Finished):
                record |= finished_record(last, gathered.provenance, width, height)
                if options.json:
                    emit(record)
                else:
                    say(f"{path}: {last.answer}")
            else:
                failed += 1
                what = (
                    f"{last.what} {last.mend}".strip() if isinstance(last, Failed) else "Stopped."
                )
                warn(f"{path}: {what}")
                if options.json:
                    emit(record | {"error": what})
    if failed == len(options.images):
        return 2 if failed == 1 else 1
    return 1 if failed else 0


def finished_record(last: Finished, provenance: Any, width: int, height: int) -> dict[str, Any]:
    """The JSON form of an answer; keys are absent where they do not apply."""
    record: dict[str, Any] = {"answer": last.answer}
    if provenance is not None and provenance.adapter:
        record["adapter"] = provenance.adapter
    record["boxes"] = [_box_record(box, width, height) for box in last.boxes]
    if last.score is not None:
        record["score"] = round(last.score, 6)
    if last.verdict is not None:
        record["verdict"] = last.verdict.value
    record["seconds"] = round(last.seconds, 4)
    return record


def _box_record(box: FoundBox, width: int, height: int) -> dict[str, Any]:
    record: dict[str, Any] = {"label": box.label, "xyxy": box.box.to_pixels(width, height)}
    if box.score is not None:
        record["score"] = round(box.score, 6)
    return record


def _usual_task(options: argparse.Namespace) -> Task:
    return Task.IDENTIFY if options.box else Task.DETECTION


def _boxes(text: str | None, width: int, height: int) -> tuple[Box, ...]:
    if not text:
        return ()
    with contextlib.suppress(ValueError):
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) == 4:
            box = Box.from_pixels(numbers, width, height)
            if box.area > 0:
                return (box,)
    raise BadInputError(
        f"--box {text!r} is not a region of a {width} x {height} image.",
        "Give four numbers of pixels: x1,y1,x2,y2.",
    )


def fit(options: argparse.Namespace) -> int:
    """Fits a recipe from good images."""
    from inspector_app.services import fit as fit_service

    request = fit_service.request_from(
        folder=options.folder,
        manifest=options.manifest,
        out=options.out,
        name=options.name,
        false_alarm_rate=options.false_alarm_rate,
        overrides=options.set,
        comparison=options.comparison or options.no_bank,
        bank=not options.no_bank,
        language=options.language,
    )
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for event in fit_service.run_fit(request, stop):
            match event:
                case Progress():
                    line.show(event)
                case FitFinished():
                    for skipped in event.skipped:
                        warn(skipped)
                    for note in event.notes:
                        warn(note)
                    say(f"{event.recipe}: {event.used} good images, {event.seconds:.1f} s.")
                case JobCancelled():
                    warn("Stopped; no recipe was written.")
                    return 1
    return 0


def batch(options: argparse.Namespace) -> int:
    """Inspects a folder into a project."""
    from inspector_app.services.batch import run_batch

    recipe = read_recipe(options.recipe)
    path = Path(options.project)
    if path.exists() and not options.resume:
        raise BadInputError(
            f"The project {path} is there already.",
            "Add --resume to go on with it, or name another file.",
        )
    lock = projects.ProjectLock(path)
    if not lock.acquire():
        raise BadInputError(
            f"The project {path} is in use by {lock.owner()}.", "Close it there first."
        )
    line = ProgressLine()
    try:
        engine = engines.local(recipe.engine)
        with stop_on_interrupt() as stop, projects.open_folder(options.folder, path) as project:
            projects.expand_pages(project)
            images = project.images()
            if not images:
                raise BadInputError(
                    f"There is no image in {options.folder}.",
                    "Choose a folder with JPEG, PNG, TIFF, BMP or WebP files.",
                )
            names = {image.id: image.path for image in images}
            for event in run_batch(project, images, recipe, engine, stop):
                if isinstance(event, BatchFinished):
                    warn(
                        f"{event.inspected} inspected, {event.skipped} skipped (done before), "
                        f"{event.failed} failed, {event.seconds:.1f} s."
                    )
                    return 1 if event.stopped else 0
                name = names[event.image_id]
                line.show(Progress(event.done, event.total, Path(name).name))
                if event.trouble:
                    warn(event.trouble)
                if options.json:
                    record: dict[str, Any] = {"image": name, "engine": engine.id}
                    if event.verdict is not None:
                        record["verdict"] = event.verdict.value
                    if event.trouble:
                        record["error"] = event.trouble
                    emit(record | {"seconds": round(event.seconds, 4)})
    finally:
        lock.release()
    return 1


def report(options: argparse.Namespace) -> int:
    """Writes the reports of a project."""
    from inspector_app.services.report import write_reports

    formats = [part.strip() for part in options.format.split(",") if part.strip()]
    if not Path(options.project).is_file():
        raise BadInputError(f"There is no project {options.project}.", "Check the path.")
    with projects.open_project(options.project, read_only=True) as project:
        for path in write_reports(project, formats, Path(options.out), options.language):
            say(str(path))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measures an engine on a manifest."""
    from inspector_app.services.evaluate import Report, evaluate_detection

    if options.recipe:
        read_recipe(options.recipe)  # a broken recipe is told before anything is loaded
    engine = engines.local(options.engine)
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for event in evaluate_detection(
            options.manifest, options.split, engine, options.recipe, stop
        ):
            if isinstance(event, Report):
                _write_json(Path(options.json), event.to_json())
                for name, metric in event.metrics.items():
                    say(f"{name:<20} {metric.value:.3f} [{metric.low:.3f}, {metric.high:.3f}]")
                return 0
            line.show(event)
    return 1


def benchmark(options: argparse.Namespace) -> int:
    """Measures speed and memory, a row a line."""
    from inspector_app.services.benchmark import run_rows

    wanted = [part.strip() for part in options.rows.split(",") if part.strip()]
    rows: list[dict[str, Any]] = []
    for row in run_rows(wanted):
        emit(row)
        rows.append(row)
    if options.json:
        text = "".join(json.dumps(row) + "\n" for row in rows)
        _write_text(Path(options.json), text)
    return 0 if all(row["valid"] for row in rows) else 1


def _write_json(path: Path, data: dict[str, Any]) -> None:
    _write_text(path, json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: object) -> Any:
    if isinstance(value, Sequence):
        return list(value)
    return str(value)


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"Cannot write {path}: {error.strerror}.") from error
