"""The findings as a COCO detection file, for training and other tools."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from inspector_app.reports.summary import FindingRow, ImageRow, ReportData


def write(path: Path, data: ReportData) -> None:
    """Writes the file.

    Raises:
        OSError: Not written.
    """
    text = json.dumps(document(data), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", "utf-8", newline="\n")


def document(data: ReportData) -> dict[str, Any]:
    """Returns the findings as COCO has them.

    Images of unknown size are left out, and so are findings without a box or that a person
    rejected. Sizes and boxes are of the upright image (after EXIF rotation).
    """
    sized = [row for row in data.images if row.width and row.height]
    labels = sorted({f.label for row in sized for f in row.standing if f.box is not None})
    categories = {label: number for number, label in enumerate(labels, 1)}
    annotations: list[dict[str, Any]] = []
    for row in sized:
        for finding in row.standing:
            annotation = _annotation(row, finding, categories)
            if annotation is not None:
                annotations.append({"id": len(annotations) + 1, **annotation})
    note = "Upright images (after EXIF rotation)."
    if data.rendered:
        note += " Rendered images, not photographs."
    return {
        "info": {
            "description": f"{data.title}. {note}",
            "version": "1",
            "date_created": data.changed,
            "contributor": "Inspector",
        },
        "licenses": [],
        "images": [
            {
                "id": row.number,
                "file_name": row.name,
                "width": row.width,
                "height": row.height,
            }
            for row in sized
        ],
        "categories": [
            {"id": number, "name": label, "supercategory": "finding"}
            for label, number in categories.items()
        ],
        "annotations": annotations,
    }


def _annotation(
    row: ImageRow, finding: FindingRow, categories: dict[str, int]
) -> dict[str, Any] | None:
    if finding.box is None or finding.box.area <= 0:
        return None
    box = finding.box
    x, y = round(box.x1 * row.width, 2), round(box.y1 * row.height, 2)
    width, height = round(box.width * row.width, 2), round(box.height * row.height, 2)
    if width <= 0 or height <= 0:
        return None
    found: dict[str, Any] = {
        "image_id": row.number,
        "category_id": categories[finding.label],
        "bbox": [x, y, width, height],
        "area": round(width * height, 2),
        "segmentation": [[x, y, x + width, y, x + width, y + height, x, y + height]],
        "iscrowd": 0,
        "author": finding.author,
        "author_kind": "person" if finding.by_person else "engine",
        "state": finding.state.value,
    }
    if finding.score is not None and math.isfinite(finding.score):
        found["score"] = finding.score
    return found
