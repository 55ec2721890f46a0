"""Results: what one engine said about one image, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from inspector_app.domain.events import Provenance
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """One finished (or failed) request of a project; its boxes are findings.

    Attributes:
        image_id: The image it is about.
        task: What was asked.
        question: The user's words.
        answer: Text for the user.
        raw: The model's text untouched.
        provenance: Which engine, adapter, recipe, prompt, seed and versions.
        score: Image score, if the engine has one.
        limits: The limits that the verdict came from.
        verdict: The engine's decision, if any.
        reasons: Why, one sentence each.
        seconds: Wall time.
        status: "finished", "failed", "cancelled".
        trouble: What went wrong, when it failed.
        image_sha256: Hash of the image file that was looked at.
        id: Unique name, made on creation.
        created: UTC time, ISO 8601; set by the store on insert when empty.
    """

    image_id: str
    task: Task
    question: str
    answer: str
    raw: str
    provenance: Provenance
    score: float | None = None
    limits: Limits | None = None
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0
    status: str = "finished"
    trouble: str = ""
    image_sha256: str = ""
    id: str = field(default_factory=lambda: uuid4().hex)
    created: str = ""


@dataclass(frozen=True, slots=True)
class Overrule:
    """A person's verdict on an image; the engine's stays beside it."""

    image_id: str
    verdict: Verdict
    person: str
    code: str = ""
    note: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class ImageSummary:
    """What the gallery and the reports need to know of one image, in one row.

    `verdict` is the one that counts: the person's where there is one, else the engine's.
    """

    image_id: str
    path: str
    page: int
    width: int
    height: int
    trouble: str
    verdict: Verdict | None
    engine_verdict: Verdict | None
    overruled: bool
    score: float | None
    label: str
    findings: int
    edited: bool
    seconds: float | None
    conflicts: int = 0  # of the document's numbers, not settled by a person yet
    differs: int = 0  # where a second reader differs, not settled by a person yet
