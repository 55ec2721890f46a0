"""Findings: located statements about an image, with an author and a state."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

from inspector_app.domain.geometry import Box


class FindingState(StrEnum):
    """What people have said of a finding."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"
    EDITED = "edited"  # replaced by a person's version; kept for the record and for training


class AuthorKind(StrEnum):
    """Who says it."""

    ENGINE = "engine"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Author:
    """An engine (by card id) or a person (by name)."""

    kind: AuthorKind
    name: str


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A box as an engine reports it, before it becomes a finding of a project."""

    label: str
    box: Box
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about an image.

    Attributes:
        image_id: The image it is about.
        label: What it is, in the user's words ("scratch", "anomaly").
        box: Where; None for a statement about the whole image.
        score: The author's score, in the author's unit; None when there is none.
        author: Who says it.
        state: What people have said of it.
        note: Free text.
        result_id: The engine's result it came from, if any.
        supersedes: The finding that this one replaces, if a person edited one.
        id: Unique name, made on creation.
        created: UTC time, ISO 8601; set by the store on insert when empty.
    """

    image_id: str
    label: str
    box: Box | None
    author: Author
    score: float | None = None
    state: FindingState = FindingState.PROPOSED
    note: str = ""
    result_id: str | None = None
    supersedes: str | None = None
    id: str = field(default_factory=lambda: uuid4().hex)
    created: str = ""
