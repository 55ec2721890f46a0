"""What is asked at once: where in the conversation, of whom, how often, and what came so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from inspector_app.domain.asking import Ask, Made
from inspector_app.domain.branches import Tree
from inspector_app.domain.chat import Message
from inspector_app.domain.engine import InspectRequest
from inspector_app.domain.events import (
    BoxesFound,
    Cancelled,
    Event,
    Failed,
    Finished,
    StageReached,
    TextDelta,
)
from inspector_app.domain.findings import FoundBox


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the conversation a question goes.

    Attributes:
        after: Message that it follows; "" for none, None for the end of the branch on show.
        again: The question that is asked again, for another answer to it.
        before: What was said before it, where that may not be stored; None to read it.
    """

    after: str | None = None
    again: Message | None = None
    before: tuple[Message, ...] | None = None

    def parent(self, tree: Tree) -> str | None:
        """Returns the message that the question follows, as `earlier_turns` takes it."""
        return tree.parent(self.again.id) if self.again is not None else self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """Who answers, and how often.

    Attributes:
        kind: `REPEAT` or `COMPARE` for several answers; "" for one.
        times: How often each is asked.
        who: Card ids with adapters; the engine in use when empty.
    """

    kind: str = ""
    times: int = 1
    who: tuple[tuple[str, str], ...] = ()


END, ONCE = Place(), Plan()


@dataclass(slots=True)
class Asked:
    """One answer that is asked for, and what came of it so far."""

    answer: Message
    engine_id: str
    request: InspectRequest
    ask: Ask | None = None  # how the question is put; None for a plain one
    text: list[str] = field(default_factory=list)
    boxes: list[FoundBox] = field(default_factory=list)
    made: Made | None = None


class Answers:
    """The answers to one question: which have begun, which have ended.

    Args:
        asked: All of them.
    """

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._waiting = {each.request.id: each for each in asked}
        self._begun: dict[str, Asked] = {}

    def has_begun(self, request_id: str) -> bool:
        """Whether an answer has begun."""
        return request_id not in self._waiting

    def begin(self, request_id: str) -> Asked:
        """Begins an answer; returns it."""
        self._begun[request_id] = self._waiting.pop(request_id)
        return self._begun[request_id]

    def add(self, event: Event) -> Asked:
        """Takes an event; returns the answer that it is of."""
        asked = self._begun[event.request_id]
        match event:
            case TextDelta():
                asked.text.append(event.text)
            case BoxesFound():
                asked.boxes.extend(event.boxes)
            case StageReached():
                asked.made = event.made
                if event.anew:
                    asked.text.clear()
            case Finished() | Failed() | Cancelled():
                del self._begun[event.request_id]
            case _:
                pass
        return asked

    def open(self) -> list[Asked]:
        """Returns those that have begun and not ended."""
        return list(self._begun.values())
