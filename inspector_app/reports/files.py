"""Report files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from inspector_app.domain.errors import StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_UMASK = 0o666


def write_whole(path: Path, write: Callable[[Path], None]) -> Path:
    """Writes a file beside its place and then moves it there.

    Args:
        path: Where the file goes; a file of that name is replaced.
        write: Writes to the path that it is given.

    Raises:
        StoreError: Not written; a file that was there before is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".report-", suffix=path.suffix)
        os.close(handle)
        try:
            write(Path(name))
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, _UMASK & ~mask)  # mkstemp makes files that only the owner may read
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _trouble(path, error) from error
    return path


def stem_of(project: Path) -> str:
    """Returns a file name without suffix that every system takes, from the project's."""
    name = unicodedata.normalize("NFC", project.stem)
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", name).strip(" .")
    return name[:80] or "report"


def _trouble(path: Path, error: OSError) -> StoreError:
    what = f"Cannot write {path.name}: "
    if error.errno in _FULL:
        return StoreError(
            f"{what}the disk is full.", "Free some space, or choose a folder on another disk."
        )
    if error.errno in _FORBIDDEN:
        return StoreError(
            f"{what}the folder is write-protected, or the file is open in another program.",
            "Close the file there, or choose another folder.",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StoreError(f"{what}its folder is a file.", "Choose another folder.")
    reason = (error.strerror or str(error)).rstrip(".")
    return StoreError(f"{what}{reason[:1].lower()}{reason[1:]}.", "Choose another folder.")
