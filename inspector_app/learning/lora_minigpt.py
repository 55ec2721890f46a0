"""LoRA for MiniGPT-v2, with its projection.

    inspector train minigpt-v2-vivqa.yaml

As published, pairs on queries and values of the language model learn, and the projection as a
whole (`lora.parts: [language, projector]`). The tower is frozen, as it was; it is run once for an
image. The pairs that the model was published with stay as they are and act beside the new ones
(docs/adr/0018). Gradients are not clipped, as published.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from inspector_app.domain.training import TrainConfig
from inspector_app.engines.conversation import ChatTurn
from inspector_app.engines.minigpt_model import PROJECTION, MiniGPTModel
from inspector_app.engines.minigpt_prompt import build_prompt
from inspector_app.engines.sequence import Prompt
from inspector_app.learning.image_features import ImageFeatures
from inspector_app.learning.student import Student, linear_layers
from inspector_app.learning.train_fields import TARGETS


class MiniGPTStudent(Student):
    """See the module's docstring."""

    max_grad_norm = 0.0

    def __init__(self, config: TrainConfig, *more: Any) -> None:
        super().__init__(config, *more)
        model = cast("MiniGPTModel", self.model)
        # What the tower makes of an image depends on switches of the card, too.
        self._seen = ImageFeatures(model.vision.tower, (model.rule, model.quirks), self._look)

    def layers(self) -> tuple[list[str], list[str]]:
        settings = self.config.lora
        wanted = settings.targets or TARGETS
        found = linear_layers(self.network, "model.layers.") if "language" in settings.parts else []
        whole = [PROJECTION] if "projector" in settings.parts else []
        return [name for name in found if name.rpartition(".")[2] in wanted], whole

    def prompt(self, turns: Sequence[ChatTurn], scope: tuple[str, ...]) -> Prompt:
        return build_prompt(cast("MiniGPTModel", self.model), turns, scope)

    def pictures(self, images: Sequence[str]) -> dict[str, Any]:
        import torch

        if not images:
            return {}
        return {"seen": torch.cat([self._seen.get(image)["seen"] for image in images])}

    def embed(self, network: Any, batch: dict[str, Any]) -> dict[str, Any]:
        x = network.model.embed_tokens(batch["input_ids"])
        if "seen" in batch:
            projection = getattr(network, PROJECTION)
            images = projection(batch["seen"].to(projection.weight.dtype))
            x = x.reshape(-1, x.shape[-1]).index_copy(0, batch["image_rows"], images.to(x.dtype))
            x = x.view(*batch["input_ids"].shape, -1)
        return {"inputs_embeds": x, "position_ids": batch["position_ids"][:, 0]}

    def _look(self, path: str) -> dict[str, Any]:
        import torch

        vision = cast("MiniGPTModel", self.model).vision
        image = self.load(path)
        pixels = torch.from_numpy(image.patches)[None].to(self.model.decoder.device)
        return {"seen": vision.seen(pixels)[0]}
