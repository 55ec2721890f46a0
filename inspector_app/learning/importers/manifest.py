"""Our own form: JSON lines, see `learning.manifest`; any task, images by path or by COCO number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from inspector_app.domain.findings import FoundBox
from inspector_app.domain.samples import SPLITS, Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.coco_names import find_coco, missing_image, without_images
from inspector_app.learning.importers.nested import flatten
from inspector_app.learning.importers.places import Placer
from inspector_app.learning.importers.rows import Concerns, RowError
from inspector_app.learning.manifest import (
    detect_row,
    inside,
    labelled_boxes,
    read_lines,
    receipt_row,
    stated_size,
    word,
    words_of,
)

DEFECT = "defect"  # label of a box whose type is not known
TASKS = {"detect": Task.DETECTION, "receipt": Task.EXTRACT} | {task.value: task for task in Task}
_Row = dict[str, Any]
_Make = Callable[[_Row, Path, Placer, str], Sample]


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a manifest.

    Raises:
        BadInputError: It is missing, or a line is no JSON object.
    """
    path = Path(source.path)
    if path.is_dir():
        path = path / "manifest.jsonl"
    folder = Path(source.images) if source.images else None
    placer = Placer(concerns)
    for number, row in read_lines(path):
        where = f"{path.parent.name}/{path.name}:{number}"
        sample = concerns.attempt(where, _sample, row, path.parent, folder, placer, where, concerns)
        if sample is not None:
            yield sample
    placer.finish(path.name)


def _sample(
    row: _Row, folder: Path, images: Path | None, placer: Placer, where: str, concerns: Concerns
) -> Sample | None:
    try:
        split = word(row, "split")
        if split not in SPLITS:
            raise RowError(f"A line has the split {split!r}; it must be train, val or test.")
        name = word(row, "task")
        if name not in TASKS:
            raise RowError(f"A line has the task {name!r}, which is not known.")
        if name == "detect":
            return _detect(row, folder, placer, where)
        if name == "receipt":
            return _receipt(row, folder, where)
        return _asked(row, TASKS[name], folder, images, placer, where, concerns)
    except (KeyError, TypeError, ValueError) as error:
        raise RowError(f"A line lacks or garbles {error.args[0]!r}.") from error


def _detect(row: _Row, folder: Path, placer: Placer, where: str) -> Sample:
    found = detect_row(row, folder)
    located: tuple[FoundBox, ...] | None = None
    if found.boxes is not None:
        single = found.defect_type if "+" not in found.defect_type else ""
        types = found.box_types or (single or DEFECT,) * len(found.boxes)
        frame = placer.frame(Path(found.image), found.size) if found.boxes else None
        located = tuple(
            FoundBox(label or DEFECT, placer.box(box, frame, where))
            for label, box in zip(types, found.boxes, strict=True)
            if frame is not None
        )
    elif not found.is_defect:
        located = ()
    return Sample(
        images=(found.image,),
        task=Task.DETECTION,
        split=found.split,
        question=_text(row, "question"),
        located=located,
        is_defect=found.is_defect,
        category=found.category,
        language=_text(row, "language") or "en",
        mask=found.mask or "",
        golden=found.golden or "",
        question_type=found.defect_type,
        source=where,
    )


def _receipt(row: _Row, folder: Path, where: str) -> Sample:
    found = receipt_row(row, folder)
    return Sample(
        images=(found.image,),
        task=Task.EXTRACT,
        split=found.split,
        question=_text(row, "question"),
        answers=_answers(row),
        fields=flatten(row["fields"]),
        category=_text(row, "category"),
        language=_text(row, "language") or "en",
        source=where,
    )


def _asked(
    row: _Row,
    task: Task,
    folder: Path,
    images: Path | None,
    placer: Placer,
    where: str,
    concerns: Concerns,
) -> Sample | None:
    paths: tuple[str, ...] = ()
    if row.get("image") is not None:
        paths = (str(inside(folder, word(row, "image"), "image")),)
    elif images is not None:
        number, name = row.get("coco_image_id"), row.get("coco_image")
        found = find_coco(images, name if isinstance(name, str) else number)
        if found is None:
            missing_image(concerns, images, where)
            return None
        paths = (str(found),)
    elif row.get("coco_image_id") is not None:
        without_images(concerns, where)
    boxes = labelled_boxes(row)
    frame = placer.frame(Path(paths[0]), stated_size(row)) if boxes and paths else None
    return Sample(
        images=paths,
        task=task,
        split=word(row, "split"),
        question=_text(row, "question"),
        answers=_answers(row),
        located=tuple(
            FoundBox(label or DEFECT, placer.box(box, frame, where))
            for label, box in boxes
            if frame is not None
        ),
        fields=flatten(row["fields"]) if row.get("fields") is not None else (),
        explanations=words_of(row, "explanation"),
        question_type=_text(row, "question_type"),
        category=_text(row, "category"),
        language=_text(row, "language") or "en",
        source=where,
    )


def _answers(row: _Row) -> tuple[str, ...]:
    several = words_of(row, "answers")
    usual = _text(row, "answer")
    return several or ((usual,) if usual else ())


def _text(row: _Row, key: str) -> str:
    return word(row, key) if row.get(key) is not None else ""
