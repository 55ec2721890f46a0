"""A project: one `.inspect` file with everything that was found, said and decided."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from inspector_app import __version__
from inspector_app.domain.errors import StoreError
from inspector_app.store import migrations
from inspector_app.store.clock import stamp
from inspector_app.store.database import (
    APPLICATION_ID,
    brought_up_to_date,
    check_is_project,
    connect_reading,
    connect_writing,
    keep_settings,
)
from inspector_app.store.documents import Documents
from inspector_app.store.findings import Findings
from inspector_app.store.images import Images
from inspector_app.store.messages import Messages
from inspector_app.store.overrules import Overrules
from inspector_app.store.recipes import Recipes
from inspector_app.store.results import Results
from inspector_app.store.rows import clean
from inspector_app.store.summaries import Summaries
from inspector_app.store.trouble import reading, save_error, saving

_SAVED_BY = "saved_by"


class Project(Images, Summaries, Results, Findings, Overrules, Messages, Documents, Recipes):
    """An open project; a context manager. One object a thread.

    Every method that changes something is one transaction and raises `StoreError` when it could
    not be stored, leaving the file as it was. Every method that reads raises `StoreError` when
    the file is damaged or its drive is gone.
    """

    @classmethod
    def create(cls, path: str | Path, title: str = "") -> Self:
        """Makes a new project file and opens it.

        Raises:
            StoreError: There is a file of that name, or the folder cannot be written.
        """
        file = Path(path).resolve()
        try:
            file.open("xb").close()  # takes the name, so that nothing can be overwritten
        except FileExistsError as error:
            raise StoreError(
                f"Cannot make {file.name}: there is a file of that name.",
                "Choose another name, or open that project.",
            ) from error
        except OSError as error:
            raise StoreError(
                f"Cannot make {file.name}: {(error.strerror or str(error)).lower()}.",
                "Choose a folder that exists and where you may write.",
            ) from error
        try:
            # The tables go into the file itself before it turns to WAL: from its first moment on
            # the file is a project, even if the program is killed and the log is left behind.
            with closing(sqlite3.connect(file, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrations.migrate(connection, migrations.STEPS)
                connection.executemany(
                    "INSERT INTO meta (key, value) VALUES (?, ?)",
                    [("title", clean(title)), ("created", stamp()), (_SAVED_BY, __version__)],
                )
            return cls.open(file)
        except BaseException as error:
            for suffix in ("", "-journal", "-wal", "-shm"):
                file.with_name(file.name + suffix).unlink(missing_ok=True)
            if isinstance(error, sqlite3.Error):
                raise save_error(error) from error
            raise

    @classmethod
    def open(cls, path: str | Path, read_only: bool = False) -> Self:
        """Opens a project, bringing an old one up to date after putting a backup beside it.

        Args:
            path: The `.inspect` file.
            read_only: Whether to change nothing. A file or folder that cannot be written is
                opened so by itself; `read_only_reason` then says why.

        Raises:
            StoreError: Missing, not a project, damaged, made by a newer version, or an old one
                that could not be brought up to date.
        """
        file = Path(path).resolve()
        check_is_project(file)
        connection = None if read_only else connect_writing(file)
        reason = ""
        if connection is None:
            connection = connect_reading(file)
            reason = "It was opened for reading only." if read_only else _why_protected(file)
        try:
            return cls._checked(connection, file, reason)
        except BaseException:
            connection.close()
            raise

    @classmethod
    def _checked(cls, connection: sqlite3.Connection, file: Path, reason: str) -> Self:
        with reading(file):
            _check_kind(connection, file)
            version = migrations.version_of(connection)
        if reason:
            if version < len(migrations.STEPS):
                with reading(file):
                    connection = brought_up_to_date(connection, migrations.STEPS)
            return cls(connection, file, reason)
        migrations.migrate_with_backup(connection, file, migrations.STEPS)
        project = cls(connection, file)
        with saving():
            keep_settings(connection)
        if project.get_meta(_SAVED_BY) != __version__:
            project.set_meta(_SAVED_BY, __version__)
        return project

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def get_meta(self, key: str, default: str = "") -> str:
        """Returns a setting of the project ("title", ...)."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            return default if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Stores a setting of the project.

        Raises:
            StoreError: Not stored.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, clean(value)),
            )


def _check_kind(connection: sqlite3.Connection, file: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(
            f"Cannot open {file.name}: it is a database, but not an Inspector project.",
            "Choose a file ending in .inspect.",
        )
    version, known = migrations.version_of(connection), len(migrations.STEPS)
    if version > known:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_SAVED_BY,)).fetchone()
        by = f"Inspector {row[0]}" if row else "a newer Inspector"
        raise StoreError(
            f"Cannot open {file.name}: it was saved by {by} (project format {version}); "
            f"this is Inspector {__version__} (project format {known}).",
            "Update the program.",
        )


def _why_protected(file: Path) -> str:
    try:
        with file.open("r+b"):
            pass
    except OSError:
        return f"The file {file.name} is write-protected."
    return f"The folder {file.parent.name or file.parent} is write-protected."
