"""What works on this machine, and why not."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector_app import __version__
from inspector_app.domain.cards import Card
from inspector_app.domain.errors import EngineError, InspectorError
from inspector_app.domain.paths import MODELS, RESOURCES
from inspector_app.services import engines, models
from inspector_app.services.settings import Settings
from inspector_app.store.places import cache_folder, config_folder, data_folder

LANGUAGE_PACKAGES = ("torch", "transformers", "peft")
GPU_TOOL = "nvidia-smi"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report; `ok` is None for plain information."""

    name: str
    ok: bool | None
    text: str


def examine() -> list[Check]:
    """Looks at everything; loads no model and starts nothing but the program of Tesseract."""
    checks = [
        Check("Inspector", None, __version__),
        Check("Python", None, f"{sys.version.split()[0]} on {platform.platform()}"),
        Check("Processors", None, str(os.cpu_count())),
    ]
    checks += [_package(name) for name in ("PySide6-Essentials", "onnxruntime", "torch")]
    checks += [_gpu(), _display(), _folder("Settings", config_folder)]
    checks += [_folder("Projects", data_folder), _folder("Cache", cache_folder)]
    checks.append(Check("Resources", RESOURCES.is_dir(), str(RESOURCES)))
    checks.append(Check("Cards", MODELS.is_dir(), str(MODELS)))
    checks += [Check("Card of yours", False, trouble) for trouble in models.troubles()]
    checks += [_language(), _tesseract()]
    checks += [_engine(card) for card in engines.cards()]
    return checks


def _tesseract() -> Check:
    """Whether the other reader of documents can be used; only a chosen one must be there."""
    from inspector_app.experts.tesseract import find

    name = "Reader tesseract"
    try:
        found = find()
    except EngineError as error:
        return Check(name, False if _is_chosen("tesseract") else None, str(error))
    return Check(name, True, f"{found.version} with {found.languages}, {found.path}")


def _is_chosen(reader: str) -> bool:
    try:
        return Settings().get("reader") == reader
    except InspectorError:  # told by the line about settings
        return False


def _language() -> Check:
    """Whether a question in words can be answered here, and by what."""
    name = "Language engine"
    absent = [package for package in LANGUAGE_PACKAGES if importlib.util.find_spec(package) is None]
    if absent:
        return Check(name, None, f"not usable: {', '.join(absent)} not installed")
    try:
        ready = [
            card.id
            for card in engines.cards()
            if models.is_language(card) and models.state(card).ready
        ]
    except (InspectorError, OSError):
        return Check(name, None, "not known: its files cannot be looked for, see Cache")
    if not ready:
        return Check(name, None, "no model is here; see: inspector models list")
    return Check(name, True, f"{', '.join(ready)}; {_where_it_runs()}")


def _where_it_runs() -> str:
    if shutil.which(GPU_TOOL) is None:
        return "no GPU: it runs on the processor, slowly"
    if "+cpu" in importlib.metadata.version("torch"):
        return "there is a GPU, but the torch that is installed cannot use it: it runs slowly"
    return "on the GPU"


def _engine(card: Card) -> Check:
    name = f"Engine {card.id}"
    try:
        state = models.state(card)
    except (InspectorError, OSError):
        return Check(name, None, "not known: its files cannot be looked for, see Cache")
    # A model that was never fetched is a choice, not a fault.
    return Check(name, state.ready or None, state.text)


def _package(name: str) -> Check:
    try:
        return Check(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, False, "not installed; run: python3 run.py")


def _gpu() -> Check:
    # Asking torch takes seconds; the driver's own tool answers at once.
    tool = shutil.which(GPU_TOOL)
    if tool is None:
        return Check("GPU", None, "none found; everything runs on the processor")
    return Check("GPU", True, f"driver tool at {tool}")


def _display() -> Check:
    if not sys.platform.startswith("linux"):
        return Check("Display", True, "by the system")
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if name:
        return Check("Display", True, name)
    return Check("Display", None, "none; the command line works, the window does not")


def _folder(name: str, place: Callable[[], Path]) -> Check:
    try:
        path = place()
        free = shutil.disk_usage(path).free / 1e9
    except InspectorError as error:
        return Check(name, False, str(error))
    except OSError as error:
        return Check(name, False, f"cannot be looked at: {error.strerror or error}")
    writable = os.access(path, os.W_OK)
    text = f"{path} ({free:.1f} GB free)"
    return Check(name, writable and free > 0.05, text if writable else f"{text}: not writable")
