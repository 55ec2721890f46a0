"""The tables, as an append-only list of numbered steps.

A step that has been released is never changed: add a new one at the end. The number of steps done
is kept in SQLite's `user_version`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from inspector_app.domain.errors import StoreError

Step = Callable[[sqlite3.Connection], None]


def _001_tables(connection: sqlite3.Connection) -> None:
    """Images, results with heat maps, findings, overrules, conversation, recipes."""
    for statement in (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE images (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL,
            page INTEGER NOT NULL DEFAULT 0,
            width INTEGER NOT NULL DEFAULT 0,
            height INTEGER NOT NULL DEFAULT 0,
            sha256 TEXT NOT NULL DEFAULT '',
            trouble TEXT NOT NULL DEFAULT '',
            sort_key TEXT NOT NULL,
            added TEXT NOT NULL,
            engine_verdict TEXT,
            person_verdict TEXT,
            score REAL,
            seconds REAL,
            label TEXT NOT NULL DEFAULT '',
            live INTEGER NOT NULL DEFAULT 0,
            touched INTEGER NOT NULL DEFAULT 0,
            UNIQUE (path, page))""",
        "CREATE INDEX images_in_order ON images (sort_key, path, page)",
        """CREATE TABLE results (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            task TEXT NOT NULL,
            question TEXT NOT NULL,
            answer TEXT NOT NULL,
            raw TEXT NOT NULL,
            engine TEXT NOT NULL,
            adapter TEXT NOT NULL,
            recipe TEXT NOT NULL,
            prompt TEXT NOT NULL,
            seed TEXT NOT NULL,
            versions TEXT NOT NULL,
            score REAL,
            limits TEXT,
            verdict TEXT,
            reasons TEXT NOT NULL,
            seconds REAL NOT NULL,
            status TEXT NOT NULL,
            trouble TEXT NOT NULL,
            image_sha256 TEXT NOT NULL,
            created TEXT NOT NULL)""",
        "CREATE INDEX results_of_image ON results (image, seq)",
        """CREATE TABLE heats (
            result INTEGER PRIMARY KEY REFERENCES results (seq) ON DELETE CASCADE,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            low REAL NOT NULL,
            high REAL NOT NULL,
            cells BLOB NOT NULL)""",
        """CREATE TABLE findings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            label TEXT NOT NULL,
            x1 REAL, y1 REAL, x2 REAL, y2 REAL,
            score REAL,
            author_kind TEXT NOT NULL,
            author_name TEXT NOT NULL,
            state TEXT NOT NULL,
            state_before TEXT,
            note TEXT NOT NULL,
            result_id TEXT,
            supersedes TEXT,
            created TEXT NOT NULL)""",
        "CREATE INDEX findings_of_image ON findings (image, created)",
        """CREATE TABLE overrules (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            verdict TEXT,
            person TEXT NOT NULL,
            code TEXT NOT NULL,
            note TEXT NOT NULL,
            created TEXT NOT NULL)""",
        "CREATE INDEX overrules_of_image ON overrules (image, seq)",
        """CREATE TABLE messages (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            role TEXT NOT NULL,
            text TEXT NOT NULL,
            status TEXT NOT NULL,
            boxes TEXT NOT NULL,
            result_id TEXT,
            created TEXT NOT NULL)""",
        "CREATE INDEX messages_of_image ON messages (image, seq)",
        """CREATE TABLE recipes (
            sha256 TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            created TEXT NOT NULL)""",
    ):
        connection.execute(statement)


def _002_documents(connection: sqlite3.Connection) -> None:
    """What was read from documents, corrections by people, conflicts by image."""
    for statement in (
        """CREATE TABLE readings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            schema TEXT NOT NULL,
            reading TEXT NOT NULL,
            reader TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            created TEXT NOT NULL,
            UNIQUE (image, schema))""",
        """CREATE TABLE corrections (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            field TEXT NOT NULL,
            read TEXT NOT NULL,
            text TEXT NOT NULL,
            author TEXT NOT NULL,
            finding TEXT,
            created TEXT NOT NULL)""",
        "CREATE INDEX corrections_of_image ON corrections (image, field, seq)",
        "ALTER TABLE images ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0",
    ):
        connection.execute(statement)


