"""The conversation about each image, as stored."""

# ruff: noqa: S608  only column names of ours are put into statements; values are always bound

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from inspector_app.domain.asking import Made
from inspector_app.domain.chat import Message
from inspector_app.domain.errors import StoreError
from inspector_app.store.clock import stamp
from inspector_app.store.database import Database
from inspector_app.store.made_json import made_text
from inspector_app.store.rows import MESSAGE, boxes_text, clean, message_of


class Messages(Database):
    """Questions and answers, in the order they were added."""

    def add_message(self, message: Message) -> None:
        """Stores a message at the end of its image's conversation.

        Raises:
            StoreError: Not stored, there already, or the image is not in this project.
        """
        with self._transaction() as connection:
            _insert(connection, message)

    def set_messages(self, image_id: str, messages: Sequence[Message]) -> None:
        """Replaces the whole conversation about an image, in one step.

        Args:
            image_id: The image.
            messages: All its messages from now on, oldest first; what else there was is forgotten.

        Raises:
            StoreError: Not stored, or a message is about another image; all is as it was then.
        """
        if any(message.image_id != image_id for message in messages):
            raise StoreError("A message is about another image.", "Open the project again.")
        with self._transaction() as connection:
            _delete_all(connection, image_id)
            for message in messages:
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
                raise StoreError("The message is not in this project.", "Open the project again.")

    def messages(self, image_id: str) -> list[Message]:
        """Returns the conversation about an image, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {MESSAGE} FROM messages m JOIN images i ON i.seq = m.image"
                " WHERE i.id = ? ORDER BY m.seq",
                (image_id,),
            )
            return [message_of(row) for row in rows]

    def clear_messages(self, image_id: str) -> None:
        """Forgets the conversation about an image; the results behind it stay.

        Raises:
            StoreError: Not stored.
        """
        with self._transaction() as connection:
            _delete_all(connection, image_id)


def _insert(connection: Connection, message: Message) -> None:
    connection.execute(
        "INSERT INTO messages (image, role, text, status, boxes, result_id, id, created, made)"
        " VALUES ((SELECT seq FROM images WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ),
    )


def _delete_all(connection: Connection, image_id: str) -> None:
    connection.execute(
        "DELETE FROM messages WHERE image = (SELECT seq FROM images WHERE id = ?)", (image_id,)
    )
