"""Verdicts of people, as stored."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

from inspector_app.domain.results import Overrule
from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.rows import OVERRULE, clean, overrule_of
from inspector_app.store.tally import tally

_INSERT = (
    "INSERT INTO overrules (image, verdict, person, code, note, created)"
    " VALUES ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?, ?)"
)


class Overrules(Database):
    """People's verdicts. Rows are only ever added: who decided what, and when, can be told."""

    def set_overrule(self, overrule: Overrule) -> None:
        """Stores a person's verdict on an image; it counts from now on.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        with self._transaction() as connection:
            connection.execute(
                _INSERT,
                (
                    overrule.image_id,
                    overrule.verdict.value,
                    clean(overrule.person),
                    overrule.code,
                    clean(overrule.note),
                    overrule.created or stamp(),
                ),
            )
            tally(connection, overrule.image_id)

    def clear_overrule(self, image_id: str) -> None:
        """Lets the engine's verdict count again; stored as a row without a verdict.

        Raises:
            StoreError: Not stored, or the image is not in this project.
        """
        with self._transaction() as connection:
            connection.execute(_INSERT, (image_id, None, "", "", "", stamp()))
            tally(connection, image_id)

    def overrule(self, image_id: str) -> Overrule | None:
        """Returns the person's verdict that counts, or None."""
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {OVERRULE} FROM overrules o JOIN images i ON i.seq = o.image"
                " WHERE i.id = ? ORDER BY o.seq DESC LIMIT 1",
                (image_id,),
            ).fetchone()
            return None if row is None or row[1] is None else overrule_of(row)
