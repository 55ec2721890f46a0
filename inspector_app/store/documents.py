"""What was read from the images, and what people corrected of it, as stored."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from inspector_app.domain.corrected import all_fields, counting, open_differences, settled
from inspector_app.domain.documents import Correction, Reading, SecondReading
from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import Finding
from inspector_app.domain.readings import StoredReading, StoredSecond
from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.findings import insert_finding, put_back_replaced, replace_finding
from inspector_app.store.reading_json import reading_of, reading_text, second_of, second_text
from inspector_app.store.rows import clean
from inspector_app.store.tally import tally

log = logging.getLogger(__name__)

_CORRECTION = "i.id, c.field, c.read, c.text, c.author, c.created"
_OF_IMAGE = "image = (SELECT seq FROM images WHERE id = ?)"


class Documents(Database):
    """Readings, the newest of each image and schema, and corrections, all that were ever made."""

    def set_reading(
        self, image_id: str, reading: Reading, schema: str = "", sha256: str = ""
    ) -> StoredReading:
        """Stores what was read of an image; what was read before under that schema is forgotten.

        So is what language engines read under it, unless file, text and fields are the same still:
        they were compared with the reading before.

        Args:
            image_id: The image.
            reading: What was read.
            schema: As it was asked for.
            sha256: Hash of the image file that was read.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        stored = StoredReading(image_id, clean(schema), reading, stamp(), sha256)
        with self._transaction() as connection:
            before = _newest(connection, image_id, stored.schema)
            if before is not None and not _says_the_same(before, stored):
                _drop_seconds(connection, image_id, stored.schema)
            connection.execute(
                f"DELETE FROM readings WHERE {_OF_IMAGE} AND schema = ?", (image_id, stored.schema)
            )
            connection.execute(
                "INSERT INTO readings (image, schema, reading, reader, sha256, created)"
                " VALUES ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?, ?)",
                (
                    image_id,
                    stored.schema,
                    clean(reading_text(reading)),
                    clean(reading.document.reader),
                    sha256,
                    stored.created,
                ),
            )
            self._count_conflicts(connection, image_id)
        return stored

    def reading(self, image_id: str, schema: str | None = None) -> StoredReading | None:
        """Returns the newest reading of an image.

        Args:
            image_id: The image.
            schema: Only under this one; None for whichever is the newest.

        Returns:
            None when there is none; one that is damaged counts as none, with a line in the log.
        """
        with self._reading() as connection:
            return _newest(connection, image_id, schema)

    def readings(self) -> dict[str, StoredReading]:
        """Returns the newest reading of every image that was read, by image in gallery order."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT i.id, r.schema, r.reading, r.created, r.sha256"
                " FROM readings r JOIN images i ON i.seq = r.image"
                " ORDER BY i.sort_key, i.path, i.page, r.seq"
            )
            found: dict[str, StoredReading] = {}
            for row in rows:
                stored = _stored(row)
                if stored is not None:
                    found[stored.image_id] = stored
            return found

    def remove_reading(self, image_id: str, schema: str) -> None:
        """Forgets what was read of an image under a schema.

        Raises:
            StoreError: Not stored.
        """
        with self._transaction() as connection:
            connection.execute(
                f"DELETE FROM readings WHERE {_OF_IMAGE} AND schema = ?", (image_id, schema)
            )
            _drop_seconds(connection, image_id, schema)
            self._count_conflicts(connection, image_id)

    def set_second(self, image_id: str, schema: str, second: SecondReading) -> StoredSecond:
        """Stores what a language engine read of an image; what that engine read before goes.

        Args:
            image_id: The image.
            schema: The one of the reading it stands beside.
            second: What the engine gave.

        Raises:
            StoreError: Not stored, or the image was not read under this schema.
        """
        stored = StoredSecond(image_id, clean(schema), second, stamp())
        with self._transaction() as connection:
            if _newest(connection, image_id, stored.schema) is None:
                raise StoreError("There is no reading to stand beside.", "Read the document first.")
            where = (image_id, stored.schema, clean(second.engine))
            connection.execute(
                f"DELETE FROM second_readings WHERE {_OF_IMAGE} AND schema = ? AND engine = ?",
                where,
            )
            connection.execute(
                "INSERT INTO second_readings (image, schema, engine, second, created)"
                " VALUES ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?)",
                (*where, clean(second_text(second)), stored.created),
            )
            self._count_conflicts(connection, image_id)
        return stored

    def second(self, image_id: str, schema: str, engine: str | None = None) -> StoredSecond | None:
        """Returns the newest second reading of an image under a schema.

        Args:
            image_id: The image.
            schema: The schema.
            engine: Only of this one; None for whichever is the newest.

        Returns:
            None when there is none; one that is damaged counts as none, with a line in the log.
        """
        with self._reading() as connection:
            return _newest_second(connection, image_id, schema, engine)

    def remove_second(self, image_id: str, schema: str, engine: str) -> None:
        """Forgets what a language engine read of an image under a schema.

        Raises:
            StoreError: Not stored.
        """
        with self._transaction() as connection:
            connection.execute(
                f"DELETE FROM second_readings WHERE {_OF_IMAGE} AND schema = ? AND engine = ?",
                (image_id, schema, engine),
            )
            self._count_conflicts(connection, image_id)

    def add_correction(self, correction: Correction, finding: Finding | None = None) -> Correction:
        """Stores how a field is according to a person; it counts from now on.

        Args:
            correction: Which field, and what it says.
            finding: The same as a finding, so that it is exported and learned from; it replaces
                the one of the field's correction before.

        Returns:
            The correction as it is stored, with its time.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        stored = correction if correction.created else replace(correction, created=stamp())
        with self._transaction() as connection:
            _, before = _last(connection, stored.image_id, stored.field)
            connection.execute(
                "INSERT INTO corrections (image, field, read, text, author, finding, created)"
                " VALUES ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?, ?, ?)",
                (
                    stored.image_id,
                    clean(stored.field),
                    clean(stored.read),
                    clean(stored.text),
                    clean(stored.author),
                    finding.id if finding is not None else None,
                    stored.created,
                ),
            )
            if finding is not None:
                if before and replace_finding(connection, before):
                    finding = replace(finding, supersedes=before)
                insert_finding(connection, finding)
                tally(connection, stored.image_id)
            self._count_conflicts(connection, stored.image_id)
        return stored

    def corrections(self, image_id: str) -> list[Correction]:
        """Returns all corrections of an image, oldest first; the newest of a field counts."""
        with self._reading() as connection:
            return _corrections(connection, image_id)

    def remove_correction(self, image_id: str, field: str) -> Correction:
        """Takes the newest correction of a field back, with its finding; the one before counts.

        Raises:
            StoreError: Not stored, or there is no such correction.
        """
        with self._transaction() as connection:
            seq, finding = _last(connection, image_id, field)
            if seq is None:
                raise StoreError("There is no such correction.", "Open the project again.")
            row = connection.execute(
                f"SELECT {_CORRECTION} FROM corrections c JOIN images i ON i.seq = c.image"
                " WHERE c.seq = ?",
                (seq,),
            ).fetchone()
            connection.execute("DELETE FROM corrections WHERE seq = ?", (seq,))
            if finding:
                put_back_replaced(connection, finding)
                tally(connection, image_id)
            self._count_conflicts(connection, image_id)
            return Correction(*row)

    @staticmethod
    def count_conflicts(stored: StoredReading, corrections: list[Correction]) -> int:
        """Returns how many conflicts of a reading wait for a person.

        Those that were read; services, which know the sums, count them anew after a correction.
        """
        extraction = stored.reading.extraction
        if extraction is None:
            return 0
        done = settled(extraction.conflicts, counting(extraction, corrections))
        return len(extraction.conflicts) - len(done)

    def _count_conflicts(self, connection: sqlite3.Connection, image_id: str) -> None:
        # Kept in the image's row like all that the gallery shows; see `tally`.
        stored = _newest(connection, image_id)
        conflicts = differs = 0
        if stored is not None:
            corrections = _corrections(connection, image_id)
            conflicts = self.count_conflicts(stored, corrections)
            second = _newest_second(connection, image_id, stored.schema)
            if second is not None and stored.reading.extraction is not None:
                first = stored.reading.extraction
                counted = counting(first, corrections)
                differs = len(open_differences(second.second, first, counted))
        connection.execute(
            "UPDATE images SET conflicts = ?, differs = ? WHERE id = ?",
            (conflicts, differs, image_id),
        )


