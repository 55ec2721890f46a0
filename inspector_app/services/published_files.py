"""The published files of MiniGPT-v2 before they are converted: what is wrong, and the room needed.

Opens no weights and imports no torch, so that a window can look at every change of a path.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from inspector_app.domain.conversions import ConvertRequest
from inspector_app.domain.errors import BadInputError
from inspector_app.engines.minigpt_originals import read_llama
from inspector_app.engines.model_folder import weight_files

SPARE = 500_000_000  # bytes that must stay free on the disk
_ZIP, _PICKLE = b"PK\x03\x04", b"\x80"  # what files of torch begin with: since 2020, before
_GROWTH = {"float32": 2}  # of weights published in 16 bit
# A tensor that only this part has.
_MARKS = {"checkpoint": b"llama_proj", "vit": b"patch_embed"}


class Trouble(StrEnum):
    """What is wrong, in the order in which it is looked for."""

    UNNAMED = "unnamed"
    MISSING = "missing"
    FOLDER = "folder"
    NO_WEIGHTS = "no weights"
    OTHER_PART = "other part"
    LLAMA = "llama"
    TAKEN = "taken"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the files gave.

    Attributes:
        trouble: What is wrong; None if nothing is.
        part: Which file: "checkpoint", "vit", "llama" or "out".
        path: Its path.
        detail: More about it in words.
        need: Bytes that the result takes, about; 0 while not known.
        free: Bytes that are free where it goes.
    """

    trouble: Trouble | None = None
    part: str = ""
    path: str = ""
    detail: str = ""
    need: int = 0
    free: int = 0


def look(request: ConvertRequest, folder: Path) -> Found:
    """Looks at the files of a request.

    Args:
        request: What is to be converted.
        folder: Where the result goes.
    """
    parts = {"checkpoint": request.checkpoint, "vit": request.vit, "llama": request.llama}
    for part, text in parts.items():
        path = Path(text).expanduser()
        trouble = _trouble(part, path) if text else Trouble.UNNAMED
        if trouble is not None:
            return Found(trouble, part, str(path) if text else "")
    try:
        read_llama(Path(request.llama).expanduser())
    except BadInputError as error:
        return Found(Trouble.LLAMA, "llama", request.llama, str(error))
    need, free = needed(request), free_at(folder)
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if request.out and taken:  # what lies in the program's own folder `models` tells of
        return Found(Trouble.TAKEN, "out", str(folder), need=need, free=free)
    if need + SPARE > free:
        return Found(Trouble.FULL, "out", str(folder), need=need, free=free)
    return Found(need=need, free=free)


def needed(request: ConvertRequest) -> int:
    """Bytes that a converted model takes, about; its published files are there.

    Raises:
        BadInputError: The language model has no weights.
    """
    llama = Path(request.llama).expanduser()
    language = sum(path.stat().st_size for path in weight_files(llama))
    others = (Path(text).expanduser() for text in (request.checkpoint, request.vit))
    return language * _GROWTH.get(request.dtype, 1) + sum(path.stat().st_size for path in others)


def free_at(folder: Path) -> int:
    """Bytes that are free where a folder is or would be made; 0 if that cannot be told."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return 0


def _trouble(part: str, path: Path) -> Trouble | None:
    if not path.exists():
        return Trouble.MISSING
    if part == "llama":  # `read_llama` says more
        return None
    if path.is_dir():
        return Trouble.FOLDER
    try:
        with path.open("rb") as stream:
            begin = stream.read(len(_ZIP))
        if begin == _ZIP:
            return Trouble.OTHER_PART if _names(path, _other(part)) else None
    except (OSError, zipfile.BadZipFile):
        return Trouble.NO_WEIGHTS
    return None if begin.startswith(_PICKLE) else Trouble.NO_WEIGHTS


def _other(part: str) -> bytes:
    return next(mark for name, mark in _MARKS.items() if name != part)


def _names(path: Path, mark: bytes) -> bool:
    """Whether a file of torch names such a tensor; reads its table of contents alone."""
    with zipfile.ZipFile(path) as archive:
        tables = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        return any(mark in archive.read(name) for name in tables)
