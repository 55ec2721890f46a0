"""Folders of this user: settings, projects, caches."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import platformdirs

from inspector_app.domain.errors import StoreError

_APP = "Inspector"


def _base(variable: str, default: str) -> Path:
    # Overridable as a whole, for tests and for machines with a home that is not writable.
    root = os.environ.get("INSPECTOR_HOME")
    path = Path(root) / variable if root else Path(default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            reason = "a file is in its place"
        raise StoreError(
            f"Cannot make the folder {path}: {reason}.",
            "Set INSPECTOR_HOME to a folder where you may write.",
        ) from error
    return path


def config_folder() -> Path:
    """Where settings.json lies.

    Raises:
        StoreError: It is not there and cannot be made; of the folders below too.
    """
    return _base("config", platformdirs.user_config_dir(_APP, appauthor=False))


def data_folder() -> Path:
    """Where projects and recipes lie that the user did not put elsewhere."""
    return _base("data", platformdirs.user_data_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """What can be made again: exported backbones."""
    return _base("cache", platformdirs.user_cache_dir(_APP, appauthor=False))
