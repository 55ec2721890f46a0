"""MiniGPT-v2 at any size in its published layout: checkpoint, vision tower, Llama folder.

Weights are random. Names, shapes and what is stored where are those of the published files, so that
what reads one reads the other by the same way.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class MiniGPTSizes:
    """Sizes of a model.

    Attributes:
        hidden: Width of the language model.
        layers: Its depth.
        heads: Its heads.
        intermediate: Width of its feed-forward layers.
        vocabulary: Pieces of its tokenizer, at most.
        rank: Of the LoRA pairs.
        width: Of the vision tower; it has a head for every 16 values.
        blocks: In its file; the last one is never built.
        mlp: Width of its feed-forward layers.
    """

    hidden: int = 64
    layers: int = 2
    heads: int = 4
    intermediate: int = 128
    vocabulary: int = 512
    rank: int = 4
    width: int = 32
    blocks: int = 3
    mlp: int = 64


@dataclass(frozen=True, slots=True)
class Files:
    """Where the published files lie."""

    checkpoint: Path
    vit: Path
    llama: Path


def make_files(
    folder: Path, texts: Iterable[str], sizes: MiniGPTSizes | None = None, *, seed: int = 0
) -> Files:
    """Writes the files.

    Args:
        folder: Made if it is not there.
        texts: What the tokenizer learns its pieces from.
        sizes: Of the model.
        seed: Of the weights.
    """
    import torch

    sizes = sizes or MiniGPTSizes()
    folder.mkdir(parents=True, exist_ok=True)
    generator = torch.Generator().manual_seed(seed)

    def drawn(*shape: int) -> Any:
        # So wide that signals neither die nor grow, and answers differ with the prompt.
        inputs = math.prod(shape[1:]) if len(shape) in (2, 4) else 1
        return torch.randn(*shape, generator=generator) * inputs**-0.5

    files = Files(folder / "checkpoint.pth", folder / "eva_vit.pth", folder / "llama")
    files.llama.mkdir(exist_ok=True)
    pieces = make_pieces(files.llama, texts, sizes.vocabulary)
    _write_llama(files.llama, sizes, pieces, drawn)
    torch.save(_tower(sizes, drawn), files.vit)
    torch.save(
        {
            "model": _trained(sizes, drawn),
            "optimizer": {"state": {}, "param_groups": [{"lr": 1e-5}]},
            "config": {"run": {"seed": 42}, "model": {"arch": "minigpt_v2", "lora_alpha": 16}},
            "scaler": None,
            "epoch": 0,
        },
        files.checkpoint,
    )
    return files


def make_pieces(folder: Path, texts: Iterable[str], vocabulary: int) -> int:
    """Trains a tokenizer as Llama-2 has it and writes both of its files.

    Args:
        folder: Where tokenizer.model, tokenizer.json and tokenizer_config.json go.
        texts: What it learns from; any byte can be written in any case.
        vocabulary: Pieces at most.

    Returns:
        The number of pieces.
    """
    import sentencepiece
    import transformers

    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.Train(
        sentence_iterator=iter(texts),
        model_writer=out,
        model_type="bpe",
        vocab_size=vocabulary,
        hard_vocab_limit=False,
        byte_fallback=True,
        character_coverage=1.0,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        split_digits=True,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    (folder / "tokenizer.model").write_bytes(out.getvalue())
    _write(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "LlamaTokenizer",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "legacy": False,
        },
    )
    made = transformers.LlamaTokenizer.from_pretrained(folder, local_files_only=True)
    made.backend_tokenizer.save(str(folder / "tokenizer.json"))
    return len(made)


def _write_llama(folder: Path, sizes: MiniGPTSizes, pieces: int, drawn: Any) -> None:
    import torch
    from safetensors.torch import save_file

    hidden, inner = sizes.hidden, sizes.intermediate
    tensors: dict[str, Any] = {
        "model.embed_tokens.weight": drawn(pieces, hidden) * hidden**0.5,
        "model.norm.weight": torch.ones(hidden),
        "lm_head.weight": drawn(pieces, hidden),
    }
    for layer in range(sizes.layers):
        at = f"model.layers.{layer}."
        for name in "qkvo":
            tensors[f"{at}self_attn.{name}_proj.weight"] = drawn(hidden, hidden)
        tensors[f"{at}mlp.gate_proj.weight"] = drawn(inner, hidden)
        tensors[f"{at}mlp.up_proj.weight"] = drawn(inner, hidden)
        tensors[f"{at}mlp.down_proj.weight"] = drawn(hidden, inner)
        for name in ("input_layernorm", "post_attention_layernorm"):
            tensors[f"{at}{name}.weight"] = 1 + 0.1 * drawn(hidden)
    halves = {name: tensor.half() for name, tensor in tensors.items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    _write(
        folder / "config.json",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": pieces,
            "hidden_size": hidden,
            "intermediate_size": inner,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "num_key_value_heads": sizes.heads,
            "max_position_embeddings": 4096,
            "rms_norm_eps": 1e-5,
            "hidden_act": "silu",
            "bos_token_id": 1,
            "eos_token_id": 2,
            "tie_word_embeddings": False,
            "torch_dtype": "float16",
        },
    )


def _tower(sizes: MiniGPTSizes, drawn: Any) -> dict[str, Any]:
    import torch

    width, mlp = sizes.width, sizes.mlp
    state = {
        "cls_token": drawn(1, 1, width),
        "pos_embed": 0.2 * drawn(1, 257, width),
        "patch_embed.proj.weight": drawn(width, 3, 14, 14),
        "patch_embed.proj.bias": 0.02 * drawn(width),
    }
    for block in range(sizes.blocks):
        at = f"blocks.{block}."
        for name in ("norm1", "norm2"):
            state[f"{at}{name}.weight"] = torch.ones(width) + 0.1 * drawn(width)
            state[f"{at}{name}.bias"] = 0.1 * drawn(width)
        state[f"{at}attn.qkv.weight"] = drawn(3 * width, width)
        state[f"{at}attn.proj.weight"] = drawn(width, width)
        state[f"{at}mlp.fc1.weight"] = drawn(mlp, width)
        state[f"{at}mlp.fc2.weight"] = drawn(width, mlp)
        for name, count in (("q_bias", width), ("v_bias", width), ("proj.bias", width)):
            state[f"{at}attn.{name}"] = 0.1 * drawn(count)
        state[f"{at}mlp.fc1.bias"] = 0.1 * drawn(mlp)
        state[f"{at}mlp.fc2.bias"] = 0.1 * drawn(width)
    return state


def _trained(sizes: MiniGPTSizes, drawn: Any) -> dict[str, Any]:
    import torch

    hidden, head = sizes.hidden, sizes.hidden // sizes.heads
    state: dict[str, Any] = {}
    for layer in range(sizes.layers):
        at = f"llama_model.base_model.model.model.layers.{layer}.self_attn."
        for name in ("q_proj", "v_proj"):
            state[f"{at}{name}.lora_A.weight"] = drawn(sizes.rank, hidden)
            state[f"{at}{name}.lora_B.weight"] = 0.2 * drawn(hidden, sizes.rank)
        # A buffer, which old versions of the library kept in the file.
        state[f"{at}rotary_emb.inv_freq"] = 1e4 ** (-torch.arange(0, head, 2) / head)
    state["llama_proj.weight"] = drawn(hidden, 4 * sizes.width)
    state["llama_proj.bias"] = 0.1 * drawn(hidden)
    return state


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
