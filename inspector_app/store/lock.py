"""One writing window for each project."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from pathlib import Path
from types import TracebackType
from typing import Self, cast

_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class ProjectLock:
    """A lock beside the project file, `name.inspect.lock`, that says who holds it.

    The lock itself is the operating system's lock on that file, not the file's existence: it goes
    with the process however that ends, so a crash or `kill -9` leaves nothing that blocks, and no
    process id has to be guessed dead or alive. It also holds between two windows of one process.

    Args:
        path: The project file.
    """

    def __init__(self, path: str | Path) -> None:
        file = Path(path).resolve()
        self._path = file.with_name(file.name + ".lock")
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Takes the lock; True when this object holds it.

        Returns:
            False when another window holds it; `owner` then says which. True otherwise, also where
            no lock file can be made: nothing can be written there, so there is nothing to guard.
        """
        if self._handle is not None:
            return True
        while True:
            try:
                handle, named = _open(self._path, os.O_RDWR | os.O_CREAT), True
            except OSError:
                try:
                    # Somebody else's file, which we may read: locking it needs no more than that.
                    handle, named = _open(self._path, os.O_RDONLY), False
                except OSError:
                    return not self._path.exists()
            if not _lock(handle):
                os.close(handle)
                return False
            if _same_file(handle, self._path):
                break
            os.close(handle)  # its last holder removed the file meanwhile; try the new one
        self._handle = handle
        if named:
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps(_me()).encode())
        return True

    def owner(self) -> str:
        """Returns who holds the lock, "anna on LINE3 (process 4312)"; empty when not known."""
        try:
            told = cast("dict[str, object]", json.loads(self._path.read_text("utf-8")))
            return f"{told['user']} on {told['host']} (process {told['pid']})"
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def release(self) -> None:
        """Gives the lock back; does nothing when it is not held."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        # Unlinked while still locked, so that nobody can take a lock on a file without a name;
        # Windows cannot unlink an open file, but there an open one cannot vanish either.
        if sys.platform != "win32":
            self._remove()
        os.close(handle)
        if sys.platform == "win32":
            self._remove()

    def _remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return  # somebody else's, or in use again; a file without a holder is no hindrance

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _me() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        user = "somebody"
    return {"user": user, "host": platform.node() or "this computer", "pid": os.getpid()}


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _open(path: Path, flags: int) -> int:
        return os.open(path, flags | os.O_BINARY, 0o666)

    # Windows locks keep others from reading: lock a byte far behind the text that they read.
    _FAR = 1 << 30

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(path: Path, flags: int) -> int:
        return os.open(path, flags, 0o666)

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system without locks: go on without, SQLite still orders the writes.
            return error.errno not in _BUSY
        return True
