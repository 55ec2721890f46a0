"""The connection to a project file: how it is opened, and what every write goes through."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from inspector_app.domain.errors import StoreError
from inspector_app.store.migrations import Step, migrate, version_of
from inspector_app.store.trouble import cannot_write, code_of, reading, saving

APPLICATION_ID = 0x494E5350  # "INSP"
BUSY_SECONDS = 5.0
MAGIC = b"SQLite format 3\x00"


class Database:
    """A connection that writes only in transactions. Base of `Project`; used by one thread.

    Attributes:
        path: The project file.
        read_only: Whether nothing can be changed.
        read_only_reason: Why, one sentence; empty when it can be changed.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, read_only_reason: str = ""):
        self._connection = connection
        self.path = path
        self.read_only_reason = read_only_reason

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return bool(self.read_only_reason)

    def close(self) -> None:
        """Closes the file; may be called twice."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        """One user action: stored whole on leaving, or not at all.

        Raises:
            StoreError: It could not be stored, for whatever reason; the file is as it was.
        """
        if self.read_only:
            raise StoreError(
                f"The project cannot be changed: {self.read_only_reason}",
                "Copy it to a folder where you may write, and open the copy.",
            )
        connection = self._connection
        with saving():
            # IMMEDIATE takes the write lock at the start, where waiting for it (busy timeout) is
            # possible; a reader that turns writer half-way would fail at once instead.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # SQLite may have rolled back by itself, as it does when the disk is full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        """What reads goes through; a damaged file becomes a `StoreError`."""
        with reading(self.path):
            yield self._connection


def check_is_project(path: Path) -> None:
    """Looks at the first bytes, before SQLite touches the file.

    Raises:
        StoreError: Missing, a folder, not readable, empty, or not a database at all.
    """
    what = f"Cannot open {path.name}: "
    try:
        if path.is_dir():
            raise StoreError(f"{what}it is a folder.", "Choose a file ending in .inspect.")
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError as error:
        raise StoreError(
            f"{what}there is no such file.", "Check whether it was moved or renamed."
        ) from error
    except OSError as error:
        raise StoreError(
            f"{what}{(error.strerror or 'the disk reports an error').lower()}.",
            "Check that you may read the file and that its drive is connected.",
        ) from error
    if not start:
        raise StoreError(
            f"{what}the file is empty.", "Restore it from a backup, or make a new one."
        )
    if start != MAGIC:
        raise StoreError(
            f"{what}it is not an Inspector project.", "Choose a file ending in .inspect."
        )


def connect_writing(path: Path) -> sqlite3.Connection | None:
    """Opens a project for writing.

    Returns:
        The connection, or None when the file or its folder cannot be written.
    """
    with reading(path):
        connection: sqlite3.Connection | None = None
        try:
            connection = _connect(path, "mode=rw")
            # SQLite opens a write-protected file without a word, and even begins an immediate
            # transaction on it; only a write tells. This one is taken back.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA user_version = {version_of(connection)}")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            if connection is not None and code_of(error) == sqlite3.SQLITE_BUSY:
                return connection  # someone is writing just now, so it can be written
            if connection is not None:
                connection.close()
            if cannot_write(error):
                return None
            raise
        return connection


def connect_reading(path: Path) -> sqlite3.Connection:
    """Opens a project so that nothing is written, not even beside it where that is forbidden."""
    with reading(path):
        try:
            return _checked(_connect(path, "mode=ro"))
        except sqlite3.OperationalError as error:
            if not cannot_write(error):
                raise
        # WAL needs a -shm file beside the project, which cannot be made here.
        log = path.with_name(path.name + "-wal")
        if _size(log) == 0:
            return _checked(_connect(path, "mode=ro&immutable=1"))
        # The newest changes are still in the log (a crash, then copied to a protected place);
        # `immutable` would leave them out without a word.
        with tempfile.TemporaryDirectory(prefix="inspector-") as folder:
            copy = Path(folder) / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(log, copy.with_name(log.name))
            with closing(_connect(copy, "mode=rw")) as source:
                return _in_memory(source)


def brought_up_to_date(source: sqlite3.Connection, steps: Sequence[Step]) -> sqlite3.Connection:
    """Returns a copy in memory in today's form, for an old project that may not be changed.

    Args:
        source: The project as it is; it is closed.
        steps: All migrations there are.
    """
    with closing(source):
        memory = _in_memory(source)
    memory.execute("PRAGMA query_only = OFF")
    migrate(memory, steps)
    memory.execute("PRAGMA query_only = ON")
    return memory


def keep_settings(connection: sqlite3.Connection) -> None:
    """Settings that are kept in the file: the journal."""
    # WAL: the gallery reads while a lot is being written. Where the file system cannot do it
    # SQLite stays with the older journal, which is as safe and merely slower.
    connection.execute("PRAGMA journal_mode = WAL")


def _checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        version_of(connection)  # SQLite opens lazily: the first question shows what is wrong
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_uri(path)}?{options}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    try:
        return _configured(connection)
    except sqlite3.Error:
        connection.close()
        raise


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL, not NORMAL. After kill -9 both keep every committed transaction, because the log is in
    # the system's hands by then. They differ when the power goes: in WAL mode NORMAL does not wait
    # for the disk, so the last seconds of answers and corrections could vanish from a station that
    # is switched off at the wall. The price is one fsync for each user action (a few ms).
    connection.execute("PRAGMA synchronous = FULL")
    # Holds the rows of 20,000 images; SQLite's own 2 MB read them over and over while sorting.
    connection.execute("PRAGMA cache_size = -16384")
    # A project may come from elsewhere: its schema must not call functions with side effects.
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    source.backup(memory)
    _configured(memory)
    memory.execute("PRAGMA query_only = ON")
    return memory


def _uri(path: Path) -> str:
    text = path.as_posix()
    # C:/x becomes file:///C:/x and //server/x becomes file:////server/x, as SQLite wants them.
    if sys.platform == "win32" and not text.startswith("//"):
        text = "/" + text
    return "file://" + quote(os.fsencode(text))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
