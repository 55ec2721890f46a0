"""Two engines side by side on the same items, judged blind by people and by models."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_app.domain.evaluation import Paired

FIRST, SECOND, TIE = "first", "second", "tie"
CHOICES = (FIRST, SECOND, TIE)
PERSON, MODEL = "person", "model"


@dataclass(frozen=True, slots=True)
class Duel:
    """One item with the answers of both.

    Attributes:
        id: Unique within the match.
        image: Path; empty for words alone.
        question: As it was asked.
        wanted: What is right; empty where nobody knows.
        first: Answer of the match's first engine.
        second: Of its second one.
        swapped: The second one is shown on the left; drawn once, so that people stay blind.
    """

    id: str
    image: str
    question: str
    wanted: str
    first: str
    second: str
    swapped: bool

    @property
    def left(self) -> str:
        """The answer on the left."""
        return self.second if self.swapped else self.first

    @property
    def right(self) -> str:
        """The answer on the right."""
        return self.first if self.swapped else self.second


@dataclass(frozen=True, slots=True)
class Match:
    """Two that are compared.

    Attributes:
        id: Name of its folder.
        name: For people.
        first: Engine and adapter.
        second: Likewise.
        duels: In the order in which they are shown, drawn once.
        data_sha256: Of the data that both answered.
    """

    id: str
    name: str
    first: str
    second: str
    duels: tuple[Duel, ...]
    data_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a judge says of one duel; a later vote of the same judge replaces the earlier one.

    Attributes:
        duel: Its id.
        judge: Name of the person, or card id of the model.
        kind: `PERSON` or `MODEL`.
        winner: One of `CHOICES`.
        reason: Why, in the judge's words.
        scores: Of first and second, 1..10, by judges that give some; in the order of the match.
        created: UTC time, ISO 8601; set when it is stored.
    """

    duel: str
    judge: str
    kind: str
    winner: str
    reason: str = ""
    scores: tuple[float, float] | None = None
    created: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the judges of one kind, or one of them, say of a match.

    Attributes:
        judge: Name; empty for all of the kind.
        kind: `PERSON` or `MODEL`.
        judged: Duels with a vote.
        paired: Wins of the first, of the second, ties, and the sign test.
        strengths: Engine -> strength on the scale of Elo, mean 1500 (Bradley-Terry).
        scores: Mean of the given scores of both; None without any.
    """

    judge: str
    kind: str
    judged: int
    paired: Paired
    strengths: tuple[tuple[str, float], ...]
    scores: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people and a model judge alike.

    Attributes:
        n: Duels that both judged.
        same: Share with the same winner.
        kappa: Cohen's kappa (1960): agreement beyond chance; None where it is undefined.
        model: Judge.
    """

    n: int
    same: float
    kappa: float | None
    model: str
