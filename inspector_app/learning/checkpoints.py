"""Checkpoints of the Qwen-VL architectures at any size, in the layout of the released ones.

Weights are random: training gives them meaning. The folder holds what a released model's folder
holds (config, safetensors, tokenizer with the true special tokens, chat template, preprocessor and
generation config), so that everything which reads one reads the other by the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.paths import RESOURCES

# In the order of their ids in the released models.
SPECIAL_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|object_ref_start|>",
    "<|object_ref_end|>",
    "<|box_start|>",
    "<|box_end|>",
    "<|quad_start|>",
    "<|quad_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
# Words, numbers and letters apart, as the released tokenizers split text.
_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,%d}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_MEAN = [0.48145466, 0.4578275, 0.40821073]
_STD = [0.26862954, 0.26130258, 0.27577711]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of a model.

    Attributes:
        hidden: Width of the language model.
        layers: Its depth.
        heads: Its query heads.
        kv_heads: Its key and value heads.
        intermediate: Width of its feed-forward layers.
        vocabulary: Rows of its embedding; at least what the tokenizer has.
        vision_width: Width of the vision tower.
        vision_depth: Its depth.
        vision_heads: Its heads.
        theta: Base of the rotary positions of the language model.
        digits: Of a number that may become one piece of the tokenizer; released models have 1.
    """

    hidden: int = 64
    layers: int = 3
    heads: int = 4
    kv_heads: int = 2
    intermediate: int = 128
    vocabulary: int = 1024
    vision_width: int = 32
    vision_depth: int = 2
    vision_heads: int = 2
    theta: float = 1e6
    digits: int = 1


def make_checkpoint(
    folder: Path,
    kind: str = "qwen2_vl",
    sizes: Sizes | None = None,
    *,
    seed: int = 0,
    texts: Iterable[str] = (),
) -> Path:
    """Writes a checkpoint with random weights; returns its folder.

    Args:
        folder: Made if it is not there.
        kind: "qwen2_vl", "qwen2_5_vl" or "qwen3_vl".
        sizes: Sizes of the model.
        seed: Of the weights.
        texts: What the tokenizer learns its pieces from.
    """
    import torch
    import transformers

    transformers.logging.disable_progress_bar()
    sizes = sizes or Sizes()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer(folder, texts, sizes.vocabulary, sizes.digits)
    ids = {token: tokenizer.token_to_id(token) for token in SPECIAL_TOKENS}
    config = _config(transformers, kind, sizes, ids)
    torch.manual_seed(seed)
    model = transformers.AutoModelForImageTextToText.from_config(config)
    _spread(model)
    model.generation_config.eos_token_id = [ids["<|im_end|>"], ids["<|endoftext|>"]]
    model.generation_config.pad_token_id = ids["<|endoftext|>"]
    model.save_pretrained(folder)
    patch = 16 if kind == "qwen3_vl" else 14
    _write(
        folder / "preprocessor_config.json",
        {
            # The released value: too large for any desk, which is why cards set their own.
            "min_pixels": 3136,
            "max_pixels": 12845056,
            "patch_size": patch,
            "temporal_patch_size": 2,
            "merge_size": 2,
            "image_mean": [0.5] * 3 if kind == "qwen3_vl" else _MEAN,
            "image_std": [0.5] * 3 if kind == "qwen3_vl" else _STD,
            "image_processor_type": "Qwen2VLImageProcessor",
            "processor_class": "Qwen2VLProcessor",
        },
    )
    return folder


