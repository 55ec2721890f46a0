"""Reports of a project, from the store only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.errors import BadInputError
from inspector_app.store.project import Project

FORMATS = ("pdf", "html", "xlsx", "csv", "json", "coco")


def write_reports(
    project: Project,
    formats: Sequence[str],
    out: Path,
    language: str = "en",
    progress: Callable[[int, int, str], None] | None = None,
    stop: StopFlag | None = None,
) -> list[Path]:
    """Writes reports into a folder; returns their paths.

    Raises:
        BadInputError: An unknown format.
        StoreError: The folder cannot be written.
    """
    from inspector_app.reports.export import export

    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise BadInputError(
            f"There is no report format {', '.join(unknown) or 'given'}.",
            f"Choose from {', '.join(FORMATS)}.",
        )
    halt = stop.is_set if stop is not None else None
    return export(project, formats, out, language, progress, halt)
