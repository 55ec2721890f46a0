"""Fine-tuning: what a run is made of, and what it tells while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector_app.domain.findings import FoundBox

PARTS = ("language", "vision", "projector")
PRECISIONS = ("auto", "bfloat16", "float16", "float32", "nf4", "int8")
SCHEDULES = ("constant", "linear", "cosine", "linear_warmup_cosine")


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data set of a run.

    Attributes:
        path: File or folder, absolute.
        form: How it is written, one of `learning.importers.FORMS`; "manifest" for ours.
        images: Folder of the images where the file does not say; empty if it does.
        split: Which part of it; empty for all of it.
        share: How often it is drawn from, in proportion to the others.
        template: Instruction template; empty for the one of the run.
    """

    path: str
    form: str = "manifest"
    images: str = ""
    split: str = ""
    share: float = 1.0
    template: str = ""


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """Which matrices are learned (Hu et al. 2021, "LoRA").

    Attributes:
        rank: r.
        alpha: The update is scaled by alpha / rank.
        dropout: Of its input.
        parts: Of the model, out of `PARTS`; "projector" is the layer between tower and language.
        targets: Names of linear layers in the language part; empty for all seven of a layer.
    """

    rank: int = 16
    alpha: float = 16
    dropout: float = 0.0
    parts: tuple[str, ...] = ("language",)
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps and learning rates.

    Attributes:
        kind: One of `SCHEDULES`; `linear_warmup_cosine` is that of MiniGPT-v2.
        rate: Highest learning rate.
        lowest: Where it ends.
        start: Where warm-up begins.
        warmup: Steps of warm-up.
        steps: Optimiser steps; 0 to go by `epochs`.
        epochs: Passes over the data.
        epoch_steps: Steps called an epoch by the schedule of MiniGPT-v2; 0 for the data's own.
    """

    kind: str = "linear"
    rate: float = 2e-4
    lowest: float = 0.0
    start: float = 0.0
    warmup: int = 5
    steps: int = 0
    epochs: float = 1.0
    epoch_steps: int = 0


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A run, as its YAML file says; `learning.train_config.read_config` checks it whole.

    Attributes:
        name: Of the adapter that comes of it.
        base: Card id of the model.
        data: What is learned from.
        out: Folder of checkpoints and log, absolute; empty for one in the user's data folder.
        validation: Measured on; empty for a share of `data`, see `held_back`.
        held_back: Share of `data` kept for validation when `validation` is empty.
        template: Name of an instruction template (`resources/prompts/instructions.toml`).
        lora: Which matrices.
        schedule: Steps and rates.
        optimiser: "adamw", or "adamw_8bit" (bitsandbytes).
        weight_decay: Of matrices.
        batch: Samples of a forward pass.
        accumulation: Passes of a step.
        seed: Of order, weights and dropout.
        precision: One of `PRECISIONS`.
        image_tokens: Most tokens of an image; 0 as the card says.
        image_side: Side of a square image for models that take those; 0 as the card says.
        length: Tokens at most; longer samples are left out and told, never cut through an image.
        checkpointing: Activations are computed again instead of kept.
        evaluate_every: Steps between validations; 0 for at the end alone.
        patience: Validations without a lower loss before the run ends early; 0 for never.
        save_every: Steps between checkpoints.
        predict: Samples of validation that are answered at every validation, to be looked at.
        start_from: Adapter to go on from; empty for a new one.
        licence: Of the weights that come of it, as the data permit; empty if not known.
        source: The file it was read from.
    """

    name: str
    base: str
    data: tuple[DataSource, ...]
    out: str = ""
    validation: tuple[DataSource, ...] = ()
    held_back: float = 0.1
    template: str = "auto"
    lora: LoraSettings = field(default_factory=LoraSettings)
    schedule: Schedule = field(default_factory=Schedule)
    optimiser: str = "adamw"
    weight_decay: float = 0.01
    batch: int = 1
    accumulation: int = 1
    seed: int = 42
    precision: str = "auto"
    image_tokens: int = 0
    image_side: int = 0
    length: int = 2048
    checkpointing: bool = False
    evaluate_every: int = 0
    patience: int = 0
    save_every: int = 50
    predict: int = 4
    start_from: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Weights are loaded and data are ready.

    Attributes:
        out: Folder of the run.
        steps: Optimiser steps in all.
        first: Steps done by an earlier part of the run.
        samples: Learned from.
        validated: Samples measured on.
        trainable: Parameters that are learned.
        device: "cpu", "cuda (NVIDIA ...)".
        precision: What it runs in.
        notes: Sentences about what was left out or changed.
    """

    out: str
    steps: int
    first: int
    samples: int
    validated: int
    trainable: int
    device: str
    precision: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepDone:
    """One optimiser step.

    Attributes:
        step: Counted from 1 through the whole run.
        steps: In all.
        loss: Mean over its answer tokens.
        rate: Learning rate it was made with.
        samples_per_second: Over the last steps.
        memory_mb: Taken by the process, on the GPU if it runs there.
        eta_seconds: Until the last step.
    """

    step: int
    steps: int
    loss: float
    rate: float
    samples_per_second: float
    memory_mb: int
    eta_seconds: float


@dataclass(frozen=True, slots=True)
class Validated:
    """Loss over the answer tokens of the validation samples; `best` when the lowest so far."""

    step: int
    loss: float
    best: bool


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the model answers in the middle of a run, to one validation sample.

    Attributes:
        step: When.
        image: Path; empty for text alone.
        question: As it was asked.
        wanted: The answer to learn.
        answer: Text without tags.
        boxes: Found in the answer, in fractions of the upright image.
        truth: Boxes of the sample.
    """

    step: int
    image: str
    question: str
    wanted: str
    answer: str
    boxes: tuple[FoundBox, ...] = ()
    truth: tuple[FoundBox, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """The run can go on from here."""

    step: int
    path: str


@dataclass(frozen=True, slots=True)
class RunPaused:
    """Waiting between two steps until it is told to go on."""

    step: int


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The adapter is in the model manager.

    Attributes:
        adapter: Its id.
        path: Its folder.
        step: Last step of the run.
        best_step: Step whose weights it holds.
        first_loss: Validation loss before the first step; None where nothing was held back.
        best_loss: Of the weights it holds.
        seconds: Wall time of all parts of the run.
        early: Ended because validation got no better.
    """

    adapter: str
    path: str
    step: int
    best_step: int
    first_loss: float | None
    best_loss: float | None
    seconds: float
    early: bool = False


@dataclass(frozen=True, slots=True)
class RunStopped:
    """Stopped by a person; `inspector train CONFIG.yaml --resume` goes on from the checkpoint."""

    step: int
    path: str


TrainEvent = (
    RunStarted
    | StepDone
    | Validated
    | Predicted
    | CheckpointSaved
    | RunPaused
    | RunFinished
    | RunStopped
)
