"""Small models of every architecture, loaded once; nobody changes a shared one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from inspector_app.domain.engine import Sampling
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.generation import generate
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import Prompt, TokenSequence

KINDS = ("qwen2_vl", "qwen2_5_vl", "qwen3_vl")
TEXTS = (
    "Is there a defect on this part? Answer Yes or No.",
    "Find all scratches, dents and stains. Give the box of each with grounding.",
    "You are a helpful assistant. What is in this region? A scratch, a dent and a stain.",
    'Answer with JSON: {"total": 114000, "date": "2026-01-02", "shop": "Bach Hoa"}',
    "Trên chi tiết này có khuyết tật không? Có một vết xước ở góc trên bên trái.",
)


@dataclass
class Lab:
    """A model, and the same weights as transformers runs them.

    Attributes:
        folder: The checkpoint.
        model: Ours.
        plain: The model of transformers, nothing of ours in it.
    """

    folder: Path
    model: QwenModel
    plain: Any

    def image(self, height: int, width: int, seed: int = 0) -> ModelImage:
        """A picture of noise."""
        pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
        patches, grid = self.model.rule.patches(pixels)
        key = ("noise", height, width, seed)
        return ModelImage(key, patches, grid, self.model.rule.seen(width, height))

    def prompt(self, text: str, *images: ModelImage, scope: tuple[str, ...] = ()) -> Prompt:
        """A question about images."""
        turns = [ChatTurn("system", "You are a helpful assistant."), ChatTurn("user", text, images)]
        return build_prompt(self.model, turns, scope)

    def inputs(self, prompt: Prompt, *images: ModelImage) -> dict[str, Any]:
        """What the model of transformers takes for a prompt."""
        ids = torch.tensor([prompt.ids])
        found: dict[str, Any] = {
            "input_ids": ids,
            "attention_mask": torch.ones_like(ids),
            "mm_token_type_ids": (ids == self.model.image_token).int(),
        }
        if images:
            patches = np.concatenate([image.patches for image in images])
            found["pixel_values"] = torch.from_numpy(patches)
            found["image_grid_thw"] = torch.tensor([image.grid for image in images])
        return found

    @torch.inference_mode()
    def expected(self, prompt: Prompt, images: Sequence[ModelImage], count: int) -> list[int]:
        """Greedy tokens as transformers gives them; none of them ends the answer."""
        out = self.plain.generate(
            **self.inputs(prompt, *images),
            max_new_tokens=count,
            do_sample=False,
            eos_token_id=None,
            pad_token_id=0,
        )
        return out[0, len(prompt) :].tolist()

    @torch.inference_mode()
    def logits(self, prompt: Prompt) -> torch.Tensor:
        """Logits after a prompt that is run anew."""
        hidden = TokenSequence(self.model.decoder).prefill(prompt, 1)
        return self.model.decoder.logits(hidden)[0].clone()

    @torch.inference_mode()
    def answer(
        self,
        prompt: Prompt,
        count: int,
        sequence: TokenSequence | None = None,
        sampling: Sampling | None = None,
        **more: Any,
    ) -> list[int]:
        """Our tokens."""
        sequence = sequence or TokenSequence(self.model.decoder)
        hidden = sequence.prefill(prompt, count)
        settings: dict[str, Any] = {
            "stops": (), "most": count, "cancelled": lambda: False, "guard": False,
        }  # fmt: skip
        sampler = Sampler(sampling or Sampling(), prompt.ids)
        wanted = settings | more
        return list(generate(self.model.decoder, sequence, hidden, sampler, **wanted))


@pytest.fixture(scope="session")
def make_lab(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Lab]:
    """`make_lab(kind)`: the model of a kind, made and loaded once."""
    import transformers

    from inspector_app.learning.checkpoints import make_checkpoint

    labs: dict[str, Lab] = {}

    def make(kind: str) -> Lab:
        if kind not in labs:
            folder = make_checkpoint(tmp_path_factory.mktemp(kind) / "model", kind, texts=TEXTS * 3)
            model = load_model(folder)
            plain = transformers.AutoModelForImageTextToText.from_pretrained(
                folder, dtype=torch.float32, attn_implementation="sdpa"
            ).eval()
            plain.generation_config.eos_token_id = None
            labs[kind] = Lab(folder, model, plain)
        return labs[kind]

    return make


@pytest.fixture(scope="module", params=KINDS)
def lab(request: pytest.FixtureRequest, make_lab: Callable[[str], Lab]) -> Lab:
    """A model of each kind."""
    return make_lab(request.param)


@pytest.fixture(scope="module")
def qwen2(make_lab: Callable[[str], Lab]) -> Lab:
    """A Qwen2-VL."""
    return make_lab("qwen2_vl")


def load_model(folder: Path, quantisation: str = "", dtype: str = "float32") -> QwenModel:
    side = 28 if "qwen3" not in str(folder) else 32
    report = LoadReport("cpu", dtype, quantisation, max_pixels=256 * side**2)
    return QwenModel(folder, report, min_pixels=4 * side**2)


@pytest.fixture(scope="session")
def load() -> Callable[..., QwenModel]:
    """`load(folder, quantisation="", dtype="float32")`: a model of one's own."""
    return load_model
