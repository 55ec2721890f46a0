"""What is known of an answer besides its text."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.asking import Made
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """What is known of an answer besides its text.

    Attributes:
        who: Engine and adapter in words.
        notice: Line that must be shown with it ("starter model").
        task: What was asked; decides whether a missing box is worth a word.
        verbatim: The words went to the model as they were.
        seed: Seed that it was drawn with; 0 for the likeliest answer.
        seconds: Wall time, 0 if not known.
        tokens: Tokens written, 0 for experts.
        boxes: Boxes of the answer.
        raw: The model's text untouched; empty if not known.
        remarks: What is to be said of the answer, one sentence each.
        what: What happened, for a failed answer.
        mend: What helps.
        technical: Text for the Details view.
        made: What it was made of; None for a plain answer.
    """

    who: str = ""
    notice: str = ""
    task: Task | None = None
    verbatim: bool = False
    seed: int = 0
    seconds: float = 0.0
    tokens: int = 0
    boxes: tuple[FoundBox, ...] = ()
    raw: str = ""
    remarks: tuple[str, ...] = ()
    what: str = ""
    mend: str = ""
    technical: str = ""
    made: Made | None = None
