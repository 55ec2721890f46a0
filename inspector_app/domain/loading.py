"""How a model was loaded, what it needs, and what it sees of an image."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadNote:
    """One thing that was changed so that a model fits.

    Attributes:
        key: Of its sentence in `resources/prompts/loading.toml`.
        values: What is filled in, name -> text.
    """

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How an engine was loaded.

    Attributes:
        device: "cpu" or "cuda:0"; empty for engines that have no choice.
        dtype: "float32", "bfloat16" or "float16"; empty for experts.
        quantisation: "" for none, "int8" or "nf4".
        max_pixels: Pixels an image may have for the model; 0 for experts.
        memory_mb: Estimate made before loading.
        notes: What was changed to make it fit, in the order of the ladder; `engines.load_notes`
            has the words.
    """

    device: str = ""
    dtype: str = ""
    quantisation: str = ""
    max_pixels: int = 0
    memory_mb: int = 0
    notes: tuple[LoadNote, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenImage:
    """What a model sees of an image.

    Attributes:
        width: After resizing, in pixels.
        height: Likewise.
        tokens: Of the model.
        canvas: Side of the square that the picture lies in, at its upper left corner, in the same
            pixels; 0 when the picture is all that the model sees.
    """

    width: int
    height: int
    tokens: int
    canvas: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a model takes.

    Attributes:
        disk: Bytes of its files.
        memory: Bytes when loaded, with one image of the largest size allowed.
    """

    disk: int
    memory: int
