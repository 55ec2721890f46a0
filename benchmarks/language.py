"""What the rows of the language engine share: one random checkpoint, run by us and by transformers.

The checkpoint has the true architecture and layout of Qwen2-VL at a small size. Its weights are
random, so its words mean nothing; the work of a token is that of any model of this size.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from inspector_app.domain.engine import Sampling
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.generation import generate
from inspector_app.engines.model_images import ModelImage
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import Prompt, TokenSequence
from inspector_app.learning.checkpoints import Sizes, make_checkpoint

# Small enough that the work around the sums shows, which is what is measured.
SMALL = Sizes(128, 8, 4, 2, 352, 1024, 64, 4, 2)
TOKEN_PIXELS = 28 * 28
SYSTEM = ChatTurn("system", "You are a helpful assistant.")
_TEXTS = (
    "Is there a defect on this part? Answer Yes or No. What is in this region?",
    "Find all scratches, dents and stains. Give the box of each with grounding.",
    # A real tokenizer has pieces for the words of JSON and of receipts.
    'Read the fields. Answer with JSON that follows: {"type": "object", "properties": {"shop_name"'
    ': {"type": "string", "maxLength": 12}, "document_type": {"enum": ["receipt", "invoice", '
    '"delivery note"]}, "currency": {"enum": ["VND", "USD"]}, "subtotal_amount": {"type": "integer"'
    ', "minimum": 0, "maximum": 9999999}, "discount_amount": 0, "total_amount": 1, "items": '
    '{"type": "array", "minItems": 3, "maxItems": 3}, "quantity": 1, "unit_price": 2, "amount": 3, '
    '"name": "", "paid_in_cash": '
    '{"type": "boolean"}, "verdict": {"enum": ["accept", "review", "reject"]}}, "required": '
    '["shop_name"], "additionalProperties": false}',
    "Trên chi tiết này có khuyết tật không? Có một vết xước ở góc trên bên trái.",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same checkpoint twice: with our decoder, and as transformers loads it."""

    ours: QwenModel
    plain: Any
    folder: Path


def threads() -> None:
    """One thread, as the program runs."""
    import torch

    torch.set_num_threads(1)


def device() -> str:
    """The GPU if there is one."""
    import torch

    return "cuda:0" if torch.cuda.is_available() else "cpu"


def memory_bandwidth() -> float:
    """GB/s at which one thread (or the GPU) reads memory far larger than any cache."""
    import torch

    data = torch.ones(256 << 20, dtype=torch.uint8, device=device()).view(torch.float32)
    times: list[float] = []
    for _ in range(6):
        if data.is_cuda:
            torch.cuda.synchronize()
        begun = time.perf_counter()
        float(data.sum())  # the number itself, so that the GPU has to be done
        times.append(time.perf_counter() - begun)
    return data.numel() * 4 / min(times) / 1e9


def pair(folder: Path, sizes: Sizes = SMALL, tokens: int = 1280, dtype: str = "float32") -> Pair:
    """Makes and loads a checkpoint, `tokens` being the most of an image."""
    import torch
    import transformers

    threads()
    made = folder / f"model-{sizes.hidden}-{sizes.layers}-{sizes.vocabulary}"
    if not (made / "config.json").exists():
        make_checkpoint(made, sizes=sizes, texts=_TEXTS * 3)
    report = LoadReport(device(), dtype, max_pixels=tokens * TOKEN_PIXELS)
    ours = QwenModel(made, report, 4 * TOKEN_PIXELS)
    plain = transformers.Qwen2VLForConditionalGeneration.from_pretrained(
        made, dtype=getattr(torch, dtype), attn_implementation="sdpa"
    )
    plain.eval().to(device())
    # Both write as many tokens as asked for, whatever they are.
    plain.generation_config.eos_token_id = None
    return Pair(ours, plain, made)


@cache
def picture(width: int, height: int, seed: int = 0) -> Any:
    """A smooth picture, uint8 `[h, w, 3]`."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8))
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))


def model_image(model: QwenModel, pixels: Any, name: str = "picture") -> ModelImage:
    """An image as our engine hands it to the vision tower."""
    patches, grid = model.rule.patches(pixels)
    return ModelImage((name,), patches, grid, model.rule.seen(pixels.shape[1], pixels.shape[0]))


def prompt(model: QwenModel, text: str, image: ModelImage | None = None) -> Prompt:
    """A question, about an image or not."""
    images = (image,) if image is not None else ()
    return build_prompt(model, [SYSTEM, ChatTurn("user", text, images)], ())


def plain_inputs(model: QwenModel, asked: Prompt, image: ModelImage | None) -> dict[str, Any]:
    """The inputs of transformers' model for the same prompt."""
    import torch

    ids = torch.tensor([asked.ids], device=device())
    inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    if image is not None:
        inputs["mm_token_type_ids"] = (ids == model.image_token).int()
        inputs["pixel_values"] = torch.from_numpy(image.patches).to(ids.device)
        inputs["image_grid_thw"] = torch.tensor([image.grid], device=ids.device)
    return inputs


def plain_answer(plain: Any, inputs: dict[str, Any], count: int, **more: Any) -> list[int]:
    """Tokens that `generate` writes."""
    out = plain.generate(**inputs, max_new_tokens=count, do_sample=False, **more)
    return out[0, inputs["input_ids"].shape[1] :].tolist()


def our_answer(model: QwenModel, sequence: TokenSequence, hidden: Any, count: int) -> list[int]:
    """Tokens that our loop writes after a prompt that was run."""
    return list(
        generate(
            model.decoder,
            sequence,
            hidden,
            Sampler(Sampling()),
            stops=(),
            most=count,
            cancelled=lambda: False,
            guard=False,
        )
    )
