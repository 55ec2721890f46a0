"""The one event stream that window, command line, batch and tests all iterate."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector_app.domain.asking import Made
from inspector_app.domain.findings import FoundBox
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.loading import SeenImage
from inspector_app.domain.verdicts import Limits, Verdict


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an answer came from; stored with every result.

    Attributes:
        engine: Card id.
        adapter: Adapter id and hash ("name@sha256..."), empty without one.
        recipe: Name, version and hash of the recipe, empty without one.
        prompt: The whole prompt as the model saw it; empty for experts.
        seed: Seed of the sampling.
        versions: Library versions, name -> version.
    """

    engine: str
    adapter: str = ""
    recipe: str = ""
    prompt: str = ""
    seed: int = 0
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """The engine took the request.

    Attributes:
        width, height: Of the upright image, in pixels.
        seen: What the model sees of each image, for language engines.
    """

    request_id: str
    provenance: Provenance
    width: int = 0
    height: int = 0
    seen: tuple[SeenImage, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More text of the answer."""

    request_id: str
    text: str


@dataclass(frozen=True, slots=True)
class BoxesFound:
    """More boxes of the answer, each told once, as soon as it is known."""

    request_id: str
    boxes: tuple[FoundBox, ...]


@dataclass(frozen=True, slots=True)
class StageReached:
    """A stage of an answer begins, or all are over.

    Comes only where a question is put in a way of its own (`services.asking`): before each stage,
    and once more before the last event.

    Attributes:
        stage: Its name; empty when all are over.
        made: What the answer was made of so far.
        anew: Text that was told before is no part of the answer: it was reasoning.
    """

    request_id: str
    stage: str
    made: Made
    anew: bool = False


@dataclass(frozen=True, slots=True)
class MapReady:
    """The heat map of the image."""

    request_id: str
    heat: HeatMap


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer.

    Attributes:
        answer: All text, in words for the user.
        raw: The model's text untouched (box tags and all); equal to `answer` for experts.
        score: Image score, or None when the engine has none (never invented).
        limits: The limits that the verdict was decided by, if any.
        verdict: The decision, or None when nothing was decided.
        reasons: Why, one short sentence each.
        seconds: Wall time of the answer.
        tokens: Tokens written; 0 for experts.
    """

    request_id: str
    answer: str
    raw: str
    boxes: tuple[FoundBox, ...] = ()
    score: float | None = None
    limits: Limits | None = None
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The request failed; the next one may work.

    Attributes:
        what: What happened, one sentence.
        mend: What the user can do; may be empty.
        details: Technical text for the Details view.
        lost: Whether the engine itself went away (crash, hang) and is started again.
        image: Whether the image file is to blame; another image may well work.
    """

    request_id: str
    what: str
    mend: str = ""
    details: str = ""
    lost: bool = False
    image: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The user stopped it; what had come is kept."""

    request_id: str
    answer: str = ""
    boxes: tuple[FoundBox, ...] = field(default=())


Event = Started | TextDelta | BoxesFound | StageReached | MapReady | Finished | Failed | Cancelled
LAST = (Finished, Failed, Cancelled)
