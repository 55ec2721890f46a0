"""The sample project: rendered parts that ship with the program, and their recipe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.engine import StopFlag
from inspector_app.domain.jobs import FitFinished, JobCancelled, Progress
from inspector_app.domain.paths import RESOURCES
from inspector_app.services.fit_request import FitRequest
from inspector_app.services.images import list_images
from inspector_app.services.projects import Project, open_project
from inspector_app.store.places import data_folder

SAMPLE = RESOURCES / "sample"
NAME = "Nut M8 (sample)"
# Its scratches are one or two pixels wide, so it is looked at in full size; the rest keeps the
# first start short.
_SETTINGS = (
    ("folds", 6),
    ("input_size", 512),
    ("synthetic_rounds", 0),
    ("synthetic_weight", 0.0),
)


def parts_folder() -> Path:
    """The parts to inspect."""
    return SAMPLE / "parts"


def good_folder() -> Path:
    """The golden images."""
    return SAMPLE / "good"


def is_sample(project: Project) -> bool:
    """Whether a project shows the rendered sample."""
    return project.get_meta("rendered") == "1"


def recipe_path(folder: Path | None = None) -> Path:
    """Where the fitted recipe of the sample lies."""
    return (folder or data_folder() / "recipes") / "sample" / "nut.toml"


def project_path() -> Path:
    """Where the sample's project lies."""
    folder = data_folder() / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "sample.inspect"


def open_sample(path: Path | None = None) -> Project:
    """Opens the sample project, making it first if need be."""
    target = path or project_path()
    project = open_project(target, create=True)
    if not project.read_only:
        project.set_meta("title", NAME)
        project.set_meta("rendered", "1")
        project.set_meta("folder", str(parts_folder()))
        project.add_images(list_images(parts_folder()))
    return project


def fit_request(folder: Path | None = None, language: str = "en") -> FitRequest:
    """How the sample's recipe is fitted."""
    return FitRequest(
        tuple(sorted(list_images(good_folder()))),
        str(recipe_path(folder)),
        name=NAME,
        settings=_SETTINGS,
        language=language,
    )


def fit_sample(
    stop: StopFlag, folder: Path | None = None, language: str = "en"
) -> Iterator[Progress | FitFinished | JobCancelled]:
    """Fits the sample's recipe in this process."""
    from inspector_app.services.fit import run_fit

    return run_fit(fit_request(folder, language), stop)
