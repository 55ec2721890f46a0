"""LoRA for Qwen2-VL, Qwen2.5-VL and Qwen3-VL.

    inspector train qwen2-vl-2b-receipts.yaml

What learns is chosen by `lora.parts`: the seven linear layers of every language layer, the blocks
of the vision tower, the merger between them (and DeepStack's mergers). `lm_head` and the embeddings
never do: they are one matrix in small models. The trainer is trl's, sequences are never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

from inspector_app.domain.training import TrainConfig
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.qwen_model import QwenModel
from inspector_app.engines.qwen_prompt import build_prompt
from inspector_app.engines.sequence import Prompt
from inspector_app.learning.image_features import ImageFeatures
from inspector_app.learning.student import Student, linear_layers
from inspector_app.learning.train_fields import TARGETS


class QwenStudent(Student):
    """See the module's docstring."""

    def __init__(self, config: TrainConfig, *more: Any) -> None:
        super().__init__(config, *more)
        self._seen: ImageFeatures | None = None
        if not {"vision", "projector"} & set(config.lora.parts):
            model = cast("QwenModel", self.model)
            self._seen = ImageFeatures(self.network.model.visual, model.rule, self._look)

    def layers(self) -> tuple[list[str], list[str]]:
        settings, network = self.config.lora, self.network
        found: list[str] = []
        if "language" in settings.parts:
            wanted = settings.targets or TARGETS
            language = linear_layers(network, "model.language_model.layers.")
            found += [name for name in language if name.rpartition(".")[2] in wanted]
        vision = linear_layers(network, "model.visual.")
        mergers = [name for name in vision if ".merger." in name or "_merger_list." in name]
        if "vision" in settings.parts:
            found += [name for name in vision if name not in mergers]
        if "projector" in settings.parts:
            found += mergers
        return found, []

    def prompt(self, turns: Sequence[ChatTurn], scope: tuple[str, ...]) -> Prompt:
        return build_prompt(cast("QwenModel", self.model), turns, scope)

    def pictures(self, images: Sequence[str]) -> dict[str, Any]:
        import numpy as np
        import torch

        if not images:
            return {}
        if self._seen is not None:
            found = [self._seen.get(image) for image in images]
            return {name: torch.cat([each[name] for each in found]) for name in found[0]}
        loaded = [self.load(path) for path in images]
        patches = np.concatenate([image.patches for image in loaded])
        return {
            "pixel_values": torch.from_numpy(patches),
            "image_grid_thw": torch.tensor([image.grid for image in loaded]),
        }

    def embed(self, network: Any, batch: dict[str, Any]) -> dict[str, Any]:
        # Padding stands at the right, where no token of the sample looks: no mask is needed.
        wanted = {
            "input_ids": batch["input_ids"],
            "position_ids": batch["position_ids"].transpose(0, 1),
        }
        if "pixel_values" in batch:
            dtype = network.model.visual.dtype
            wanted |= {
                "pixel_values": batch["pixel_values"].to(dtype),
                "image_grid_thw": batch["image_grid_thw"],
            }
        elif "tokens" in batch:
            deep = [batch[f"deep{level}"] for level in range(len(batch)) if f"deep{level}" in batch]
            image = SimpleNamespace(
                pooler_output=[batch["tokens"]], deepstack_features=[[level] for level in deep]
            )
            wanted["mm_encoder_outputs"] = {"image": image}
        return wanted

    def _look(self, path: str) -> dict[str, Any]:
        model = cast("QwenModel", self.model)
        image = self.load(path)
        found = model.features((image.key, "tower"), image.patches, image.grid)
        return {"tokens": found.tokens} | {
            f"deep{level}": features for level, features in enumerate(found.deep)
        }
