"""Rows batch and batch_own: eight images asked the same, files decoded, left padding."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

from language import SYSTEM, device, our_answer, pair, picture
from PIL import Image
from timing import interleaved, make_row

from inspector_app.domain.engine import Sampling
from inspector_app.engines.batching import generate_batch
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.model_images import ModelImages
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sampling import Sampler
from inspector_app.engines.sequence import TokenSequence

COUNT, TOKENS = 8, 32
QUESTION = "Is there a defect on this part?"


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures both rows: against transformers one by one, and against ourselves one by one."""
    import torch
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    both = pair(folder)
    model, plain = both.ours, both.plain
    paths = _files(folder)
    processor = Qwen2VLImageProcessorPil(
        min_pixels=model.rule.min_pixels, max_pixels=model.rule.max_pixels
    )

    rounds_run = itertools.count()

    def asked(path: Path) -> Any:
        # Decoded and seen anew every time, as files of a folder are.
        image, _ = ModelImages().get(str(path), 0, model.rule)
        turns = [SYSTEM, ChatTurn("user", QUESTION, (image,))]
        return build_prompt(model, turns, (str(next(rounds_run)),))

    @torch.inference_mode()
    def together() -> list[list[int]]:
        prompts = [asked(path) for path in paths]
        return generate_batch(
            model.decoder,
            prompts,
            [Sampler(Sampling()) for _ in prompts],
            stops=(),
            most=TOKENS,
            cancelled=lambda: False,
            guard=False,
        )

    @torch.inference_mode()
    def alone() -> list[list[int]]:
        answers: list[list[int]] = []
        for path in paths:
            sequence = TokenSequence(model.decoder)
            hidden = sequence.prefill(asked(path), TOKENS)
            answers.append(our_answer(model, sequence, hidden, TOKENS))
        return answers

    @torch.inference_mode()
    def one_by_one() -> list[list[int]]:
        answers: list[list[int]] = []
        for path in paths:
            made = processor(images=[Image.open(path).convert("RGB")], return_tensors="pt")
            count = int(made["image_grid_thw"].prod()) // 4
            content = [{"type": "image"}, {"type": "text", "text": QUESTION}]
            text = model.tokenizer.apply_chat_template(
                [
                    {"role": "system", "content": SYSTEM.text},
                    {"role": "user", "content": content},
                ],
                tokenize=False,
                add_generation_prompt=True,
            ).replace("<|image_pad|>", "<|image_pad|>" * count)
            ids = torch.tensor([model.tokenizer.encode(text)], device=device())
            out = plain.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                mm_token_type_ids=(ids == model.image_token).int(),
                **{key: value.to(ids.device) for key, value in made.items()},
                max_new_tokens=TOKENS,
                do_sample=False,
            )
            answers.append(out[0, ids.shape[1] :].tolist())
        return answers

    rounds = 1 if quick else 6
    answers = together()
    what = f"ms for {COUNT} files, {TOKENS} tokens each"
    return [
        make_row(
            "batch",
            interleaved(_timed(together), _timed(one_by_one), rounds),
            f"{what}; baseline: transformers, one after the other",
            answers == one_by_one(),
            1000,
        ),
        make_row(
            "batch_own",
            interleaved(_timed(together), _timed(alone), rounds),
            f"{what}; baseline: our own loop, one after the other",
            answers == alone(),
            1000,
        ),
    ]


def _timed(work: Any) -> Any:
    def sample() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return sample


def _files(folder: Path) -> list[Path]:
    """Eight pictures of three sizes, so that padding is needed."""
    paths: list[Path] = []
    for index in range(COUNT):
        size = ((320, 240), (300, 260), (280, 280))[index % 3]
        paths.append(folder / f"lot-{index}.jpg")
        Image.fromarray(picture(*size, seed=index)).save(paths[-1], quality=92)
    return paths
