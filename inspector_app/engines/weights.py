"""Weights of a language model by way of transformers: precision, quantisation, trouble in words."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from inspector_app.domain.errors import EngineError
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.memory import is_out_of_memory


def quiet() -> None:
    """Nothing is fetched, nothing is printed."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    # It warns at every layer of every pass that int8 is computed in half precision.
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def load_weights(
    load: Callable[..., Any], folder: Path, report: LoadReport, skip: Sequence[str], **options: Any
) -> Any:
    """Loads a model as the report says.

    Args:
        load: A `from_pretrained` of transformers.
        folder: The model's.
        report: Device, precision, quantisation.
        skip: Modules that are never quantised.
        **options: More arguments of `load`.

    Raises:
        EngineError: It cannot be loaded, or not as it should be.
    """
    import torch

    dtype = getattr(torch, report.dtype)
    if report.device != "cpu":
        # The whole model on one device; no layer is moved about while it answers.
        options["device_map"] = {"": report.device}
    if by_library(report):
        options["quantization_config"] = _quantisation(report.quantisation, dtype, list(skip))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = load(
                folder,
                dtype=dtype,
                attn_implementation="sdpa",
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                **options,
            )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise
        made = EngineError(
            f"The model in {folder} cannot be loaded: {first_line(error)}.",
            "Check its files with: inspector models check",
        )
        raise made from error
    model.eval().requires_grad_(False)
    check_quantised(model, by_library(report), skip)
    return model


def by_library(report: LoadReport) -> bool:
    """Whether bitsandbytes quantises; int8 on the processor is our decoder's own."""
    return bool(report.quantisation) and (report.device, report.quantisation) != ("cpu", "int8")


def quantised_layers(model: Any) -> list[str]:
    """Names of the layers whose weights are quantised."""
    return [
        name
        for name, layer in model.named_modules()
        if type(layer).__module__.startswith("bitsandbytes") and hasattr(layer, "weight")
    ]


def check_quantised(model: Any, wanted: bool, skip: Sequence[str]) -> None:
    """Makes sure that only the language layers are quantised, and that they are.

    Raises:
        EngineError: The vision tower or the head is quantised, or nothing is.
    """
    layers = quantised_layers(model)
    kept = {name.rpartition(".")[2] for name in skip}
    wrong = [name for name in layers if kept & set(name.split("."))]
    if wrong or bool(layers) is not wanted:
        what = f"{wrong[0]} is quantised" if wrong else "its layers are not what was asked for"
        raise EngineError(
            f"The model was loaded wrongly: {what}.",
            "Choose another precision in the card, or report this with the model's name.",
        )


def load_tokenizer(folder: Path, **options: Any) -> Any:
    """Loads the fast tokenizer of a model.

    Raises:
        EngineError: It cannot be read.
    """
    import transformers

    try:
        return transformers.AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, **options
        )
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(
            f"The tokenizer in {folder} cannot be read: {first_line(error)}.",
            "Check its files with: inspector models check",
        ) from error


def first_line(error: BaseException) -> str:
    """What an exception says, without what follows the first line."""
    lines: Sequence[str] = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")


def _quantisation(name: str, dtype: Any, skip: list[str]) -> Any:
    import transformers

    # A quantised vision tower gives nonsense, a quantised head wrong words.
    if name == "nf4":
        return transformers.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=dtype,
            bnb_4bit_use_double_quant=True,
            llm_int8_skip_modules=skip,
        )
    return transformers.BitsAndBytesConfig(load_in_8bit=True, llm_int8_skip_modules=skip)
