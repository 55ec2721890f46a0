"""The conversation about one image as a tree: questions and answers with what they follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from inspector_app.domain.chat import Message


class Tree:
    """All messages about an image.

    An answer follows its question, a question the answer before it. What follows the same message
    are siblings: the versions of a question that was edited, the answers to one asked again.

    Args:
        messages: In the order of the store.
        emptied: When an empty conversation was begun, counted as `Message.picked`; 0 for never.
    """

    def __init__(self, messages: Sequence[Message], emptied: int = 0) -> None:
        self._by_id = {message.id: message for message in messages}
        self._below: dict[str, list[Message]] = {}
        for message in messages:
            self._below.setdefault(self.parent(message.id), []).append(message)
        self._emptied = emptied

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._by_id

    def with_changes(self, changes: Mapping[str, Message]) -> Tree:
        """Returns the tree with some messages in another state."""
        messages = [changes.get(each.id, each) for each in self._by_id.values()]
        return Tree(messages, self._emptied)

    def with_more(self, messages: Sequence[Message]) -> Tree:
        """Returns the tree with further messages, younger than its own."""
        return Tree([*self._by_id.values(), *messages], self._emptied)

    def message(self, message_id: str) -> Message | None:
        """Returns a message."""
        return self._by_id.get(message_id)

    def parent(self, message_id: str) -> str:
        """Returns the id of what a message follows; "" for nothing."""
        parent = self._by_id[message_id].parent or ""
        return parent if parent in self._by_id else ""

    def following(self, message_id: str) -> list[Message]:
        """Returns what follows a message directly, oldest first; "" for all beginnings."""
        return list(self._below.get(message_id, ()))

    def siblings(self, message_id: str) -> list[Message]:
        """Returns the versions of a message, itself included, oldest first."""
        return self.following(self.parent(message_id))

    def shown(self) -> list[Message]:
        """Returns the branch on show, oldest first; empty where a new one was begun."""
        beginnings = self.following("")
        if not beginnings or max(each.picked for each in beginnings) < self._emptied:
            return []
        return self._down("")

    def path(self, message_id: str) -> list[Message]:
        """Returns the branch from its beginning to a message, that one included."""
        found: list[Message] = []
        while message_id:
            found.append(self._by_id[message_id])
            message_id = self.parent(message_id)
        return found[::-1]

    def end(self, message_id: str) -> str:
        """Returns where the branch through a message ended when it was last on show."""
        return [self._by_id[message_id], *self._down(message_id)][-1].id

    def branches(self) -> list[list[Message]]:
        """Returns all branches, in the order of their ends."""
        return [self.path(each) for each in self._by_id if each not in self._below]

    def others(self) -> int:
        """Returns how many branches are not on show."""
        shown = self.shown()
        last = shown[-1].id if shown else ""
        return sum(each not in self._below and each != last for each in self._by_id)

    def with_rest(self, message_id: str) -> frozenset[str]:
        """Returns the ids of a message and of all that follows it, in every branch."""
        found, waiting = {message_id}, [message_id]
        while waiting:
            new = [each.id for each in self.following(waiting.pop())]
            found.update(new)
            waiting += new
        return frozenset(found)

    def is_fork(self, answer_id: str) -> bool:
        """Whether an answer, or its question, is one of several versions."""
        return len(self.siblings(self._version(answer_id))) > 1

    def removed_with(self, answer_id: str) -> frozenset[str]:
        """Returns the ids that are taken out with an answer.

        Where it is one of several versions, all that follows it goes with it, since it made no
        sense under another one. Else the question goes and what was asked later stays.
        """
        version = self._version(answer_id)
        if self.is_fork(answer_id):
            return self.with_rest(version)
        return frozenset({answer_id, version})

    def adopted(self, ids: Collection[str]) -> dict[str, str]:
        """Returns what each message follows that stays when others are taken out from above it."""
        found: dict[str, str] = {}
        for gone in ids:
            parent = self.parent(gone)
            while parent in ids:
                parent = self.parent(parent)
            found |= {each.id: parent for each in self.following(gone) if each.id not in ids}
        return found

    def _version(self, answer_id: str) -> str:
        """The answer where it has siblings, else its question."""
        question = self._by_id.get(self.parent(answer_id))
        if len(self.siblings(answer_id)) > 1 or question is None or question.role != "user":
            return answer_id
        return question.id

    def _down(self, message_id: str) -> list[Message]:
        found: list[Message] = []
        while children := self._below.get(message_id):
            found.append(_picked(children))
            message_id = found[-1].id
        return found


def together(tree: Tree, message: Message, kind: str) -> list[Message]:
    """Returns the answers that were asked for together with one, itself included.

    Args:
        tree: Holds them.
        message: One of them.
        kind: `REPEAT` or `COMPARE`; empty is returned for an answer of another kind.
    """
    if not message.together.startswith(kind) or message.id not in tree:
        return []
    return [each for each in tree.siblings(message.id) if each.together == message.together]


def _picked(messages: Iterable[Message]) -> Message:
    return max(messages, key=lambda each: (each.picked, each.seq))
