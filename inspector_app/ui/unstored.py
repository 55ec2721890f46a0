"""What was said in projects that cannot be written, kept while the program runs."""

from __future__ import annotations

from dataclasses import replace

from inspector_app.domain.branches import Tree
from inspector_app.domain.chat import Message

_AFTER_ALL = 2**40  # places behind those that a project gives


class Unstored:
    """Questions and answers that stand in no project."""

    def __init__(self) -> None:
        self._said: dict[str, Message] = {}

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._said

    def add(self, message: Message) -> None:
        """Keeps a question or an answer; an answer counts as stopped until it has ended."""
        self._said[message.id] = replace(message, seq=_AFTER_ALL + len(self._said))

    def end(self, message_id: str, text: str, status: str) -> None:
        """Keeps how an answer ended; nothing where it is stored."""
        if message_id in self._said:
            self._said[message_id] = replace(self._said[message_id], text=text, status=status)

    def merged(self, tree: Tree, image_id: str) -> Tree:
        """Returns all that was said about an image, the stored part given."""
        return tree.with_more([each for each in self._said.values() if each.image_id == image_id])