def _newest(
    connection: sqlite3.Connection, image_id: str, schema: str | None = None
) -> StoredReading | None:
    rows: Iterable[tuple[str, ...]] = connection.execute(
        "SELECT i.id, r.schema, r.reading, r.created, r.sha256"
        " FROM readings r JOIN images i ON i.seq = r.image"
        " WHERE i.id = ? AND (? IS NULL OR r.schema = ?) ORDER BY r.seq DESC",
        (image_id, schema, schema),
    )
    return next((stored for stored in map(_stored, rows) if stored is not None), None)


def _stored(row: tuple[str, ...]) -> StoredReading | None:
    image_id, schema, text, created, sha256 = row
    try:
        return StoredReading(image_id, schema, reading_of(text), created, sha256)
    except ValueError as error:
        log.warning("a reading is left out: image %s: %s", image_id, error)
        return None


def _corrections(connection: sqlite3.Connection, image_id: str) -> list[Correction]:
    rows = connection.execute(
        f"SELECT {_CORRECTION} FROM corrections c JOIN images i ON i.seq = c.image"
        " WHERE i.id = ? ORDER BY c.seq",
        (image_id,),
    )
    return [Correction(*row) for row in rows]


def _last(
    connection: sqlite3.Connection, image_id: str, field: str
) -> tuple[int | None, str | None]:
    row = connection.execute(
        f"SELECT seq, finding FROM corrections WHERE {_OF_IMAGE} AND field = ?"
        " ORDER BY seq DESC LIMIT 1",
        (image_id, field),
    ).fetchone()
    return (None, None) if row is None else (row[0], row[1])


def _newest_second(
    connection: sqlite3.Connection, image_id: str, schema: str, engine: str | None = None
) -> StoredSecond | None:
    rows: Iterable[tuple[str, ...]] = connection.execute(
        f"SELECT second, created FROM second_readings WHERE {_OF_IMAGE} AND schema = ?"
        " AND (? IS NULL OR engine = ?) ORDER BY seq DESC",
        (image_id, schema, engine, engine),
    )
    for text, created in rows:
        try:
            return StoredSecond(image_id, schema, second_of(text), created)
        except ValueError as error:
            log.warning("a second reading is left out: image %s: %s", image_id, error)
    return None


def _drop_seconds(connection: sqlite3.Connection, image_id: str, schema: str) -> None:
    connection.execute(
        f"DELETE FROM second_readings WHERE {_OF_IMAGE} AND schema = ?", (image_id, schema)
    )


def _says_the_same(one: StoredReading, other: StoredReading) -> bool:
    texts = [[page.text for page in each.reading.document.pages] for each in (one, other)]
    if one.sha256 != other.sha256 or texts[0] != texts[1]:
        return False
    first, second = one.reading.extraction, other.reading.extraction
    if first is None or second is None:
        return first is second
    before, now = all_fields(first), all_fields(second)
    return list(before) == list(now) and all(before[path].value == now[path].value for path in now)
