"""The commands: each turns options into a call of a service and prints what comes."""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.errors import BadInputError, InspectorError, StoreError
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

    _check_out_folder(options.out)
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
    bad = failed = 0
    with stop_on_interrupt() as stop:
        for path in options.images:
            if stop.is_set():
                return 1
            record: dict[str, Any] = {"image": path, "task": task.value, "engine": engine.id}
            try:
                width, height = image_size(path)
                if engine.capabilities.needs_recipe and not options.recipe:
                    raise BadInputError(
                        f"The engine {engine.id} decides by a recipe, and none is given.",
                        "Give one with --recipe, or make one with: inspector fit",
                    )
                request = InspectRequest(
                    tuple(filter(None, (path, options.golden))),
                    task,
                    options.question,
                    _boxes(options.box, width, height),
                    options.recipe,
                    options.language,
                )
            except BadInputError as error:
                bad += 1
                warn(_about(path, str(error)))
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
                what = "Stopped."
                if isinstance(last, Failed):
                    what = f"{last.what} {last.mend}".strip()
                if isinstance(last, Failed) and last.image:
                    bad += 1
                else:
                    failed += 1
                warn(_about(path, what))
                if options.json:
                    emit(record | {"error": what})
    if bad == len(options.images):
        return 2
    return 1 if bad or failed else 0


def _about(path: str, what: str) -> str:
    """Returns what is wrong with an image, with its path as given and that only once."""
    name = re.escape(Path(path).name)
    told, times = re.subn(rf"^(Cannot \w+ ){name}(?=[\s:.,])", lambda m: m[1] + path, what)
    return told if times else f"{path}: {what}"


def finished_record(last: Finished, provenance: Any, width: int, height: int) -> dict[str, Any]:
    """The JSON form of an answer; keys are absent where they do not apply."""
    record: dict[str, Any] = {"answer": last.answer}
    if provenance is not None and provenance.adapter:
        record["adapter"] = provenance.adapter
    record["boxes"] = [_box_record(box, width, height) for box in last.boxes]
    if last.score is not None and math.isfinite(last.score):
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
    from inspector_app.services.fit_request import request_from

    request = request_from(
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
    _check_out_file(options.out)
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
    _check_out_file(options.project, deep=False)
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
        if path.exists():
            _open_given(path).close()
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
                    nothing = event.failed and not event.inspected and not event.skipped
                    return 1 if event.stopped or nothing else 0
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
    _check_out_folder(options.out)
    with _open_given(Path(options.project)) as project:
        for path in write_reports(project, formats, Path(options.out), options.language):
            say(str(path))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measures an engine on a manifest."""
    from inspector_app.services.evaluate import Report, evaluate_detection

    if options.recipe:
        read_recipe(options.recipe)  # a broken recipe is told before anything is loaded
    _check_out_file(options.json)
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
    if options.json:
        _check_out_file(options.json)
    rows: list[dict[str, Any]] = []
    try:
        for row in run_rows(wanted):
            emit(row)
            rows.append(row)
    finally:  # a row that fails must not take the measured ones along
        if options.json and rows:
            text = "".join(json.dumps(row) + "\n" for row in rows)
            _write_text(Path(options.json), text)
    return 0 if all(row["valid"] for row in rows) else 1


def _open_given(path: Path) -> projects.Project:
    """Opens a project to read it; what cannot be opened as one is bad input."""
    try:
        return projects.open_project(path, read_only=True)
    except StoreError as error:
        raise BadInputError(error.what, error.mend) from error


def _check_out_folder(out: str) -> None:
    """Refuses a folder that cannot be made because a file is in its way."""
    for place in (Path(out), *Path(out).resolve().parents):
        if place.is_dir():
            return
        if place.exists():
            raise BadInputError(f"{place} is a file, not a folder.", "Choose another folder.")


def _check_out_file(out: str, deep: bool = True) -> None:
    """Refuses a place for a file before hours of work would be lost there.

    Args:
        out: The path as given.
        deep: Whether one folder may be missing, because it is made when the file is written.
    """
    path = Path(out).resolve()
    if path.is_dir():
        raise BadInputError(f"{out} is a folder, not a file.", "Name a file.")
    _check_out_folder(str(path.parent))
    if not path.parent.is_dir() and not (deep and path.parent.parent.is_dir()):
        raise BadInputError(f"There is no folder {path.parent}.", "Make it, or name another place.")


def _write_json(path: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, default=_plain, allow_nan=False)
    _write_text(path, text + "\n")


def _plain(value: object) -> Any:
    if isinstance(value, Sequence):
        return list(value)
    return str(value)


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InspectorError(
            f"Cannot write {path}: {reason}.", "Free some space, or name another place."
        ) from error
