"""A Qwen-VL model in memory: loaded from a folder, its vision tower, its decoder, its tokenizer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.decoder import Decoder
from inspector_app.engines.image_spans import Features
from inspector_app.engines.language_model import LanguageModel
from inspector_app.engines.token_text import TokenText
from inspector_app.engines.weights import by_library, load_tokenizer, load_weights, quiet
from inspector_app.imaging.image_rule import Grid
from inspector_app.imaging.model_pixels import PixelRule

NOT_QUANTISED = ("visual", "model.visual", "lm_head")


class QwenModel(LanguageModel):
    """See the module's docstring.

    Args:
        folder: Checked beforehand (`engines.model_folder`).
        report: How to load it (`engines.load_plan`).
        min_pixels: Pixels of an image at least.

    Raises:
        EngineError: It cannot be loaded.
    """

    def __init__(self, folder: Path, report: LoadReport, min_pixels: int) -> None:
        super().__init__()
        self.folder = folder
        self.report = report
        quiet()
        self.model = _load(folder, report)
        self.tokenizer = chat_tokenizer(folder)
        config = self.model.config
        self.image_token: int = config.image_token_id
        self.merge: int = config.vision_config.spatial_merge_size
        self.stops = _stops(self.model, self.tokenizer)
        self.end: int = self.tokenizer.convert_tokens_to_ids("<|im_end|>")
        self.vocabulary: int = config.text_config.vocab_size
        text = self.model.model.language_model
        self.decoder = Decoder(text, self.model.lm_head)
        if report.quantisation and not by_library(report):
            self.decoder.quantise()
        pixels = json.loads((folder / "preprocessor_config.json").read_text("utf-8"))
        self._rule = PixelRule.from_config(
            pixels, min(min_pixels, report.max_pixels), report.max_pixels
        )

    @property
    def rule(self) -> PixelRule:
        return self._rule

    def features(self, key: tuple[Any, ...], patches: NDArray[np.float32], grid: Grid) -> Features:
        """Runs the vision tower, or returns what it made of the same image before.

        Args:
            key: What the image is told apart by, active adapters included.
            patches: `[n, channels * temporal * patch * patch]`.
            grid: 1, patches down, patches across.
        """
        import torch

        def run() -> Features:
            device = self.decoder.device
            out = self.model.model.get_image_features(
                torch.from_numpy(patches).to(device),
                torch.tensor([grid], device=device),
                return_dict=True,
            )
            dtype = self.decoder.embeddings.weight.dtype
            deep = getattr(out, "deepstack_features", None) or ()
            return Features(
                torch.cat(tuple(out.pooler_output)).to(dtype),
                tuple(torch.cat(tuple(level)).to(dtype) for level in deep),
            )

        return self._kept(key, run)

    def encode_answer(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False)

    def decoding(self) -> TokenText:
        return TokenText(self.tokenizer)

    def save(self, folder: Path, dtype: str) -> None:
        self._save_weights(folder, dtype)

    def probe(self, adapters: Sequence[str]) -> tuple[Any, ...]:
        import torch

        rule, side = self.rule, 2 * self.rule.merge
        noise = torch.rand(
            side * side,
            3 * rule.temporal * rule.patch**2,
            generator=torch.Generator().manual_seed(0),
        )
        key = ("probe", tuple(adapters))
        return self._probe_text(), self.features(key, noise.numpy(), (1, side, side)).tokens


def _load(folder: Path, report: LoadReport) -> Any:
    import transformers

    load = transformers.AutoModelForImageTextToText.from_pretrained
    return load_weights(load, folder, report, NOT_QUANTISED)


def chat_tokenizer(folder: Path) -> Any:
    """Reads the tokenizer of a model with its chat template.

    Raises:
        EngineError: It cannot be read, or there is no template.
    """
    tokenizer = load_tokenizer(folder)
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
