"""Samples as files: our manifest, COCO, YOLO and the box JSON; `importers` reads them again.

Images are not copied: files name them by their path from the file's folder, so they must lie in it
or below.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import BadInputError
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.samples import SPLITS, Sample
from inspector_app.domain.tasks import Task
from inspector_app.imaging.decode import ImageInfo, probe
from inspector_app.learning.importers.coco import UPRIGHT
from inspector_app.learning.importers.nested import nest
from inspector_app.learning.importers.places import turn_back
from inspector_app.store.whole_files import write_whole

_NAMES = {Task.DETECTION: "detect", Task.EXTRACT: "receipt"}


def write_manifest(samples: Sequence[Sample], path: Path) -> None:
    """Writes our form, boxes in pixels of the stored image.

    Raises:
        BadInputError: An image lies outside the folder of the file.
        ImageError: An image with boxes cannot be read.
        StoreError: Not written.
    """
    lines = [json.dumps(_row(sample, path.parent), ensure_ascii=False) for sample in samples]
    write_whole(path, "".join(f"{line}\n" for line in lines))


def write_coco(samples: Sequence[Sample], path: Path) -> None:
    """Writes a COCO detection file of upright images; samples of other tasks are left out.

    Raises:
        BadInputError: An image lies outside the folder of the file.
        ImageError: An image cannot be read.
        StoreError: Not written.
    """
    placed = _placed(samples)
    labels = _labels(placed)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, (image, found) in enumerate(placed, 1):
        info = _info(image)
        name = _relative(image, path.parent)
        size = {"width": info.width, "height": info.height}
        images.append({"id": number, "file_name": name, **size, UPRIGHT: True})
        for each in found:
            box = each.box
            x, y = box.x1 * info.width, box.y1 * info.height
            width, height = box.width * info.width, box.height * info.height
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": number,
                    "category_id": labels[each.label] + 1,
                    "bbox": [_short(value) for value in (x, y, width, height)],
                    "area": _short(width * height),
                    "iscrowd": 0,
                }
            )
    categories = [{"id": number + 1, "name": label} for label, number in labels.items()]
    data = {"images": images, "annotations": annotations, "categories": categories}
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_yolo(samples: Sequence[Sample], folder: Path) -> None:
    """Writes data.yaml, lists of images, and labels beside them; see `importers.yolo`.

    Raises:
        BadInputError: An image does not lie in a folder `images` of this folder, so that its
            labels have no place.
        StoreError: Not written.
    """
    import yaml

    placed = _placed(samples)
    labels = _labels(placed)
    splits = {sample.images[0]: sample.split for sample in samples if sample.images}
    lists: dict[str, list[str]] = {split: [] for split in SPLITS}
    for image, found in placed:
        name = _relative(image, folder)
        parts = list(Path(name).parts)
        if "images" not in parts[:-1]:
            raise BadInputError(
                f"{name} does not lie in a folder named images.", "YOLO needs one; move the images."
            )
        at = len(parts) - 2 - parts[-2::-1].index("images")
        parts[at] = "labels"
        lines = []
        for each in found:
            box = each.box
            numbers = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, box.width, box.height)
            lines.append(" ".join([str(labels[each.label]), *(f"{n:.6f}" for n in numbers)]))
        labels_path = folder.joinpath(*parts).with_suffix(".txt")
        write_whole(labels_path, "".join(f"{line}\n" for line in lines))
        lists[splits[image]].append(name)
    data: dict[str, Any] = {"names": list(labels)}
    for split, names in lists.items():
        if names:
            write_whole(folder / f"{split}.txt", "".join(f"{name}\n" for name in names))
            data[split] = f"{split}.txt"
    write_whole(folder / "data.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def write_boxes(samples: Sequence[Sample], path: Path) -> None:
    """Writes the box JSON: a row for each box, and one for each image without.

    Raises:
        BadInputError: An image lies outside the folder of the file.
        ImageError: An image cannot be read.
        StoreError: Not written.
    """
    rows: list[dict[str, Any]] = []
    for sample in samples:
        if sample.task is not Task.DETECTION or not sample.images:
            continue
        info = _info(sample.images[0])
        width, height = _stored(info)
        boxes: list[list[float]] = [
            [_short(100 * value) for value in _corners(found, info)]
            for found in sample.located or ()
        ]
        rows += [
            {
                "image_path": _relative(sample.images[0], path.parent),
                "bbox": box,
                "class": sample.category,
                "is_broken": bool(sample.is_defect),
                "height": height,
                "width": width,
            }
            for box in boxes or [[]]
        ]
    write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _row(sample: Sample, folder: Path) -> dict[str, Any]:
    images = [_relative(path, folder) for path in sample.images[:1]]
    row: dict[str, Any] = {
        "image": images[0] if images else None,
        "split": sample.split,
        "task": _NAMES.get(sample.task, sample.task.value),
        "category": sample.category,
        "language": sample.language,
    }
    if sample.question:
        row["question"] = sample.question
    if sample.answers:
        row["answer"] = sample.answers[0]
    if len(sample.answers) > 1:
        row["answers"] = list(sample.answers)
    if sample.explanations:
        row["explanation"] = list(sample.explanations)
    if sample.task is Task.DETECTION:
        return row | _detect(sample, folder)
    if sample.question_type:
        row["question_type"] = sample.question_type
    if sample.task is Task.EXTRACT:
        width, height = _stored(_info(sample.images[0]))
        row |= {"width": width, "height": height, "text_lines": [], "line_boxes": []}
        row["fields"] = nest(sample.fields)
    elif sample.located and sample.images:
        row |= _boxes(sample)
    return row


def _detect(sample: Sample, folder: Path) -> dict[str, Any]:
    level = "image" if sample.located is None else "box"
    return {
        "is_defect": bool(sample.is_defect),
        "defect_type": sample.question_type or None,
        "mask": _relative(sample.mask, folder) if sample.mask else None,
        "golden": _relative(sample.golden, folder) if sample.golden else None,
        "label_level": "mask" if sample.mask else level,
    } | _boxes(sample)


def _boxes(sample: Sample) -> dict[str, Any]:
    info = _info(sample.images[0])
    width, height = _stored(info)
    boxes: list[list[float]] | None = None
    if sample.located is not None:
        boxes = []
        for found in sample.located:
            x1, y1, x2, y2 = _corners(found, info)
            boxes.append([_short(v) for v in (x1 * width, y1 * height, x2 * width, y2 * height)])
    labels = [found.label for found in sample.located or ()]
    return {"boxes": boxes, "box_types": labels, "width": width, "height": height}


def _placed(samples: Sequence[Sample]) -> list[tuple[str, tuple[FoundBox, ...]]]:
    """Images of known places, with their boxes; those of unknown place are no good parts."""
    return [
        (sample.images[0], sample.located)
        for sample in samples
        if sample.task is Task.DETECTION and sample.images and sample.located is not None
    ]


def _labels(placed: Sequence[tuple[str, tuple[FoundBox, ...]]]) -> dict[str, int]:
    names = sorted({each.label for _, found in placed for each in found})
    return {name: number for number, name in enumerate(names)}


def _corners(found: FoundBox, info: ImageInfo) -> tuple[float, float, float, float]:
    """Corners of a box in fractions of the stored image."""
    box = found.box
    return turn_back((box.x1, box.y1, box.x2, box.y2), info.orientation)


def _stored(info: ImageInfo) -> tuple[int, int]:
    turned = info.orientation >= 5
    return (info.height, info.width) if turned else (info.width, info.height)


def _info(path: str) -> ImageInfo:
    return probe(path)


def _relative(path: str, folder: Path) -> str:
    relative = os.path.relpath(path, folder.absolute())
    if relative.startswith(".."):
        raise BadInputError(
            f"{path} does not lie in {folder}.", "Write the file into a folder around the images."
        )
    return Path(relative).as_posix()


def _short(value: float) -> float:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
