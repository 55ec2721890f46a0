"""What readers of data sets share: troubles with single rows, paths of images, names of splits."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, ParamSpec, TypeVar

from inspector_app.domain.errors import BadInputError, ImageError
from inspector_app.domain.images import SUFFIXES
from inspector_app.domain.samples import Concern

T = TypeVar("T")
P = ParamSpec("P")
_SHOWN = 5  # places that a concern names
_SPLITS = {"val": "val", "valid": "val", "validation": "val", "dev": "val"}
_SPLITS |= {"train": "train", "training": "train", "test": "test", "testing": "test"}
_RANKS = {"error": 0, "warning": 1, "note": 2}


class RowError(Exception):
    """One row of a data set cannot be used; the message is one sentence without the place."""


class Concerns:
    """Collects what there is to say about data; what is said of many rows becomes one concern."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[list[str], int]] = {}

    def add(self, what: str, where: str = "", severity: str = "error", count: int = 1) -> None:
        """Notes a sentence about a place."""
        places, before = self._found.get((severity, what), ([], 0))
        if where and len(places) < _SHOWN and where not in places:
            places.append(where)
        self._found[severity, what] = (places, before + count)

    def attempt(
        self, where: str, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Returns what is made of a row; None, and a concern, when it is broken."""
        try:
            return make(*args, **kwargs)
        except (RowError, ImageError) as error:
            self.add(str(error), where)
        return None

    def listed(self) -> tuple[Concern, ...]:
        """Returns all, errors first."""
        found = [
            Concern(severity, what, tuple(places), count)
            for (severity, what), (places, count) in self._found.items()
        ]
        return tuple(by_rank(found))


def by_rank(concerns: Iterable[Concern]) -> list[Concern]:
    """Returns concerns with errors first, then warnings, then notes."""
    return sorted(concerns, key=lambda concern: _RANKS[concern.severity])


def read_text(path: Path) -> str:
    """Returns the text of a file.

    Raises:
        BadInputError: It is missing or no text.
    """
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadInputError(f"There is no file {path}.", "Check the path.") from None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path} is not text in UTF-8.", "Save it as UTF-8.") from error
    except OSError as error:
        raise BadInputError(f"Cannot read {path}: {error.strerror}.") from error


def read_json(path: Path) -> Any:
    """Returns what a JSON file holds.

    Raises:
        BadInputError: It is missing or no JSON; the line is named.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"Line {error.lineno} of {path} is not JSON: {error.msg}.", "Mend the file."
        ) from error
    except RecursionError as error:
        raise BadInputError(f"{path} is nested too deeply to be read.") from error


def need_folder(path: Path) -> Path:
    """Returns the folder.

    Raises:
        BadInputError: It is none.
    """
    if not path.is_dir():
        raise BadInputError(f"There is no folder {path}.", "Check the path.")
    return path


def locate(folder: Path, name: str) -> Path:
    """Returns the path of an image that a row names; it may not be there.

    An absolute path from elsewhere, as annotation tools write them, stands for the file of that
    name in the folder.

    Raises:
        RowError: The row names none, or one outside the folder.
    """
    name = name.strip()
    if "\0" in name:
        raise RowError("The name of an image holds a null character.")
    windows = PureWindowsPath(name)
    if windows.drive or "\\" in name:
        name = windows.as_posix() if not windows.drive else windows.name
    if not PurePosixPath(name).name:
        raise RowError("A row names no image.")
    root = Path(os.path.normpath(folder.absolute()))
    path = Path(os.path.normpath(root / name))
    if PurePosixPath(name).is_absolute() and not path.is_relative_to(root):
        path = root / path.name
    if not path.is_relative_to(root):
        raise RowError("A row names an image outside the folder of the data set.")
    return path


def images_in(folder: Path) -> list[Path]:
    """Returns the image files of a folder, sorted; hidden ones are left out."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
    )


def with_stem(folder: Path, stem: str) -> Path | None:
    """Returns the image of a name without its suffix, None when there is none."""
    for suffix in sorted(SUFFIXES):
        for path in (folder / f"{stem}{suffix}", folder / f"{stem}{suffix.upper()}"):
            if path.is_file():
                return path
    return None


def split_of(path: Path, usual: str = "") -> str:
    """Returns the split that the name of a file or of a folder around it tells, the nearest first.

    Args:
        path: Relative to the data set's folder, or the bare name of a file.
        usual: The split when no name tells any; empty for "train".
    """
    for part in reversed(path.parts):
        for word in re.findall(r"[a-z]+", part.lower()):
            if word in _SPLITS:
                return _SPLITS[word]
    return usual or "train"
