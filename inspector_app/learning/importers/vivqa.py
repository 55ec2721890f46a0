"""ViVQA: CSV of questions in Vietnamese about COCO images (img_id, question, answer, type)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.coco_names import find_coco, missing_image, without_images
from inspector_app.learning.importers.rows import Concerns, RowError, read_text, split_of

_NEEDED = ("img_id", "question", "answer")
_TYPES = {"0": "object", "1": "number", "2": "color", "3": "location"}


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a CSV file.

    Raises:
        BadInputError: It is missing, or lacks a column.
    """
    path = Path(source.path)
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    try:
        names = rows.fieldnames or ()
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise BadInputError(
                f"Line 1 of {path.name} names no column {missing[0]}.",
                f"Its first line must name {', '.join(_NEEDED)}.",
            )
        folder = Path(source.images) if source.images else None
        if folder is None:
            without_images(concerns, path.name)
        split = split_of(Path(path.name), source.split)
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            sample = concerns.attempt(where, _sample, row, folder, split, where, concerns)
            if sample is not None:
                yield sample
    except csv.Error as error:
        raise BadInputError(f"Line {rows.line_num} of {path.name} is no CSV: {error}.") from error


def _sample(
    row: dict[str, str | None], folder: Path | None, split: str, where: str, concerns: Concerns
) -> Sample | None:
    question, answer = ((row.get(name) or "").strip() for name in ("question", "answer"))
    if not question or not answer:
        raise RowError("A row has no question or no answer.")
    images: tuple[str, ...] = ()
    if folder is not None:
        found = find_coco(folder, (row.get("img_id") or "").strip())
        if found is None:
            missing_image(concerns, folder, where)
            return None
        images = (str(found),)
    kind = (row.get("type") or "").strip()
    return Sample(
        images=images,
        task=Task.VQA,
        split=split,
        question=question,
        answers=(answer,),
        question_type=_TYPES.get(kind, kind),
        language="vi",
        source=where,
    )
