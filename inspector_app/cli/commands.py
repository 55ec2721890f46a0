"""The commands: each turns options into a call of a service and prints what comes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.cli.console import ProgressLine, emit, say, stop_on_interrupt, warn
from inspector_app.domain.errors import BadInputError, InspectorError, StoreError
from inspector_app.domain.evaluation import Evaluation, Metric
from inspector_app.domain.images import PDF_DPI
from inspector_app.domain.jobs import BatchFinished, FitFinished, JobCancelled, Progress
from inspector_app.services import doctor as doctor_service
from inspector_app.services import engines, pages, projects
from inspector_app.services.images import no_image
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
            _add_pages(project)
            images = project.images()
            if not images:
                raise no_image(options.folder)
            by_id = {image.id: image for image in images}
            paged = {image.path for image in images if image.page}
            for event in run_batch(project, images, recipe, engine, stop):
                if isinstance(event, BatchFinished):
                    warn(
                        f"{event.inspected} inspected, {event.skipped} skipped (done before), "
                        f"{event.failed} failed, {event.seconds:.1f} s."
                    )
                    nothing = event.failed and not event.inspected and not event.skipped
                    return 1 if event.stopped or nothing else 0
                image = by_id[event.image_id]
                name = image.path
                line.show(Progress(event.done, event.total, Path(name).name))
                if event.trouble:
                    warn(event.trouble)
                if options.json:
                    record: dict[str, Any] = {"image": name, "engine": engine.id}
                    if name in paged:
                        record["page"] = image.page + 1
                    if event.verdict is not None:
                        record["verdict"] = event.verdict.value
                    if event.trouble:
                        record["error"] = event.trouble
                    emit(record | {"seconds": round(event.seconds, 4)})
    finally:
        lock.release()
    return 1


def _add_pages(project: projects.Project) -> None:
    """Adds the pages of files with several; of a very long PDF those that the window offers."""
    for pdf in pages.expand_pages(project).long:
        wanted = pages.first_offered(pdf)
        project.choose_pages(pdf.path, wanted, PDF_DPI)
        if len(wanted) < pdf.pages:
            warn(
                f"{Path(pdf.path).name} has {pdf.pages} pages; the first {len(wanted)} are "
                "inspected. Choose others in the window, or split the file."
            )


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
    if options.task == "receipt":
        return _evaluate_receipts(options)
    from inspector_app.services.evaluate import evaluate_detection
    from inspector_app.services.evaluate_answers import evaluate_answers
    from inspector_app.services.evaluations import write_evaluation

    if options.recipe:
        read_recipe(options.recipe)  # a broken recipe is told before anything is loaded
    _check_out_file(options.json)
    engine = engines.local(options.engine or "anomaly", warn)
    if options.adapter and not engine.capabilities.adapters:
        raise BadInputError(f"The engine {engine.id} takes no adapters.", "Leave out --adapter.")
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        job = (
            evaluate_answers(options.manifest, options.split, engine, stop, options.adapter)
            if options.task == "vqa"
            else evaluate_detection(
                options.manifest, options.split, engine, options.recipe, stop, options.adapter
            )
        )
        for event in job:
            if isinstance(event, Evaluation):
                write_evaluation(event, Path(options.json))
                _say_figures(event.metrics)
                return 0
            line.show(event)
    return 1


def compare(options: argparse.Namespace) -> int:
    """Compares two evaluations item by item."""
    from inspector_app.services.evaluations import compare, read_evaluation

    first, second = (read_evaluation(Path(path)) for path in (options.first, options.second))
    found = compare(first, second)
    if options.json:
        _check_out_file(options.json)
        _write_json(Path(options.json), found.to_json())
    for concern in found.concerns:
        warn(concern)
    say(f"A  {found.first}\nB  {found.second}\n")
    for name, (one, two) in found.metrics.items():
        say(f"{name:<24} A {one.value:.3f}   B {two.value:.3f}   {two.value - one.value:+.3f}")
    paired = found.paired
    say(
        f"\n{found.n} items: only A right {paired.first}, only B right {paired.second}, "
        f"alike {paired.even}; McNemar p = {paired.p:.3g}"
    )
    for row in found.groups:
        say(
            f"{f'{row.group} {row.value}':<32} n {row.n:<5} A {row.first:.3f}   B {row.second:.3f}"
            f"   p = {row.paired.p:.3g}"
        )
    return _judge(first, second, options) if options.judge else 0


def _judge(first: Evaluation, second: Evaluation, options: argparse.Namespace) -> int:
    """Lets a language engine judge the answers of two evaluations."""
    from inspector_app.services import judging

    engine = engines.local(options.judge, warn)
    match = judging.make_match(first, second, Path(options.second).stem, most=max(0, options.most))
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        for event in judging.judge_by_model(match, engine, stop, options.language):
            if isinstance(event, Progress):
                line.show(event)
                continue
            paired = event.paired
            say(
                f"\n{engine.id} judged {event.judged}: A better {paired.first}, B better "
                f"{paired.second}, even {paired.even}; sign test p = {paired.p:.3g}"
            )
            if event.scores is not None:
                say(f"mean points: A {event.scores[0]:.2f}, B {event.scores[1]:.2f}")
            say("".join(f"{name}: {value:.0f}  " for name, value in event.strengths).strip())
            return 0
    return 1


def _evaluate_receipts(options: argparse.Namespace) -> int:
    from inspector_app.services.evaluate_receipts import ENGINE, evaluate_receipts
    from inspector_app.services.evaluations import write_evaluation

    if options.recipe:
        raise BadInputError("Receipts are read without a recipe.", "Leave out --recipe.")
    _check_out_file(options.json)
    by_rules = options.engine in ("", ENGINE)
    engine = None if by_rules else engines.local(options.engine, warn)
    if options.adapter and (engine is None or not engine.capabilities.adapters):
        raise BadInputError(
            f"The engine {options.engine or ENGINE} takes no adapters.", "Leave out --adapter."
        )
    line = ProgressLine()
    with stop_on_interrupt() as stop:
        job = evaluate_receipts(
            options.manifest,
            options.split,
            stop,
            options.reader,
            engine,
            adapter=options.adapter,
            with_text=not options.without_text,
        )
        for event in job:
            if isinstance(event, Evaluation):
                write_evaluation(event, Path(options.json))
                _say_figures(event.metrics)
                return 0
            line.show(event)
    return 1


def _say_figures(metrics: dict[str, Metric]) -> None:
    for name, metric in metrics.items():
        say(f"{name:<24} {metric.value:.3f} [{metric.low:.3f}, {metric.high:.3f}]")


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
