"""Findings, as stored: what engines and people say, and what people did with it."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

import sqlite3
from dataclasses import replace
from uuid import uuid4

from inspector_app.domain.errors import StoreError
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.store.database import Database
from inspector_app.store.rows import FINDING, clean, finding_columns, finding_of
from inspector_app.store.tally import tally

_FROM = f"SELECT {FINDING} FROM findings f JOIN images i ON i.seq = f.image"
_EDITED = FindingState.EDITED.value


class Findings(Database):
    """The findings of the project. Order is the order of their times."""

    def findings(self, image_id: str, replaced: bool = False) -> list[Finding]:
        """Returns the findings of an image, oldest first.

        Args:
            image_id: The image.
            replaced: Whether those that a person replaced by an edit are wanted too.
        """
        kept = "" if replaced else f" AND f.state <> '{_EDITED}'"
        with self._reading() as connection:
            rows = connection.execute(
                f"{_FROM} WHERE i.id = ?{kept} ORDER BY f.created, f.seq", (image_id,)
            )
            return [finding_of(row) for row in rows]

    def finding(self, finding_id: str) -> Finding:
        """Returns one finding.

        Raises:
            StoreError: It is not in this project.
        """
        with self._reading() as connection:
            return _finding(connection, finding_id)

    def add_finding(self, finding: Finding) -> None:
        """Stores a new finding.

        Raises:
            StoreError: Not stored, there already, or the image is not in this project.
        """
        with self._transaction() as connection:
            insert_finding(connection, finding)
            tally(connection, finding.image_id)

    def remove_finding(self, finding_id: str) -> Finding:
        """Removes a finding and returns it as it was, for `restore_finding`.

        Raises:
            StoreError: Not stored, or there is no such finding.
        """
        with self._transaction() as connection:
            old = _finding(connection, finding_id)
            _delete(connection, finding_id)
            tally(connection, old.image_id)
            return old

    def set_finding_state(
        self, finding_id: str, state: FindingState, note: str | None = None
    ) -> None:
        """Stores what a person says of a finding.

        Args:
            finding_id: The finding.
            state: The new state.
            note: The new note; None leaves it as it is.

        Raises:
            StoreError: Not stored, or there is no such finding.
        """
        with self._transaction() as connection:
            old = _finding(connection, finding_id)
            _set_state(connection, finding_id, state)
            tally(connection, old.image_id)
            if note is not None and note != old.note:
                connection.execute(
                    "UPDATE findings SET note = ? WHERE id = ?", (clean(note), finding_id)
                )

    def edit_finding(
        self,
        finding_id: str,
        *,
        label: str | None = None,
        box: Box | None = None,
        person: str,
    ) -> Finding:
        """Stores a person's correction of a finding.

        The finding of an engine, or of another person, is kept as it is in state `edited` beside a
        new one by this person: what the engine said is needed for training. A person's own finding
        is changed in place.

        Args:
            finding_id: The finding.
            label: The new label; None leaves it as it is.
            box: The new box; None leaves it as it is.
            person: Who corrects it.

        Returns:
            The finding that now counts; a new one is accepted and has no score, because the
            engine's score was for what the engine said.

        Raises:
            StoreError: Not stored, there is no such finding, or it has been replaced already.
        """
        with self._transaction() as connection:
            old = _finding(connection, finding_id)
            changed = replace(
                old,
                label=old.label if label is None else clean(label),
                box=old.box if box is None else box,
            )
            if old.author == Author(AuthorKind.PERSON, person):
                _put(connection, changed)
                tally(connection, old.image_id)
                return changed
            if old.state is FindingState.EDITED:
                raise StoreError(
                    "This finding has been replaced already.", "Edit the newer one instead."
                )
            new = replace(
                changed,
                id=uuid4().hex,
                author=Author(AuthorKind.PERSON, clean(person)),
                score=None,
                state=FindingState.ACCEPTED,
                supersedes=old.id,
                created="",
            )
            _set_state(connection, old.id, FindingState.EDITED)
            insert_finding(connection, new)
            tally(connection, old.image_id)
            return _finding(connection, new.id)

    def unedit_finding(self, new_id: str) -> Finding:
        """Takes an edit back: the person's version goes, the one it replaced counts again.

        Returns:
            The finding that counts again, in the state that it had before the edit.

        Raises:
            StoreError: Not stored, or `new_id` did not replace anything.
        """
        with self._transaction() as connection:
            new = _finding(connection, new_id)
            if new.supersedes is None:
                raise StoreError("This finding did not replace another one.")
            _finding(connection, new.supersedes)  # says so when it is gone, before anything changes
            _delete(connection, new_id)
            _restore_state(connection, new.supersedes)
            tally(connection, new.image_id)
            return _finding(connection, new.supersedes)

    def restore_finding(self, old: Finding) -> None:
        """Puts a finding back exactly as it was, whether it was changed or removed since.

        Raises:
            StoreError: Not stored, or its image is not in this project.
        """
        with self._transaction() as connection:
            _put(connection, old)
            tally(connection, old.image_id)


def insert_finding(connection: sqlite3.Connection, finding: Finding) -> None:
    """Inserts a finding inside a transaction of the caller."""
    _insert(connection, finding, "")


def replace_finding(connection: sqlite3.Connection, finding_id: str) -> bool:
    """Marks a finding as replaced by a person's newer one; False when it is gone."""
    there = connection.execute("SELECT 1 FROM findings WHERE id = ?", (finding_id,)).fetchone()
    _set_state(connection, finding_id, FindingState.EDITED)
    return there is not None