def make_tokenizer(folder: Path, texts: Iterable[str], vocabulary: int, digits: int = 1) -> Any:
    """Trains a byte-level BPE tokenizer and writes it as released models have it.

    Args:
        folder: Where tokenizer.json, tokenizer_config.json and the chat template go.
        texts: What it learns its pieces from; 256 bytes are always there.
        vocabulary: Pieces at most, special tokens included.
        digits: Of a number that may become one piece.

    Returns:
        The `tokenizers.Tokenizer`.
    """
    import tokenizers
    from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

    made = tokenizers.Tokenizer(models.BPE())
    made.normalizer = normalizers.NFC()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(tokenizers.Regex(_SPLIT % digits), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - len(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    made.add_special_tokens([tokenizers.AddedToken(t, special=True) for t in SPECIAL_TOKENS])
    made.save(str(folder / "tokenizer.json"))
    template = (RESOURCES / "prompts" / "qwen_chat.jinja").read_text("utf-8")
    _write(
        folder / "tokenizer_config.json",
        {
            # The class of the released models splits numbers anew, whatever the file says.
            "tokenizer_class": "Qwen2Tokenizer" if digits == 1 else "PreTrainedTokenizerFast",
            "eos_token": "<|im_end|>",
            "pad_token": "<|endoftext|>",
            "additional_special_tokens": list(SPECIAL_TOKENS[1:]),
            "chat_template": template,
            "clean_up_tokenization_spaces": False,
            "model_max_length": 32768,
        },
    )
    return made


def _config(transformers: Any, kind: str, sizes: Sizes, ids: dict[str, int]) -> Any:
    text: dict[str, Any] = {
        "vocab_size": sizes.vocabulary,
        "hidden_size": sizes.hidden,
        "intermediate_size": sizes.intermediate,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "num_key_value_heads": sizes.kv_heads,
        "max_position_embeddings": 32768,
        "rms_norm_eps": 1e-6,
        "bos_token_id": ids["<|endoftext|>"],
        "eos_token_id": ids["<|im_end|>"],
        "rope_parameters": {
            "rope_type": "default",
            "rope_theta": sizes.theta,
            "mrope_section": _sections(sizes.hidden // sizes.heads),
        },
    }
    vision: dict[str, Any] = {
        "depth": sizes.vision_depth,
        "num_heads": sizes.vision_heads,
        "spatial_merge_size": 2,
        "temporal_patch_size": 2,
    }
    if kind == "qwen2_vl":
        vision |= {"embed_dim": sizes.vision_width, "hidden_size": sizes.hidden, "patch_size": 14}
        name = "Qwen2VLConfig"
    elif kind == "qwen2_5_vl":
        vision |= {
            "hidden_size": sizes.vision_width,
            "out_hidden_size": sizes.hidden,
            "intermediate_size": 2 * sizes.vision_width,
            "patch_size": 14,
            "window_size": 112,
            "fullatt_block_indexes": [sizes.vision_depth - 1],
        }
        name = "Qwen2_5_VLConfig"
    elif kind == "qwen3_vl":
        text["head_dim"] = sizes.hidden // sizes.heads
        text["rope_parameters"]["mrope_interleaved"] = True
        vision |= {
            "hidden_size": sizes.vision_width,
            "out_hidden_size": sizes.hidden,
            "intermediate_size": 2 * sizes.vision_width,
            "patch_size": 16,
            "num_position_embeddings": 256,
            "deepstack_visual_indexes": [0],
        }
        name = "Qwen3VLConfig"
    else:
        raise ValueError(f"no architecture {kind!r}")
    return getattr(transformers, name)(
        text_config=text,
        vision_config=vision,
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
        tie_word_embeddings=True,
    )


def _spread(model: Any) -> None:
    """Draws weights so wide that signals neither die nor grow, and answers differ with the prompt.

    The small values that training starts from give the same token for ever.
    """
    import torch

    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1:
                weight.normal_(0, weight[0].numel() ** -0.5)
            elif "norm" in name and name.endswith("weight"):
                weight.copy_(1 + 0.1 * torch.randn_like(weight))
            else:
                weight.normal_(0, 0.02)


def _sections(head_dim: int) -> list[int]:
    """Shares of time, row and column in half a head, as 16 : 24 : 24."""
    half = head_dim // 2
    time = max(1, half // 4)
    row = (half - time) // 2
    return [time, row, half - time - row]


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
