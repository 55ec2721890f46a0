"""Box JSON: a list of rows with image_path, bbox (0..100), class, is_broken, height and width.

Rows of one image become one sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.samples import Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.places import Placer
from inspector_app.learning.importers.rows import (
    Concerns,
    RowError,
    locate,
    read_json,
    split_of,
)
from inspector_app.learning.importers.tables import numbers
from inspector_app.learning.manifest import stated_size

_Row = dict[str, Any]


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a file of boxes.

    Raises:
        BadInputError: It is missing or no JSON list.
    """
    path = Path(source.path)
    rows = read_json(path)
    if not isinstance(rows, list):
        raise BadInputError(f"{path} is not a JSON list of boxes.", "Choose another form.")
    folder = Path(source.images) if source.images else path.parent
    split = split_of(Path(path.name), source.split)
    grouped: dict[Path, list[tuple[str, _Row]]] = {}
    for number, row in enumerate(rows, 1):
        where = f"{path.name}, row {number}"
        image = concerns.attempt(where, _image, row, folder)
        if image is not None:
            grouped.setdefault(image, []).append((where, row))
    placer = Placer(concerns, "percent")
    for image, entries in grouped.items():
        where = entries[0][0]
        sample = concerns.attempt(where, _sample, image, entries, split, placer)
        if sample is not None:
            yield sample
    placer.finish(path.name)


def _image(row: Any, folder: Path) -> Path:
    if not isinstance(row, dict):
        raise RowError("A row is not a JSON object.")
    name = row.get("image_path")
    if not isinstance(name, str):
        raise RowError("A row lacks image_path.")
    return locate(folder, name)


def _sample(image: Path, entries: list[tuple[str, _Row]], split: str, placer: Placer) -> Sample:
    broken = [_broken(row) for _, row in entries]
    categories = [str(row.get("class") or "") for _, row in entries]
    found: list[FoundBox] = []
    unplaced = False
    for (where, row), is_broken in zip(entries, broken, strict=True):
        if not is_broken:
            continue  # the box of a good part is around the part
        boxes = row.get("bbox")
        if not boxes:
            unplaced = True
            continue
        frame = placer.frame(image, stated_size(row))
        several = boxes if isinstance(boxes, list) and isinstance(boxes[0], list) else [boxes]
        found += [FoundBox("defect", placer.box(numbers(b), frame, where)) for b in several]
    return Sample(
        images=(str(image),),
        task=Task.DETECTION,
        split=split,
        located=None if unplaced and not found else tuple(found),
        is_defect=any(broken),
        category=categories[0],
        source=entries[0][0],
    )


def _broken(row: _Row) -> bool:
    value = row.get("is_broken")
    if not isinstance(value, bool | int):
        raise RowError("A row does not say with true or false whether it is_broken.")
    return bool(value)
