"""The corrected loop: what was corrected becomes an adapter that is better, or is not used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inspector_app.domain.training import DataSource

DATA, TRAIN, EVALUATE, COMPARE, DECIDE, DONE = (
    "data", "train", "evaluate", "compare", "decide", "done",
)  # fmt: skip
STEPS = (DATA, TRAIN, EVALUATE, COMPARE, DECIDE, DONE)
PROMOTED, ROLLED_BACK = "promoted", "rolled_back"


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """What to measure.

    Attributes:
        manifest: Path.
        split: Which part.
        task: "detect", "vqa" or "receipt".
        engine: Card id.
        adapter: Its id; empty for the base model.
        recipe: To decide by; empty without one.
    """

    manifest: str
    split: str
    task: str
    engine: str
    adapter: str = ""
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSet:
    """A test set as it was when it was chosen; figures on it are comparable as long as it is that.

    Attributes:
        manifest: Path.
        split: Which part.
        task: "detect", "vqa" or "receipt".
        n: Items.
        data_sha256: Of truth and images.
    """

    manifest: str
    split: str
    task: str
    n: int
    data_sha256: str


@dataclass(frozen=True, slots=True)
class Improvement:
    """One round of the loop; every step leaves what the next one needs, so that it can go on.

    Attributes:
        id: Name of its folder.
        name: For people, and of the adapter.
        base: Card id of the model.
        current: Adapter that answers now; empty for the base model.
        sources: What is learned from.
        preset: Name of the training preset.
        frozen: What both are measured on; None until it is chosen.
        checked: The data were checked and nothing forbids the run.
        run: Folder of the run; empty before.
        adapter: What came of the run; empty before.
        first: File with the evaluation of `current`; empty before.
        second: File with the evaluation of `adapter`.
        match: Id of the blind comparison; empty before.
        decision: `PROMOTED`, `ROLLED_BACK`, or empty.
        created: UTC time, ISO 8601.
    """

    id: str
    name: str
    base: str
    current: str
    sources: tuple[DataSource, ...]
    preset: str = ""
    frozen: FrozenSet | None = None
    checked: bool = False
    run: str = ""
    adapter: str = ""
    first: str = ""
    second: str = ""
    match: str = ""
    decision: str = ""
    created: str = ""

    @property
    def step(self) -> str:
        """The step that is next, one of `STEPS`."""
        if not self.checked or self.frozen is None:
            return DATA
        if not self.adapter:
            return TRAIN
        if not (self.first and self.second):
            return EVALUATE
        if not self.match:
            return COMPARE
        return DONE if self.decision else DECIDE

    def back_to(self, step: str) -> Improvement:
        """The same round before a step: what came of it and of later ones is forgotten."""
        place = STEPS.index(step)
        lost = {
            name: value
            for at, name, value in (
                (DATA, "checked", False),
                (TRAIN, "run", ""),
                (TRAIN, "adapter", ""),
                (EVALUATE, "first", ""),
                (EVALUATE, "second", ""),
                (COMPARE, "match", ""),
                (DECIDE, "decision", ""),
            )
            if STEPS.index(at) >= place
        }
        return replace(self, **lost)
