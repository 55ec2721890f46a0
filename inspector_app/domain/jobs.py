"""Events of long jobs: fit, batch, evaluate."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is 0 while it is not known."""

    done: int
    total: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class FitFinished:
    """A recipe was written.

    Attributes:
        recipe: Path of the TOML file.
        used: Golden images that went into the bank.
        skipped: One line for every image that could not be used.
        notes: What the fit has to say, one sentence each.
    """

    recipe: str
    used: int
    skipped: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The job ended without a result."""

    what: str
    mend: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """The user stopped the job; what was stored stays."""


@dataclass(frozen=True, slots=True)
class ImageDone:
    """One image of a batch is through (or was already).

    Attributes:
        image_id: Which.
        done: Images through so far, this one included.
        total: Images of the batch.
        verdict: The verdict, None when the image failed.
        trouble: Why it failed; empty when it did not.
        skipped: It was done before under the same recipe and engine.
        seconds: Wall time of this image.
    """

    image_id: str
    done: int
    total: int
    verdict: Verdict | None = None
    trouble: str = ""
    skipped: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """The batch is through."""

    inspected: int
    skipped: int
    failed: int
    seconds: float
    stopped: bool = False
