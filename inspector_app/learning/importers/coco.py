"""COCO detection files: images, annotations with bbox x, y, width, height in pixels, categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.samples import Sample
from inspector_app.domain.training import DataSource
from inspector_app.learning.importers.places import Placer
from inspector_app.learning.importers.rows import (
    Concerns,
    RowError,
    locate,
    read_json,
    split_of,
)
from inspector_app.learning.importers.tables import Labelled, annotated, numbers, place_all
from inspector_app.learning.manifest import stated_size

UPRIGHT = "upright"  # images of our own files say so by this key


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads such a file.

    Raises:
        BadInputError: It is missing, no JSON, or lacks a list.
    """
    path = Path(source.path)
    data = read_json(path)
    lists = ("images", "annotations", "categories")
    for name in lists:
        if not isinstance(data, dict) or not isinstance(data.get(name), list):
            raise BadInputError(f"{path.name} has no list {name}.", "Choose another form.")
    folder = Path(source.images) if source.images else path.parent
    split = split_of(Path(path.name), source.split)
    names = {
        each["id"]: str(each.get("name", ""))
        for each in data["categories"]
        if isinstance(each, dict) and isinstance(each.get("id"), int)
    }
    by_image: dict[Any, list[Labelled]] = defaultdict(list)
    for number, row in enumerate(data["annotations"]):
        if isinstance(row, dict) and row.get("iscrowd"):
            continue
        found = concerns.attempt(f"{path.name}, annotation {number}", _annotation, row, names)
        if found is not None:
            by_image[found[0]].append(found[1])
        elif isinstance(row, dict) and isinstance(row.get("image_id"), int | str):
            by_image[row["image_id"]]  # it is there, so that its image is no good part
    placer = Placer(concerns)
    for number, row in enumerate(data["images"]):
        found = by_image.pop(row.get("id"), None) if isinstance(row, dict) else None
        where = f"{path.name}, image {number}"
        sample = concerns.attempt(
            where, _sample, row, found, folder, split, placer, concerns, where
        )
        if sample is not None:
            yield sample
    if by_image:
        what = "Annotations belong to images that are not listed."
        concerns.add(what, path.name, count=len(by_image))
    placer.finish(path.name)


def _sample(
    row: Any,
    found: list[Labelled] | None,
    folder: Path,
    split: str,
    placer: Placer,
    concerns: Concerns,
    where: str,
) -> Sample:
    if not isinstance(row, dict) or not isinstance(row.get("file_name"), str):
        raise RowError("An image has no file_name.")
    image = locate(folder, row["file_name"])
    located = ()
    if found is not None:
        frame = placer.frame(image, stated_size(row), upright=row.get(UPRIGHT) is True)
        located = place_all(found, frame, placer, concerns, where)
    return annotated(image, split, located, where)


def _annotation(row: Any, names: dict[int, str]) -> tuple[Any, Labelled]:
    if not isinstance(row, dict) or not isinstance(row.get("image_id"), int | str):
        raise RowError("An annotation has no image_id.")
    if row.get("category_id") not in names:
        raise RowError("An annotation has a category that is not listed.")
    corners = numbers(row.get("bbox"))
    if len(corners) != 4:
        raise RowError("A box is not four numbers.")
    x, y, width, height = corners
    return row["image_id"], (names[row["category_id"]], (x, y, x + width, y + height))
