"""Trouble of SQLite in words, in one place."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from inspector_app.domain.errors import StoreError

# Reading met something that this program never writes: the file was damaged or made by hand.
_BAD_VALUES = (ValueError, KeyError, TypeError, OverflowError, zlib.error)
_NO_WAY_IN = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}
)


@contextmanager
def saving() -> Generator[None]:
    """Turns SQLite's errors on the way in into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise save_error(error) from error


@contextmanager
def reading(path: Path) -> Generator[None]:
    """Turns SQLite's errors on the way out, and impossible values, into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise read_error(error, path) from error
    except _BAD_VALUES as error:
        raise damaged(path) from error


def code_of(error: sqlite3.Error) -> int:
    """Returns the primary result code of SQLite, 0 when the error is the module's own."""
    # Absent on errors that Python's module raises by itself ("Cannot operate on a closed ...").
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def cannot_write(error: sqlite3.Error) -> bool:
    """Whether the error means that the place may be read but not written."""
    return code_of(error) in _NO_WAY_IN


def save_error(error: sqlite3.Error) -> StoreError:
    """Returns the error to show when something could not be stored."""
    what = "The project could not be saved: {}."
    match code_of(error):
        case sqlite3.SQLITE_FULL:
            return StoreError(
                what.format("the disk is full"), "Free some space; nothing stored so far is lost."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreError(
                what.format("the file or its folder is write-protected"),
                "Allow writing to the folder, or copy the project to another one.",
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return StoreError(
                what.format("the disk reports an error"),
                "Check that the drive is still connected and has space; "
                "nothing stored so far is lost.",
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(
                what.format("another program is writing to it"), "Try again in a moment."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreError(
                what.format("the file is damaged"),
                "Close it and open a backup; the damaged file is left as it is.",
            )
        case sqlite3.SQLITE_CONSTRAINT:
            return StoreError(
                what.format("what it should be stored with is no longer there, or is there twice"),
                "Open the project again.",
            )
        case _:
            return StoreError(what.format(str(error) or "unknown error"), "Open the project again.")


def read_error(error: sqlite3.Error, path: Path) -> StoreError:
    """Returns the error to show when something could not be read."""
    match code_of(error):
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_ERROR:
            return damaged(path)  # a missing table or column is damage too: the version was checked
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(
                f"Cannot read {path.name}: another program is writing to it.",
                "Try again in a moment.",
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreError(
                f"Cannot read {path.name}: the disk reports an error.",
                "Check that the drive is still connected and that you may read the file.",
            )
        case _:
            return StoreError(f"Cannot read {path.name}: {error}.", "Open the project again.")


def damaged(path: Path) -> StoreError:
    """Returns the error for a project file that holds nonsense."""
    return StoreError(
        f"Cannot read {path.name}: the project file is damaged.",
        "Restore it from a backup (a file with .bak- in its name beside it, if there is one); "
        "nothing was changed or deleted.",
    )
