"""Writes the reports of a project in the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.errors import BadInputError
from inspector_app.reports import coco, html, json_report, pdf, sheets
from inspector_app.reports.files import stem_of, write_whole
from inspector_app.reports.summary import ReportData, StoppedError, collect
from inspector_app.reports.texts import LANGUAGES, Words
from inspector_app.store.project import Project

Progress = Callable[[int, int, str], None]
FORMATS = ("pdf", "html", "xlsx", "csv", "json", "coco")
_WITH_PICTURES = ("pdf", "html")


def export(
    project: Project,
    formats: Sequence[str],
    out: Path,
    language: str = "en",
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[Path]:
    """Writes reports into a folder; a report is written whole or not at all.

    Args:
        project: The project; only it and, for pictures, the image files are read.
        formats: Of `FORMATS`.
        out: The folder; made if it is not there. Files are named after the project.
        language: "en" or "vi".
        progress: Called with steps done, steps in all, and the name of the file being written.
        stop: Asked now and then; once true, the files that are whole stay, and no more come.

    Returns:
        The paths of the files written.

    Raises:
        BadInputError: An unknown format or language.
        StoreError: The project cannot be read, or a file cannot be written.
    """
    _check(formats, language)
    words = Words(language)
    written: list[Path] = []
    try:
        data = collect(project, stop)
        steps = _Steps(data, formats, progress, stop)
        stem = out / stem_of(project.path)
        for name in dict.fromkeys(formats):
            for path, write in _files(name, stem, project, data, words, steps):
                steps.begin(path.name)
                written.append(write_whole(path, write))
            steps.end()
    except StoppedError:
        return written
    return written


def _files(
    name: str, stem: Path, project: Project, data: ReportData, words: Words, steps: _Steps
) -> list[tuple[Path, Callable[[Path], None]]]:
    def path(suffix: str) -> Path:
        return stem.with_name(stem.name + suffix)

    match name:
        case "pdf":
            return [(path(".pdf"), lambda p: pdf.write(p, project, data, words, steps.step))]
        case "html":
            return [(path(".html"), lambda p: html.write(p, project, data, words, steps.step))]
        case "xlsx":
            return [(path(".xlsx"), lambda p: sheets.write_xlsx(p, data, words))]
        case "csv":
            return [
                (path("-images.csv"), lambda p: sheets.write_images_csv(p, data, words)),
                (path("-findings.csv"), lambda p: sheets.write_findings_csv(p, data, words)),
            ]
        case "json":
            return [(path(".json"), lambda p: json_report.write(p, data))]
        case _:
            return [(path(".coco.json"), lambda p: coco.write(p, data))]


def _check(formats: Sequence[str], language: str) -> None:
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise BadInputError(
            f"There is no report format {', '.join(unknown) or 'given'}.",
            f"Choose from {', '.join(FORMATS)}.",
        )
    if language not in LANGUAGES:
        raise BadInputError(
            f"There are no reports in the language {language}.",
            f"Choose from {', '.join(LANGUAGES)}.",
        )


@dataclass(slots=True)
class _Steps:
    """Counts the steps of a whole export: one a picture, one a format."""

    data: ReportData
    formats: Sequence[str]
    progress: Progress | None
    stop: Callable[[], bool] | None
    done: int = 0
    text: str = ""

    @property
    def total(self) -> int:
        pictures = min(len(self.data.flagged), pdf.MOST_PAGES)
        return sum(1 + pictures * (name in _WITH_PICTURES) for name in dict.fromkeys(self.formats))

    def begin(self, text: str) -> None:
        """Names the file that is being written.

        Raises:
            StoppedError: The caller wants no more.
        """
        self.text = text
        self._go_on()

    def step(self) -> None:
        """Counts one picture.

        Raises:
            StoppedError: The caller wants no more.
        """
        self.done += 1
        self._go_on()

    def end(self) -> None:
        """Counts a format; not asked to stop, for its file is whole."""
        self.done += 1
        self._tell()

    def _go_on(self) -> None:
        if self.stop is not None and self.stop():
            raise StoppedError
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total, self.text)
