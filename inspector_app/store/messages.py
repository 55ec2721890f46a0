"""The conversation about each image, as stored."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from sqlite3 import Connection

from inspector_app.domain.asking import Made
from inspector_app.domain.branches import Tree
from inspector_app.domain.chat import Message
from inspector_app.domain.errors import StoreError
from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.made_json import made_text
from inspector_app.store.rows import MESSAGE, boxes_text, clean, message_of


class Messages(Database):
    """Questions and answers; of the branches of a conversation one is on show."""

    def add_message(self, message: Message) -> None:
        """Stores a message behind what it follows, and shows the branch that it is in.

        Raises:
            StoreError: Not stored, there already, or the image is not in this project.
        """
        with self._transaction() as connection:
            _insert(connection, message)

    def update_message(
        self,
        message_id: str,
        text: str,
        status: str,
        result_id: str | None = None,
        made: Made | None = None,
    ) -> None:
        """Stores how an answer ended; what is None stays as it is.

        Raises:
            StoreError: Not stored, or there is no such message.
        """
        with self._transaction() as connection:
            done = connection.execute(
                "UPDATE messages SET text = ?, status = ?, result_id = COALESCE(?, result_id),"
                " made = COALESCE(NULLIF(?, ''), made) WHERE id = ?",
                (clean(text), status, result_id, clean(made_text(made)), message_id),
            )
            if done.rowcount == 0:
                raise _missing()

    def messages(self, image_id: str) -> list[Message]:
        """Returns the branch on show of the conversation about an image, oldest first."""
        return self.talk(image_id).shown()

    def talk(self, image_id: str) -> Tree:
        """Returns all that was said about an image, with all branches."""
        with self._reading() as connection:
            return _tree(connection, image_id)

    def show_branch(self, image_id: str, end: str) -> None:
        """Remembers which branch of the conversation about an image is on show.

        Args:
            image_id: The image.
            end: The last message of it; "" for an empty one, that the next question begins.

        Raises:
            StoreError: Not stored, or there is no such message.
        """
        with self._transaction() as connection:
            tree, number = _tree(connection, image_id), _next(connection, image_id)
            if not end:
                connection.execute(
                    "UPDATE images SET talk_emptied = ? WHERE id = ?", (number, image_id)
                )
                return
            if end not in tree:
                raise _missing()
            connection.executemany(
                "UPDATE messages SET picked = ? WHERE id = ?",
                [(number, message.id) for message in tree.path(end)],
            )

    def change_talk(
        self,
        image_id: str,
        remove: Collection[str] = (),
        add: Sequence[Message] = (),
        parents: Mapping[str, str] | None = None,
    ) -> None:
        """Takes messages out, or puts them back as they were, in one step.

        Args:
            image_id: The image.
            remove: Ids of those that go; the results behind them stay.
            add: Those that come back, as they were read.
            parents: What messages that stay follow from now on.

        Raises:
            StoreError: Not stored, or a message is about another image; all is as it was then.
        """
        if any(message.image_id != image_id for message in add):
            raise StoreError("A message is about another image.", "Open the project again.")
        with self._transaction() as connection:
            connection.executemany("DELETE FROM messages WHERE id = ?", [(id_,) for id_ in remove])
            for message in add:
                _insert(connection, message)
            connection.executemany(
                "UPDATE messages SET parent = ? WHERE id = ?",
                [(parent, id_) for id_, parent in (parents or {}).items()],
            )

    def mark_message(self, message_id: str, mark: str, right: str) -> None:
        """Stores what a person says of an answer.

        Args:
            message_id: The answer.
            mark: `GOOD`, `BAD` or "".
            right: What would be right; "" for nothing.

        Raises:
            StoreError: Not stored, or there is no such message.
        """
        with self._transaction() as connection:
            done = connection.execute(
                "UPDATE messages SET mark = ?, corrected = ? WHERE id = ?",
                (mark, clean(right), message_id),
            )
            if done.rowcount == 0:
                raise _missing()


def _missing() -> StoreError:
    return StoreError("The message is not in this project.", "Open the project again.")


def _tree(connection: Connection, image_id: str) -> Tree:
    rows = connection.execute(
        f"SELECT {MESSAGE} FROM messages m JOIN images i ON i.seq = m.image"
        " WHERE i.id = ? ORDER BY m.seq",
        (image_id,),
    )
    messages = [message_of(row) for row in rows]
    found = connection.execute("SELECT talk_emptied FROM images WHERE id = ?", (image_id,))
    return Tree(messages, *(found.fetchone() or ()))


def _next(connection: Connection, image_id: str) -> int:
    """Returns a number higher than all `picked` of an image."""
    row = connection.execute(
        "SELECT 1 + MAX(i.talk_emptied, COALESCE(MAX(m.picked), 0))"
        " FROM images i LEFT JOIN messages m ON m.image = i.seq WHERE i.id = ?",
        (image_id,),
    ).fetchone()
    return int(row[0] or 0)


def _insert(connection: Connection, message: Message) -> None:
    parent = message.parent
    if parent is None:
        shown = _tree(connection, message.image_id).shown()
        parent = shown[-1].id if shown else ""
    connection.execute(
        "INSERT INTO messages (image, role, text, status, boxes, result_id, id, created, made,"
        " parent, together, mark, corrected, seq, picked) VALUES"
        " ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            message.image_id,
            message.role,
            clean(message.text),
            message.status,
            boxes_text(message.boxes),
            message.result_id,
            message.id,
            message.created or stamp(),
            clean(made_text(message.made)),
            parent,
            message.together,
            message.mark,
            clean(message.right),
            message.seq or None,
            message.picked or _next(connection, message.image_id),
        ),
    )
