"""Folders of this user: settings, projects, caches."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "Inspector"


def _base(variable: str, default: str) -> Path:
    # Overridable as a whole, for tests and for machines with a home that is not writable.
    root = os.environ.get("INSPECTOR_HOME")
    path = Path(root) / variable if root else Path(default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def config_folder() -> Path:
    """Where settings.json lies."""
    return _base("config", platformdirs.user_config_dir(_APP, appauthor=False))


def data_folder() -> Path:
    """Where projects and recipes lie that the user did not put elsewhere."""
    return _base("data", platformdirs.user_data_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """What can be made again: exported backbones."""
    return _base("cache", platformdirs.user_cache_dir(_APP, appauthor=False))
