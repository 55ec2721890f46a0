"""ViVQA-X: JSON of questions in Vietnamese with explanations, about images of COCO val2014.

A list of rows, or an object of rows by question number as VQA-X has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.coco_names import find_coco, missing_image, without_images
from inspector_app.learning.importers.rows import Concerns, RowError, read_json, split_of


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a JSON file.

    Raises:
        BadInputError: It is missing, or neither list nor object.
    """
    path = Path(source.path)
    data = read_json(path)
    if isinstance(data, dict):
        rows = list(data.items())
    elif isinstance(data, list):
        rows = [(str(number), row) for number, row in enumerate(data, 1)]
    else:
        raise BadInputError(f"{path} holds no rows.", "Choose another form.")
    folder = Path(source.images) if source.images else None
    if folder is None:
        without_images(concerns, path.name)
    split = split_of(Path(path.name), source.split)
    for number, row in rows:
        where = f"{path.name}, row {number}"
        sample = concerns.attempt(where, _sample, row, folder, split, where, concerns)
        if sample is not None:
            yield sample


def _sample(
    row: Any, folder: Path | None, split: str, where: str, concerns: Concerns
) -> Sample | None:
    if not isinstance(row, dict):
        raise RowError("A row is not a JSON object.")
    question = row.get("question")
    answers = _answers(row)
    if not isinstance(question, str) or not question.strip() or not answers:
        raise RowError("A row has no question or no answer.")
    images: tuple[str, ...] = ()
    if folder is not None:
        named = row.get("image_name")
        found = find_coco(folder, named if named else row.get("image_id"))
        if found is None:
            missing_image(concerns, folder, where)
            return None
        images = (str(found),)
    return Sample(
        images=images,
        task=Task.VQA,
        split=split,
        question=question.strip(),
        answers=answers,
        explanations=_texts(row.get("explanation")),
        question_type=str(row.get("answer_type") or row.get("question_type") or ""),
        language="vi",
        source=where,
    )


def _answers(row: dict[str, Any]) -> tuple[str, ...]:
    """The usual answer, then those of each person asked."""
    usual = _texts(row.get("answer"))
    several = row.get("answers")
    if isinstance(several, list):
        several = [each.get("answer") if isinstance(each, dict) else each for each in several]
    found = _texts(several)
    if usual or not found:
        return usual + found
    return (max(found, key=found.count), *found)


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(each.strip() for each in values if isinstance(each, str) and each.strip())