def put_back_replaced(connection: sqlite3.Connection, new_id: str) -> None:
    """Removes a finding; the one that it replaced counts again, in the state it had before."""
    row = connection.execute("SELECT supersedes FROM findings WHERE id = ?", (new_id,)).fetchone()
    _delete(connection, new_id)
    if row is not None and row[0] is not None:
        _restore_state(connection, row[0])


def _restore_state(connection: sqlite3.Connection, finding_id: str) -> None:
    connection.execute(
        "UPDATE findings SET state = COALESCE(state_before, 'proposed'),"
        " state_before = NULL WHERE id = ? AND state = ?",
        (finding_id, _EDITED),
    )


def _put(connection: sqlite3.Connection, finding: Finding) -> None:
    # Updates in place where the row is there, so that it keeps its own number.
    columns = finding_columns(finding)
    changes = ", ".join(
        f"{name} = excluded.{name}" for name in columns if name not in ("image_id", "id")
    )
    before = (
        f", state_before = CASE WHEN excluded.state <> '{_EDITED}' THEN NULL"
        f" WHEN state = '{_EDITED}' THEN state_before ELSE state END"
    )
    _insert(
        connection,
        finding,
        f" ON CONFLICT (id) DO UPDATE SET image = excluded.image, {changes}{before}",
    )


def _insert(connection: sqlite3.Connection, finding: Finding, conflict: str) -> None:
    columns = finding_columns(finding)
    image_id = columns.pop("image_id")
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO findings (image, {names})"
        f" VALUES ((SELECT seq FROM images WHERE id = ?), {marks}){conflict}",
        (image_id, *columns.values()),
    )


def _set_state(connection: sqlite3.Connection, finding_id: str, state: FindingState) -> None:
    # The state before an edit is remembered, so that taking the edit back restores it.
    connection.execute(
        "UPDATE findings SET state = :new, state_before = CASE WHEN :new <> :edited THEN NULL"
        " WHEN state = :edited THEN state_before ELSE state END WHERE id = :id",
        {"new": state.value, "edited": _EDITED, "id": finding_id},
    )


def _delete(connection: sqlite3.Connection, finding_id: str) -> None:
    connection.execute("DELETE FROM findings WHERE id = ?", (finding_id,))


def _finding(connection: sqlite3.Connection, finding_id: str) -> Finding:
    row = connection.execute(f"{_FROM} WHERE f.id = ?", (finding_id,)).fetchone()
    if row is None:
        raise StoreError("The finding is not in this project.", "Open the project again.")
    return finding_of(row)
