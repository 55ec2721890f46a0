"""The conversation about one image, as it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from inspector_app.domain.asking import Made
from inspector_app.domain.findings import AuthorKind, Finding, FoundBox
from inspector_app.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the user's question or the engine's answer.

    Attributes:
        role: "user" or "assistant".
        status: "done", "cancelled" (partial text kept), or "failed".
        boxes: Regions the question was about.
        result_id: The result behind an answer.
        made: How an answer was asked for and what it was made of; None for a plain one.
    """

    image_id: str
    role: str
    text: str
    status: str = "done"
    boxes: tuple[Box, ...] = ()
    result_id: str | None = None
    id: str = field(default_factory=lambda: uuid4().hex)
    created: str = ""
    made: Made | None = None


def turn_of(messages: Sequence[Message], answer_id: str) -> frozenset[str]:
    """Returns the ids of an answer and its question; empty if there is no such answer."""
    for at, message in enumerate(messages):
        if message.id == answer_id:
            asked = at > 0 and messages[at - 1].role == "user" and message.role != "user"
            return frozenset({answer_id} | ({messages[at - 1].id} if asked else set()))
    return frozenset()


def brought_back(
    before: Sequence[Message], now: Sequence[Message], ids: Collection[str]
) -> list[Message]:
    """Returns a conversation with messages back in it that were taken out.

    Args:
        before: The conversation as it was before.
        now: As it is; what was asked since stays, behind what stood there before.
        ids: Which messages come back.
    """
    today = {message.id: message for message in now}
    old = [today.get(m.id, m) for m in before if m.id in today or m.id in ids]
    known = {message.id for message in old}
    return old + [message for message in now if message.id not in known]


def answer_boxes(findings: Iterable[Finding]) -> dict[str, tuple[FoundBox, ...]]:
    """Returns the boxes of answers by result, as they were given.

    Args:
        findings: Of one image, those too that a person replaced: what a person changes later does
            not change what the answer said.
    """
    boxes: dict[str, list[FoundBox]] = {}
    for finding in findings:
        by_engine = finding.author.kind is AuthorKind.ENGINE
        if by_engine and finding.result_id is not None and finding.box is not None:
            found = FoundBox(finding.label, finding.box, finding.score)
            boxes.setdefault(finding.result_id, []).append(found)
    return {result: tuple(found) for result, found in boxes.items()}
