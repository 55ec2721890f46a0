"""A Qwen-VL model in memory: loaded from a folder, its vision tower, its decoder, its tokenizer."""

from __future__ import annotations

import gc
import json
import logging
import os
import warnings
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.decoder import Decoder
from inspector_app.imaging.model_pixels import Grid, PixelRule

log = logging.getLogger(__name__)
_CACHED_IMAGES = 16


@dataclass(frozen=True, slots=True)
class Features:
    """What the vision tower makes of an image.

    Attributes:
        tokens: `[n, hidden]`, one row a token.
        deep: DeepStack features of the first layers, `[n, hidden]` each (Qwen3-VL).
    """

    tokens: Any
    deep: tuple[Any, ...] = ()


class QwenModel:
    """See the module's docstring.

    Args:
        folder: Checked beforehand (`engines.model_folder`).
        report: How to load it (`engines.load_plan`).
        min_pixels: Pixels of an image at least.

    Raises:
        EngineError: It cannot be loaded.
    """

    def __init__(self, folder: Path, report: LoadReport, min_pixels: int) -> None:
        self.folder = folder
        self.report = report
        _quiet()
        self.model = _load(folder, report)
        self.tokenizer = _load_tokenizer(folder)
        config = self.model.config
        self.image_token: int = config.image_token_id
        self.merge: int = config.vision_config.spatial_merge_size
        self.stops = _stops(self.model, self.tokenizer)
        self.vocabulary: int = config.text_config.vocab_size
        text = self.model.model.language_model
        self.decoder = Decoder(text, self.model.lm_head)
        if report.quantisation and not _by_library(report):
            self.decoder.quantise()
        pixels = json.loads((folder / "preprocessor_config.json").read_text("utf-8"))
        self.rule = PixelRule.from_config(
            pixels, min(min_pixels, report.max_pixels), report.max_pixels
        )
        self._features: OrderedDict[tuple[Any, ...], Features] = OrderedDict()
        self._numbers: dict[tuple[Any, ...], int] = {}

    def features(self, key: tuple[Any, ...], patches: NDArray[np.float32], grid: Grid) -> Features:
        """Runs the vision tower, or returns what it made of the same image before.

        Args:
            key: What the image is told apart by, active adapters included.
            patches: `[n, channels * temporal * patch * patch]`.
            grid: 1, patches down, patches across.
        """
        import torch

        found = self._features.pop(key, None)
        if found is None:
            device = self.decoder.device
            out = self.model.model.get_image_features(
                torch.from_numpy(patches).to(device),
                torch.tensor([grid], device=device),
                return_dict=True,
            )
            dtype = self.decoder.embeddings.weight.dtype
            deep = getattr(out, "deepstack_features", None) or ()
            found = Features(
                torch.cat(tuple(out.pooler_output)).to(dtype),
                tuple(torch.cat(tuple(level)).to(dtype) for level in deep),
            )
        self._features[key] = found
        while len(self._features) > _CACHED_IMAGES:
            self._features.popitem(last=False)
        return found

    def number(self, key: tuple[Any, ...]) -> int:
        """A number for an image, the same for the same key, to tell image tokens apart."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def free(self) -> None:
        """Frees what is cached."""
        self._features.clear()
        free_memory()


def free_memory() -> None:
    """Gives memory that nobody holds any more back to the machine."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out, on the GPU or in main memory."""
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = str(error)
    return isinstance(error, RuntimeError) and (
        "can't allocate memory" in words or "out of memory" in words
    )


def quantised_layers(model: Any) -> list[str]:
    """Names of the layers whose weights are quantised."""
    return [
        name
        for name, layer in model.named_modules()
        if type(layer).__module__.startswith("bitsandbytes") and hasattr(layer, "weight")
    ]


def _quiet() -> None:
    """Nothing is fetched, nothing is printed."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    # It warns at every layer of every pass that int8 is computed in half precision.
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def _load(folder: Path, report: LoadReport) -> Any:
    import torch
    import transformers

    dtype = getattr(torch, report.dtype)
    options: dict[str, Any] = {}
    if report.device != "cpu":
        # The whole model on one device; no layer is moved about while it answers.
        options["device_map"] = {"": report.device}
    if _by_library(report):
        options["quantization_config"] = _quantisation(report.quantisation, dtype)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = transformers.AutoModelForImageTextToText.from_pretrained(
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
            f"The model in {folder} cannot be loaded: {_first_line(error)}.",
            "Check its files with: inspector models check",
        )
        raise made from error
    model.eval().requires_grad_(False)
    check_quantised(model, _by_library(report))
    return model


def _quantisation(name: str, dtype: Any) -> Any:
    import transformers

    # A quantised vision tower gives nonsense, a quantised head wrong words.
    skip = ["visual", "model.visual", "lm_head"]
    if name == "nf4":
        return transformers.BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_compute_dtype=dtype,
            bnb_4bit_use_double_quant=True,
            llm_int8_skip_modules=skip,
        )
    return transformers.BitsAndBytesConfig(load_in_8bit=True, llm_int8_skip_modules=skip)


def _by_library(report: LoadReport) -> bool:
    """Whether bitsandbytes quantises; int8 on the processor is our decoder's own."""
    return bool(report.quantisation) and (report.device, report.quantisation) != ("cpu", "int8")


def check_quantised(model: Any, wanted: bool) -> None:
    """Makes sure that only the language layers are quantised, and that they are.

    Raises:
        EngineError: The vision tower or the head is quantised, or nothing is.
    """
    layers = quantised_layers(model)
    wrong = [name for name in layers if "visual" in name.split(".") or "lm_head" in name]
    if wrong or bool(layers) is not wanted:
        what = f"{wrong[0]} is quantised" if wrong else "its layers are not what was asked for"
        raise EngineError(
            f"The model was loaded wrongly: {what}.",
            "Choose another precision in the card, or report this with the model's name.",
        )


def _load_tokenizer(folder: Path) -> Any:
    import transformers

    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(
            f"The tokenizer in {folder} cannot be read: {_first_line(error)}.",
            "Check its files with: inspector models check",
        ) from error
    template = folder / "chat_template.json"
    if not tokenizer.chat_template and template.is_file():
        tokenizer.chat_template = json.loads(template.read_text("utf-8"))["chat_template"]
    if not tokenizer.chat_template and (folder / "chat_template.jinja").is_file():
        tokenizer.chat_template = (folder / "chat_template.jinja").read_text("utf-8")
    if not tokenizer.chat_template:
        raise EngineError(
            f"The model in {folder} has no chat template.",
            "Use an instruction-tuned checkpoint, or put its chat_template.json there.",
        )
    return tokenizer


def _stops(model: Any, tokenizer: Any) -> tuple[int, ...]:
    """Ids that end an answer: those of the generation config and the two of the chat form."""
    wanted: set[int] = set()
    told = model.generation_config.eos_token_id
    wanted.update([told] if isinstance(told, int) else told or [])
    for token in ("<|im_end|>", "<|endoftext|>"):
        number = tokenizer.convert_tokens_to_ids(token)
        if number is not None:
            wanted.add(number)
    return tuple(sorted(wanted))


def _first_line(error: BaseException) -> str:
    lines: Sequence[str] = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
