"""The report as one JSON document, for other programs."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from pathlib import Path
from typing import Any

from inspector_app.domain.verdicts import Limits
from inspector_app.reports.summary import FindingRow, ImageRow, ReportData

SCHEMA = "inspector-report"
VERSION = 1


def write(path: Path, data: ReportData) -> None:
    """Writes the document: sorted keys, keys absent where they do not apply.

    Raises:
        OSError: Not written.
    """
    text = json.dumps(document(data), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", "utf-8", newline="\n")


def document(data: ReportData) -> dict[str, Any]:
    """Returns the report as plain objects."""
    return {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "project": {
            "title": data.title,
            "file": data.file,
            "created": data.created,
            "changed": data.changed,
            "rendered_images": data.rendered,
        },
        "summary": present(
            {
                "counts": dict(data.counts),
                "images": len(data.images),
                "overruled": data.overruled,
                "recipes": list(data.recipes),
                "engines": list(data.engines),
                "first": data.first,
                "last": data.last,
                "median_seconds": number(data.median_seconds),
                "limits": _limits(data.limits),
                "pareto": [{"label": label, "count": count} for label, count in data.pareto],
            }
        ),
        "images": [_image(row) for row in data.images],
    }


def _image(row: ImageRow) -> dict[str, Any]:
    overruled = {
        "person": row.person,
        "verdict": row.verdict.value if row.verdict else None,
        "code": row.code,
        "text": row.code_text,
        "note": row.person_note,
    }
    return present(
        {
            "image": row.path,
            "name": row.name,
            "page": row.page,
            "width": row.width or None,
            "height": row.height or None,
            "sha256": row.sha256,
            "status": row.status,
            "verdict": row.verdict.value if row.verdict else None,
            "engine_verdict": row.engine_verdict.value if row.engine_verdict else None,
            "overrule": present(overruled) if row.person else None,
            "score": number(row.score),
            "limits": _limits(row.limits),
            "engine": row.engine,
            "adapter": row.adapter,
            "recipe": row.recipe,
            "reasons": list(row.reasons),
            "seconds": number(row.seconds),
            "created": row.created,
            "trouble": row.trouble,
            "boxes": [_finding(finding) for finding in row.findings],
        }
    )


def _finding(finding: FindingRow) -> dict[str, Any]:
    return present(
        {
            "label": finding.label,
            "xyxy": list(finding.pixels) if finding.pixels else None,
            "score": number(finding.score),
            "author": finding.author,
            "author_kind": "person" if finding.by_person else "engine",
            "state": finding.state.value,
            "note": finding.note,
            "created": finding.created,
        }
    )


def _limits(limits: Limits | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    # JSON has no infinity: null stands for a limit that nothing reaches.
    values = {field.name: getattr(limits, field.name) for field in fields(limits)}
    return {
        name: number(value) if isinstance(value, float) else value for name, value in values.items()
    }


def number(value: float | None) -> float | None:
    """Returns a number that JSON can hold; None for none and for infinity."""
    return value if value is not None and math.isfinite(value) else None


def present(values: dict[str, Any]) -> dict[str, Any]:
    """Returns an object without the keys that do not apply."""
    return {key: value for key, value in values.items() if value is not None and value != ""}
