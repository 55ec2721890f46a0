"""Opening folders and projects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from inspector_app.domain.errors import BadInputError, StoreError
from inspector_app.parsing.documents.recheck import count_open
from inspector_app.services.images import expand, list_images, no_image
from inspector_app.store.lock import ProjectLock
from inspector_app.store.places import data_folder
from inspector_app.store.project import Project as StoredProject

__all__ = [
    "Project",
    "ProjectLock",
    "add_paths",
    "data_folder",
    "expand",
    "list_images",
    "open_files",
    "open_folder",
    "open_project",
    "project_path_for",
    "save_copy",
]

SUFFIX = ".inspect"


class Project(StoredProject):
    """A project whose documents are checked again when they are corrected."""

    count_conflicts = staticmethod(count_open)


def project_path_for(folder: str | Path) -> Path:
    """Where the project of a folder lies: one file a folder, in the user's data folder.

    The images' own folder is left as it is: it is often a camera's or a server's.
    """
    folder = Path(folder).resolve()
    digest = hashlib.sha256(str(folder).encode("utf-8")).hexdigest()[:8]
    name = re.sub(r"[^\w.-]+", "_", folder.name) or "folder"
    target = data_folder() / "projects"
    target.mkdir(parents=True, exist_ok=True)
    return target / f"{name}-{digest}{SUFFIX}"


def open_project(path: str | Path, *, create: bool = False, read_only: bool = False) -> Project:
    """Opens a project file, or makes it when `create` is set and there is none.

    Raises:
        StoreError: It cannot be opened; the message says why and how to mend it.
    """
    path = Path(path)
    if create and not path.exists():
        return Project.create(path, title=path.stem)
    return Project.open(path, read_only=read_only)


def open_folder(folder: str | Path, project_path: str | Path | None = None) -> Project:
    """Opens the project of a folder, making it first if need be, and adds new images.

    Raises:
        BadInputError: The folder cannot be read.
        StoreError: The project cannot be opened.
    """
    paths = list_images(folder)
    if not paths and project_path is not None and not Path(project_path).exists():
        raise no_image(folder)
    project = open_project(project_path or project_path_for(folder), create=True)
    if not project.read_only:
        if not project.get_meta("folder"):
            project.set_meta("folder", str(Path(folder).resolve()))
            project.set_meta("title", Path(folder).resolve().name)
        project.add_images(paths)
    return project


def open_files(paths: Sequence[str], project_path: str | Path) -> Project:
    """Opens or makes a project and adds single image files to it.

    Raises:
        BadInputError: Nothing to add.
        StoreError: The project cannot be opened.
    """
    if not paths:
        raise _nothing()
    project = open_project(project_path, create=True)
    if not project.read_only:
        add_paths(project, paths)
    return project


def add_paths(project: Project, paths: Sequence[str]) -> int:
    """Adds image files to a project; returns how many were new.

    Raises:
        BadInputError: Nothing to add.
        StoreError: The project cannot be written.
    """
    if not paths:
        raise _nothing()
    return project.add_images(paths)


def _nothing() -> BadInputError:
    return BadInputError(
        "There is no image in what was dropped.",
        "Drop image files (JPEG, PNG, TIFF, BMP, WebP, PDF) or a folder that holds some.",
    )


def save_copy(project: Project, path: str | Path) -> None:
    """Writes the whole project to another file (File > Save as).

    Raises:
        BadInputError: Another window has that project open.
        StoreError: The file cannot be written.
    """
    path = Path(path).resolve()
    if path == project.path:
        return
    lock = ProjectLock(path)
    if not lock.acquire():
        raise BadInputError(
            f"The project {path.name} is in use by {lock.owner()}.", "Choose another name."
        )
    try:
        _write_copy(project, path)
    finally:
        lock.release()


def _write_copy(project: Project, path: Path) -> None:
    import sqlite3

    part = path.with_name(path.name + ".part")
    try:
        source = sqlite3.connect(f"{project.path.resolve().as_uri()}?mode=ro", uri=True)
        part.unlink(missing_ok=True)
        target = sqlite3.connect(part)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
        part.replace(path)
        for name in ("-wal", "-shm"):  # of the file that was there: they would spoil the new one
            path.with_name(path.name + name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"Cannot save {path.name}: {error}.", "Choose another folder or free some space."
        ) from error
