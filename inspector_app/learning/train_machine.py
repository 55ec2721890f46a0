"""Where and in what a run computes: device, precision, optimiser; as asked, or the nearest."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.cards import Card
from inspector_app.domain.loading import LoadReport
from inspector_app.domain.training import TrainConfig
from inspector_app.engines.load_plan import Machine, measure, this_machine, wish_of
from inspector_app.engines.model_folder import read_config
from inspector_app.engines.model_size import ModelSize

# Kinds of cards that can be fine-tuned -> parts of the model that an adapter may hold.
TRAINABLE: dict[str, tuple[str, ...]] = {
    "qwen-vl": ("language", "vision", "projector"),
    "minigpt-v2": ("language", "projector"),
}
_WIDTH = {"float32": 4, "bfloat16": 2, "float16": 2}
_DEFAULT_TOKENS = (256, 1280)
_QUANTISED = ("nf4", "int8")


@dataclass(frozen=True, slots=True)
class RunMachine:
    """What was chosen.

    Attributes:
        report: Device, precision and pixels, as the engine's model takes them.
        min_pixels: Pixels of an image at least.
        optimiser: "adamw" or "adamw_8bit".
        gpu: Name of the GPU, empty for the processor.
        notes: Sentences about what is not as the configuration says.
        troubles: Key and what is wrong, for what is not possible here.
    """

    report: LoadReport
    min_pixels: int
    optimiser: str
    gpu: str = ""
    notes: tuple[str, ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()

    @property
    def cuda(self) -> bool:
        """Whether it runs on a GPU."""
        return self.report.device != "cpu"


def choose_machine(
    config: TrainConfig, card: Card, folder: Path, machine: Machine | None = None
) -> RunMachine:
    """Chooses; nothing is loaded.

    4 and 8 bits are ways to need less GPU memory. On the processor the same run is made with whole
    numbers, which is closer to the model, and that is told. What would give other results than
    were asked for without need is refused instead.

    Args:
        config: Of the run.
        card: Of its base.
        folder: Of its files.
        machine: What is free; looked up if not given.
    """
    machine = machine or this_machine()
    size = measure(folder)
    notes: list[str] = []
    troubles: list[tuple[str, str]] = []
    if machine.gpu_free is None:
        dtype, quantisation = _on_processor(config, notes, troubles)
    else:
        dtype, quantisation = _on_gpu(config, card, machine, troubles)
    optimiser = config.optimiser
    if optimiser == "adamw_8bit" and machine.gpu_free is None:
        optimiser = "adamw"
        notes.append(
            "adamw_8bit needs a GPU; adamw is used instead, whose moments are in 32 bits: the same "
            "method, without the rounding."
        )
    need = size.weights(_WIDTH[dtype], quantisation)
    free = machine.ram_free if machine.gpu_free is None else machine.gpu_free
    if need > free:
        place = "main memory" if machine.gpu_free is None else "GPU memory"
        troubles.append(
            (
                "precision",
                f"{dtype} weights of {card.id} take {need / 1e9:.1f} GB of {place}, where "
                f"{free / 1e9:.1f} GB are free; choose less, or a smaller model.",
            )
        )
    least, most = _pixels(config, card, folder, size, notes, troubles)
    return RunMachine(
        LoadReport(_device(machine), dtype, quantisation, most),
        least,
        optimiser,
        _gpu_name(machine),
        tuple(notes),
        tuple(troubles),
    )


def _on_processor(
    config: TrainConfig, notes: list[str], troubles: list[tuple[str, str]]
) -> tuple[str, str]:
    if config.precision in _QUANTISED:
        notes.append(
            f"{config.precision} needs a GPU; the weights are kept in float32 instead, which takes "
            "more memory and is closer to the published model."
        )
        return "float32", ""
    if config.precision == "float16":
        troubles.append(
            (
                "precision",
                "float16 cannot be trained in on the processor; allowed are auto, float32, "
                "bfloat16.",
            )
        )
    return ("bfloat16", "") if config.precision == "bfloat16" else ("float32", "")


def _on_gpu(
    config: TrainConfig, card: Card, machine: Machine, troubles: list[tuple[str, str]]
) -> tuple[str, str]:
    half = "float16" if dict(card.options).get("float16") else "float32"
    best = "bfloat16" if machine.gpu_bf16 else half
    if config.precision in _QUANTISED:
        return best, config.precision
    if config.precision == "bfloat16" and not machine.gpu_bf16:
        troubles.append(
            (
                "precision",
                f"this GPU does not compute in bfloat16; allowed are auto ({best}), float16, "
                "float32, nf4, int8.",
            )
        )
    return (best if config.precision == "auto" else config.precision), ""


def _pixels(
    config: TrainConfig,
    card: Card,
    folder: Path,
    size: ModelSize,
    notes: list[str],
    troubles: list[tuple[str, str]],
) -> tuple[int, int]:
    """Pixels of an image at least and at most: the engine's own, unless the run says otherwise."""
    wish = wish_of(card, size)
    most = wish.max_pixels or _DEFAULT_TOKENS[1] * size.token_pixels
    least = wish.min_pixels or min(most, _DEFAULT_TOKENS[0] * size.token_pixels)
    square = card.kind == "minigpt-v2"
    side = read_config(folder)["vision_config"].get("image_size") if square else 0
    if config.image_side and not square:
        troubles.append(
            ("image_side", f"{card.id} takes images of any shape; leave it out, or image_tokens.")
        )
    elif square and config.image_side not in (0, side):
        troubles.append(
            ("image_side", f"images of {card.id} have {side} pixels a side; leave it out.")
        )
    if config.image_tokens and square:
        troubles.append(
            ("image_tokens", f"every image has the same number in {card.id}; leave it out.")
        )
    elif config.image_tokens:
        if config.image_tokens * size.token_pixels != most:
            notes.append(
                f"Images are learned with at most {config.image_tokens} tokens, but {card.id} "
                f"answers with up to {most // size.token_pixels}; set max_tokens on its card alike."
            )
        most = config.image_tokens * size.token_pixels
        least = min(least, most)
    return least, most


def _device(machine: Machine) -> str:
    if machine.gpu_free is None:
        return "cpu"
    rank = os.environ.get("LOCAL_RANK")  # set by `accelerate launch`
    return f"cuda:{rank}" if rank is not None else machine.gpu


def _gpu_name(machine: Machine) -> str:
    if machine.gpu_free is None:
        return ""
    import torch

    return torch.cuda.get_device_name(int(_device(machine).partition(":")[2] or 0))
