"""MiniGPT-v2 in memory: EVA ViT-g, token merge, projection, Llama-2 (Chen et al. 2023).

Written from a specification of the published program, not from its code; docs/minigpt-v2.md says
where the two were compared. The tower is `Blip2VisionModel` of transformers, which has the same
geometry; its last norm is left out, as the published program never loads it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from inspector_app.domain.errors import EngineError
from inspector_app.domain.loading import LoadReport
from inspector_app.engines.decoder import Decoder
from inspector_app.engines.image_spans import Features
from inspector_app.engines.language_model import LanguageModel
from inspector_app.engines.minigpt_quirks import Quirks
from inspector_app.engines.minigpt_tokens import FILE as TOKENIZER
from inspector_app.engines.minigpt_tokens import PieceText, PieceTokenizer
from inspector_app.engines.model_folder import CONFIG, write_index
from inspector_app.engines.weights import by_library, first_line, load_weights, quiet
from inspector_app.imaging.square_pixels import SquareRule

if TYPE_CHECKING:
    import torch

MERGED = 4  # patches that become one token
NORM_EPS = 1e-5  # of the norm after the tower; the tower's own is 1e-6
VISION_FILE = "vision.safetensors"
PROJECTION = "llama_proj"  # its name in published checkpoints and in adapters
NOT_QUANTISED = ("lm_head",)


class VisionPath:
    """From pixels to embeddings of the language model.

    Args:
        tower: A `Blip2VisionModel`; its `post_layernorm` is not used.
        projection: Linear layer, `[4 * width] -> [hidden]`.
        quirks: Which of the published habits hold.
        half: dtype of the large matrices where it is not float32: then the tower runs under
            autocast, as published, and what is stored in float32 stays so.
    """

    def __init__(self, tower: Any, projection: Any, quirks: Quirks, half: Any = None) -> None:
        self.tower = tower
        self._holder = SimpleNamespace(**{PROJECTION: projection})
        self._quirks = quirks
        self._half = half

    @property
    def projection(self) -> Any:
        """The layer to the language model, whatever an adapter put in its place."""
        return getattr(self._holder, PROJECTION)

    def keep_in(self, model: Any) -> None:
        """Makes the projection a part of the language model, where adapters reach it."""
        setattr(model, PROJECTION, self.projection)
        self._holder = model

    def residual(self, pixels: torch.Tensor) -> torch.Tensor:
        """The residual stream after the last block: `[b, 3, side, side]` -> `[b, 1 + n, width]`.

        No norm, no pooling; the class token is the first.
        """
        import torch

        parts = self.tower.embeddings
        with self._autocast(pixels.device.type):
            patches = parts.patch_embedding(pixels).flatten(2).transpose(1, 2)
            first = parts.class_embedding.expand(pixels.shape[0], -1, -1)
            # Stored in float32, the class token and the positions keep the stream in float32.
            x = torch.cat((first.to(torch.float32), patches.to(torch.float32)), 1)
            x = x + parts.position_embedding
            return self.tower.encoder(inputs_embeds=x).last_hidden_state

    def normed(self, x: torch.Tensor) -> torch.Tensor:
        """LayerNorm with neither weight nor bias over the last axis, in float32."""
        from torch.nn import functional

        if not self._quirks.vision_norm:
            return x
        return functional.layer_norm(x.float(), x.shape[-1:], eps=NORM_EPS).to(x.dtype)

    def merged(self, x: torch.Tensor) -> torch.Tensor:
        """Leaves the class token out and joins four patches: `[b, 1 + n, w]` -> `[b, n/4, 4w]`."""
        x = x[:, 1:]
        batch, count, width = x.shape
        if not self._quirks.horizontal_merge:
            side = round(count**0.5)
            blocks = x.reshape(batch, side // 2, 2, side // 2, 2, width)
            x = blocks.permute(0, 1, 3, 2, 4, 5)
        return x.reshape(batch, count // MERGED, MERGED * width)

    def seen(self, pixels: torch.Tensor) -> torch.Tensor:
        """What the tower makes of pictures, before the projection, `[b, n/4, 4w]`."""
        return self.merged(self.normed(self.residual(pixels)))

    def __call__(self, pixels: torch.Tensor) -> torch.Tensor:
        """Embeddings of the image tokens, `[b, n/4, hidden]`."""
        return self.projection(self.seen(pixels).to(self.projection.weight.dtype))

    def _autocast(self, device: str) -> Any:
        import torch

        return torch.autocast(device, dtype=self._half, enabled=self._half is not None)


class MiniGPTModel(LanguageModel):
    """See the module's docstring.

    Args:
        folder: A converted model (`engines.minigpt_convert`).
        report: How to load it (`engines.load_plan`).
        quirks: Which of the published habits hold.

    Attributes:
        vision: From pixels to embeddings.
        pieces: The tokenizer that prompts are written with.
        quirks: As given.

    Raises:
        EngineError: It cannot be loaded.
    """

    def __init__(self, folder: Path, report: LoadReport, quirks: Quirks) -> None:
        import transformers

        super().__init__()
        self.folder = folder
        self.report = report
        self.quirks = quirks
        quiet()
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        self.model = load_weights(
            transformers.LlamaForCausalLM.from_pretrained,
            folder,
            report,
            NOT_QUANTISED,
            config=transformers.LlamaConfig(**config["text_config"]),
        )
        self.vision = _load_vision(folder, config, report, quirks)
        self.vision.keep_in(self.model)
        self.pieces = PieceTokenizer(folder)
        ends = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
        self.tokenizer = transformers.PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"), **ends
        )
        self.vocabulary: int = self.model.config.vocab_size
        self.positions: int = self.model.config.max_position_embeddings
        self.stops = self._stops()
        self.end = self.stops[0]
        self.decoder = Decoder(self.model.model, self.model.lm_head, multimodal=False)
        if report.quantisation and not by_library(report):
            self.decoder.quantise()
        sizes = config["vision_config"]
        self._rule = SquareRule(
            side=sizes["image_size"], patch=sizes["patch_size"], squash=quirks.squash
        )

    @property
    def rule(self) -> SquareRule:
        return self._rule

    def features(self, key: tuple[Any, ...], pixels: NDArray[np.float32]) -> Features:
        """Runs the vision path, or returns what it made of the same image before.

        Args:
            key: What the image is told apart by.
            pixels: `[3, side, side]`, as the rule makes them.
        """
        import torch

        def run() -> Features:
            like = self.decoder.embeddings.weight
            found = self.vision(torch.from_numpy(pixels)[None].to(like.device))
            return Features(found[0].to(like.dtype))

        return self._kept(key, run)

    def encode_answer(self, text: str) -> list[int]:
        return self.pieces.encode(text)

    def decoding(self) -> PieceText:
        return self.pieces.decoding()

    @property
    def replaceable(self) -> dict[str, Any]:
        return {PROJECTION: self.vision.projection}

    def save(self, folder: Path, dtype: str) -> None:
        projection = self.vision.projection
        delattr(self.model, PROJECTION)  # it lies in the file of the vision tower
        try:
            self._save_weights(folder, dtype)
        finally:
            setattr(self.model, PROJECTION, projection)
        self._save_vision(folder, projection)
        config = json.loads((self.folder / CONFIG).read_text("utf-8"))
        config |= {"lora": "merged", "files": [TOKENIZER]}
        (folder / CONFIG).write_text(json.dumps(config, indent=1, ensure_ascii=False), "utf-8")
        write_index(folder)

    def probe(self, adapters: Sequence[str]) -> tuple[Any, ...]:
        import torch

        projection = self.vision.projection
        noise = torch.rand(
            1, projection.in_features, generator=torch.Generator().manual_seed(0)
        ).to(projection.weight)
        return self._probe_text(), projection(noise)

    def _save_vision(self, folder: Path, projection: Any) -> None:
        from safetensors.torch import load_file, save_file

        tensors = load_file(self.folder / VISION_FILE)
        old = {name: tensors[name] for name in ("projection.weight", "projection.bias")}
        new = {f"projection.{name}": value.cpu() for name, value in projection.state_dict().items()}
        if all((old[name].to(new[name]) == new[name]).all() for name in old):
            shutil.copyfile(self.folder / VISION_FILE, folder / VISION_FILE)
            return
        changed = {name: new[name].to(tensor.dtype).contiguous() for name, tensor in old.items()}
        save_file(tensors | changed, folder / VISION_FILE, metadata={"format": "pt"})

    def _stops(self) -> tuple[int, ...]:
        ends = self.pieces.encode(self.quirks.end, space=False)
        if len(ends) != 1:
            raise EngineError(
                f"The card says that {self.quirks.end!r} ends an answer, which is not one token.",
                'Write end = "</s>", as published.',
            )
        # The end of the text ends an answer in any case: nothing can follow it.
        return tuple(dict.fromkeys((*ends, self.pieces.eos)))


def _load_vision(
    folder: Path, config: dict[str, Any], report: LoadReport, quirks: Quirks
) -> VisionPath:
    """Loads tower and projection; nothing may be missing and nothing may be left over."""
    import torch
    import transformers
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    path = folder / VISION_FILE
    sizes = transformers.Blip2VisionConfig(**config["vision_config"])
    sizes._attn_implementation = "sdpa"
    tower: Any
    with torch.device("meta"):
        tower = transformers.Blip2VisionModel(sizes)
        projection = torch.nn.Linear(
            MERGED * sizes.hidden_size, config["text_config"]["hidden_size"]
        )
    tower.post_layernorm = torch.nn.Identity()
    parts = torch.nn.ModuleDict({"vision_model": tower, "projection": projection})
    dtype = getattr(torch, report.dtype)
    try:
        tensors = load_file(path, device=report.device)
        kept = {
            name: tensor.to(dtype if _may_be_half(name) else torch.float32)
            for name, tensor in tensors.items()
        }
        parts.load_state_dict(kept, assign=True)
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise EngineError(
            f"The vision tower in {path} cannot be loaded: {first_line(error)}.",
            "Convert the model again.",
        ) from error
    parts.eval().requires_grad_(False)
    half = dtype if dtype != torch.float32 else None
    return VisionPath(tower, projection, quirks, half)


def _may_be_half(name: str) -> bool:
    """Whether a tensor may have the precision of the report.

    Norms, the class token and the positions stay in float32, as published; so does the bias of
    queries and values, which autocast casts at use.
    """
    return not (
        "layer_norm" in name or name.endswith(("class_embedding", "position_embedding", "qkv.bias"))
    )
