"""Results of engines, as stored, with their heat maps."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import Finding
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.results import Result
from inspector_app.store.database import Database
from inspector_app.store.findings import insert_finding
from inspector_app.store.rows import RESULT, heat_blob, heat_of, result_columns, result_of
from inspector_app.store.tally import tally

_FROM = f"SELECT {RESULT} FROM results r JOIN images i ON i.seq = r.image"


class Results(Database):
    """What engines said; a result is never changed once it is stored."""

    def add_result(
        self,
        result: Result,
        findings: Sequence[Finding] = (),
        heat: HeatMap | None = None,
        replace: bool = True,
    ) -> None:
        """Stores a result with its findings and heat map, all or nothing.

        Args:
            result: The result.
            findings: Its boxes as findings.
            heat: Its heat map, if the engine has one.
            replace: Whether findings that the same engine proposed on this image before go away.
                Findings that a person touched always stay, and so does everything when the
                result is not a finished one.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        blob = None if heat is None else heat_blob(heat)  # packed before the write lock is taken
        with self._transaction() as connection:
            if replace and result.status == "finished":
                connection.execute(
                    "DELETE FROM findings WHERE image = (SELECT seq FROM images WHERE id = ?)"
                    " AND author_kind = 'engine' AND author_name = ? AND state = 'proposed'",
                    (result.image_id, result.provenance.engine),
                )
            seq = _insert_result(connection, result)
            for finding in findings:
                insert_finding(connection, finding)
            if heat is not None:
                connection.execute(
                    "INSERT INTO heats (result, width, height, low, high, cells)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (seq, heat.width, heat.height, heat.low, heat.high, blob),
                )
            tally(connection, result.image_id)

    def results(self, image_id: str) -> list[Result]:
        """Returns all results of an image, newest first."""
        with self._reading() as connection:
            rows = connection.execute(f"{_FROM} WHERE i.id = ? ORDER BY r.seq DESC", (image_id,))
            return [result_of(row) for row in rows]

    def result(self, result_id: str) -> Result:
        """Returns one result.

        Raises:
            StoreError: It is not in this project.
        """
        with self._reading() as connection:
            row = connection.execute(f"{_FROM} WHERE r.id = ?", (result_id,)).fetchone()
            if row is None:
                raise StoreError("The result is not in this project.", "Open the project again.")
            return result_of(row)

    def latest_verdict(self, image_id: str) -> Result | None:
        """Returns the newest finished result that decided something, if there is one."""
        with self._reading() as connection:
            row = connection.execute(
                f"{_FROM} WHERE i.id = ? AND r.status = 'finished' AND r.verdict IS NOT NULL"
                " ORDER BY r.seq DESC LIMIT 1",
                (image_id,),
            ).fetchone()
            return None if row is None else result_of(row)

    def heat(self, result_id: str) -> HeatMap | None:
        """Returns the heat map of a result, if it has one."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT h.width, h.height, h.low, h.high, h.cells FROM heats h"
                " JOIN results r ON r.seq = h.result WHERE r.id = ?",
                (result_id,),
            ).fetchone()
            return None if row is None else heat_of(row)


def _insert_result(connection: sqlite3.Connection, result: Result) -> int:
    columns = result_columns(result)
    image_id = columns.pop("image_id")
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    done = connection.execute(
        f"INSERT INTO results (image, {names})"
        f" VALUES ((SELECT seq FROM images WHERE id = ?), {marks})",
        (image_id, *columns.values()),
    )
    assert done.lastrowid is not None
    return done.lastrowid
