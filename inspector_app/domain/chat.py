"""The conversation about one image, as it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from inspector_app.domain.asking import Made
from inspector_app.domain.findings import AuthorKind, Finding, FoundBox
from inspector_app.domain.geometry import Box

REPEAT, COMPARE = "repeat-", "compare-"  # what `Message.together` begins with
GOOD, BAD = "good", "bad"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the user's question or the engine's answer.

    Attributes:
        role: "user" or "assistant".
        status: "done", "cancelled" (partial text kept), or "failed".
        boxes: Regions the question was about.
        result_id: The result behind an answer.
        made: How an answer was asked for and what it was made of; None for a plain one.
        parent: Message that this one follows; "" for the first of a conversation. None, before it
            is stored, for the end of the branch on show.
        together: What answers that were asked for at once have in common, see `REPEAT` and
            `COMPARE`; "" for an answer alone.
        mark: What a person says of an answer: `GOOD`, `BAD` or "".
        right: What would be right, in a person's words.
        seq: Its place in the project, and so among its siblings; set by the store.
        picked: Higher than that of its siblings when it is the one on show; set by the store.
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
    parent: str | None = None
    together: str = ""
    mark: str = ""
    right: str = ""
    seq: int = 0
    picked: int = 0


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
