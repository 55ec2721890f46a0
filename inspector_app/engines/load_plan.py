"""Before a model is loaded: what it will need, and what is changed step by step so that it fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.domain.cards import Card
from inspector_app.domain.errors import BadInputError, EngineError
from inspector_app.domain.loading import LoadNote, LoadReport
from inspector_app.engines.model_size import ModelSize, measure

__all__ = [
    "Machine",
    "ModelSize",
    "Wish",
    "measure",
    "memory_of",
    "plan",
    "this_machine",
    "wish_of",
]

DEVICES = ("auto", "cuda", "cpu")
PRECISIONS = ("auto", "bfloat16", "float16", "float32", "nf4", "int8")
# Working memory of the libraries and what is lost between blocks; an estimate.
GPU_RESERVE = 500_000_000  # bytes
CPU_RESERVE = 700_000_000
_WIDTH = {"float32": 4, "bfloat16": 2, "float16": 2}
_QUANTISED = ("nf4", "int8")
_DEFAULT_TOKENS = (256, 1280)  # of an image, as the models' authors recommend


@dataclass(frozen=True, slots=True)
class Wish:
    """How a model should be loaded, if it fits.

    Attributes:
        device: "auto" (the GPU if it fits, else the processor), "cuda" or "cpu".
        precision: "auto", "bfloat16", "float16", "float32", "nf4" or "int8".
        max_pixels: Pixels of an image at most; 0 for 1280 tokens.
        min_pixels: Pixels of an image that are never gone below; 0 for 256 tokens.
        context_tokens: Tokens of prompt, history and answer, besides those of images.
        images: Images of one request.
        float16: The model was trained in float16, so that nothing overflows in it.
    """

    device: str = "auto"
    precision: str = "auto"
    max_pixels: int = 0
    min_pixels: int = 0
    context_tokens: int = 4096
    images: int = 1
    float16: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What is free on a machine.

    Attributes:
        gpu_free: Free bytes of the GPU with the most; None if there is no GPU.
        gpu_bf16: Whether that GPU computes in bfloat16.
        ram_free: Free bytes of main memory.
        gpu: Its name for torch.
    """

    gpu_free: int | None
    gpu_bf16: bool
    ram_free: int
    gpu: str = "cuda:0"


@dataclass(frozen=True, slots=True)
class _Step:
    """One rung of the ladder."""

    gpu: bool
    dtype: str
    quantisation: str
    tokens: int  # of one image

    def need(self, size: ModelSize, wish: Wish) -> int:
        """Bytes that this takes."""
        width = _WIDTH[self.dtype]
        seen = self.tokens * wish.images
        patches = seen * size.merge**2
        tokens = seen + wish.context_tokens
        # Tower and language model run one after the other, so the larger of the two counts.
        passing = max(
            patches * size.vision_per_patch(width), tokens * size.prefill_per_token(width)
        )
        return (
            size.weights(width, self.quantisation)
            + tokens * size.cache_per_token(width)
            + passing
            + (GPU_RESERVE if self.gpu else CPU_RESERVE)
        )


def plan(size: ModelSize, wish: Wish, machine: Machine) -> LoadReport:
    """Decides how to load a model: as wished, or with the first step down the ladder that fits.

    The ladder: as wished on the GPU; smaller images; 4-bit language layers; the processor.

    Args:
        size: The model's.
        wish: What is asked for.
        machine: What is free.

    Raises:
        BadInputError: The wish is none that exists.
        EngineError: Nothing fits; the message says what is needed and what is free.
    """
    if wish.device not in DEVICES or wish.precision not in PRECISIONS:
        raise BadInputError(
            f"A model cannot be loaded on {wish.device!r} in {wish.precision!r}.",
            f"Devices: {', '.join(DEVICES)}; precisions: {', '.join(PRECISIONS)}.",
        )
    if wish.device == "cuda" and machine.gpu_free is None:
        raise EngineError(
            "No GPU was found that torch can use.", 'Set the device to "auto" or "cpu".'
        )
    steps = list(_ladder(size, wish, machine))
    for step in steps:
        need = step.need(size, wish)
        if need <= _free(step, machine):
            return LoadReport(
                device=machine.gpu if step.gpu else "cpu",
                dtype=step.dtype,
                quantisation=step.quantisation,
                max_pixels=step.tokens * size.token_pixels,
                memory_mb=math.ceil(need / 1e6),
                notes=_notes(step, size, wish, machine),
            )
    raise _nothing_fits(steps, size, wish, machine)


def memory_of(size: ModelSize, wish: Wish) -> int:
    """Returns the bytes a model needs on a GPU, as wished and with images of the full size."""
    quantisation = wish.precision if wish.precision in _QUANTISED else ""
    dtype = wish.precision if wish.precision in _WIDTH else "bfloat16"
    return _Step(True, dtype, quantisation, _token_range(size, wish)[1]).need(size, wish)


def wish_of(card: Card, size: ModelSize) -> Wish:
    """Returns the wish that a card states in its options.

    Args:
        card: A language model's card.
        size: The model's, which tells how many pixels a token is.
    """
    options = dict(card.options)
    default = Wish()
    return Wish(
        device=str(options.get("device", default.device)),
        precision=str(options.get("precision", default.precision)),
        max_pixels=int(options.get("max_tokens", 0)) * size.token_pixels,
        min_pixels=int(options.get("min_tokens", 0)) * size.token_pixels,
        context_tokens=int(options.get("context_tokens", default.context_tokens)),
        images=int(options.get("images", default.images)),
        float16=bool(options.get("float16", default.float16)),
    )