def _003_dpi(connection: sqlite3.Connection) -> None:
    """At which the pages of a PDF are drawn; 0 while no pages were chosen, and for other files."""
    connection.execute("ALTER TABLE images ADD COLUMN dpi INTEGER NOT NULL DEFAULT 0")


def _004_second_readings(connection: sqlite3.Connection) -> None:
    """What language engines read beside the reader, and in how many fields they differ."""
    for statement in (
        """CREATE TABLE second_readings (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            image INTEGER NOT NULL REFERENCES images (seq) ON DELETE CASCADE,
            schema TEXT NOT NULL,
            engine TEXT NOT NULL,
            second TEXT NOT NULL,
            created TEXT NOT NULL,
            UNIQUE (image, schema, engine))""",
        "ALTER TABLE images ADD COLUMN differs INTEGER NOT NULL DEFAULT 0",
    ):
        connection.execute(statement)


def _005_made(connection: sqlite3.Connection) -> None:
    """How an answer was asked for, and what it was made of."""
    connection.execute("ALTER TABLE messages ADD COLUMN made TEXT NOT NULL DEFAULT ''")


def _006_branches(connection: sqlite3.Connection) -> None:
    """Conversations with branches; those there are become one each. What people say of answers."""
    for statement in (
        "ALTER TABLE messages ADD COLUMN parent TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE messages ADD COLUMN picked INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE messages ADD COLUMN together TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE messages ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE messages ADD COLUMN corrected TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE images ADD COLUMN talk_emptied INTEGER NOT NULL DEFAULT 0",
        """UPDATE messages SET picked = 1, parent = COALESCE(
            (SELECT before.id FROM messages AS before
             WHERE before.image = messages.image AND before.seq < messages.seq
             ORDER BY before.seq DESC LIMIT 1), '')""",
    ):
        connection.execute(statement)


STEPS: tuple[Step, ...] = (
    _001_tables,
    _002_documents,
    _003_dpi,
    _004_second_readings,
    _005_made,
    _006_branches,
)


def version_of(connection: sqlite3.Connection) -> int:
    """Returns how many steps the project has behind it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Brings a project up to date, all steps or none.

    Args:
        connection: A connection in autocommit mode.
        steps: All steps there are; those done already are left out.

    Raises:
        Exception: Whatever a step raises; the project is then as it was.
    """
    # IMMEDIATE: two windows opening the same old project must not both do the steps, so the
    # version is read inside the transaction.
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps[version_of(connection) :]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate_with_backup(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Step]
) -> Path | None:
    """Brings a project up to date after putting a copy of it beside it.

    Args:
        connection: A connection in autocommit mode.
        path: The project file.
        steps: All steps there are.

    Returns:
        The backup, or None when there was nothing to do.

    Raises:
        StoreError: The backup could not be written or a step failed; the project is as it was.
    """
    version = version_of(connection)
    if version >= len(steps):
        return None
    kept = _free_name(path, version)
    what = f"Cannot bring {path.name} up to date: "
    try:
        backup(connection, kept)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"{what}its backup could not be written ({error}).",
            "Free some space or allow writing to the folder; the project was not changed.",
        ) from error
    try:
        migrate(connection, steps)
    except Exception as error:
        kept.unlink(missing_ok=True)  # the project itself is still what the copy is of
        raise StoreError(
            f"{what}{error}.",
            "The project was not changed; open it with the version of the program that made it.",
        ) from error
    return kept


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the whole project, also what still lies in the write-ahead log.

    The copy appears under its name only when it is complete.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            # One file, readable anywhere: a copy in WAL mode would grow -wal and -shm files.
            copy.execute("PRAGMA journal_mode = DELETE")
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _free_name(path: Path, version: int) -> Path:
    first = path.with_name(f"{path.name}.bak-{version}")
    candidate, count = first, 2
    while candidate.exists():  # an earlier backup is never overwritten
        candidate = first.with_name(f"{first.name}-{count}")
        count += 1
    return candidate
