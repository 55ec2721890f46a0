"""YOLO: data.yaml, images in a folder images, labels in text files of the same name in labels.

A line is `class x y width height` in fractions (centre and size), or a polygon `class x y x y ...`.
"""

from __future__ import annotations

import os
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
    images_in,
    locate,
    read_text,
)
from inspector_app.learning.importers.tables import Labelled, annotated, bounds, place_all

_SPLITS = ("train", "val", "test")


def read(source: DataSource, concerns: Concerns) -> Iterator[Sample]:
    """Reads a data.yaml, or the folder that it lies in.

    Raises:
        BadInputError: It is missing, no YAML, or names no images or classes.
    """
    path = Path(source.path)
    if path.is_dir():
        found = next((p for n in ("data.yaml", "data.yml") if (p := path / n).is_file()), None)
        path = found or path / "data.yaml"
    data = _settings(path)
    names = _names(data, path)
    root = path.parent.absolute()
    placer = Placer(concerns, "fractions")
    for split in _SPLITS:
        given = data.get(split) or (data.get("valid") if split == "val" else None)
        for entry in given if isinstance(given, list) else [given]:
            if not isinstance(entry, str) or not entry:
                continue
            for image in _images(root, str(data.get("path") or ""), entry, path):
                where = str(image.relative_to(root))
                sample = concerns.attempt(
                    where, _sample, image, names, split, placer, concerns, where
                )
                if sample is not None:
                    yield sample


def _settings(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(read_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"Line {mark.line + 1} of {path.name}" if mark else path.name
        raise BadInputError(f"{line} is not YAML.", "Mend the file.") from error
    if not isinstance(data, dict):
        raise BadInputError(f"{path.name} holds no settings.", "Choose a data.yaml.")
    return data


def _names(data: dict[str, Any], path: Path) -> dict[int, str]:
    names = data.get("names")
    if isinstance(names, list):
        names = dict(enumerate(names))
    # Plain values only: the text of nested ones that refer to each other can grow without end.
    if not isinstance(names, dict) or not all(
        isinstance(key, int) and isinstance(value, str | int | float)
        for key, value in names.items()
    ):
        raise BadInputError(f"{path.name} lists no names of classes.", "Add names.")
    return {key: str(value) for key, value in names.items()}


def _images(root: Path, base: str, entry: str, path: Path) -> list[Path]:
    """Images of a split. Exporters write paths from elsewhere; what lies here counts."""
    tries = [root / base / entry, root / entry, root / entry.removeprefix("../")]
    for found in (Path(os.path.normpath(each)) for each in tries):
        if not found.is_relative_to(root):
            continue
        if found.is_dir():
            below = found / "images"
            return images_in(found) or (images_in(below) if below.is_dir() else [])
        if found.is_file() and found.suffix == ".txt":
            lines = [line.strip() for line in read_text(found).splitlines() if line.strip()]
            try:
                return [locate(root, line) for line in lines]
            except RowError as error:
                raise BadInputError(f"{found.name}: {error}") from error
    raise BadInputError(
        f"{path.name} names the images {entry}, which are not in {root}.",
        "Put them beside the file, or mend the path.",
    )


def _sample(
    image: Path,
    names: dict[int, str],
    split: str,
    placer: Placer,
    concerns: Concerns,
    where: str,
) -> Sample:
    labels = _labels_of(image)
    found: list[Labelled] = []
    lines = read_text(labels).splitlines() if labels.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{labels.name}:{number}"
            labelled = concerns.attempt(place, _labelled, line, names)
            if labelled is not None:
                found.append(labelled)
    located = ()
    if any(line.strip() for line in lines):
        # YOLO trainers turn images upright before they look at boxes.
        located = place_all(found, placer.frame(image, upright=True), placer, concerns, where)
    return annotated(image, split, located, where)


def _labels_of(image: Path) -> Path:
    parts = list(image.parent.parts)
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == "images":
            parts[index] = "labels"
            break
    return Path(*parts) / f"{image.stem}.txt"


def _labelled(line: str, names: dict[int, str]) -> Labelled:
    try:
        kind, *values = line.split()
        number, corners = int(kind), [float(value) for value in values]
    except ValueError:
        raise RowError("A line of labels is not a class and numbers.") from None
    if number not in names:
        raise RowError(f"A line of labels has the class {number}, which has no name.")
    if len(corners) in (4, 5):  # the fifth is a confidence
        x, y, width, height = corners[:4]
        return names[number], (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return names[number], bounds(corners)