def this_machine() -> Machine:
    """Looks at this machine: the GPU with the most free memory, and main memory."""
    import psutil
    import torch

    ram = psutil.virtual_memory().available
    if not torch.cuda.is_available():
        return Machine(None, False, ram)
    free = [torch.cuda.mem_get_info(index)[0] for index in range(torch.cuda.device_count())]
    best = free.index(max(free))
    # 8.0 is the first generation with bfloat16 units; older ones only imitate it, slowly.
    native = torch.cuda.get_device_capability(best) >= (8, 0)
    return Machine(free[best], native, ram, f"cuda:{best}")


def _ladder(size: ModelSize, wish: Wish, machine: Machine) -> Iterator[_Step]:
    low, high = _token_range(size, wish)
    if wish.device != "cpu" and machine.gpu_free is not None:
        for dtype, quantisation in _gpu_forms(wish, machine):
            for tokens in _halvings(high, low):
                yield _Step(True, dtype, quantisation, tokens)
    if wish.device != "cuda":
        if wish.precision == "int8":
            for tokens in _halvings(high, low):
                yield _Step(False, "bfloat16", "int8", tokens)
        small = wish.precision == "bfloat16"
        for dtype in ("bfloat16",) if small else ("float32", "bfloat16"):
            yield _Step(False, dtype, "", high)
        for tokens in list(_halvings(high, low))[1:]:
            yield _Step(False, "bfloat16", "", tokens)


def _gpu_forms(wish: Wish, machine: Machine) -> list[tuple[str, str]]:
    """The pairs of dtype and quantisation to try on the GPU, best first."""
    # Without bfloat16, float32 comes first where a model may overflow in float16.
    whole = ["float16"] if wish.float16 else ["float32", "float16"]
    safe = ["bfloat16"] if machine.gpu_bf16 else whole
    if wish.precision in _QUANTISED:
        forms = [(dtype, wish.precision) for dtype in safe]
    elif wish.precision == "auto" or (wish.precision == "bfloat16" and not machine.gpu_bf16):
        forms = [(dtype, "") for dtype in safe]
    elif wish.precision == "float32":
        forms = [(dtype, "") for dtype in dict.fromkeys(["float32", *safe])]
    else:
        forms = [(wish.precision, "")]
    forms += [(dtype, "nf4") for dtype in safe]
    return list(dict.fromkeys(forms))


def _token_range(size: ModelSize, wish: Wish) -> tuple[int, int]:
    low = wish.min_pixels // size.token_pixels or _DEFAULT_TOKENS[0]
    high = wish.max_pixels // size.token_pixels or _DEFAULT_TOKENS[1]
    return min(low, high), high


def _halvings(high: int, low: int) -> Iterator[int]:
    tokens = high
    while tokens > low:
        yield tokens
        tokens //= 2
    yield low


def _free(step: _Step, machine: Machine) -> int:
    return (machine.gpu_free or 0) if step.gpu else machine.ram_free


def _notes(step: _Step, size: ModelSize, wish: Wish, machine: Machine) -> tuple[LoadNote, ...]:
    notes: list[LoadNote] = []
    high = _token_range(size, wish)[1]
    free = {
        "place": "gpu" if step.gpu else "ram",
        "gb": f"{_free(step, machine) / 1e9:.1f}",
    }
    if not step.gpu and wish.device == "auto":
        if machine.gpu_free is None:
            notes.append(_note("no_gpu"))
        else:
            notes.append(_note("gpu_full", gb=f"{machine.gpu_free / 1e9:.1f}"))
    if step.tokens < high:
        notes.append(_note("fewer_pixels", tokens=str(step.tokens), before=str(high), **free))
    notes += _precision_notes(step, wish, machine, free)
    return tuple(notes)


def _precision_notes(
    step: _Step, wish: Wish, machine: Machine, free: dict[str, str]
) -> list[LoadNote]:
    notes: list[LoadNote] = []
    if step.quantisation == "nf4" and wish.precision != "nf4":
        notes.append(_note("four_bits", **free))
    if wish.precision in _QUANTISED and not step.gpu and not step.quantisation:
        notes.append(_note("needs_gpu", dtype=step.dtype, wished=wish.precision))
    elif wish.precision == "float16" and not step.gpu:
        notes.append(_note("no_float16", dtype=step.dtype))
    elif step.dtype == "bfloat16" and (
        wish.precision == "float32" or (wish.precision == "auto" and not step.gpu)
    ):
        notes.append(_note("smaller_numbers", **free))
    if step.gpu and wish.precision == "bfloat16" and not machine.gpu_bf16:
        notes.append(_note("no_bfloat16", dtype=step.dtype))
    if step.gpu and step.dtype == "float16" and not wish.float16:
        notes.append(_note("overflow"))
    return notes


def _note(key: str, **values: str) -> LoadNote:
    return LoadNote(key, tuple(values.items()))


def _nothing_fits(steps: list[_Step], size: ModelSize, wish: Wish, machine: Machine) -> EngineError:
    told: list[str] = []
    for gpu, place in ((True, "on the GPU"), (False, "in main memory")):
        needs = [step.need(size, wish) for step in steps if step.gpu is gpu]
        if needs:
            free = (machine.gpu_free or 0) if gpu else machine.ram_free
            told.append(
                f"it needs at least {min(needs) / 1e9:.1f} GB {place}, where {free / 1e9:.1f} GB "
                "are free"
            )
    return EngineError(
        f"The model does not fit: {'; '.join(told)}.",
        "Close other programs, allow smaller images, or use a smaller model.",
    )
