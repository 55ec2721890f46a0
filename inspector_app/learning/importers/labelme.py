"""labelme: a JSON file for each image, shapes in pixels of the upright image."""

from __future__ import annotations

import math
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
    need_folder,
    read_json,
    split_of,
    with_stem,
)
from inspector_app.learning.importers.tables import Labelled, annotated, bounds, numbers, place_all

_POINTS = ("point", "points")  # shapes without an area


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a folder of such files; images without one are left out.

    Raises:
        BadInputError: It is missing, or has no JSON file.
    """
    root = need_folder(Path(source.path)).absolute()
    files = sorted(root.rglob("*.json"))
    if not files:
        raise BadInputError(f"{root} has no JSON file.", "Choose a folder that labelme saved in.")
    placer = Placer(concerns)
    for path in files:
        where = str(path.relative_to(root))
        split = split_of(path.relative_to(root), source.split)
        folder = Path(source.images) if source.images else path.parent
        sample = concerns.attempt(
            where, _sample, path, root, folder, split, placer, concerns, where
        )
        if sample is not None:
            yield sample
    placer.finish(root.name)


def _sample(
    path: Path,
    root: Path,
    folder: Path,
    split: str,
    placer: Placer,
    concerns: Concerns,
    where: str,
) -> Sample:
    try:
        data = read_json(path)
    except BadInputError as error:
        raise RowError(str(error)) from error
    if not isinstance(data, dict) or not isinstance(data.get("shapes"), list):
        raise RowError("A file has no list of shapes.")
    name = data.get("imagePath")
    # labelme writes "../images/a.jpg" where images and files lie in two folders.
    near = path.parent / name if isinstance(name, str) and name else None
    inside = near is not None and near.resolve().is_relative_to(root.resolve()) and near.is_file()
    image = near if inside else locate(folder, Path(str(name or path.stem)).name)
    if image is None or not image.is_file():
        image = with_stem(folder, path.stem)
    if image is None:
        raise RowError("The image of a file is not there.")
    found: list[Labelled] = []
    for shape in data["shapes"]:
        if not _is_point(shape):
            labelled = concerns.attempt(where, _labelled, shape)
            if labelled is not None:
                found.append(labelled)
    located = ()
    if any(not _is_point(shape) for shape in data["shapes"]):
        located = place_all(found, placer.frame(image, upright=True), placer, concerns, where)
    return annotated(image, split, located, where)


def _is_point(shape: Any) -> bool:
    return isinstance(shape, dict) and shape.get("shape_type") in _POINTS


def _labelled(shape: Any) -> Labelled:
    points = shape.get("points") if isinstance(shape, dict) else None
    if not isinstance(points, list):
        raise RowError("A shape has no points.")
    flat = [value for point in points for value in numbers(point)]
    label = str(shape.get("label") or "")
    if shape.get("shape_type") == "circle" and len(flat) == 4:
        x, y, edge_x, edge_y = flat
        radius = math.hypot(edge_x - x, edge_y - y)
        return label, (x - radius, y - radius, x + radius, y + radius)
    return label, bounds(flat)
