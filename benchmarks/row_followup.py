"""Rows followup and followup_1000: first token of a second question about the same image."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from language import SYSTEM, device, our_answer, pair, picture, plain_answer
from PIL import Image
from timing import interleaved, make_row

from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.model_images import ModelImages
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sequence import TokenSequence

CLOSE = 1e-3  # largest difference of a logit that counts as the same


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row with an image of ordinary size."""
    return [_row("followup", folder, (640, 480), quick)]


def measure_1000(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """The same with over 1,000 tokens of image."""
    return [_row("followup_1000", folder, (896, 896), quick)]


def _row(name: str, folder: Path, size: tuple[int, int], quick: bool) -> dict[str, Any]:
    import torch
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    both = pair(folder)
    model, plain = both.ours, both.plain
    path = folder / f"part-{size[0]}.jpg"
    Image.fromarray(picture(*size)).save(path, quality=92)
    images = ModelImages()
    sequence = TokenSequence(model.decoder)
    processor = Qwen2VLImageProcessorPil(
        min_pixels=model.rule.min_pixels, max_pixels=model.rule.max_pixels
    )
    first = ChatTurn("user", "Is there a defect on this part?")
    said = ChatTurn("assistant", "Yes, a scratch.")
    second = ChatTurn("user", "Where is it?")

    def asked(*after: ChatTurn) -> Any:
        image, _ = images.get(str(path), 0, model.rule)
        return build_prompt(model, [SYSTEM, ChatTurn("user", first.text, (image,)), *after], ())

    with torch.inference_mode():
        hidden = sequence.prefill(asked(), 16)
        our_answer(model, sequence, hidden, 8)
    answered = len(asked())  # the conversation as it stands before the second question

    @torch.inference_mode()
    def ours() -> float:
        sequence.cut(answered)
        begun = time.perf_counter()
        logits = model.decoder.logits(sequence.prefill(asked(said, second), 16))
        int(logits[0].argmax())
        return time.perf_counter() - begun

    @torch.inference_mode()
    def baseline() -> float:
        begun = time.perf_counter()
        plain_answer(plain, inputs(), 1)
        return time.perf_counter() - begun

    def inputs() -> dict[str, Any]:
        made = processor(images=[Image.open(path).convert("RGB")], return_tensors="pt")
        content = [{"type": "image"}, {"type": "text", "text": first.text}]
        text = model.tokenizer.apply_chat_template(
            [
                {"role": "system", "content": SYSTEM.text},
                {"role": "user", "content": content},
                {"role": "assistant", "content": said.text},
                {"role": "user", "content": second.text},
            ],
            tokenize=False,
            add_generation_prompt=True,
        )
        count = int(made["image_grid_thw"].prod()) // 4
        text = text.replace("<|image_pad|>", "<|image_pad|>" * count)
        ids = torch.tensor([model.tokenizer.encode(text)], device=device())
        return {
            "input_ids": ids,
            "attention_mask": torch.ones_like(ids),
            "mm_token_type_ids": (ids == model.image_token).int(),
            **{key: value.to(ids.device) for key, value in made.items()},
        }

    with torch.inference_mode():
        sequence.cut(answered)
        short = model.decoder.logits(sequence.prefill(asked(said, second), 16))
        whole = model.decoder.logits(TokenSequence(model.decoder).prefill(asked(said, second), 16))
        near = float((short - whole).abs().max()) <= CLOSE
        valid = near and int(short[0].argmax()) == plain_answer(plain, inputs(), 1)[0]
    tokens = images.get(str(path), 0, model.rule)[0].seen.tokens
    unit = (
        f"ms to the first token, image of {tokens} tokens; baseline: transformers, file decoded "
        "and prompt run anew"
    )
    return make_row(name, interleaved(ours, baseline, 1 if quick else 8), unit, valid, 1000)
